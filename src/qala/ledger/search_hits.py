"""The statements of a page of hits: read, as judgements leave them, with the words found marked in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qala.ledger import queries
from qala.ledger.codec import decode_statement
from qala.ledger.search_filters import meets_filters
from qala.ledger.search_judged import judge_document
from qala.ledger.search_marks import Finder, cut_snippet, find_marks, join_spans
from qala.model import Span
from qala.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qala.ledger.port import Row, Store, Value
    from qala.ledger.queries import Read
    from qala.ledger.search_filters import SearchFilters
    from qala.ledger.search_judged import JudgedView


@dataclass(frozen=True, slots=True)
class Hit:
    """One statement that was found.

    ``snippet`` is the stretch of ``record.document.text`` to show: the content, or 300 characters of it;
    ``opens`` and ``closes`` say that the content goes on before it or behind it. ``marks`` are the words found, in the
    content, the source and the cue, as spans of the same text, in order; ``title_marks`` are spans of the title.
    ``score`` is only good for comparing hits of one query; ``None`` where they were not ranked.
    """

    record: Record
    key: int
    snippet: Span
    marks: tuple[Span, ...]
    title_marks: tuple[Span, ...] = ()
    opens: bool = False
    closes: bool = False
    score: float | None = None

    @property
    def id(self) -> str:
        """The record's id."""
        return self.record.id

    @property
    def text(self) -> str:
        """The characters of the snippet."""
        return self.snippet.of(self.record.document.text)

    @property
    def text_marks(self) -> tuple[Span, ...]:
        """The marks inside the snippet, as spans of :attr:`text`."""
        start, end = self.snippet
        return tuple(
            Span(max(mark.start, start) - start, min(mark.end, end) - start)
            for mark in self.marks
            if mark.start < end and start < mark.end
        )


def make_hits(
    store: Store,
    rows: Sequence[Row],
    finder: Finder,
    view: JudgedView,
    filters: SearchFilters,
    scores: Mapping[Value, float] | None = None,
) -> Iterator[Hit]:
    """Yield the hits of ``rows`` (key, id, details, parent's id, document's number, run's id) in their order.

    Left out is what people rejected, and what their corrections take out of the filters.
    """
    documents = _read_documents(store, [row[4] for row in rows])
    judged: dict[str, Mapping[str, Record] | None] = {}
    for key, id_, details, parent, number, run in rows:
        read = documents[number]
        if read.id not in judged:
            judged[read.id] = _judge(store, read.id, view)
        seen = judged[read.id]
        record: Record | None = None
        if seen is None:
            statement = decode_statement(str(details))
            record = Record(
                str(id_), read.id, read.document, statement, None if parent is None else str(parent), str(run)
            )
        else:
            record = seen.get(str(id_))
            if record is not None and record.judgements and not meets_filters(record, filters):
                record = None
        if record is not None:
            yield make_hit(record, int(str(key)), finder, None if scores is None else scores[key])


def _judge(store: Store, document: str, view: JudgedView) -> Mapping[str, Record] | None:
    """Return a document's statements as people judged them, ``None`` where nobody did."""
    book = view.book
    if book is None or not (book.actors or document in book.by_document):
        return None
    return judge_document(store, document, book)


def _read_documents(store: Store, numbers: Sequence[Value]) -> dict[Value, Read]:
    """Return the documents of these numbers, all at once: one by one is what a page would wait for."""
    some = list(dict.fromkeys(numbers))
    captures = queries.find_captures(store, some)
    query = f"SELECT {queries.DOCUMENT_COLUMNS}, 0, NULL FROM documents WHERE number IN"
    reads = (queries.make_read(store, row, captures) for row in queries.select_in(store, query, some))
    return {read.number: read for read in reads}


def make_hit(record: Record, key: int, finder: Finder, score: float | None = None) -> Hit:
    """Return ``record`` with what ``finder`` finds in it."""
    text, found = record.document.text, record.statement.attribution
    inside = find_marks(text, found.content, finder)
    beside = (*([found.source] if found.source else []), *found.cue)
    outside = [span for span in beside if finder.touches(span.of(text))]
    marks = join_spans((*inside, *(mark for span in outside for mark in find_marks(text, [span], finder))))
    title = record.document.title or ""
    shown = cut_snippet(text, found.content, inside)
    return Hit(
        record,
        key,
        shown.span,
        marks,
        find_marks(title, [Span(0, len(title))], finder) if finder.touches(title) else (),
        shown.opens,
        shown.closes,
        score,
    )
