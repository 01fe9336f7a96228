"""Exchange frames: who could give or wants what, from whom, for what in return, *according to* whom.

Frames are read inside contents by the rules of ``exchange.yaml`` and ``modality.yaml``. What is found is what the
speaker says of an exchange, never that there was one. A role that the content leaves open stays open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qala.corroboration.clause_roles import find_clauses, find_doer
from qala.corroboration.clause_rules import ClauseRules, load_rules
from qala.corroboration.clauses import Chunk, ClauseText
from qala.lexicon.actors import load_actors
from qala.model import Evidence, Span
from qala.text.normalize import fold_phrase
from qala.text.words import find_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qala.corroboration.clauses import Argument, Clause
    from qala.model import Act
    from qala.records import Record

Direction = Literal[
    "has given",
    "gives",
    "will give",
    "could give",
    "should give",
    "offers",
    "wants",
    "asks for",
    "refuses",
    "denies giving",
    "does not give",
    "does not want",
    "stopped giving",
]
"""What the speaker says of the exchange, from the giver's side; "wants" and "asks for" from the receiver's."""

KINDS = ("give", "receive", "offer", "want", "ask")
ROLES = ("giver", "receiver", "thing")
_RETURN = fold_phrase("\u0645\u0642\u0627\u0628\u0644")[0]
_IN, _THE = "\u0641\u064a", "\u0627\u0644"
_STANDS = frozenset(("place", "building"))  # capitals and palaces stand for their governments
_WILLING = frozenset(("willing", "will", "threat"))
_NO_HE = frozenset(("group", "document", "outlet", "anonymous"))
_OWN_WISH = ("speaker", "governor")  # rules by which the one who wants is the one who would give
_FEWEST = 2  # roles that a frame needs


@dataclass(frozen=True, slots=True)
class Party:
    """Who or what fills a role: its words and span, the actors that it may name (ids), and the rule that found it.

    ``is_speaker`` says that it is the statement's own speaker ("we", "that it …", or left out); then there is no span.
    """

    words: str
    span: Span | None
    ids: tuple[str, ...] = ()
    country: str | None = None
    is_speaker: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class ExchangeFrame:
    """One exchange of which a statement speaks. ``according_to`` is the statement's speaker, ``record`` its id."""

    record: str
    rule: str
    cue: Span
    direction: Direction
    giver: Party | None
    receiver: Party | None
    thing: Party | None
    in_return: Party | None
    condition: Span | None
    according_to: str | None
    entity: str | None
    moods: tuple[str, ...] = ()
    hedged: bool = False
    evidence: tuple[Evidence, ...] = ()


def load_exchange() -> ClauseRules:
    """Return the rules of exchange.yaml; raises ``LexiconError`` with ``file:line`` where they break the schema."""
    return load_rules("exchange.yaml", KINDS, ROLES)


def find_exchanges(records: Iterable[Record]) -> Iterator[ExchangeFrame]:
    """Yield the exchange frames of ``records``, statement by statement, in the order of the text.

    Records of one document that stand together share its words. A statement inside another's content yields its
    frames once, for the inner speaker.
    """
    held: tuple[str, ClauseText] | None = None
    records = list(records)
    inner = {record.parent for record in records if record.parent}
    spans: dict[str, list[Span]] = {}
    for record in records:
        if record.parent:
            spans.setdefault(record.parent, []).extend(record.statement.attribution.content)
    for record in records:
        if held is None or held[0] != record.document_id:
            held = (record.document_id, ClauseText(find_words(record.document.text), load_actors()))
        nested = spans.get(record.id, []) if record.id in inner else []
        for frame in read_exchanges(record, held[1]):
            if not any(span.start <= frame.cue.start and frame.cue.end <= span.end for span in nested):
                yield frame


def read_exchanges(record: Record, text: ClauseText) -> Iterator[ExchangeFrame]:
    """Yield the frames of one statement; ``text`` is its document's."""
    found = record.statement.attribution
    doer = find_doer(text, found)
    for content in found.content:
        for clause in find_clauses(text, content, load_exchange(), doer):
            frame = _frame(record, clause, content, text)
            if frame is not None:
                yield frame


