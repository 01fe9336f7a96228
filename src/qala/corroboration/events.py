"""PLOVER-like events that statements report: who did what to whom, when, how far it is meant, *according to* whom.

Two ways lead to an event. A statement's own act may be one: to accuse, to demand, to threaten, to promise, to condemn
or to praise somebody is done by saying it. And a content may tell of one by the verbs and nouns of ``events.yaml``.
A denial or a plain assertion is no event (PLOVER dropped CAMEO's "make a public statement"): what a denial denies is
an event with the modality "denied". Nothing here says that an event took place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, get_args

from qala.corroboration.clause_moods import ON, load_moods
from qala.corroboration.clause_records import read_rows
from qala.corroboration.clause_roles import find_clauses
from qala.corroboration.clause_rules import ClauseRules, load_rules
from qala.corroboration.clause_subjects import between, find_doer
from qala.corroboration.clauses import Chunk, ClauseText
from qala.corroboration.exchange import Party, may_be_meant, party_of, speaker_party
from qala.lexicon.words import word_class
from qala.model import Act, Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qala.corroboration.clauses import Clause
    from qala.model import Span, StatedTime, Statement
    from qala.records import Record

EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
EVENT_TYPES: tuple[EventType, ...] = get_args(EventType)
MODES = (
    *("phone", "visit", "host", "third-party"),  # CONSULT
    *("release", "return", "ease", "access", "disarm", "ceasefire", "withdraw"),  # RETREAT, SANCTION
    *("investigate", "disapprove"),  # ACCUSE
    *("assist", "change", "yield", "meet"),  # REQUEST, REJECT
    *("restrict", "ban", "relations", "political", "expel", "violence", "territory"),  # THREATEN, COERCE
    *("demo", "hunger", "boycott", "obstruct", "riot"),  # PROTEST
    *("troops", "police", "militarize"),  # MOBILIZE
    *("discontinue",),  # SANCTION
    *("confiscate", "curfew", "martial-law", "arrest", "deport"),  # COERCE
    *("abduct", "beat", "sexual", "torture", "suicide-attack", "explosives", "assassinate", "firearms"),  # ASSAULT
    *("heavy-weapons", "cleansing", "unconventional"),  # ASSAULT
)
"""Modes as the PLOVER codebook names them."""

Modality = Literal["asserted", "denied", "negated", "refused", "possible", "planned", "conditional", "asked", "alleged"]
"""How far the speaker means it: "asserted" is that he says so, no more."""

QUADS: dict[EventType, int] = {
    **dict.fromkeys(EVENT_TYPES[:4], 1),  # verbal cooperation
    **dict.fromkeys(EVENT_TYPES[4:7], 2),  # material cooperation
    **dict.fromkeys(EVENT_TYPES[7:11], 3),  # verbal conflict
    **dict.fromkeys(EVENT_TYPES[11:], 4),  # material conflict
}
"""The quad code of each type."""

ROLES = ("agent", "recipient", "thing", "place")
_OF_ACT: dict[Act, tuple[EventType, str | None]] = {
    "accuse": ("ACCUSE", "disapprove"),
    "condemn": ("ACCUSE", "disapprove"),
    "demand": ("REQUEST", None),
    "threaten": ("THREATEN", None),
    "promise": ("AGREE", None),
    "praise": ("SUPPORT", None),
}
_SURE = 3.5  # log-odds of a reading whose speaker is unknown; read off 70 events by eye
_NEAR = 4  # tokens of a content in which the one who is accused or asked is named
_NAMES: frozenset[Act] = frozenset(("condemn", "praise"))  # their content names whom they mean
_ARTICLE = "\u0627\u0644"
_ENDS = frozenset((".", "\n", "?", "!", ";", ":"))
_OPENERS = frozenset(("that", "relative", "conjunction", "verbal"))
_NOT_ADDRESSED = frozenset(("agency", "outlet", "platform", "place", "building"))


@dataclass(frozen=True, slots=True)
class Event:
    """One event that a statement reports or is. ``time`` is ISO 8601 as in ``StatedTime.date``, of the event.

    ``by_saying`` says that the statement itself is the event; its time is then that of saying.
    """

    record: str
    rule: str
    type: EventType
    mode: str | None
    cue: Span
    agent: Party | None
    recipient: Party | None
    place: Party | None
    time: str | None
    modality: Modality
    according_to: str | None
    entity: str | None
    by_saying: bool = False
    hedged: bool = False
    evidence: tuple[Evidence, ...] = ()

    @property
    def quad(self) -> int:
        """PLOVER's quad code, 1 to 4: verbal and material cooperation, verbal and material conflict."""
        return QUADS[self.type]


