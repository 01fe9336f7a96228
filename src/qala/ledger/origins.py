"""A document with the bytes it came from, and its map to them where the text was decoded from them alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qala.errors import ReadError
from qala.ledger.queries import Read, find_raw, read_blob
from qala.reading.charset import decode_bytes

if TYPE_CHECKING:
    from qala.ledger.port import Store
    from qala.model import Document


def restore_origin(store: Store, read: Read) -> Document:
    """Return the document of ``read`` with raw bytes and, where they give its text again, the map to them."""
    name = find_raw(store, read.number)
    if name is None:
        return read.document
    raw = read_blob(store, name)
    document = read.document
    origin = replace(document.origin, raw=raw)
    try:
        decoded = decode_bytes(raw, origin.encoding)
    except (ReadError, ValueError):
        return replace(document, origin=origin)
    if decoded.text == document.text:
        origin = replace(origin, byte_offset=decoded.offsets.byte_offset)
    return replace(document, origin=origin)
