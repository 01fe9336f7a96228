"""Exchange frames: who could give or wants what, from whom, for what in return, *according to* whom.

Frames are read inside contents by the rules of ``exchange.yaml`` and ``modality.yaml``. What is found is what the
speaker says of an exchange, never that there was one. A role that the content leaves open stays open, unless the
section's heading asks about the exchange and names the other side (rule "question").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qala.corroboration.clause_moods import find_condition, load_moods
from qala.corroboration.clause_records import read_rows
from qala.corroboration.clause_roles import find_clauses
from qala.corroboration.clause_rules import ClauseRules, load_rules
from qala.corroboration.clause_subjects import find_doer
from qala.corroboration.clauses import Argument, Chunk, Clause, ClauseText, clause_words
from qala.corroboration.exchange_goods import goods_at, goods_of_word
from qala.corroboration.exchange_questions import Question, fill, read_question
from qala.model import Evidence, Span
from qala.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
    "does not get",
    "does not want",
    "stopped giving",
    "should stop",
    "discusses",
    "agreed on",
    "swaps",
]
"""What the speaker says of the exchange, from the giver's side; "wants" and "asks for" from the receiver's.

"discusses" and "agreed on" leave open whether anything was given; "should stop" is a giving that somebody wants or
tries to end, "does not get" a receiver who goes without.
"""

KINDS = ("give", "receive", "offer", "want", "ask", "have", "talk", "deal", "swap")
ROLES = ("giver", "receiver", "thing")
_STANDS = frozenset(("place", "building"))  # capitals and palaces stand for their governments
_WILLING = frozenset(("willing", "will", "threat"))
_NO_HE = frozenset(("group", "document", "outlet", "anonymous"))
_OWN_WISH = ("speaker", "governor")  # rules by which the one who wants is the one who would give
_OPENING = 1  # tokens of a content in which what is demanded or promised is named
_FEWEST = 2  # roles that a frame needs
_FARTHEST_RETURN = 30  # tokens between a predicate and "in return for"
_S, _L = "\u0633", "\u0644"
_DONE = frozenset(fold(word) for word in ("\u062a\u0645", "\u062a\u0645\u062a", "\u062c\u0631\u0649"))  # "was done"
_ASKED = "governor:ask"
_WISHES = frozenset(("want", "ask"))


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
    """One exchange of which a statement speaks. ``according_to`` is the statement's speaker, ``record`` its id.

    ``condition`` are the words of the condition on which it stands. ``between`` are both sides where it stays open
    which of them gives ("arms talks between A and B"). ``goods`` is the class of the thing in goods.yaml.
    """

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
    between: tuple[Party, ...] = ()
    goods: str = ""


def load_exchange() -> ClauseRules:
    """Return the rules of exchange.yaml; raises ``LexiconError`` with ``file:line`` where they break the schema."""
    return load_rules("exchange.yaml", KINDS, ROLES)


def find_exchanges(records: Iterable[Record]) -> Iterator[ExchangeFrame]:
    """Yield the exchange frames of ``records``, statement by statement, in the order of the text.

    Records of one document that stand together share its words. A statement inside another's content yields its
    frames once, for the inner speaker.
    """
    for row in read_rows(records):
        for frame in read_exchanges(row.record, row.text):
            if not row.is_inner(frame.cue):
                yield frame


def read_exchanges(record: Record, text: ClauseText) -> Iterator[ExchangeFrame]:
    """Yield the frames of one statement; ``text`` is its document's."""
    found = record.statement.attribution
    doer = find_doer(text, found)
    question: Question | None = None
    asked = False
    for content in found.content:
        for clause in find_clauses(text, content, load_exchange(), doer):
            if not asked:
                question, asked = read_question(text, found.heading, load_exchange()), True
            frame = _frame(record, clause, content, text, question)
            if frame is not None:
                yield frame


