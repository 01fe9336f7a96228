"""The clauses of a content that the rules know, with their arguments, their moods, and who the speaker is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qala.corroboration.clause_rules import load_rules
from qala.corroboration.clauses import Argument, Chunk, Clause
from qala.lexicon.words import word_class
from qala.model import Span
from qala.text.normalize import fold
from qala.text.words import WORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qala.corroboration.clause_rules import ClauseRules, RuleMatch
    from qala.corroboration.clauses import ClauseText
    from qala.model import Act, Attribution

MOODS = (
    "can",
    "did",
    "may",
    "willing",
    "will",
    "must",
    "want",
    "ask",
    "refuse",
    "stop",
    "deny",
    "threat",
    "accused",
    "not",
    "will not",
    "condition",
    "passive",
)
PARTIES = frozenset(("giver", "receiver", "agent", "recipient"))
"""Roles that somebody fills: a phrase must name one."""
"""What modality.yaml may say of a clause."""

_GOVERNS = frozenset(
    ("can", "did", "willing", "will", "must", "want", "ask", "refuse", "stop", "deny", "threat", "accused")
)
_S, _W, _F, _ARTICLE = "\u0633", "\u0648", "\u0641", "\u0627\u0644"
ON = fold("\u0639\u0644\u0649")
_LAND = "\u0628\u0644\u0627\u062f"  # "his country"
_DIRECTED: frozenset[Act] = frozenset(("accuse", "demand", "warn", "condemn"))
_OWN: frozenset[Act] = frozenset(("assert", "deny", "promise", "threaten", "decline", "confirm"))
_SELF = frozenset(("\u0647", "\u0627", "\u064a"))  # last letters of the pronouns he, she or we, I
_BARE_THAT = 2  # letters of the particle without a pronoun
_OTHERS = frozenset(("ask", "accused"))  # words whose own subject is not the one who would act
_NEAR, _NEAR_NOT = 6, 2  # tokens between a noun and a word that says how it is meant
_REACH = 16  # tokens that are looked through before an actor
_BEFORE_AN = 12  # tokens before the particle that a verb of wanting or asking governs


def load_moods() -> ClauseRules:
    """Return the rules of modality.yaml."""
    return load_rules("modality.yaml", MOODS, ("holder",))


class _Governor(NamedTuple):
    match: RuleMatch
    first: int


class Doer(NamedTuple):
    """Whose doing a verbal noun is with which a content begins: the speaker's ("denied supplying …"), or that of
    ``held``, whom he accuses of it or asks for it; neither where that is open. ``after_by`` also after the preposition
    of "accused of", "promised to"; ``denies`` also where the noun bears a pronoun ("denied his receiving …").
    """

    speaker: bool = True
    held: Chunk | None = None
    after_by: bool = False
    denies: bool = False


SPEAKER = Doer()


def find_doer(text: ClauseText, attribution: Attribution) -> Doer:
    """Return whose doing a statement's content is, by its act and the words between cue and content."""
    if attribution.act in _DIRECTED:
        return Doer(False, between(text, attribution), True)
    return Doer(attribution.act in _OWN, None, attribution.act in ("promise", "threaten"), attribution.act == "deny")


def between(text: ClauseText, attribution: Attribution) -> Chunk | None:
    """Return the last actor named between the cue and the content who is not the source."""
    start, end = attribution.cue[0].end, attribution.content[0].start
    source = attribution.source
    places = text.words.within(Span(start, end))
    for j in reversed(places):
        mention = text.mentions[text.at[j]] if text.at[j] >= 0 else None
        if mention is None or mention.first != j or mention.span.end > end:
            continue
        own = source is not None and source.start < mention.span.end and mention.span.start < source.end
        joined = text.words.forms[j][: mention.cut].startswith(_W)  # "the one and the other said"
        aside = any(word_class(text.words.forms[k]) == "relative" for k in range(max(places[0], j - _REACH), j))
        if not (own or joined or aside):
            return Chunk("", mention.first, mention.last, mention.cut)
    return None


