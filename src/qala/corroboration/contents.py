"""What a statement says, as a bag of terms with spans: concepts, actors, stems, figures, negation, quotations.

Terms are short strings: ``c:attack`` a concept, ``a:ru`` a country or its government, ``p:ID`` a person, ``o:ID``
another actor, ``w:STEM`` and ``r:SKELETON`` a word. Every term keeps its spans, so that a reason can show them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from qala.corroboration.background import rarity
from qala.corroboration.concepts import find_concepts, find_sign_words
from qala.corroboration.terms import CONCEPT_WEIGHT, STOPS, Page, add_terms, read_page
from qala.lexicon.load import load_entries
from qala.lexicon.stems import stem
from qala.model import Span
from qala.text.words import MARK, NUMBER, QUOTES, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qala.corroboration.concepts import SignPart
    from qala.model import Attribution
    from qala.records import Record

_YEAR = re.compile("(?:19|20)[0-9]{2}")
_QUOTE_MARKS = frozenset((*QUOTES.values(), "\u201d", "\u00bb"))
_CLAUSE = frozenset((".", "\n", "?", "!", ",", ";", ":"))
_CONDITION = 14  # words after "if" that it may govern
_REACH = 5  # words after a negator that it may turn round
_RESTING = 3  # words after "on" that tell what something rests on
_THIN = 2.2  # weight of own terms under which a content only points back
_BACK = 60  # tokens before a thin content that may say what it points to
_SHORTEST_QUOTE = 3  # words
_PARTS: tuple[SignPart, ...] = (
    "negation",
    "no_negation",
    "condition",
    "reserve",
    "refutation",
    "uninvolved",
    "report",
    "event",
    "basis",
)
_TOPICS = 6  # terms of an article's topic that "the attack" stands for
_TOPIC = 0.6
_CUE = 0.6  # weight of a concept that the cue names: "gave a deadline", "threatened"
_BLAME = "c:blame"


class Figure(NamedTuple):
    """A number of a content with the stem of the word after it (empty where none) and its span."""

    value: str
    counted: str
    span: Span
    dated: bool = False  # a year or the day of a month, and so counts nothing


@dataclass(frozen=True, slots=True)
class Content:
    """What one statement says; weights are per kind of term, before any document frequency."""

    record: Record
    terms: dict[str, float]
    spans: dict[str, Span]
    context: dict[str, float]  # terms of what a thin content points back to
    context_span: Span | None
    negated: frozenset[str]
    conditional: frozenset[str]  # terms that stand under "if"
    poles: dict[str, str]  # concept: "+" or "-", turned round where negated
    figures: tuple[Figure, ...]
    words: tuple[str, ...]  # stems in order
    quotes: tuple[tuple[str, ...], ...]
    negators: tuple[Span, ...]
    reserves: tuple[Span, ...]
    refutations: tuple[Span, ...]
    reports: tuple[Span, ...]
    thin: bool
    topic: dict[str, float] = field(repr=False)  # terms of the article's title and first lines
    place: int = 0  # code points of the article before the content
    accused: frozenset[str] = frozenset()  # actors between an accusing cue and its content: whom it accuses
    published: date | None = None
    said: tuple[date, date] | None = None

    @property
    def id(self) -> str:
        """The record's id."""
        return self.record.id


def read_contents(records: Iterable[Record], known: Mapping[Record, Content] | None = None) -> list[Content]:
    """Return what each record says, in the order of ``records``; each document is cut into words once, and let go.

    ``known`` are contents of records that were read before.
    """
    listed = list(records)
    by_document: defaultdict[str, list[int]] = defaultdict(list)
    contents: dict[int, Content] = {}
    for number, record in enumerate(listed):
        before = known.get(record) if known else None
        if before is not None:
            contents[number] = before
        else:
            by_document[record.document_id].append(number)
    for numbers in by_document.values():
        page = read_page(listed[numbers[0]].document)
        contents.update((number, _read_content(listed[number], page)) for number in numbers)
    return [contents[number] for number in range(len(listed))]


class _Found(NamedTuple):
    """The terms of a content while it is read."""

    terms: dict[str, float]
    spans: dict[str, Span]
    places: dict[str, tuple[int, str]]  # token and pole of each term; token -1 outside the content
    signs: dict[SignPart, list[tuple[int, int]]]
    hollow: set[int]  # tokens that only point back


