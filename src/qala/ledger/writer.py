"""Adding to a ledger: rows, log and cursor of a batch, in one transaction.

Everything here runs inside ``Store.writing``, alone: numbers are continued from the highest, what is there
already is found by its id and passed over, and the chain goes on behind its last hash.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from qala.ledger.log import Chain
from qala.ledger.rows import hash_capture, hash_row, index_of, tame
from qala.ledger.runs import Run, order_run
from qala.ledger.schema import TABLE
from qala.model import RefusedInput
from qala.records import hash_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qala.ledger.port import IndexedText, Row, Store, Value
    from qala.ledger.rows import PreparedDocument, PreparedReading

_CHUNK = 500  # values in one IN (...): well below every engine's limit
_PARENT = TABLE["statements"].names.index("parent")
_INSERT_ORDER = (
    "blobs",
    "runs",
    "documents",
    "captures",
    "readings",
    "statements",
    "carriers",
    "refusals",
    "judgements",
    "judgement_subjects",
    "log",
)


class Cursor(NamedTuple):
    """How far one file is read: ``items`` of it (documents and refusals) are in the ledger.

    ``offset`` is ``Origin.offset`` of the last document, ``None`` where its records have none.
    """

    path: str
    size: int
    modified: int  # nanoseconds since 1970
    items: int
    complete: bool
    offset: int | None = None


class Added(NamedTuple):
    """What a batch brought that was not there before."""

    documents: int = 0
    readings: int = 0
    statements: int = 0
    captures: int = 0
    refusals: int = 0

    def __add__(self, other: Added) -> Added:  # type: ignore[override]
        """Return the sums, field by field."""
        return Added(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


@dataclass(slots=True)
class Batch:
    """The rows of one transaction while they are put together."""

    store: Store
    chain: Chain
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in _INSERT_ORDER})
    texts: list[IndexedText] = field(default_factory=list)
    _tops: dict[str, int] = field(default_factory=dict)
    _ids: dict[tuple[str, str], int] = field(default_factory=dict)

    def number(self, table: str, count: int = 1) -> int:
        """Return the first of ``count`` new numbers of ``table``."""
        if table not in self._tops:
            self._tops[table] = _top(self.store, table)
        first = self._tops[table] + 1
        self._tops[table] += count
        return first

    def know(self, table: str, ids: Iterable[str]) -> None:
        """Look up which of ``ids`` the table has; :meth:`find` answers from that."""
        for id_, number in find_numbers(self.store, table, ids):
            self._ids[table, id_] = number

    def find(self, table: str, id_: str) -> int | None:
        """Return the number of a row that is in the ledger or in this batch."""
        return self._ids.get((table, id_))

    def keep(self, table: str, id_: str, number: int) -> None:
        """Remember a row that this batch adds."""
        self._ids[table, id_] = number

    def write(self) -> None:
        """Insert everything, in the order of the foreign keys."""
        self.rows["log"] = self.chain.rows
        self.rows["statements"] = put_parents_first(self.rows["statements"])
        for name in _INSERT_ORDER:
            self.store.insert(name, self.rows[name])
        self.store.index_text(self.texts)


def put_parents_first(rows: list[Row]) -> list[Row]:
    """Return rows of ``statements``, each behind the row of its parent, otherwise in their order.

    While a row waits for its parent, SQLite looks through the whole table, with every row that comes, for others
    that wait for it: half a second each at a million statements.
    """
    if all(row[_PARENT] is None or int(str(row[_PARENT])) <= int(str(row[0])) for row in rows):
        return rows
    later = {row[0] for row in rows}
    waiting: dict[Value, list[Row]] = {}
    ordered: list[Row] = []
    for row in rows:
        if row[_PARENT] in later and row[_PARENT] != row[0]:
            waiting.setdefault(row[_PARENT], []).append(row)
            continue
        ready = [row]
        while ready:
            written = ready.pop()
            ordered.append(written)
            later.discard(written[0])
            ready += reversed(waiting.pop(written[0], []))
    return ordered + [row for rows in waiting.values() for row in rows]


def _top(store: Store, table: str) -> int:
    found = next(store.rows(f"SELECT max(number) FROM {table}"))[0]
    return int(str(found)) if found is not None else 0


def find_numbers(store: Store, table: str, ids: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield id and number of the rows of ``table`` that are there."""
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), _CHUNK):
        some = wanted[start : start + _CHUNK]
        query = f"SELECT id, number FROM {table} WHERE id IN ({', '.join('?' * len(some))})"
        for id_, number in store.rows(query, some):
            yield str(id_), int(str(number))


