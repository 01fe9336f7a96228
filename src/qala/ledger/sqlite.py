"""The embedded back end: one SQLite file, write-ahead log, ``synchronous=FULL``.

With FULL a transaction that was acknowledged is on stable storage when ``COMMIT`` returns; with NORMAL a power
loss may take it back (1,044 simulated crash states: acknowledged work missing in 387). From about 1,000
rows a transaction upwards that costs nothing. All SQL goes through :class:`Connection`, which
``sqlite3`` and ``apsw`` connections both are, so that a laboratory can put its own file system beneath.
"""

from __future__ import annotations

import os
import sqlite3
import warnings
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from qala.errors import LedgerBusyError, LedgerError, LedgerFullError, LedgerReadOnlyError
from qala.ledger import search_sqlite
from qala.ledger.filesystems import find_network_filesystem
from qala.ledger.schema import TABLE, quote, render_tables
from qala.ledger.write_ahead import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qala.ledger.port import Dialect, IndexedText, Row, Value

APPLICATION_ID = 0x51414C41  # "QALA", in the file's header: what `file` and we tell a ledger by
BUSY_SECONDS = 10.0
LOG_WARNING = 256 << 20  # bytes of write-ahead log
_OLDEST = (3, 37, 0)  # STRICT tables
_CODES = {5: "busy", 6: "busy", 8: "read-only", 10: "disk", 11: "damaged", 13: "full", 14: "unopened", 26: "foreign"}

# After one of these nobody knows what is on the disk: an fsync that failed once may succeed the next time although
# the pages are lost (Rebello and others, USENIX ATC 2020), so that nothing is written any more.
_NOT_WRITTEN = frozenset(10 | part << 8 for part in (3, 4, 5, 6))  # IOERR_WRITE, _FSYNC, _DIR_FSYNC, _TRUNCATE


class Connection(Protocol):
    """What is asked of a connection; ``sqlite3.Connection`` and ``apsw.Connection`` have it."""

    def execute(self, sql: str, values: Any = (), /) -> Any:
        """Run one statement; what it returns can be iterated for its rows."""

    def executemany(self, sql: str, rows: Any, /) -> Any:
        """Run one statement for each of ``rows``."""

    def close(self) -> Any:
        """Close the file."""

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""


