"""Dates on a calendar: in digits, with month names of every convention, Hijri and paired, and years.

Every ``parse_*`` function takes atoms and an index and returns a :class:`Timed` or ``None``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, NamedTuple

from qala.extraction.atoms import Atoms, Found, find_sense, touching
from qala.extraction.numbers import integer_at, parse_cardinal, parse_ordinal
from qala.extraction.time_values import Date, Relative, TimeValue
from qala.extraction.years import (
    FI,
    HIJRI_YEARS,
    MIN,
    SHAHR,
    SUPPORT,
    Timed,
    measured,
    parse_relative,
    parse_year,
    parse_year_tail,
    with_era,
    year_number,
)
from qala.text.words import NUMBER


class Month(NamedTuple):
    """A month name, perhaps given twice (two conventions): ``sure`` where nothing else need support it."""

    number: int
    calendar: Literal["gregorian", "hijri"]
    end: int
    sure: bool
    guard: str


def parse_month(atoms: Atoms, i: int, joined: bool = False) -> Month | None:
    """Parse a month name, with "month" before it and its second name after a stroke or in brackets."""
    at = i
    lead = find_sense(atoms, i, "unit1", joined)
    named = bool(lead and lead.sense.value == "month" and not lead.sense.definite)
    if named and lead:
        at, joined = lead.end, False
    first = _month_name(atoms, at, joined)
    if first is None:
        return None
    sense, end = first
    sure = named or (at > 0 and atoms.forms[at - 1] in SUPPORT) or _fused(atoms, at)
    closing = {"/": "", "(": ")", "-": "", "\\": "", ",": ""}.get(atoms.forms[end])
    if closing is not None:
        second = _month_name(atoms, end + 1, False)
        if second and second.sense.value == sense.value and second.sense.kind == sense.kind:
            after = second.end
            if not closing or atoms.forms[after] == closing:
                return Month(int(sense.value), _calendar(sense.kind), after + bool(closing), True, "")
    return Month(int(sense.value), _calendar(sense.kind), end, sure, sense.guard)


def _calendar(kind: str) -> Literal["gregorian", "hijri"]:
    return "hijri" if kind == "hijri" else "gregorian"


def _month_name(atoms: Atoms, i: int, joined: bool) -> Found | None:
    return find_sense(atoms, i, "month", joined) or find_sense(atoms, i, "hijri", joined)


def day_number(atoms: Atoms, i: int, joined: bool = False) -> tuple[int, int] | None:
    """Parse a day of the month at ``i``: in digits, as an ordinal or cardinal word, or "the first day"."""
    day = integer_at(atoms, i)
    if day is not None:
        return (day, i + 1) if 1 <= day <= 31 and len(atoms.forms[i]) <= 2 else None
    item = atoms.items[i]
    if item is None:
        return None
    part = find_sense(atoms, i, "part", joined)
    if part and part.sense.value == "start" and part.end == i + 1 and atoms.forms[i][-3:] == "\u063a\u0631\u0647":
        return 1, part.end
    number = parse_ordinal(atoms, i, joined) or parse_cardinal(atoms, i, joined)
    if number is None or number.value.denominator != 1 or not 1 <= number.value <= 31:
        return None
    return int(number.value), number.end


def parse_day_month(atoms: Atoms, i: int, joined: bool = False, paired: bool = False) -> Timed | None:
    """Parse "5 September [2023]", "the fifth of September", "5 of this month", with its twin.

    ``paired`` says that the date is itself a twin, so that none is sought for it.
    """
    day = day_number(atoms, i, joined)
    if day is None:
        return None
    number, at = day
    marks = (".", "-", "/", ",", MIN, FI) if atoms.kinds[i] == NUMBER else (MIN, FI)
    at += atoms.forms[at] in marks
    month = parse_month(atoms, at)
    if month:
        date = Date(month=month.number, day=number, calendar=month.calendar)
        found = _finish(atoms, date, month.end, paired)
        sure = month.guard != "year" or atoms.forms[at] == SHAHR or _has_year(found.value)
        return found if sure else None
    if atoms.forms[at - 1] == MIN:
        relative = parse_relative(atoms, at)
        if relative and isinstance(relative.value, Relative) and relative.value.unit == "month":
            return Timed(Date(day=number, within=relative.value), relative.end)
    return None


def _has_year(value: TimeValue) -> bool:
    return isinstance(value, Date) and value.year is not None


def _finish(atoms: Atoms, date: Date, end: int, paired: bool = False) -> Timed:
    """Add the year after a day and month, or after a month alone, then the twin date."""
    tail = parse_year_tail(atoms, end)
    if tail and not (tail.year is None and tail.within and date.day is None and date.month is None):
        date = replace(date, year=tail.year, direction=tail.direction, within=tail.within)
        end = tail.end
        if tail.era == "gregorian" and date.calendar == "hijri":
            date = replace(date, calendar="gregorian")
    elif atoms.kinds[end] == NUMBER and touching(atoms, end):
        return Timed(date, end)
    return Timed(date, end) if paired else _with_twin(atoms, date, end)


def _with_twin(atoms: Atoms, date: Date, end: int) -> Timed:
    """Add the same date in the other calendar: "15 Ramadan 1444 AH - 6 April 2023"."""
    if date.day is None or date.year is None:
        return Timed(date, end)
    at = end
    while at < end + 3 and (atoms.forms[at] in ("-", ",", "/", "(", "|") or find_sense(atoms, at, "dateword")):
        at += 1
    if at == end:
        return Timed(date, end)
    other = parse_numeric(atoms, at, paired=True) or parse_day_month(atoms, at, paired=True)
    if other is None or not isinstance(other.value, Date) or other.value.calendar == date.calendar:
        return Timed(date, end)
    closed = other.end + (atoms.forms[at - 1] == "(" and atoms.forms[other.end] == ")")
    greg, hijri = (other.value, date) if date.calendar == "hijri" else (date, other.value)
    return Timed(replace(greg, twin=hijri, weekday=date.weekday), closed)


def parse_month_date(atoms: Atoms, i: int, joined: bool = False) -> Timed | None:
    """Parse a month with what dates it: "March 2018", "last May", "September 21", "March" where sure."""
    month = parse_month(atoms, i, joined)
    if month is None:
        return None
    date = Date(month=month.number, calendar=month.calendar)
    at = month.end + (atoms.forms[month.end] == "-" and touching(atoms, month.end))
    day = day_number(atoms, at) if not parse_year_tail(atoms, month.end) else None
    if day and _day_after_month(atoms, at, day[1]):
        return _finish(atoms, replace(date, day=day[0]), day[1])
    done = _finish(atoms, date, month.end)
    dated = done.end > month.end and (month.guard != "year" or _has_year(done.value))
    if month.guard == "" or dated or (month.sure and month.guard == "weak"):
        return done
    named = find_sense(atoms, i, "unit1", joined)
    return done if named and named.sense.value == "month" else None


def _day_after_month(atoms: Atoms, i: int, end: int) -> bool:
    """Whether the number after a month is its day: a year must follow, or no word."""
    if atoms.kinds[i] != NUMBER:
        return parse_year_tail(atoms, end) is not None
    return (not measured(atoms, end) and parse_year_tail(atoms, end) is not None) or atoms.kinds[end] != 0


def _full(year: int, month: int, day: int) -> Date | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Date(year, month, day, calendar="hijri" if year in HIJRI_YEARS else "gregorian")


def _by_size(a: int, b: int, c: int, wide: bool) -> Date | None:
    """Return the date of three numbers: year first or last by size, month first only where it must be."""
    if a > 31:
        return _full(a, b, c) or _full(a, c, b)
    year = c if wide else 2000 + c
    return _full(year, b, a) or _full(year, a, b)


def parse_numeric(atoms: Atoms, i: int, paired: bool = False) -> Timed | None:
    """Parse a date in digits: 5/9/2023, 2023-09-05, 13.06.2018, 15/9/1444, 9/2015."""
    forms = atoms.forms
    if atoms.kinds[i] != NUMBER:
        return None
    if "." in forms[i]:
        pieces = forms[i].split(".")
        if len(pieces) == 3 and all(p.isdigit() and len(p) <= 4 for p in pieces):
            a, b, c = (int(piece) for piece in pieces)
            date = _by_size(a, b, c, len(pieces[2]) == 4)
            return Timed(*with_era(date, atoms, i + 1)) if date else None
        return None
    first, mark, second = integer_at(atoms, i), forms[i + 1], integer_at(atoms, i + 2)
    if first is None or second is None or mark not in ("/", "-", "\\") or (i and forms[i - 1] == mark):
        return None
    if not touching(atoms, i + 1) and mark == "-":
        return None
    third = integer_at(atoms, i + 4) if forms[i + 3] == mark else None
    if third is not None and (touching(atoms, i + 4) or mark == "/"):
        if forms[i + 5] == mark or max(len(forms[k]) for k in (i, i + 2, i + 4)) > 4:
            return None
        date = _by_size(first, second, third, len(forms[i + 4]) == 4) if max(first, third) > 99 or mark == "/" else None
        if date is None:
            return None
        dated, end = with_era(date, atoms, i + 5)
        return Timed(dated, end) if paired else _with_twin(atoms, dated, end)
    year, month = (second, first) if len(forms[i + 2]) == 4 else (first, second)
    if len(str(year)) == 4 and 1900 <= year <= 2099 and 1 <= month <= 12 and touching(atoms, i + 2):
        return Timed(*with_era(Date(year=year, month=month), atoms, i + 3))
    return None


def parse_short_numeric(atoms: Atoms, i: int) -> Timed | None:
    """Parse day and month in digits (21/09); only good where a weekday or "on the date" stands before it."""
    day, month = integer_at(atoms, i), integer_at(atoms, i + 2)
    if day is None or month is None or atoms.forms[i + 1] not in ("/", "-") or not touching(atoms, i + 2):
        return None
    return Timed(Date(month=month, day=day), i + 3) if 1 <= day <= 31 and 1 <= month <= 12 else None


def parse_period(atoms: Atoms, i: int) -> Timed | None:
    """Parse "of October 2014", "in the coming month", "the year 2016" after what it holds."""
    at = i + (atoms.forms[i] in (MIN, FI))
    if atoms.items[at] is None and atoms.kinds[at] != NUMBER:
        return None
    found = parse_relative(atoms, at) or parse_month_date(atoms, at) or parse_year(atoms, at)
    if found is None:
        year = year_number(atoms, at)
        found = Timed(Date(year=year[0]), year[1]) if year else None
    return found


def _fused(atoms: Atoms, i: int) -> bool:
    """Whether a preposition is written on to the word at ``i``."""
    item = atoms.items[i]
    return item is not None and bool(item.preposition)
