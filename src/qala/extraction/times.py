"""Time expressions of a text as mentions, each with its span and what it says.

The span follows the annotation guidelines: a conjunction written on to the first word stays outside,
a preposition written on stays inside, a separate preposition stays outside unless the expression is
made with it (three days ago, "in an earlier time"); ``lead`` tells where that preposition stands.
"""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from qala.extraction.atoms import Atoms, find_atoms, find_sense, touching
from qala.extraction.calendar_dates import parse_day_month, parse_month_date, parse_numeric
from qala.extraction.days import (
    parse_clock_day,
    parse_day,
    parse_daypart,
    parse_midnight,
    parse_night,
    parse_week_day,
    parse_weekday,
)
from qala.extraction.periods import (
    parse_decade,
    parse_feast,
    parse_nth,
    parse_part,
    parse_season,
    parse_vague,
)
from qala.extraction.stretches import parse_distance, parse_duration, parse_window
from qala.extraction.time_ranges import (
    parse_date_range,
    parse_days,
    parse_days_to,
    parse_month_days,
    parse_range,
    parse_years,
)
from qala.extraction.time_values import TimeValue
from qala.extraction.years import (
    FI,
    MIN,
    Timed,
    parse_bare_year,
    parse_relative,
    parse_worded_year,
    parse_year,
)
from qala.model import Span
from qala.text.words import NUMBER, Words

_Parser = Callable[[Atoms, int, bool], Timed | None]
SINCE = "\u0645\u0646\u0630"
"""The folded preposition "since"."""
_CONJUNCTIONS = ("\u0648", "\u0641")
_LEADS = frozenset(
    (
        FI,
        "\u062e\u0644\u0627\u0644",
        "\u0645\u0646\u0630",
        MIN,
        "\u062d\u062a\u064a",
        "\u0628\u062d\u0644\u0648\u0644",
    )
)


class TimeMention(NamedTuple):
    """A time expression: its span, the first and last token, what it says.

    ``wide`` is the span with a separate preposition before it ("in", "during", "since"), and that
    preposition, folded, is ``preposition``; ``named`` is True where it is part of a name ("the revolution
    of 25 January").
    """

    span: Span
    first: int
    last: int
    value: TimeValue
    wide: Span
    preposition: str = ""
    named: bool = False


def _plain(parse: Callable[[Atoms, int], Timed | None]) -> _Parser:
    return lambda atoms, i, joined: parse(atoms, i)


# What may begin with a word of each kind; the longest reading wins, the earlier one at equal length.
_NUMERIC: tuple[_Parser, ...] = (
    parse_date_range, parse_days_to, _plain(parse_numeric), parse_day_month, _plain(parse_bare_year),
    parse_clock_day,
    parse_window, parse_duration,
)  # fmt: skip
_LONE: tuple[_Parser, ...] = (_plain(parse_numeric), _plain(parse_bare_year))
_JOINTS = frozenset("-/\\:.,(")
_COUNTS = frozenset(
    (
        "ones",
        "ten",
        "tens",
        "hundred",
        "hundreds",
        "scale",
        "scales",
        "scale2",
        "ordinal",
        "ordinal1",
        "fraction",
    )
)
_CARDINAL: tuple[_Parser, ...] = (
    _plain(parse_worded_year),
    parse_date_range,
    parse_days_to,
    parse_day_month,
    parse_window,
    parse_duration,
)
_STARTS: dict[str, tuple[_Parser, ...]] = {
    "day": (parse_day,),
    "night": (parse_night,),
    "weekday": (parse_weekday,),
    "daypart": (parse_daypart,),
    "midnight": (parse_midnight,),
    "month": (parse_month_date, parse_month_days),
    "hijri": (parse_month_date,),
    "unit1": (
        parse_week_day,
        parse_weekday,
        parse_relative,
        parse_year,
        parse_month_date,
        parse_nth,
        parse_duration,
        parse_window,
    ),
    "unit2": (parse_window, parse_duration),
    "unit3": (parse_window,),
    "nth": (parse_nth,),
    "this": (parse_relative, parse_weekday, parse_season, parse_week_day, parse_daypart),
    "part": (parse_part, parse_day_month),
    "edge": (parse_nth, parse_window),
    "season": (parse_season,),
    "decade": (parse_decade,),
    "feast": (parse_feast,),
    "vague": (parse_vague,),
    "distance": (parse_distance, parse_midnight),
    "window": (parse_window,),
    "lasting": (parse_duration,),
    "several": (parse_window,),
    "from": (parse_range,),
    "years": (parse_years,),
    "days": (parse_days,),
    "clock": (parse_clock_day,),
    "ordinal": (*_CARDINAL, parse_nth, parse_clock_day),
    "ordinal1": (*_CARDINAL, parse_clock_day),
    **dict.fromkeys(("ones", "ten", "tens", "hundred", "hundreds", "scale", "scale2"), _CARDINAL),
    "fraction": (parse_duration,),
}


