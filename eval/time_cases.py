"""The third-party suites of times and numbers as plain cases; each suite's own semantics is undone here.

- Duckling (Arabic time corpus, BSD-3): commands to an assistant, reference Tuesday 2013-02-12 04:30 -02:00.
  Intervals have an exclusive end. A case is one expression.
- Recognizers-Text (Arabic specs, MIT): reference given with each case; a past and a future reading are
  given and either counts; ends of periods are exclusive. Where the suite itself says ``IgnoreResolution``
  only the extent is compared.
- Datelines of a newspaper (facts): a Hijri and a Gregorian date on one line.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Case:
    """One input with what its suite expects.

    ``extents`` are the texts that must be found, ``days`` the accepted (first, last) days of the first of
    them, ``clocks`` the accepted times of day "HH:MM:SS" (a pair for an interval), ``numbers`` one value
    an extent (``None``: not compared), ``seconds`` a duration.
    """

    suite: str
    number: int
    text: str
    reference: date
    extents: tuple[str, ...] = ()
    days: tuple[tuple[date, date], ...] = ()
    clocks: tuple[str, ...] = ()
    numbers: tuple[float | None, ...] = ()
    seconds: float | None = None


def _json(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text(encoding="utf-8"))


def _month_after(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


_TUPLE = re.compile(r"\((\d+), (\d+), (\d+), (\d+), (\d+), (\d+)\)")


def duckling_cases(folder: Path) -> list[Case]:
    """Return one case an expression of Duckling's corpus."""
    corpus = _json(folder, "duckling_ar_time.json")
    reference = date.fromisoformat(corpus["reference"][:10])
    out: list[Case] = []
    for group in corpus["cases"]:
        points = [tuple(map(int, found)) for found in _TUPLE.findall(group["expected"])]
        grain = re.sub(r".*\)+ (\w+).*", r"\1", group["expected"])
        days, clocks = _duckling_value(points, grain)
        for expression in group["expressions"]:
            out.append(Case("duckling time", len(out) + 1, expression, reference, (expression,), (days,), clocks))
    return out


def _duckling_value(points: list[tuple[int, ...]], grain: str) -> tuple[tuple[date, date], tuple[str, ...]]:
    first = date(*points[0][:3])
    fine = grain in ("Hour", "Minute", "Second")
    # an interval of hours ends after its last hour
    ends = [p[3] - (grain == "Hour" and i == 1) for i, p in enumerate(points)]
    clocks = tuple(f"{h % 24:02}:{p[4]:02}:{p[5]:02}" for h, p in zip(ends, points, strict=True)) if fine else ()
    if len(points) == 2:
        last = date(*points[1][:3])
        return (first, last if fine else last - ONE_DAY), clocks
    last = {"Week": first + 6 * ONE_DAY, "Month": _month_after(first) - ONE_DAY}.get(grain, first)
    return (first, last), clocks


def _reference(case: dict[str, Any]) -> date:
    return date.fromisoformat(case.get("Context", {}).get("ReferenceDateTime", "2016-11-07")[:10])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _resolutions(value: dict[str, Any]) -> tuple[tuple[date, date], ...]:
    out = []
    for key in ("PastResolution", "FutureResolution"):
        found = value.get(key) or {}
        first = _day(found.get("date") or found.get("startDate") or "")
        last = _day(found.get("endDate") or "")
        if first and (last or "date" in found):
            out.append((first, last - ONE_DAY if last else first))
    return tuple(dict.fromkeys(out))


def recognizers_cases(folder: Path, name: str) -> list[Case]:
    """Return the cases of one Recognizers spec, such as ``DateParser`` or ``NumberModel``."""
    out: list[Case] = []
    for case in _json(folder, f"ms_recognizers_{name}.json"):
        results = case["Results"]
        ignored = str(case.get("IgnoreResolution", "")).lower() == "true"
        extents = tuple(result["Text"] for result in results)
        values = [result.get("Value") or {} for result in results]
        first = values[0] if values and not ignored else {}
        past = first.get("PastResolution") or {}
        out.append(
            Case(
                f"recognizers {name}",
                len(out) + 1,
                case["Input"],
                _reference(case),
                extents,
                _resolutions(first),
                (past["time"],) if "time" in past else (),
                tuple(None if ignored else _number(r.get("Resolution") or {}) for r in results),
                float(past["duration"]) if "duration" in past else None,
            )
        )
    return out


def _number(resolution: dict[str, Any]) -> float | None:
    try:
        return float(str(resolution.get("value", "")).rstrip("%"))
    except ValueError:
        return None


def dateline_cases(folder: Path) -> list[Case]:
    """Return the datelines; the suite's own Gregorian day stands in the text, so nothing else is expected."""
    lines = (folder / "hijri_gregorian_datelines.txt").read_text(encoding="utf-8").splitlines()
    return [Case("datelines", i, line, date(2018, 1, 1)) for i, line in enumerate(lines, 1) if line.strip()]
