"""The index anew from the rows: for a migration that changes the normal form, or an index that is not to be trusted.

The index is no evidence of anything: all that it holds stands in ``statements`` and ``documents``, which the log
covers, so that it may be thrown away and made again at any time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qala.ledger.port import IndexedText
from qala.ledger.search import find_engine, tidy_index

if TYPE_CHECKING:
    from qala.ledger.port import Row, Store

_BATCH = 5_000  # statements that are held at once


def rebuild_index(store: Store) -> int:
    """Make the index of all statements anew, in one transaction; return how many there are."""
    with store.writing():
        for statement in find_engine(store).CLEAR:
            store.change(statement)
        count = fill_index(store)
    tidy_index(store)
    return count


def fill_index(store: Store) -> int:
    """Add all statements to an index that is empty, in the transaction that is open; return how many there are."""
    count, last = 0, 0
    while rows := list(store.rows(_TEXTS, (last, _BATCH))):
        store.index_text([_make_text(row) for row in rows])
        count += len(rows)
        last = int(str(rows[-1][0]))
    return count


_TEXTS = (
    "SELECT statements.number, statements.content, statements.source, statements.speaker, documents.title"
    " FROM statements JOIN documents ON documents.number = statements.document"
    " WHERE statements.number > ? ORDER BY statements.number LIMIT ?"
)


def _make_text(row: Row) -> IndexedText:
    number, content, source, speaker, title = row
    sources = dict.fromkeys(str(part) for part in (source, speaker) if part)
    return IndexedText(int(str(number)), str(content), "\n".join(sources), str(title or ""))