def find_clauses(text: ClauseText, content: Span, rules: ClauseRules, doer: Doer = SPEAKER) -> Iterator[Clause]:
    """Yield the clauses of ``rules`` in ``content``, in order, not overlapping.

    A clause that lacks a role of its rule's ``needs`` is left out.
    """
    places = text.words.within(content)
    if not places:
        return
    first, last = places[0], places[-1]
    j = first
    while j <= last:
        clause = None
        if text.at[j] < 0:
            for match in rules.match(text.words.forms, j):
                if match.last <= last and _fits(text, match, j):
                    clause = _read(text, match, j, (first, last), rules, doer)
                    if clause is not None:
                        break
        if clause is not None:
            yield clause
            j = clause.match.last
        j += 1


def _fits(text: ClauseText, match: RuleMatch, j: int) -> bool:
    """Whether a form can stand here: a verb not behind a preposition, a noun not where only a verb can be."""
    before = text.words.forms[j - 1] if j else ""
    kind = word_class(before) if before else ""
    if match.form.morph in ("past", "present"):
        return kind != "preposition" or before == ON
    return kind not in ("verbal",) or match.form.morph == "phrase"


def _read(
    text: ClauseText, match: RuleMatch, j: int, bounds: tuple[int, int], rules: ClauseRules, doer: Doer
) -> Clause | None:
    first, last = bounds
    start, opener = text.clause_start(j, first)
    moods, governor = _moods(text, match, j, start, opener, first)
    if _S in match.prefix:
        moods = (*moods, ("will", text.words.span(j, j)))
    chunks = text.chunks_after(match.last + 1, last, rules)
    roles: dict[str, Argument] = {}
    subject, objects = _bare(text, match, chunks)
    role = match.form.rule.roles_at
    for chunk in chunks:
        name = role(chunk.preposition) if chunk.preposition else None
        if name and name not in roles:
            held, *rest = text.parts(chunk)
            if name in PARTIES:
                if not text.is_party(held):
                    continue
                held = text.trim(held)
            elif name == "thing" and not _takes(text, held, match):
                return None
            roles[name] = text.argument(held, "preposition")
            if rest and not objects and chunk is chunks[0]:
                objects = rest  # "gave to the city | bread"
            elif rest and len(objects) == 1 and role("object") == "thing" and text.is_party(objects[0]):
                subject, objects = objects[0], rest  # "Russia's handing over to Syria | missiles"
    for marker, chunk in zip(("object", "second"), objects, strict=False):
        name = role(marker)
        if name and name not in roles and (name not in PARTIES or _may_act(text, chunk, name)):
            roles[name] = text.argument(text.trim(chunk) if name in PARTIES else chunk, marker)
            if not _takes(text, chunk, match):
                return None
    actor, speaker_by = role("subject"), ""
    if actor and actor not in roles:
        open_ = subject is not None and subject in objects  # one phrase, subject or object
        passive = any(mood == "passive" for mood, _ in moods)
        found, speaker_by = _subject(
            text, match, j, (start, opener), None if open_ else subject, governor, first, doer, passive
        )
        # A phrase that holds a verb has its subject behind it.
        phrase = match.form.morph == "phrase" and speaker_by == "left out"
        may_be_after = open_ and found is None and not passive and (phrase or not speaker_by)
        if may_be_after and subject is not None and (phrase or not _has_subject(text, match, start, j)):
            found, speaker_by = text.argument(text.trim(subject), "after"), ""
        if found is not None:
            roles = {name: held for name, held in roles.items() if held.span != found.span}
            roles[actor] = found
    if any(need not in roles and not (need == actor and speaker_by) for need in match.form.rule.needs):
        return None
    return Clause(match, j, text.words.span(j, match.last), roles, moods, actor if speaker_by else None, speaker_by)


def _has_subject(text: ClauseText, match: RuleMatch, start: int, j: int) -> bool:
    """Whether some phrase before a verb is its subject, even if it names no actor ("people demand …")."""
    before = text.leading(start, j - 1) if start < j and match.form.morph in ("past", "present") else None
    return before is not None and not _is_governor(text, before.first)


def _may_act(text: ClauseText, chunk: Chunk, role: str = "") -> bool:
    """Whether a phrase can name somebody: a party, or "his country"; to whom a thing is given, any definite phrase."""
    form = text.words.forms[chunk.first]
    return text.is_party(chunk) or form.startswith(_LAND) or (role == "receiver" and form.startswith(_ARTICLE))


