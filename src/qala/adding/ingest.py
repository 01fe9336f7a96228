"""The adding loop: inputs are read, prepared by workers, and committed batch by batch in their order.

A batch is one transaction: documents, statements, refusals, log, and how far that brings each file. A run that is
stopped, killed or loses its power goes on where the last batch ended; what a batch had not committed is read
again, and nothing is added twice, for rows are found by their content's hash.
"""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from qala.adding.prepare import Job, Prepared, prepare_jobs, refuse_deadly, strip_map
from qala.adding.sources import Item, KnownFile, read_paths, weigh_input
from qala.adding.workers import Workers
from qala.errors import LedgerConnectionError, LedgerFullError
from qala.ledger.rows import PreparedDocument, PreparedReading
from qala.ledger.runs import Run, describe_run
from qala.ledger.search import tidy_after
from qala.ledger.writer import Added, Cursor
from qala.model import Document, RefusedInput
from qala.records import identify_document

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Generator, Iterable, Iterator

    from qala.ledger.ledger import Ledger

CHUNK_ITEMS, CHUNK_BYTES = 8, 4 << 20  # what one worker gets at once
BATCH_ROWS, BATCH_BYTES, BATCH_SECONDS = 2_000, 32 << 20, 5.0  # FULL is free from some 1,000 rows upwards
_TRIES = 6  # of a batch whose connection was lost


@dataclass(slots=True)
class Summary:
    """What a run of adding did so far; ``known`` are documents that the ledger had read already."""

    added: Added = field(default_factory=Added)
    inputs: int = 0
    known: int = 0
    files: int = 0
    files_known: int = 0
    size: int = 0  # bytes of what was read: raw bytes, or of the text
    size_known: int = 0  # about how many more needed no reading: of known files, and of known parts of others
    refused: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Batch:
    readings: list[PreparedReading] = field(default_factory=list)
    seen: list[PreparedDocument] = field(default_factory=list)
    refusals: list[tuple[RefusedInput, str | None]] = field(default_factory=list)
    cursors: dict[str, Cursor] = field(default_factory=dict)
    rows: int = 0
    size: int = 0
    begun: float = field(default_factory=monotonic)

    def take(self, item: Item, prepared: Prepared | None) -> None:
        """Put one prepared input into the batch."""
        if isinstance(prepared, PreparedReading):
            self.readings.append(prepared)
            self.rows += 3 + 2 * len(prepared.statements)
            self.size += _weigh(prepared.document) + sum(len(str(each.row[-1])) * 3 for each in prepared.statements)
        elif isinstance(prepared, PreparedDocument):
            self.seen.append(prepared)
            self.rows += 1
            self.size += _weigh(prepared)
        elif prepared is not None:
            self.refusals.append((prepared, item.source.path if item.source else None))
            self.rows += 1
        if item.source is not None:
            _, size, modified, key = item.source
            before = self.cursors.get(key)
            offset = item.item.origin.offset if isinstance(item.item, Document) else None
            offset = offset if offset is not None else (before.offset if before else item.resumed)
            self.cursors[key] = Cursor(key, size, modified, item.place, item.item is None, offset)
            self.rows += item.item is None

    def is_full(self) -> bool:
        """Return whether it is time to commit."""
        return self.rows >= BATCH_ROWS or self.size >= BATCH_BYTES or monotonic() - self.begun > BATCH_SECONDS


def add_paths(
    ledger: Ledger,
    paths: Iterable[str | os.PathLike[str]],
    *,
    jobs: int = 1,
    progress: Callable[[Summary], object] | None = None,
    again: bool = False,
    **options: Any,
) -> Summary:
    """Add files, folders and standard input (``-``); ``options`` are those of ``read_documents``.

    A file that this version has read to its end with the same options is passed over as long as its size and time of
    change are the same; one that it has read in part goes on behind what is in the ledger. With ``again`` every file
    is read from its beginning. The ledger's own files, inside a folder that is added, are no input.
    """
    run = describe_run()
    summary = Summary()
    items = _count_known(read_paths(ledger, run, paths, options, again=again), summary)
    return _add(ledger, run, items, summary, jobs, progress)


def _count_known(items: Iterable[Item | KnownFile], summary: Summary) -> Iterator[Item]:
    """Yield what is to be added, and count what the ledger has."""
    for item in items:
        if isinstance(item, KnownFile):
            summary.files_known += 1
            summary.size_known += item.size
        else:
            summary.size_known += item.known
            yield item


