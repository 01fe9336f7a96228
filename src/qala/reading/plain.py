"""Plain text: one file, one article."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, BinaryIO

from qala.errors import ReadError
from qala.model import Document, Origin, RefusedInput
from qala.reading.charset import decode_bytes
from qala.reading.limits import DEFAULT_LIMITS, Limits
from qala.reading.page_dates import find_head_stamp
from qala.reading.paths import refuse_os_error, show_path

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


def identify(raw: bytes) -> str:
    """Return the id of an article that brings none: the first 16 hex digits of its bytes' SHA-256."""
    return hashlib.sha256(raw).hexdigest()[:16]


def is_blank(text: str) -> bool:
    """Return whether ``text`` has nothing to read: space, controls and invisible characters only."""
    return not any(character.isprintable() and not character.isspace() for character in text)


def read_text(
    text: str,
    *,
    id: str | None = None,
    published: date | None = None,
    outlet: str | None = None,
    url: str | None = None,
    title: str | None = None,
) -> Document:
    """Return the document of a text at hand; its id is that of the same text in a UTF-8 file.

    Raises ``ReadError`` for a text without words and for one with lone surrogates, which no file
    can hold.
    """
    try:
        raw = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReadError(f"lone surrogate at character {error.start}") from None
    if is_blank(text):
        raise ReadError("no text")
    return Document(id or identify(raw), text, published, outlet, url, title)


def read_bytes(
    raw: bytes,
    *,
    path: str | None = None,
    published: date | None = None,
    encoding: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Document | RefusedInput:
    """Return the article that ``raw`` is, with its map to the bytes, or the reason why it is none.

    ``path`` is shown as it is given. Without ``published``, a date that stands by itself in the text's head is taken
    (flag ``date_from_page``): pages that lost their tags keep it there. Raises ``ReadError`` for an ``encoding``
    that Qala does not know.
    """
    place = path or "bytes"
    if len(raw) > limits.document_bytes:
        return refuse_size(place, limits.document_bytes)
    decoded = decode_bytes(raw, encoding)
    if is_blank(decoded.text):
        return RefusedInput(place, "no text: empty or only space", "no_text")
    stamp = find_head_stamp(decoded.text) if published is None else None
    origin = Origin(
        path,
        raw,
        decoded.encoding,
        (*decoded.flags, "date_from_page") if stamp else decoded.flags,
        decoded.offsets.byte_offset,
        media_type="text/plain",
        method="decoded",
    )
    return Document(identify(raw), decoded.text, published or stamp, origin=origin)


def read_file(
    path: Path,
    *,
    published: date | None = None,
    encoding: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Document | RefusedInput:
    """Return the article in the file at ``path``, or the reason why it could not be read."""
    place = show_path(path)
    try:
        with path.open("rb") as file:
            raw = read_at_most(file, limits.document_bytes)
    except (OSError, ValueError) as error:
        return refuse_os_error(path, error)
    if raw is None:
        return refuse_size(place, limits.document_bytes)
    return read_bytes(raw, path=place, published=published, encoding=encoding, limits=limits)


def read_at_most(file: BinaryIO, limit: int) -> bytes | None:
    """Return what is left of ``file``, or ``None`` where that is more than ``limit`` bytes."""
    raw = file.read(limit + 1)
    return raw if len(raw) <= limit else None


def refuse_size(place: str, limit: int) -> RefusedInput:
    """Return the row for an input over its limit."""
    return RefusedInput(place, f"larger than the limit of {limit:,} bytes", "too_large")