def _find_all(attribution: Attribution, page: Page) -> _Found:
    """Return the terms and sign words of a content, and the concepts that its cue names."""
    words = page.words
    found = _Found({}, {}, {}, {part: [] for part in _PARTS}, set())
    for span in attribution.content:
        inside = words.within(span)
        found.places.update(add_terms(words, inside, page.actors, found.terms, found.spans))
        if not inside:
            continue
        for part, places in found.signs.items():
            places += find_sign_words(words, inside.start, inside.stop - 1, part)
        for first, last in find_sign_words(words, inside.start, inside.stop - 1, "empty"):
            found.hollow.update(range(first, last + 1))
    for first, last in found.signs["uninvolved"]:
        found.terms[_BLAME] = CONCEPT_WEIGHT
        found.spans.setdefault(_BLAME, words.span(first, last))
        found.places.setdefault(_BLAME, (last, ""))
    if attribution.act == "accuse" and attribution.cue:
        found.terms[_BLAME] = CONCEPT_WEIGHT
        found.spans.setdefault(_BLAME, attribution.cue[0])
        found.places.setdefault(_BLAME, (-1, ""))
    blocked = {first for first, _ in found.signs["no_negation"]}
    found.signs["negation"][:] = [place for place in found.signs["negation"] if place[0] not in blocked]
    _add_cue(attribution, words, found)
    return found


def _add_cue(attribution: Attribution, words: Words, found: _Found) -> None:
    for span in attribution.cue:
        inside = words.within(span)
        for here in find_concepts(words, inside.start, inside.stop - 1) if inside else ():
            term = f"c:{here.concept.name}"
            if term not in found.terms:
                found.terms[term], found.spans[term] = _CUE, span
                found.places[term] = (-1, here.concept.pole)


def _read_content(record: Record, page: Page) -> Content:
    words, statement = page.words, record.statement
    attribution = statement.attribution
    found = _find_all(attribution, page)
    terms, places, signs = found.terms, found.places, found.signs
    tokens = [token for span in attribution.content for token in words.within(span)]
    under = _governed_tokens(words, signs["negation"], tokens, _REACH)
    supposed = _governed_tokens(words, signs["condition"], tokens, _CONDITION)
    own = sum(weight for term, weight in terms.items() if places[term][0] not in found.hollow and term[0] in "cwpa")
    thin = own < _THIN
    context, context_span = _context(words, page, attribution.cue, attribution.content) if thin else ({}, None)
    if signs["event"]:
        context = _main_topic(page.topic) | context
    return Content(
        record=record,
        terms=terms,
        spans=found.spans,
        context={term: weight for term, weight in context.items() if term not in terms},
        context_span=context_span,
        negated=frozenset(term for term, (token, _) in places.items() if token in under),
        conditional=frozenset(term for term, (token, _) in places.items() if token in supposed),
        poles=_poles(places, under),
        figures=_figures(words, tokens),
        words=tuple(stem(words.plains[token]) for token in tokens if words.kinds[token] != MARK),
        quotes=_quotes(words, tokens),
        negators=_spans(words, signs["negation"]),
        reserves=_spans(words, signs["reserve"]),
        refutations=_spans(words, [*_own_refutations(words, signs, tokens), *signs["uninvolved"]]),
        reports=_spans(words, signs["report"]),
        thin=thin,
        topic=page.topic,
        place=attribution.content[0].start,
        accused=_accused(words, page, attribution),
        published=day_of(record.document.published),
        said=parse_days(statement.when_date),
    )


