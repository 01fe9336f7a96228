"""Periods: parts of one, numbered ones, seasons, decades, named days, and open times within one.

Every ``parse_*`` function takes atoms, an index and whether a conjunction may be written on to the first
word; it returns a :class:`Timed` or ``None``.
"""

from __future__ import annotations

from qala.extraction.atoms import Atoms, find_sense
from qala.extraction.calendar_dates import parse_month_date, parse_period
from qala.extraction.days import parse_plain_day
from qala.extraction.numbers import parse_ordinal
from qala.extraction.time_values import (
    Date,
    Decade,
    Feast,
    Nth,
    Part,
    PartName,
    Relative,
    Season,
    TimeValue,
    Vague,
)
from qala.extraction.years import FI, MIN, Timed, parse_relative, parse_year, parse_year_tail
from qala.text.words import NUMBER

_OF_AGE = ("\u0639\u0645\u0631", "\u0627\u0644\u0639\u0645\u0631")
_CENTURY_ONE = 100


def parse_part(atoms: Atoms, i: int, joined: bool) -> Timed | None:
    """Parse a part of a period: early March, the end of this year, the middle of next week."""
    part = find_sense(atoms, i, "part", joined)
    if part is None or (atoms.items[part.end] is None and atoms.kinds[part.end] != NUMBER):
        return None
    period = parse_relative(atoms, part.end) or parse_month_date(atoms, part.end) or parse_year(atoms, part.end)
    period = period or parse_season(atoms, part.end, False) or parse_decade(atoms, part.end, False)
    if period is None:
        unit = find_sense(atoms, part.end, "unit1")
        if unit and unit.sense.definite and unit.sense.value in ("week", "month", "year"):
            period = Timed(Relative(unit.sense.value, 0), unit.end)  # type: ignore[arg-type]
    if period is None or (isinstance(period.value, Date) and period.value.day):
        return None
    name: PartName = part.sense.value  # type: ignore[assignment]
    return Timed(Part(name, period.value), period.end)


def parse_nth(atoms: Atoms, i: int, joined: bool) -> Timed | None:
    """Parse a numbered unit of a period: the third quarter of 2016, the last Friday of July."""
    edge = find_sense(atoms, i, "edge", joined)
    first = None if edge else parse_ordinal(atoms, i, joined)
    if edge or first:
        at = edge.end if edge else first.end if first else i
        count = int(edge.sense.value) if edge else int(first.value) if first else 1
        return _nth_in(atoms, at, count)
    unit = find_sense(atoms, i, "nth", joined) or find_sense(atoms, i, "unit1", joined)
    if unit is None or not unit.sense.definite:
        return None
    ordinal = parse_ordinal(atoms, unit.end)
    last = find_sense(atoms, unit.end, "dir") if ordinal is None else None
    if ordinal is None and (last is None or last.sense.value != -1):
        return None
    name = str(unit.sense.value)
    at = ordinal.end if ordinal else last.end if last else unit.end
    if name == "century":
        return Timed(Nth("century", int(ordinal.value)), at) if ordinal and ordinal.value <= 30 else None
    period = parse_period(atoms, at)
    if period is None or (name in ("quarter", "half") and not _is_year(period.value)):
        return None
    number = int(ordinal.value) if ordinal else -1
    if name == "day" and isinstance(period.value, Date) and period.value.month and number > 0:
        value = period.value
        return Timed(
            Date(value.year, value.month, number, None, value.calendar, value.direction, value.within),
            period.end,
        )
    return Timed(Nth(name, number, period.value), period.end)  # type: ignore[arg-type]


def _is_year(value: TimeValue) -> bool:
    """Whether ``value`` is a whole year."""
    return (isinstance(value, Relative) and value.unit == "year") or (isinstance(value, Date) and value.month is None)


def _nth_in(atoms: Atoms, i: int, number: int) -> Timed | None:
    """Parse the unit or weekday and its period after "first", "last", "third"."""
    unit = find_sense(atoms, i, "unit1", fused=False)
    at = unit.end if unit else i
    weekday = find_sense(atoms, at, "weekday")
    if weekday:
        at = weekday.end
    elif unit is None:
        return None
    period = parse_period(atoms, at)
    if period is None:
        return None
    if weekday:
        return Timed(Nth("day", number, period.value, int(weekday.sense.value)), period.end)
    name = unit.sense.value if unit else "day"
    if name == "month" and isinstance(period.value, Date) and period.value.month:
        return None
    return Timed(Nth(name, number, period.value), period.end)  # type: ignore[arg-type]


def parse_season(atoms: Atoms, i: int, joined: bool) -> Timed | None:
    """Parse a season with its year: summer 2017, last winter, this spring."""
    this = find_sense(atoms, i, "this", joined)
    season = find_sense(atoms, this.end if this else i, "season", joined and not this)
    if season is None:
        return None
    name = str(season.sense.value)
    if this:
        return Timed(Season(name, None, 0), season.end)
    tail = parse_year_tail(atoms, season.end)
    if tail is None:
        return None
    direction = tail.within.offset if tail.within else tail.direction
    return Timed(Season(name, tail.year, direction), tail.end)


def parse_decade(atoms: Atoms, i: int, joined: bool) -> Timed | None:
    """Parse a decade: the nineteen-eighties, "the eighties of the last century"."""
    found = find_sense(atoms, i, "decade", joined)
    if found is None:
        return None
    century = find_sense(atoms, found.end + (atoms.forms[found.end] == MIN), "unit1")
    tens = int(found.sense.value)
    if century and century.sense.value == "century":
        direction = find_sense(atoms, century.end, "dir")
        if direction:
            return Timed(Decade(1900 + int(direction.sense.value) * 100 + 100 + tens), direction.end)
        ordinal = parse_ordinal(atoms, century.end)
        if ordinal:
            return Timed(Decade((int(ordinal.value) - 1) * _CENTURY_ONE + tens), ordinal.end)
    if not found.sense.definite or atoms.forms[found.end + 1].startswith(_OF_AGE):
        return None
    return Timed(Decade(tens), found.end)


def parse_feast(atoms: Atoms, i: int, joined: bool) -> Timed | None:
    """Parse a named day with its year: Eid al-Fitr, Christmas 2020."""
    found = find_sense(atoms, i, "feast", joined)
    if found is None:
        return None
    tail = parse_year_tail(atoms, found.end) if atoms.forms[found.end] != "," else None
    if tail is None:
        return Timed(Feast(str(found.sense.value)), found.end)
    direction = tail.within.offset if tail.within else tail.direction
    return Timed(Feast(str(found.sense.value), tail.year, direction), tail.end)


def parse_vague(atoms: Atoms, i: int, joined: bool) -> Timed | None:
    """Parse an open time, perhaps within a period: earlier, recently, later this month, earlier on Sunday."""
    found = find_sense(atoms, i, "vague", joined)
    if found is None:
        return None
    direction, at = int(found.sense.value), found.end
    inner = at + (atoms.forms[at] in (MIN, FI))
    if direction and (atoms.items[inner] is not None or atoms.kinds[inner] == NUMBER):
        within = parse_relative(atoms, inner) or parse_plain_day(atoms, inner) or parse_month_date(atoms, inner)
        within = within or parse_year(atoms, inner)
        if within:
            return Timed(Vague(direction, within.value), within.end)
    return Timed(Vague(direction), at)
