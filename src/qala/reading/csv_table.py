"""CSV and TSV files of articles: the header names the columns, each row is an article.

Rows are cut by quotation marks as RFC 4180 has it, but a mark that is left open swallows no more than the limit: the
row is refused by its line and reading goes on with the next line. Also a row whose columns do not fit the header.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from qala.errors import ReadError
from qala.model import Document, Origin, RefusedInput
from qala.reading.charset import decode_bytes
from qala.reading.columns import ColumnMapping, find_columns
from qala.reading.limits import DEFAULT_LIMITS, Limits
from qala.reading.plain import read_at_most, refuse_size
from qala.reading.table_rows import make_row_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

_DELIMITERS = (",", ";", "\t", "|", "\u061b")
_SAMPLE = 1 << 16
_LINES = 4  # a row may be as long as so many fields


class _Line(NamedTuple):
    """A line of the file: its number from 1, its offset in bytes, its bytes; ``None`` for one over the limit."""

    number: int
    offset: int
    raw: bytes | None


class _Row(NamedTuple):
    """A row: its first line's number and offset, its bytes, or why it is none."""

    number: int
    offset: int
    raw: bytes
    problem: str = ""
    code: str = ""


class _Lines:
    """The lines of a file, read forwards, with a way to give some back."""

    def __init__(self, file: BinaryIO, limit: int) -> None:
        self._file = file
        self._limit = limit
        self._back: deque[_Line] = deque()
        self._number = 0
        self._offset = 0

    def take(self) -> _Line | None:
        """Return the next line, ``None`` at the end."""
        if self._back:
            return self._back.popleft()
        raw = self._file.readline(self._limit + 1)
        if not raw:
            return None
        self._number += 1
        line = _Line(self._number, self._offset, raw if len(raw) <= self._limit else None)
        self._offset += len(raw)
        while line.raw is None and raw and not raw.endswith(b"\n"):
            raw = self._file.readline(1 << 20)
            self._offset += len(raw)
        return line

    def give_back(self, lines: list[_Line]) -> None:
        """Take ``lines`` back, to be read again."""
        self._back.extendleft(reversed(lines))


def read_csv_file(
    file: BinaryIO,
    place: str,
    *,
    columns: ColumnMapping | None = None,
    published: date | None = None,
    encoding: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    skip: Callable[[str, int], bool] | None = None,
) -> Iterator[Document | RefusedInput]:
    """Yield the article of each row of a CSV or TSV file; ``place:12`` is the row that begins in line 12.

    ``file`` is open and buffered, as ``open`` gives it.

    The delimiter is the one that parts the header most (comma, semicolon, tab, bar). ``columns`` names columns,
    the others are guessed. Codes: ``bad_columns``, ``bad_row``, ``unclosed_quote``, ``too_large``, ``bad_field``,
    ``bad_date``, ``no_text``.
    """
    sample = cast("io.BufferedReader", file).peek(_SAMPLE)
    chosen = decode_bytes(sample[: sample.rfind(b"\n") + 1] or sample, encoding)
    codec = chosen.encoding
    if codec.startswith("utf-16"):
        raw = read_at_most(file, limits.record_bytes)
        if raw is None:
            yield refuse_size(place, limits.record_bytes)
            return
        file, codec = io.BytesIO(decode_bytes(raw, encoding).text.encode("utf-8", "replace")), "utf-8"
    csv.field_size_limit(max(csv.field_size_limit(), _LINES * limits.field_bytes + 1))  # it is the process's
    lines = _Lines(file, _LINES * limits.field_bytes)
    first = lines.take()
    header_text = (first.raw or b"").removeprefix(b"\xef\xbb\xbf").decode(codec, "replace") if first else ""
    if not header_text.strip():
        yield RefusedInput(place, "no text: no header", "no_text")
        return
    delimiter = max(_DELIMITERS, key=header_text.count)
    try:
        header = [name.strip() for name in _cells(header_text, delimiter)]
        if len(header) > limits.columns:
            raise ReadError(f"{len(header):,} columns, over the limit of {limits.columns:,}")
        found = find_columns(header, columns)
    except (ReadError, csv.Error) as error:
        yield RefusedInput(place, str(error), "bad_columns")
        return
    for row in _split_rows(lines, delimiter, len(header), codec, limits):
        if skip is None or not skip(place, row.offset):
            yield _read_row(row, place, header, found, delimiter, codec, published, limits)