class SqliteStore:
    """A ledger in one SQLite file (the port is described in ``port.py``)."""

    dialect: Dialect = "sqlite"

    def __init__(self, connection: Connection, place: str, *, writable: bool, path: Path | None = None) -> None:
        self._connection = connection
        self.place = place
        self.writable = writable
        self._path = path
        self._snapshots = 0
        self._broken = ""
        self._warned = False

    @property
    def connection(self) -> Connection:
        """The open connection, for what only this engine has: the handler that ends a long query."""
        return self._connection

    def rows(self, sql: str, values: Sequence[Value] = ()) -> Iterator[Row]:
        """Yield the rows of a query as they come."""
        with self._told():
            yield from self._connection.execute(sql, tuple(values))

    def insert(self, table: str, rows: Sequence[Row]) -> None:
        """Write new rows, every column in the order of the schema."""
        if not rows:
            return
        names = TABLE[table].names
        columns = ", ".join(map(quote, names))
        with self._told():
            self._connection.executemany(
                f"INSERT INTO {quote(table)} ({columns}) VALUES ({', '.join('?' * len(names))})", rows
            )

    def change(self, sql: str, values: Sequence[Value] = ()) -> None:
        """Run one statement that returns nothing."""
        with self._told():
            for _ in self._connection.execute(sql, tuple(values)):
                pass

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Open one transaction for writing: committed at the end, rolled back on any exception."""
        if not self.writable:
            raise LedgerReadOnlyError(f"{self.place}: the ledger is read-only here")
        if self._broken:
            raise LedgerError(f"{self.place}: writing stopped after a failure of the disk ({self._broken}); open anew")
        self.change("BEGIN IMMEDIATE")
        try:
            yield
            self.change("COMMIT")
            self._watch_log()
        except BaseException:
            # After SQLITE_FULL and some I/O errors SQLite has rolled back by itself.
            with suppress(LedgerError):
                if self._connection.in_transaction:
                    self.change("ROLLBACK")
            raise

    def _watch_log(self) -> None:
        """Warn once of a write-ahead log that only grows: some reader holds an old snapshot."""
        log = self._path.with_name(self._path.name + "-wal") if self._path else None
        if log is None or self._warned or not log.exists() or log.stat().st_size < LOG_WARNING:
            return
        self._warned = True
        warnings.warn(
            f"{self.place}: the write-ahead log has {log.stat().st_size:,} bytes: a reader that was begun long ago"
            " keeps it from being taken over into the file",
            RuntimeWarning,
            stacklevel=3,
        )

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold one snapshot for all queries inside."""
        if self._connection.in_transaction:
            yield
            return
        self.change("BEGIN DEFERRED")
        try:
            yield
        finally:
            for end in ("COMMIT", "ROLLBACK"):
                with suppress(LedgerError):
                    if self._connection.in_transaction:
                        self.change(end)

    @contextmanager
    def lenient(self) -> Iterator[None]:
        """Hand out text that is no UTF-8 with lone surrogates in place of its bytes."""
        if not isinstance(self._connection, sqlite3.Connection):
            yield
            return
        self._connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        try:
            yield
        finally:
            self._connection.text_factory = str

    def version(self) -> int:
        """Return the number of the last migration that was applied."""
        return self._pragma("user_version")

    def set_version(self, number: int) -> None:
        """Keep ``number`` as the last migration; the header's page is part of the transaction."""
        if number == 1:
            for statement in search_sqlite.DDL:
                self.change(statement)
            self.change(f"PRAGMA application_id={APPLICATION_ID}")
        self.change(f"PRAGMA user_version={number:d}")

    def index_text(self, texts: Sequence[IndexedText]) -> None:
        """Add statements to the full-text index."""
        with self._told():
            search_sqlite.index_text(self._connection, texts)

    def check(self) -> Iterator[str]:
        """Yield the complaints of ``PRAGMA integrity_check`` and of the foreign keys."""
        try:
            for row in self.rows("PRAGMA integrity_check(100)"):
                if row[0] != "ok":
                    yield str(row[0])
            yield from self._check_schema()
            for table, number, target, _ in self.rows("PRAGMA foreign_key_check"):
                yield f"{table!s} {number!s} points to a row of {target!s} that is not there"
        except LedgerError as error:
            yield str(error)

    def _check_schema(self) -> Iterator[str]:
        """Yield what stands in the schema and is none of ours, or is missing: a guard taken off, code put in."""
        ours = {*render_tables("sqlite"), *search_sqlite.DDL}
        query = "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('table', 'trigger', 'view') AND sql NOT NULL"
        found = {str(sql): f"{kind!s} {name!s}" for kind, name, sql in self.rows(query)}
        for sql in sorted(ours - found.keys()):
            if not sql.startswith("CREATE INDEX"):
                yield f"missing or changed: {' '.join(sql.split()[:3])}"
        for sql in sorted(found.keys() - ours):
            if not found[sql].startswith("table search_text_"):
                yield f"not of this schema: {found[sql]}"

    def size(self) -> int:
        """Return the bytes of the file and of its write-ahead log."""
        if self._path is None:
            return self._pragma("page_count") * self._pragma("page_size")
        files = (self._path, self._path.with_name(self._path.name + "-wal"))
        return sum(file.stat().st_size for file in files if file.exists())

    def checkpoint(self) -> tuple[int, int]:
        """Bring the write-ahead log into the file; return its frames and how many of them were brought over."""
        found = next(self.rows("PRAGMA wal_checkpoint(TRUNCATE)"), (0, -1, -1))
        return int(str(found[1])), int(str(found[2]))

    def close(self) -> None:
        """Close the file."""
        with suppress(Exception):
            self._connection.close()

    def _pragma(self, name: str) -> int:
        return int(str(next(self.rows(f"PRAGMA {name}"))[0]))

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn the engine's errors into ours."""
        try:
            yield
        except LedgerError:
            raise
        except UnicodeDecodeError as error:
            raise LedgerError(
                f"{self.place}: damaged (a text is no UTF-8); `qala verify` names what is left"
            ) from error
        except Exception as error:
            told = tell_failure(error, self.place)
            if told is None:
                raise
            if _extended(error) in _NOT_WRITTEN:
                self._broken = self._broken or _text(error)
            raise told from error


def tell_failure(error: Exception, place: str) -> LedgerError | None:
    """Return our error for one of SQLite's (by ``sqlite3`` or ``apsw``), ``None`` for any other exception."""
    code, text = _code(error), _text(error)
    if code is None:
        return None
    match _CODES.get(code, ""):
        case "busy":
            return LedgerBusyError(f"{place}: another process is writing to this ledger; try again when it is done")
        case "read-only":
            return LedgerReadOnlyError(f"{place}: the ledger is read-only here ({text})")
        case "full":
            return LedgerFullError(f"{place}: no space left on the disk; nothing of this batch was kept, all before is")
        case "damaged":
            return LedgerError(f"{place}: damaged ({text}); `qala verify` names what is left")
        case "foreign":
            return LedgerError(f"{place}: not a ledger ({text})")
        case "unopened":
            return LedgerError(
                f"{place}: cannot be opened ({text}); beside a write-ahead log its folder must be writable"
            )
        case "disk":
            return LedgerError(f"{place}: the disk failed ({text}); nothing of this batch was kept")
    return LedgerError(f"{place}: {text}")


