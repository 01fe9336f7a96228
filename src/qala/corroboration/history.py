"""A claim in time: first said, first denied, what changed between printings, and when an actor changed his sign.

Two clocks, never mixed: the day of saying where it is known, the day of printing beside it. What cannot be put in
order (days that overlap, a day unknown) is not put in order.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qala.corroboration.clocks import Moment, first_printed, said_on
from qala.corroboration.lines import by_id, records_by_id
from qala.corroboration.speakers_joined import join_speakers
from qala.corroboration.transmissions import read_transmission
from qala.corroboration.versions import Change, copy_partners, find_changes
from qala.lexicon.stems import stem
from qala.lexicon.words import word_class
from qala.resolution.names import compare_names
from qala.text.words import WORD, find_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qala.corroboration.model import Claim, Copy, Sign, Utterance
    from qala.records import Record


_FEWEST, _COMMON = 2, 3  # words that both sides of a change of sign have in common, in short contents and in others
_SHARE = 0.5  # of the words of the shorter one


@dataclass(frozen=True, slots=True)
class Turn:
    """One utterance in a history: its sign, speaker, words, day of saying and first printing.

    ``record`` is the printing whose words are shown: the first published, else the first by id.
    """

    utterance: str
    sign: Sign
    speaker: str | None
    speaker_key: tuple[str, ...] | None
    record: str
    words: str
    said: Moment | None
    printed: Moment | None
    claim: str = ""


@dataclass(frozen=True, slots=True)
class SignChange:
    """A change of an actor's sign towards a claim, and the clock on which the order of the turns is known."""

    claim: str
    speaker: str
    earlier: Turn
    later: Turn
    clock: str


