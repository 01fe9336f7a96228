"""Ranges: from one time to another, pairs of years and days.

Every ``parse_*`` function takes atoms, an index and whether a conjunction may be written on to the first
word; it returns a :class:`Timed` or ``None``.
"""

from __future__ import annotations

from qala.extraction.atoms import Atoms, conjoined, find_sense, touching
from qala.extraction.calendar_dates import day_number, parse_day_month, parse_month_date, parse_numeric
from qala.extraction.clock_times import parse_clock
from qala.extraction.days import parse_day, parse_weekday, weekday_at
from qala.extraction.periods import parse_part
from qala.extraction.time_values import Clock, Date, Range, Relative, TimeValue, Weekday
from qala.extraction.years import FI, MIN, Timed, parse_relative, parse_year, year_number
from qala.text.words import NUMBER


def _point(atoms: Atoms, i: int, joined: bool) -> Timed | None:
    """Parse one end of a range: a date, weekday, year or relative time."""
    if atoms.items[i] is None and atoms.kinds[i] != NUMBER:
        return None
    for parse in (parse_day, parse_weekday, parse_day_month, parse_month_date, parse_year, parse_part):
        found = parse(atoms, i, joined)
        if found:
            return found
    numeric = parse_numeric(atoms, i)
    if numeric:
        return numeric
    year = year_number(atoms, i, low=1900)
    return Timed(Date(year=year[0]), year[1]) if year and year[0] <= 2100 else None


def _connector(atoms: Atoms, i: int, both: bool) -> tuple[int, bool] | None:
    """Parse what joins the ends of a range: returns where the second starts, whether "and" may be on it."""
    until = find_sense(atoms, i, "until", joined=True)
    if until:
        return until.end, False
    if atoms.forms[i] == "-":
        return i + 1, False
    then = conjoined(atoms, i) if both else None
    return (then, True) if then is not None else None


def _day_only(atoms: Atoms, i: int, joined: bool) -> tuple[int, int] | None:
    """Parse a lone day of the month at ``i``, with a weekday before it that is skipped."""
    if i > 1 and atoms.forms[i - 1] in ("/", "-", ".") and touching(atoms, i) and atoms.kinds[i - 2] == NUMBER:
        return None  # the middle of a date in digits
    weekday = weekday_at(atoms, i, joined)
    return day_number(atoms, weekday[1] if weekday else i, joined and weekday is None)


def _days_to(atoms: Atoms, i: int, joined: bool, both: bool) -> Timed | None:
    """Parse "3 to 12 September", "13-15 July": the first day takes the month of the second."""
    first = _day_only(atoms, i, joined)
    if first is None:
        return None
    link = _connector(atoms, first[1], both)
    if link is None:
        return None
    second = _point(atoms, link[0], link[1])
    if second is None:
        return _days_of_month(atoms, first[0], link)
    end = second.value
    if not isinstance(end, Date) or end.day is None or (end.month is None and end.within is None):
        return None
    start = Date(end.year, end.month, first[0], None, end.calendar, end.direction, end.within)
    return Timed(Range(start, end), second.end) if first[0] < end.day else None


def _days_of_month(atoms: Atoms, first: int, link: tuple[int, bool]) -> Timed | None:
    second = day_number(atoms, link[0], link[1])
    if second is None or second[0] <= first:
        return None
    month = parse_relative(atoms, second[1] + (atoms.forms[second[1]] in (MIN, FI)))
    if month is None or not isinstance(month.value, Relative) or month.value.unit != "month":
        return None
    return Timed(Range(Date(day=first, within=month.value), Date(day=second[0], within=month.value)), month.end)


def parse_range(atoms: Atoms, i: int, joined: bool) -> Timed | None:
    """Parse "from X to Y" and "between X and Y"."""
    head = find_sense(atoms, i, "from", joined)
    if head is None:
        return None
    at = head.end
    if atoms.items[at] is None and atoms.kinds[at] != NUMBER:
        return None
    days = _days_to(atoms, at, False, True)
    if days:
        return days
    pair = parse_years(atoms, at, False)
    if pair:
        return pair
    first = _point(atoms, at, False) or parse_clock(atoms, at)
    if first is None:
        return None
    return _ranged(atoms, first, True)


