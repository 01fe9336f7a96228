"""Tab-separated tables of the actor base: rows with their place, refused with ``file:line`` where they
break the form.

A table begins with comment lines (``# …``), then a line of column names, then one fact a row. Which table a
file is, its column names say; so a user's overlay folder may hold any number of files under any names.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from qala.errors import LexiconError

FACTS = ("id", "property", "value", "source")
"""One fact about an actor: actors, their forms, countries, demonyms."""
WORDS = ("form", "class", "gender", "number", "source")
"""One word or phrase of a closed class: titles, carriers, anonymous sources, given names."""
PHRASES = ("form", "source")
"""Phrases that look like an actor and are none."""
_COLUMNS = (FACTS, WORDS, PHRASES)
_MAX_BYTES = 16 << 20  # an overlay file above this is a mistake, not a lexicon


class Row(NamedTuple):
    """One row: its cells, the table it belongs to, and its place ``file:line``."""

    cells: tuple[str, ...]
    columns: tuple[str, ...]
    file: str
    place: str


def parse_table(text: str, file: str) -> Iterator[Row]:
    """Yield the rows of one table; raises :class:`LexiconError` that starts with ``file:line``."""
    columns: tuple[str, ...] | None = None
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        place = f"{file}:{number}"
        if columns is None:
            columns = _header(cells, place)
            continue
        _check_cells(cells, columns, place)
        yield Row(cells, columns, file, place)


def _header(cells: tuple[str, ...], place: str) -> tuple[str, ...]:
    if cells not in _COLUMNS:
        allowed = "; or ".join(" ".join(columns) for columns in _COLUMNS)
        raise LexiconError(f"{place}: the first line must name the columns, parted by tabs: {allowed}")
    return cells


def _check_cells(cells: tuple[str, ...], columns: tuple[str, ...], place: str) -> None:
    if len(cells) != len(columns):
        raise LexiconError(f"{place}: {len(cells)} columns where {len(columns)} belong: {' '.join(columns)}")
    for cell, column in zip(cells, columns, strict=True):
        if not cell:
            raise LexiconError(f"{place}: the column '{column}' is empty")
        if not unicodedata.is_normalized("NFC", cell):
            raise LexiconError(f"{place}: the column '{column}' is not in Unicode's NFC form")


@cache
def packaged_rows() -> tuple[Row, ...]:
    """Return the rows of all packaged tables of ``data/ar/actors``, in the order of the file names."""
    folder = files("qala") / "data" / "ar" / "actors"
    tables = sorted((item for item in folder.iterdir() if item.name.endswith(".tsv")), key=lambda item: item.name)
    return tuple(row for item in tables for row in parse_table(item.read_text(encoding="utf-8"), item.name))


def overlay_rows(folder: Path) -> tuple[Row, ...]:
    """Return the rows of every ``*.tsv`` of a user's folder; raises :class:`LexiconError` where it cannot
    be read.
    """
    if not folder.is_dir():
        raise LexiconError(f"{folder}:1: not a folder with tables of actors")
    rows: list[Row] = []
    for path in sorted(folder.glob("*.tsv")):
        try:
            if path.stat().st_size > _MAX_BYTES:
                raise LexiconError(f"{path}:1: larger than {_MAX_BYTES} bytes")
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise LexiconError(f"{path}:1: cannot be read as UTF-8 text ({error})") from None
        rows.extend(parse_table(text, str(path)))
    return tuple(rows)


def table_rows(overlay: Path | None, columns: tuple[str, ...]) -> tuple[Row, ...]:
    """Return the packaged rows and then the overlay's rows of the tables that have ``columns``."""
    rows = packaged_rows() + (overlay_rows(overlay) if overlay else ())
    return tuple(row for row in rows if row.columns == columns)
