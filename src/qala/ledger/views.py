"""What is looked at: current statements with judgements laid over them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qala.ledger.book import Book, open_book
from qala.ledger.judging import Pointer, add_by_hand, apply_judgements, is_rejected, rename_speaker
from qala.ledger.origins import attach_raw
from qala.ledger.queries import list_statements, read_current

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qala.ledger.port import Store
    from qala.ledger.queries import Read
    from qala.model import Document
    from qala.records import Judgement, Record


def view_records(
    store: Store, *, document: str | None = None, rejected: bool = False, raw: bool = False
) -> Iterator[Record]:
    """Yield current statements by document id and place, judgements applied; with the documents' bytes if ``raw``."""
    book = open_book(store)
    for reads in read_current(store, document):
        for read, records in zip(reads, list_statements(store, reads), strict=True):
            shown, _ = lay_over(read, records, book.by_document.get(read.id, ()))
            if raw and shown:  # those of one document at a time: a page may be large
                shown = _with_bytes(shown, attach_raw(store, read))
            for record in shown:
                if rejected or not is_rejected(record):
                    yield rename_speaker(record, book.actors) if book.actors else record


def _with_bytes(records: Sequence[Record], document: Document) -> list[Record]:
    return [replace(record, document=document) for record in records]


def lay_over(read: Read, records: Sequence[Record], pointers: Sequence[Pointer]) -> tuple[list[Record], list[Pointer]]:
    """Return one document's statements, judged, with those that people added; and the pointers that found none."""
    if not pointers:
        return list(records), []
    judged = apply_judgements(records, pointers)
    lost = list(judged.lost)
    added: dict[str, Record] = {}
    for pointer in judged.lost:
        if pointer.judgement.kind == "span":
            record = add_by_hand(read.document, read.id, pointer.judgement)
            if record is not None:
                added[record.id] = record
                lost.remove(pointer)
    if added:
        again = apply_judgements(list(added.values()), lost)
        lost = list(again.lost)
        found = [_with_first(record, added[record.id]) for record in again.records]
        return sorted([*judged.records, *found], key=_place), lost
    return list(judged.records), lost


def _with_first(record: Record, added: Record) -> Record:
    """Keep the judgement by which a statement was added before those on it."""
    if record is added:
        return record
    return replace(record, judgements=(*added.judgements, *record.judgements))


def _place(record: Record) -> tuple[int, str]:
    return (record.statement.attribution.cue[0].start, record.id)


def find_unattached(store: Store, book: Book | None = None) -> list[Judgement]:
    """Return the judgements that find no statement in the current readings, in their order."""
    book = book or open_book(store)
    lost = {pointer.judgement.id for pointer in book.foreign}
    for document, pointers in book.by_document.items():
        lost |= {pointer.judgement.id for pointer in _find_lost(store, document, pointers)}
    return [judgement for judgement in book.active if judgement.id in lost]


def _find_lost(store: Store, document: str, pointers: Sequence[Pointer]) -> list[Pointer]:
    for reads in read_current(store, document):
        for read, records in zip(reads, list_statements(store, reads), strict=True):
            return lay_over(read, records, pointers)[1]
    return list(pointers)
