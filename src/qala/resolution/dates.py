"""Time expressions to dates, counted from the day of publication, in the sense of news.

A bare weekday is the last one not after the publication day (that day included), the coming one where
the text tells of plans. A month without a year is the last one not after publication, or the coming
one where that last one lies more than ten months back (a day: eight months). What stays open is
``None``, never a guess.
"""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from qala.extraction.time_values import (
    Clock,
    Date,
    Day,
    DayPart,
    Decade,
    Distance,
    Feast,
    Nth,
    Part,
    Range,
    Relative,
    Season,
    TimeValue,
    Vague,
    Weekday,
    Window,
)
from qala.resolution.feasts import feast_day
from qala.resolution.hijri import LAST_YEAR, hijri_day, hijri_month, hijri_year_of

if TYPE_CHECKING:
    from collections.abc import Callable
from qala.resolution.stretches import (
    MONTHS,
    ResolvedTime,
    add_months,
    month_of,
    months_of,
    moved,
    nth_week,
    nth_weekday,
    one_day,
    place,
    week_of,
    year_of,
    years_of,
)

_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 14)}


def resolve_time(
    value: TimeValue, published: date | None, *, planned: bool = False, named: bool = False
) -> ResolvedTime | None:
    """Return the days that ``value`` names in an article of the day ``published``; ``None`` where open.

    ``published`` may be ``None``: only dates that need no other day are resolved then. ``planned`` says
    that the text tells of what is to come, ``named`` that the expression is part of a name.
    """
    day = published.date() if isinstance(published, datetime) else published
    if named and not (isinstance(value, Date) and value.year):
        return None
    try:
        return _RESOLVERS[type(value)](value, day, planned) if type(value) in _RESOLVERS else None
    except (ValueError, OverflowError):
        return None  # outside the calendar: the year 0, the 31st of June


def _day(value: Day, day: date | None, planned: bool) -> ResolvedTime | None:
    return one_day(day + timedelta(days=value.offset)) if day else None


def _weekday(value: Weekday, day: date | None, planned: bool) -> ResolvedTime | None:
    if day is None:
        return None
    if value.week is not None:
        return one_day(week_of(day, value.week).start + timedelta(days=value.number))
    back = (day.weekday() - value.number) % 7
    ahead = (value.number - day.weekday()) % 7
    if value.direction is None:
        return one_day(day + timedelta(days=ahead) if planned else day - timedelta(days=back))
    if value.direction < 0:
        return one_day(day - timedelta(days=(back or 7) - 7 * (value.direction + 1)))
    return one_day(day + timedelta(days=(ahead or 7) + 7 * (value.direction - 1) if value.direction else ahead))


def _date(value: Date, day: date | None, planned: bool) -> ResolvedTime | None:
    if value.calendar == "hijri":
        return _hijri(value, day, planned)
    if value.year is not None:
        return _in_year(value, value.year)
    if value.within is not None and day is not None:
        base = _relative(value.within, day, planned)
        if base is None:
            return None
        if value.within.unit == "month" and value.day:
            return one_day(base.start.replace(day=value.day))
        return _in_year(value, base.start.year) if value.within.unit == "year" else None
    if day is None:
        return None
    if value.month is None:
        return _day_of_month(value, day)
    return place(partial(_in_year, value), day.year, day, value.direction, planned)


def _in_year(value: Date, year: int) -> ResolvedTime:
    if value.month is None:
        return year_of(year)
    return one_day(date(year, value.month, value.day)) if value.day else month_of(year, value.month)


def _day_of_month(value: Date, day: date) -> ResolvedTime | None:
    """Resolve "Thursday the 21st": the nearest month in which weekday and day agree."""
    if value.day is None or value.weekday is None:
        return None
    for step in (0, -1, 1, -2, 2):
        first = add_months(day.replace(day=1), step)
        if value.day <= calendar.monthrange(first.year, first.month)[1]:
            found = first.replace(day=value.day)
            if found.weekday() == value.weekday:
                return one_day(found)
    return None


