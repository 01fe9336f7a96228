"""What a power cut may leave: from a list of operations to the states of the disk that are possible after any of them.

The model is that of ALICE (Pillai and others, OSDI 2014) at the level of SQLite's file system: what a file was told
before its last ``fsync`` is there; of what came later each write may be there, may be missing, or be torn at the
borders of sectors, in any combination, as disks and page caches put off and reorder. Files and folders are
independent of each other; changes of the folder (a file made or deleted) come in their order, as journaling file
systems keep it, and are durable with the first ``fsync`` of a new journal or write-ahead log, or where SQLite asks
for it. What a failed ``fsync`` did not bring to the disk is lost although programs still read it: a later one that
succeeds does not bring it back (Rebello and others, USENIX ATC 2020).

Sectors that were being written hold their old or their new bytes, never others: that is what SQLite takes for granted
on any disk of today ("powersafe overwrite").
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from lab_disk import Op

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from random import Random

SECTOR = 512
Pattern = Literal["none", "all", "some", "torn", "last torn", "first missing"]
PATTERNS: tuple[Pattern, ...] = ("none", "all", "some", "torn", "last torn", "first missing")
FAILED: tuple[Pattern, ...] = ("none", "some", "torn")
"""What a failed ``fsync`` may have brought to the disk."""


class State(NamedTuple):
    """What is on the disk after a cut behind the first ``ops`` operations: the bytes of every file."""

    ops: int
    pattern: Pattern
    files: dict[str, bytes]

    def write(self, folder: Path) -> None:
        """Lay the files into an empty folder."""
        for name, content in self.files.items():
            (folder / name).write_bytes(content)


@dataclass
class _Inode:
    """One file: the bytes that are durable, and what was asked for since."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[Op] = field(default_factory=list)
    fresh: bool = True  # never synced


@dataclass
class _Model:
    chance: Random
    inodes: dict[int, _Inode] = field(default_factory=dict)
    live: dict[str, int] = field(default_factory=dict)  # the folder as programs see it
    folder: dict[str, int] = field(default_factory=dict)  # the folder as it is on the disk
    changes: list[tuple[str, int | None]] = field(default_factory=list)  # of the folder, not durable yet

    def take(self, op: Op) -> None:
        if op.kind == "create":
            number = len(self.inodes)
            self.inodes[number] = _Inode()
            self.live[op.file] = number
            self.changes.append((op.file, number))
        elif op.kind in ("delete", "delete for good"):
            self.live.pop(op.file, None)
            self.changes.append((op.file, None))
            if op.kind == "delete for good":
                self._sync_folder()
        elif op.file in self.live:  # a file may be written after it was unlinked: nobody will see that
            self._take_of_file(op, self.inodes[self.live[op.file]])

    def _take_of_file(self, op: Op, inode: _Inode) -> None:
        if op.kind == "sync":
            for each in inode.pending:
                _apply(inode.durable, each)
            inode.pending.clear()
            if inode.fresh and op.file.endswith(("-wal", "-journal")):
                self._sync_folder()
            inode.fresh = False
        elif op.kind == "failed sync":
            for each in _choose(inode.pending, self.chance.choice(FAILED), self.chance):
                _apply(inode.durable, each)
            inode.pending.clear()
        else:
            inode.pending.append(op)

    def _sync_folder(self) -> None:
        _change(self.folder, self.changes)
        self.changes.clear()

    def cut(self, pattern: Pattern) -> dict[str, bytes]:
        """Return the files that a power cut leaves now."""
        chance = self.chance
        folder = dict(self.folder)
        kept = {"none": 0, "all": len(self.changes)}.get(pattern, chance.randint(0, len(self.changes)))
        _change(folder, self.changes[:kept])
        files = {}
        for name, number in sorted(folder.items()):
            inode = self.inodes[number]
            image = bytearray(inode.durable)
            for op in _choose(inode.pending, pattern, chance):
                _apply(image, op)
            files[name] = bytes(image)
        return files


def _change(folder: dict[str, int], changes: Sequence[tuple[str, int | None]]) -> None:
    for name, number in changes:
        if number is None:
            folder.pop(name, None)
        else:
            folder[name] = number


def _apply(image: bytearray, op: Op) -> None:
    if op.kind == "truncate":
        del image[op.offset :]
        image.extend(bytes(op.offset - len(image)))
        return
    end = op.offset + len(op.data)
    image.extend(bytes(max(0, end - len(image))))
    image[op.offset : end] = op.data


def _choose(pending: Sequence[Op], pattern: Pattern, chance: Random) -> Iterator[Op]:
    """Yield what arrived of the operations that nothing made durable, in their order."""
    last = len(pending) - 1
    for place, op in enumerate(pending):
        whole = {"all": True, "some": chance.random() < 0.5, "last torn": place < last, "first missing": place > 0}
        if whole.get(pattern):
            yield op
        elif pattern == "torn" or (pattern == "last torn" and place == last):
            yield from _tear(op, chance)


def _tear(op: Op, chance: Random) -> Iterator[Op]:
    """Yield the sectors of a write that arrived."""
    if op.kind != "write":
        if chance.random() < 0.5:
            yield op
        return
    start = op.offset
    while start < op.offset + len(op.data):
        end = min((start // SECTOR + 1) * SECTOR, op.offset + len(op.data))
        if chance.random() < 0.5:
            yield Op("write", op.file, start, op.data[start - op.offset : end - op.offset])
        start = end


def list_states(
    ops: Sequence[Op], chance: Random, patterns: Sequence[Pattern] = PATTERNS, share: float = 1.0, behind: int = 0
) -> Iterator[State]:
    """Yield the different states that cuts may leave after a ``share`` of the operations ``behind`` the first."""
    model, seen = _Model(chance), set[bytes]()
    for done in range(len(ops) + 1):
        if done:
            model.take(ops[done - 1])
        if done < behind or chance.random() > share:
            continue
        for pattern in patterns:
            files = model.cut(pattern)
            digest = hashlib.blake2b(repr(sorted((name, _digest(raw)) for name, raw in files.items())).encode())
            if digest.digest() not in seen:
                seen.add(digest.digest())
                yield State(done, pattern, files)


def _digest(raw: bytes) -> str:
    return hashlib.blake2b(raw).hexdigest()
