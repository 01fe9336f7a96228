"""The records of a WARC or WET file, also of one that is damaged: what cannot be read is a gap with its offsets.

Written for this project, because the readers that exist lose records without a word: after ten flipped bytes one
stops and the other ends as if the file did; a Content-Length that lies swallows the record after it (FAULTS 0.7).
Here the length is believed only where a record ends as the standard (ISO 28500) wants it, else the next record's
first line is looked for; damage costs its own record, and reading goes on at the next gzip member.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol

from qala.reading.gzip_members import MAGIC, GzipDamageError, GzipStream, find_member

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qala.reading.limits import Limits

_BEGIN = b"WARC/"
_VERSION = re.compile(rb"WARC/[01]\.\d{1,2}\s*$")
_NEXT = re.compile(rb"(?:^|\n)[\r\n]*(WARC/[01]\.\d{1,2}\r?\n)")
_LENGTH = re.compile(r"\d{1,18}")
_PIECE = 1 << 16
_OVERLAP = 32  # bytes of a record's first line that may lie on either side of a piece


class WarcRecord(NamedTuple):
    """A record: where it begins in the file, its named fields in small letters, its block, and what was odd.

    ``offset`` is in bytes of the file as it lies there; of several records in one gzip member the later ones add
    their place in the member's content. Flags: ``length_mismatch``.
    """

    offset: int
    fields: dict[str, str]
    block: bytes
    flags: tuple[str, ...] = ()


class Gap(NamedTuple):
    """Bytes of the file that gave no record: ``end`` is where reading goes on, or ``None`` at the end."""

    offset: int
    end: int | None
    reason: str
    code: str  # "damaged", "truncated", "bomb", "bad_length", "too_large", "header_too_long", "not_warc"


class _Source(Protocol):
    def read(self, size: int) -> bytes: ...


class _RecordError(Exception):
    """A record that cannot be read; ``code`` as in ``Gap``."""

    def __init__(self, reason: str, code: str) -> None:
        super().__init__(reason)
        self.code = code


class _Stream:
    """Bytes read forwards with a way to put some back; ``position`` counts what was taken."""

    def __init__(self, source: _Source, *, in_member: bool = False) -> None:
        self._source = source
        self.in_member = in_member  # of a gzip file: its end is then known to be no cut
        self._held = bytearray()
        self.position = 0

    def fill(self, size: int) -> int:
        """Hold at least ``size`` bytes where there are so many; return how many are held."""
        while len(self._held) < size:
            piece = self._source.read(max(_PIECE, size - len(self._held)))
            if not piece:
                break
            self._held += piece
        return len(self._held)

    def peek(self, size: int) -> bytes:
        """Return the next bytes without taking them."""
        self.fill(size)
        return bytes(self._held[:size])

    def take(self, size: int) -> bytes:
        """Return the next ``size`` bytes, or as many as there are."""
        self.fill(size)
        taken = bytes(self._held[:size])
        del self._held[:size]
        self.position += len(taken)
        return taken

    def put_back(self, data: bytes) -> None:
        """Give bytes back, to be taken again."""
        self._held[:0] = data
        self.position -= len(data)

    def find_next(self) -> bool:
        """Take bytes up to the first line of a record; ``False`` where there is none, and all is taken."""
        while have := self.fill(_PIECE):
            match = _NEXT.search(self._held)
            if match:
                self.take(match.start(1))
                return True
            self.take(have - _OVERLAP if have >= _PIECE else have)
        return False


def read_records(file: BinaryIO, limits: Limits, start: int = 0) -> Iterator[WarcRecord | Gap]:
    """Yield the records of an open, seekable file from the byte ``start`` on, and the gaps between them."""
    file.seek(start)
    beginning = file.read(2)
    if beginning == MAGIC or (start == 0 and find_member(file, 0, _BEGIN) is not None and beginning != _BEGIN[:2]):
        yield from _read_members(file, limits, start)
        return
    file.seek(start)
    stream = _Stream(file)
    yield from _read_stream(stream, limits, start)


def _read_members(file: BinaryIO, limits: Limits, start: int) -> Iterator[WarcRecord | Gap]:
    """Yield the records of a gzip file member by member; after damage go on at the next member that is a record."""
    file.seek(0, 2)
    end = file.tell()
    offset: int | None = start
    while offset is not None and offset < end:
        source = GzipStream(file, limits, whole=False, start=offset)
        try:
            for found in _read_stream(_Stream(source, in_member=True), limits, offset):
                if isinstance(found, Gap) and found.end is None:
                    raise _RecordError(found.reason, found.code)
                yield found
            following = source.next_member
        except (GzipDamageError, _RecordError) as error:
            after = find_member(file, offset + 1, _BEGIN)
            yield Gap(offset, after, str(error), error.code)
            offset = after
            continue
        file.seek(following)
        if following < end and file.read(2) != MAGIC:
            after = find_member(file, following, _BEGIN)
            file.seek(following)
            if after is not None or file.read(1 << 16).strip(b"\x00"):
                yield Gap(following, after, "no gzip member", "damaged")
            offset = after
        else:
            offset = following


def _read_stream(stream: _Stream, limits: Limits, base: int) -> Iterator[WarcRecord | Gap]:
    """Yield the records of decompressed bytes; ``base`` is the offset of the first of them in the file."""
    while _skip_blank(stream):
        begin = stream.position
        try:
            yield _read_record(stream, limits, base + begin)
        except _RecordError as error:
            more = stream.find_next()
            yield Gap(base + begin, base + stream.position if more else None, str(error), error.code)


def _skip_blank(stream: _Stream) -> bool:
    """Take line ends and padding; return whether anything is left."""
    while piece := stream.peek(1024):
        left = piece.lstrip(b"\r\n\x00")
        stream.take(len(piece) - len(left))
        if left:
            return True
    return False


def _read_record(stream: _Stream, limits: Limits, offset: int) -> WarcRecord:
    """Return the record at the stream's place; raises ``_RecordError`` with the stream somewhere within it."""
    head = stream.peek(limits.header_bytes)
    if not head.startswith(_BEGIN):
        raise _RecordError("not the first line of a record", "not_warc")
    ends = [end for mark in (b"\r\n\r\n", b"\n\n") if (end := head.find(mark)) >= 0]
    if not ends:
        stream.take(len(_BEGIN))
        if len(head) < limits.header_bytes:
            raise _RecordError("the file ends within a record's header", "truncated")
        raise _RecordError(f"header over {limits.header_bytes:,} bytes", "header_too_long")
    size = min(ends)
    fields = _parse_fields(stream.take(size + (4 if head[size : size + 4] == b"\r\n\r\n" else 2)))
    written = fields.get("content-length", "").strip()
    if not _LENGTH.fullmatch(written):
        raise _RecordError(f"Content-Length {written[:40]!r} is no length", "bad_length")
    block, flags = _take_block(stream, int(written), limits)
    return WarcRecord(offset, fields, block, flags)


