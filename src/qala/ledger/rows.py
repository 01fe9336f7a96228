"""From readings to rows: pure, so that worker processes do it; only the numbers are given by the writer.

Texts that people see (columns) show U+0000 as U+2400, since PostgreSQL cannot hold it; what is exact stands in
``details`` (as an escape) and in ``blobs``. The hash of a row's content is the SHA-256 of its values as
canonical JSON, with ids in place of numbers, so that it is the same in every ledger.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from calendar import monthrange
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from qala.errors import ReadError
from qala.ledger.codec import encode_layout, encode_statement, write_canonical
from qala.ledger.port import IndexedText
from qala.records import hash_values, identify_document, identify_statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qala.ledger.port import Row, Value
    from qala.model import Document, Hop, Reading, Span, Statement

NUL, SHOWN_NUL = "\x00", "\u2400"
_ENDS = frozenset({"speaker", "page"})
_CARRYING = frozenset({"agency", "outlet", "platform", "document", "event"})
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class Blob(NamedTuple):
    """Bytes as they came: their SHA-256 in hexadecimal, their length, and the bytes compressed by zlib."""

    sha256: str
    size: int
    content: bytes


class PreparedDocument(NamedTuple):
    """A document's row without its number, and what goes with it.

    ``row`` is ``documents`` from ``id`` on; ``capture`` is ``captures`` from ``path`` on, without its two numbers.
    """

    id: str
    row: Row
    content: str
    capture_id: str
    capture: Row
    blobs: tuple[Blob, ...]


class PreparedStatement(NamedTuple):
    """A statement's row without its numbers: ``row`` is ``statements`` from ``speaker`` on."""

    id: str
    parent: int | None  # its position
    row: Row
    carriers: tuple[Row, ...]  # ``carriers`` from ``position`` on
    content: str
    text: tuple[str, str, str]


class PreparedReading(NamedTuple):
    """Everything that a reading adds to a ledger."""

    document: PreparedDocument
    details: str
    statements: tuple[PreparedStatement, ...]


def hash_row(values: Sequence[object]) -> str:
    """Return the SHA-256, in hexadecimal, of a row's values as canonical JSON."""
    written = write_canonical(list(values)).encode("utf-8", "surrogateescape")
    return hashlib.sha256(written).hexdigest()


def show(text: str | None) -> str | None:
    """Return ``text`` as a column shows it: U+0000 as its picture, so that offsets stay."""
    return text.replace(NUL, SHOWN_NUL) if text is not None and NUL in text else text


def pack(raw: bytes) -> Blob:
    """Return ``raw`` compressed under its name."""
    return Blob(hashlib.sha256(raw).hexdigest(), len(raw), zlib.compress(raw, 6))


def prepare_document(document: Document) -> PreparedDocument:
    """Return the rows of a document: itself, where it was met, and its bytes.

    Raises ``ReadError`` where a field cannot be kept alike by every back end: a lone surrogate anywhere, or U+0000
    outside the text.
    """
    fields = (document.id, document.outlet, document.url, document.title)
    for field in (*fields, document.text):
        if field and _has_surrogate(field):
            raise ReadError("half a surrogate pair in the article: no file can hold it")
    if any(field and NUL in field for field in fields):
        raise ReadError("U+0000 in the article's id, outlet, address or title")
    exact = document.text.encode("utf-8")
    text_sha256 = hashlib.sha256(exact).hexdigest()
    blobs = [pack(exact)] if NUL in document.text else []
    raw = document.origin.raw
    if raw is not None:
        blobs.append(pack(raw))
    id_ = identify_document(document)
    published = None if document.published is None else document.published.isoformat()
    row = (id_, *fields, published, show(document.text), text_sha256, len(document.text))
    capture = _prepare_capture(document, blobs[-1].sha256 if raw is not None else None)
    return PreparedDocument(id_, row, hash_document(row), hash_values(id_, *capture), capture, tuple(blobs))


def hash_document(row: Sequence[Value]) -> str:
    """Return the content hash of a document's ``row`` (from ``id`` on); its text enters by its SHA-256."""
    return hash_row([*row[:6], *row[7:]])


def hash_capture(document_id: str, row: Sequence[Value]) -> str:
    """Return the content hash of a capture's ``row`` (from ``path`` on)."""
    return hash_row([document_id, *row])


def _prepare_capture(document: Document, raw: str | None) -> Row:
    found = document.origin
    retrieved = None if found.retrieved is None else found.retrieved.isoformat()
    texts = (found.path, found.container, found.media_type, found.method, found.encoding, found.digest, found.author)
    path, container, media_type, method, encoding, digest, author = (tame(text) for text in texts)
    flags = write_canonical([tame(flag) for flag in found.flags])
    return (path, container, found.offset, media_type, method, encoding, flags, digest, retrieved, author, raw)