def _ranged(atoms: Atoms, first: Timed, both: bool) -> Timed | None:
    link = _connector(atoms, first.end, both)
    if link is None:
        return None
    second = _point(atoms, *link) or parse_clock(atoms, link[0])
    if second is None:
        return None
    return Timed(Range(_inherit(first.value, second.value), second.value), second.end)


def _inherit(first: TimeValue, second: TimeValue) -> TimeValue:
    """Give the first end the year (or direction) that only the second states: "from March to May 2018"."""
    if (
        isinstance(first, Date)
        and isinstance(second, Date)
        and first.year is None
        and first.direction is None
        and first.month
    ):
        return Date(
            second.year,
            first.month,
            first.day,
            first.weekday,
            first.calendar,
            second.direction,
            second.within,
        )
    if isinstance(first, Weekday) and isinstance(second, Weekday) and first.direction is None:
        return Weekday(first.number, second.direction, second.week)
    if isinstance(first, Clock) and isinstance(second, Clock) and not first.sure and second.sure:
        return Clock(first.hour + 12 * (second.hour >= 12 > first.hour), first.minute, first.second, first.day)
    return first


def parse_years(atoms: Atoms, i: int, joined: bool) -> Timed | None:
    """Parse "the two years 2010 and 2015", "the season 2017-2018"."""
    head = find_sense(atoms, i, "years", joined)
    if head is None:
        return None
    first = year_number(atoms, head.end, low=1000)
    if first is None:
        return None
    link = _connector(atoms, first[1], True)
    if link is None and atoms.forms[first[1]] == "/":
        link = first[1] + 1, False
    second = year_number(atoms, link[0], low=1000) if link else None
    if second is None:
        return Timed(Date(year=first[0]), first[1])
    return Timed(Range(Date(year=first[0]), Date(year=second[0])), second[1])


def parse_days(atoms: Atoms, i: int, joined: bool) -> Timed | None:
    """Parse "the two days 5 and 6 September", "the days Wednesday and Thursday next"."""
    head = find_sense(atoms, i, "days", joined)
    if head is None:
        return None
    days = _days_to(atoms, head.end, False, True)
    if days:
        return days
    first = parse_weekday(atoms, head.end, False)
    return _ranged(atoms, first, True) if first and isinstance(first.value, Weekday) else None


def parse_month_days(atoms: Atoms, i: int, joined: bool) -> Timed | None:
    """Parse "July 13-15", "August 27 to 29"."""
    found = find_sense(atoms, i, "month", joined)
    if found is None:
        return None
    first = day_number(atoms, found.end) if atoms.kinds[found.end] == NUMBER else None
    link = _connector(atoms, first[1], False) if first else None
    second = day_number(atoms, link[0]) if link else None
    if first is None or second is None or second[0] <= first[0]:
        return None
    month = int(found.sense.value)
    return Timed(Range(Date(month=month, day=first[0]), Date(month=month, day=second[0])), second[1])


def parse_days_to(atoms: Atoms, i: int, joined: bool) -> Timed | None:
    """Parse two days of one month: "3 to 12 September", "5 and 6 of this month"."""
    return _days_to(atoms, i, joined, True)


def parse_date_range(atoms: Atoms, i: int, joined: bool) -> Timed | None:
    """Parse "2 October to 22 October", "12 January 2016 - 22/1/2016": full dates on both sides."""
    first = parse_day_month(atoms, i, joined) or parse_numeric(atoms, i)
    if first is None or not isinstance(first.value, Date) or first.value.day is None:
        return None
    if not find_sense(atoms, first.end, "until", joined=True) and atoms.forms[first.end] != "-":
        return None
    second = _ranged(atoms, first, False)
    ranged = (
        isinstance(second.value, Range) and isinstance(second.value.end, Date) and second.value.end.day
        if second
        else None
    )
    return second if ranged else None
