"""Search over what people judged: the index knows what was read, this lays the judgements over it.

What a page shows is judged when it is shown. Beside that, a statement whose act, speaker or spans somebody
corrected must be found by what it is now, though the index knows it as it was read: such statements of
the ``MOST_CORRECTED`` documents judged last are held and looked through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from qala.ledger.book import open_book
from qala.ledger.judging import is_rejected, rename_speaker
from qala.ledger.queries import list_statements, read_current
from qala.ledger.rows import show_moment
from qala.ledger.search_filters import meets_filters
from qala.ledger.search_form import list_forms
from qala.ledger.search_index import NUMBER_MASK, make_key
from qala.ledger.search_marks import Finder
from qala.ledger.views import lay_over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qala.ledger.book import Book
    from qala.ledger.port import Store
    from qala.ledger.search_filters import SearchFilters
    from qala.ledger.search_terms import Terms, Within
    from qala.model import Span
    from qala.records import Record

MOST_CORRECTED = 300
_CORRECTIONS = frozenset({"act", "speaker", "span"})


class Corrected(NamedTuple):
    """A statement that somebody corrected or added, and the key that orders it."""

    key: int
    record: Record


class JudgedView(NamedTuple):
    """The book of judgements, and the corrected statements, the newest first."""

    book: Book | None
    corrected: tuple[Corrected, ...] = ()


_State = tuple[object, ...]
_VIEWS: WeakKeyDictionary[Store, tuple[_State, JudgedView]] = WeakKeyDictionary()


def open_view(store: Store) -> JudgedView:
    """Return what people judged; kept until a judgement or a reading is added."""
    state = next(store.rows("SELECT max(number), (SELECT max(number) FROM readings) FROM judgements LIMIT 1"))
    if state[0] is None:
        return JudgedView(None)
    known = _VIEWS.get(store)
    if known is None or known[0] != state:
        book = open_book(store)
        known = (state, JudgedView(book, _list_corrected(store, book)))
        _VIEWS[store] = known
    return known[1]


def _list_corrected(store: Store, book: Book) -> tuple[Corrected, ...]:
    documents = dict.fromkeys(
        document
        for document, pointers in reversed(book.by_document.items())
        if any(pointer.judgement.kind in _CORRECTIONS for pointer in pointers)
    )
    found: list[Corrected] = []
    for document in list(documents)[:MOST_CORRECTED]:
        records = judge_document(store, document, book)
        for record in records.values():
            if any(judgement.kind in _CORRECTIONS for judgement in record.judgements):
                # Statements added by hand have no number of their own: these count from the other end.
                published = show_moment(record.document.published)
                found.append(Corrected(make_key(published, NUMBER_MASK - len(found)), record))
    return tuple(sorted(found, key=lambda each: -each.key))


def judge_document(store: Store, document: str, book: Book) -> dict[str, Record]:
    """Return the current statements of a document by id, as judgements leave them, without rejected ones."""
    shown: dict[str, Record] = {}
    for reads in read_current(store, document):
        for read, records in zip(reads, list_statements(store, reads), strict=True):
            laid, _ = lay_over(read, records, book.by_document.get(document, ()))
            for record in laid:
                if not is_rejected(record):
                    shown[record.id] = rename_speaker(record, book.actors) if book.actors else record
    return shown


def find_corrected(view: JudgedView, terms: Terms, filters: SearchFilters, low: int, high: int) -> Iterator[Corrected]:
    """Yield the corrected statements that fit, the newest first."""
    wanted, unwanted = Finder(terms.required), Finder(terms.excluded)
    for each in view.corrected:
        if low <= each.key < high and meets_filters(each.record, filters):
            forms = list(_list_forms(each.record, terms.within))
            if wanted.has_all(forms) and not any(True for text in forms for _ in unwanted.find(text)):
                yield each


def _list_forms(record: Record, within: Within) -> Iterator[list[str]]:
    """Yield the words of each piece of the fields that are searched."""
    text, found, speaker = record.document.text, record.statement.attribution, record.statement.speaker
    if within in ("statement", "content", "everything"):
        yield list_forms(" ".join(span.of(text) for span in found.content))
    if within in ("statement", "source", "everything"):
        sources: list[Span] = [*([found.source] if found.source else []), *found.cue]
        yield from (list_forms(span.of(text)) for span in sources)
        yield list_forms(speaker.name if speaker else "")
    if within in ("title", "everything"):
        yield list_forms(record.document.title or "")