def _takes(text: ClauseText, chunk: Chunk, match: RuleMatch) -> bool:
    """Whether the rule takes an object that begins so, with or without article and case; a bare figure is none."""
    form = text.words.forms[chunk.first][chunk.cut :].removeprefix(_ARTICLE)
    if all(text.words.kinds[k] != WORD for k in range(chunk.first, chunk.last + 1)):
        return False
    return match.form.rule.takes({form, form.removesuffix(_ARTICLE[0])})


def _bare(text: ClauseText, match: RuleMatch, chunks: list[Chunk]) -> tuple[Chunk | None, list[Chunk]]:
    """Return the subject and the objects among the bare phrases right after the predicate.

    Two phrases are subject and object. One is the object of a verbal noun where the rule has one; of a verb it is
    the subject if an actor is named in it or the rule takes no object.
    """
    if not chunks or chunks[0].preposition:
        return None, []
    parts = text.parts(chunks[0])
    rule = match.form.rule
    takes_object = rule.roles_at("object") is not None
    if match.form.pronoun:
        return (parts[0], parts[1:]) if match.form.morph in ("past", "present") else (None, parts)
    if len(parts) > 1:
        if rule.roles_at("second") and not text.named(parts[1].first, parts[1].last):
            return None, parts
        return (parts[0], parts[1:]) if takes_object else (parts[0], [])
    verbal = match.form.morph in ("past", "present")
    actor = text.is_party(parts[0])
    if not takes_object:
        return parts[0], []
    if verbal and actor:
        return parts[0], parts  # either; who stands before the verb decides
    return None, parts


def _subject(
    text: ClauseText,
    match: RuleMatch,
    j: int,
    clause: tuple[int, int],
    after: Chunk | None,
    governor: _Governor | None,
    first: int,
    doer: Doer,
    passive: bool,
) -> tuple[Argument | None, str]:
    """Return the subject, or by which rule it is the speaker; neither where it stays open."""
    start, opener = clause
    if passive:
        return None, ""
    verbal = match.form.morph in ("past", "present")
    if match.form.first_person:
        return None, "first person"
    relative = opener >= 0 and word_class(text.words.forms[opener]) == "relative"
    if relative:
        head = _head(text, opener, first)
        return (text.argument(head, "relative"), "") if head else (None, "")
    before = text.leading(start, j - 1) if start < j else None
    if before is not None and (_is_governor(text, before.first) or not _may_act(text, before)):
        before = None
    before = text.trim(before) if before is not None else None
    if before is not None and (verbal or match.form.morph == "phrase"):
        return text.argument(before, "before"), ""
    if after is not None and _may_act(text, after):
        return text.argument(text.trim(after), "after"), ""
    if match.form.pronoun and not verbal and not doer.denies:
        return None, ""
    if governor is not None:
        held = _holder(text, governor, j, opener)
        if held is not None and _may_act(text, held):
            return text.argument(text.trim(held), "governor:" + governor.match.form.rule.id), ""
    if before is not None and governor is not None:
        return text.argument(before, "before"), ""
    if opener >= 0 and word_class(text.words.forms[opener]) == "that":
        if _own_pronoun(text, opener) and (verbal or governor is not None):
            return None, "pronoun"
        return None, ""
    at_start = start <= first + 1 and opener < 0 and all(text.words.forms[k] in '"\u00ab(' for k in range(first, j))
    if not at_start or verbal or (match.prefix and not doer.after_by):
        return None, ""
    if doer.held is not None:
        return text.argument(doer.held, "addressed"), ""
    return None, "left out" if doer.speaker else ""


def _own_pronoun(text: ClauseText, opener: int) -> bool:
    """Whether "that" bears a pronoun of one ("that he", "that we"): in a report it is nearly always the speaker."""
    form = text.words.forms[opener].lstrip("\u0648\u0641\u0628\u0644")
    return len(form) > _BARE_THAT and form[-1] in _SELF


