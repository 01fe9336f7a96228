"""Gzip read member by member, with caps and with a way on after damage.

A compressed archive is one member a record, so that a damaged one costs itself alone: the next member is searched
for by its first bytes, and what lies between is reported. Nothing is decompressed beyond what is asked for.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from qala.reading.limits import Limits

MAGIC = b"\x1f\x8b"
_HEADER = re.compile(rb"\x1f\x8b\x08[\x00-\x1f].{4}[\x00\x02\x04][\x00-\x0d\xff]", re.DOTALL)
_CHUNK = 1 << 16
_FREE = 1 << 20  # bytes out before a ratio says anything


class GzipDamageError(Exception):
    """A member that cannot be read to its end; ``code`` is "damaged", "truncated" or "bomb"."""

    def __init__(self, reason: str, code: str) -> None:
        super().__init__(reason)
        self.code = code


class GzipStream:
    """The decompressed bytes of a gzip file, one member or all of them, read forwards.

    ``whole`` reads on into the next member. ``member`` is the offset of the current member in the file, ``position``
    the count of bytes given out of the current reading. Raises ``GzipDamageError`` from ``read``.
    """

    def __init__(self, file: BinaryIO, limits: Limits, *, whole: bool = True, start: int = 0) -> None:
        self._file = file
        self._limits = limits
        self._whole = whole
        self._inner = zlib.decompressobj(31)
        self._held = b""  # compressed bytes that wait
        self._ended = False
        self._taken = self._given = 0
        self.member = start
        file.seek(start)

    def read(self, size: int) -> bytes:
        """Return up to ``size`` bytes; ``b""`` at the end of the member, or of the file."""
        while not self._ended:
            if not self._held:
                self._held = self._file.read(_CHUNK)
                if not self._held:
                    self._end_file()
                    break
            before = len(self._held)
            try:
                out = self._inner.decompress(self._held, size)
            except zlib.error as error:
                raise GzipDamageError(f"damaged gzip: {error}", "damaged") from None
            rest = self._inner.unconsumed_tail or self._inner.unused_data
            self._taken += before - len(rest)
            self._held = rest
            self._given += len(out)
            if self._given > max(_FREE, self._limits.ratio * self._taken):
                raise GzipDamageError(f"over {self._limits.ratio} bytes out for one in", "bomb")
            if self._inner.eof:
                self._end_member()
            if out:
                return out
        return b""

    @property
    def next_member(self) -> int:
        """The offset after the current member, once it is read to its end."""
        return self.member + self._taken

    def _end_file(self) -> None:
        self._ended = True
        if not self._inner.eof and self._taken:
            raise GzipDamageError("the file ends within a gzip member", "truncated")

    def _end_member(self) -> None:
        """Go on with the next member, or end; zeros that pad a file are passed over."""
        if not self._whole:
            self._ended = True
            return
        if len(self._held) < 2:
            self._held += self._file.read(_CHUNK)
        if not self._held.startswith(MAGIC):
            self._ended = True
            if self._held.strip(b"\x00"):
                raise GzipDamageError("bytes after the last gzip member", "damaged")
            return
        self.member = self.next_member
        self._taken = self._given = 0
        self._inner = zlib.decompressobj(31)


def find_member(file: BinaryIO, start: int, beginning: bytes) -> int | None:
    """Return the offset, from ``start`` on, of the next gzip member whose bytes begin so; ``None`` at the end."""
    file.seek(start)
    position, held = start, b""
    while chunk := file.read(1 << 20):
        held += chunk
        for match in _HEADER.finditer(held):
            offset = position + match.start()
            if _begins(file, offset, beginning):
                return offset
        keep = min(len(held), 16)
        position += len(held) - keep
        held = held[-keep:]
        file.seek(position + keep)
    return None


def _begins(file: BinaryIO, offset: int, beginning: bytes) -> bool:
    """Return whether the bytes at ``offset`` decompress to ``beginning``."""
    file.seek(offset)
    try:
        return zlib.decompressobj(31).decompress(file.read(4096), 512).lstrip(b"\r\n").startswith(beginning)
    except zlib.error:
        return False