def _frame(record: Record, clause: Clause, content: Span, text: ClauseText) -> ExchangeFrame | None:
    parties = {name: party_of(argument, text) for name, argument in clause.roles.items()}
    speaker = record.statement.speaker
    if clause.speaker_as and may_be_meant(record, clause) and clause.speaker_as not in parties:
        parties[clause.speaker_as] = speaker_party(record, clause.speaker_by)
    giver, receiver, thing = (parties.get(role) for role in ROLES)
    if sum(part is not None for part in (giver, receiver, thing)) < _FEWEST or not _known(giver, receiver):
        return None
    moods = tuple(dict.fromkeys(kind for kind, _ in clause.moods))
    kind = clause.match.form.rule.kind
    direction = _direction(kind, set(moods), record.statement.attribution.act, clause, giver)
    notes = ", ".join(f"{name}: {party.rule}" for name, party in sorted(parties.items()))
    return ExchangeFrame(
        record=record.id,
        rule=clause.match.form.rule.id,
        cue=clause.span,
        direction=direction,
        giver=giver,
        receiver=receiver,
        thing=thing,
        in_return=_in_return(text, clause, content),
        condition=next((span for mood, span in clause.moods if mood == "condition"), None),
        according_to=speaker.name if speaker else None,
        entity=speaker.entity if speaker else None,
        moods=moods,
        hedged=record.statement.attribution.hedged or "may" in moods,
        evidence=(
            Evidence(f"exchange:{clause.match.form.rule.id}", (clause.span,), notes),
            *(Evidence(f"modality:{mood}", (span,)) for mood, span in clause.moods),
        ),
    )


def _known(*parties: Party | None) -> bool:
    """Whether one of the parties is an actor of the base or the speaker: else the verb is mostly used otherwise."""
    return any(party is not None and (party.ids or party.is_speaker) for party in parties)


def party_of(argument: Argument, text: ClauseText) -> Party:
    """Return an argument with its words, its actors (a capital is its state) and their country, if it is one."""
    actors = [actor for key in argument.ids if (actor := text.base.get(key)) is not None]
    countries = {actor.country for actor in actors}
    country = countries.pop() if len(countries) == 1 else None
    ids = tuple(dict.fromkeys(actor.of if actor.kind in _STANDS and actor.of else actor.id for actor in actors))
    return Party(argument.span.of(text.words.text), argument.span, ids, country, False, argument.rule)


def may_be_meant(record: Record, clause: Clause) -> bool:
    """Whether the speaker can be the one whom a clause leaves out: "that he …" in a report is seldom the report."""
    speaker = record.statement.speaker
    return speaker is not None and not (clause.speaker_by == "pronoun" and speaker.kind in _NO_HE)


def speaker_party(record: Record, rule: str) -> Party:
    """Return the statement's own speaker as a party."""
    speaker = record.statement.speaker
    if speaker is None:
        return Party("", None, (), None, True, "speaker:" + rule)
    ids = (speaker.entity,) if speaker.entity else ()
    return Party(speaker.name, None, ids, speaker.country, True, "speaker:" + rule)


def _direction(kind: str, moods: set[str], act: Act, clause: Clause, giver: Party | None) -> Direction:
    """Return what is said of the exchange; a denial goes before everything, then refusals, wants, possibilities."""
    negated = "not" in moods
    if ("deny" in moods or act == "deny") and not negated:
        return "denies giving"
    if "refuse" in moods or "will not" in moods:
        return "refuses"
    if "stop" in moods:
        return "stopped giving"
    if negated and (kind in ("want", "ask") or (kind == "receive" and "want" in moods)):
        return "does not want"
    if negated:
        return "denies giving" if giver is not None and giver.is_speaker else "does not give"
    if kind == "ask" or "ask" in moods:
        return "asks for"
    if kind == "want" or ("want" in moods and kind == "receive"):
        return "wants"
    if "can" in moods or "may" in moods or "condition" in moods:
        return "could give"
    if moods & _WILLING or act == "promise":
        return "will give"
    if act == "demand":
        return "asks for"
    if kind == "offer" or ("want" in moods and giver is not None and giver.rule.startswith(_OWN_WISH)):
        return "offers"
    if "want" in moods:
        return "should give"
    if "must" in moods:
        return "should give"
    return "has given" if clause.match.form.morph == "past" or "did" in moods else "gives"


def _in_return(text: ClauseText, clause: Clause, content: Span) -> Party | None:
    """Return what stands after "in return for", in the predicate's sentence; not the adverb "in return" alone."""
    words = text.words
    for j in range(clause.match.last + 1, min(words.end_before(content.end), clause.match.last + 30)):
        form = words.forms[j]
        if form in (".", "\n", "?", "!"):
            return None
        if form != _RETURN:
            continue
        chunks = text.chunks_after(j + 1, words.end_before(content.end) - 1, load_exchange())
        if chunks and not chunks[0].preposition:
            chunk: Chunk = chunks[0]
            return party_of(text.argument(chunk, "in return"), text)
    return None
