"""The full-text index in SQLite: FTS5 over the words of ``search_index.py``, and the list of all words that occur.

The tokenizer is ``ascii``: it parts at the spaces that we write and nowhere else (every letter outside ASCII
belongs to a word), so that what is a word is settled in one place for both back ends. The index keeps no text
of its own; ``statements`` has it. Datasette finds the index through the view ``search``; as Datasette cannot fold what
people type there, words that folding changes are indexed as they are written, too, in the column of the facets.

A row's id is ``LAST_ROW`` less the key of ``search_index.py``: the newest statement has the smallest. FTS5 goes
forwards through its lists twice as fast as backwards, and the newest are asked for first.
"""

from __future__ import annotations

from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any

import orjson

from qala.errors import LedgerError, SearchTimeoutError
from qala.ledger.search_form import list_spelled
from qala.ledger.search_index import DOT, NUMBER_MASK, list_index_rows
from qala.ledger.search_terms import FIELDS, Terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qala.ledger.port import IndexedText, Value
    from qala.ledger.search_terms import Phrase
    from qala.ledger.sqlite import Connection

LAST_ROW = (1 << 63) - 1

DDL = (
    "CREATE TABLE search_keys (place INTEGER PRIMARY KEY) STRICT",
    "CREATE TABLE search_words (word TEXT PRIMARY KEY) WITHOUT ROWID, STRICT",
    "CREATE VIEW search AS SELECT search_keys.place AS rowid, current_statements.*, documents.title AS article,"
    " NULL AS facets FROM search_keys"
    f" JOIN current_statements ON current_statements.number = {NUMBER_MASK} - (search_keys.place & {NUMBER_MASK})"
    " JOIN documents ON documents.number = current_statements.document",
    "CREATE VIRTUAL TABLE search_text USING fts5"
    "(content, source, article, facets, content=\"search\", columnsize=0, tokenize='ascii')",
)
"""Made with the first schema."""

OLDEST_FIRST = "SELECT 1 FROM pragma_table_info('search_keys') WHERE name = 'key'"
"""Finds a row where the index is of the first schema, which had the keys themselves as ids."""

TURN = ("DROP TABLE search_text", "DROP VIEW search", "DROP TABLE search_keys", "DROP TABLE search_words", *DDL)
"""Empties such an index for one of the second schema."""

CLEAR = (
    "INSERT INTO search_text (search_text) VALUES ('delete-all')",
    "DELETE FROM search_keys",
    "DELETE FROM search_words",
)
"""Empties the index."""

_NOTHING = f"none{DOT}"  # no word holds the dot, and no facet has this name
_DEEPEST = 6  # FTS5's parser gives up at some 30 levels of brackets
_HELD = 16 * 1024 * 1024  # bytes of a transaction's words before a piece of the index is written
_PAGES = 2_000  # of 4 KB, merged in one transaction
_STEPS = 2_000  # of SQLite's machine between two looks at the clock: some 20 microseconds


def index_text(connection: Connection, texts: Sequence[IndexedText]) -> None:
    """Add statements to the index, in the transaction that is open and has written their rows."""
    if not next(iter(connection.execute("SELECT count(*) FROM search_text_config WHERE k = 'hashsize'")))[0]:
        connection.execute("INSERT INTO search_text (search_text, rank) VALUES ('hashsize', ?)", (_HELD,))
    rows = list(list_index_rows(connection.execute, texts))[::-1]  # FTS5 holds ascending ids together
    spelled = {text.number: list_spelled("\n".join((text.content, text.source, text.title))) for text in texts}
    connection.executemany("INSERT INTO search_keys (place) VALUES (?)", [(LAST_ROW - row.key,) for row in rows])
    connection.executemany(
        "INSERT INTO search_text (rowid, content, source, article, facets) VALUES (?, ?, ?, ?, ?)",
        [
            (LAST_ROW - row.key, *map(" ".join, row[1:4]), " ".join((*row.facets, *spelled[row.key & NUMBER_MASK])))
            for row in rows
        ],
    )
    words = sorted(set[str]().union(*(row.words() for row in rows)))
    connection.executemany("INSERT OR IGNORE INTO search_words (word) VALUES (?)", [(word,) for word in words])