@dataclass(frozen=True, slots=True)
class History:
    """A claim in time. ``first`` holds for each sign the first turn on each clock; the rest is in order."""

    claim: str
    turns: tuple[Turn, ...]
    first: tuple[tuple[Sign, str, Turn], ...]
    changes: tuple[Change, ...] = ()
    sign_changes: tuple[SignChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorHistory:
    """What one actor said, in order, and where his sign towards a claim changed."""

    name: str
    entity: str | None
    turns: tuple[Turn, ...]
    sign_changes: tuple[SignChange, ...] = ()


def trace_history(
    claim: Claim,
    utterances: Iterable[Utterance] | Mapping[str, Utterance],
    records: Iterable[Record] | Mapping[str, Record],
    copies: Iterable[Copy] = (),
) -> History:
    """Return the history of a claim; utterances without a record are left out. The order of arrival changes nothing."""
    known, rows = by_id(utterances), records_by_id(records)
    turns = _turns(claim, known, rows)
    held = sorted({turn.utterance for turn in turns})
    partners = copy_partners(copies)
    changes = [change for key in held for change in find_changes(known[key], rows, partners)]
    changes.sort(key=lambda change: (change.published is None, change.published or "", change.later, change.kind))
    return History(claim.id, tuple(turns), tuple(_firsts(turns)), tuple(changes), tuple(_sign_changes(turns)))


def actor_history(
    name: str,
    claims: Iterable[Claim],
    utterances: Iterable[Utterance] | Mapping[str, Utterance],
    records: Iterable[Record] | Mapping[str, Record],
) -> ActorHistory:
    """Return what the actor ``name`` (an id of the actor base, or a name) said over all ``claims``.

    A name finds speakers whose names are the same, a variant, or hold it as a part; an id finds its actor alone.
    Utterances that bear on no claim come with the sign "+" towards a claim of their own (``claim`` is empty).
    """
    known, rows = by_id(utterances), records_by_id(records)
    wanted = {key for key, found in known.items() if any(_is(name, rows[m]) for m in found.members if m in rows)}
    turns: list[Turn] = []
    changes: list[SignChange] = []
    for claim in claims:
        mine = [turn for turn in _turns(claim, known, rows) if turn.utterance in wanted]
        turns += mine
        changes += _sign_changes(mine)
    told = {turn.utterance for turn in turns}
    turns += [turn for key in sorted(wanted - told) if (turn := _turn(known[key], "+", rows, {}, ""))]
    turns.sort(key=_order)
    names = Counter(turn.speaker for turn in turns if turn.speaker)
    entity = next((key[1] for turn in turns if (key := turn.speaker_key) and key[0] == "id"), None)
    return ActorHistory(
        max(names, key=lambda found: (names[found], len(found), found), default=name),
        entity,
        tuple(turns),
        tuple(changes),
    )


def _is(name: str, record: Record) -> bool:
    speaker = record.statement.speaker
    if speaker is None:
        return False
    if name in (speaker.entity, speaker.body, speaker.said_as):
        return True
    return compare_names(name, speaker.name).verdict in ("same", "variant", "part_of")


def _turns(claim: Claim, utterances: Mapping[str, Utterance], records: Mapping[str, Record]) -> list[Turn]:
    """Return the turns of a claim in order: by day of saying or else of printing, the undated last."""
    told = {(stance.utterance, stance.sign) for stance in claim.stances if stance.utterance in utterances}
    utterance_of = {
        member: key
        for key in sorted({key for key, _ in told})
        for member in utterances[key].members
        if member in records
    }
    printings = [read_transmission(records[member], member) for member in sorted(utterance_of)]
    speakers = join_speakers(printings, utterance_of)
    keys = {found.record: key for found in printings if (key := speakers.find(found.record))}
    turns = [_turn(utterances[key], sign, records, keys, claim.id) for key, sign in sorted(told)]
    return sorted((turn for turn in turns if turn is not None), key=_order)


def _order(turn: Turn) -> tuple[str, str, str, str]:
    moment = turn.said or turn.printed
    printed = turn.printed.text if turn.printed else "~"
    return moment.day if moment else "~", printed, turn.utterance, turn.sign


def _turn(
    utterance: Utterance, sign: Sign, records: Mapping[str, Record], keys: Mapping[str, tuple[str, ...]], claim: str
) -> Turn | None:
    members = sorted(member for member in utterance.members if member in records)
    if not members:
        return None
    printed = first_printed(members, records)
    shown = printed[0] if printed else members[0]
    found = records[shown].statement
    text = records[shown].document.text
    named = [records[member].statement.speaker for member in members]
    names = [speaker.name for speaker in named if speaker is not None]
    if members[0] not in keys:
        keys = {members[0]: speaker} if (speaker := read_transmission(records[members[0]]).speaker) else {}
    return Turn(
        utterance=utterance.id,
        sign=sign,
        speaker=max(names, key=lambda name: (len(name), name), default=utterance.speaker),
        speaker_key=next((keys[member] for member in members if member in keys), None),
        record=shown,
        words=" \u2026 ".join(span.of(text).strip() for span in found.attribution.content),
        said=said_on(utterance, records),
        printed=printed[1] if printed else None,
        claim=claim,
    )


def _firsts(turns: list[Turn]) -> list[tuple[Sign, str, Turn]]:
    """Return for each sign the turn that was said first and the one that was printed first, where days are known."""
    found: list[tuple[Sign, str, Turn]] = []
    signs: tuple[Sign, ...] = ("+", "-", "0", "?")
    for sign in signs:
        mine = [turn for turn in turns if turn.sign == sign]
        said = [(turn.said.text, turn.utterance, turn) for turn in mine if turn.said]
        printed = [(turn.printed.text, turn.utterance, turn) for turn in mine if turn.printed]
        if said:
            found.append((sign, "said", min(said, key=lambda item: item[:2])[2]))
        if printed:
            found.append((sign, "published", min(printed, key=lambda item: item[:2])[2]))
    return found


def _sign_changes(turns: list[Turn]) -> list[SignChange]:
    """Return where a speaker's sign changed between two turns whose order is known on one clock."""
    last: dict[tuple[str, ...], Turn] = {}
    found: list[SignChange] = []
    for turn in turns:
        key = turn.speaker_key
        if key is None or key[0] == "anonymous":
            continue
        before = last.get(key)
        last[key] = turn
        if before is None or before.sign == turn.sign or before.utterance == turn.utterance:
            continue
        if not _speak_of_one(before.words, turn.words):
            continue
        clock = _ordered(before, turn)
        if clock is not None:
            found.append(SignChange(turn.claim, turn.speaker or "", before, turn, clock))
    return found


def _speak_of_one(a: str, b: str) -> bool:
    """Return whether two contents share so many of the shorter one's words that the one can be the other's contrary.

    A claim gathers what bears on one proposition, more loosely than a change of mind may be read off: "the deal is
    good" and "we may stay in the deal" are two things.
    """
    one, other = _content_words(a), _content_words(b)
    shorter, both = min(len(one), len(other)), len(one & other)
    return both >= max(_FEWEST, min(_COMMON, shorter)) and both >= _SHARE * shorter


def share_words(a: str, b: str, share: float) -> bool:
    """Return whether two contents have two words in common (stems, not those of grammar), and ``share`` of the words
    of the shorter one.
    """
    one, other = _content_words(a), _content_words(b)
    shorter, both = min(len(one), len(other)), len(one & other)
    return both >= min(_FEWEST, shorter) and both >= share * shorter


def _content_words(words: str) -> set[str]:
    found = find_words(words)
    return {
        stem(form) for form, kind in zip(found.forms, found.kinds, strict=True) if kind == WORD and not word_class(form)
    }


def _ordered(one: Turn, other: Turn) -> str | None:
    """Return the clock on which ``one`` lies before ``other``: that of saying if both are known there."""
    if one.said and other.said:
        return "said" if one.said.before(other.said) else None
    if one.printed and other.printed and one.printed.before(other.printed):
        return "published"
    return None
