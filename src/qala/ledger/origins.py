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


def attach_raw(store: Store, read: Read) -> Document:
    """Return the document of ``read`` with its raw bytes, where the ledger has them.

    Raises ``LedgerError`` where they are damaged.
    """
    name = find_raw(store, read.number)
    if name is None:
        return read.document
    return replace(read.document, origin=replace(read.document.origin, raw=read_blob(store, name)))


def restore_origin(store: Store, read: Read) -> Document:
    """Return the document of ``read`` with raw bytes and, where they give its text again, the map to them."""
    document = attach_raw(store, read)
    origin = document.origin
    if origin.raw is None:
        return document
    try:
        decoded = decode_bytes(origin.raw, origin.encoding)
    except (ReadError, ValueError):
        return document
    if decoded.text != document.text:
        return document
    return replace(document, origin=replace(origin, byte_offset=decoded.offsets.byte_offset))