def add_documents(
    ledger: Ledger,
    inputs: Iterable[Document | RefusedInput],
    *,
    jobs: int = 1,
    progress: Callable[[Summary], object] | None = None,
) -> Summary:
    """Add documents at hand; with ``jobs`` above 1, worker processes read them.

    What the ledger has read already is not read again. ``progress`` is told the running summary after every
    commit. An interruption (Ctrl-C, ``SystemExit`` of a signal) leaves whole batches only. Raises
    ``LedgerBusyError``, ``LedgerFullError`` and ``LedgerError`` with all earlier batches kept.
    """
    return _add(ledger, describe_run(), (Item(item) for item in inputs), Summary(), jobs, progress)


def _add(
    ledger: Ledger,
    run: Run,
    items: Iterable[Item],
    summary: Summary,
    jobs: int,
    progress: Callable[[Summary], object] | None,
) -> Summary:
    batch = _Batch()
    with closing(_prepare(ledger, run, items, jobs)) as prepared_items:  # an interruption ends the workers at once
        for item, prepared in prepared_items:
            batch.take(item, prepared)
            _count(summary, item, prepared)
            if batch.is_full():
                _commit(ledger, run, batch, summary)
                batch = _Batch()
                if progress:
                    progress(summary)
    _commit(ledger, run, batch, summary)
    if progress:
        progress(summary)
    tidy_after(ledger.store, summary.added.statements)
    return summary


def _count(summary: Summary, item: Item, prepared: Prepared | None) -> None:
    if item.item is None:
        summary.files += 1
        return
    summary.inputs += 1
    if isinstance(prepared, RefusedInput):
        summary.refused[prepared.code] += 1
    if isinstance(prepared, PreparedDocument):
        summary.known += 1
    if isinstance(item.item, Document):
        summary.size += weigh_input(item.item)


def _commit(ledger: Ledger, run: Run, batch: _Batch, summary: Summary) -> None:
    """Write a batch; where the connection is lost, again: adding twice adds once."""
    for tried in range(_TRIES):
        try:
            summary.added += ledger.append(
                batch.readings,
                run=run,
                seen=batch.seen,
                refusals=batch.refusals,
                cursors=batch.cursors.values(),
            )
            return
        except LedgerFullError as error:
            raise LedgerFullError(f"{error}; this batch needs some {batch.size + 1_000_000:,} bytes") from error
        except LedgerConnectionError:
            if tried == _TRIES - 1:
                raise
            sleep(min(0.1 * 2**tried, 2.0))


def _weigh(document: PreparedDocument) -> int:
    return sum(len(blob.content) for blob in document.blobs) + 2 * len(str(document.row[6]))


def _prepare(
    ledger: Ledger, run: Run, items: Iterable[Item], jobs: int
) -> Generator[tuple[Item, Prepared | None], None, None]:
    """Yield each item with its rows, in order; ``jobs`` processes prepare them where that is more than one."""
    chunks: list[list[Item]] = []  # those that are under way, in order

    def list_jobs() -> Iterator[list[Job]]:
        for chunk in _cut(items):
            chunks.append(chunk)
            yield _plan(ledger, run, chunk)

    if jobs <= 1:
        for planned in list_jobs():
            yield from _pair(chunks.pop(0), prepare_jobs(planned))
        return
    with Workers(jobs, prepare_jobs, refuse_deadly) as workers:
        for results in workers.map(list_jobs()):
            yield from _pair(chunks.pop(0), results)


def _pair(chunk: list[Item], results: list[Prepared]) -> Generator[tuple[Item, Prepared | None], None, None]:
    rest = iter(results)
    for item in chunk:
        yield item, None if item.item is None else next(rest)


def _plan(ledger: Ledger, run: Run, chunk: list[Item]) -> list[Job]:
    """Return what is to be done for a chunk: documents that the ledger has read are not read again."""
    inputs = [item.item for item in chunk if item.item is not None]
    ids = [identify_document(each) if isinstance(each, Document) else "" for each in inputs]
    read = ledger.find_read((id_ for id_ in ids if id_), run)
    return [
        Job(strip_map(each) if isinstance(each, Document) else each, id_ not in read)
        for each, id_ in zip(inputs, ids, strict=True)
    ]


def _cut(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Cut the stream into chunks of a few items and bounded size."""
    chunk: list[Item] = []
    size = 0
    for item in items:
        chunk.append(item)
        if isinstance(item.item, Document):
            size += len(item.item.text) * 2 + len(item.item.origin.raw or b"")
        if len(chunk) >= CHUNK_ITEMS or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
