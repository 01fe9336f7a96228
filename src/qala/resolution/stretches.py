"""Stretches of days on the calendar: whole weeks, months, years, and which one of a yearly kind is meant."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from qala.extraction.time_values import Amount

# A last occurrence further back than ten months (a month) or eight (a day) gives way to the coming one.
_STALE = {"month": timedelta(days=305), "day": timedelta(days=245)}
_DAYS = {"day": 1, "week": 7}
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
"""How many months each longer unit has."""


@dataclass(frozen=True, slots=True)
class ResolvedTime:
    """A stretch of days, both ends included, as fine as the words allow.

    ``granularity`` is "day", "week", "month", "year" or "days" (any other stretch of days), "months",
    "years". ``point`` is the exact day of a distance ("two weeks ago"), ``clock`` a time of day
    "HH:MM", ``clock_sure`` whether morning or evening is known.
    """

    start: date
    end: date
    granularity: str
    point: date | None = None
    clock: str | None = None
    clock_sure: bool = True

    @property
    def iso(self) -> str:
        """The stretch as the annotation guidelines write it: a day, month or year, or START/END."""
        width = {"year": 4, "years": 4, "month": 7, "months": 7}.get(self.granularity, 10)
        first, last = self.start.isoformat()[:width], self.end.isoformat()[:width]
        return first if first == last else f"{first}/{last}"


def one_day(day: date) -> ResolvedTime:
    """Return a single day."""
    return ResolvedTime(day, day, "day")


def month_of(year: int, month: int) -> ResolvedTime:
    """Return a whole month."""
    return ResolvedTime(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month")


def months_of(year: int, first: int, last: int) -> ResolvedTime:
    """Return whole months of a year; a month above 12 lies in the next."""
    start, end = month_of(year, first), month_of(year + (last - 1) // 12, (last - 1) % 12 + 1)
    return ResolvedTime(start.start, end.end, "months" if first != last else "month")


def year_of(year: int) -> ResolvedTime:
    """Return a whole year."""
    return ResolvedTime(date(year, 1, 1), date(year, 12, 31), "year")


def years_of(first: int, last: int) -> ResolvedTime:
    """Return whole years, both included."""
    return ResolvedTime(date(first, 1, 1), date(last, 12, 31), "years")


def week_of(day: date, offset: int = 0) -> ResolvedTime:
    """Return the week, Monday first, that lies ``offset`` weeks from the one of ``day``."""
    monday = day - timedelta(days=day.weekday() - 7 * offset)
    return ResolvedTime(monday, monday + timedelta(days=6), "week")


def add_months(day: date, months: int) -> date:
    """Return ``day`` moved by whole months, held inside the month it comes to."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def place(
    make: Callable[[int], ResolvedTime], year: int, day: date, direction: int | None, planned: bool
) -> ResolvedTime:
    """Choose the occurrence of a yearly stretch: ``make(year)`` is the one of the publication's ``year``."""
    if direction == -1:
        this = make(year)
        return this if this.end < day else make(year - 1)
    if direction == 0:
        return make(year)
    if direction is not None:
        this = make(year)
        return this if this.start > day else make(year + 1)
    this = make(year)
    if planned:
        return this if this.end >= day else make(year + 1)
    last, coming = (this, make(year + 1)) if this.start <= day else (make(year - 1), this)
    return coming if day - last.end > _STALE.get(last.granularity, _STALE["month"]) else last


def nth_weekday(base: ResolvedTime, number: int, weekday: int) -> ResolvedTime | None:
    """Return the n-th such weekday in the stretch, from its end where ``number`` is negative."""
    if number > 0:
        found = base.start + timedelta(days=(weekday - base.start.weekday()) % 7 + 7 * (number - 1))
    else:
        found = base.end - timedelta(days=(base.end.weekday() - weekday) % 7 - 7 * (number + 1))
    return one_day(found) if base.start <= found <= base.end else None


def nth_week(base: ResolvedTime, number: int) -> ResolvedTime:
    """Return the week, Monday first, whose Thursday is the n-th in the period (as ISO 8601 counts weeks)."""
    if number > 0:
        thursday = base.start + timedelta(days=(3 - base.start.weekday()) % 7 + 7 * (number - 1))
    else:
        thursday = base.end - timedelta(days=(base.end.weekday() - 3) % 7 - 7 * (number + 1))
    return week_of(thursday)


def moved(day: date, amount: Amount, sign: int) -> date | None:
    """Return ``day`` moved by ``amount``; ``None`` where the amount is open or a bound."""
    if amount.low is None or amount.high is not None or amount.bound not in ("", "about"):
        return None
    if amount.unit in _DAYS:
        return day + timedelta(days=sign * round(amount.low * _DAYS[amount.unit]))
    if amount.unit in MONTHS:
        months = amount.low * MONTHS[amount.unit]
        whole = add_months(day, sign * int(months))
        return whole + timedelta(days=sign * round((months - int(months)) * 30))
    hours = {"hour": 1.0, "minute": 1 / 60, "second": 1 / 3600}.get(amount.unit)
    # under a day the day of the moment is only known where it is not the edge of one
    return day if hours is not None and amount.low * hours < 3 else None