def _hijri(value: Date, day: date | None, planned: bool) -> ResolvedTime | None:
    if value.year is None:
        here = hijri_year_of(day) if day else None
        if here is None or value.month is None or day is None:
            return None

        def make(year: int) -> ResolvedTime:
            found = _hijri(replace(value, year=year), None, False)
            if found is None:
                raise ValueError("no such Hijri day")
            return found

        return place(make, here, day, value.direction, planned)
    if value.year > LAST_YEAR and value.month:
        return _hijri_of_gregorian(value, value.year)
    if value.month is None:
        first, last = hijri_month(value.year, 1), hijri_month(value.year, 12)
        return ResolvedTime(first[0], last[1], "days") if first and last else None
    if value.day is None:
        month = hijri_month(value.year, value.month)
        return ResolvedTime(*month, "days") if month else None
    found = hijri_day(value.year, value.month, value.day)
    if found is None:
        return None
    # moon sighting may differ from the tables by a day; the weekday that the text states decides
    if value.weekday is not None and found.weekday() != value.weekday:
        for step in (-1, 1):
            moved = found + timedelta(days=step)
            if moved.weekday() == value.weekday:
                return one_day(moved)
    return one_day(found)


def _hijri_of_gregorian(value: Date, year: int) -> ResolvedTime | None:
    """Resolve a Hijri month with a Gregorian year ("Ramadan 2019"): the one that begins in that year."""
    first = hijri_year_of(date(year, 1, 1))
    for hijri_year in (first, first + 1) if first else ():
        found = _hijri(replace(value, year=hijri_year), None, False)
        if found and found.start.year == year:
            return found
    return None


def _relative(value: Relative, day: date | None, planned: bool) -> ResolvedTime | None:
    if day is None:
        return None
    offset = value.offset
    match value.unit:
        case "week":
            return week_of(day, offset)
        case "weekend":
            monday = week_of(day, offset).start
            return ResolvedTime(monday + timedelta(days=5), monday + timedelta(days=6), "days")
        case "month":
            moved = add_months(day.replace(day=1), offset)
            return month_of(moved.year, moved.month)
        case "year":
            return year_of(day.year + offset)
        case "decade":
            first = day.year // 10 * 10 + 10 * offset
            return years_of(first, first + 9)
        case "century":
            first = day.year // 100 * 100 + 100 * offset
            return years_of(first, first + 99)
        case _:
            return None


def _nth(value: Nth, day: date | None, planned: bool) -> ResolvedTime | None:
    if value.unit == "century":
        return years_of((value.number - 1) * 100, value.number * 100 - 1) if value.number > 1 else None
    base = resolve_time(value.within, day, planned=planned) if value.within else None
    if base is None:
        return None
    if value.weekday is not None:
        return nth_weekday(base, value.number, value.weekday)
    start, number = base.start, value.number
    match value.unit:
        case "quarter" | "half":
            size = MONTHS[value.unit]
            count = 12 // size
            index = number if number > 0 else count + 1 + number
            return months_of(start.year, (index - 1) * size + 1, index * size) if 1 <= index <= count else None
        case "month":
            index = number if number > 0 else 13 + number
            return month_of(start.year, index) if 1 <= index <= 12 else None
        case "week":
            return nth_week(base, number)
        case "day":
            return one_day(start + timedelta(days=number - 1) if number > 0 else base.end + timedelta(days=number + 1))
        case _:
            return None


