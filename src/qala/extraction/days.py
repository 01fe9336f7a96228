"""Days: counted from now, weekdays, parts of a day and times of day with their day.

Every ``parse_*`` function takes atoms, an index and whether a conjunction may be written on to the first
word; it returns a :class:`Timed` or ``None``.
"""

from __future__ import annotations

from dataclasses import replace

from qala.extraction.atoms import Atoms, find_sense
from qala.extraction.calendar_dates import (
    parse_day_month,
    parse_month_date,
    parse_numeric,
    parse_period,
    parse_short_numeric,
)
from qala.extraction.clock_times import parse_clock
from qala.extraction.numbers import integer_at, parse_ordinal
from qala.extraction.time_values import Clock, Date, Day, DayPart, Nth, Relative, TimeValue, Weekday
from qala.extraction.years import FI, MIN, Timed, parse_relative
from qala.text.words import NUMBER, WORD

_BAAD = "\u0628\u0639\u062f"


def weekday_at(atoms: Atoms, i: int, joined: bool = False) -> tuple[int, int] | None:
    """Parse "[this] [the day of] Tuesday" at ``i``; returns the weekday and the index after it."""
    this = find_sense(atoms, i, "this", joined)
    at = this.end if this else i
    unit = find_sense(atoms, at, "unit1", joined and not this)
    worded = bool(unit and unit.sense.value == "day")
    if unit and worded:
        at = unit.end
    found = find_sense(atoms, at, "weekday", joined and at == i)
    if found is None:
        return None
    if not (found.sense.definite or (worded and found.sense.value != 6)):
        week = parse_relative(atoms, found.end)
        if not (week and isinstance(week.value, Relative) and week.value.unit == "week"):
            return None
    return int(found.sense.value), found.end


def _bracketed_weekday(atoms: Atoms, i: int) -> tuple[int, int] | None:
    """Parse the weekday that explains a day: "Tuesday", "(Tuesday)", ", Tuesday,"."""
    if atoms.forms[i] == "(":
        inner = weekday_at(atoms, i + 1)
        return (inner[0], inner[1] + 1) if inner and atoms.forms[inner[1]] == ")" else None
    return weekday_at(atoms, i)


def parse_day(atoms: Atoms, i: int, joined: bool) -> Timed | None:
    """Parse a day counted from now, with its weekday and its date: yesterday Monday, today 5 September."""
    found = find_sense(atoms, i, "day", joined)
    if found is None:
        return None
    offset, end = int(found.sense.value), found.end
    weekday = _bracketed_weekday(atoms, end)
    if weekday:
        end = weekday[1]
    date = _following_date(atoms, end)
    if date and isinstance(date.value, Date):
        dated = replace(date.value, weekday=weekday[0] if weekday else None, counted=offset)
        return _end_of_day(atoms, dated, date.end)
    return _end_of_day(atoms, Day(offset, weekday[0] if weekday else None), end)


def _following_date(atoms: Atoms, i: int) -> Timed | None:
    """Parse a full date after a weekday: "Tuesday 5 September", "Tuesday, 5 September", "Tuesday (5/9)"."""
    at = i
    while at < i + 2 and (atoms.forms[at] in (",", "(", "-") or find_sense(atoms, at, "dateword")):
        at += 1
    if atoms.forms[at] == FI and (atoms.kinds[at + 1] == NUMBER or atoms.items[at + 1]):
        at += 1
    if atoms.items[at] is None and atoms.kinds[at] != NUMBER:
        return None
    date = parse_numeric(atoms, at) or parse_day_month(atoms, at) or parse_short_numeric(atoms, at)
    if date is None and at > i:
        date = None
    if date is None and atoms.items[at]:
        month = parse_month_date(atoms, at)
        date = month if month and isinstance(month.value, Date) and month.value.day else None
    if date and at > i and atoms.forms[at - 1] == "(" and atoms.forms[date.end] == ")":
        return Timed(date.value, date.end + 1)
    return date


