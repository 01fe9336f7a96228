"""Stretches of time: amounts, distances (three days ago), windows (the past week and a half), durations.

Every ``parse_*`` function takes atoms and an index and returns a :class:`Timed` or ``None``.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from qala.extraction.atoms import Atoms, conjoined, find_sense
from qala.extraction.calendar_dates import parse_period
from qala.extraction.numbers import Number, parse_cardinal, parse_fraction, parse_ordinal
from qala.extraction.time_values import Amount, Distance, Duration, Unit, Window
from qala.extraction.years import Timed, year_number
from qala.text.words import NUMBER

_UNITS = ("unit1", "unit2", "unit3")
_NOW = frozenset(("\u0627\u0644\u0627\u0646", "\u0627\u0644\u064a\u0648\u0645"))  # now, today
_ARTICLE = "\u0627\u0644"
_MIN, _ALA = "\u0645\u0646", "\u0639\u0644\u064a"
_WHOLE = frozenset(
    (
        "\u0643\u0627\u0645\u0644",
        "\u0643\u0627\u0645\u0644\u0647",
        "\u0648\u0627\u062d\u062f",
        "\u0648\u0627\u062d\u062f\u0647",
    )
)
_COUNTING = frozenset(
    (
        "unit1", "unit2", "unit3", "several", "bound", "fraction",
        "ones", "ten", "tens", "hundred", "hundreds", "scale", "scale2",
    )
)  # fmt: skip
_MOST_PARTS = 4  # "a year, a month, a week and a day"


class Measured(NamedTuple):
    """Amounts of time and the index after them; ``counted`` is False for a bare singular or plural."""

    amounts: tuple[Amount, ...]
    end: int
    counted: bool
    definite: bool


class _Unit(NamedTuple):
    unit: Unit
    grade: int  # 1, 2 or 3 (= many)
    definite: bool
    end: int


def _unit_at(atoms: Atoms, i: int, joined: bool = False, fused: bool = True) -> _Unit | None:
    item = atoms.items[i]
    if item is None:
        return None
    for count, kind in enumerate(_UNITS, 1):
        if kind not in item.readings:
            continue
        found = find_sense(atoms, i, kind, joined, fused)
        if found and found.sense.value != "weekend":
            return _Unit(found.sense.value, count, found.sense.definite, found.end)  # type: ignore[arg-type]
    return None


def _bound(atoms: Atoms, i: int, joined: bool = False) -> tuple[str, int]:
    item = atoms.items[i]
    if item is None or "bound" not in item.readings:
        return "", i
    found = find_sense(atoms, i, "bound", joined)
    return (str(found.sense.value), found.end) if found else ("", i)


def _one_amount(atoms: Atoms, i: int, joined: bool) -> Measured | None:
    """Parse one amount: three days, two weeks, a year and a half, several months, days."""
    bound, at = _bound(atoms, i, joined)
    joined = joined and at == i
    several = find_sense(atoms, at, "several", joined)
    if several:
        unit = _unit_at(atoms, several.end)
        return Measured((Amount(unit.unit, None),), unit.end, True, unit.definite) if unit else None
    unit = _unit_at(atoms, at, joined)
    if unit is None:
        number = parse_cardinal(atoms, at, joined)
        return _numbered(atoms, number, bound) if number else None
    low = None if unit.grade == 3 else float(unit.grade)
    end, counted = unit.end, unit.grade == 2 or bool(bound)
    if low is None and not unit.definite:
        return _after_plural(atoms, unit, bound)
    if atoms.forms[end] in _WHOLE:
        end, counted = end + 1, True
    if low is not None:
        part = _and_fraction(atoms, end)
        if part:
            low, end, counted = low + float(part.value), part.end, True
    return Measured((Amount(unit.unit, low, None, bound),), end, counted, unit.definite)


def _after_plural(atoms: Atoms, unit: _Unit, bound: str) -> Measured:
    """Parse a bare plural with what counts it from behind: "three years" as "years three", "a few weeks"."""
    few = find_sense(atoms, unit.end, "several")
    if few:
        return Measured((Amount(unit.unit, None, None, bound),), few.end, True, False)
    count = parse_cardinal(atoms, unit.end) if atoms.kinds[unit.end] != NUMBER else None
    if count and 3 <= count.value <= 10 and _unit_at(atoms, count.end) is None:
        return Measured((Amount(unit.unit, float(count.value), None, bound),), count.end, True, False)
    return Measured((Amount(unit.unit, None, None, bound),), unit.end, bool(bound), False)


def _numbered(atoms: Atoms, number: Number, bound: str) -> Measured | None:
    """Parse the unit after a number, or after a second number ("3 to 5 days")."""
    low, at, high = float(number.value), number.end, None
    second = _second_number(atoms, at)
    if second and second.value <= number.value:
        return None  # a score
    if second:
        high, at = float(second.value), second.end
    unit = _unit_at(atoms, at, fused=False)
    if unit is None or not number.value or (unit.definite and unit.grade == 1):
        return None
    end = unit.end
    part = _and_fraction(atoms, end)
    if part and high is None:
        low, end = low + float(part.value), part.end
    return Measured((Amount(unit.unit, low, high, bound),), end, True, unit.definite)


def _second_number(atoms: Atoms, i: int) -> Number | None:
    until = find_sense(atoms, i, "until")
    if until or atoms.forms[i] in ("-", "\u0627\u0648"):
        return parse_cardinal(atoms, until.end if until else i + 1)
    return None


def _and_fraction(atoms: Atoms, i: int) -> Number | None:
    then = conjoined(atoms, i)
    part = parse_fraction(atoms, then, joined=True) if then is not None else None
    return part if part and part.value < 1 else None


def _may_count(atoms: Atoms, i: int) -> bool:
    """Whether an amount can start at ``i``; spares the long way at most prepositions."""
    item = atoms.items[i]
    return atoms.kinds[i] == NUMBER if item is None else not _COUNTING.isdisjoint(item.readings)


def parse_amount(atoms: Atoms, i: int, joined: bool = False) -> Measured | None:
    """Parse amounts joined by "and": a year, a month and 21 days."""
    first = _one_amount(atoms, i, joined)
    if first is None:
        return None
    amounts, end, counted = list(first.amounts), first.end, first.counted
    for _ in range(_MOST_PARTS):
        then = conjoined(atoms, end)
        if then is None and atoms.forms[end] == ",":
            then = end + 1 if atoms.kinds[end + 1] == NUMBER else None
        if then is None:
            break
        more = _one_amount(atoms, then, True)
        if more is None or more.amounts[0].low is None or more.definite != first.definite:
            break
        amounts += more.amounts
        end, counted = more.end, True
    return Measured(tuple(amounts), end, counted, first.definite)


def parse_distance(atoms: Atoms, i: int, joined: bool = False) -> Timed | None:
    """Parse a distance: three days ago, since 70 years, after two weeks [from now]."""
    head = find_sense(atoms, i, "distance", joined)
    if head is None:
        return None
    amount = parse_amount(atoms, head.end) if _may_count(atoms, head.end) else None
    if amount is None or amount.definite:
        return None
    last = amount.amounts[-1]
    if not amount.counted and last.low == 1 and not _closes_singular(atoms, amount.end, last.unit):
        return None
    end, elsewhere = amount.end, False
    if atoms.forms[end] == _MIN and atoms.forms[end + 1] in _NOW:
        end += 2
    elif atoms.forms[end] == _MIN or (atoms.forms[end] == _ALA and not _bound(atoms, end)[0]):
        elsewhere = True
    return Timed(Distance(amount.amounts, int(head.sense.value), elsewhere), end)


def _closes_singular(atoms: Atoms, i: int, unit: str) -> bool:
    """Whether a lone singular ("after a month") is an amount: no month, weekday or year follows."""
    item = atoms.items[i]
    named = (
        item is not None
        and not item.skip
        and any(k in item.readings for k in ("month", "hijri", "weekday", "ordinal", "tens"))
    )
    return not named and (unit != "year" or year_number(atoms, i, low=100) is None) and atoms.kinds[i] != NUMBER


def parse_window(atoms: Atoms, i: int, joined: bool = False) -> Timed | None:
    """Parse a stretch with its direction: the past three days, within two months, the last 3 years."""
    head = find_sense(atoms, i, "window", joined)
    edge = None if head else find_sense(atoms, i, "edge", joined)
    at = head.end if head else edge.end if edge else i
    if not _may_count(atoms, at):
        return None
    plain = parse_amount(atoms, at, joined and at == i)
    if plain is None:
        return None
    if plain.definite:
        return _directed(atoms, plain) or (_whole(atoms, plain) if head else None)
    if edge and edge.sense.value == -1 and plain.counted and plain.amounts[0].low is not None:
        return Timed(Window(plain.amounts, -1), plain.end)
    direction = find_sense(atoms, plain.end, "dir") if plain.counted else None
    if direction and abs(int(direction.sense.value)) == 1:
        return Timed(Window(plain.amounts, int(direction.sense.value)), direction.end)
    if head is None or (not plain.counted and not _closes_singular(atoms, plain.end, plain.amounts[0].unit)):
        return None
    if not plain.counted and plain.amounts[0].low is None and atoms.forms[plain.end].startswith(_ARTICLE):
        return None  # "during the years of the war"
    return Timed(Duration(plain.amounts) if head.sense.value == "duration" else Window(plain.amounts, 0), plain.end)


def _whole(atoms: Atoms, plain: Measured) -> Timed | None:
    """Return "throughout the week" as a duration."""
    amount = plain.amounts[0]
    if find_sense(atoms, plain.end, "dir") or not _closes_singular(atoms, plain.end, amount.unit):
        return None
    return Timed(Duration(plain.amounts), plain.end) if amount.low == 1 and len(plain.amounts) == 1 else None


def _directed(atoms: Atoms, plain: Measured) -> Timed | None:
    """Parse what follows a definite plural or dual: [count or "few"] direction."""
    amount, end = plain.amounts[0], plain.end
    if amount.low == 1 and not plain.counted:
        return None
    few = find_sense(atoms, end, "several")
    if few:
        end = few.end
    elif amount.low is None:
        count = parse_cardinal(atoms, end)
        if count:
            amount, end = Amount(amount.unit, float(count.value), None, amount.bound), count.end
    direction = find_sense(atoms, end, "dir")
    edge = parse_ordinal(atoms, end) if direction is None or direction.sense.value == -1 else None
    first = bool(edge and edge.value == 1)
    if first or direction:
        period = parse_period(atoms, edge.end if edge and first else direction.end if direction else end)
        if period:
            return Timed(Window((amount,), 1 if first else -1, period.value), period.end)
    if direction is None or abs(int(direction.sense.value)) != 1:
        return None
    return Timed(Window((amount,), int(direction.sense.value)), direction.end)


def parse_duration(atoms: Atoms, i: int, joined: bool = False) -> Timed | None:
    """Parse how long something takes: 70 years, two hours, "for a month", half a year."""
    lasting = find_sense(atoms, i, "lasting", joined)
    at = lasting.end if lasting else i
    half = parse_fraction(atoms, at, joined and not lasting) if not lasting or atoms.items[at] else None
    if half:
        unit = _unit_at(atoms, half.end, fused=False)
        if unit and unit.grade == 1 and not unit.definite:
            return Timed(Duration((Amount(unit.unit, float(half.value)),)), unit.end)
    if atoms.kinds[i] == NUMBER and i > 1 and atoms.forms[i - 1] == "-" and atoms.kinds[i - 2] == NUMBER:
        return None  # a score
    amount = parse_amount(atoms, at, joined and not lasting)
    if amount is None or (not amount.counted and lasting is None):
        return None
    if amount.definite and amount.amounts[0].low == Fraction(2):
        return None
    return Timed(Duration(amount.amounts), amount.end)
