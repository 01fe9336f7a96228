"""Figures as lines for a terminal: each with the last landed one, the change and its floor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eval.floors import is_count
from eval.gold_scorer import COUNTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eval.floors import Floors
    from eval.gold_scorer import Figures

_PARTS = ("p", "r", "f1")
_NEW = " " * 15


def _cell(name: str, figures: Figures, floors: Floors) -> str:
    value, landed = figures.get(name), floors.landed.get(name)
    if value is None:
        return ""
    if is_count(name):
        return f"{value:5.0f}" + (f" ({landed:.0f})" if landed is not None else "")
    if landed is None:
        return f"{value:.3f}{_NEW}"
    change = f"{value - landed:+.3f}" if abs(value - landed) >= 0.0005 else "="
    return f"{value:.3f} ({landed:.3f} {change:>6})"


def figure_lines(name: str, figures: Figures, floors: Floors) -> Iterator[str]:
    """Yield the lines of one set: a figure now, in brackets what landed last and the change; the floor."""
    counts = [f"{figures[f'{name}.{key}']:.0f} {key}" for key in COUNTS if f"{name}.{key}" in figures]
    yield f"{name}: {', '.join(counts)}"
    yield f"  {'':18}{'precision':24}{'recall':24}{'F1 or share':24}floor"
    keys = dict.fromkeys(
        figure.removeprefix(f"{name}.").split(".")[0] for figure in figures if figure.startswith(f"{name}.")
    )
    for key in keys:
        if key in COUNTS:
            continue
        names = [f"{name}.{key}.{part}" for part in _PARTS]
        if f"{name}.{key}" in figures:
            names = ["", "", f"{name}.{key}"]
        elif names[-1] not in figures:
            continue
        cells = "".join(f"{_cell(figure, figures, floors):24}" for figure in names)
        guarded = [floors.floors[figure] for figure in reversed(names) if figure in floors.floors]
        yield f"  {key:18}{cells}{_floors(guarded)}".rstrip()


def _floors(values: list[float]) -> str:
    return ", ".join(f"{value:g}" for value in values)