def load_events() -> ClauseRules:
    """Return the rules of events.yaml; raises ``LexiconError`` with ``file:line`` where they break the schema."""
    return load_rules("events.yaml", EVENT_TYPES, ROLES, MODES)


def find_events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of ``records``, statement by statement. Records of one document that stand together share it.

    An event inside a statement that another statement holds is told once, for the inner speaker.
    """
    for row in read_rows(records):
        for event in read_events(row.record, row.text):
            if event.by_saying or not row.is_inner(event.cue):
                yield event


def read_events(record: Record, text: ClauseText) -> Iterator[Event]:
    """Yield the events of one statement; ``text`` is its document's."""
    said = _by_saying(record, text)
    if said is not None:
        yield said
    found = record.statement.attribution
    doer = find_doer(text, found)
    for content in found.content:
        for clause in find_clauses(text, content, load_events(), doer):
            event = _told(record, clause, text)
            if event is not None:
                yield event


def _by_saying(record: Record, text: ClauseText) -> Event | None:
    """Return the event that the statement itself is, if its act is one and it has a speaker."""
    statement = record.statement
    found = _OF_ACT.get(statement.attribution.act)
    if found is None or statement.speaker is None or not statement.attribution.content:
        return None
    if _is_unsure(statement):
        return None
    kind, mode = found
    recipient = _addressed(record, text)
    if recipient is None and statement.attribution.act not in ("promise", "threaten"):
        return None
    if _refuses(record, text):
        kind, mode = "REJECT", None
    cue = statement.attribution.cue[0]
    return Event(
        record=record.id,
        rule=f"act:{statement.attribution.act}",
        type=kind,
        mode=mode,
        cue=cue,
        agent=speaker_party(record, "act"),
        recipient=recipient,
        place=None,
        time=statement.when_date,
        modality="asserted",
        according_to=next((hop.name for hop in statement.chain[1:] if hop.status == "named"), None),
        entity=next((hop.entity for hop in statement.chain[1:] if hop.status == "named"), None),
        by_saying=True,
        hedged=statement.attribution.hedged,
        evidence=(Evidence(f"event:act:{statement.attribution.act}", (cue,)),),
    )


def _is_unsure(statement: Statement) -> bool:
    """Whether nothing is known of the speaker and the reading is a weak one: what he does by speaking is then no event.

    A statement that was given or corrected has no score (0) and is taken as it is.
    """
    speaker, score = statement.speaker, statement.attribution.score
    unknown = speaker is not None and speaker.entity is None and speaker.kind in (None, "document", "outlet")
    return unknown and score != 0 and score < _SURE


def _refuses(record: Record, text: ClauseText) -> bool:
    """Whether the cue is a word of refusing: who rejects a charge condemns nobody."""
    j = text.words.first_in(record.statement.attribution.cue[0].start)
    matches = load_moods().match(text.words.forms, j) if j < len(text.words) else ()
    return any(match.form.rule.kind == "refuse" for match in matches)


def _addressed(record: Record, text: ClauseText) -> Party | None:
    """Return whom an accusation, a demand or praise is for: the last actor between cue and content who is not the
    source, else the first of the content if he stands at its beginning and behind no preposition but "on".
    """
    statement = record.statement
    found = between(text, statement.attribution)
    if found is None:
        places = text.words.within(statement.attribution.content[0])
        head = next((j for j in places[:_NEAR] if text.at[j] >= 0), None)
        if head is None:
            return None
        ahead = places[: head - places[0]]
        if any(word_class(text.words.forms[j]) == "relative" for j in ahead) or _is_own_doing(text, head, ahead):
            return None  # "the deal that A signed", "the condemnation of A for …"
        mention = text.mentions[text.at[head]]
        before = text.words.forms[head - 1] if head > places[0] else ""
        asked = before == ON and statement.attribution.act == "demand"
        named = statement.attribution.act in _NAMES and word_class(before) != "preposition"
        if text.joined(head) or not (asked or named):
            return None
        found = Chunk("", mention.first, mention.last, mention.cut)
    party = party_of(text.argument(found, "addressed"), text)
    actors = [actor for key in party.ids if (actor := text.base.get(key)) is not None]
    if text.at[found.first] < 0 and text.base.words.at(text.words, found.first, "head", "title", "anonymous") is None:
        party = replace(party, ids=(), country=None)  # "the partners of A" are not A
    own = statement.speaker.entity if statement.speaker else None
    if own in party.ids or any(actor.kind in _NOT_ADDRESSED for actor in actors):
        return None
    return party


