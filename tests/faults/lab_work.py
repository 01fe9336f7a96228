"""The work that the laboratory disturbs: articles of its own are added, judged, closed and added to again.

Articles are read by the real pipeline and written by the real store. The clock stands still, so that the head of the
log after every batch is the same in every run: a ledger whose head is in that list holds whole batches, in order,
nothing twice; ``verify`` then ties every row to the log.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from qala.adding import ingest
from qala.adding.ingest import Summary, add_paths
from qala.ledger.codec import encode_statement
from qala.ledger.ledger import Ledger
from qala.ledger.migrations import migrate
from qala.ledger.search_sqlite import tidy
from qala.ledger.sqlite import open_sqlite

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
NAMES = ("كمال", "سلمى", "نادر", "هدى", "سامي", "ريم", "فادي", "لينا")
TOWNS = ("الساحل", "الجبل", "الوادي", "السهل", "المرفأ")

Connect = Callable[[str], Any]
Acknowledge = Callable[[Ledger], object]


def text_of(number: int) -> str:
    """Return an article of two or three statements, no two of them alike."""
    name, town = NAMES[number % len(NAMES)], TOWNS[number % len(TOWNS)]
    return (
        f"قال الوزير {name} الراوي إن المصنع رقم {number} في {town} أغلق أبوابه، فيما نفى المدير أن العمال سرحوا.\n"
        f"وأضاف أن اللجنة رقم {number * 7} ستجتمع في {town} قريبا."
    )


def write_lines(path: Path, first: int, count: int, *, refused: bool = False) -> Path:
    """Write ``count`` articles, every sixth of them the one before it once more, and one line that is none."""
    lines = []
    for place in range(count):
        number = first + place - (place % 6 == 5)
        lines.append(json.dumps({"id": f"a{number}", "text": text_of(number)}, ensure_ascii=False))
    if refused:
        lines.insert(count // 2, "{broken")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


class Sources(NamedTuple):
    """The two files that are added, one before and one after the ledger is closed."""

    first: Path
    second: Path


def write_sources(folder: Path, first: int, second: int) -> Sources:
    """Write both files."""
    return Sources(
        write_lines(folder / "first.jsonl", 0, first, refused=True), write_lines(folder / "second.jsonl", 1_000, second)
    )


def open_ledger(path: Path, connect: Connect | None = None, pragmas: tuple[str, ...] = ()) -> Ledger:
    """Open a ledger whose clock stands still."""
    store = open_sqlite(path, connect=connect, busy_seconds=0.5)
    try:
        for pragma in pragmas:
            store.change(f"PRAGMA {pragma}")
        migrate(store)
    except BaseException:
        store.close()
        raise
    return Ledger(store, clock=lambda: NOON)


def work(
    path: Path,
    sources: Sources,
    connect: Connect | None = None,
    pragmas: tuple[str, ...] = (),
    acknowledge: Acknowledge = lambda _: None,
) -> None:
    """Do all of the work that is not done yet; ``acknowledge`` is called when a call of the ledger has returned."""
    with open_ledger(path, connect, pragmas) as ledger:
        acknowledge(ledger)
        add_all(ledger, sources[:1], acknowledge)
        if not ledger.judgements():
            ledger.judge("reject", next(ledger.records()).id, author="a", reason="a caption")
            acknowledge(ledger)
        tidy(ledger.store)
    with open_ledger(path, connect, pragmas) as ledger:
        add_all(ledger, sources[1:], acknowledge)


def add_all(ledger: Ledger, paths: Iterable[Path], acknowledge: Acknowledge) -> None:
    """Add files; ``acknowledge`` is called after every batch."""

    def tell(_: Summary) -> None:
        acknowledge(ledger)

    add_paths(ledger, paths, progress=tell)


def describe(ledger: Ledger) -> tuple[object, ...]:
    """Return all that must be equal after any disturbance: sorted records, everything's hash, counts, what is found."""
    records = [
        (record.id, record.document_id, record.parent, encode_statement(record.statement))
        for record in ledger.records(rejected=True)
    ]
    assert len({record[0] for record in records}) == len(records)
    indexed = next(ledger.store.rows("SELECT count(*) FROM search_keys"))[0]
    assert indexed == len(records)
    return records, ledger.set_root(), len(ledger.judgements()), [item.code for item in ledger.refusals()]


def small_batches(rows: int = 12) -> Callable[[], None]:
    """Make batches of few rows; return what undoes it."""
    before = ingest.BATCH_ROWS, ingest.CHUNK_ITEMS
    ingest.BATCH_ROWS, ingest.CHUNK_ITEMS = rows, 2

    def undo() -> None:
        ingest.BATCH_ROWS, ingest.CHUNK_ITEMS = before

    return undo