def _frame(
    record: Record, clause: Clause, content: Span, text: ClauseText, question: Question | None
) -> ExchangeFrame | None:
    rule, speaker = clause.match.form.rule, record.statement.speaker
    moods = tuple(dict.fromkeys(kind for kind, _ in clause.moods))
    parties = _parties(record, clause, text, question, set(moods))
    giver, receiver, thing = (parties.get(role) for role in ROLES)
    between = tuple(party_of(side, text) for side in clause.sides)
    sides = sum(part is not None for part in (giver, receiver)) + len(between)
    if sides + (thing is not None) < _FEWEST or not sides or not _known(giver, receiver, *between):
        return None
    if rule.roles_at("demonym") and rule.roles_at("object") is None and not (receiver and receiver.ids):
        return None  # "Egyptian exports to the markets"
    if rule.kind == "have" and (giver is None or receiver is None):
        return None  # to have a thing is no exchange
    last = text.words.end_before(content.end) - 1
    notes = ", ".join(f"{name}: {party.rule}" for name, party in sorted(parties.items()))
    return ExchangeFrame(
        record=record.id,
        rule=rule.id,
        cue=clause.span,
        direction=_direction(rule.kind, set(moods), _act_of(record, clause, content, text), clause, giver, text),
        giver=giver,
        receiver=receiver,
        thing=thing,
        in_return=_in_return(text, clause, content),
        condition=find_condition(
            text, text.words.first_in(content.start), last, (clause.first, max(clause.match.last, clause.first))
        ),
        according_to=speaker.name if speaker else None,
        entity=speaker.entity if speaker else None,
        moods=moods,
        hedged=record.statement.attribution.hedged or "may" in moods,
        evidence=(
            Evidence(f"exchange:{rule.id}", (clause.span,), notes),
            *(Evidence(f"modality:{mood}", (span,)) for mood, span in clause.moods),
        ),
        between=between,
        goods=_goods(thing, text),
    )


def _parties(
    record: Record, clause: Clause, text: ClauseText, question: Question | None, moods: set[str]
) -> dict[str, Party]:
    """Return the roles as parties: what the clause names, the speaker where he is meant, and what the section asks."""
    roles, rule = dict(clause.roles), clause.match.form.rule
    own = clause.speaker_as if clause.speaker_as and may_be_meant(record, clause) else None
    if rule.roles_at("object") is None and "thing" not in roles and goods_at(text.words, clause.first, clause.first):
        roles["thing"] = Argument(clause.span, (), "predicate")  # "American aid to …"
    if rule.kind == "have" and "thing" not in roles and clause.match.last > clause.first:
        words = text.words.span(clause.first + 1, clause.match.last)
        roles["thing"] = Argument(words, (), "predicate")  # "has | all that … needs"
    asked = roles.get("receiver")
    if rule.kind == "receive" and "giver" not in roles and asked is not None and asked.rule == _ASKED:
        roles["giver"] = roles.pop("receiver")  # "called on A for | the getting of …": from A
    if own is None:
        kind = "want" if moods & _WISHES else rule.kind
        filled = fill(question, roles.get("giver"), roles.get("receiver"), kind)
        roles |= {role: held for role, held in zip(("giver", "receiver"), filled, strict=True) if held is not None}
    parties = {name: party_of(_for_whom(argument, text), text) for name, argument in roles.items()}
    if own is not None and own not in parties:
        parties[own] = speaker_party(record, clause.speaker_by)
    return parties


def _for_whom(argument: Argument, text: ClauseText) -> Argument:
    """Return a party without the aid that it is for: "for the help | of the Venezuelans"."""
    words = text.words
    first, last = words.first_in(argument.span.start), words.end_before(argument.span.end) - 1
    if argument.rule == "preposition" and first < last and argument.ids and text.at[first] < 0:
        held = words.span(first, first)
        if goods_of_word(words.forms[first].lstrip(_L)) == "aid" and held.end < argument.span.end:
            return argument._replace(span=Span(words.starts[first + 1], argument.span.end))
    return argument


def _goods(thing: Party | None, text: ClauseText) -> str:
    if thing is None or thing.span is None:
        return ""
    words = text.words
    return goods_at(words, words.first_in(thing.span.start), words.end_before(thing.span.end) - 1)


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