def _code(error: Exception) -> int | None:
    """Return SQLite's primary result code, ``None`` where the error is not SQLite's."""
    found = _extended(error)
    return None if found is None else found & 0xFF


def _extended(error: Exception) -> int | None:
    """Return SQLite's extended result code, ``None`` where the error is not SQLite's."""
    found = getattr(error, "sqlite_errorcode", None)
    if found is None and type(error).__module__.split(".")[0] == "apsw":
        found = getattr(error, "extendedresult", 0) or getattr(error, "result", 1)
    if found is None and isinstance(error, sqlite3.Error):
        found = 1
    return None if found is None else int(found)


def _text(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def open_sqlite(
    path: Path,
    *,
    create: bool = True,
    read_only: bool = False,
    busy_seconds: float = BUSY_SECONDS,
    connect: Callable[[str], Connection] | None = None,
) -> SqliteStore:
    """Open the ledger at ``path``; ``connect`` opens another engine's connection for a file name (the laboratory).

    Raises ``LedgerError`` for a file that is missing (without ``create``), is no ledger, or lies on a
    network file system, ``LedgerReadOnlyError`` where it would have to be made and cannot be.
    """
    place = str(path)
    fresh = not path.exists() or path.stat().st_size == 0
    if fresh and (read_only or not create):
        raise LedgerError(f"{place}: there is no ledger")
    if path.exists() and not path.is_file():
        raise LedgerError(f"{place}: not a file")
    if not path.parent.is_dir():
        raise LedgerError(f"{place}: there is no folder {path.parent}")
    writable = not read_only and os.access(path.parent, os.W_OK) and (fresh or os.access(path, os.W_OK))
    if fresh and not writable:
        raise LedgerReadOnlyError(f"{place}: no ledger can be made here: the folder is read-only")
    network = find_network_filesystem(path.parent)
    if network and writable:
        raise LedgerError(
            f"{place}: on a network file system ({network}), where SQLite's write-ahead log can be damaged:"
            " keep the ledger on a local disk, or use PostgreSQL (postgresql://...)"
        )
    try:
        connection = _connect(path, writable, busy_seconds) if connect is None else connect(place)
    except Exception as error:
        told = tell_failure(error, place)
        if told is None:
            raise
        raise told from error
    store = SqliteStore(connection, place, writable=writable, path=path)
    try:
        _prepare(store, fresh, busy_seconds)
    except BaseException:
        store.close()
        raise
    return store


def _connect(path: Path, writable: bool, busy_seconds: float) -> Connection:
    """Open with ``sqlite3``; what cannot be written is opened so that SQLite makes no file beside it."""
    if sqlite3.sqlite_version_info < _OLDEST:
        raise LedgerError(f"SQLite {sqlite3.sqlite_version} is too old: a ledger needs 3.37")
    name = path.absolute().as_uri()
    if not writable:
        wal = path.with_name(path.name + "-wal")
        quiet = not wal.exists() or wal.stat().st_size == 0
        alone = quiet and not os.access(path.parent, os.W_OK)
        name += "?mode=ro&immutable=1" if alone else "?mode=ro"
    return sqlite3.connect(name, uri=True, isolation_level=None, timeout=busy_seconds, cached_statements=64)


def _prepare(store: SqliteStore, fresh: bool, busy_seconds: float) -> None:
    """Set the connection up: no code of the file's own runs, keys are checked, commits are durable."""
    for pragma in (
        f"busy_timeout={int(busy_seconds * 1000)}",
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "mmap_size=0",
        "foreign_keys=ON",
        "recursive_triggers=ON",
        "temp_store=MEMORY",
        "cache_size=-16384",
    ):
        store.change(f"PRAGMA {pragma}")
    if not fresh:
        _check_own(store)
    if store.writable:
        store.change("PRAGMA journal_mode=WAL")
        store.change("PRAGMA synchronous=FULL")
        store.change("PRAGMA journal_size_limit=67108864")
        store.change("PRAGMA wal_autocheckpoint=2000")
        settle(store, Path(f"{store.place}-wal"), busy_seconds)


def _check_own(store: SqliteStore) -> None:
    """Refuse a database that Qala did not make: one with tables and without our mark."""
    mark = store._pragma("application_id")
    tables = next(store.rows("SELECT count(*) FROM sqlite_schema"))[0]
    if mark != APPLICATION_ID and tables:
        raise LedgerError(f"{store.place}: an SQLite file, but not a ledger of Qala's")
