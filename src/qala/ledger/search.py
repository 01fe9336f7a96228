"""Search in a ledger: words in any spelling, filters, the newest first or the best among the newest.

What is typed is read by ``search_query``, its words become those that the ledger holds (``search_terms``), an index
answers with keys, newest first (``search_sqlite``, ``postgres_search``), and the few statements of a page are
read and marked in their original text (``search_marks``). Only statements of each document's newest run are found.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from heapq import merge
from time import monotonic
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args
from weakref import WeakKeyDictionary

from qala.errors import LedgerError, SearchError, SearchTimeoutError
from qala.ledger import search_sqlite
from qala.ledger.search_filters import SearchFilters, find_key_range, list_filter_facets, write_conditions
from qala.ledger.search_hits import Hit, make_hit, make_hits
from qala.ledger.search_index import NUMBER_MASK
from qala.ledger.search_judged import find_corrected, open_view
from qala.ledger.search_marks import Finder
from qala.ledger.search_query import parse_query
from qala.ledger.search_terms import WITHIN, Terms, Vocabulary, Within, resolve_terms
from qala.ledger.search_words import BREADTHS, Breadth

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qala.ledger.port import Row, Store, Value
    from qala.ledger.search_judged import JudgedView
    from qala.ledger.search_query import Part
    from qala.ledger.search_terms import Phrase

Order = Literal["newest", "best"]
ORDERS: tuple[Order, ...] = get_args(Order)

MOST_HITS = 1_000
"""Hits of one page."""

CANDIDATES = 500
"""The newest hits among which the best are looked for."""

TIDY_AFTER = 10_000
"""Statements; fewer do not make many pieces of the index."""

SECONDS = 1.0
_LARGEST_BATCH = 2_000
_ASKED = 500  # values in one IN (...)
_KEPT: WeakKeyDictionary[Store, tuple[object, dict[tuple[Part, Breadth], dict[Phrase, float]]]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched for, and how. ``seconds`` is the deadline; ``after`` is ``Page.next`` of the page before."""

    text: str = ""
    filters: SearchFilters = field(default_factory=SearchFilters)
    order: Order = "newest"
    breadth: Breadth = "wide"
    within: Within = "statement"
    limit: int = 20
    after: str | None = None
    seconds: float = SECONDS


class Page(NamedTuple):
    """One page of hits. ``next`` opens the following one, ``None`` where there is none.

    ``ranked`` is how many of the newest hits were compared, where the order is "best"; it is ``CANDIDATES`` where
    there may be more.
    """

    hits: tuple[Hit, ...]
    next: str | None
    ranked: int | None = None


def find_statements(store: Store, search: Search) -> Page:
    """Return a page of the statements that ``search`` describes, as people's judgements leave them.

    Raises ``SearchError`` for what cannot be searched for and its child ``SearchTimeoutError`` at the deadline.
    """
    _check(search)
    query = parse_query(search.text)
    with find_engine(store).deadline(store, search.seconds), store.reading():
        view = open_view(store)
        facets = list_filter_facets(search.filters, view.book.actors if view.book else {})
        terms = resolve_terms(query, open_vocabulary(store), search.breadth, search.within, facets)
        if terms.hopeless:
            return Page((), None)
        if search.order == "best" and terms.required:
            return _find_best(store, search, terms, view)
        return _find_newest(store, search, terms, view)


def find_engine(store: Store) -> Any:
    """Return the module that asks the store's own index."""
    if store.dialect == "sqlite":
        return search_sqlite
    from qala.ledger import postgres_search

    return postgres_search


def open_vocabulary(store: Store) -> Vocabulary:
    """Return the words that the ledger holds, for ``resolve_terms``."""
    engine = find_engine(store)
    state = engine.read_state(store)
    known = _KEPT.get(store)
    if state is None or known is None or known[0] != state:
        known = _KEPT[store] = (state, {})
    return Vocabulary(partial(engine.find_words, store), store.rows, known[1])


def tidy_index(store: Store) -> None:
    """Put the index in order after much was added; searches find the same before, but slower."""
    find_engine(store).tidy(store)


def tidy_after(store: Store, statements: int) -> None:
    """Put the index in order where as many ``statements`` were added as make searching slower.

    Never fails: an index that is not in order finds the same, and what was added is kept.
    """
    if statements > TIDY_AFTER:
        with suppress(LedgerError):
            tidy_index(store)


def _check(search: Search) -> None:
    for name, value, allowed in (
        ("order", search.order, ORDERS),
        ("breadth", search.breadth, BREADTHS),
        ("place", search.within, WITHIN),
    ):
        if value not in allowed:
            raise SearchError(f"no such {name}: {value!r} (there are {', '.join(allowed)})")
    if not 1 <= search.limit <= MOST_HITS:
        raise SearchError(f"a page has 1 to {MOST_HITS:,} hits, not {search.limit}")


def _find_newest(store: Store, search: Search, terms: Terms, view: JudgedView) -> Page:
    """Return a page in the order of publication; ``after`` is the key of the last hit before it."""
    high = None if search.after is None else _read_cursor(search.after)
    hits: list[Hit] = []
    for hit in _list_hits(store, search, terms, view, high):
        if len(hits) == search.limit:
            return Page(tuple(hits), str(hits[-1].key))
        hits.append(hit)
    return Page(tuple(hits), None)