def _is_own_doing(text: ClauseText, head: int, ahead: Sequence[int]) -> bool:
    """Whether a word of accusing or praising stands right before an actor: then it is his ("expressed A's thanks")."""
    kinds = {found.form.rule.kind for found in load_events().match(text.words.forms, head - 1)} if ahead else set()
    return bool(kinds & {"ACCUSE", "SUPPORT"})


def _told(record: Record, clause: Clause, text: ClauseText) -> Event | None:
    parties = {name: party_of(argument, text) for name, argument in clause.roles.items()}
    if clause.speaker_as and may_be_meant(record, clause) and clause.speaker_as not in parties:
        parties[clause.speaker_as] = speaker_party(record, clause.speaker_by)
    agent, recipient = parties.get("agent"), parties.get("recipient")
    if not any(party is not None and (party.ids or party.is_speaker) for party in (agent, recipient)):
        return None
    speaker, rule = record.statement.speaker, clause.match.form.rule
    moods = {mood for mood, _ in clause.moods}
    if "not" in moods and "ask" in moods:
        return None  # "did not ask it to withdraw" tells of no event
    notes = ", ".join(f"{name}: {party.rule}" for name, party in sorted(parties.items()))
    kind = next(kind for kind in EVENT_TYPES if kind == rule.kind)
    return Event(
        record=record.id,
        rule=rule.id,
        type=kind,
        mode=rule.mode,
        cue=clause.span,
        agent=agent,
        recipient=recipient,
        place=parties.get("place"),
        time=_time_of(clause, record.statement.times, text),
        modality=_modality(moods, _act_of(record, clause), "will" in moods, _is_wished(clause, agent)),
        according_to=speaker.name if speaker else None,
        entity=speaker.entity if speaker else None,
        hedged=record.statement.attribution.hedged or "may" in moods,
        evidence=(
            Evidence(f"event:{rule.id}", (clause.span,), notes),
            *(Evidence(f"modality:{mood}", (span,)) for mood, span in clause.moods),
        ),
    )


def _act_of(record: Record, clause: Clause) -> Act:
    """Return the statement's act as far as it says how an event is meant: an event named with the article is spoken of
    as known ("threatens to answer the attack"), whatever is threatened.
    """
    form = clause.match.form
    opens = any(span.start + 2 >= clause.span.start >= span.start for span in record.statement.attribution.content)
    known = form.morph not in ("past", "present") and not form.rest and _ARTICLE in clause.match.prefix and not opens
    return "assert" if known and record.statement.attribution.act != "deny" else record.statement.attribution.act


def _is_wished(clause: Clause, agent: Party | None) -> bool:
    """Whether somebody wants another to act: the agent stands behind the predicate, not before the wish."""
    return agent is not None and not agent.is_speaker and agent.rule in ("after", "addressed")


def _modality(moods: set[str], act: Act, coming: bool, wished: bool) -> Modality:
    """Return how far an event is meant; what is denied or negated goes before what is only possible.

    ``coming`` says that a word of the future stands there, ``wished`` that another than the agent wants it.
    """
    negated = "not" in moods
    if "refuse" in moods or "will not" in moods:
        return "refused"
    if ("deny" in moods or act == "deny") != negated and not (negated and act != "deny" and "deny" not in moods):
        return "denied"
    if negated:
        return "negated"
    if "condition" in moods:
        return "conditional"
    if moods & {"ask", "must"} or act == "demand" or (wished and "want" in moods):
        return "asked"
    if moods & {"can", "may"} or act == "believe":
        return "possible"
    if coming or moods & {"want", "willing", "threat"} or act in ("promise", "threaten"):
        return "planned"
    return "alleged" if act == "accuse" or "accused" in moods else "asserted"


def _time_of(clause: Clause, times: tuple[StatedTime, ...], text: ClauseText) -> str | None:
    """Return the date of the time that stands nearest to the predicate in its own clause; ``None`` where none does.

    A word that opens a clause, or another verb, parts them: "supplied it, because it prepared for 70 years".
    """
    words = text.words
    best: tuple[int, str] | None = None
    for time in times:
        if time.date is None:
            continue
        before = time.span.start < clause.span.start
        first, last = (time.span, clause.span) if before else (clause.span, time.span)
        between = range(words.first_in(first.end), words.end_before(last.start))
        if any(_parts(text, j) for j in between) or any(words.forms[j] == "," for j in between[:-1] if not before):
            continue
        if best is None or len(between) < best[0]:
            best = (len(between), time.date)
    return best[1] if best else None


def _parts(text: ClauseText, j: int) -> bool:
    """Whether token ``j`` ends a sentence or a clause."""
    form = text.words.forms[j]
    if form in _ENDS:
        return True
    return text.at[j] < 0 and (word_class(form) in _OPENERS or text.is_verb(j))