def _is_governor(text: ClauseText, j: int) -> bool:
    return text.at[j] < 0 and any(found.form.rule.kind in _GOVERNS for found in load_moods().match(text.words.forms, j))


def _head(text: ClauseText, opener: int, first: int) -> Chunk | None:
    """Return the actor right before a relative pronoun, if one is named there."""
    j = opener - 1
    while j > first and text.words.forms[j] in ',"\u00ab\u00bb':
        j -= 1
    if j >= first and text.at[j] >= 0:
        mention = text.mentions[text.at[j]]
        return Chunk("", max(mention.first, first), mention.last, mention.cut)
    return None


def _holder(text: ClauseText, governor: _Governor, j: int, opener: int) -> Chunk | None:
    """Return who would act after a verb that governs: by its prepositions, else its object, else its subject."""
    end = opener - 1 if opener > governor.first else j - 1
    rule = governor.match.form.rule
    chunks = text.chunks_after(governor.match.last + 1, end, load_moods()) if governor.match.last < end else []
    for role in rule.roles:
        if role.marker not in ("subject", "object"):
            held = next((chunk for chunk in chunks if chunk.preposition == role.marker), None)
            if held is not None:
                return held
    if chunks and not chunks[0].preposition:
        parts = text.parts(chunks[0])
        return parts[-1] if rule.roles_at("object") else parts[0]
    if rule.kind not in _OTHERS:
        start, _ = text.clause_start(governor.first, max(governor.first - _BEFORE_AN, 0))
        return text.leading(start, governor.first - 1) if start < governor.first else None
    return None


def _moods(
    text: ClauseText, predicate: RuleMatch, j: int, start: int, opener: int, first: int
) -> tuple[tuple[tuple[str, Span], ...], _Governor | None]:
    """Return the moods of a predicate and the nearest word that governs it.

    Of a noun they must stand near: "did not take part in stopping the attack" negates no attack.
    """
    verbal = predicate.form.morph in ("past", "present")
    places = list(range(start, j))
    if opener >= 0 and text.opens_with_an(opener):
        outer, _ = text.clause_start(opener, max(first, opener - _BEFORE_AN))
        places = [*range(outer, opener), *places]
    elif opener >= 0 and word_class(text.words.forms[opener]) == "conjunction":
        places = [opener, *places]
    moods: list[tuple[str, Span]] = []
    governor: _Governor | None = None
    k = 0
    while k < len(places):
        here = places[k]
        k += 1
        if text.at[here] >= 0:
            continue
        match = next(iter(load_moods().match(text.words.forms, here)), None)
        if match is not None and match.form.morph == "phrase" and match.prefix not in ("", _W, _F):
            match = None  # "in what" is no "not"
        if match is None or match.last >= j or _is_plain_on(text, match, here, opener):
            continue
        kind = match.form.rule.kind
        if not verbal and j - match.last > (_NEAR_NOT if kind in ("not", "will not") else _NEAR):
            continue
        if kind == "not" and here < opener and _governed(text, here + 1, opener) is None:
            continue  # "does not prove that …"
        moods.append((kind, text.words.span(here, match.last)))
        if not verbal and kind in _GOVERNS and here > first and _negates(text, here - 1):
            moods.append(("not", text.words.span(here - 1, here - 1)))
        if kind in _GOVERNS:
            governor = _Governor(match, here)
    return tuple(moods), governor


def _governed(text: ClauseText, first: int, end: int) -> RuleMatch | None:
    """Return the first word of tokens ``first`` to before ``end`` that governs what follows."""
    found = (match for j in range(first, end) for match in load_moods().match(text.words.forms, j))
    return next((match for match in found if match.form.rule.kind in _GOVERNS), None)


def _negates(text: ClauseText, j: int) -> bool:
    return any(found.form.rule.kind == "not" for found in load_moods().match(text.words.forms, j))


def _is_plain_on(text: ClauseText, match: RuleMatch, here: int, opener: int) -> bool:
    """Whether "on" is only a preposition: it says "must" where the particle of a clause follows its noun phrase."""
    return (
        text.words.forms[here].endswith(ON)
        and match.form.rule.id == "on_it"
        and not (opener > here and text.opens_with_an(opener))
    )
