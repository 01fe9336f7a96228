"""Times of day: "the fifth hour in the evening", 15:30, half past eight, a quarter to twelve."""

from __future__ import annotations

from fractions import Fraction

from qala.extraction.atoms import Atoms, conjoined, find_sense, touching
from qala.extraction.numbers import integer_at, parse_cardinal, parse_fraction, parse_hour
from qala.extraction.time_values import Clock
from qala.extraction.years import FI, Timed
from qala.text.words import NUMBER

_ILLA = "\u0627\u0644\u0627"  # "less", as in "a quarter to"
_SAA = "\u0627\u0644\u0633\u0627\u0639\u0647"
_BEFORE_TIME = frozenset(
    ("", "\n", FI, "\u0639\u0646\u062f", "(", ",", "\u062d\u062a\u064a", "\u0627\u0644\u064a", "\u0645\u0646")
)


def _digital(atoms: Atoms, i: int) -> tuple[int, int, int, int] | None:
    """Parse h:mm and h:mm:ss; returns hour, minute, second and the index after them."""
    hour, minute = integer_at(atoms, i), integer_at(atoms, i + 2)
    if hour is None or minute is None or atoms.forms[i + 1] != ":" or len(atoms.forms[i + 2]) != 2:
        return None
    if hour > 24 or minute > 59 or not touching(atoms, i + 1) or not touching(atoms, i + 2):
        return None
    second = integer_at(atoms, i + 4) if atoms.forms[i + 3] == ":" and touching(atoms, i + 4) else None
    return (hour, minute, second, i + 5) if second is not None and second < 60 else (hour, minute, 0, i + 3)


def _pointed(atoms: Atoms, i: int) -> tuple[int, int, int, int] | None:
    """Parse "19,30" and "23.00" after "the hour"."""
    hour, _, minute = atoms.forms[i].replace(",", ".").partition(".")
    if not (hour.isdigit() and minute.isdigit() and len(hour) <= 2 == len(minute)):
        return None
    return (int(hour), int(minute), 0, i + 1) if int(hour) <= 24 and int(minute) < 60 else None


def _spoken(atoms: Atoms, i: int) -> tuple[int, int, int] | None:
    """Parse an hour in words or digits with its minutes; returns hour, minute and the index after them."""
    found = parse_hour(atoms, i)
    if found is None:
        return None
    (hour, end), minute = found, 0
    then = conjoined(atoms, end)
    past = _minutes(atoms, then, True) if then is not None else None
    if past:
        minute, end = past
    if atoms.forms[end] == _ILLA:
        less = _minutes(atoms, end + 1, False)
        if less:
            total = (hour * 60 + minute - less[0]) % (24 * 60)
            hour, minute, end = total // 60, total % 60, less[1]
    return hour, minute, end


def _minutes(atoms: Atoms, i: int, joined: bool) -> tuple[int, int] | None:
    """Parse minutes: "a quarter", "a half", "20 minutes", "three"; returns them and the index after them."""
    part = parse_fraction(atoms, i, joined)
    if part and part.value < 1 and (part.value * 60).denominator == 1 and part.value >= Fraction(1, 4):
        return int(part.value * 60), part.end
    number = parse_cardinal(atoms, i, joined)
    if number is None or number.value.denominator != 1 or not 0 < number.value < 60:
        return None
    unit = find_sense(atoms, number.end, "unit1") or find_sense(atoms, number.end, "unit3")
    return int(number.value), unit.end if unit and unit.sense.value == "minute" else number.end


def _of_day(atoms: Atoms, i: int, hour: int) -> tuple[int, bool, int]:
    """Apply the part of the day after a time: returns the hour, whether it is sure, the index after it."""
    at = i + (atoms.forms[i] in (FI, ","))
    if find_sense(atoms, at, "midnight"):
        found = find_sense(atoms, at, "midnight")
        return hour % 12, True, found.end if found else at
    part = find_sense(atoms, at, "daypart")
    if part is None or _opens_day(atoms, part.end):
        return hour, False, i
    start = int(part.sense.value)
    if start >= 18 and hour == 12:
        return 0, True, part.end
    if start >= 12 and (hour < 12) and not (start == 20 and hour < 5):
        return hour + 12, True, part.end
    return hour % 12 if start < 12 and hour == 12 and start == 4 else hour, True, part.end


def _opens_day(atoms: Atoms, i: int) -> bool:
    """Whether a day follows, so that the word before it belongs to that day ("on the morning of today")."""
    return any(find_sense(atoms, i, kind) is not None for kind in ("day", "weekday"))


def parse_clock(atoms: Atoms, i: int) -> Timed | None:
    """Parse a time of day at ``i``; needs "the hour", a colon, or the part of the day after an hour."""
    head = find_sense(atoms, i, "clock", joined=True)
    worded = head is not None and (head.sense.definite or _SAA in atoms.forms[i : head.end])
    at = head.end if head and worded else i
    digital = _digital(atoms, at) or (_pointed(atoms, at) if worded else None)
    if digital is None and i and atoms.forms[i - 1] in ("-", "/") and not worded:
        return None
    if digital:
        hour, minute, second, end = digital
    else:
        spoken = _spoken(atoms, at)
        if spoken is None:
            return None
        (hour, minute, end), second = spoken, 0
    hour, sure, after = _of_day(atoms, end, hour)
    zone = find_sense(atoms, after, "zone")
    lone = not worded and digital is None and atoms.kinds[i] != NUMBER
    if lone and not _ordinal(atoms, i):
        return None
    half = lone and minute in (15, 30)
    if not (worded or sure or zone or half or _stands_alone(atoms, i, digital is not None)):
        return None
    if lone and not (sure or half):
        return None
    return Timed(Clock(hour % 24, minute, second, None, sure or hour > 12), zone.end if zone else after)


def _ordinal(atoms: Atoms, i: int) -> bool:
    """Whether a definite ordinal stands at ``i``, as in "the eighth and a half"."""
    found = find_sense(atoms, i, "ordinal", joined=True)
    return found is not None and found.sense.definite


def _stands_alone(atoms: Atoms, i: int, digital: bool) -> bool:
    """Whether digits with a colon may be a time by themselves (a score may not)."""
    return digital and (atoms.forms[i - 1] if i else "") in _BEFORE_TIME and len(atoms.forms[i]) == 2