def parse_weekday(atoms: Atoms, i: int, joined: bool) -> Timed | None:
    """Parse a weekday with what places it: last Tuesday, Tuesday of last week, Tuesday 5 September 2023."""
    day = weekday_at(atoms, i, joined)
    if day is None:
        return None
    number, end = day
    date = _following_date(atoms, end)
    if date and isinstance(date.value, Date):
        value = date.value
        dated = Date(
            value.year,
            value.month,
            value.day,
            number,
            value.calendar,
            value.direction,
            value.within,
            value.twin,
        )
        return _end_of_day(atoms, dated, date.end)
    nth = _weekday_of_period(atoms, number, end)
    if nth:
        return nth
    numbered = parse_ordinal(atoms, end)
    if numbered and 11 <= numbered.value <= 31:
        return Timed(Date(day=int(numbered.value), weekday=number), numbered.end)
    direction = find_sense(atoms, end, "dir")
    if direction:
        return _end_of_day(atoms, Weekday(number, int(direction.sense.value)), direction.end)
    week = parse_relative(atoms, end + (atoms.forms[end] in (MIN, FI)))
    if week and isinstance(week.value, Relative) and week.value.unit == "week":
        return _end_of_day(atoms, Weekday(number, None, week.value.offset), week.end)
    bare = integer_at(atoms, end)
    if (
        bare
        and 1 <= bare <= 31
        and len(atoms.forms[end]) <= 2
        and atoms.kinds[end + 1] != WORD
        and atoms.forms[end + 1] not in (":", "/", "-")
    ):
        return Timed(Date(day=bare, weekday=number), end + 1)
    return _end_of_day(atoms, Weekday(number), end)


def _weekday_of_period(atoms: Atoms, number: int, end: int) -> Timed | None:
    """Parse "[Tuesday] the third of October": an ordinal and the period it counts in."""
    ordinal = parse_ordinal(atoms, end)
    last = find_sense(atoms, end, "dir") if ordinal is None else None
    if ordinal is None and not (last and last.sense.value == -1):
        return None
    at = ordinal.end if ordinal else last.end if last else end
    period = parse_period(atoms, at)
    if period is None:
        return None
    return Timed(Nth("day", int(ordinal.value) if ordinal else -1, period.value, number), period.end)


def _end_of_day(atoms: Atoms, value: TimeValue, end: int) -> Timed:
    """Add the part of the day or the time of day that follows a day."""
    clock = parse_clock(atoms, end + (atoms.forms[end] in (FI, ",")))
    if clock and isinstance(clock.value, Clock):
        found = clock.value
        return Timed(Clock(found.hour, found.minute, found.second, value, found.sure), clock.end)
    part = find_sense(atoms, end, "daypart")
    if part and not part.sense.definite and part.sense.value != 0 and atoms.forms[end][-1:] != "\u0647":
        following = atoms.items[part.end]
        if following is None or following.skip or "weekday" not in following.readings:
            return Timed(DayPart(int(part.sense.value), value), part.end)
    return Timed(value, end)


def parse_daypart(atoms: Atoms, i: int, joined: bool) -> Timed | None:
    """Parse a part of the day with its day: Monday morning, the night of Saturday to Sunday."""
    this = find_sense(atoms, i, "this", joined)
    part = find_sense(atoms, this.end if this else i, "daypart", joined and not this)
    if part is None:
        return None
    if this:
        return Timed(DayPart(int(part.sense.value), Day(0)), part.end) if part.sense.definite else None
    hour, at = int(part.sense.value), part.end
    clock = parse_clock(atoms, at)
    if clock and isinstance(clock.value, Clock) and (part.sense.definite or at > i + 1):
        later = hour >= 12 and clock.value.hour < 12 and not clock.value.sure
        return Timed(replace(clock.value, hour=clock.value.hour + 12 * later, sure=True), clock.end)
    if part.sense.definite:
        return None
    day = parse_plain_day(atoms, at)
    if day is None:
        return None
    through, end = _through(atoms, day)
    if through is not None:
        return Timed(DayPart(hour, day.value, through), end)
    clock = parse_clock(atoms, day.end)
    if clock and isinstance(clock.value, Clock) and clock.value.hour <= 12:
        found = clock.value
        adjusted = found.hour + 12 if hour >= 12 and found.hour < 12 else found.hour
        return Timed(Clock(adjusted, found.minute, found.second, day.value), clock.end)
    return Timed(DayPart(hour, day.value), day.end)


