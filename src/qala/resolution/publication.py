"""What a page's own words say of the day on which it was published.

"Yesterday Monday" makes it a Tuesday; "today 5 September" or a dateline names the day; "the current
year 2018" the year. The result is a constraint with its evidence, never a date made up.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import TYPE_CHECKING

from qala.extraction.time_values import Clock, Date, Day, DayPart, Range, TimeValue
from qala.extraction.times import SINCE, TimeMention
from qala.model import Evidence, PublicationConstraint, Span
from qala.resolution.dates import resolve_time

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qala.model import Document, Layout

_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_COMMON_YEAR = 2001


def _inner(value: TimeValue) -> TimeValue:
    """Return the day under a part or time of day."""
    while isinstance(value, DayPart | Clock) and value.day is not None:
        value = value.day
    return value


def _counted(value: TimeValue) -> tuple[set[int], set[date], set[tuple[int, int]], str]:
    """Return the weekdays, days and (month, day) pairs of publication that ``value`` proves, and a note."""
    if isinstance(value, Day) and value.weekday is not None:
        weekday = (value.weekday - value.offset) % 7
        return {weekday}, set(), set(), _DAY_NAMES[weekday]
    if not isinstance(value, Date) or value.counted is None or not value.month or not value.day:
        return set(), set(), set(), ""
    if value.calendar == "hijri" or value.year is not None:
        found = resolve_time(value, None)
        day = found.start - timedelta(days=value.counted) if found else None
        return set(), {day} if day else set(), set(), str(day or "")
    weekdays = {(value.weekday - value.counted) % 7} if value.weekday is not None else set()
    # a common year stands in for the unknown one; only 28 February to 1 March would differ in a leap year
    moved = date(_COMMON_YEAR, value.month, value.day) - timedelta(days=value.counted)
    note = f"{_DAY_NAMES[next(iter(weekdays))]} " if weekdays else ""
    return weekdays, set(), {(moved.month, moved.day)}, f"{note}--{moved.month:02}-{moved.day:02}"


def _year_of(value: TimeValue) -> int | None:
    """Return the year of publication that "the current year 2018", "last year 2017" proves."""
    counted = isinstance(value, Date) and value.year is not None and value.within is not None
    return (
        value.year - value.within.offset
        if counted and isinstance(value, Date) and value.year and value.within
        else None
    )


def _month_of(value: TimeValue) -> int | None:
    """Return the month of publication that "the current September" proves."""
    current = isinstance(value, Date) and value.direction == 0 and value.year is None
    return value.month if current and isinstance(value, Date) and value.calendar == "gregorian" else None


def _past(mention: TimeMention) -> date | None:
    """Return the first day of a time that the page speaks of as begun: "since 2017"."""
    value = mention.value.start if isinstance(mention.value, Range) else mention.value
    if mention.preposition != SINCE or not isinstance(value, Date) or value.year is None:
        return None
    found = resolve_time(value, None)
    return found.start if found else None


def allowed_days(mentions: Iterable[TimeMention], dateline: TimeMention | None = None) -> PublicationConstraint:
    """Return what ``mentions`` of a page say of its day of publication.

    ``dateline`` is a mention known to stand as the page's own date (as in "Dubai, 5 September 2023 -");
    its day is then the day of publication.
    """
    weekdays: set[int] = set()
    days: set[date] = set()
    month_days: set[tuple[int, int]] = set()
    months: set[int] = set()
    years: set[int] = set()
    past: list[tuple[date, Span]] = []
    evidence: list[Evidence] = []
    for mention in mentions:
        value = _inner(mention.value)
        on_weekdays, on_days, on_month_days, note = _counted(value)
        weekdays |= on_weekdays
        days |= on_days
        month_days |= on_month_days
        if note:
            evidence.append(Evidence("published:counted-day", (mention.span,), note))
        year = _year_of(value)
        if year is not None:
            years.add(year)
            evidence.append(Evidence("published:year", (mention.span,), str(year)))
        month = _month_of(value)
        if month is not None:
            months.add(month)
            evidence.append(Evidence("published:month", (mention.span,), calendar.month_name[month]))
        begun = _past(mention)
        if begun:
            past.append((begun, mention.wide))
    stated = resolve_time(dateline.value, None) if dateline else None
    if dateline and stated and stated.granularity == "day":
        days.add(stated.start)
        evidence.append(Evidence("published:dateline", (dateline.span,), stated.iso))
    earliest = max(past, default=None)
    if earliest:
        evidence.append(Evidence("published:not-before", (earliest[1],), earliest[0].isoformat()))
    return PublicationConstraint(
        weekdays=frozenset(weekdays),
        days=frozenset(days),
        month_days=frozenset(month_days),
        months=frozenset(months),
        years=frozenset(years),
        earliest=earliest[0] if earliest else None,
        evidence=tuple(evidence),
    )


def read_publication(document: Document, layout: Layout, mentions: list[TimeMention]) -> PublicationConstraint | None:
    """Return what a page tells of its day where the document does not give it; ``None`` where it does.

    ``mentions`` are all times of the text; one that stands in a dateline is the page's own date.
    """
    if document.published is not None:
        return None
    lines = [piece.span for piece in layout.debris if piece.kind == "dateline"]
    dated = (m for m in mentions if any(line.start <= m.span.start < line.end for line in lines))
    return allowed_days(mentions, next((m for m in dated if resolve_time(m.value, None)), None))
