"""A write-ahead log that a process left behind: brought into the file before anything new is written.

A commit whose fsync failed may stand in the log for all who read it and yet not be on the disk: the system may drop
pages that it could not write and call them clean, so that a later fsync succeeds without them (Rebello and others,
"Can Applications Recover from fsync Failures?", USENIX ATC 2020). What is then written behind it is lost with it when
the power goes, and a file into which half of it was taken over is damaged. The laboratory in tests/faults found both.
So the log's bytes are written once more where they stand, and only then taken over.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from qala.errors import LedgerBusyError, LedgerError, LedgerFullError

if TYPE_CHECKING:
    from pathlib import Path

    from qala.ledger.sqlite import SqliteStore

_PIECE = 1 << 20  # bytes


def settle(store: SqliteStore, log: Path, busy_seconds: float) -> None:
    """Bring what stands in ``log`` into the ledger's file, and begin a new log.

    Only where no other process writes: its log is its own matter, and stays. Readers are not disturbed. Raises
    ``LedgerError`` where the disk fails, and ``LedgerFullError``.
    """
    if not log.exists() or log.stat().st_size == 0:
        return
    store.change("PRAGMA busy_timeout=0")
    with suppress(LedgerBusyError):
        store.change("BEGIN IMMEDIATE")  # nobody adds to the log meanwhile
        try:
            rewrite_file(log)
        except OSError as error:
            raise _tell(error, store.place) from error
        finally:
            store.change("ROLLBACK")
        with suppress(LedgerFullError):  # without room the log, now on the disk, stays
            store.checkpoint()
    store.change(f"PRAGMA busy_timeout={int(busy_seconds * 1000)}")


def _tell(error: OSError, place: str) -> LedgerError:
    if error.errno == errno.ENOSPC:  # on file systems that never write to the same place twice
        return LedgerFullError(f"{place}: no space left on the disk; nothing was written")
    return LedgerError(f"{place}: the disk failed ({error}); nothing was written")


def rewrite_file(path: Path) -> None:
    """Write the bytes of a file over themselves and wait until they are on the disk; raises ``OSError``."""
    with path.open("r+b", buffering=0) as file:
        place = 0
        while piece := os.pread(file.fileno(), _PIECE, place):
            written = 0
            while written < len(piece):
                written += os.pwrite(file.fileno(), piece[written:], place + written)
            place += len(piece)
        os.fsync(file.fileno())
