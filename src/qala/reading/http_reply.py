"""An HTTP reply as an archive keeps it: status, fields, and the body with its codings undone, within caps."""

from __future__ import annotations

import re
import zlib
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from qala.reading.limits import Limits

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)
_CHUNK = re.compile(rb"\s*([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r?\n")


class ReplyError(Exception):
    """A reply that cannot be read; ``code`` is "bad_http", "bomb", "unknown_coding" or "damaged"."""

    def __init__(self, reason: str, code: str) -> None:
        super().__init__(reason)
        self.code = code


class Reply(NamedTuple):
    """A reply: ``body`` as it came over the wire; fields in small letters."""

    status: int
    fields: dict[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The media type without parameters, in small letters."""
        return self.fields.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the reply declares."""
        return find_charset(self.fields.get("content-type", ""))


def find_charset(content_type: str) -> str | None:
    """Return the encoding in a Content-Type field."""
    match = _CHARSET.search(content_type)
    return match[1] if match else None


def parse_reply(block: bytes, limits: Limits) -> Reply:
    """Return the reply in a record's block; raises ``ReplyError`` where it is none."""
    match = _STATUS.match(block)
    head = block[: limits.header_bytes]
    ends = [(end, len(mark)) for mark in (b"\r\n\r\n", b"\n\n") if (end := head.find(mark)) >= 0]
    if match is None or not ends:
        raise ReplyError("no HTTP reply, or its header is too long", "bad_http")
    end, width = min(ends)
    fields: dict[str, str] = {}
    for line in head[:end].decode("utf-8", "replace").splitlines()[1:]:
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return Reply(int(match[1]), fields, block[end + width :])


def decode_body(reply: Reply, limits: Limits) -> bytes:
    """Return the body with chunks joined and compression undone; raises ``ReplyError`` over the caps.

    Archives often keep the fields of a coding that they have undone already: bytes that do not begin as the coding
    does are taken as they stand.
    """
    body = reply.body
    if "chunked" in reply.fields.get("transfer-encoding", "").lower():
        body = join_chunks(body)
    codings = [one.strip().lower() for one in reply.fields.get("content-encoding", "").split(",")]
    for coding in reversed([one for one in codings if one and one != "identity"][:3]):
        body = _undo(body, coding, limits)
    return body


def join_chunks(body: bytes) -> bytes:
    """Return the content of a chunked body; one that is not chunked, or not to its end, as far as it goes."""
    parts: list[bytes] = []
    position = 0
    while match := _CHUNK.match(body, position):
        size = int(match[1], 16)
        if size == 0:
            break
        parts.append(body[match.end() : match.end() + size])
        position = match.end() + size
    return b"".join(parts) if parts else body


def _undo(body: bytes, coding: str, limits: Limits) -> bytes:
    """Return ``body`` with one compression undone."""
    most = min(limits.record_bytes, max(limits.ratio * len(body), 1 << 20))
    if coding in ("gzip", "x-gzip", "deflate"):
        if coding != "deflate" and not body.startswith(b"\x1f\x8b"):
            return body
        for wbits in (31,) if coding != "deflate" else (15, -15):
            try:
                return _inflate(body, wbits, most)
            except zlib.error:
                continue
        if coding == "deflate" and b"<" in body[:64]:
            return body
        raise ReplyError(f"body damaged in its {coding}", "damaged")
    if coding == "br":
        return _unbrotli(body, most)
    raise ReplyError(f"content coding {coding[:40]!r} is not read", "unknown_coding")


def _inflate(body: bytes, wbits: int, most: int) -> bytes:
    """Return the decompressed bytes; over ``most`` the body is a bomb."""
    inner = zlib.decompressobj(wbits)
    out = inner.decompress(body, most + 1)
    if len(out) > most:
        raise ReplyError(f"body decompresses to over {most:,} bytes", "bomb")
    if body and not out and not inner.eof:
        raise zlib.error("nothing comes out")
    return out


def _unbrotli(body: bytes, most: int) -> bytes:
    """Return the bytes under brotli, whose package comes with the extra ``web``."""
    if body.lstrip()[:1] == b"<":
        return body
    if find_spec("brotli") is None:
        raise ReplyError("brotli is not installed; say: pip install 'qala[web]'", "unknown_coding")
    import brotli  # type: ignore[import-untyped]

    inner = brotli.Decompressor()
    out: list[bytes] = []
    size = 0
    try:
        piece = inner.process(body, output_buffer_limit=1 << 20)
        while piece:
            size += len(piece)
            out.append(piece)
            if size > most:
                raise ReplyError(f"body decompresses to over {most:,} bytes", "bomb")
            piece = b"" if inner.is_finished() else inner.process(b"", output_buffer_limit=1 << 20)
    except brotli.error:
        raise ReplyError("body damaged in its br", "damaged") from None
    return b"".join(out)
