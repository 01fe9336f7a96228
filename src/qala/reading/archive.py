"""Web archives: the Arabic articles of a WARC or WET file, each with its address, its time and its digest.

Only replies of status 200 with HTML or plain text are looked at, and of these only what is Arabic, by its bytes
before anything is parsed and by its letters before the article is got out. What is passed over is counted, by
kind, in one row at the end; what is damaged or over a limit is a row of its own with its offsets.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b32encode
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from qala.errors import ReadError
from qala.model import Document, RefusedInput
from qala.reading.charset import decode_bytes
from qala.reading.http_reply import ReplyError, decode_body, find_charset, join_chunks, parse_reply
from qala.reading.language import find_language, has_arabic_bytes
from qala.reading.limits import DEFAULT_LIMITS, Limits
from qala.reading.page import decode_page, read_page
from qala.reading.page_dates import parse_moment, read_url_day
from qala.reading.page_scan import strip_tags
from qala.reading.plain import read_bytes
from qala.reading.warc_records import Gap, WarcRecord, read_records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

_HTML = ("text/html", "application/xhtml+xml")
_PLAIN = "text/plain"
_KINDS = ("response", "resource", "conversion")
_HOST = re.compile(r"https?://(?:www\.)?([^/:?#]+)", re.IGNORECASE)
_DIGEST = re.compile(r"(sha1|sha256|md5):([A-Za-z2-7]{32}|[0-9a-fA-F]{32,64})=*", re.IGNORECASE)


class _Content(NamedTuple):
    """What a record holds of a page: its bytes, their kind, the encoding declared, and the body before decoding."""

    raw: bytes
    media_type: str
    charset: str | None
    wire: bytes


class _PassedOverError(Exception):
    """A record that is no Arabic page: counted, and no row of its own."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


def read_archive(
    file: BinaryIO,
    place: str,
    *,
    published: date | None = None,
    limits: Limits = DEFAULT_LIMITS,
    skip: Callable[[str, int], bool] | None = None,
    start: int = 0,
) -> Iterator[Document | RefusedInput]:
    """Yield the Arabic articles of an open WARC or WET file, gzip or not, and what was refused.

    ``place`` names the file: a record's place is ``place@offset``. Records for which ``skip(place, offset)`` holds
    are not read again, only counted where they are passed over, so that the counts are those of the whole file;
    ``start`` is the offset of a record to begin with. Codes of gaps are those of ``Gap``; of
    records those of ``read_page``, ``bad_http``, ``bomb``, ``unknown_coding``; counted in one row each, at the end:
    ``not_arabic`` and ``not_a_page``.
    """
    counts: dict[str, Counter[str]] = {"not_a_page": Counter(), "not_arabic": Counter()}
    records = 0
    for found in read_records(file, limits, start):
        records += 1
        if isinstance(found, Gap):
            yield _refuse_gap(found, place)
            continue
        known = skip is not None and skip(place, found.offset)
        try:
            if known:
                _look_over(found, limits)
            else:
                yield _read_record(found, place, published, limits)
        except _PassedOverError as passed:
            counts[passed.code][passed.detail] += 1
    if not records:
        yield RefusedInput(place, "no record in the file", "no_text")
    for code, counter in counts.items():
        if counter:
            listed = ", ".join(f"{detail} {count:,}" for detail, count in counter.most_common(12))
            yield RefusedInput(place, f"{counter.total():,} records passed over: {listed}", code)


def _look_over(record: WarcRecord, limits: Limits) -> None:
    """Raise ``_PassedOverError`` where a record is no Arabic page; get no article out of it."""
    with suppress(ReplyError):
        _check_language(_content_of(record, limits))


def _refuse_gap(gap: Gap, place: str) -> RefusedInput:
    """Return the row for bytes that gave no record."""
    end = "the end" if gap.end is None else f"byte {gap.end:,}"
    return RefusedInput(f"{place}@{gap.offset}", f"{gap.reason}; nothing was read from here to {end}", gap.code)