def _part(value: Part, day: date | None, planned: bool) -> ResolvedTime | None:
    base = resolve_time(value.of, day, planned=planned)
    if base is None:
        return None
    if value.part == "rest":
        known = day is not None and base.start <= day <= base.end
        return ResolvedTime(day, base.end, "days") if known and day else None
    if base.granularity == "year":
        first, last = {"start": (1, 1), "early": (1, 3), "mid": (6, 7), "late": (10, 12), "end": (12, 12)}[value.part]
        return months_of(base.start.year, first, last)
    if base.granularity == "years":
        span = base.end.year - base.start.year + 1
        first, last = {"start": (0, 3), "early": (0, 3), "mid": (3, 7), "late": (7, 10), "end": (7, 10)}[value.part]
        return years_of(base.start.year + span * first // 10, base.start.year + span * last // 10 - 1)
    return base


def _daypart(value: DayPart, day: date | None, planned: bool) -> ResolvedTime | None:
    base = resolve_time(value.day, day, planned=planned) if value.day else None
    if base is None:
        return None
    if value.through is not None:
        return ResolvedTime(base.start, base.start + timedelta(days=1), "days")
    return one_day(base.start + timedelta(days=value.shift)) if value.shift else base


def _clock(value: Clock, day: date | None, planned: bool) -> ResolvedTime | None:
    base = resolve_time(value.day, day, planned=planned) if value.day else one_day(day) if day else None
    return replace(base, clock=f"{value.hour:02}:{value.minute:02}", clock_sure=value.sure) if base else None


def _distance(value: Distance, day: date | None, planned: bool) -> ResolvedTime | None:
    if day is None or value.elsewhere or (value.direction > 0 and not planned):
        return None
    point: date | None = day
    for amount in value.amounts:
        point = moved(point, amount, value.direction) if point else None
    if point is None:
        return None
    unit = value.amounts[-1].unit
    if unit == "week":
        return replace(week_of(point), point=point)
    if unit in ("month", "quarter"):
        return replace(month_of(point.year, point.month), point=point)
    if unit in ("year", "decade", "century"):
        return replace(year_of(point.year), point=point)
    return replace(one_day(point), point=point)


def _window(value: Window, day: date | None, planned: bool) -> ResolvedTime | None:
    """Resolve a counted window: it ends or starts on the day of publication."""
    if value.within is not None:
        return _edge_of(value, resolve_time(value.within, day, planned=planned))
    direction = value.direction or (1 if planned else 0)
    if day is None or not direction:
        return None
    point: date | None = day
    for amount in value.amounts:
        point = moved(point, amount, direction) if point else None
    if point is None or point == day:
        return None
    unit = value.amounts[0].unit
    if unit in ("decade", "century"):
        return years_of(min(point.year, day.year), max(point.year, day.year))
    if unit == "year" and float(value.amounts[0].low or 0).is_integer():
        return years_of(point.year, day.year - 1) if direction < 0 else years_of(day.year + 1, point.year)
    if unit == "day":
        # "the past three days" ends the day before, "the coming three days" starts the day after
        step = timedelta(days=1)
        return ResolvedTime(*((day + step, point) if direction > 0 else (point, day - step)), "days", point)
    return ResolvedTime(min(point, day), max(point, day), "days", point)


def _edge_of(value: Window, base: ResolvedTime | None) -> ResolvedTime | None:
    """Resolve the first or last stretch of a period by its first unit."""
    if base is None:
        return None
    after = base.end + timedelta(days=1)
    point = moved(base.start, value.amounts[0], 1) if value.direction > 0 else moved(after, value.amounts[0], -1)
    if point is None or not base.start <= point <= after:
        return None
    first, last = (base.start, point - timedelta(days=1)) if value.direction > 0 else (point, base.end)
    return ResolvedTime(first, last, "months" if value.amounts[0].unit in ("month", "quarter") else "days")


def _range(value: Range, day: date | None, planned: bool) -> ResolvedTime | None:
    first, last = (
        resolve_time(value.start, day, planned=planned),
        resolve_time(value.end, day, planned=planned),
    )
    if first is None or last is None:
        return None
    if last.end < first.start:
        last = resolve_time(value.end, first.start, planned=True) or last
    if last.end < first.start:
        return None
    rank = {"year": 2, "years": 2, "month": 1, "months": 1}
    finest = min(rank.get(first.granularity, 0), rank.get(last.granularity, 0))
    clock = f"{first.clock}/{last.clock}" if first.clock and last.clock else None
    return ResolvedTime(first.start, last.end, ("days", "months", "years")[finest], None, clock)


def _decade(value: Decade, day: date | None, planned: bool) -> ResolvedTime | None:
    year = value.year
    if year < 100:
        # the last decade of that name that had begun by the day of publication, else of the twentieth century
        year += (day.year - year) // 100 * 100 if day else 1900
    return years_of(year, year + 9)


def _season(value: Season, day: date | None, planned: bool) -> ResolvedTime | None:
    first, last = _SEASONS[value.name]
    make = partial(months_of, first=first, last=last)
    if value.year is not None:
        return make(value.year)
    if day and value.direction == 0 and value.name == "winter" and day.month < 3:
        return make(day.year - 1)  # a winter is named by the year in which it begins
    return place(make, day.year, day, value.direction, planned) if day else None


def _feast(value: Feast, day: date | None, planned: bool) -> ResolvedTime | None:
    def make(year: int) -> ResolvedTime:
        found = feast_day(value.name, year)
        if found is None:
            raise ValueError("no such day")
        return one_day(found)

    if value.year is not None:
        return make(value.year)
    return place(make, day.year, day, value.direction, planned) if day else None


def _vague(value: Vague, day: date | None, planned: bool) -> ResolvedTime | None:
    return resolve_time(value.within, day, planned=planned) if value.within else None


_RESOLVERS: dict[type, Callable[[Any, date | None, bool], ResolvedTime | None]] = {
    Day: _day,
    Weekday: _weekday,
    Date: _date,
    Relative: _relative,
    Nth: _nth,
    Part: _part,
    DayPart: _daypart,
    Clock: _clock,
    Distance: _distance,
    Window: _window,
    Range: _range,
    Decade: _decade,
    Season: _season,
    Feast: _feast,
    Vague: _vague,
}
