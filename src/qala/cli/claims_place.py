"""The views that a command asks about: of the ledger that it names, kept in a file beside it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qala.cli.ledger_place import open_ledger

if TYPE_CHECKING:
    from qala.corroborating.views import Views

NONE = "none"
Kept = Annotated[
    str | None,
    typer.Option(
        "--views",
        metavar="FILE|none",
        help="Where what was computed is kept; beside the ledger's file if left out, none for a URL.",
    ),
]
Language = Annotated[Literal["ar", "en"], typer.Option("--language", help="Of headings and labels.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="File to write; it appears whole or not at all.")]
Limit = Annotated[int, typer.Option(min=1, help="How many.")]


def open_views(ledger: str | None, kept: str | None = None) -> "Views":
    """Return the views over a ledger: those kept where it has not changed, else computed now and kept."""
    with open_ledger(ledger) as opened:
        from qala.corroborating.stored import load_views

        return load_views(opened, find_file(ledger, kept))


def find_file(ledger: str | None, kept: str | None) -> Path | None:
    """Return the file that keeps the views of a ledger; ``None`` where none is to."""
    from qala.corroborating.stored import SUFFIX

    if kept is not None:
        return None if kept == NONE else Path(kept)
    if ledger is None or ledger.startswith(("postgresql://", "postgres://")):
        return None
    return Path(ledger + SUFFIX)