def _read_record(record: WarcRecord, place: str, published: date | None, limits: Limits) -> Document | RefusedInput:
    """Return the article of a record, or why it is refused; raises ``_PassedOverError`` where it is no Arabic page."""
    where = f"{place}@{record.offset}"
    try:
        content = _content_of(record, limits)
    except ReplyError as error:
        return RefusedInput(where, str(error), error.code)
    _check_language(content)
    url = record.fields.get("warc-target-uri", "").strip("<> ") or None
    if content.media_type == _PLAIN:
        found = read_bytes(
            content.raw, path=where, published=published, encoding=_known(content.charset), limits=limits
        )
    else:
        found = read_page(content.raw, where, published=published, encoding=content.charset, url=url, limits=limits)
    if isinstance(found, RefusedInput):
        return found
    flags = [*found.origin.flags, *record.flags]
    if not _digests_agree(record, content):
        flags.append("digest_mismatch")
    if content.media_type == _PLAIN and url:
        day, host = read_url_day(url), _HOST.match(url)
        flags += ["date_from_url"] if day else []
        found = replace(found, published=day or found.published, outlet=host[1].lower() if host else None)
    retrieved = parse_moment(record.fields.get("warc-date", ""))
    origin = replace(
        found.origin,
        flags=tuple(flags),
        container=place,
        offset=record.offset,
        digest=record.fields.get("warc-payload-digest") or record.fields.get("warc-block-digest"),
        retrieved=retrieved if isinstance(retrieved, datetime) else None,
    )
    return replace(found, url=url or found.url, origin=origin)


def _content_of(record: WarcRecord, limits: Limits) -> _Content:
    """Return the page in a record; raises ``_PassedOverError`` for other kinds, ``ReplyError`` for a broken reply."""
    kind = record.fields.get("warc-type", "").lower()
    if kind not in _KINDS:
        raise _PassedOverError("not_a_page", kind or "no type")
    declared = record.fields.get("content-type", "")
    if kind == "response":
        reply = parse_reply(record.block, limits)
        if reply.status != 200:
            raise _PassedOverError("not_a_page", f"status {reply.status}")
        _check_type(reply.media_type)
        if not has_arabic_bytes(reply.body) and not reply.fields.get("content-encoding"):
            raise _PassedOverError("not_arabic", "no Arabic letters")
        return _Content(decode_body(reply, limits), reply.media_type, reply.charset, reply.body)
    media_type = declared.partition(";")[0].strip().lower()
    _check_type(media_type)
    return _Content(record.block, media_type, find_charset(declared), record.block)


def _check_type(media_type: str) -> None:
    """Raise ``_PassedOverError`` for a type that is not read."""
    if media_type not in (*_HTML, _PLAIN):
        raise _PassedOverError("not_a_page", media_type[:60] or "no media type")


def _check_language(content: _Content) -> None:
    """Raise ``_PassedOverError`` where the bytes or the letters are not Arabic."""
    if not has_arabic_bytes(content.raw):
        raise _PassedOverError("not_arabic", "no Arabic letters")
    sample = content.raw[: 1 << 20]
    if content.media_type == _PLAIN:
        text = decode_bytes(sample, _known(content.charset)).text
    else:
        text = strip_tags(decode_page(sample, content.charset).text)
    language = find_language(text)
    if language != "ar":
        raise _PassedOverError("not_arabic", language)


def _known(charset: str | None) -> str | None:
    """Return ``charset`` where Qala knows it."""
    try:
        decode_bytes(b"", charset)
    except ReadError:
        return None
    return charset


def _digests_agree(record: WarcRecord, content: _Content) -> bool:
    """Return whether the record's bytes give the digests written beside them; digests of other kinds pass."""
    block = record.fields.get("warc-block-digest", "")
    if block and not _agrees(block, record.block):
        return False
    payload = record.fields.get("warc-payload-digest", "")
    bodies = (content.wire, join_chunks(content.wire), content.raw)
    return not payload or any(_agrees(payload, body) for body in bodies)


def _agrees(written: str, data: bytes) -> bool:
    """Return whether ``written`` (``sha1:`` in base 32 or hexadecimal …) is the digest of ``data``."""
    match = _DIGEST.fullmatch(written.strip())
    if match is None:
        return True
    digest = hashlib.new(match[1].lower(), data, usedforsecurity=False)
    given = match[2].rstrip("=").upper()
    return given in (digest.hexdigest().upper(), b32encode(digest.digest()).decode("ascii").rstrip("="))
