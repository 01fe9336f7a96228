"""Files as they lie on the disk: what their first bytes are, and gzip opened as it is read, within its caps."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO, cast

from qala.reading.gzip_members import MAGIC, GzipDamageError, GzipStream

if TYPE_CHECKING:
    from qala.reading.limits import Limits

_BUFFER = 1 << 16
_KINDS: tuple[tuple[bytes, int, str], ...] = (
    (b"PK\x03\x04", 0, "archive"),
    (b"PK\x05\x06", 0, "archive"),
    (b"Rar!\x1a\x07", 0, "archive"),
    (b"7z\xbc\xaf\x27\x1c", 0, "archive"),
    (b"ustar", 257, "archive"),
    (b"BZh", 0, "compressed"),
    (b"\xfd7zXZ\x00", 0, "compressed"),
    (b"\x28\xb5\x2f\xfd", 0, "compressed"),
    (b"%PDF-", 0, "not_text"),
    (b"\x89PNG", 0, "not_text"),
    (b"\xff\xd8\xff", 0, "not_text"),
    (b"GIF8", 0, "not_text"),
    (b"SQLite format 3\x00", 0, "not_text"),
)
_REASONS = {
    "archive": "an archive of files: unpack it first, nothing is unpacked here",
    "compressed": "compressed otherwise than with gzip: unpack it first",
    "not_text": "no text and no page",
}
HEAD = 512  # bytes that tell a file's kind


def find_foreign(head: bytes) -> tuple[str, str] | None:
    """Return reason and code where a file that begins so is of a kind that is never read; else ``None``."""
    for magic, offset, code in _KINDS:
        if head.startswith(magic, offset):
            return _REASONS[code], code
    return None


class _Raw(io.RawIOBase):
    """A gzip stream as a file that can be read forwards only."""

    def __init__(self, stream: GzipStream) -> None:
        super().__init__()
        self._stream = stream

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` with what is there; raises ``GzipDamageError``."""
        view = memoryview(buffer).cast("B")
        piece = self._stream.read(len(view))
        view[: len(piece)] = piece
        return len(piece)


def open_gzip(file: BinaryIO, limits: Limits) -> BinaryIO:
    """Return the content of an open, seekable gzip file, read as it is asked for.

    Reading raises ``GzipDamageError`` where the data are damaged, cut off, or a bomb (over ``limits.ratio``).
    """
    return cast("BinaryIO", io.BufferedReader(_Raw(GzipStream(file, limits)), _BUFFER))


def is_gzip(head: bytes) -> bool:
    """Return whether a file that begins so is gzip."""
    return head.startswith(MAGIC)


__all__ = ["HEAD", "GzipDamageError", "find_foreign", "is_gzip", "open_gzip"]
