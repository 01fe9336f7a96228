"""Which column of a table holds which field of an article: said by the user, or guessed from the header."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING

from qala.errors import LexiconError, ReadError
from qala.reading.page_words import fold_line
from qala.text.data import data_text, parse_lists

if TYPE_CHECKING:
    from collections.abc import Sequence

_JOINERS = re.compile(r"[\s_.-]+")


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The name of the column for each field; ``None`` leaves a field to be guessed from the header."""

    text: str | None = None
    title: str | None = None
    id: str | None = None
    url: str | None = None
    published: str | None = None
    outlet: str | None = None
    author: str | None = None


FIELDS = tuple(field.name for field in fields(ColumnMapping))


def parse_columns(value: str) -> ColumnMapping:
    """Return the mapping that ``"text=body,title=headline"`` stands for; raises ``ReadError`` for any other form."""
    given: dict[str, str] = {}
    for part in value.split(","):
        field, equals, column = (piece.strip() for piece in part.partition("="))
        if not equals or not column or field not in FIELDS or field in given:
            raise ReadError(f"not a column: {part.strip()[:60]!r}; expected FIELD=COLUMN with {', '.join(FIELDS)}")
        given[field] = column
    return ColumnMapping(**given)


def find_columns(header: Sequence[str], mapping: ColumnMapping | None = None) -> dict[str, int]:
    """Return the place of each field's column in ``header``.

    What ``mapping`` names must be there; the rest is guessed by the names of ``columns.yaml``. Raises ``ReadError``,
    which lists the columns, where a named one is missing or none holds the text.
    """
    found: dict[str, int] = {}
    names = [_fold(name) for name in header]
    listed = ", ".join(repr(name[:40]) for name in header[:20])
    for field in FIELDS:
        wanted = getattr(mapping, field) if mapping else None
        if wanted is None:
            continue
        if wanted in header:
            found[field] = list(header).index(wanted)
        elif _fold(wanted) in names:
            found[field] = names.index(_fold(wanted))
        else:
            raise ReadError(f"no column {wanted!r}; the table has {listed}")
    taken = set(found.values())
    for field, known in load_column_names().items():
        if field not in found:
            place = next((names.index(name) for name in known if name in names), None)
            if place is not None and place not in taken:
                found[field] = place
                taken.add(place)
    if "text" not in found:
        raise ReadError(f"no column holds the text; name one with text=COLUMN; the table has {listed}")
    return found


def _fold(name: str) -> str:
    """Return a column's name as names are compared."""
    return _JOINERS.sub(" ", fold_line(name.replace("_", " "))).strip()


@cache
def load_column_names() -> dict[str, tuple[str, ...]]:
    """Return the packaged names of columns by field, folded; raises ``LexiconError`` as the next function does."""
    return parse_column_names(data_text("columns.yaml"), "columns.yaml")


def parse_column_names(text: str, name: str) -> dict[str, tuple[str, ...]]:
    """Return the names of columns in ``text`` by field, folded.

    Raises ``LexiconError`` with ``name:line`` where it breaks the schema or gives one name to two fields.
    """
    found = {field: tuple(map(_fold, names)) for field, names in parse_lists(text, name, FIELDS).items()}
    owners: dict[str, str] = {}
    for field, names in found.items():
        for column in names:
            if owners.setdefault(column, field) != field:
                raise LexiconError(f"{name}:1: {column!r} stands under {owners[column]!r} and under {field!r}")
    return found
