"""The full-text index in PostgreSQL: the same words, facets and keys as in SQLite, in a ``tsvector`` that we write.

No text search configuration takes part: the words come from ``search_index.py``, positions and weights
(A content, B source, C title; facets have none) are ours, and queries are written word by word.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from qala.errors import LedgerError, SearchTimeoutError
from qala.ledger.search_index import GAP, list_index_rows
from qala.ledger.search_terms import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qala.ledger.port import IndexedText
    from qala.ledger.search_index import IndexRow
    from qala.ledger.search_terms import Phrase, Terms

TABLES = ("search_text", "search_words")
DDL = (
    "CREATE TABLE search_text (key bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX search_text_words ON search_text USING gin (words)",
    'CREATE TABLE search_words (word text COLLATE "C" PRIMARY KEY)',
)
"""Made with the first schema."""

CLEAR = ("TRUNCATE search_text, search_words",)
"""Empties the index."""

_WEIGHTS = {"content": "A", "source": "B", "article": "C"}
_CANCELLED = "57014"


def index_text(store: Any, texts: Sequence[IndexedText]) -> None:
    """Add statements to the index, in the transaction that is open and has written their rows."""
    rows = list(list_index_rows(store.rows, texts))
    if not rows:
        return
    store.copy("search_text", ("key", "words"), [(row.key, write_vector(row)) for row in rows])
    words = sorted(set[str]().union(*(row.words() for row in rows)))
    store.change("INSERT INTO search_words SELECT unnest(?::text[]) ON CONFLICT DO NOTHING", [words])


def tidy(store: Any) -> None:
    """Bring what the index holds back into its tree, and tell the planner how the table looks now."""
    store.change("SELECT gin_clean_pending_list('search_text_words')")
    store.change("ANALYZE search_text")


def write_vector(row: IndexRow) -> str:
    """Return a statement's words as PostgreSQL reads a ``tsvector``: each with its places and the field's weight.

    Between two fields a place stays empty, as it does for a gap, so that no phrase runs over it.
    """
    places: dict[str, list[str]] = {facet: [] for facet in row.facets}
    at = 0
    for weight, words in zip("ABC", (row.content, row.source, row.title), strict=True):
        for word in words:
            at += 1
            if word != GAP:
                places.setdefault(word, []).append(f"{at}{weight}")
        at += 1
    return " ".join(f"'{word}'{':' if found else ''}{','.join(found)}" for word, found in places.items())


def write_query(terms: Terms) -> str:
    """Return ``terms`` as PostgreSQL reads a ``tsquery``; empty where nothing is asked for."""
    weights = "".join(_WEIGHTS[field] for field in FIELDS[terms.within])
    parts = [_write_any(group.phrases, weights) for group in terms.required]
    parts += ["(" + " | ".join(f"'{facet}'" for facet in group) + ")" for group in terms.facets]
    parts += [f"!{_write_any(group.phrases, weights)}" for group in terms.excluded]
    return " & ".join(parts)


def _write_any(phrases: Sequence[Phrase], weights: str) -> str:
    written = (" <-> ".join(f"'{word}':{weights}" for word in phrase) for phrase in phrases)
    return "(" + " | ".join(f"({phrase})" for phrase in written) + ")"


def read_state(store: Any) -> object:
    """Return ``None``: nothing tells cheaply whether others have changed the words, so that none are kept."""
    return None


def find_words(store: Any, forms: Sequence[str]) -> set[str]:
    """Return those of ``forms`` that occur in the ledger."""
    found = store.rows("SELECT word FROM search_words WHERE word = ANY(?::text[]) LIMIT ?", [list(forms), len(forms)])
    return {str(row[0]) for row in found}


def find_keys(store: Any, terms: Terms, low: int, high: int, limit: int) -> list[int]:
    """Return at most ``limit`` keys from ``low`` to below ``high``, the greatest first."""
    query = write_query(terms)
    where = "words @@ ?::tsquery AND " if query else ""
    values = [query] if query else []
    found = store.rows(
        f"SELECT key FROM search_text WHERE {where}key >= ? AND key < ? ORDER BY key DESC LIMIT ?",
        [*values, low, high, limit],
    )
    return [int(row[0]) for row in found]


@contextmanager
def deadline(store: Any, seconds: float) -> Iterator[None]:
    """Stop queries of ``store`` that run on after ``seconds``; raises ``SearchTimeoutError``."""
    store.change(f"SET statement_timeout = {max(1, int(seconds * 1000))}")
    try:
        yield
    except LedgerError as error:
        if getattr(error.__cause__, "sqlstate", None) == _CANCELLED:
            raise SearchTimeoutError(seconds) from error
        raise
    finally:
        with suppress(LedgerError):
            store.change("SET statement_timeout = 0")
