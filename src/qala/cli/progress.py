"""A progress bar on standard error while many articles are read; nothing without a terminal."""

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from qala.cli.output import say
from qala.model import Document
from qala.reading.paths import find_inputs

SHOWN_AFTER = 1.0  # seconds; what is done sooner needs no bar
BESIDE_TEXT = 300  # bytes; about what a line of JSON holds beside an article's text


class Count(NamedTuple):
    """How far a run is: articles read, statements found in them, inputs refused, bytes behind it."""

    articles: int = 0
    statements: int = 0
    refused: int = 0
    size: int = 0


class Progress:
    """What a run tells people while it goes on; without a terminal only its refusals."""

    def __init__(self, paths: Iterable[str], *, shown: bool) -> None:
        self._paths = paths
        self._begun = time.monotonic()
        self._bar: _Bar | None = None
        self._shown = shown

    def advance(self, count: Count) -> None:
        """Show the counts anew."""
        if not self._shown or time.monotonic() - self._begun < SHOWN_AFTER:
            return
        if self._bar is None:
            self._bar = _Bar(find_total(self._paths))
        self._bar.advance(count, time.monotonic() - self._begun)

    def say(self, line: str) -> None:
        """Write a line of its own, above the bar where there is one."""
        if self._bar:
            self._bar.say(line)
        else:
            say(line)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar:
            self._bar.close()
            self._bar = None


class _Bar:
    """The bar itself, from rich, which is loaded only where a bar is drawn."""

    def __init__(self, total: int | None) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            BarColumn(bar_width=28),
            TextColumn("{task.description}"),
            TimeRemainingColumn(compact=True),
        )
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._total = total
        self._task = self._progress.add_task("", total=total)
        self._progress.start()

    def advance(self, count: Count, seconds: float) -> None:
        refused = f" \u00b7 {count.refused:,} refused" if count.refused else ""
        description = (
            f"{count.articles:,} articles \u00b7 {count.statements:,} statements{refused}"
            f" \u00b7 {count.articles / seconds:,.0f}/s"
        )
        completed = count.size if self._total is None else min(count.size, self._total)
        self._progress.update(self._task, completed=completed, description=description)

    def say(self, line: str) -> None:
        self._progress.console.print(line, markup=False, highlight=False, soft_wrap=True)

    def close(self) -> None:
        self._progress.stop()


@contextmanager
def open_progress(paths: Iterable[str], *, to_terminal: bool) -> Iterator[Progress]:
    """Open the telling of a run; no bar where the results themselves go ``to_terminal``."""
    progress = Progress(paths, shown=sys.stderr.isatty() and not to_terminal)
    try:
        yield progress
    finally:
        progress.close()


def find_total(paths: Iterable[str]) -> int | None:
    """Return the bytes of all inputs together; ``None`` where standard input is one of them."""
    total = 0
    for found in find_inputs(paths):
        if isinstance(found, str):
            return None
        if isinstance(found, Path):
            try:
                total += found.stat().st_size
            except OSError:
                continue
    return total


def find_size(document: Document) -> int:
    """Return about how many bytes of its input a document took."""
    if document.origin.raw is not None:
        return len(document.origin.raw)
    return len(document.text.encode("utf-8", "surrogatepass")) + BESIDE_TEXT
