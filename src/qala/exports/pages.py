"""Records page by page, as exporters take them: in the order in which they come, without those people rejected.

A ledger yields its records with people's corrections laid over them, so that an export shows what people made
of a reading; their judgements stand in the lossless formats and in PROV.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from qala.errors import QalaError
from qala.ledger.judging import is_rejected
from qala.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qala.exports.loss import Tally
    from qala.model import Document
    from qala.records import Record

REJECTED = "rejected by a person"


class Page(NamedTuple):
    """A document and its records; ``id`` is the record id of the document."""

    id: str
    document: Document
    records: list[Record]


def read_pages(records: Iterable[Record], tally: Tally) -> Iterator[Page]:
    """Yield runs of records of one document, and count them; without those that were rejected.

    Records of a document must follow each other, as a ledger and a reading give them: otherwise the document
    comes more than once. Holds one page at a time. Raises ``QalaError`` as ``check_spans`` does.
    """
    for document_id, run in groupby(records, key=lambda record: record.document_id):
        whole = list(run)
        tally.add_document(whole[0].document)
        kept = [record for record in whole if not is_rejected(record)]
        for record in kept:
            check_spans(record)
            tally.add_record(record)
        if len(kept) < len(whole):
            tally.records += len(whole) - len(kept)
            tally.leave_out(REJECTED, len(whole) - len(kept))
        yield Page(document_id, whole[0].document, kept)


def check_spans(record: Record) -> None:
    """Raise ``QalaError`` where a record points outside its text: it was read from another one."""
    found, speaker = record.statement.attribution, record.statement.speaker
    single = (found.source, found.channel, found.when, found.repeated, speaker and speaker.span)
    spans = [*found.cue, *found.content, *found.hedges, *(span for span in single if isinstance(span, Span))]
    length = len(record.document.text)
    for start, end in spans:
        if not 0 <= start <= end <= length:
            raise QalaError(f"record {record.id}: {start}-{end} lies outside its text of {length} characters")
