"""PLOVER-like events that statements report: who did what to whom, when, how far it is meant, *according to* whom.

Two ways lead to an event. A statement's own act may be one: to accuse, to demand, to threaten, to promise, to condemn
or to praise somebody is done by saying it. And a content may tell of one by the verbs and nouns of ``events.yaml``.
A denial or a plain assertion is no event (PLOVER dropped CAMEO's "make a public statement"): what a denial denies is
an event with the modality "denied". Nothing here says that an event took place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from qala.corroboration.clause_roles import ON, between, find_clauses, find_doer, load_moods
from qala.corroboration.clause_rules import ClauseRules, load_rules
from qala.corroboration.clauses import Chunk, ClauseText
from qala.corroboration.exchange import Party, may_be_meant, party_of, speaker_party
from qala.lexicon.actors import load_actors
from qala.lexicon.words import word_class
from qala.model import Act, Evidence
from qala.text.words import find_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qala.corroboration.clauses import Clause
    from qala.model import Span, StatedTime
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
_NEAR = 4  # tokens of a content in which the one who is accused or asked is named
_NAMES: frozenset[Act] = frozenset(("accuse", "condemn", "praise"))  # their content names whom they mean
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
    rows = list(records)
    nested: dict[str, list[Span]] = {}
    for record in rows:
        if record.parent:
            nested.setdefault(record.parent, []).extend(record.statement.attribution.content)
    held: tuple[str, ClauseText] | None = None
    for record in rows:
        if held is None or held[0] != record.document_id:
            held = (record.document_id, ClauseText(find_words(record.document.text), load_actors()))
        inner = nested.get(record.id, [])
        for event in read_events(record, held[1]):
            within = any(span.start <= event.cue.start and event.cue.end <= span.end for span in inner)
            if event.by_saying or not within:
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
        mention = text.mentions[text.at[head]]
        before = text.words.forms[head - 1] if head > places[0] else ""
        asked = before == ON and statement.attribution.act == "demand"
        named = statement.attribution.act in _NAMES and word_class(before) != "preposition"
        if text.joined(head) or not (asked or named):
            return None
        found = Chunk("", mention.first, mention.last, mention.cut)
    party = party_of(text.argument(found, "addressed"), text)
    actors = [actor for key in party.ids if (actor := text.base.get(key)) is not None]
    own = statement.speaker.entity if statement.speaker else None
    if own in party.ids or any(actor.kind in _NOT_ADDRESSED for actor in actors):
        return None
    return party


def _told(record: Record, clause: Clause, text: ClauseText) -> Event | None:
    parties = {name: party_of(argument, text) for name, argument in clause.roles.items()}
    if clause.speaker_as and may_be_meant(record, clause) and clause.speaker_as not in parties:
        parties[clause.speaker_as] = speaker_party(record, clause.speaker_by)
    agent, recipient = parties.get("agent"), parties.get("recipient")
    if not any(party is not None and (party.ids or party.is_speaker) for party in (agent, recipient)):
        return None
    speaker, rule = record.statement.speaker, clause.match.form.rule
    moods = {mood for mood, _ in clause.moods}
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
        modality=_modality(moods, record.statement.attribution.act, "will" in moods),
        according_to=speaker.name if speaker else None,
        entity=speaker.entity if speaker else None,
        hedged=record.statement.attribution.hedged or "may" in moods,
        evidence=(
            Evidence(f"event:{rule.id}", (clause.span,), notes),
            *(Evidence(f"modality:{mood}", (span,)) for mood, span in clause.moods),
        ),
    )


def _modality(moods: set[str], act: Act, coming: bool) -> Modality:
    """Return how far an event is meant; what is denied or negated goes before what is only possible."""
    negated = "not" in moods
    if "refuse" in moods or "will not" in moods:
        return "refused"
    if ("deny" in moods or act == "deny") != negated and not (negated and act != "deny" and "deny" not in moods):
        return "denied"
    if negated:
        return "negated"
    if "condition" in moods:
        return "conditional"
    if moods & {"ask", "must"} or act == "demand":
        return "asked"
    if moods & {"can", "may"} or act == "believe":
        return "possible"
    if coming or moods & {"want", "willing", "threat"} or act in ("promise", "threaten"):
        return "planned"
    return "alleged" if act == "accuse" or "accused" in moods else "asserted"


def _time_of(clause: Clause, times: tuple[StatedTime, ...], text: ClauseText) -> str | None:
    """Return the date of the time that stands nearest to the predicate in its sentence; ``None`` where none does."""
    words = text.words
    best: tuple[int, str] | None = None
    for time in times:
        if time.date is None:
            continue
        first, last = sorted((time.span.start, clause.span.start))
        between = words.forms[words.first_in(first) : words.end_before(last)]
        if any(form in (".", "\n", "?", "!") for form in between):
            continue
        if best is None or len(between) < best[0]:
            best = (len(between), time.date)
    return best[1] if best else None
