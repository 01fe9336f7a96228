"""How exports put JSON into bytes: canonical enough to be compared byte for byte, streamed, safe inside a page.

JSON-LD is often pasted into ``<script type="application/ld+json">``; text of a page could close that element,
so ``<`` is written ``\\u003c`` there (RFC 8259 lets any character be escaped).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def encode_json(value: Any) -> bytes:
    """Return ``value`` as compact JSON in UTF-8; half a surrogate pair, which no UTF-8 holds, as an escape."""
    try:
        return orjson.dumps(value)
    except (TypeError, orjson.JSONEncodeError):
        return json.dumps(value, separators=(",", ":")).encode("ascii")


def encode_for_page(value: Any) -> bytes:
    """Return ``value`` as JSON that can stand inside an HTML script element."""
    return encode_json(value).replace(b"<", b"\\u003c")


def make_text(text: str) -> str:
    """Return ``text`` with every half of a surrogate pair as U+FFFD, for formats that must be UTF-8."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def write_members(
    out: BinaryIO, head: Mapping[str, Any], key: str, items: Iterable[Any], tail: Mapping[str, Any] | None = None
) -> None:
    """Write ``{…head, key: […items], …tail}`` as one JSON object, an item a line; holds one item at a time.

    ``tail`` is looked at after the last item, so that it can say what only the end knows.
    """
    out.write(b"{")
    for name, value in head.items():
        out.write(encode_json(name) + b":" + encode_for_page(value) + b",\n")
    out.write(encode_json(key) + b":")
    write_array(out, items)
    for name, value in (tail or {}).items():
        out.write(b",\n" + encode_json(name) + b":" + encode_for_page(value))
    out.write(b"}\n")


def write_array(out: BinaryIO, items: Iterable[Any]) -> None:
    """Write a JSON array, an item a line; holds one item at a time."""
    out.write(b"[")
    for number, item in enumerate(items):
        out.write((b",\n" if number else b"\n") + encode_for_page(item))
    out.write(b"\n]")
