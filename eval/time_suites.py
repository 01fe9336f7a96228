"""Run the third-party suites of times and numbers: ``python -m eval.time_suites [--failures]``.

Printed per suite: passed / applicable, and how many cases do not apply to news, by reason (the list is
``eval/time_suites.tsv``: suite, case number, reason). A day passes where it is what the suite expects in
one of two senses, that of news (the last such day) and that of plans (the coming one), since the suites
hold commands to an assistant. Extents are compared without the prepositions and the word "day" at their
edges, which each suite cuts in its own way. ``dateparser`` runs beside on the suites of dates where it is
installed: a case counts for it where the first day it finds is the first day expected.
"""

from __future__ import annotations

import argparse
import importlib
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from eval.time_cases import Case, dateline_cases, duckling_cases, recognizers_cases
from qala.extraction.atoms import find_atoms
from qala.extraction.numbers import find_numbers, parse_ordinal
from qala.extraction.quantities import find_quantities
from qala.extraction.time_values import Amount, Clock, Date, Duration, Range, TimeValue
from qala.extraction.times import TimeMention, find_times
from qala.resolution.dates import resolve_time
from qala.text.words import WORD, find_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HERE = Path(__file__).parent
FOLDER = HERE.parent.parent / "shared" / "data" / "time"
FLOORS = {"datelines": 0.98}
# in, from, to, between, day, this, for, at, until, since (folded): what suites cut off or keep at the edges
_EDGES = frozenset(
    (
        "\u0641\u064a", "\u0645\u0646", "\u0627\u0644\u064a", "\u0628\u064a\u0646",
        "\u064a\u0648\u0645", "\u0647\u0630\u0627", "\u0644\u0645\u062f\u0647", "\u0639\u0646\u062f",
        "\u062d\u062a\u064a", "\u0645\u0646\u0630", "\u0645\u062f\u0647", "\u0645\u0627",
        "\u0628\u0639\u062f", "\u0642\u0628\u0644",
    )
)  # fmt: skip
_SECONDS = {
    "second": 1,
    "minute": 60,
    "hour": 3600,
    "day": 86400,
    "week": 604800,
    "month": 2592000,
    "year": 31536000,
}
_CLOSE = 1e-9


def core(text: str) -> tuple[str, ...]:
    """Return the folded words and numbers of ``text`` without the first ones that suites cut differently."""
    words = find_words(text)
    forms = [form for form, kind in zip(words.forms, words.kinds, strict=True) if kind <= WORD + 1 and form != "\n"]
    while forms and forms[0] in _EDGES:
        forms.pop(0)
    return tuple(form.removeprefix("\u0628\u0627\u0644").removeprefix("\u0627\u0644") for form in forms[:1]) + tuple(
        forms[1:]
    )


def _mention(case: Case) -> TimeMention | None:
    """Return the mention that has the extent the case expects."""
    for mention in find_times(find_words(case.text)):
        if core(mention.span.of(case.text)) == core(case.extents[0]):
            return mention
    return None


def passes_time(case: Case) -> bool:
    """Whether extent, days and time of day are those expected."""
    if not case.extents:
        return not find_times(find_words(case.text))
    mention = _mention(case)
    if mention is None:
        return False
    if not case.days and not case.clocks:
        return True
    for planned in (False, True):
        found = resolve_time(mention.value, case.reference, planned=planned)
        if found is None:
            continue
        days = {(found.start, found.end)} | ({(found.point, found.point)} if found.point else set())
        if (not case.days or days & set(case.days)) and (not case.clocks or clocks_of(mention.value) == case.clocks):
            return True
    return False


def clocks_of(value: TimeValue) -> tuple[str, ...]:
    """Return the times of day that ``value`` states, "HH:MM:SS"."""
    if isinstance(value, Clock):
        return (f"{value.hour:02}:{value.minute:02}:{value.second:02}",)
    return clocks_of(value.start) + clocks_of(value.end) if isinstance(value, Range) else ()


def _length(amounts: Sequence[Amount]) -> float:
    return sum((amount.low or 0) * _SECONDS.get(amount.unit, 0) for amount in amounts)


def passes_duration(case: Case) -> bool:
    """Whether a duration of the expected length is found with the expected extent."""
    for mention in find_times(find_words(case.text)):
        if isinstance(mention.value, Duration) and core(mention.span.of(case.text)) == core(case.extents[0]):
            return case.seconds is None or abs(_length(mention.value.amounts) - case.seconds) < _CLOSE * case.seconds
    return False


def _same(found: Sequence[tuple[str, float]], case: Case) -> bool:
    if [core(text) for text, _ in found] != [core(text) for text in case.extents]:
        return False
    pairs = zip((value for _, value in found), case.numbers, strict=True)
    return all(b is None or abs(a - b) <= _CLOSE * max(1.0, abs(b)) for a, b in pairs)


