"""Rows back to nouns: documents with their origin, statements as records, in chunks of bounded size."""

from __future__ import annotations

import json
import zlib
from contextlib import contextmanager
from datetime import date, datetime
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from qala.errors import LedgerError
from qala.ledger.codec import decode_statement
from qala.ledger.rows import SHOWN_NUL
from qala.ledger.schema import TABLE, quote
from qala.model import Document, Origin
from qala.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qala.ledger.port import Row, Store, Value

CHUNK = 200  # documents that are held at once

DOCUMENT_COLUMNS = ", ".join(f"documents.{quote(name)}" for name in TABLE["documents"].names)
"""What :func:`make_read` takes of a document's row; behind them it takes a reading's number and a run's id."""

_CAPTURE = ", ".join(quote(name) for name in TABLE["captures"].names)


class Read(NamedTuple):
    """One document with the number of one reading of it (0 where none is asked for) and that reading's run."""

    number: int
    id: str
    document: Document
    reading: int
    run: str | None


def select_in(store: Store, query: str, values: Iterable[Value], size: int = 500) -> Iterator[Row]:
    """Yield the rows of ``query``, which ends in ``IN``, for all ``values``, some at a time."""
    rest = iter(values)
    while some := tuple(islice(rest, size)):
        yield from store.rows(f"{query} ({', '.join('?' * len(some))})", some)


def find_document_ids(store: Store, beginning: str) -> list[str]:
    """Return up to two ids of documents that begin with ``beginning``, or whose given id it is."""
    found = store.rows(
        "SELECT id FROM documents WHERE id >= ? AND id < ? ORDER BY id LIMIT 2", (beginning, beginning + "g")
    )
    ids = [str(row[0]) for row in found]
    if len(ids) != 1:
        given = store.rows("SELECT id FROM documents WHERE given_id = ? ORDER BY id LIMIT 2", (beginning,))
        ids = [str(row[0]) for row in given] or ids
    return ids


def read_current(store: Store, document_id: str | None = None) -> Iterator[list[Read]]:
    """Yield the documents that were read with their current readings, by id, some at a time."""
    yield from _read_chunks(
        store,
        f"SELECT {DOCUMENT_COLUMNS}, current_readings.number, runs.id FROM documents "
        "JOIN current_readings ON current_readings.document = documents.number "
        "JOIN runs ON runs.number = current_readings.run",
        document_id,
    )


def read_history(store: Store, document_id: str) -> Iterator[list[Read]]:
    """Yield one document once for each run that read it, the oldest first."""
    query = (
        f"SELECT {DOCUMENT_COLUMNS}, readings.number, runs.id FROM documents "
        "JOIN readings ON readings.document = documents.number JOIN runs ON runs.number = readings.run "
        "WHERE documents.id = ? ORDER BY runs.sequence"
    )
    yield _make_reads(store, list(store.rows(query, (document_id,))))


def read_all(store: Store, document_id: str | None = None) -> Iterator[list[Read]]:
    """Yield the documents, read or not, by id, some at a time."""
    yield from _read_chunks(store, f"SELECT {DOCUMENT_COLUMNS}, 0, NULL FROM documents", document_id)


def _read_chunks(store: Store, query: str, document_id: str | None) -> Iterator[list[Read]]:
    """Yield chunks by id, each read whole before it is handed out: no snapshot is held while others work on it.

    Rows never change, so that what a chunk says of its readings stays so.
    """
    if document_id is not None:
        rows = list(store.rows(f"{query} WHERE documents.id = ?", (document_id,)))
        if rows:
            yield _make_reads(store, rows)
        return
    last = ""
    while rows := list(store.rows(f"{query} WHERE documents.id > ? ORDER BY documents.id LIMIT {CHUNK}", (last,))):
        last = str(rows[-1][1])
        yield _make_reads(store, rows)


def _make_reads(store: Store, rows: Sequence[Row]) -> list[Read]:
    captures = find_captures(store, [row[0] for row in rows])
    return [make_read(store, row, captures) for row in rows]


def find_captures(store: Store, numbers: Sequence[Value]) -> dict[int, Origin]:
    """Return for each document the first of its captures, in an order that does not hang on when they came."""
    found: dict[int, tuple[tuple[str, ...], Row]] = {}
    for row in select_in(store, f"SELECT {_CAPTURE} FROM captures WHERE document IN", numbers):
        place = _place_of(row)
        document = int(str(row[2]))
        if document not in found or place < found[document][0]:
            found[document] = (place, row)
    return {document: make_origin(row) for document, (_, row) in found.items()}


def _place_of(row: Row) -> tuple[str, str, str, str]:
    return (str(row[3] or ""), str(row[4] or ""), str(row[5] or 0).rjust(20, "0"), str(row[1]))


@contextmanager
def unspoiled(what: str) -> Iterator[None]:
    """Turn a value that cannot be parsed into an error that says which row is damaged."""
    try:
        yield
    except (ValueError, TypeError) as error:
        raise LedgerError(f"{what} is damaged ({error}); `qala verify` names what is left") from None