def _act_of(record: Record, clause: Clause, content: Span, text: ClauseText) -> Act:
    """Return the statement's act as far as it says how an exchange is meant: what is demanded or promised stands near
    the beginning of the content ("demanded that it be punished for supplying …" asks for no supplies).
    """
    act = record.statement.attribution.act
    near = clause.first - text.words.first_in(content.start) <= _OPENING
    return act if near or act not in ("demand", "promise") else "assert"


def _direction(
    kind: str, moods: set[str], act: Act, clause: Clause, giver: Party | None, text: ClauseText
) -> Direction:
    """Return what is said of the exchange; a denial goes before everything, then refusals, wants, possibilities."""
    negated = "not" in moods
    if ("deny" in moods or act == "deny") and not negated:
        return "denies giving"
    wishes = kind in _WISHES or (kind == "receive" and "want" in moods)
    if wishes and moods & {"not", "will not"}:
        return "does not want"
    if "refuse" in moods or "will not" in moods:
        return "refuses"
    if "stop" in moods:
        ended = _has_ended(clause, text) and act != "demand" and not moods & {"ask", "must", "want"}
        return "stopped giving" if ended else "should stop"
    if negated and giver is None:
        return "does not get"
    if negated:
        return "denies giving" if giver is not None and giver.is_speaker else "does not give"
    if kind == "ask" or "ask" in moods:
        return "asks for"
    if kind == "want" or ("want" in moods and (kind == "receive" or giver is None)):
        return "wants"
    if kind == "talk" or "talk" in moods:
        return "discusses"
    return _affirmed(kind, moods, act, clause, giver, text)


def _has_ended(clause: Clause, text: ClauseText) -> bool:
    """Whether the word of stopping is a verb in the past ("stopped"), not a noun ("the stopping of")."""
    span = next(span for mood, span in clause.moods if mood == "stop")
    found = load_moods().match(text.words.forms, text.words.first_in(span.start))
    stops = [match.form.morph for match in found if match.form.rule.kind == "stop"]
    return "past" in stops and "noun" not in stops


def _affirmed(kind: str, moods: set[str], act: Act, clause: Clause, giver: Party | None, text: ClauseText) -> Direction:
    """Return how far a giving that nobody denies, refuses or asks for is meant."""
    if moods & {"can", "may", "condition", "question"} or kind == "have":
        return "could give"
    if kind == "offer" or "offer" in moods:
        return "offers"
    if moods & _WILLING or act == "promise":
        return "will give"
    if act == "demand":
        return "asks for"
    if "want" in moods and giver is not None and giver.rule.startswith(_OWN_WISH):
        return "offers"
    if moods & {"want", "must"}:
        return "should give"
    if kind in ("deal", "swap"):
        return "agreed on" if kind == "deal" else "swaps"
    passive = next((fold(span.of(text.words.text)) for mood, span in clause.moods if mood == "passive"), "")
    if passive.startswith(_S):
        return "will give"
    purpose = clause.match.prefix.startswith(_L) and not clause.match.form.pronoun
    if purpose and clause.match.form.morph not in ("past", "present"):
        return "wants" if kind == "receive" else "will give"  # "a tender | for the buying of …"
    past = clause.match.form.morph == "past" and not (giver is None and _may_be_noun(clause, text))
    return "has given" if past or "did" in moods or passive in _DONE else "gives"


def _may_be_noun(clause: Clause, text: ClauseText) -> bool:
    """Whether the predicate is written like a verbal noun, too ("carried" and "carrying")."""
    return any(found.form.morph == "noun" for found in load_exchange().match(text.words.forms, clause.first))


def _in_return(text: ClauseText, clause: Clause, content: Span) -> Party | None:
    """Return what stands after "in return for", in the predicate's sentence; not the adverb "in return" alone."""
    words = text.words
    for j in range(clause.match.last + 1, min(words.end_before(content.end), clause.match.last + _FARTHEST_RETURN)):
        form = words.forms[j]
        if form in (".", "\n", "?", "!"):
            return None
        if form not in clause_words("return"):
            continue
        chunks = text.chunks_after(j + 1, words.end_before(content.end) - 1, load_exchange())
        if chunks and not chunks[0].preposition:
            chunk: Chunk = chunks[0]
            return party_of(text.argument(chunk, "in return"), text)
    return None
