"""The port of storage: the few calls that a back end answers; everything else of the ledger is written once.

The ledger's SQL is portable (``?`` for values, names of ``schema.py``, ``ORDER BY`` on texts in code-point order)
and passes through here; a back end translates the place-holders, gives transactions and its own text
index. Two back ends exist: ``sqlite.py`` and ``postgres.py``. All their failures are raised as children of
:class:`qala.errors.LedgerError`.

Values are ``int``, ``float``, ``str`` without U+0000 and without lone surrogates, ``bytes`` or ``None``; a back
end need not take anything else. Rows are plain tuples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager

Value = int | float | str | bytes | None
Row = tuple[Value, ...]
Dialect = Literal["sqlite", "postgresql"]


class IndexedText(NamedTuple):
    """What full-text search knows of one statement, as it stands in the article (not yet folded)."""

    number: int  # statements.number
    content: str
    source: str  # the words of the source and, behind a line feed, the speaker's fullest name
    title: str  # of the article


class Store(Protocol):
    """One open ledger in a back end. Not for use by two threads at once."""

    @property
    def dialect(self) -> Dialect:
        """Which SQL the back end speaks, for the few statements that differ."""

    @property
    def place(self) -> str:
        """The file or the URL without its password, for messages."""

    @property
    def writable(self) -> bool:
        """Whether the ledger can be written here."""

    def rows(self, sql: str, values: Sequence[Value] = ()) -> Iterator[Row]:
        """Yield the rows of a query as they come; several such streams may be read by turns.

        Memory must not grow with the number of rows inside :meth:`reading`.
        """

    def insert(self, table: str, rows: Sequence[Row]) -> None:
        """Write new rows, every column in the order of ``schema.TABLES``; only inside :meth:`writing`.

        The caller has made sure that none is there yet; a key that exists is an error.
        """

    def change(self, sql: str, values: Sequence[Value] = ()) -> None:
        """Run one statement that returns nothing: DDL of migrations, the cursors of ``sources``."""

    def writing(self) -> AbstractContextManager[None]:
        """Open one transaction for writing, alone: commits at the end, rolls back on any exception.

        It takes the write lock at its beginning (``BEGIN IMMEDIATE``; an advisory lock of the
        transaction), so that numbers and the chain's last hash can be read and continued inside.
        When it returns, the work is on stable storage. Raises ``LedgerBusyError`` where the lock
        is not given in time, ``LedgerReadOnlyError`` and ``LedgerFullError``.
        """

    def reading(self) -> AbstractContextManager[None]:
        """Hold one snapshot: all queries inside see the ledger as it stood at the first of them.

        May be nested in itself and in :meth:`writing`, where it does nothing.
        """

    def lenient(self) -> AbstractContextManager[None]:
        """While verifying: text that is no UTF-8 comes as lone surrogates instead of raising."""

    def version(self) -> int:
        """Return the number of the last migration that was applied; 0 for an empty ledger."""

    def set_version(self, number: int) -> None:
        """Keep ``number`` as the last migration; inside :meth:`writing`."""

    def index_text(self, texts: Sequence[IndexedText]) -> None:
        """Add statements to the full-text index, in the transaction that writes their rows."""

    def check(self) -> Iterator[str]:
        """Yield what the engine's own check of its structures complains of; nothing where it is content."""

    def size(self) -> int:
        """Return the bytes that the ledger takes on disk."""

    def close(self) -> None:
        """Give everything back; harmless when repeated."""
