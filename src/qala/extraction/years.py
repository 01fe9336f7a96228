"""Years and units counted from now: "the year 2022", "in 2015", "last month", "of last year".

Every ``parse_*`` function takes atoms and an index and returns a :class:`Timed` or ``None``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from qala.extraction.atoms import Atoms, find_sense, touching
from qala.extraction.numbers import integer_at, parse_cardinal
from qala.extraction.time_values import Date, Range, Relative, TimeValue, Unit
from qala.text.words import NUMBER

MIN, FI, SHAHR = "\u0645\u0646", "\u0641\u064a", "\u0634\u0647\u0631"
# Words after which a lone month name is surely a month.
SUPPORT = frozenset(
    (
        FI, MIN, SHAHR, "\u0645\u0646\u0630", "\u062d\u062a\u064a", "\u0627\u0644\u064a",
        "\u062e\u0644\u0627\u0644", "\u0628\u062d\u0644\u0648\u0644", "\u0628\u0639\u062f",
        "\u0642\u0628\u0644", "\u0634\u0647\u0631\u064a", "\u0628\u064a\u0646",
    )
)  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 1000, 2199
HIJRI_YEARS = range(1300, 1500)
"""Years that are read as Hijri ones where nothing says otherwise."""


class Timed(NamedTuple):
    """A value and the index of the atom after its last."""

    value: TimeValue
    end: int


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
        return (year, i + 1) if low <= year <= _LAST_YEAR and not measured(atoms, i + 1) else None
    number = parse_cardinal(atoms, i) if atoms.items[i] else None
    if number and number.end > i + 1 and low <= number.value <= _LAST_YEAR and number.value.denominator == 1:
        return int(number.value), number.end
    return None


def measured(atoms: Atoms, i: int) -> bool:
    """Whether a unit, scale or percent stands at ``i``, so that the number before it is no year."""
    if atoms.items[i] is None or find_sense(atoms, i, "era"):
        return False
    return any(find_sense(atoms, i, kind, fused=False) for kind in ("scale", "scales", "percent", "measure"))


def parse_relative(atoms: Atoms, i: int, joined: bool = False) -> Timed | None:
    """Parse a unit counted from now: this week, last month, the current year (with its number)."""
    this = find_sense(atoms, i, "this", joined)
    at = this.end if this else i
    unit = find_sense(atoms, at, "unit1", joined and not this)
    if unit is None or (not unit.sense.definite and unit.sense.value != "weekend"):
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
    return Timed(*with_era(Date(year=number), atoms, end))


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


def with_era(value: Date, atoms: Atoms, end: int) -> tuple[Date, int]:
    """Return ``value`` with the era that stands after it applied."""
    era, end = parse_era(atoms, end)
    hijri = era == "hijri" or (not era and value.year in HIJRI_YEARS and value.calendar == "hijri")
    return (replace(value, calendar="hijri") if hijri else value), end


def parse_bare_year(atoms: Atoms, i: int) -> Timed | None:
    """Parse a year that only its preposition or brackets show: in 2015, (2015), 2015-2017."""
    year = integer_at(atoms, i)
    if year is None or len(atoms.forms[i]) != 4 or not 1900 <= year <= 2099 or measured(atoms, i + 1):
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
    if before not in SUPPORT and not bracketed:
        return None
    round_figure = year % 100 == 0 and atoms.kinds[i + 1] == 0
    return None if round_figure else Timed(*with_era(Date(year=year), atoms, i + 1))


def parse_worded_year(atoms: Atoms, i: int) -> Timed | None:
    """Parse a year in words that only its preposition shows: "since two thousand and thirteen"."""
    year = year_number(atoms, i) if i and atoms.forms[i - 1] in SUPPORT else None
    sure = year is not None and year[1] >= i + 3 and 1900 <= year[0] <= 2099 and not measured(atoms, year[1])
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