def tame(text: str | None) -> str | None:
    """Return ``text`` as every back end can hold it: lone surrogates (of file names) as escapes, U+0000 shown."""
    return (show(text) or "").encode("utf-8", "backslashreplace").decode() if text is not None else None


def _has_surrogate(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def prepare_reading(reading: Reading) -> PreparedReading:
    """Return all rows of ``reading``; raises ``ReadError`` as :func:`prepare_document` does."""
    document = prepare_document(reading.document)
    positions = {statement.id: place for place, statement in enumerate(reading.statements, 1)}
    statements = tuple(
        prepare_statement(
            reading.document, document.id, statement, place, positions.get(statement.attribution.parent or "")
        )
        for place, statement in enumerate(reading.statements, 1)
    )
    return PreparedReading(document, encode_layout(reading), statements)


def prepare_statement(
    document: Document, document_id: str, statement: Statement, position: int, parent: int | None
) -> PreparedStatement:
    """Return the row of one statement, its carriers, its content's hash, and the words to be searched."""
    found, speaker, text = statement.attribution, statement.speaker, document.text
    carriers = tuple(_list_carriers(statement.chain))
    first, last = find_days(statement.when_date)
    source = _words(text, found.source)
    content = " ".join(span.of(text) for span in found.content)
    row = (
        show(speaker.name) if speaker else None,
        speaker.entity if speaker else None,
        speaker.kind if speaker else None,
        _words(text, speaker.title) if speaker else None,
        speaker.country if speaker else None,
        source,
        found.act,
        show(" ".join(span.of(text) for span in found.cue)),
        show(content),
        found.type,
        int(found.hedged),
        show(" ".join(span.of(text) for span in found.hedges)) or None,
        next((show(hop.name) for hop in statement.chain if hop.name and hop.kind in _CARRYING), None),
        _words(text, found.channel),
        found.channel_kind,
        _words(text, found.when),
        statement.when_date,
        first,
        last,
        document.outlet,
        show_moment(document.published),
        int(found.repeated is not None),
        _words(text, found.heading),
        int(found.truncated),
        found.cue[0].start if found.cue else 0,
        found.content[0].start if found.content else 0,
        found.content[-1].end if found.content else 0,
        float(found.score) + 0.0,  # SQLite keeps no -0.0
        encode_statement(statement),
    )
    id_ = identify_statement(document_id, found)
    searched = "\n".join(dict.fromkeys(part for part in (source, speaker.name if speaker else None) if part))
    return PreparedStatement(
        id_,
        parent,
        row,
        carriers,
        hash_statement(id_, position, parent, row, carriers),
        (content, searched, document.title or ""),
    )


def hash_statement(id_: str, position: int, parent: int | None, row: Sequence[Value], carriers: Sequence[Row]) -> str:
    """Return the content hash of a statement: its values, its parent by position, its carriers."""
    return hash_row([id_, position, parent, list(row), [list(carrier) for carrier in carriers]])


def index_of(number: int, statement: PreparedStatement) -> IndexedText:
    """Return what full-text search is given of ``statement``."""
    return IndexedText(number, *statement.text)


def _list_carriers(chain: Sequence[Hop]) -> list[Row]:
    return [
        (
            place,
            hop.kind,
            hop.status,
            show(hop.name),
            hop.entity,
            hop.span.start if hop.span else None,
            hop.span.end if hop.span else None,
        )
        for place, hop in enumerate(chain, 1)
        if hop.kind not in _ENDS
    ]


def _words(text: str, span: Span | None) -> str | None:
    return None if span is None else show(span.of(text))


def show_moment(moment: date | None) -> str | None:
    """Return a day or moment as a column keeps it: ISO 8601 in the outlet's own time, to be compared as text."""
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None).isoformat(timespec="seconds")
    return None if moment is None else moment.isoformat()


def find_days(written: str | None) -> tuple[str | None, str | None]:
    """Return the first and the last day of a date as ``Statement.when_date`` writes it; open where it is none."""
    if written is None:
        return None, None
    start, _, end = written.partition("/")
    first, last = _DATE.match(start), _DATE.match(end or start)
    if first is None or last is None:
        return None, None
    try:
        begin = date(int(first[1]), int(first[2] or 1), int(first[3] or 1))
        month = int(last[2] or 12)
        finish = date(int(last[1]), month, int(last[3] or monthrange(int(last[1]), month)[1]))
    except ValueError:
        return None, None
    return begin.isoformat(), finish.isoformat()