def _cells(text: str, delimiter: str, *, strict: bool = False) -> list[str]:
    """Return the cells of one row; raises ``csv.Error``, if ``strict`` also for words after a closing mark."""
    return next(csv.reader([text.strip("\r\n")], delimiter=delimiter, strict=strict), [])


def _split_rows(lines: _Lines, delimiter: str, width: int, codec: str, limits: Limits) -> Iterator[_Row]:
    """Yield the rows of ``lines``; one that is left open or does not fit gives its further lines back."""
    mark = delimiter.encode(codec, "replace")
    while line := lines.take():
        if line.raw is None:
            yield _Row(line.number, line.offset, b"", f"line over {_LINES * limits.field_bytes:,} bytes", "too_large")
            continue
        if not line.raw.strip():
            continue
        taken, size = [line], len(line.raw)
        is_open = _ends_open(line.raw, mark, False)
        while is_open and size <= _LINES * limits.field_bytes:
            more = lines.take()
            if more is None or more.raw is None:
                taken += [more] if more else []
                break
            taken.append(more)
            size += len(more.raw)
            is_open = _ends_open(more.raw, mark, True)
        raw = b"".join(one.raw or b"" for one in taken)
        if is_open:
            lines.give_back(taken[1:])
            yield _Row(line.number, line.offset, line.raw, "a quotation mark is left open", "unclosed_quote")
        elif len(taken) > 1 and not _fits(raw, delimiter, width, codec):
            lines.give_back(taken[1:])
            yield _Row(line.number, line.offset, line.raw, f"not the {width} columns of the header", "bad_row")
        else:
            yield _Row(line.number, line.offset, raw)


def _ends_open(line: bytes, delimiter: bytes, is_open: bool) -> bool:
    """Return whether a quoted cell is open at the end of ``line``; ``is_open`` is whether one was at its start."""
    position = 0
    while position < len(line):
        if not is_open:
            if line.startswith(b'"', position):
                is_open, position = True, position + 1
            else:
                after = line.find(delimiter, position)
                if after < 0:
                    return False
                position = after + len(delimiter)
            continue
        closing = line.find(b'"', position)
        if closing < 0:
            return True
        if line.startswith(b'"', closing + 1):
            position = closing + 2
            continue
        is_open = False
        after = line.find(delimiter, closing)
        if after < 0:
            return False
        position = after + len(delimiter)
    return is_open


def _fits(raw: bytes, delimiter: str, width: int, codec: str) -> bool:
    """Return whether a row of several lines has as many cells as the header, and nothing after a closing mark."""
    try:
        return len(_cells(raw.decode(codec, "replace"), delimiter, strict=True)) == width
    except csv.Error:
        return False


def _read_row(
    row: _Row,
    place: str,
    header: list[str],
    found: dict[str, int],
    delimiter: str,
    codec: str,
    published: date | None,
    limits: Limits,
) -> Document | RefusedInput:
    """Return the article of a row, or why it is none."""
    where = f"{place}:{row.number}"
    if row.problem:
        return RefusedInput(where, row.problem, row.code)
    flags: tuple[str, ...] = ()
    try:
        text = row.raw.decode(codec)
    except UnicodeDecodeError:
        decoded = decode_bytes(row.raw)
        text, flags = decoded.text, (*decoded.flags, "encoding_overruled")
    try:
        cells = _cells(text, delimiter)
    except csv.Error as error:
        return RefusedInput(where, f"not CSV: {error}", "bad_row")
    if len(cells) != len(header):
        return RefusedInput(where, f"{len(cells)} columns where the header has {len(header)}", "bad_row")
    if any(len(cell.encode("utf-8", "replace")) > limits.field_bytes for cell in cells):
        return RefusedInput(where, f"a field over {limits.field_bytes:,} bytes", "too_large")
    origin = Origin(
        path=where,
        encoding=codec,
        flags=flags,
        media_type="text/csv",
        method=f"csv:{header[found['text']]}",
        container=place,
        offset=row.offset,
    )
    values = {field: cells[index] for field, index in found.items()}
    return make_row_document(values, row.raw, origin, published, limits)