def _parse_fields(head: bytes) -> dict[str, str]:
    """Return the named fields of a header; of two with one name the first counts."""
    first, *lines = head.decode("utf-8", "replace").splitlines()
    if not _VERSION.match(first.encode("utf-8", "replace")):
        raise _RecordError("not the first line of a record", "not_warc")
    fields: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return fields


def _take_block(stream: _Stream, length: int, limits: Limits) -> tuple[bytes, tuple[str, ...]]:
    """Return the block, by its length where a record ends there, else up to the next record's first line."""
    cap = limits.record_bytes
    block = stream.take(min(length, cap + 1))
    if len(block) == length <= cap and _ends_here(stream):
        return block, ()
    if len(block) > cap and _NEXT.search(block) is None:
        raise _RecordError(f"record of {length:,} bytes, over the limit of {cap:,}", "too_large")
    held = block + stream.take(cap - len(block) + 1 if len(block) <= cap else 0)
    match = _NEXT.search(held)
    if match:
        stream.put_back(held[match.start(1) :])
        held = held[: match.start(1)]
    elif len(held) > cap:
        raise _RecordError(f"Content-Length {length:,} is wrong, and no end within {cap:,} bytes", "bad_length")
    elif len(held) < length and not stream.in_member:
        raise _RecordError(f"the file ends {length - len(held):,} bytes before the record does", "truncated")
    return held.removesuffix(b"\r\n\r\n"), ("length_mismatch",)


def _ends_here(stream: _Stream) -> bool:
    """Return whether the stream is at the end of a record: two line ends follow, or nothing, or a record."""
    following = stream.peek(64)
    left = following.lstrip(b"\r\n\x00")
    return following.startswith(b"\r\n\r\n") or not left or left.startswith(_BEGIN)
