"""Pages saved as one file by a browser (MHTML, RFC 2557): the page among its pictures and styles."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from qala.model import Document, RefusedInput
from qala.reading.limits import DEFAULT_LIMITS, Limits
from qala.reading.page import read_page
from qala.reading.page_dates import parse_moment
from qala.reading.plain import refuse_size

if TYPE_CHECKING:
    from datetime import date
    from email.message import Message

_MOST_PARTS = 5_000


def read_mhtml(
    raw: bytes, place: str, *, published: date | None = None, limits: Limits = DEFAULT_LIMITS
) -> Document | RefusedInput:
    """Return the article of the first page in an MHTML file, or why there is none.

    ``Origin.raw`` is the page's own bytes; the file's ``Date`` is the moment at which it was saved. Codes:
    those of ``read_page``, ``bad_mhtml``.
    """
    if len(raw) > limits.record_bytes:
        return refuse_size(place, limits.record_bytes)
    if raw.count(b"\n--") > _MOST_PARTS or raw[:65536].lower().count(b"boundary=") > 16:
        return RefusedInput(place, f"over {_MOST_PARTS:,} parts", "bad_mhtml")
    from email import message_from_bytes  # loads sockets, which importing Qala must not

    message = message_from_bytes(raw)
    part = next((one for one in message.walk() if one.get_content_type() == "text/html"), None)
    payload = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(payload, bytes):
        return RefusedInput(place, "no page in the MHTML file", "bad_mhtml")
    url = _address(message, part)
    found = read_page(payload, place, published=published, encoding=part.get_content_charset(), url=url, limits=limits)
    saved = parse_moment(str(message.get("Date") or ""))
    if isinstance(found, Document) and isinstance(saved, datetime):
        saved = saved if saved.tzinfo else saved.replace(tzinfo=UTC)  # "-0000" is Greenwich, too
        return replace(found, origin=replace(found.origin, retrieved=saved))
    return found


def _address(message: Message, part: Message) -> str | None:
    """Return the address that the browser wrote down."""
    for value in (part.get("Content-Location"), message.get("Snapshot-Content-Location")):
        if value and str(value).lower().startswith(("http://", "https://")):
            return str(value).strip()
    return None
