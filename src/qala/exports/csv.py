"""CSV of records: a row a statement, safe to open in a spreadsheet unless it is asked to be lossless.

A cell whose first visible character makes spreadsheets read it as a formula (OWASP ASVS 5.0, 1.2.10: ``=``,
``+``, ``-``, ``@``, tab, carriage return; also their full-width forms, ``|``, ``%`` and separators) gets an
apostrophe before it. Arabic news is full of lines that start with a dash, so this happens to honest text:
the last column, whose heading says what it is, names the cells of the row that were changed, and
``read_csv`` takes the apostrophes off again. Every cell is quoted. ``lossless=True`` changes nothing.
"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from qala.errors import ReadError
from qala.exports.encoding import encode_json, make_text
from qala.exports.loss import LossReport, Tally
from qala.exports.rows import COLUMNS, KEPT, Row, describe_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qala.records import Record

FORMAT = "csv"
MARKED = "apostrophe_added_to"
"""The heading of the column that names the cells with an apostrophe before them; only in the safe form."""

_ACTIVE = frozenset("=+-@|%\t\r\n\x00,;\u061b\u060c\u2212")
_LONGEST_CELL = 1 << 26  # characters; Python's own limit of 131,072 is below what a page may hold
_APOSTROPHES = "cells with an apostrophe before them, named in the last column"
_SURROGATES = "cells with half a surrogate pair, written as U+FFFD"


def write_csv(
    records: Iterable[Record], out: BinaryIO, *, lossless: bool = False, bom: bool | None = None
) -> LossReport:
    """Write records as CSV in UTF-8 (RFC 4180, lines end in CR LF).

    ``bom`` puts a byte order mark first, by which Excel knows UTF-8; by default where it is not lossless.
    """
    tally = Tally(FORMAT, KEPT)
    if not lossless if bom is None else bom:
        out.write(b"\xef\xbb\xbf")
    out.write(_encode([*COLUMNS] if lossless else [*COLUMNS, MARKED]))
    document_id = None
    for record in records:
        if record.document_id != document_id:
            tally.add_document(record.document)
            document_id = record.document_id
        tally.add_record(record)
        cells = [_fill_cell(value, tally) for value in describe_row(record).values()]
        out.write(_encode(cells if lossless else _make_safe(cells, tally)))
    return tally.report()


def read_csv(file: BinaryIO) -> Iterator[Row]:
    """Yield the rows of a file that ``write_csv`` wrote, safe or lossless, as ``describe_row`` gave them.

    Raises ``ReadError`` for other headings and for a cell that is not what its column holds.
    """
    csv.field_size_limit(_LONGEST_CELL)  # holds for the process; there is no other way
    lines = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    rows = csv.reader(lines, strict=True)
    try:
        heads = next(rows, [])
        if heads not in ([*COLUMNS], [*COLUMNS, MARKED]):
            raise ReadError("line 1: not the columns of an export of records")
        for cells in rows:
            yield _parse_row(dict(zip(heads, cells, strict=True)))
    except (csv.Error, ValueError, KeyError) as error:
        raise ReadError(f"line {rows.line_num}: not a row of records: {error}") from None
    finally:
        lines.detach()  # else the caller's file would be closed with the wrapper


def is_active(cell: str) -> bool:
    """Tell whether a spreadsheet might take the cell for a formula or a separator.

    Looks past spaces and invisible characters; a full-width sign counts as the sign.
    """
    for char in cell:
        if char in "\t\r\n\x00":
            return True
        if char.isspace() or unicodedata.category(char) in ("Cf", "Mn", "Cc"):
            continue
        return unicodedata.normalize("NFKC", char)[:1] in _ACTIVE
    return False


def _make_safe(cells: list[str], tally: Tally) -> list[str]:
    marked = [name for name, cell in zip(COLUMNS, cells, strict=True) if is_active(cell)]
    if marked:
        tally.change(_APOSTROPHES, len(marked))
    safe = ["'" + cell if name in marked else cell for name, cell in zip(COLUMNS, cells, strict=True)]
    return [*safe, " ".join(marked)]


def _fill_cell(value: Any, tally: Tally) -> str:
    """Return a value as the text of a cell; lists as JSON, an empty list as an empty cell."""
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, str):
        text = make_text(value)
        if text != value:
            tally.change(_SURROGATES)
        return text
    return repr(value) if isinstance(value, float) else encode_json(value).decode("utf-8")


def _encode(cells: list[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL).writerow(cells)
    return line.getvalue().encode("utf-8")


def _parse_row(cells: dict[str, str]) -> Row:
    marked = cells.pop(MARKED, "").split()
    for name in marked:
        if not cells[name].startswith("'"):
            raise ValueError(f"no apostrophe before {name}")
        cells[name] = cells[name][1:]
    return {name: _parse_cell(cells[name], kind) for name, kind in COLUMNS.items()}


def _parse_cell(cell: str, kind: str) -> Any:
    if kind == "text":
        return cell or None
    if kind == "flag":
        return {"1": True, "0": False}[cell]
    if kind == "number":
        return float(cell)
    return cast("list[Any]", json.loads(cell)) if cell else []
