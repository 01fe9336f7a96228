"""A row of a table as an article, whatever file the table came from."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from qala.errors import ReadError
from qala.model import Document, Origin, RefusedInput
from qala.reading.charset import is_mojibake
from qala.reading.dates import parse_published
from qala.reading.page_dates import parse_moment
from qala.reading.page_scan import strip_tags
from qala.reading.plain import identify, is_blank, refuse_size

if TYPE_CHECKING:
    from qala.reading.limits import Limits

_TAGS = re.compile(r"</(?:p|div|span|a|strong|b|em|i|h\d|li)>|<br\s*/?>|<p[ >]", re.IGNORECASE)


def make_row_document(
    row: dict[str, Any], raw: bytes, origin: Origin, published: date | None, limits: Limits
) -> Document | RefusedInput:
    """Return the article of a row, or why it is none.

    ``row`` holds the values of the fields that the table has, ``raw`` the row's bytes, ``origin`` its place and
    method. Codes: ``no_text``, ``too_large``, ``bad_field``, ``bad_date``. HTML in the text is undone (the method
    says so).
    """
    place = origin.path or ""
    text = row.get("text")
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    if text is None or (isinstance(text, str) and is_blank(text)):
        return RefusedInput(place, "no text: the text's column is empty", "no_text")
    if not isinstance(text, str):
        return RefusedInput(place, f"the text is no string but {type(text).__name__}", "bad_field")
    if "\x00" in text:
        return RefusedInput(place, "a NUL character in the text", "bad_field")
    if len(text.encode("utf-8", "surrogatepass")) > limits.document_bytes:
        return refuse_size(place, limits.document_bytes)
    method = origin.method
    if _TAGS.search(text):
        text, method = strip_tags(text), f"{method}, tags stripped"
        if is_blank(text):
            return RefusedInput(place, "no text: the text's column has tags alone", "no_text")
    stated = row.get("published")
    moment = _moment_of(stated)
    if moment is None and stated not in (None, ""):
        return RefusedInput(place, f"column of the date: not a date: {str(stated)[:40]!r}", "bad_date")
    flags = (*origin.flags, *(("mojibake_suspected",) if is_mojibake(text) else ()))
    return Document(
        id=_word(row.get("id")) or identify(raw),
        text=text,
        published=moment or published,
        outlet=_word(row.get("outlet")),
        url=_word(row.get("url")),
        title=_word(row.get("title")),
        origin=Origin(
            path=place,
            raw=raw,
            encoding=origin.encoding,
            flags=flags,
            media_type=origin.media_type,
            method=method,
            container=origin.container,
            offset=origin.offset,
            author=_word(row.get("author")),
        ),
    )


def _word(value: Any) -> str | None:
    """Return a short field as text; ``None`` where it is empty."""
    text = " ".join(str(value).split()) if value is not None else ""
    return text or None


def _moment_of(value: Any) -> date | datetime | None:
    """Return the date in a table's cell: one of the table's own type, ISO 8601, or as pages write it."""
    if isinstance(value, date):  # a datetime is one, too
        return value
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        return parse_published(value)
    except ReadError:
        return parse_moment(value)
