"""The dossier of a claim: all that a set of articles holds on it, gathered for a reader who decides for himself.

It says who said it, who denies, declines or asks, in their own words and with exact places; through whom it came;
how many origins that makes; what changed when; what conflicts; which pages share text. It gives no verdict.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qala.corroboration.clocks import day_of, said_on
from qala.corroboration.history import History, share_words, trace_history
from qala.corroboration.lineage import ChainNode, lay_out_chains
from qala.corroboration.lines import by_id, records_by_id, trace_lines
from qala.corroboration.origins import count_lines
from qala.corroboration.shared_wording import CopyTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qala.corroboration.model import Claim, Conflict, Copy, Origins, Sign, Utterance
    from qala.model import Act, Evidence, Hop, QuoteType, Span, Speaker
    from qala.records import Record

SIGNS: tuple[Sign, ...] = ("+", "-", "0", "?")


@dataclass(frozen=True, slots=True)
class Printing:
    """One statement of one article, as it stands there: ``words`` is the content, ``content`` its spans."""

    record: str
    document: str
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None
    words: str
    content: tuple[Span, ...]
    cue: str
    act: Act
    type: QuoteType
    hedges: tuple[str, ...]
    truncated: bool
    chain: tuple[Hop, ...]
    again: str | None = None  # the printing that stands on the same page, which the outlet holds twice


@dataclass(frozen=True, slots=True)
class Voice:
    """One utterance in the dossier: who, with which sign and why, when, and every printing of it."""

    utterance: str
    sign: Sign
    speaker: str | None
    title: str | None
    entity: str | None
    kind: str | None
    said: str | None
    printings: tuple[Printing, ...]
    evidence: tuple[Evidence, ...] = ()
    distant: bool = False  # whether no printing has more than a few words in common with the claim's gloss


@dataclass(frozen=True, slots=True)
class Dossier:
    """All views of one claim. ``origins`` holds the counts by sign, for the signs that some utterance takes."""

    claim: str
    gloss: str
    voices: tuple[Voice, ...]
    origins: tuple[tuple[Sign, Origins], ...]
    chains: ChainNode
    history: History
    conflicts: tuple[Conflict, ...]
    copies: tuple[Copy, ...]
    articles: int
    outlets: int
    left_out: int = 0  # members of utterances for which no record was given
    said_as: str | None = None  # by whom the words of ``gloss`` are told
    doubles: int = 0  # pages that an outlet holds twice, which ``articles`` counts once

    def of_sign(self, sign: Sign) -> tuple[Voice, ...]:
        """Return the voices that take ``sign``."""
        return tuple(voice for voice in self.voices if voice.sign == sign)

    def origins_of(self, sign: Sign) -> Origins | None:
        """Return the counts for ``sign``; ``None`` where no voice takes it."""
        return dict(self.origins).get(sign)


def make_dossier(
    claim: Claim,
    utterances: Iterable[Utterance] | Mapping[str, Utterance],
    records: Iterable[Record] | Mapping[str, Record],
    copies: Iterable[Copy] | CopyTable = (),
) -> Dossier:
    """Return the dossier of ``claim``. Pure; the order of the arguments changes nothing."""
    known, rows = by_id(utterances), records_by_id(records)
    table = copies if isinstance(copies, CopyTable) else CopyTable(copies)
    tree = lay_out_chains(claim, known, rows)
    voices = _voices(claim, known, rows, tree)
    documents = {printing.document for voice in voices for printing in voice.printings}
    pages = {_page(rows[printing.record]) for voice in voices for printing in voice.printings}
    names = documents | {rows[p.record].document.id for voice in voices for p in voice.printings}
    among = tuple(table.among(names))
    held = {member for node in tree.children for member in node.members}
    asked = {
        member for stance in claim.stances if stance.utterance in known for member in known[stance.utterance].members
    }
    return Dossier(
        claim=claim.id,
        gloss=claim.gloss,
        voices=voices,
        origins=tuple(
            (sign, count_lines(trace_lines(claim, known, rows, table, (sign,))))
            for sign in SIGNS
            if any(voice.sign == sign for voice in voices)
        ),
        chains=tree,
        history=trace_history(claim, known, rows, among),
        conflicts=tuple(sorted(claim.conflicts, key=lambda found: (found.kind, found.a, found.b))),
        copies=among,
        articles=len(pages),
        outlets=len({printing.outlet for voice in voices for printing in voice.printings if printing.outlet}),
        left_out=len(asked - held),
        said_as=next((v.speaker for v in voices if any(claim.gloss in p.words for p in v.printings)), None),
        doubles=len(documents) - len(pages),
    )


def _voices(
    claim: Claim, utterances: Mapping[str, Utterance], records: Mapping[str, Record], tree: ChainNode
) -> tuple[Voice, ...]:
    """Return the voices in the order of the tree: by sign, then by day of saying."""
    why: dict[tuple[str, Sign], list[Evidence]] = {}
    for stance in claim.stances:
        why.setdefault((stance.utterance, stance.sign), []).extend(stance.evidence)
    found = [
        _voice(utterances[key], sign, records, tuple(dict.fromkeys(evidence)))
        for (key, sign), evidence in why.items()
        if key in utterances
    ]
    place = {(node.members, node.sign): number for number, node in enumerate(tree.children)}
    told = [
        replace(voice, distant=not any(share_words(claim.gloss, p.words, _NEAR) for p in voice.printings))
        for voice in found
        if voice.printings
    ]

    def order(voice: Voice) -> tuple[int, str]:
        members = tuple(sorted(printing.record for printing in voice.printings))
        return place.get((members, voice.sign), len(place)), voice.utterance

    return tuple(sorted(told, key=order))


def _voice(utterance: Utterance, sign: Sign, records: Mapping[str, Record], evidence: tuple[Evidence, ...]) -> Voice:
    held = [(member, records[member]) for member in sorted(utterance.members) if member in records]
    printings = _mark_doubles(
        sorted(
            (_printing(member, record) for member, record in held),
            key=lambda found: (found.published is None, found.published or "", found.record),
        ),
        records,
    )
    speakers = [record.statement.speaker for _, record in held if record.statement.speaker is not None]
    fullest = choose_speaker(speakers)
    titles = [
        speaker.title.of(record.document.text)
        for _, record in held
        if (speaker := record.statement.speaker) and speaker.title and fullest and key_of(speaker) == key_of(fullest)
    ]
    title = titles[0] if titles else None
    moment = said_on(utterance, records)
    return Voice(
        utterance=utterance.id,
        sign=sign,
        speaker=fullest.name if fullest else utterance.speaker,
        title=title,
        entity=fullest.entity if fullest else None,
        kind=fullest.kind if fullest else None,
        said=moment.text if moment else None,
        printings=printings,
        evidence=evidence,
    )


def _page(record: Record) -> tuple[str | None, str]:
    """Return what makes two pages one: the outlet and the text. One that stands twice in a collection is one page."""
    return record.document.outlet, record.document.text


def _mark_doubles(printings: list[Printing], records: Mapping[str, Record]) -> tuple[Printing, ...]:
    """Return the printings with those marked that tell the same words on the same page again."""
    seen: dict[tuple[str | None, str, str, tuple[Span, ...]], str] = {}
    marked = []
    for printing in printings:
        key = (*_page(records[printing.record]), printing.cue, printing.content)
        first = seen.setdefault(key, printing.record)
        marked.append(printing if first == printing.record else replace(printing, again=first))
    return tuple(marked)


_NEAR = 0.25  # share of words with the gloss below which a voice is told to be distant; read off dossiers by eye
_OFTEN = 0.25  # share of the printings that name a person, so that an utterance goes by his name


def choose_speaker(speakers: Sequence[Speaker]) -> Speaker | None:
    """Return the speaker by whom an utterance goes: a person whom a fourth of the printings name, else whom most name.

    One page that reads a ministry's words as its minister's does not make them his.
    """
    counts = Counter(key_of(speaker) for speaker in speakers)

    def order(speaker: Speaker) -> tuple[bool, bool, int, tuple[bool, bool, bool, int, str]]:
        count = counts[key_of(speaker)]
        person = speaker.kind == "person" and count >= _OFTEN * len(speakers)
        return speaker.kind != "anonymous", person, count, _fullness(speaker)

    return max(speakers, key=order, default=None)


def key_of(speaker: Speaker) -> str:
    """Return what tells a speaker from others in one utterance: his id, else his name."""
    return speaker.entity or speaker.name


def _fullness(speaker: Speaker) -> tuple[bool, bool, bool, int, str]:
    """Order speakers of one utterance by how closely they are named: a person before a body, known before unknown."""
    person, named = speaker.kind == "person", speaker.kind != "anonymous"
    return named, person, speaker.entity is not None, len(speaker.name), speaker.name


def _printing(member: str, record: Record) -> Printing:
    found, document = record.statement.attribution, record.document
    return Printing(
        record=member,
        document=record.document_id,
        outlet=document.outlet,
        title=document.title,
        url=document.url,
        published=day_of(document.published),
        words=" \u2026 ".join(span.of(document.text).strip() for span in found.content),
        content=found.content,
        cue=" \u2026 ".join(span.of(document.text) for span in found.cue),
        act=found.act,
        type=found.type,
        hedges=tuple(span.of(document.text) for span in found.hedges if span.end > span.start),
        truncated=found.truncated,
        chain=record.statement.chain,
    )