def tidy(store: Any) -> None:
    """Merge the pieces of the index, which every batch adds to, into one; short transactions, so that others can write.

    A search asks every piece for every form of a word: one piece is asked several times faster than twenty.
    """
    pages, state = -_PAGES, None
    while (now := list(store.rows("SELECT hex(block) FROM search_text_data WHERE id = 10"))) != state:
        state = now
        with store.writing():
            store.change("INSERT INTO search_text (search_text, rank) VALUES ('merge', ?)", (pages,))
        pages = _PAGES


def write_match(terms: Terms) -> str:
    """Return ``terms`` in FTS5's query syntax: every word quoted, every word letters and digits of ours.

    FTS5 leads all parts of an AND from match to match together, and a frequent word's list is gone through for every
    match of each rare one. What is nested is led alone: the rarest two first, the others only to what both have. How
    frequent a word is nobody counts, but the more frequent, the more of its forms occur.
    FTS5 takes an AND inside an AND apart again, but not one inside an OR, be it with a word that nothing has.
    """
    columns = " ".join(FIELDS[terms.within])
    parts = [(len(group.phrases), f"{{{columns}}} : ({_write_any(group.phrases)})") for group in terms.required]
    parts += [
        (_rank_facet(group[0]), "(" + " OR ".join(f'"{facet}"' for facet in group) + ")") for group in terms.facets
    ]
    match = ""
    for at, (_, part) in enumerate(sorted(parts)):
        alone = 1 < at <= _DEEPEST
        match = f'(({match}) OR "{_NOTHING}") AND {part}' if alone else f"{match} AND {part}" if match else part
    if unwanted := [phrase for group in terms.excluded for phrase in group.phrases]:
        match = f"({match}) NOT {{{columns}}} : ({_write_any(unwanted)})"
    return match


def _rank_facet(facet: str) -> int:
    """Return what stands for how frequent a facet is: a name like a frequent word, acts and outlets more than any."""
    return 40 if facet.startswith(("who", "via")) else 1_000


def _write_any(group: Sequence[Phrase]) -> str:
    return " OR ".join('"' + " ".join(phrase) + '"' for phrase in group)


def read_state(store: Any) -> object:
    """Return what is another value after every change of the file, by this connection or any other."""
    changes = store.connection.total_changes
    return next(store.rows("PRAGMA data_version"))[0], changes() if callable(changes) else changes


def find_words(store: Any, forms: Sequence[str]) -> set[str]:
    """Return those of ``forms`` that occur in the ledger; one JSON array costs half of as many place-holders."""
    query = "SELECT word FROM json_each(?) CROSS JOIN search_words ON search_words.word = json_each.value"
    return {str(row[0]) for row in store.rows(query, [orjson.dumps(forms).decode()])}


def find_keys(store: Any, terms: Terms, low: int, high: int, limit: int) -> list[int]:
    """Return at most ``limit`` keys from ``low`` to below ``high``, the greatest first."""
    values: list[Value] = [LAST_ROW - high, LAST_ROW - low]
    if terms.required or terms.facets:
        sql = "SELECT rowid FROM search_text WHERE search_text MATCH ? AND rowid > ? AND rowid <= ?"
        values.insert(0, write_match(terms))
    else:
        sql = "SELECT place AS rowid FROM search_keys WHERE place > ? AND place <= ?"
        for group in terms.excluded:
            sql += " AND place NOT IN (SELECT rowid FROM search_text WHERE search_text MATCH ?)"
            values.append(f"{{{' '.join(FIELDS[terms.within])}}} : ({_write_any(group.phrases)})")
    found = store.rows(f"{sql} ORDER BY rowid LIMIT ?", [*values, limit])
    return [LAST_ROW - int(row[0]) for row in found]


@contextmanager
def deadline(store: Any, seconds: float) -> Iterator[None]:
    """Stop queries of ``store`` that run on after ``seconds``; raises ``SearchTimeoutError``."""
    connection = store.connection
    end = monotonic() + seconds
    late = False

    def look() -> int:
        nonlocal late
        late = monotonic() > end
        return int(late)

    _watch(connection, look)
    try:
        yield
    except LedgerError as error:
        if late:
            raise SearchTimeoutError(seconds) from error
        raise
    finally:
        _watch(connection, None)


def _watch(connection: Any, look: Any) -> None:
    """Have SQLite call ``look`` now and then (``None`` stops that); ``sqlite3`` and ``apsw`` differ in the name."""
    watch = getattr(connection, "set_progress_handler", None)
    if watch is None:
        connection.setprogresshandler(look, _STEPS)
    else:
        watch(look, _STEPS)
