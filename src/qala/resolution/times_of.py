"""What a content says of when and how much: event times and figures, kept apart from the time of the saying.

A time is a planned one where the verb that governs it is future, or the whole act is about what is to come (a
promise, a demand, a threat). The words that say so are in ``data/ar/planned.yaml``.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple, TypeVar

from qala.extraction.quantities import find_quantities
from qala.extraction.scan import Scan
from qala.extraction.time_values import Duration, Vague
from qala.extraction.times import TimeMention
from qala.lexicon.load import load_parts
from qala.model import Act, Attribution, Quantity, Span, StatedTime
from qala.resolution.dates import resolve_time
from qala.text.clitics import split_clitics
from qala.text.data import load_clitics
from qala.text.normalize import fold
from qala.text.words import Words

_Found = TypeVar("_Found", TimeMention, Quantity)
_FILE = "planned.yaml"
_PARTS = ("coming", "past", "not_verbs", "examples")
_COMING_ACTS: frozenset[Act] = frozenset(("promise", "demand", "threaten"))
_BACK, _AHEAD = 14, 1  # tokens of the clause that are looked at before and after a time
_STOPS = frozenset(".?!\n:")
_SHORTEST_VERB = 4  # letters of a verb with the future particle
_UNITS = {
    "second": "s",
    "minute": "min",
    "hour": "h",
    "day": "d",
    "week": "wk",
    "month": "mo",
    "year": "a",
}
"""The UCUM codes of the units of time."""


class PlannedWords(NamedTuple):
    """The folded words of ``planned.yaml``."""

    coming: frozenset[str]
    past: frozenset[str]
    not_verbs: frozenset[str]


@cache
def load_planned() -> PlannedWords:
    """Return the packaged words; raises :class:`LexiconError` with ``file:line`` for an unknown key."""
    found: dict[str, set[str]] = {part: set() for part in _PARTS}
    for part, entry in load_parts(_FILE, _PARTS):
        found[part] |= {fold(str(form)) for form in entry.get("forms", ())}
    return PlannedWords(*(frozenset(found[part]) for part in _PARTS[:3]))


@lru_cache(maxsize=1 << 15)
def _tense(form: str) -> int:
    """Return 1 where a folded word says that something is to come, -1 where it is over, else 0."""
    data = load_planned()
    if form in data.past:
        return -1
    return int(form in data.coming or _is_future_verb(form, data))


def _is_future_verb(form: str, data: PlannedWords) -> bool:
    rules = load_clitics()
    stem = form[1:] if form[:1] in rules.conjunctions and form[1:2] == rules.future else form
    if stem[:1] != rules.future or len(stem) < _SHORTEST_VERB or stem in data.not_verbs:
        return False
    parts = split_clitics(form)
    begin = sum(parts.proclitics)
    if begin:
        return form[begin - 1] == rules.future
    return stem[1] in rules.imperfect and stem not in rules.words and stem not in rules.whole


def is_planned(scan: Scan, first: int, last: int, start: int, end: int) -> bool | None:
    """Return whether the time in tokens ``first`` to ``last`` is governed by a future verb, within ``start``
    to ``end``; ``None`` where no word of its clause tells.
    """
    forms = scan.words.forms
    for j in range(first - 1, max(start, first - _BACK) - 1, -1):
        if forms[j] in _STOPS:
            break
        tense = 0 if scan.times[j] >= 0 else _tense(forms[j])
        if tense:
            return tense > 0
    for j in range(last + 1, min(end, last + _AHEAD) + 1):
        if forms[j] in _STOPS or forms[j] == ",":
            break
        if scan.times[j] < 0 and _tense(forms[j]) > 0:
            return True
    return None


class Figures(NamedTuple):
    """All times and quantities of a text, each list in order, with where each begins."""

    times: tuple[TimeMention, ...]
    time_starts: tuple[int, ...]
    quantities: tuple[Quantity, ...]
    quantity_starts: tuple[int, ...]


def find_figures(scan: Scan, times: Sequence[TimeMention]) -> Figures:
    """Return the times of a text and its quantities; how long something takes is a quantity."""
    found = [
        quantity
        for quantity in find_quantities(scan.words, times)
        if not _is_period(scan.words, quantity.low, quantity.counted)
    ]
    found += [lasting for mention in times if (lasting := _duration(mention)) is not None]
    found.sort()
    dated = tuple(mention for mention in times if not isinstance(mention.value, Duration))
    return Figures(
        dated,
        tuple(mention.span.start for mention in dated),
        tuple(found),
        tuple(quantity.span.start for quantity in found),
    )


def _is_period(words: Words, low: float, counted: Span | None) -> bool:
    """Whether a fraction is a part of a year or a match: "the second quarter", "the first half"."""
    return counted is not None and 0 < low < 1 and words.text.startswith(load_clitics().article, counted.start)


def _duration(mention: TimeMention) -> Quantity | None:
    value = mention.value
    if not isinstance(value, Duration) or len(value.amounts) != 1:
        return None
    low, high, unit = value.amounts[0].low, value.amounts[0].high, _UNITS.get(value.amounts[0].unit)
    if low is None or unit is None:
        return None
    first, last = (int(n) if n == int(n) else n for n in (low, low if high is None else high))
    return Quantity(mention.span, first, last, "duration", unit, (), value.amounts[0].bound)


def date_of(when: Span | None, scan: Scan, times: Sequence[TimeMention], published: date | None) -> str | None:
    """Return the date of the time that ``when`` covers or is a part of, ISO 8601; ``None`` where open."""
    if when is None:
        return None
    last = scan.words.end_before(when.end)
    number = max((scan.times[j] for j in range(scan.words.first_in(when.start), last)), default=-1)
    if number < 0:
        return None
    found = resolve_time(times[number].value, published, named=times[number].named)
    return found.iso if found else None


def times_in(scan: Scan, attribution: Attribution, figures: Figures, published: date | None) -> tuple[StatedTime, ...]:
    """Return the times inside the content of ``attribution``; its own ``when`` is none of them."""
    out: list[StatedTime] = []
    for content in attribution.content:
        start, end = scan.words.first_in(content.start), scan.words.end_before(content.end) - 1
        for mention in _inside(figures.times, figures.time_starts, content):
            if attribution.when and _overlap(mention.span, attribution.when):
                continue
            planned = is_planned(scan, mention.first, mention.last, start, end)
            if planned is None:
                planned = attribution.act in _COMING_ACTS
            out.append(_stated(mention, published, planned))
    return tuple(out)


def _stated(mention: TimeMention, published: date | None, planned: bool) -> StatedTime:
    """Return a time with its date; what lies before the day of publication or is now is not planned."""
    if isinstance(mention.value, Vague) and mention.value.direction <= 0:
        planned = False
    found = resolve_time(mention.value, published, planned=planned, named=mention.named)
    if found is None:
        return StatedTime(mention.span, None, None, planned)
    planned = planned and (published is None or found.end >= published)
    return StatedTime(mention.span, found.iso, found.granularity, planned, found.clock)


def quantities_in(attribution: Attribution, figures: Figures) -> tuple[Quantity, ...]:
    """Return the quantities inside the content of ``attribution``."""
    return tuple(
        quantity
        for content in attribution.content
        for quantity in _inside(figures.quantities, figures.quantity_starts, content)
    )


def _inside(found: tuple[_Found, ...], starts: tuple[int, ...], content: Span) -> list[_Found]:
    first, last = bisect_left(starts, content.start), bisect_left(starts, content.end)
    return [item for item in found[first:last] if item.span.end <= content.end]


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