def make_origin(row: Row) -> Origin:
    """Return where a document was met, from a row of ``captures``; the bytes themselves are left out."""
    path, container, offset, media_type, method, encoding, flags, digest, retrieved, author, _ = row[3:]
    with unspoiled(f"capture {row[1]!s}"):
        return Origin(
            path=_text(path),
            encoding=_text(encoding),
            flags=tuple(json.loads(str(flags))),
            media_type=_text(media_type),
            method=_text(method),
            container=_text(container),
            offset=None if offset is None else int(str(offset)),
            digest=_text(digest),
            retrieved=None if retrieved is None else datetime.fromisoformat(str(retrieved)),
            author=_text(author),
        )


def make_read(store: Store, row: Row, captures: dict[int, Origin]) -> Read:
    """Return one document from its row (``DOCUMENT_COLUMNS``, reading, run); ``captures`` as :func:`find_captures`.

    Raises ``LedgerError`` where the row is damaged.
    """
    number, id_, given, outlet, url, title, published, text, text_sha256, _, reading, run = row
    place = int(str(number))
    with unspoiled(f"document {id_!s}"):
        moment = parse_moment(_text(published))
    origin = captures.get(place) or Origin()
    document = Document(
        id=str(given),
        text=exact_text(store, str(text), str(text_sha256)),
        published=moment,
        outlet=_text(outlet),
        url=_text(url),
        title=_text(title),
        origin=origin,
    )
    return Read(place, str(id_), document, int(str(reading)), _text(run))


def parse_moment(written: str | None) -> date | None:
    """Return the day or moment that a row keeps."""
    if written is None:
        return None
    return date.fromisoformat(written) if len(written) == 10 else datetime.fromisoformat(written)


def exact_text(store: Store, shown: str, text_sha256: str) -> str:
    """Return a document's text; where its column shows U+0000 by a picture, the exact one stands in ``blobs``."""
    if SHOWN_NUL not in shown or sha256(shown.encode()).hexdigest() == text_sha256:
        return shown
    return read_blob(store, text_sha256).decode("utf-8")


def read_blob(store: Store, name: str) -> bytes:
    """Return the bytes whose SHA-256 is ``name``; raises ``LedgerError`` where they are not there or damaged."""
    for (content,) in store.rows("SELECT content FROM blobs WHERE sha256 = ?", (name,)):
        try:
            raw = zlib.decompress(bytes(content))  # type: ignore[arg-type]
        except zlib.error as error:
            raise LedgerError(f"{store.place}: blob {name[:12]} is damaged ({error})") from None
        if sha256(raw).hexdigest() != name:
            raise LedgerError(f"{store.place}: blob {name[:12]} is not what its name says")
        return raw
    raise LedgerError(f"{store.place}: there is no blob {name[:12]}")


def list_statements(store: Store, reads: Sequence[Read]) -> list[list[Record]]:
    """Return the statements of each reading as records, in the order of their cues."""
    rows: dict[int, list[Row]] = {read.reading: [] for read in reads}
    query = "SELECT reading, position, id, details, number, parent FROM statements WHERE reading IN"
    for row in select_in(store, query, rows):
        rows[int(str(row[0]))].append(row)
    found = []
    for read in reads:
        with unspoiled(f"a statement of document {read.id}"):
            found.append(_make_records(read, sorted(rows[read.reading], key=_position)))
    return found


def _position(row: Row) -> int:
    return int(str(row[1]))


def _make_records(read: Read, rows: list[Row]) -> list[Record]:
    ids = {row[4]: str(row[2]) for row in rows}
    records = [
        Record(
            id=str(id_),
            document_id=read.id,
            document=read.document,
            statement=decode_statement(str(details)),
            parent=None if parent is None else ids.get(parent),
            run=read.run,
        )
        for _, _, id_, details, _, parent in rows
    ]
    return sorted(records, key=_cue_start)


def _cue_start(record: Record) -> tuple[int, str]:
    cue = record.statement.attribution.cue
    return (cue[0].start if cue else 0, record.id)


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def find_raw(store: Store, document: int) -> str | None:
    """Return the name of the bytes that the document's first capture was read from."""
    rows = store.rows(f"SELECT {_CAPTURE} FROM captures WHERE document = ?", (document,))
    found = min(rows, key=_place_of, default=None)
    return None if found is None else _text(found[-1])


def find_statement(store: Store, beginning: str) -> tuple[str, str] | None:
    """Return id and document of the statement whose id begins so; raises ``LedgerError`` where several do."""
    query = (
        "SELECT DISTINCT statements.id, documents.id FROM statements "
        "JOIN documents ON documents.number = statements.document "
        "WHERE statements.id >= ? AND statements.id < ? ORDER BY statements.id LIMIT 2"
    )
    found = [(str(id_), str(document)) for id_, document in store.rows(query, (beginning, beginning + "g"))]
    if len(found) > 1 and found[0][0] != beginning:
        raise LedgerError(f"several statements begin with {beginning!r}: {found[0][0]}, {found[1][0]} ...")
    return found[0] if found and beginning else None