def _spans(words: Words, found: list[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(words.span(first, last) for first, last in found)


def _own_refutations(
    words: Words, signs: dict[SignPart, list[tuple[int, int]]], tokens: list[int]
) -> list[tuple[int, int]]:
    """Return the refutations that are said of the content itself, not of what something in it rests on."""
    resting = _governed_tokens(words, signs["basis"], tokens, _RESTING)
    return [place for place in signs["refutation"] if place[0] not in resting]


def _governed_tokens(words: Words, found: list[tuple[int, int]], tokens: list[int], reach: int) -> set[int]:
    """Return the tokens that a negator or an "if" before them in their clause may govern, a few words far."""
    inside = set(tokens)
    governed: set[int] = set()
    for _, last in found:
        reached, token = 0, last + 1
        while token in inside and reached < reach and words.forms[token] not in _CLAUSE:
            if words.kinds[token] != MARK:
                governed.add(token)
                reached += 1
            token += 1
    return governed


def _poles(places: dict[str, tuple[int, str]], under: set[int]) -> dict[str, str]:
    turned = {"+": "-", "-": "+"}
    return {term: turned[pole] if token in under else pole for term, (token, pole) in places.items() if pole}


@cache
def _months() -> frozenset[str]:
    """Return the stems with which the names of months begin."""
    entries = (entry for entry in load_entries("calendar.yaml") if entry["kind"] in ("month", "hijri"))
    return frozenset(stem(str(form).split()[0]) for entry in entries for form in entry["forms"])


def _figures(words: Words, tokens: list[int]) -> tuple[Figure, ...]:
    found = []
    for at, token in enumerate(tokens):
        if words.kinds[token] != NUMBER:
            continue
        after = tokens[at + 1] if at + 1 < len(tokens) else -1
        counted = stem(words.plains[after]) if after >= 0 and words.kinds[after] not in (MARK, NUMBER) else ""
        dated = counted in _months() or _YEAR.fullmatch(words.forms[token]) is not None
        found.append(Figure(words.forms[token], counted, words.span(token, token), dated))
    return tuple(found)


def _quotes(words: Words, tokens: list[int]) -> tuple[tuple[str, ...], ...]:
    """Return the stems between quotation marks, where they are words enough to be somebody's own."""
    found: list[tuple[str, ...]] = []
    begun: list[str] | None = None
    for token in tokens:
        if words.forms[token] in _QUOTE_MARKS:
            if begun is not None and len(begun) >= _SHORTEST_QUOTE:
                found.append(tuple(begun))
            begun = [] if begun is None else None
        elif begun is not None and words.kinds[token] != MARK:
            begun.append(stem(words.plains[token]))
    if begun is not None and len(begun) >= _SHORTEST_QUOTE:
        found.append(tuple(begun))
    return tuple(found)


def _context(
    words: Words, page: Page, cue: tuple[Span, ...], content: tuple[Span, ...]
) -> tuple[dict[str, float], Span | None]:
    """Return the terms of what stands before a content that only points back: its sentence and the one before."""
    start = min((*cue, *content)).start
    last = words.first_in(start) - 1
    first, stops = last, 0
    while first > 0 and last - first < _BACK:
        stops += words.forms[first - 1] in STOPS and last - first > 0
        if stops == 2:
            break
        first -= 1
    end = words.first_in(max((*cue, *content), key=lambda span: span.end).end)
    while end < len(words) and words.forms[end] not in STOPS:
        end += 1
    if end <= first:
        return {}, None
    terms: dict[str, float] = {}
    add_terms(words, range(first, end), page.actors, terms, {})
    return terms, words.span(first, end - 1)


def _accused(words: Words, page: Page, attribution: Attribution) -> frozenset[str]:
    """Return the actors that stand between the cue of an accusation and its content, the source not among them."""
    if attribution.act != "accuse" or not attribution.cue or not attribution.content:
        return frozenset()
    source = attribution.source or Span(0, 0)
    first, last = min(attribution.cue).start, attribution.content[0].start
    return frozenset(
        term
        for token in words.within(Span(first, max(first, last)))
        if not source.start <= words.starts[token] < source.end
        for term, _ in page.actors.get(token, ())
    )


def _main_topic(topic: dict[str, float]) -> dict[str, float]:
    """Return the rarest concepts, persons and places of an article's title and first lines."""
    named = ((rarity(term) * weight, term) for term, weight in topic.items() if term.startswith(("c:", "p:", "o:")))
    return {term: _TOPIC for _, term in sorted(named, key=lambda pair: (-pair[0], pair[1]))[:_TOPICS]}


def day_of(moment: date | datetime | None) -> date | None:
    """Return the day of a moment as printed; ``None`` stays ``None``."""
    return moment.date() if isinstance(moment, datetime) else moment


def parse_days(written: str | None) -> tuple[date, date] | None:
    """Return the first and last day of ``YYYY-MM-DD`` or ``START/END``; ``None`` for coarser dates."""
    if not written:
        return None
    try:
        days = [date.fromisoformat(part) for part in written.split("/")]
    except ValueError:
        return None
    return (days[0], days[-1]) if len(days) <= 2 else None