def _longest(atoms: Atoms, i: int) -> Timed | None:
    """Return the longest time expression that starts at atom ``i``."""
    item = atoms.items[i]
    best: Timed | None = None
    if item is None:
        parsers = _NUMERIC if _goes_on(atoms, i) else _LONE
    else:
        parsers = _starters(item.before.get(atoms.forms[i + 1], item.alone))
        if parsers and item.readings.keys() <= _COUNTS and not _goes_on(atoms, i):
            return None
    for parse in parsers:
        found = parse(atoms, i, True)
        if found and (best is None or found.end > best.end):
            best = found
    return best


def _goes_on(atoms: Atoms, i: int) -> bool:
    """Whether what follows the number at ``i`` can make a time of it; most figures of a page are none."""
    return atoms.items[i + 1] is not None or atoms.kinds[i + 1] == NUMBER or atoms.forms[i + 1] in _JOINTS


@cache
def _starters(kinds: tuple[str, ...]) -> tuple[_Parser, ...]:
    """Return the parsers that may begin with a word of ``kinds``, each once, in the table's order."""
    return tuple(dict.fromkeys(parse for kind, group in _STARTS.items() if kind in kinds for parse in group))


def _start_of(words: Words, atoms: Atoms, i: int) -> int:
    """Return where the mention starts: after a conjunction written on to its first word, with its marks."""
    item, start = atoms.items[i], atoms.starts[i]
    if item is None or not item.skip:
        return start
    start += item.skip
    while start < atoms.ends[i] and not words.text[start].isalnum():
        start += 1
    return start


def find_times(words: Words) -> list[TimeMention]:
    """Return every time expression of ``words``, in order, without overlap; linear."""
    atoms = find_atoms(words)
    out: list[TimeMention] = []
    items, kinds, i = atoms.items, atoms.kinds, 0
    while i < atoms.size:
        found = _longest(atoms, i) if items[i] is not None or kinds[i] == NUMBER else None
        if found is None:
            i += 1
            continue
        out.append(_mention(words, atoms, i, found))
        i = found.end
    return out


def _mention(words: Words, atoms: Atoms, i: int, found: Timed) -> TimeMention:
    span = Span(_start_of(words, atoms, i), atoms.ends[found.end - 1])
    before = atoms.forms[i - 1] if i else ""
    bare = before[1:] if before[:1] in _CONJUNCTIONS and before[1:] in _LEADS else before
    wide = Span(atoms.starts[i - 1] + len(before) - len(bare), span.end) if bare in _LEADS else span
    named = i > 0 and not touching(atoms, i) and find_sense(atoms, i - 1, "name", True) is not None
    first, last = atoms.tokens[i], words.end_before(span.end) - 1
    return TimeMention(span, first, last, found.value, wide, bare if bare in _LEADS else "", named)