def passes_number(case: Case) -> bool:
    """Whether exactly the expected numbers are found."""
    return _same([(span.of(case.text), value) for span, value in find_numbers(find_words(case.text))], case)


def passes_ordinal(case: Case) -> bool:
    """Whether the expected ordinal is read at its place."""
    words = find_words(case.text)
    atoms = find_atoms(words)
    found = []
    i = 0
    while i < atoms.size:
        number = parse_ordinal(atoms, i, joined=True)
        if number:
            found.append((case.text[atoms.starts[i] : atoms.ends[number.end - 1]], float(number.value)))
        i = number.end if number else i + 1
    return _same(found, case)


def passes_percent(case: Case) -> bool:
    """Whether exactly the expected percentages are found."""
    found = [q for q in find_quantities(find_words(case.text)) if q.kind == "percent"]
    return _same([(q.span.of(case.text), q.low) for q in found], case)


def passes_dateline(case: Case) -> bool:
    """Whether the Hijri date of a line comes to the Gregorian one that stands beside it."""
    for mention in find_times(find_words(case.text)):
        value = mention.value
        if isinstance(value, Date) and value.twin is not None and value.calendar == "gregorian":
            stated = resolve_time(replace(value, twin=None), None)
            hijri = resolve_time(replace(value.twin, weekday=value.weekday), None)
            return stated is not None and hijri is not None and stated.start == hijri.start
    return False


def suites(folder: Path) -> list[tuple[list[Case], Callable[[Case], bool]]]:
    """Return every suite with the test of its cases."""
    return [
        (duckling_cases(folder), passes_time),
        (recognizers_cases(folder, "DateParser"), passes_time),
        (recognizers_cases(folder, "DatePeriodParser"), passes_time),
        (recognizers_cases(folder, "DurationParser"), passes_duration),
        (recognizers_cases(folder, "TimeParser"), passes_time),
        (recognizers_cases(folder, "NumberModel"), passes_number),
        (recognizers_cases(folder, "OrdinalModel"), passes_ordinal),
        (recognizers_cases(folder, "PercentModel"), passes_percent),
        (dateline_cases(folder), passes_dateline),
    ]


def not_applicable(path: Path = HERE / "time_suites.tsv") -> dict[tuple[str, int], str]:
    """Return the reason for each case that does not apply; a line is suite, case numbers, reason."""
    out: dict[tuple[str, int], str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            suite, numbers, reason = line.split("\t")
            out |= {(suite, int(number)): reason for number in numbers.split()}
    return out


def peer_day(case: Case) -> date | None:
    """Return the first day that ``dateparser`` finds in the case's text."""
    search = importlib.import_module("dateparser.search").search_dates
    base = datetime.combine(case.reference, datetime.min.time())
    found = search(case.text, languages=["ar"], settings={"RELATIVE_BASE": base})
    return found[0][1].date() if found else None


def peer_score(cases: list[Case], skipped: dict[tuple[str, int], str]) -> str:
    """Return how ``dateparser`` does on the applicable cases that expect a day."""
    try:
        importlib.import_module("dateparser.search")
    except ImportError:
        return "not installed"
    dated = [case for case in cases if case.days and (case.suite, case.number) not in skipped]
    passed = sum(peer_day(case) in {first for first, _ in case.days} for case in dated)
    return f"{passed}/{len(dated)}" if dated else "-"


def main() -> None:
    """Print the scores; exits with an error where a floor is not held."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--failures", action="store_true", help="list the applicable cases that fail")
    options = parser.parse_args()
    if not options.folder.is_dir():
        print(f"no suites at {options.folder}; nothing measured")
        return
    skipped, broken = not_applicable(), []
    print(f"{'suite':30} {'passed':>9}  {'share':>6}  not applicable  dateparser (first day)")
    for cases, test in suites(options.folder):
        name = cases[0].suite
        reasons = Counter(skipped[name, case.number] for case in cases if (name, case.number) in skipped)
        applicable = [case for case in cases if (name, case.number) not in skipped]
        failed = [case for case in applicable if not test(case)]
        passed = len(applicable) - len(failed)
        share = passed / len(applicable) if applicable else 0.0
        peer = peer_score(cases, skipped) if test is passes_time else "-"
        print(f"{name:30} {passed:4}/{len(applicable):4}  {share:6.3f}  {sum(reasons.values()):14}  {peer}")
        for reason, count in reasons.most_common():
            print(f"{'':6}{count:4}  {reason}")
        if options.failures:
            for case in failed:
                print(f"      FAIL {case.number}: {case.text} -> {case.extents} {case.days} {case.clocks}")
        if share < FLOORS.get(name, 0.0):
            broken.append(f"{name}: {share:.3f} is under the floor {FLOORS[name]}")
    if broken:
        raise SystemExit("; ".join(broken))


if __name__ == "__main__":
    main()
