"""Quantities of a text: numbers in digits and words with unit, money, percent, range and "about".

Numbers that belong to a time expression are left to :mod:`qala.extraction.times`.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from qala.extraction.atoms import Atoms, conjoined, find_atoms, find_sense, touching
from qala.extraction.numbers import CARDINAL_WORDS, Number, as_number, numeral_at, parse_cardinal
from qala.extraction.times import TimeMention, find_times
from qala.lexicon.words import word_class
from qala.model import Quantity, Span
from qala.text.words import MARK, NUMBER, WORD, Words

_MIN, _BAYN = "\u0645\u0646", "\u0628\u064a\u0646"
_BOUND_AFTER = frozenset(("about", "least", "most", "more"))
_NEVER = frozenset(
    ("\u0641\u0642\u0637", "\u0639\u0627\u0644\u0645\u064a\u0627", "\u0633\u0646\u0648\u064a\u0627")
)  # only, worldwide, yearly
_AND_VERB = ("\u0648\u064a", "\u0648\u062a", "\u0648\u0627\u0644")
_IN_ADDRESS = frozenset("#/:%=&?@")  # marks after which a figure is part of an address or tag
_ARTICLE = "\u0627\u0644"
# Small number words that are seldom a figure when nothing is counted after them ("one of").
_WEAK_KINDS = frozenset(("ones", "fraction", "ordinal", "ten", "tens", "scale", "hundred"))

_OPENING = CARDINAL_WORDS | {"minus"}


class _Figure(NamedTuple):
    low: Fraction
    high: Fraction
    end: int


class _Measure(NamedTuple):
    unit: str | None
    candidates: tuple[str, ...]
    kind: str
    end: int


def _measure(atoms: Atoms, i: int) -> _Measure | None:
    """Parse a unit, a currency or a percent at ``i``."""
    percent = find_sense(atoms, i, "percent")
    if percent:
        inside = atoms.kinds[percent.end] != MARK and touching(atoms, percent.end) and atoms.forms[i] == "%"
        return None if inside else _Measure("%", (), "percent", percent.end)
    permille = find_sense(atoms, i, "permille")
    if permille:
        return _Measure("permille", (), "percent", permille.end)
    found = find_sense(atoms, i, "measure")
    if found is None:
        return None
    codes, kind = str(found.sense.value).split()
    units = tuple(codes.split("|"))
    return _Measure(units[0] if len(units) == 1 else None, units if len(units) > 1 else (), kind, found.end)


def _figure(atoms: Atoms, i: int, joined: bool) -> _Figure | None:
    """Parse a number or a range at ``i``: "10-20", "50 to 60 thousand", "between 10 and 20 million"."""
    between = atoms.forms[i] in (_BAYN, _MIN) or atoms.forms[i][1:] == _BAYN
    at = i + between
    first = parse_cardinal(atoms, at, joined and not between)
    if first is None:
        return None
    link = _link(atoms, first.end, atoms.forms[i] != _MIN and between)
    second = parse_cardinal(atoms, link, True) if link is not None else None
    if second is None or (atoms.forms[i] == _MIN and second is None):
        return None if between else _Figure(first.value, first.value, first.end)
    low = _scaled_like(atoms, first, at, second, link or at)
    if low >= second.value:
        return None if between else _Figure(first.value, first.value, first.end)
    return _Figure(low, second.value, second.end)


def _link(atoms: Atoms, i: int, both: bool) -> int | None:
    if atoms.forms[i] == "-" and atoms.kinds[i + 1] == NUMBER and touching(atoms, i + 1):
        return i + 1
    until = find_sense(atoms, i, "until")
    if until:
        return until.end
    percent = _measure(atoms, i)
    if percent and both:
        i = percent.end
    return conjoined(atoms, i) if both else None


def _scaled_like(atoms: Atoms, first: Number, i: int, second: Number, j: int) -> Fraction:
    """Give a bare first number the scale that only the second names: "50 to 60 thousand"."""
    plain = numeral_at(atoms, j)
    if first.end == i + 1 and plain and second.end > j + 1 and first.value <= plain:
        return first.value * (second.value / plain)
    return first.value


def _modifier_before(atoms: Atoms, i: int, floor: int) -> tuple[str, int] | None:
    """Return the bound whose words end at ``i`` (four at most, none before ``floor``), and its start."""
    for start in range(max(floor, i - 4), i):
        found = find_sense(atoms, start, "bound", joined=True)
        if found and found.end == i:
            return str(found.sense.value), start
    return None


def _is_noun(atoms: Atoms, i: int) -> bool:
    """Whether the word at ``i`` can be what is counted: no particle, no "and" with a verb after it."""
    form, item = atoms.forms[i], atoms.items[i]
    if atoms.kinds[i] != WORD or i >= atoms.size or len(form) < 2 or form in _NEVER or word_class(form):
        return False
    if item is not None and (item.skip or "bound" in item.readings):
        return False
    return not form.startswith(_AND_VERB)


def _no_figure(atoms: Atoms, i: int, figure: _Figure, counted: bool) -> bool:
    """Whether a number without unit is no figure: "one of", an ordinal's definite word, a year in a name."""
    item = atoms.items[i]
    if atoms.kinds[i] == NUMBER:
        year = len(atoms.forms[i]) == 4 and 1900 <= figure.low <= 2099 and figure.low == figure.high
        identifier = atoms.forms[i][0] == "0" and len(atoms.forms[i]) > 1 and atoms.forms[i].isdigit()
        return identifier or (year and figure.end == i + 1 and not counted)
    if item is None:
        return False
    senses = [sense for readings in item.readings.values() for _, sense in readings]
    if figure.end == i + 1 and any(sense.guard == "part" for sense in senses):
        return True
    definite = all(sense.definite for sense in senses) and figure.high < 1000
    return (not counted and _weak(atoms, i, figure.end)) or (definite and figure.low.denominator == 1)