def begin_batch(store: Store) -> Batch:
    """Return an empty batch behind the ledger's last entry; inside ``Store.writing``."""
    return Batch(store, Chain(store))


def add_run(batch: Batch, run: Run, moment: str) -> int:
    """Return the run's number; it is added where the ledger has not seen it, as of ``moment``."""
    batch.know("runs", [run.id])
    found = batch.find("runs", run.id)
    if found is not None:
        return found
    number = batch.number("runs")
    sequence = order_run(run, number - 1)
    row = (number, run.id, run.version, run.lexicon, run.models, run.started or moment, sequence)
    batch.rows["runs"].append(row)
    batch.keep("runs", run.id, number)
    batch.chain.add("run", run.id, number, hash_row(row[1:]))
    return number


def add_readings(batch: Batch, run: Run, run_number: int, readings: Sequence[PreparedReading]) -> Added:
    """Add readings of one run with their documents; what is there already is passed over."""
    added = add_documents(batch, [reading.document for reading in readings])
    numbers = [batch.find("documents", reading.document.id) or 0 for reading in readings]
    read = _find_read(batch.store, run_number, numbers)
    new = statements = 0
    for number, reading in zip(numbers, readings, strict=True):
        if number not in read:
            read.add(number)
            new += 1
            statements += len(reading.statements)
            _add_reading(batch, run, run_number, number, reading)
    return added + Added(readings=new, statements=statements)


