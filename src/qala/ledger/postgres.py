"""The back end for teams: a ledger in PostgreSQL (11 or newer), through psycopg 3 (the extra ``postgres``).

The connection is in autocommit and every transaction is begun by name: in psycopg's other mode a transaction opened
after any statement is only a savepoint, and what it "commits" is lost with the connection. Rows are written with
COPY. A lost connection is opened again with growing pauses, but never inside a transaction: that one is gone,
nothing of it was acknowledged, and ``LedgerConnectionError`` tells the writer to do it again (adding twice
adds once).
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from itertools import count
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from qala.errors import (
    LedgerBusyError,
    LedgerConnectionError,
    LedgerError,
    LedgerFullError,
    LedgerReadOnlyError,
)
from qala.ledger import postgres_search
from qala.ledger.schema import TABLE, TABLES, quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qala.ledger.port import Dialect, IndexedText, Row, Value

BUSY_SECONDS = 10.0
RECONNECT_SECONDS = 30.0
"""How long a lost server is tried again: after 0.05 s, then after twice as long each time, 1 s at most."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 1.0
_STREAMED = 2_000  # rows fetched at once from a cursor of the server
_VERSION_TABLE = "qala_schema"


class PostgresStore:
    """A ledger in one schema of a PostgreSQL database (the port is described in ``port.py``)."""

    dialect: Dialect = "postgresql"

    def __init__(self, connect: Callable[[], Any], place: str, *, read_only: bool, busy_seconds: float) -> None:
        self._connect = connect
        self.place = place
        self._busy_seconds = busy_seconds
        self._names = count(1)
        self._inside = False  # a transaction of ours
        with self._told():
            self._connection = connect()
            self.writable = not read_only and self._can_write()

    def rows(self, sql: str, values: Sequence[Value] = ()) -> Iterator[Row]:
        """Yield the rows of a query as they come; from a cursor of the server where they may be many."""
        if self._inside and not _is_bounded(sql):
            yield from self._stream(sql, values)
            return
        yield from self._run(sql, values)

    def _run(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one statement and return its rows; outside transactions again on a new connection, if one was lost."""
        again = not self._inside
        while True:
            try:
                with self._told():
                    cursor = self._connection.execute(*_translate(sql, values))
                    return cursor.fetchall() if cursor.description else []
            except LedgerConnectionError:
                if not again:
                    raise
                again = False
                self._reconnect()

    def _stream(self, sql: str, values: Sequence[Value]) -> Iterator[Row]:
        cursor = self._connection.cursor(name=f"qala_{next(self._names)}")
        cursor.itersize = _STREAMED
        try:
            with self._told():
                cursor.execute(*_translate(sql, values))
            while True:
                with self._told():
                    some = cursor.fetchmany(_STREAMED)
                if not some:
                    return
                yield from some
        finally:
            with suppress(Exception):
                cursor.close()

    def insert(self, table: str, rows: Sequence[Row]) -> None:
        """Write new rows, every column in the order of the schema."""
        if rows:
            self.copy(table, TABLE[table].names, rows)

    def copy(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
        """Write rows with COPY; a key that exists is an error."""
        names = ", ".join(map(quote, columns))
        copy = f"COPY {quote(table)} ({names}) FROM STDIN"
        with self._told(), self._connection.cursor() as cursor, cursor.copy(copy) as target:
            for row in rows:
                target.write_row(row)

    def change(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run one statement that returns nothing."""
        self._run(sql, values)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Open one transaction for writing, alone: committed at the end, rolled back on any exception."""
        if not self.writable:
            raise LedgerReadOnlyError(f"{self.place}: the ledger is read-only here")
        if self._inside:
            raise LedgerError(f"{self.place}: nothing can be written while rows are being read: read to the end first")
        with self._transaction("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"):
            self.change(f"SET LOCAL lock_timeout = {int(self._busy_seconds * 1000)}")
            # The lock is the schema's, and goes with the transaction, whatever ends it.
            self.change("SELECT pg_advisory_xact_lock(hashtextextended('qala:' || current_schema(), 0))")
            self.change("SET LOCAL lock_timeout = 0")
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold one snapshot for all queries inside."""
        if self._inside:
            yield
            return
        with self._transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"):
            yield

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        self.change(begin)
        self._inside = True
        try:
            yield
            self.change("COMMIT")
        except BaseException:
            with suppress(Exception):
                self._connection.execute("ROLLBACK")
            raise
        finally:
            self._inside = False

    @contextmanager
    def lenient(self) -> Iterator[None]:
        """Do nothing: PostgreSQL holds no text that is no UTF-8."""
        yield

    def version(self) -> int:
        """Return the number of the last migration that was applied."""
        if self._run("SELECT to_regclass(?)::text", (_VERSION_TABLE,))[0][0] is None:
            return 0
        return int(self._run(f"SELECT max(number) FROM {_VERSION_TABLE}")[0][0] or 0)

    def set_version(self, number: int) -> None:
        """Keep ``number`` as the last migration, in the transaction that applies it."""
        if number == 1:
            for statement in postgres_search.DDL:
                self.change(statement)
            self.change(f"CREATE TABLE {_VERSION_TABLE} (number bigint PRIMARY KEY)")
        self.change(f"INSERT INTO {_VERSION_TABLE} (number) VALUES (?)", (number,))

    def index_text(self, texts: Sequence[IndexedText]) -> None:
        """Add statements to the full-text index."""
        postgres_search.index_text(self, texts)

    def check(self) -> Iterator[str]:
        """Yield the indexes of this schema that the server itself holds for invalid."""
        query = (
            "SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class ON pg_class.oid = indrelid"
            " WHERE NOT indisvalid AND relnamespace = current_schema()::regnamespace"
        )
        for (name,) in self.rows(query):
            yield f"the index {name!s} is not valid"

    def size(self) -> int:
        """Return the bytes of all tables with their indexes."""
        names = [*(table.name for table in TABLES), *postgres_search.TABLES]
        query = (
            "SELECT coalesce(sum(pg_total_relation_size(to_regclass(name))), 0)::bigint FROM unnest(?::text[]) AS name"
        )
        return int(self._run(query, [names])[0][0] or 0)

    def encoding(self) -> str:
        """Return the encoding of the database."""
        return str(self._connection.info.parameter_status("server_encoding"))

    def close(self) -> None:
        """Close the connection."""
        with suppress(Exception):
            self._connection.close()

    def _can_write(self) -> bool:
        shown = self._connection.execute(
            "SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only')::bool"
        ).fetchone()
        return not shown[0]

    def _reconnect(self) -> None:
        """Connect anew, with growing pauses; raises ``LedgerConnectionError`` after ``RECONNECT_SECONDS``."""
        self.close()
        end = monotonic() + RECONNECT_SECONDS
        pause = _FIRST_PAUSE
        while True:
            try:
                with self._told():
                    self._connection = self._connect()
                return
            except LedgerConnectionError:
                if monotonic() + pause > end:
                    raise
            sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn the driver's errors into ours."""
        try:
            yield
        except LedgerError:
            raise
        except Exception as error:
            told = tell_failure(error, self.place)
            if told is None:
                raise
            raise told from error


def _translate(sql: str, values: Sequence[Any]) -> tuple[str] | tuple[str, Sequence[Any]]:
    """Return a query with psycopg's place-holders; without values it is sent as it stands."""
    if not values:
        return (sql,)
    return sql.replace("%", "%%").replace("?", "%s"), tuple(values)


def _is_bounded(sql: str) -> bool:
    """Return whether a query's own text bounds its rows, so that they may be fetched at once."""
    return " LIMIT " in sql or " IN (" in sql or sql.startswith(("SELECT max(", "SELECT count("))


def tell_failure(error: Exception, place: str) -> LedgerError | None:
    """Return our error for one of psycopg's, ``None`` for any other exception."""
    if type(error).__module__.split(".")[0] != "psycopg":
        return None
    state = str(getattr(error, "sqlstate", None) or "")
    text = " ".join(str(error).split()) or type(error).__name__
    if state == "55P03":
        return LedgerBusyError(f"{place}: another process is writing to this ledger; try again when it is done")
    if state in ("25006", "42501"):
        return LedgerReadOnlyError(f"{place}: the ledger is read-only here ({text})")
    if state == "53100":
        return LedgerFullError(
            f"{place}: no space left on the server; nothing of this batch was kept, all before it is"
        )
    lost = state[:2] == "08" or state in ("57P01", "57P02", "57P03", "25P03")
    if lost or (not state and type(error).__name__ in ("OperationalError", "ConnectionTimeout", "InterfaceError")):
        return LedgerConnectionError(f"{place}: the connection to the server was lost ({text})")
    return LedgerError(f"{place}: {text}")


def open_postgres(
    url: str, *, create: bool = True, read_only: bool = False, busy_seconds: float = BUSY_SECONDS
) -> PostgresStore:
    """Open the ledger at ``url``: ``postgresql://user@host/database``, ``?options=-csearch_path%3Dname`` for a schema.

    Raises ``LedgerError`` where psycopg is not installed or there is no ledger (without ``create``), and
    ``LedgerConnectionError`` where the server cannot be reached.
    """
    try:
        import psycopg
    except ImportError:
        raise LedgerError("a ledger in PostgreSQL needs psycopg 3: pip install 'qala[postgres]'") from None

    def connect() -> Any:
        # Without prepared statements: their plans do not look at the words that are asked for.
        connection = psycopg.connect(url, autocommit=True, prepare_threshold=None, connect_timeout=10)
        try:
            connection.execute("SET client_encoding TO 'UTF8'")
            connection.execute("SET synchronous_commit TO on")
            connection.execute("SET client_min_messages TO warning")
        except BaseException:
            connection.close()
            raise
        return connection

    place = hide_password(url)
    store = PostgresStore(connect, place, read_only=read_only, busy_seconds=busy_seconds)
    try:
        _check(store, create and not read_only)
    except BaseException:
        store.close()
        raise
    return store


def _check(store: PostgresStore, create: bool) -> None:
    if store.encoding() != "UTF8":
        raise LedgerError(f"{store.place}: the database is in {store.encoding()}; a ledger needs UTF8")
    if not create and store.version() == 0:
        raise LedgerError(f"{store.place}: there is no ledger")


def hide_password(url: str) -> str:
    """Return ``url`` without its password and its options, for messages."""
    try:
        parts = urlsplit(url)
        user, at, host = parts.netloc.rpartition("@")
        return urlunsplit((parts.scheme, user.partition(":")[0] + at + host, parts.path, "", ""))
    except ValueError:
        return "postgresql://"