def _weak(atoms: Atoms, i: int, end: int) -> bool:
    """Whether the number is one small word that alone need not be a figure."""
    item = atoms.items[i]
    return item is not None and end == i + 1 and any(kind in item.readings for kind in _WEAK_KINDS)


def find_quantities(words: Words, times: Sequence[TimeMention] | None = None) -> list[Quantity]:
    """Return the quantities of ``words`` in order; linear in the number of tokens.

    ``times`` are the time mentions of the same words where they are already known.
    """
    atoms = find_atoms(words)
    mentions = find_times(words) if times is None else times
    # a token of which only a part belongs to a time (a number written on to a word) counts as taken
    busy = {token for mention in mentions for token in range(mention.first, mention.last + 1)}
    taken = [token in busy for token in atoms.tokens[: atoms.size]] + [False]
    out: list[Quantity] = []
    i = floor = 0
    while i < atoms.size:
        found = _quantity(words, atoms, i, floor) if not taken[i] and _may_begin(atoms, i) else None
        if found is None:
            i += 1
            continue
        out.append(found[0])
        i = floor = found[1]
    return out


def _may_begin(atoms: Atoms, i: int) -> bool:
    """Whether a quantity can begin at ``i``; spares the long way at most words."""
    item = atoms.items[i]
    if item is None:
        return atoms.kinds[i] == NUMBER
    if not _OPENING.isdisjoint(item.readings):
        return True
    form = atoms.forms[i]
    return form in (_BAYN, _MIN) or form[1:] == _BAYN or atoms.kinds[i + 1] == NUMBER


def _quantity(words: Words, atoms: Atoms, i: int, floor: int) -> tuple[Quantity, int] | None:
    """Parse one quantity at ``i`` with its modifier, unit, counted word and substance."""
    before = _measure(atoms, i) if atoms.kinds[i] != NUMBER and atoms.kinds[i + 1] == NUMBER else None
    at = before.end if before and before.kind == "money" else i
    minus = find_sense(atoms, at, "minus")
    figure = _figure(atoms, minus.end if minus else at, at == i)
    if figure is None or (i and atoms.forms[i - 1] in _IN_ADDRESS and touching(atoms, i)):
        return None
    end = figure.end
    measure = before if at > i else _measure(atoms, end)
    if measure and measure is not before:
        end = measure.end
    counted = of = None
    named = atoms.kinds[figure.end - 1] == WORD and figure.low.denominator > 1
    if measure is None and _is_noun(atoms, end) and (named or not atoms.forms[end].startswith(_ARTICLE)):
        counted, end = Span(atoms.starts[end], atoms.ends[end]), end + 1
    if measure is None and _no_figure(atoms, at, figure, counted is not None):
        return None
    if measure and measure.kind != "percent" and atoms.forms[end] == _MIN and _is_noun(atoms, end + 1):
        of, end = Span(atoms.starts[end + 1], atoms.ends[end + 1]), end + 2
    sign = -1 if minus else 1
    modifier = _modifier_before(atoms, i, floor)
    bound = _modifier_span(atoms, modifier, i, end)
    start = modifier[1] if modifier else i
    after = find_sense(atoms, end, "bound") if bound is None else None
    if after and after.sense.value in _BOUND_AFTER and after.end - end <= 2 and not _starts_number(atoms, after.end):
        bound = str(after.sense.value), Span(atoms.starts[end], atoms.ends[after.end - 1])
        end = after.end
    span = Span(_after_conjunction(words, atoms, start), atoms.ends[end - 1])
    low, high = sorted((figure.low * sign, figure.high * sign))
    kind, unit, candidates = (measure.kind, measure.unit, measure.candidates) if measure else ("number", None, ())
    said, where = bound or ("", None)
    quantity = Quantity(
        span, as_number(low), as_number(high), kind, unit, candidates, said, where, counted, of
    )  # fmt: skip
    return quantity, end


def _starts_number(atoms: Atoms, i: int) -> bool:
    return atoms.kinds[i] == NUMBER or parse_cardinal(atoms, i) is not None


def _modifier_span(atoms: Atoms, modifier: tuple[str, int] | None, i: int, end: int) -> tuple[str, Span] | None:
    return (modifier[0], Span(atoms.starts[modifier[1]], atoms.ends[i - 1])) if modifier else None


def _after_conjunction(words: Words, atoms: Atoms, i: int) -> int:
    """Return where atom ``i`` starts without a conjunction written on to it."""
    item = atoms.items[i]
    start = atoms.starts[i] + (item.skip if item else 0)
    while start < atoms.ends[i] and item is not None and item.skip and not words.text[start].isalnum():
        start += 1
    return start
