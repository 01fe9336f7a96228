"""Floors under the main figures, and the figures that landed last: ``eval/floors.json``.

::

    {"floors": {"dev.attribution.f1": 0.80, …}, "landed": {every figure},
     "lowered": [{"name", "from", "to", "reason"}, …]}

A floor is only ever raised, unless a reason is recorded in ``lowered``; git's history shows whether that was
kept.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eval.gold_scorer import COUNTS, Figures

FILE = Path(__file__).with_name("floors.json")
SLACK, FEW_SLACK = 0.01, 0.03
"""How far under the landed share a floor is set: what two or three cases make; some rest on few cases."""
_FEW = ("when_date", "act_macro_f1", "channel", "when", "events")
_F1 = ("attribution", "content", "source", "channel", "when")
_SHARES = ("speaker", "act", "act_macro_f1", "type", "hedged", "parent", "when_date")
GUARDED = frozenset(
    [f"dev.{key}.f1" for key in _F1]
    + [f"dev.{key}" for key in _SHARES]
    + ["dev.content.p", "dev.attribution_exact.f1", "dev.content_exact.f1"]
    + [f"{name}.{key}.f1" for name in ("events", "own") for key in ("attribution", "content")]
    + [f"{name}.{key}" for name in ("seed", "seed.nodate") for key in ("found", "speakers")]
)
"""The figures that have a floor; those of the seed are counts and have no slack."""


class RefusedError(ValueError):
    """A change of floors that is not allowed; the message says why."""


@dataclass(frozen=True, slots=True)
class Floors:
    """The file's content; ``lowered`` only grows."""

    floors: Figures = field(default_factory=dict)
    landed: Figures = field(default_factory=dict)
    lowered: tuple[dict[str, Any], ...] = ()


def parse_floors(text: str) -> Floors:
    """Return the floors written in ``text``."""
    found = json.loads(text)
    return Floors(found["floors"], found["landed"], tuple(found["lowered"]))


def load_floors(path: Path = FILE) -> Floors:
    """Return the floors in force; none where the file does not exist yet."""
    return parse_floors(path.read_text(encoding="utf-8")) if path.is_file() else Floors()


def write_floors(floors: Floors, path: Path = FILE) -> None:
    """Write ``floors``, names sorted, a figure a line."""
    content = {
        "floors": dict(sorted(floors.floors.items())),
        "landed": dict(sorted(floors.landed.items())),
        "lowered": list(floors.lowered),
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def broken_floors(floors: Floors, figures: Figures) -> list[str]:
    """Return a line for each figure that is under its floor or was not measured at all."""
    out = []
    for name, floor in sorted(floors.floors.items()):
        value = figures.get(name)
        if value is None:
            out.append(f"{name} was not measured; its floor is {floor}")
        elif value < floor:
            out.append(f"{name} is {value}, under its floor {floor}")
    return out


def _slack(name: str) -> float:
    if name.startswith("seed"):
        return 0.0
    return FEW_SLACK if set(_FEW) & set(name.split(".")) else SLACK


def raise_floors(floors: Floors, figures: Figures) -> Floors:
    """Return ``floors`` with these figures landed and every floor raised to them; none is lowered.

    The figures of unseen outlets, which take long, stay as they landed until they are measured again.
    Raises :class:`RefusedError` where a figure is under its floor.
    """
    if broken := broken_floors(floors, figures):
        raise RefusedError("; ".join(broken) + ". Lower a floor with --lower NAME VALUE --reason first")
    raised = dict(floors.floors)
    for name in GUARDED & figures.keys():
        raised[name] = max(raised.get(name, 0.0), round(figures[name] - _slack(name), 4))
    unseen = {name: value for name, value in floors.landed.items() if "unseen" in name.split(".")}
    return Floors(raised, unseen | figures, floors.lowered)


def lower_floor(floors: Floors, name: str, value: float, reason: str) -> Floors:
    """Return ``floors`` with one lowered and the reason kept; :class:`RefusedError` where there is none."""
    if name not in floors.floors:
        raise RefusedError(f"{name} has no floor; there are {', '.join(sorted(floors.floors)) or 'none'}")
    before = floors.floors[name]
    if value >= before:
        raise RefusedError(f"{value} is not under {name}'s floor {before}; floors are raised by --floors")
    if len(reason.split()) < 3:
        raise RefusedError('say in a few words why: --reason "…"')
    note = {"name": name, "from": before, "to": value, "reason": reason.strip()}
    return Floors({**floors.floors, name: value}, floors.landed, (*floors.lowered, note))


def unexplained(before: Floors, now: Floors) -> list[str]:
    """Return a line for each floor of ``before`` that is lower in ``now``, or gone, without a new reason."""
    kept = now.lowered[: len(before.lowered)]
    out = [] if kept == before.lowered else ["reasons for lowered floors were changed or removed"]
    reasons = {
        (note.get("name"), note.get("to"))
        for note in now.lowered[len(before.lowered) :]
        if str(note.get("reason") or "").strip()
    }
    for name, floor in sorted(before.floors.items()):
        value = now.floors.get(name)
        if (value is None or value < floor) and (name, value) not in reasons:
            out.append(f"{name}: floor lowered from {floor} to {value} without a reason")
    return out


def _git(root: Path, *arguments: str) -> str | None:
    try:
        ran = subprocess.run(["git", *arguments], cwd=root, capture_output=True, encoding="utf-8", check=False)
    except OSError:
        return None
    return ran.stdout if ran.returncode == 0 else None


def faults_against_head(path: Path = FILE) -> list[str]:
    """Return what the working file lowers against the last commit; nothing where there is no commit."""
    committed = _git(path.parent, "show", f"HEAD:./{path.name}")
    return unexplained(parse_floors(committed), load_floors(path)) if committed else []


def faults_in_history(path: Path = FILE) -> list[str]:
    """Return what any commit that git still has, or the working file, lowers without a reason."""
    listed = _git(path.parent, "log", "--reverse", "--first-parent", "--format=%H", "--", f"./{path.name}")
    texts = [_git(path.parent, "show", f"{commit}:./{path.name}") for commit in (listed or "").split()]
    versions = [parse_floors(text) for text in texts if text]
    if path.is_file():
        versions.append(load_floors(path))
    return [fault for i in range(1, len(versions)) for fault in unexplained(versions[i - 1], versions[i])]


def is_count(name: str) -> bool:
    """Whether a figure counts and is no share."""
    return name.rsplit(".", 1)[-1] in (*COUNTS, "found", "speakers")
