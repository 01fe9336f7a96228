"""JSON Lines of records: everything that a ledger's rows hold, written so that it reads back equal.

Two kinds of lines. ``{"document": …}`` stands before the records of a document and holds its text once;
``{"record": …}`` holds one statement in the keys of ``jsonl.py`` (docs/formats.md), its ids and its judgements.
Only the map from characters to raw bytes is not written: it is made again by reading the bytes.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, BinaryIO

from qala.errors import ReadError
from qala.exports.encoding import encode_json
from qala.exports.jsonl import describe_statement
from qala.exports.loss import CONCEPTS, LossReport, Tally
from qala.ledger.codec import decode_statement
from qala.model import Document, Origin, Span, Statement
from qala.records import Judgement, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FORMAT = "records"

_ORIGIN = ("path", "encoding", "media_type", "method", "container", "offset", "digest", "author")


def write_records(records: Iterable[Record], out: BinaryIO) -> LossReport:
    """Write records as JSON Lines in UTF-8, document by document; loses nothing."""
    tally = Tally(FORMAT, frozenset(CONCEPTS))
    for document_id, run in groupby(records, key=lambda record: record.document_id):
        first = True
        for record in run:
            if first:
                tally.add_document(record.document)
                out.write(encode_json({"document": describe_document(document_id, record.document)}) + b"\n")
                first = False
            tally.add_record(record)
            out.write(encode_json({"record": describe_record(record)}) + b"\n")
    return tally.report()


def read_records(file: BinaryIO) -> Iterator[Record]:
    """Yield the records of a file that ``write_records`` wrote; raises ``ReadError`` with the line's number."""
    document: Document | None = None
    document_id = ""
    for number, line in enumerate(file, 1):
        try:
            value = json.loads(line)
            if "document" in value:
                document, document_id = _parse_document(value["document"]), value["document"]["document_id"]
                continue
            record = _parse_record(value["record"], document_id, document)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ReadError(f"line {number}: not a line of records: {type(error).__name__}: {error}") from None
        yield record


def describe_document(document_id: str, document: Document) -> dict[str, Any]:
    """Return a document as plain values; its raw bytes in base64."""
    origin = document.origin
    return {
        "document_id": document_id,
        "id": document.id,
        "outlet": document.outlet,
        "url": document.url,
        "published": None if document.published is None else document.published.isoformat(),
        "title": document.title,
        "text": document.text,
        "origin": {
            **{name: getattr(origin, name) for name in _ORIGIN},
            "flags": list(origin.flags),
            "retrieved": None if origin.retrieved is None else origin.retrieved.isoformat(),
            "raw": None if origin.raw is None else b64encode(origin.raw).decode("ascii"),
        },
    }


def describe_record(record: Record) -> dict[str, Any]:
    """Return a record as plain values, the document by its id; the score with all its digits."""
    return {
        "id": record.id,
        "document_id": record.document_id,
        "parent": record.parent,
        "run": record.run,
        "statement": describe_statement(record.statement) | {"score": record.statement.attribution.score},
        "judgements": [describe_judgement(judgement) for judgement in record.judgements],
    }


def describe_judgement(judgement: Judgement) -> dict[str, Any]:
    """Return a judgement as plain values."""
    return {
        "id": judgement.id,
        "kind": judgement.kind,
        "subjects": list(judgement.subjects),
        "author": judgement.author,
        "made": judgement.made.isoformat(),
        "value": judgement.value,
        "reason": judgement.reason,
        "replaces": judgement.replaces,
        "document": judgement.document,
        "spans": [list(span) for span in judgement.spans],
    }


def _parse_record(value: dict[str, Any], document_id: str, document: Document | None) -> Record:
    if document is None or value["document_id"] != document_id:
        raise ValueError("its document does not stand before it")
    return Record(
        id=value["id"],
        document_id=document_id,
        document=document,
        statement=_parse_statement(value["statement"]),
        parent=value["parent"],
        run=value["run"],
        judgements=tuple(map(_parse_judgement, value["judgements"])),
    )


def _parse_statement(value: dict[str, Any]) -> Statement:
    """Return the statement that ``describe_statement`` wrote: the ledger's codec has the same keys, without nulls."""
    return decode_statement(json.dumps({key: each for key, each in value.items() if each is not None}))


def _parse_document(value: dict[str, Any]) -> Document:
    published, origin = value["published"], value["origin"]
    return Document(
        id=value["id"],
        text=value["text"],
        published=None if published is None else _parse_moment(published),
        outlet=value["outlet"],
        url=value["url"],
        title=value["title"],
        origin=replace(
            Origin(**{name: origin[name] for name in _ORIGIN}),
            flags=tuple(origin["flags"]),
            retrieved=None if origin["retrieved"] is None else datetime.fromisoformat(origin["retrieved"]),
            raw=None if origin["raw"] is None else b64decode(origin["raw"], validate=True),
        ),
    )


def _parse_moment(value: str) -> date | datetime:
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


def _parse_judgement(value: dict[str, Any]) -> Judgement:
    return Judgement(
        id=value["id"],
        kind=value["kind"],
        subjects=tuple(value["subjects"]),
        author=value["author"],
        made=datetime.fromisoformat(value["made"]),
        value=value["value"],
        reason=value["reason"],
        replaces=value["replaces"],
        document=value["document"],
        spans=tuple(Span(*span) for span in value["spans"]),
    )