def _find_read(store: Store, run_number: int, numbers: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for start in range(0, len(numbers), _CHUNK):
        some = numbers[start : start + _CHUNK]
        query = f"SELECT document FROM readings WHERE run = ? AND document IN ({', '.join('?' * len(some))})"
        found.update(int(str(row[0])) for row in store.rows(query, (run_number, *some)))
    return found


def add_documents(batch: Batch, documents: Sequence[PreparedDocument]) -> Added:
    """Add documents, where they were met, and their bytes."""
    batch.know("documents", (document.id for document in documents))
    batch.know("captures", (document.capture_id for document in documents))
    _add_blobs(batch, documents)
    new = captures = 0
    for document in documents:
        number = batch.find("documents", document.id)
        if number is None:
            new += 1
            number = batch.number("documents")
            batch.rows["documents"].append((number, *document.row))
            batch.keep("documents", document.id, number)
            batch.chain.add("document", document.id, number, document.content)
        if batch.find("captures", document.capture_id) is None:
            captures += 1
            _add_capture(batch, document, number)
    return Added(documents=new, captures=captures)


def _add_capture(batch: Batch, document: PreparedDocument, number: int) -> None:
    own = batch.number("captures")
    batch.rows["captures"].append((own, document.capture_id, number, *document.capture))
    batch.keep("captures", document.capture_id, own)
    batch.chain.add("capture", document.capture_id, own, hash_capture(document.id, document.capture))


def _add_blobs(batch: Batch, documents: Sequence[PreparedDocument]) -> None:
    every = {blob.sha256: blob for document in documents for blob in document.blobs}
    blobs = {name: blob for name, blob in every.items() if batch.find("blobs", name) is None}
    names = list(blobs)
    for start in range(0, len(names), _CHUNK):
        some = names[start : start + _CHUNK]
        query = f"SELECT sha256 FROM blobs WHERE sha256 IN ({', '.join('?' * len(some))})"
        for (name,) in batch.store.rows(query, some):
            blobs.pop(str(name), None)
    for name in blobs:
        batch.keep("blobs", name, 0)
    batch.rows["blobs"] += [(blob.sha256, blob.size, blob.content) for blob in blobs.values()]


def _add_reading(batch: Batch, run: Run, run_number: int, document: int, reading: PreparedReading) -> None:
    own = batch.number("readings")
    count = len(reading.statements)
    first = batch.number("statements", count)
    batch.rows["readings"].append((own, document, run_number, count, reading.details))
    for place, statement in enumerate(reading.statements):
        number = first + place
        parent = None if statement.parent is None else first + statement.parent - 1
        batch.rows["statements"].append((number, statement.id, own, document, place + 1, parent, *statement.row))
        batch.rows["carriers"] += [(number, *carrier) for carrier in statement.carriers]
        batch.texts.append(index_of(number, statement))
    hashes = [statement.content for statement in reading.statements]
    content = hash_reading(reading.document.id, run.id, reading.details, hashes)
    batch.chain.add(
        "reading", reading.document.id, own, content, run=run.id, first=first if count else 0, statements=hashes
    )


def hash_reading(document_id: str, run_id: str, details: str, statements: Sequence[str]) -> str:
    """Return the content hash of a reading: document, run, layout, and its statements' hashes in order."""
    return hash_row([document_id, run_id, details, list(statements)])


def add_refusals(batch: Batch, refusals: Sequence[tuple[RefusedInput, str | None]]) -> Added:
    """Add refused inputs, each with the file that it came from, where that is known."""
    tamed = [(RefusedInput(*(tame(text) or "" for text in item)), tame(source)) for item, source in refusals]
    rows = {identify_refusal(item, source): (*item, source) for item, source in tamed}
    batch.know("refusals", rows)
    new = 0
    for id_, row in rows.items():
        if batch.find("refusals", id_) is None:
            number = batch.number("refusals")
            values: tuple[Value, ...] = (id_, *row)
            batch.rows["refusals"].append((number, *values))
            batch.chain.add("refusal", id_, number, hash_row(values))
            new += 1
    return Added(refusals=new)


def identify_refusal(item: RefusedInput, source: str | None) -> str:
    """Return the content hash of a refusal."""
    return hash_values(*item, source)


def close_batch(batch: Batch, moment: str) -> None:
    """Write everything, with an entry that says when; a batch that brought nothing writes nothing."""
    if batch.chain.rows:
        first, last = batch.chain.rows[0][0], batch.chain.rows[-1][0]
        batch.chain.add("batch", "", 0, hash_row([first, last]), first=first, last=last, added=moment)
    batch.write()


def move_cursors(store: Store, run_number: int, cursors: Iterable[Cursor]) -> None:
    """Keep how far files were read, in the transaction that adds what was read of them."""
    for cursor in cursors:
        state = (cursor.size, cursor.modified, cursor.items, cursor.offset, int(cursor.complete))
        found = next(
            store.rows("SELECT number FROM sources WHERE path = ? AND run = ?", (cursor.path, run_number)), None
        )
        if found is None:
            number = _top(store, "sources") + 1
            store.insert("sources", [(number, cursor.path, run_number, *state)])
        else:
            store.change(
                "UPDATE sources SET size = ?, modified = ?, items = ?, last_offset = ?, complete = ? WHERE number = ?",
                (*state, found[0]),
            )


def read_cursor(store: Store, path: str, run_id: str) -> Cursor | None:
    """Return how far a run has read a file."""
    query = (
        "SELECT path, size, modified, items, complete, last_offset FROM sources "
        "JOIN runs ON runs.number = sources.run WHERE path = ? AND runs.id = ?"
    )
    for found, size, modified, items, complete, last in store.rows(query, (path, run_id)):
        offset = None if last is None else int(str(last))
        return Cursor(str(found), int(str(size)), int(str(modified)), int(str(items)), bool(complete), offset)
    return None


def find_read(store: Store, document_ids: Iterable[str], run_id: str) -> set[str]:
    """Return which of the documents a run has read."""
    wanted = list(dict.fromkeys(document_ids))
    found: set[str] = set()
    for start in range(0, len(wanted), _CHUNK):
        some = wanted[start : start + _CHUNK]
        query = (
            "SELECT documents.id FROM readings JOIN runs ON runs.number = readings.run "
            "JOIN documents ON documents.number = readings.document "
            f"WHERE runs.id = ? AND documents.id IN ({', '.join('?' * len(some))})"
        )
        found.update(str(row[0]) for row in store.rows(query, (run_id, *some)))
    return found
