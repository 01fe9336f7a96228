"""Bars on standard error while a ledger is written or looked through; nothing without a terminal."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from qala.errors import LedgerError
from qala.reading.paths import estimate_text, find_inputs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from qala.adding.ingest import Summary
    from qala.ledger.ledger import Ledger

SHOWN_AFTER = 1.0  # seconds; what is done sooner needs no bar


class Plan(NamedTuple):
    """How much there is to read: bytes, about, and files; ``size`` is ``None`` with standard input among them."""

    size: int | None
    files: int


def plan_inputs(paths: Iterable[str]) -> Plan:
    """Return how much the files at ``paths`` are; looks at their sizes only."""
    size, files, endless = 0, 0, False
    for found in find_inputs(paths):
        endless = endless or isinstance(found, str)
        if isinstance(found, Path):
            files += 1
            try:
                size += estimate_text(found, found.stat().st_size)
            except OSError:
                continue
    return Plan(None if endless else size, files)


def measure(summary: Summary, plan: Plan) -> float:
    """Return how much is done, 0 to 1: by bytes or by files, whichever says more; what is known counts as done."""
    by_size = (summary.size + summary.size_known) / plan.size if plan.size else 0.0
    by_files = (summary.files + summary.files_known) / plan.files if plan.files else 0.0
    return min(max(by_size, by_files), 1.0)


def follow_rows(bar: Bar, ledger: Ledger) -> Callable[[str, int], None]:
    """Return what ``Ledger.verify`` tells how far it is; the rows are counted first, where anybody sees the bar."""
    total = 0
    if bar.shown:
        with suppress(LedgerError):  # of a damaged ledger, verifying says what is damaged
            held = ledger.stats()
            total = held.documents + held.captures + held.readings + held.all_statements
            total += held.refusals + held.judgements + held.runs
    most = 0

    def tell(table: str, rows: int) -> None:
        nonlocal most
        most = max(most, rows)
        done = min(most / total, 1.0) if total else None
        bar.tell(f"{most:,} rows \u00b7 {table} \u00b7 {most / bar.seconds:,.0f}/s", done)

    return tell


class Bar:
    """A bar with what is done, at which rate, and the remaining time; drawn once it is worth it."""

    def __init__(self, *, shown: bool) -> None:
        self._begun = time.monotonic()
        self.shown = shown
        self._drawn: Any = None
        self._task: Any = None

    @property
    def seconds(self) -> float:
        """Return the seconds since the beginning, never 0."""
        return max(time.monotonic() - self._begun, 0.001)

    @property
    def due(self) -> bool:
        """Return whether anybody would see something."""
        return self.shown and self.seconds >= SHOWN_AFTER

    def tell(self, words: str, done: float | None = None) -> None:
        """Show ``words`` and the part that is done, 0 to 1, where that is known."""
        if not self.due:
            return
        total = None if done is None else 1.0
        if self._drawn is None:
            self._draw(words, total)
        self._drawn.update(self._task, description=words, completed=done or 0.0, total=total)

    def _draw(self, words: str, total: float | None) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

        columns = (
            BarColumn(bar_width=28),
            TextColumn("{task.description}", markup=False),
            TimeElapsedColumn(),
            TextColumn("\u00b7"),
            TimeRemainingColumn(compact=True),
            TextColumn("left"),
        )
        self._drawn = Progress(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=120)
        self._task = self._drawn.add_task(words, total=total)
        self._drawn.start()

    def close(self) -> None:
        """Take the bar away."""
        if self._drawn is not None:
            self._drawn.stop()
            self._drawn = None


@contextmanager
def open_bar() -> Iterator[Bar]:
    """Open a bar on standard error, which shows nothing where that is no terminal."""
    bar = Bar(shown=sys.stderr.isatty())
    try:
        yield bar
    finally:
        bar.close()
