"""The nouns of the ledger: statements whose ids outlive a run, and what people decide about them.

An id is the first 32 hexadecimal digits (128 bits) of a SHA-256 over content, so that reading twice, in
another order or in shards, gives the same rows and merging is blind.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from qala.model import Attribution, Document, Reading, Span, Statement

JudgementKind = Literal[
    "accept",  # the reading is right as it stands
    "reject",  # nobody says this here
    "speaker",  # somebody else speaks: value is a name or an actor's id
    "act",  # another act: value is one of model.ACTS
    "span",  # other offsets: value holds source, cue, content as in the gold
    "merge",  # the subjects (actors) are one: value is the id that stays
    "part",  # the subjects (actors) are not one
    "same",  # the subjects (statements) are one utterance
    "different",  # they are not
    "unsure",  # looked at, and left open
]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided: a row of its own, superseded by a later one and never erased.

    ``subjects`` are ids of statements or of actors. ``spans`` are the source (or an empty span), cue and content
    as they stood when a statement was judged: by them the judgement finds the statement again when a
    newer version reads it with other offsets. ``value`` is text or canonical JSON, as the kind needs.
    """

    id: str
    kind: JudgementKind
    subjects: tuple[str, ...]
    author: str
    made: datetime
    value: str | None = None
    reason: str = ""
    replaces: str | None = None  # id of the judgement that this one takes back
    document: str | None = None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the ledger: a statement, the document in which it stands, and the judgements on it."""

    id: str
    document_id: str
    document: Document
    statement: Statement
    parent: str | None = None  # the record id of the statement that holds this one
    run: str | None = None  # id of the run that read it: version, lexicon, models, time
    judgements: tuple[Judgement, ...] = ()


def hash_values(*values: object) -> str:
    """Return the first 32 hexadecimal digits of the SHA-256 of ``values`` as canonical JSON."""
    try:
        written = orjson.dumps(values)
    except TypeError:  # half a surrogate pair has no UTF-8
        written = repr(values).encode("utf-8", "backslashreplace")
    return hashlib.sha256(written).hexdigest()[:32]


def identify_document(document: Document) -> str:
    """Return the content hash of a document: its text and what is known of it, not where the file lay."""
    published = None if document.published is None else document.published.isoformat()
    text = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
    return hash_values(document.id, document.outlet, document.url, document.title, published, text)


def identify_statement(document_id: str, attribution: Attribution) -> str:
    """Return the content hash of a statement: the document and the spans of source, cue and content."""
    source = None if attribution.source is None else list(attribution.source)
    spans = [[list(span) for span in part] for part in (attribution.cue, attribution.content)]
    return hash_values(document_id, source, spans)


def list_records(reading: Reading, run: str | None = None) -> Iterator[Record]:
    """Yield the statements of a reading as rows, in the order of their cues."""
    document_id = identify_document(reading.document)
    ids = {statement.id: identify_statement(document_id, statement.attribution) for statement in reading.statements}
    for statement in reading.statements:
        parent = statement.attribution.parent
        yield Record(
            id=ids[statement.id],
            document_id=document_id,
            document=reading.document,
            statement=statement,
            parent=None if parent is None else ids.get(parent),
            run=run,
        )
