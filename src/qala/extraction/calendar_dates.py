"""Dates on a calendar: in digits, with month names of every convention, Hijri and paired, and years.

Every ``parse_*`` function takes atoms and an index and returns a :class:`Timed` or ``None``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, NamedTuple

from qala.extraction.atoms import Atoms, Found, find_sense, touching
from qala.extraction.numbers import integer_at, parse_cardinal, parse_ordinal
from qala.extraction.time_values import Date, Range, Relative, TimeValue, Unit
from qala.text.words import NUMBER

MIN, FI, SHAHR = "\u0645\u0646", "\u0641\u064a", "\u0634\u0647\u0631"
_WAW = "\u0648"
# Words after which a lone month name is surely a month.
_SUPPORT = frozenset(
    (FI, MIN, SHAHR, "\u0645\u0646\u0630", "\u062d\u062a\u064a", "\u0627\u0644\u064a", "\u062e\u0644\u0627\u0644",
     "\u0628\u062d\u0644\u0648\u0644", "\u0628\u0639\u062f", "\u0642\u0628\u0644", "\u0634\u0647\u0631\u064a", "\u0628\u064a\u0646")
)  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 1000, 2199
_HIJRI_YEARS = range(1300, 1500)


class Timed(NamedTuple):
    """A value and the index of the atom after its last."""

    value: TimeValue
    end: int


class Month(NamedTuple):
    """A month name, perhaps given twice (two conventions): ``sure`` where nothing else need support it."""

    number: int
    calendar: Literal["gregorian", "hijri"]
    end: int
    sure: bool
    guard: str


class YearTail(NamedTuple):
    """What may follow a month or date: a year, or where it lies from now."""

    year: int | None
    direction: int | None
    within: Relative | None
    era: str
    end: int


def _comma(atoms: Atoms, i: int) -> int:
    return i + 1 if atoms.forms[i] == "," else i


def parse_era(atoms: Atoms, i: int) -> tuple[str, int]:
    """Return the era written at ``i`` ("gregorian", "hijri" or empty) and the index after it."""
    found = find_sense(atoms, i, "era")
    if found is None and atoms.forms[i] == "\u0647" and touching(atoms, i):
        return "hijri", i + 1
    return (str(found.sense.value), found.end) if found else ("", i)


def year_number(atoms: Atoms, i: int, low: int = _FIRST_YEAR) -> tuple[int, int] | None:
    """Parse a year in digits or in words (from a thousand on) at ``i``."""
    year = integer_at(atoms, i)
    if year is not None:
        return (year, i + 1) if low <= year <= _LAST_YEAR and not _measured(atoms, i + 1) else None
    number = parse_cardinal(atoms, i) if atoms.items[i] else None
    if number and number.end > i + 1 and low <= number.value <= _LAST_YEAR and number.value.denominator == 1:
        return int(number.value), number.end
    return None


def _measured(atoms: Atoms, i: int) -> bool:
    """Whether a unit, scale or percent stands at ``i``, so that the number before it is no year."""
    if atoms.items[i] is None or find_sense(atoms, i, "era"):
        return False
    return any(find_sense(atoms, i, kind, fused=False) for kind in ("scale", "scales", "percent", "measure"))


def parse_relative(atoms: Atoms, i: int, joined: bool = False) -> Timed | None:
    """Parse a unit counted from now: this week, last month, the current year (with its number)."""
    this = find_sense(atoms, i, "this", joined)
    at = this.end if this else i
    unit = find_sense(atoms, at, "unit1", joined and not this)
    if unit is None or not unit.sense.definite and unit.sense.value != "weekend":
        return None
    if unit.sense.value in ("second", "minute", "hour", "day"):
        return None
    name: Unit = unit.sense.value  # type: ignore[assignment]
    if this and name == "decade":
        return None  # the word also means a contract
    direction = find_sense(atoms, unit.end, "dir")
    if direction:
        end = direction.end
        year = integer_at(atoms, end) if name == "year" else None
        if year and 1900 <= year <= 2100:
            return Timed(
                Date(year=year, within=Relative(name, int(direction.sense.value))),
                parse_era(atoms, end + 1)[1],
            )
        return Timed(Relative(name, int(direction.sense.value)), end)
    if this or name == "weekend":
        return Timed(Relative(name, 0), unit.end)
    return None


def parse_year(atoms: Atoms, i: int, joined: bool = False) -> Timed | None:
    """Parse "the year 2022", with its era or a pair of years; or last/this/next year."""
    unit = find_sense(atoms, i, "unit1", joined)
    if unit is None or unit.sense.value != "year":
        return None
    year = year_number(atoms, unit.end, low=100)
    if year is None:
        return parse_relative(atoms, i, joined)
    number, end = year
    other = _second_year(atoms, end, number)
    if other:
        return Timed(Range(Date(year=number), Date(year=other[0])), other[1])
    return Timed(*_dated(Date(year=number), atoms, end))


def _second_year(atoms: Atoms, end: int, first: int) -> tuple[int, int] | None:
    """Parse "-2017" or "/2017" (or "/17") written on to a first year."""
    if atoms.forms[end] not in ("-", "/", "\\") or not touching(atoms, end) or not touching(atoms, end + 1):
        return None
    second = integer_at(atoms, end + 1)
    if second is not None and second < 100 and len(atoms.forms[end + 1]) == 2:
        second += first // 100 * 100
    if second is None or not first < second <= first + 200 or atoms.forms[end + 2] in ("-", "/"):
        return None
    return second, end + 2


def _dated(value: Date, atoms: Atoms, end: int) -> tuple[Date, int]:
    """Return ``value`` with the era that stands after it applied."""
    era, end = parse_era(atoms, end)
    hijri = era == "hijri" or (not era and value.year in _HIJRI_YEARS and value.calendar == "hijri")
    return (replace(value, calendar="hijri") if hijri else value), end


def parse_bare_year(atoms: Atoms, i: int) -> Timed | None:
    """Parse a year that only its preposition or brackets show: in 2015, (2015), 2015-2017."""
    year = integer_at(atoms, i)
    if year is None or len(atoms.forms[i]) != 4 or not 1900 <= year <= 2099 or _measured(atoms, i + 1):
        return None
    before = atoms.forms[i - 1] if i else ""
    if before in ("-", "/", ".", ":", "+", "#", "$") and touching(atoms, i):
        return None
    other = _second_year(atoms, i + 1, year)
    if other:
        return Timed(Range(Date(year=year), Date(year=other[0])), other[1])
    if atoms.forms[i + 1] in ("-", "/", ":") and touching(atoms, i + 1) and atoms.kinds[i + 2] == NUMBER:
        return None
    bracketed = before == "(" and atoms.forms[i + 1] == ")"
    if before not in _SUPPORT and not bracketed:
        return None
    round_figure = year % 100 == 0 and atoms.kinds[i + 1] == 0
    return None if round_figure else Timed(*_dated(Date(year=year), atoms, i + 1))


def parse_worded_year(atoms: Atoms, i: int) -> Timed | None:
    """Parse a year in words that only its preposition shows: "since two thousand and thirteen"."""
    year = year_number(atoms, i) if i and atoms.forms[i - 1] in _SUPPORT else None
    sure = year is not None and year[1] >= i + 3 and 1900 <= year[0] <= 2099 and not _measured(atoms, year[1])
    return Timed(Date(year=year[0]), year[1]) if year and sure else None


def parse_year_tail(atoms: Atoms, i: int) -> YearTail | None:
    """Parse what dates a month: "2017", ", 2017", "of the year 2017", "last", "of last year"."""
    direction = find_sense(atoms, i, "dir")
    if direction:
        year = integer_at(atoms, direction.end)
        if year and 1900 <= year <= 2100:
            return YearTail(year, None, None, "", direction.end + 1)
        return YearTail(None, int(direction.sense.value), None, "", direction.end)
    at = _comma(atoms, i)
    if atoms.forms[at] in (MIN, FI):
        at += 1
    unit = find_sense(atoms, at, "unit1")
    if unit and unit.sense.value == "year":
        relative = parse_relative(atoms, at)
        if relative and isinstance(relative.value, Relative):
            return YearTail(None, None, relative.value, "", relative.end)
        at = unit.end
    elif atoms.items[at] and find_sense(atoms, at, "this"):
        relative = parse_relative(atoms, at)
        if relative and isinstance(relative.value, Relative) and relative.value.unit == "year":
            return YearTail(None, None, relative.value, "", relative.end)
    year2 = year_number(atoms, at)
    if year2 is None:
        return None
    era, end = parse_era(atoms, year2[1])
    return YearTail(year2[0], None, None, era, end)


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
    sure = (
        named
        or (at > 0 and atoms.forms[at - 1] in _SUPPORT)
        or bool(atoms.items[at] and atoms.items[at].preposition)
    )  # type: ignore[union-attr]
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
    if (
        part
        and part.sense.value == "start"
        and part.end == i + 1
        and atoms.forms[i][-3:] == "\u063a\u0631\u0647"
    ):
        return 1, part.end
    number = parse_ordinal(atoms, i, joined) or parse_cardinal(atoms, i, joined)
    if number is None or number.value.denominator != 1 or not 1 <= number.value <= 31:
        return None
    return int(number.value), number.end


def parse_day_month(atoms: Atoms, i: int, joined: bool = False, paired: bool = False) -> Timed | None:
    """Parse "5 September [2023]", "the fifth of September", "5 of this month", with its twin in the other calendar.

    ``paired`` says that the date is itself a twin, so that none is sought for it.
    """
    day = day_number(atoms, i, joined)
    if day is None:
        return None
    number, at = day
    digits = atoms.kinds[i] == NUMBER
    if digits and atoms.forms[at] in (".", "-", "/", ","):
        at += 1
    elif atoms.forms[at] in (MIN, FI):
        at += 1
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
    while at < end + 3 and (
        atoms.forms[at] in ("-", ",", "/", "(", "|") or find_sense(atoms, at, "dateword")
    ):
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
    """Parse a month with what dates it: "March 2018", "last May", "September 21", "March" alone where that is sure."""
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
    """Whether the number after a month is its day: a year must follow, or the month stand at its left edge."""
    if atoms.kinds[i] != NUMBER:
        return parse_year_tail(atoms, end) is not None
    return (not _measured(atoms, end) and parse_year_tail(atoms, end) is not None) or atoms.kinds[end] != 0


def _full(year: int, month: int, day: int) -> Date | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Date(year, month, day, calendar="hijri" if year in _HIJRI_YEARS else "gregorian")


def _by_size(a: int, b: int, c: int, wide: bool) -> Date | None:
    """Return the date of three numbers: year first or last by size, month first only where day first cannot be."""
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
            date = _by_size(*(int(p) for p in pieces), wide=len(pieces[2]) == 4)  # type: ignore[misc]
            return Timed(*_dated(date, atoms, i + 1)) if date else None
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
        date = (
            _by_size(first, second, third, len(forms[i + 4]) == 4)
            if 99 < max(first, third) or mark == "/"
            else None
        )
        if date is None:
            return None
        dated, end = _dated(date, atoms, i + 5)
        return Timed(dated, end) if paired else _with_twin(atoms, dated, end)
    year, month = (second, first) if len(forms[i + 2]) == 4 else (first, second)
    if len(str(year)) == 4 and 1900 <= year <= 2099 and 1 <= month <= 12 and touching(atoms, i + 2):
        return Timed(*_dated(Date(year=year, month=month), atoms, i + 3))
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
