"""Numbers in digits of both kinds and in words, as the grammar of Arabic numerals builds them.

Every ``parse_*`` function takes atoms and an index and returns a value with the index after it, or ``None``.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from qala.extraction.atoms import Atoms, conjoined, find_atoms, find_sense, touching
from qala.model import Span
from qala.text.words import NUMBER, Words

_LONGEST = 30  # digits; a longer figure is no quantity
_MOST_GROUPS = 8  # groups of a cardinal, so that a hostile run of number words stays linear


class Number(NamedTuple):
    """A parsed number and the index of the atom after it."""

    value: Fraction
    end: int


def parse_numeral(form: str) -> Fraction | None:
    """Return the value of a number token ("1,234.5", "3.5", "12"), or ``None`` for what is none ("1.2.3.4").

    A comma before exactly three digits parts thousands, any other comma is a decimal one; a single
    stop is a decimal point, several part thousands.
    """
    if len(form) > _LONGEST:
        return None
    if form.isdigit():
        return Fraction(int(form))
    form = form.replace("\u066b", "d").replace("\u066c", ",").replace("\u060c", ",")
    groups = form.replace("d", ".").replace(",", ".").split(".")
    marks = [c for c in form if not c.isdigit()]
    thousands = len(groups[0]) <= 3 and groups[0] != "0" and all(len(g) == 3 for g in groups[1:])
    if len(marks) == 1:
        if marks[0] == "," and thousands:
            return Fraction(int("".join(groups)))
        return Fraction(f"{groups[0]}.{groups[1]}")
    if thousands and len(set(marks)) == 1:
        return Fraction(int("".join(groups)))
    whole, last = groups[:-1], groups[-1]
    if len(set(marks[:-1])) == 1 and marks[-1] != marks[0] and all(len(g) == 3 for g in whole[1:]):
        return Fraction(f"{''.join(whole)}.{last}")
    return None


def numeral_at(atoms: Atoms, i: int) -> Fraction | None:
    """Return the value of the number token at ``i``, or ``None``."""
    return parse_numeral(atoms.forms[i]) if atoms.kinds[i] == NUMBER else None


def _spaced(atoms: Atoms, i: int) -> tuple[Fraction | None, int]:
    """Return the number at ``i``, its thousands perhaps parted by single spaces, and the index after it."""
    form, end = atoms.forms[i], i + 1
    parted = _comma_parted(atoms, i) if atoms.forms[end] == "," and atoms.kinds[i] == NUMBER else None
    if parted:
        return parted
    if atoms.kinds[i] != NUMBER or not form.isdigit() or len(form) > 3 or form[0] == "0":
        return numeral_at(atoms, i), end
    while (
        end < i + _MOST_GROUPS
        and atoms.kinds[end] == NUMBER
        and atoms.starts[end] == atoms.ends[end - 1] + 1
        and _thousands(atoms.forms[end])
    ):
        form, end = form + atoms.forms[end], end + 1
    return parse_numeral(form), end


def _comma_parted(atoms: Atoms, i: int) -> Number | None:
    """Parse "1,9" and "1,234,567" written with the Arabic comma, which parts tokens."""
    whole, forms = integer_at(atoms, i), atoms.forms
    if whole is None or forms[i + 1] != "," or not (touching(atoms, i + 1) and touching(atoms, i + 2)):
        return None
    if integer_at(atoms, i + 2) is None:
        return None
    digits, end = forms[i], i + 1
    while forms[end] == "," and touching(atoms, end) and touching(atoms, end + 1) and _thousands(forms[end + 1]):
        digits, end = digits + forms[end + 1], end + 2
        if end > i + 2 * _MOST_GROUPS:
            return None
    if end > i + 1 and len(forms[i]) <= 3:
        return Number(Fraction(digits), end)
    decimal = len(forms[i + 2]) <= 2 and forms[i + 3] != ","
    return Number(Fraction(f"{whole}.{forms[i + 2]}"), i + 3) if decimal else None


def _thousands(form: str) -> bool:
    """Whether ``form`` is a group of three digits, perhaps with decimals after a stop."""
    whole, _, decimals = form.partition(".")
    return len(whole) == 3 and whole.isdigit() and (not decimals or decimals.isdigit())


def integer_at(atoms: Atoms, i: int) -> int | None:
    """Return the plain run of digits at ``i`` as an integer, or ``None``."""
    form = atoms.forms[i]
    return int(form) if atoms.kinds[i] == NUMBER and form.isdigit() and len(form) <= 9 else None


def _worth(atoms: Atoms, i: int, kind: str, joined: bool) -> Number | None:
    item = atoms.items[i]
    if item is None or kind not in item.readings:
        return None
    found = find_sense(atoms, i, kind, joined)
    return Number(Fraction(found.sense.value), found.end) if found else None


def _under_hundred(atoms: Atoms, i: int, joined: bool) -> Number | None:
    ones = _worth(atoms, i, "ones", joined)
    if ones is None:
        return _worth(atoms, i, "tens", joined) or _worth(atoms, i, "ten", joined)
    teen = _worth(atoms, ones.end, "ten", False)
    if teen and 1 <= ones.value <= 9 and atoms.forms[i] != "\u0635\u0641\u0631":
        return Number(ones.value + 10, teen.end)
    then = conjoined(atoms, ones.end)
    tens = _worth(atoms, then, "tens", True) if then is not None else None
    return Number(ones.value + tens.value, tens.end) if tens and ones.value else ones


def _group(atoms: Atoms, i: int, joined: bool) -> Number | None:
    """Parse what stands before a scale: a numeral, or words under a thousand."""
    numeral, after = _spaced(atoms, i)
    if numeral is not None:
        hundred = _worth(atoms, after, "hundred", False) if numeral < 10 else None
        return Number(numeral * 100, hundred.end) if hundred else Number(numeral, after)
    hundreds = _worth(atoms, i, "hundreds", joined) or _worth(atoms, i, "hundred", joined)
    if hundreds is None:
        small = _under_hundred(atoms, i, joined)
        if small is None or not 3 <= small.value <= 9:
            return small
        hundred = _worth(atoms, small.end, "hundred", False)
        if hundred is None:
            return small
        hundreds = Number(small.value * 100, hundred.end)
    then = conjoined(atoms, hundreds.end)
    if then is None or parse_fraction(atoms, then, joined=True):
        return hundreds
    rest = _under_hundred(atoms, then, True)
    return Number(hundreds.value + rest.value, rest.end) if rest else hundreds


def _scaled(atoms: Atoms, i: int, joined: bool) -> tuple[Number, Fraction] | None:
    """Parse one group with the scales after it; returns it with the last scale (1 where there is none)."""
    dual = _worth(atoms, i, "scale2", joined)
    if dual:
        # the dual's own word names twice the scale; a further scale may follow (two thousand billion)
        number, scale = Number(dual.value * 2, dual.end), dual.value
    else:
        single = _worth(atoms, i, "scale", joined)
        group = None if single else _group(atoms, i, joined)
        if single:
            number, scale = single, single.value
        elif group:
            number, scale = group, Fraction(1)
        else:
            return None
    for _ in range(2):
        more = _worth(atoms, number.end, "scale", False) or _worth(atoms, number.end, "scales", False)
        if more is None or more.value <= scale:
            break
        number, scale = Number(number.value * more.value, more.end), more.value
    return number, scale


def _fraction_of(atoms: Atoms, i: int, scale: Fraction) -> Number | None:
    """Parse "and a half", "and three quarters", "and half a million" after a number of ``scale``."""
    then = conjoined(atoms, i)
    if then is None:
        return None
    part = parse_fraction(atoms, then, joined=True)
    if part is None:
        return None
    named = _worth(atoms, part.end, "scale", False)
    if named:
        return Number(part.value * named.value, named.end)
    return Number(part.value * scale, part.end)


def parse_fraction(atoms: Atoms, i: int, joined: bool = False) -> Number | None:
    """Parse a fraction in words: a half, two thirds, three quarters."""
    part = _worth(atoms, i, "fraction", joined)
    if part:
        return part
    count = _worth(atoms, i, "ones", joined)
    if count is None or count.value < 2:
        return None
    part = _worth(atoms, count.end, "fraction", False) or _worth(atoms, count.end, "fractions", False)
    return Number(count.value * part.value, part.end) if part and part.value < Fraction(1, 2) else None


CARDINAL_WORDS = frozenset(("fraction", "ones", "ten", "tens", "hundred", "hundreds", "scale", "scale2"))
"""The kinds of words that a cardinal can begin with."""


def parse_cardinal(atoms: Atoms, i: int, joined: bool = False) -> Number | None:
    """Parse a number at ``i`` in digits, words or both: 1.9 million, two hundred and fifty, a third."""
    item = atoms.items[i]
    if atoms.kinds[i] != NUMBER and (item is None or CARDINAL_WORDS.isdisjoint(item.readings)):
        return None
    known = atoms.numbers
    if (i, joined) not in known:
        known[i, joined] = _cardinal(atoms, i, joined)
    found: Number | None = known[i, joined]
    return found


def _cardinal(atoms: Atoms, i: int, joined: bool) -> Number | None:
    fraction = parse_fraction(atoms, i, joined)
    if fraction:
        whole = _worth(atoms, fraction.end, "scale", False)
        return Number(fraction.value * whole.value, whole.end) if whole else fraction
    first = _scaled(atoms, i, joined)
    if first is None:
        return None
    (total, end), scale = first
    for _ in range(_MOST_GROUPS):
        part = _fraction_of(atoms, end, scale)
        if part:
            return Number(total + part.value, part.end)
        then = conjoined(atoms, end) if scale > 1 else None
        more = _scaled(atoms, then, True) if then is not None else None
        if (
            more is None
            or more[0].value >= scale
            or (more[1] == 1 and atoms.kinds[then or 0] == NUMBER and scale < 1000)
        ):
            break
        (value, end), scale = more
        total += value
    return Number(total, end)


def parse_hour(atoms: Atoms, i: int) -> tuple[int, int] | None:
    """Parse an hour of the day, in digits or in words; returns it and the index after it."""
    digits = integer_at(atoms, i)
    if digits is not None:
        return (digits, i + 1) if digits <= 24 else None
    one = _worth(atoms, i, "ordinal", True) or _worth(atoms, i, "ordinal1", True) or _worth(atoms, i, "ones", True)
    if one is None:
        ten = _worth(atoms, i, "ten", True)
        return (10, ten.end) if ten else None
    teen = _worth(atoms, one.end, "ten", False) if one.value < 3 else None
    return (int(one.value) + 10, teen.end) if teen else (int(one.value), one.end)


def parse_ordinal(atoms: Atoms, i: int, joined: bool = False) -> Number | None:
    """Parse an ordinal at ``i``: third, eleventh, twenty-first, and the definite tens (the twentieth)."""
    full = _worth(atoms, i, "ordinal", joined)
    one = full or _worth(atoms, i, "ordinal1", joined) or _definite_one(atoms, i, joined)
    if one is None:
        tens = find_sense(atoms, i, "tens", joined)
        return Number(Fraction(tens.sense.value), tens.end) if tens and tens.sense.definite else None
    if one.value < 10:
        ten = _worth(atoms, one.end, "ten", False)
        if ten:
            return Number(one.value + 10, ten.end)
        then = conjoined(atoms, one.end)
        more = _worth(atoms, then, "tens", True) if then is not None else None
        if more:
            return Number(one.value + more.value, more.end)
    return full


def _definite_one(atoms: Atoms, i: int, joined: bool) -> Number | None:
    """Return a definite "one" … "nine" at ``i``, an ordinal with tens after it ("the one and twentieth")."""
    one = find_sense(atoms, i, "ones", joined)
    return Number(Fraction(one.sense.value), one.end) if one and one.sense.definite else None


def as_number(value: Fraction) -> int | float:
    """Return ``value`` as an integer where it is one, else as a float."""
    return value.numerator if value.denominator == 1 else float(value)


def find_numbers(words: Words) -> list[tuple[Span, int | float]]:
    """Return every number of ``words``, in digits or words and without its unit, with its value."""
    atoms = find_atoms(words)
    out: list[tuple[Span, int | float]] = []
    i = 0
    while i < atoms.size:
        minus = find_sense(atoms, i, "minus", joined=True)
        number = parse_cardinal(atoms, minus.end if minus else i, joined=True)
        if number is None:
            i += 1
            continue
        item = atoms.items[i]
        start = atoms.starts[i] + (item.skip if item else 0)
        value = as_number(-number.value if minus else number.value)
        out.append((Span(start, atoms.ends[number.end - 1]), value))
        i = number.end
    return out
