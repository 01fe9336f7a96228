"""A disk of the laboratory's own: an SQLite file system (VFS) by apsw that records what is written, and can fail.

SQLite asks a VFS for everything that it does with files. This one does it all on real files, and keeps a list of the
operations that change something; ``lab_power.py`` makes from that list what a power cut may leave. An operation
can be made to fail, once or for ever. Names of files are kept without their folder: a run has one.
"""

from __future__ import annotations

import errno
import itertools
import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

import apsw

from qala.ledger import write_ahead

REWRITE = write_ahead.rewrite_file
PIECE = 4096
OpKind = Literal["create", "delete", "delete for good", "write", "truncate", "sync", "failed sync"]


class Op(NamedTuple):
    """One operation that changes a file or a folder, in the order in which SQLite asked for it."""

    kind: OpKind
    file: str
    offset: int = 0  # of a write; the size of a truncation
    data: bytes = b""


@dataclass
class Fault:
    """The ``number``-th operation of a kind (from 1) fails with SQLite's code, and all later ones if ``for_ever``."""

    kind: Literal["write", "sync", "read"]
    number: int
    code: int
    for_ever: bool = False


@dataclass
class Disk:
    """What happened on the disk, and what shall go wrong there; use as a context manager."""

    fault: Fault | None = None
    ops: list[Op] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    fired: int = 0  # operations that failed
    after: Counter[str] = field(default_factory=Counter)  # operations asked for after the first that failed

    _names = itertools.count(1)

    def __enter__(self) -> Disk:
        self.name = f"qala-lab-{next(self._names)}"
        self._vfs = _Vfs(self.name, self)
        write_ahead.rewrite_file = self._rewrite
        return self

    def __exit__(self, *_: object) -> None:
        write_ahead.rewrite_file = REWRITE
        self._vfs.unregister()

    def connect(self, place: str) -> apsw.Connection:
        """Return a connection whose files are on this disk: the ``connect`` of ``open_sqlite``."""
        return apsw.Connection(place, vfs=self.name)

    def _rewrite(self, path: Path) -> None:
        """Note the one thing that the store does with a file past SQLite, and let it fail as well."""
        content = path.read_bytes()
        try:
            self.count("write")
            REWRITE(path)
            self.ops += [Op("write", path.name, at, content[at : at + PIECE]) for at in range(0, len(content), PIECE)]
            self.count("sync")
        except apsw.Error as error:
            self.ops.append(Op("failed sync", path.name))
            number = errno.ENOSPC if isinstance(error, apsw.FullError) else errno.EIO
            raise OSError(number, os.strerror(number)) from error
        self.ops.append(Op("sync", path.name))

    def count(self, kind: str) -> None:
        """Count an operation; raises the error of the fault that it meets."""
        self.counts[kind] += 1
        if self.fired:
            self.after[kind] += 1
        fault = self.fault
        if fault is None or fault.kind != kind:
            return
        number = self.counts[kind]
        if number == fault.number or (fault.for_ever and number > fault.number):
            self.fired += 1
            raise apsw.exceptionfor(fault.code)


class _Vfs(apsw.VFS):
    def __init__(self, name: str, disk: Disk) -> None:
        self._disk = disk
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: list[int]) -> _File:
        return _File(self._disk, name, flags)

    def xDelete(self, name: str, sync: bool) -> None:
        super().xDelete(name, sync)
        self._disk.ops.append(Op("delete for good" if sync else "delete", Path(name).name))

    def excepthook(self, *_: object) -> None:
        """Print nothing: what fails here fails on purpose."""


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._disk, self._name = disk, Path(path).name if path else ""
        fresh = bool(path) and not Path(path).exists()
        super().__init__("", name, flags)
        if fresh and self._name:
            disk.ops.append(Op("create", self._name))

    def excepthook(self, *_: object) -> None:
        """Print nothing: what fails here fails on purpose."""

    def xRead(self, amount: int, offset: int) -> bytes:
        self._disk.count("read")
        return super().xRead(amount, offset)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.count("write")
        super().xWrite(data, offset)
        self._note(Op("write", self._name, offset, bytes(data)))

    def xTruncate(self, size: int) -> None:
        super().xTruncate(size)
        self._note(Op("truncate", self._name, size))

    def xSync(self, flags: int) -> None:
        try:
            self._disk.count("sync")
        except apsw.Error:
            self._note(Op("failed sync", self._name))
            raise
        super().xSync(flags)
        self._note(Op("sync", self._name))

    def _note(self, op: Op) -> None:
        if self._name:
            self._disk.ops.append(op)