def parse_plain_day(atoms: Atoms, i: int) -> Timed | None:
    """Parse a day without a part of its own: a weekday, a counted day, a date."""
    if atoms.items[i] is None and atoms.kinds[i] != NUMBER:
        return None
    for parse in (parse_day, parse_weekday, parse_day_month):
        found = parse(atoms, i, False)
        if found and not isinstance(found.value, Clock | DayPart):
            return found
    return parse_numeric(atoms, i)


def _through(atoms: Atoms, day: Timed) -> tuple[int | None, int]:
    """Parse the second weekday of a night: "Saturday Sunday", "Saturday - Sunday", "to Sunday"."""
    if not isinstance(day.value, Weekday) or day.value.direction is not None:
        return None, day.end
    at = day.end
    if atoms.forms[at] in ("-", "/") or find_sense(atoms, at, "until"):
        at += 1
    second = weekday_at(atoms, at)
    if second and (second[0] - day.value.number) % 7 == 1:
        return second
    return None, day.end


def parse_midnight(atoms: Atoms, i: int, joined: bool) -> Timed | None:
    """Parse "[after] midnight of Thursday": the first hours after it are the next day's."""
    after = atoms.forms[i] == _BAAD
    found = find_sense(atoms, i + after, "midnight", joined and not after)
    if found is None:
        return None
    day = parse_plain_day(atoms, found.end)
    if day is None:
        return Timed(Clock(int(found.sense.value)), found.end) if not after else None
    through, end = _through(atoms, day)
    return Timed(
        DayPart(
            int(found.sense.value),
            day.value,
            through,
            1 if after and through is None and not found.sense.value else 0,
        ),
        end,
    )


def parse_night(atoms: Atoms, i: int, joined: bool) -> Timed | None:
    """Parse tonight and last night, with a weekday in brackets."""
    found = find_sense(atoms, i, "night", joined)
    if found is None:
        return None
    weekday = _bracketed_weekday(atoms, found.end)
    return Timed(
        DayPart(20, Day(int(found.sense.value))),
        weekday[1] if weekday and atoms.forms[found.end] == "(" else found.end,
    )


def parse_clock_day(atoms: Atoms, i: int, joined: bool) -> Timed | None:
    """Parse a time of day with the day that follows it: "at five this morning", "at 15:00 on Monday"."""
    clock = parse_clock(atoms, i)
    if clock is None or not isinstance(clock.value, Clock):
        return clock
    at = clock.end + (atoms.forms[clock.end] in (MIN, FI, ","))
    day = (parse_daypart(atoms, at, False) or parse_plain_day(atoms, at)) if atoms.items[at] else None
    if day is None or isinstance(day.value, Clock):
        return clock
    value = clock.value
    if isinstance(day.value, DayPart) and not value.sure:
        later = day.value.hour >= 12 and value.hour < 12
        value = replace(value, hour=value.hour + 12 * later, sure=True)
    inner = day.value.day if isinstance(day.value, DayPart) and day.value.through is None else day.value
    return Timed(replace(value, day=inner), day.end)


def parse_week_day(atoms: Atoms, i: int, joined: bool) -> Timed | None:
    """Parse "next week Sunday": the week before its weekday."""
    week = parse_relative(atoms, i, joined)
    if week is None or not isinstance(week.value, Relative) or week.value.unit != "week":
        return None
    day = weekday_at(atoms, week.end)
    return _end_of_day(atoms, Weekday(day[0], None, week.value.offset), day[1]) if day else None