def _list_hits(store: Store, search: Search, terms: Terms, view: JudgedView, high: int | None) -> Iterator[Hit]:
    """Yield hits, newest first: those of the index, and among them what people corrected so that it fits."""
    finder = Finder(terms.required)
    low, end = find_key_range(search.filters)
    end = end if high is None else min(end, high)
    corrected = {each.record.id: each for each in find_corrected(view, terms, search.filters, low, end)}
    read = (
        hit
        for rows in _list_rows(store, search, terms, low, end, search.limit + 1)
        for hit in make_hits(store, rows, finder, view, search.filters)
        if hit.id not in corrected
    )
    added = (make_hit(each.record, each.key, finder) for each in corrected.values())
    yield from merge(read, added, key=lambda hit: -hit.key)


def _find_best(store: Store, search: Search, terms: Terms, view: JudgedView) -> Page:
    """Return a page in the order of fit among the newest ``CANDIDATES``; ``after`` is the number of hits before it."""
    start = 0 if search.after is None else _read_cursor(search.after)
    finder = Finder(terms.required)
    candidates: list[Row] = []
    for rows in _list_rows(store, search, terms, *find_key_range(search.filters), CANDIDATES):
        candidates += rows
        if len(candidates) >= CANDIDATES:
            break
    del candidates[CANDIDATES:]
    texts = _read_texts(store, [_number(row) for row in candidates])
    usual = sum(len(fields[0].split()) for fields in texts.values()) / max(len(texts), 1)
    scores = {row[0]: finder.score(texts[_number(row)], usual) for row in candidates}
    candidates.sort(key=lambda row: (-scores[row[0]], -int(str(row[0]))))
    hits: list[Hit] = []
    at = start
    while at < len(candidates) and len(hits) < search.limit:
        some = candidates[at : at + search.limit - len(hits)]
        hits += make_hits(store, some, finder, view, search.filters, scores)
        at += len(some)
    return Page(tuple(hits), str(at) if at < len(candidates) else None, len(candidates))


def _read_cursor(written: str) -> int:
    if not written.isascii() or not written.isdigit() or len(written) > 20:
        raise SearchError("no page begins there: the mark of the next page is not one of ours")
    return min(int(written), (1 << 63) - 1)


def _list_rows(store: Store, search: Search, terms: Terms, low: int, end: int, size: int) -> Iterator[list[Row]]:
    """Yield rows (key, id, details, parent's id, document's number, run's id) of hits, newest first, some at a time."""
    engine = find_engine(store)
    late = monotonic() + search.seconds
    while low < end:
        if monotonic() > late:
            raise SearchTimeoutError(search.seconds)
        keys = engine.find_keys(store, terms, low, end, size)
        found = {_number(row): row for row in _read_rows(store, keys, search.filters)}
        yield [found[key & NUMBER_MASK] for key in keys if key & NUMBER_MASK in found]
        if len(keys) < size:
            return
        end = keys[-1]
        size = min(size * 4, _LARGEST_BATCH)


def _read_rows(store: Store, keys: Sequence[int], filters: SearchFilters) -> Iterator[Row]:
    """Yield the rows of those ``keys`` that are of a current reading and meet the conditions."""
    conditions, values = write_conditions(filters)
    where = "".join(f" AND {condition}" for condition in conditions)
    # With one run all readings are current, and the view's look at the others is saved.
    readings = "readings" if next(store.rows("SELECT count(*) FROM runs"))[0] == 1 else "current_readings"
    for at in range(0, len(keys), _ASKED):
        some = keys[at : at + _ASKED]
        by_number = {key & NUMBER_MASK: key for key in some}
        rows = store.rows(
            "SELECT statements.number, statements.id, statements.details, holding.id, statements.document, runs.id"
            f" FROM statements JOIN {readings} AS reading ON reading.number = statements.reading"
            " JOIN runs ON runs.number = reading.run"
            " LEFT JOIN statements AS holding ON holding.number = statements.parent"
            f" WHERE statements.number IN ({', '.join('?' * len(some))}){where}",
            [*by_number, *values],
        )
        for row in rows:
            yield (by_number[int(str(row[0]))], *row[1:])


def _number(row: Row) -> int:
    return int(str(row[0])) & NUMBER_MASK


def _read_texts(store: Store, numbers: Sequence[int]) -> dict[int, tuple[str, str, str]]:
    """Return content, source and title of statements, as far as ranking needs them."""
    texts: dict[int, tuple[str, str, str]] = {}
    for at in range(0, len(numbers), _ASKED):
        some: list[Value] = list(numbers[at : at + _ASKED])
        rows = store.rows(
            "SELECT statements.number, statements.content, statements.source, statements.speaker, statements.cue,"
            " documents.title FROM statements JOIN documents ON documents.number = statements.document"
            f" WHERE statements.number IN ({', '.join('?' * len(some))})",
            some,
        )
        for number, content, source, speaker, cue, title in rows:
            sources = dict.fromkeys(str(part) for part in (source, speaker, cue) if part)
            texts[int(str(number))] = (str(content), "\n".join(sources), str(title or ""))
    return texts
