"""One ledger into another: shards that were read apart become one, blindly, for ids are hashes of content.

What both have is there once. Hashes are taken anew from the other ledger's rows, so that the log says what was
written here. Judgements that replace each other are told apart by ``replaces``; of those that do not, the ones that
were here decide before those that come.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from qala.errors import LedgerError
from qala.ledger.book import add_judgements, list_judgements
from qala.ledger.queries import select_in
from qala.ledger.rows import (
    Blob,
    PreparedDocument,
    PreparedReading,
    PreparedStatement,
    hash_document,
    hash_statement,
)
from qala.ledger.runs import Run
from qala.ledger.schema import TABLE, quote
from qala.ledger.search import tidy_after
from qala.ledger.verify import verify
from qala.ledger.writer import (
    Added,
    Batch,
    add_documents,
    add_readings,
    add_refusals,
    add_run,
    begin_batch,
    close_batch,
)
from qala.model import RefusedInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qala.ledger.ledger import Ledger
    from qala.ledger.port import Row, Store

_CHUNK = 100  # documents in one transaction
_REFUSALS = 1_000


class _Part(NamedTuple):
    """Some documents of the other ledger with all that hangs on them."""

    documents: list[PreparedDocument]  # one for each capture
    readings: dict[int, list[PreparedReading]]  # by the run's number in the other ledger


def merge(into: Ledger, other: Ledger, *, check: bool = True) -> Added:
    """Add everything of ``other`` to ``into``; return what was new.

    In batches, each one transaction: what is interrupted can be done again. Raises ``LedgerError`` where
    ``check`` finds that ``other`` is not as its own log says.
    """
    if check and not (report := verify(other.store, structure=False)).intact:
        found = report.findings[0]
        raise LedgerError(f"{other.store.place}: not intact ({found.table} {found.id}: {found.reason}); not merged")
    moment = datetime.now(UTC).isoformat()
    added = Added()
    with other.store.reading():
        runs = _read_runs(other.store)
        for part in _read_parts(other.store):
            with into.store.writing():
                batch = begin_batch(into.store)
                added += add_documents(batch, part.documents)
                for number, readings in part.readings.items():
                    here = add_run(batch, runs[number], moment)
                    added += add_readings(batch, runs[number], here, readings)
                close_batch(batch, moment)
        added += _merge_refusals(into, other.store, moment)
        judgements = list(list_judgements(other.store))
        if judgements:
            with into.store.writing():
                batch = begin_batch(into.store)
                add_judgements(batch, judgements)
                close_batch(batch, moment)
    tidy_after(into.store, added.statements)
    return added


def _merge_refusals(into: Ledger, other: Store, moment: str) -> Added:
    added = Added()
    rows = other.rows("SELECT place, reason, code, source FROM refusals ORDER BY number")
    while some := list(islice(rows, _REFUSALS)):
        items = [
            (RefusedInput(str(place), str(reason), str(code)), None if source is None else str(source))
            for place, reason, code, source in some
        ]
        with into.store.writing():
            batch: Batch = begin_batch(into.store)
            added += add_refusals(batch, items)
            close_batch(batch, moment)
    return added


def _read_runs(store: Store) -> dict[int, Run]:
    rows = store.rows("SELECT number, version, lexicon, models, started FROM runs")
    return {int(str(number)): Run(*(str(value) for value in values)) for number, *values in rows}


def _columns(table: str) -> str:
    return ", ".join(quote(name) for name in TABLE[table].names)


def _read_parts(store: Store) -> Iterator[_Part]:
    rows = store.rows(f"SELECT {_columns('documents')} FROM documents ORDER BY number")
    while some := list(islice(rows, _CHUNK)):
        documents = {int(str(row[0])): row for row in some}
        prepared = _prepare_documents(store, documents)
        firsts = {document.id: document for document in reversed(prepared)}
        yield _Part(prepared, _prepare_readings(store, documents, firsts))


def _prepare_documents(store: Store, documents: dict[int, Row]) -> list[PreparedDocument]:
    captures = list(select_in(store, f"SELECT {_columns('captures')} FROM captures WHERE document IN", documents))
    names = {str(row[-1]) for row in captures if row[-1] is not None} | {str(row[8]) for row in documents.values()}
    blobs = {
        str(name): Blob(str(name), int(str(size)), bytes(content))  # type: ignore[arg-type]
        for name, size, content in select_in(store, "SELECT sha256, size, content FROM blobs WHERE sha256 IN", names)
    }
    found = []
    for capture in sorted(captures, key=lambda row: int(str(row[0]))):
        row = documents[int(str(capture[2]))]
        kept = [blobs[name] for name in (str(row[8]), str(capture[-1])) if name in blobs]
        id_ = str(row[1])
        found.append(PreparedDocument(id_, row[1:], hash_document(row[1:]), str(capture[1]), capture[3:], tuple(kept)))
    return found


def _prepare_readings(
    store: Store, documents: dict[int, Row], firsts: dict[str, PreparedDocument]
) -> dict[int, list[PreparedReading]]:
    readings = list(
        select_in(store, "SELECT number, document, run, details FROM readings WHERE document IN", documents)
    )
    statements: dict[int, list[Row]] = defaultdict(list)
    carriers: dict[int, list[Row]] = defaultdict(list)
    query = f"SELECT {_columns('statements')} FROM statements WHERE reading IN"
    for row in select_in(store, query, [row[0] for row in readings]):
        statements[int(str(row[2]))].append(row)
    query = f"SELECT {_columns('carriers')} FROM carriers WHERE statement IN"
    for row in select_in(store, query, [row[0] for rows in statements.values() for row in rows]):
        carriers[int(str(row[0]))].append(row[1:])
    found: dict[int, list[PreparedReading]] = defaultdict(list)
    for number, document, run, details in sorted(readings, key=lambda row: int(str(row[0]))):
        row = documents[int(str(document))]
        own = sorted(statements[int(str(number))], key=lambda each: int(str(each[4])))
        prepared = _prepare_statements(own, carriers, str(row[5] or ""))
        found[int(str(run))].append(PreparedReading(firsts[str(row[1])], str(details), prepared))
    return found


def _prepare_statements(rows: list[Row], carriers: dict[int, list[Row]], title: str) -> tuple[PreparedStatement, ...]:
    positions = {row[0]: int(str(row[4])) for row in rows}
    names = TABLE["statements"].names
    content, source, speaker = (names.index(name) for name in ("content", "source", "speaker"))
    found = []
    for row in rows:
        own = tuple(sorted(carriers[int(str(row[0]))], key=lambda each: int(str(each[0]))))
        parent = None if row[5] is None else positions[row[5]]
        searched = "\n".join(dict.fromkeys(str(row[at]) for at in (source, speaker) if row[at]))
        id_ = str(row[1])
        found.append(
            PreparedStatement(
                id_,
                parent,
                row[6:],
                own,
                hash_statement(id_, positions[row[0]], parent, row[6:], own),
                (str(row[content]), searched, title),
            )
        )
    return tuple(found)
