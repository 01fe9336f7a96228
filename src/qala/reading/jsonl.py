"""JSON Lines of articles, and a JSON file with one article or a list of them.

An article is an object with ``text`` and, as far as known, ``id``, ``outlet``, ``url``,
``published`` (ISO 8601), ``title`` and ``author``; other fields are passed over. A bad line is a row with its
number and code, and the lines around it are read. A file of any length is read line by line.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

from qala.errors import ReadError
from qala.model import Document, Origin, RefusedInput
from qala.reading.charset import is_mojibake
from qala.reading.dates import parse_published
from qala.reading.limits import DEFAULT_LIMITS, Limits
from qala.reading.plain import identify, is_blank, read_at_most, refuse_size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

_BOM = b"\xef\xbb\xbf"
_STRING_OR_BRACKET = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)


class _RecordError(Exception):
    """A record that is no article: a reason for people and a code for machines."""

    def __init__(self, reason: str, code: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code


def read_lines(
    file: BinaryIO,
    place: str,
    *,
    published: date | None = None,
    limits: Limits = DEFAULT_LIMITS,
    skip: Callable[[str, int], bool] | None = None,
) -> Iterator[Document | RefusedInput]:
    """Yield the article of each line of ``file`` (UTF-8, a byte order mark allowed), or why it is none.

    ``place`` names the file in refusals and origins (``place:12``); ``published`` stands in where a
    line has no date. Lines for which ``skip(place, offset in bytes)`` holds are not read again. Empty lines are
    passed over; a file with nothing but those is ``no_text``.
    """
    number = 0
    empty = True
    for number, (offset, line) in enumerate(_split_lines(file, limits.record_bytes), 1):
        where = f"{place}:{number}"
        if skip is not None and skip(place, offset):
            empty = False
            continue
        if line is None:
            empty = False
            yield refuse_size(where, limits.record_bytes)
            continue
        record = line.removeprefix(_BOM) if number == 1 else line
        if record.strip():
            empty = False
            yield _read_record(record, Origin(where, record, container=place, offset=offset), published, limits)
    if empty:
        yield RefusedInput(place, "no text: empty or only space", "no_text")


def read_json(
    raw: bytes,
    place: str,
    *,
    published: date | None = None,
    limits: Limits = DEFAULT_LIMITS,
    skip: Callable[[str, int], bool] | None = None,
) -> Iterator[Document | RefusedInput]:
    """Yield the article that a JSON file holds, or each of its list (``place#3`` is the third).

    ``Origin.raw`` is the file where it holds one article; the object written anew, for one of a list.
    """
    raw = raw.removeprefix(_BOM)
    if not raw.strip():
        yield RefusedInput(place, "no text: empty or only space", "no_text")
        return
    try:
        value = _parse(raw, limits)
    except _RecordError as error:
        yield RefusedInput(place, error.reason, error.code)
        return
    if not isinstance(value, list):
        if skip is None or not skip(place, 0):
            yield _make_document(value, Origin(place, raw), published, limits)
        return
    if not value:
        yield RefusedInput(place, "no text: an empty list", "no_text")
    for index, item in enumerate(value, 1):
        if skip is None or not skip(place, index):
            written = json.dumps(item, ensure_ascii=False).encode("utf-8", "surrogatepass")
            origin = Origin(f"{place}#{index}", written, container=place, offset=index)
            yield _make_document(item, origin, published, limits, listed=True)


def _split_lines(file: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield offset and bytes of the lines of ``file``, without their ends; ``None`` for one over ``limit``."""
    offset = 0
    while line := file.readline(limit + 1):
        begin = offset
        offset += len(line)
        if len(line) > limit and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = file.readline(1 << 20)
                offset += len(line)
            yield begin, None
        else:
            yield begin, line.rstrip(b"\r\n")


def _read_record(raw: bytes, origin: Origin, published: date | None, limits: Limits) -> Document | RefusedInput:
    """Return the article of one line, or why it is none."""
    try:
        value = _parse(raw, limits)
    except _RecordError as error:
        return RefusedInput(origin.path or "", error.reason, error.code)
    return _make_document(value, origin, published, limits)


def _parse(raw: bytes, limits: Limits) -> Any:
    """Return the JSON value of ``raw``; stricter than Python's parser: no NaN, no key twice."""
    _check_depth(raw, limits.json_depth)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _RecordError(f"not UTF-8 at byte {error.start}", "bad_encoding") from None
    try:
        value = json.loads(text, object_pairs_hook=_without_doubles, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise _RecordError(f"not JSON: {error.msg} at character {error.pos}", "bad_json") from None
    except (ValueError, RecursionError) as error:
        raise _RecordError(f"not JSON: {str(error).splitlines()[0]}", "bad_json") from None
    if "\\u" in text:
        _check_surrogates(value)
    return value


def _check_depth(raw: bytes, limit: int) -> None:
    """Refuse JSON with more than ``limit`` levels before the parser meets it."""
    if raw.count(b"[") + raw.count(b"{") <= limit:
        return
    depth = 0
    for match in _STRING_OR_BRACKET.finditer(raw):
        first = match.group()[:1]
        if first in (b"[", b"{"):
            depth += 1
            if depth > limit:
                raise _RecordError(f"nested deeper than {limit} levels", "too_deep")
        elif first != b'"':
            depth -= 1


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object of ``pairs``; refuse a key that stands twice, for either value may be meant."""
    value = dict(pairs)
    if len(value) < len(pairs):
        keys = [key for key, _ in pairs]
        double = next(key for key in keys if keys.count(key) > 1)
        raise _RecordError(f"key twice: {double[:40]!r}", "double_key")
    return value


def _refuse_constant(name: str) -> Any:
    """Refuse ``NaN`` and ``Infinity``, which Python would take though JSON has none."""
    raise _RecordError(f"not JSON: {name}", "bad_json")


def _check_surrogates(value: Any) -> None:
    """Refuse a lone surrogate in any string of the record's top level."""
    for item in value.values() if isinstance(value, dict) else ():
        if isinstance(item, str):
            try:
                item.encode("utf-8")
            except UnicodeEncodeError as error:
                raise _RecordError(f"lone surrogate at character {error.start}", "lone_surrogate") from None


def _make_document(
    value: Any, origin: Origin, published: date | None, limits: Limits, *, listed: bool = False
) -> Document | RefusedInput:
    """Return the article that ``value`` describes, or why it describes none; ``origin`` holds place and bytes.

    ``listed`` is one of a list: its bytes were written anew, so that its text alone identifies it.
    """
    place = origin.path or ""
    try:
        if not isinstance(value, dict):
            raise _RecordError(f"an article is an object, not {type(value).__name__}", "bad_record")
        _check_surrogates(value)
        text = _text_of(value, limits)
        stated = _string(value, "published")
        flags = ("mojibake_suspected",) if is_mojibake(text) else ()
        return Document(
            id=_id_of(value) or identify(text.encode("utf-8") if listed else origin.raw or b""),
            text=text,
            published=parse_published(stated) if stated else published,
            outlet=_string(value, "outlet"),
            url=_string(value, "url"),
            title=_string(value, "title"),
            origin=replace(
                origin,
                encoding="utf-8",
                flags=flags,
                media_type="application/json",
                method="json:text",
                author=_byline(value),
            ),
        )
    except _RecordError as error:
        return RefusedInput(place, error.reason, error.code)
    except ReadError as error:
        return RefusedInput(place, f"field 'published': {error}", "bad_date")


def _text_of(value: dict[str, Any], limits: Limits) -> str:
    """Return the article's text, which must be there, be of a size that is read, and say something."""
    text = value.get("text")
    if not isinstance(text, str):
        raise _RecordError("field 'text' is missing" if text is None else "field 'text' is no string", "bad_field")
    if len(text) > limits.document_bytes or len(text.encode("utf-8")) > limits.document_bytes:
        raise _RecordError(f"text larger than the limit of {limits.document_bytes:,} bytes", "too_large")
    if is_blank(text):
        raise _RecordError("no text: field 'text' is empty or only space", "no_text")
    return text


def _id_of(value: dict[str, Any]) -> str | None:
    """Return the record's id; a whole number is taken as its digits."""
    given = value.get("id")
    if isinstance(given, int) and not isinstance(given, bool):
        return str(given)
    return _string(value, "id")


def _byline(value: dict[str, Any]) -> str | None:
    """Return the field ``author`` where it is a line of text; it is not asked for, so nothing else is refused."""
    given = value.get("author")
    return " ".join(given.split())[:200] or None if isinstance(given, str) else None


def _string(value: dict[str, Any], name: str) -> str | None:
    """Return an optional field, ``None`` where it is missing, null or blank."""
    given = value.get(name)
    if given is None:
        return None
    if not isinstance(given, str):
        raise _RecordError(f"field {name!r} is no string", "bad_field")
    return given if given.strip() else None


def read_json_file(
    file: BinaryIO,
    place: str,
    *,
    published: date | None = None,
    limits: Limits = DEFAULT_LIMITS,
    skip: Callable[[str, int], bool] | None = None,
) -> Iterator[Document | RefusedInput]:
    """Yield the articles of an open ``.json`` file; over ``record_bytes`` it is refused unread."""
    raw = read_at_most(file, limits.record_bytes)
    if raw is None:
        yield refuse_size(place, limits.record_bytes)
    else:
        yield from read_json(raw, place, published=published, limits=limits, skip=skip)
