"""Which ledger a command is about, and the options that the ledger's commands share."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from qala.errors import ReadError

if TYPE_CHECKING:
    from qala.ledger.ledger import Ledger

VARIABLE = "QALA_LEDGER"

Place = Annotated[
    str | None,
    typer.Option("--ledger", "-l", metavar="FILE|URL", envvar=VARIABLE, help="An SQLite file or a postgresql:// URL."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
Author = Annotated[
    str, typer.Option("--author", envvar="QALA_AUTHOR", help="Who judges: a name or initials that others will know.")
]


@contextmanager
def open_ledger(place: str | None, *, write: bool = False, create: bool = False) -> Iterator["Ledger"]:
    """Open the ledger that a command names; for reading only unless ``write``, so that looking changes nothing.

    Raises a usage error where none is named, and what ``Ledger.open`` raises.
    """
    if not place or not place.strip():
        raise typer.BadParameter(f"no ledger is named: give --ledger FILE, or set {VARIABLE}", param_hint="'--ledger'")
    from qala.ledger.ledger import Ledger

    with Ledger.open(place, create=create, read_only=not write) as ledger:
        yield ledger


def parse_day(value: str | None, option: str) -> date | datetime | None:
    """Return the day or moment that an option gives; a usage error where it is none."""
    if value is None:
        return None
    from qala.reading.dates import parse_published

    try:
        return parse_published(value)
    except ReadError as error:
        raise typer.BadParameter(str(error), param_hint=f"'{option}'") from error


def parse_only_day(value: str | None, option: str) -> date | None:
    """Return the day that an option gives, without an hour; a usage error where it is none."""
    found = parse_day(value, option)
    return found.date() if isinstance(found, datetime) else found
