"""The book of judgements: rows to nouns and back, and which document each of them is about."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, get_args

from qala.errors import LedgerError
from qala.ledger.codec import decode_statement, write_canonical
from qala.ledger.judging import (
    GROUPS,
    ON_ACTORS,
    Pointer,
    find_active,
    keep_spans,
    merge_actors,
    parse_spans,
    spans_in,
    spans_of,
)
from qala.ledger.queries import select_in, unspoiled
from qala.ledger.rows import NUL, hash_row
from qala.ledger.schema import TABLE, quote
from qala.model import ACTS, Span
from qala.records import Judgement, JudgementKind, hash_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qala.ledger.port import Row, Store
    from qala.ledger.writer import Batch
    from qala.records import Record

KINDS: tuple[JudgementKind, ...] = get_args(JudgementKind)
_COLUMNS = ", ".join(quote(name) for name in TABLE["judgements"].names)


@dataclass(frozen=True, slots=True)
class Book:
    """The judgements that stand, by the document that they are about."""

    active: tuple[Judgement, ...]
    by_document: dict[str, list[Pointer]]
    foreign: tuple[Pointer, ...]  # about statements of which this ledger knows neither id nor document
    actors: dict[str, str]  # actors that people merged, by what stands for them


def open_book(store: Store) -> Book:
    """Return the judgements of a ledger; memory grows with what people judged, not with what was read."""
    active = find_active(list_judgements(store))
    on_statements = [judgement for judgement in active if judgement.kind not in ON_ACTORS]
    subjects = dict.fromkeys(subject for judgement in on_statements for subject in judgement.subjects)
    query = (
        "SELECT statements.id, documents.id, statements.details FROM statements "
        "JOIN documents ON documents.number = statements.document WHERE statements.id IN"
    )
    known = {str(row[0]): row for row in select_in(store, query, subjects)}
    by_document: dict[str, list[Pointer]] = {}
    foreign = []
    for judgement in on_statements:
        for subject in judgement.subjects:
            row = known.get(subject)
            with unspoiled(f"statement {subject}"):
                spans = spans_of(decode_statement(str(row[2]))) if row else spans_in(judgement)
            document = str(row[1]) if row else judgement.document
            pointer = Pointer(judgement, subject, spans)
            if document is None:
                foreign.append(pointer)
            else:
                by_document.setdefault(document, []).append(pointer)
    return Book(tuple(active), by_document, tuple(foreign), merge_actors(active))


def list_judgements(store: Store) -> Iterator[Judgement]:
    """Yield all judgements in the order in which they came, those that were taken back with them."""
    for row in store.rows(f"SELECT {_COLUMNS} FROM judgements ORDER BY number"):
        with unspoiled(f"judgement {row[1]!s}"):
            judgement = make_judgement(row)
        yield judgement


def make_judgement(row: Row) -> Judgement:
    """Return the judgement of a row."""
    _, id_, kind, subjects, author, made, value, reason, replaces, document, spans = (
        None if value is None else str(value) for value in row
    )
    return Judgement(
        id=str(id_),
        kind=KINDS[KINDS.index(kind)],
        subjects=tuple(json.loads(str(subjects))),
        author=str(author),
        made=datetime.fromisoformat(str(made)),
        value=value,
        reason=str(reason),
        replaces=replaces,
        document=document,
        spans=tuple(Span(*pair) for pair in json.loads(str(spans))),
    )


def make_row(judgement: Judgement) -> Row:
    """Return the row of a judgement from ``id`` on."""
    return (
        judgement.id,
        judgement.kind,
        write_canonical(list(judgement.subjects)),
        judgement.author,
        judgement.made.isoformat(),
        judgement.value,
        judgement.reason,
        judgement.replaces,
        judgement.document,
        write_canonical([list(span) for span in judgement.spans]),
    )


def identify_judgement(judgement: Judgement) -> str:
    """Return the content hash of a judgement."""
    spans = [list(span) for span in judgement.spans]
    return hash_values(
        judgement.kind,
        judgement.subjects,
        judgement.author,
        judgement.made.isoformat(),
        judgement.value,
        judgement.reason,
        judgement.replaces,
        judgement.document,
        spans,
    )


def check_judgement(judgement: Judgement) -> None:
    """Raise ``LedgerError`` for a judgement that says nothing, or what its kind cannot say."""
    value = judgement.value
    if judgement.kind not in KINDS:
        raise LedgerError(f"no such judgement: {judgement.kind!r}; there are {', '.join(KINDS)}")
    if not judgement.author.strip():
        raise LedgerError("a judgement needs an author")
    if not judgement.subjects:
        raise LedgerError("a judgement needs something that it is about")
    if judgement.kind == "act" and value not in ACTS:
        raise LedgerError(f"no such act: {value!r}; there are {', '.join(ACTS)}")
    if judgement.kind == "speaker" and not (value or "").strip():
        raise LedgerError("who speaks? a judgement on the speaker needs a name or an actor's id")
    if judgement.kind == "span" and parse_spans(value) is None:
        raise LedgerError('spans are given as {"source": [s, e] or null, "cue": [[s, e]], "content": [[s, e]]}')
    if judgement.kind == "merge" and not (value or "").strip():
        raise LedgerError("a merge needs the id that stays")
    if judgement.kind in ("same", "different") and len(judgement.subjects) < 2:
        raise LedgerError("that is asked of two statements at least")
    for text in (*judgement.subjects, judgement.author, value, judgement.reason, judgement.document):
        if text and (NUL in text or any("\ud800" <= letter <= "\udfff" for letter in text)):
            raise LedgerError("a judgement holds no U+0000 and no half of a surrogate pair")


def complete_judgement(judgement: Judgement, record: Record | None, active: Iterable[Judgement]) -> Judgement:
    """Return ``judgement`` with document and spans of the statement, the one that it takes back, and its id.

    A person's later answer to the same question about the same subjects takes the earlier one back.
    """
    if record is not None and judgement.document is None:
        judgement = replace(judgement, document=record.document_id, spans=keep_spans(record.statement))
    if judgement.replaces is None:
        group = GROUPS.get(judgement.kind, judgement.kind)
        earlier = [
            each.id
            for each in active
            if each.author == judgement.author
            and set(each.subjects) == set(judgement.subjects)
            and GROUPS.get(each.kind, each.kind) == group
        ]
        judgement = replace(judgement, replaces=earlier[-1] if earlier else None)
    return judgement if judgement.id else replace(judgement, id=identify_judgement(judgement))


def add_judgements(batch: Batch, judgements: Sequence[Judgement]) -> int:
    """Add judgements that the ledger does not have; return how many those are.

    Raises ``LedgerError`` for one that replaces a judgement that is not there.
    """
    batch.know("judgements", [*(judgement.id for judgement in judgements)])
    batch.know("judgements", [judgement.replaces for judgement in judgements if judgement.replaces])
    new = 0
    for judgement in judgements:
        check_judgement(judgement)
        if judgement.replaces and batch.find("judgements", judgement.replaces) is None:
            raise LedgerError(
                f"judgement {judgement.id[:8]} replaces {judgement.replaces}, which is not in this ledger"
            )
        if batch.find("judgements", judgement.id) is None:
            number = batch.number("judgements")
            row = make_row(judgement)
            batch.rows["judgements"].append((number, *row))
            batch.rows["judgement_subjects"] += [
                (number, place, subject) for place, subject in enumerate(judgement.subjects, 1)
            ]
            batch.keep("judgements", judgement.id, number)
            batch.chain.add("judgement", judgement.id, number, hash_row(row))
            new += 1
    return new
