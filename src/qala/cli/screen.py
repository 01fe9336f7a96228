"""What the ledger's commands show: lines for a terminal, or JSON for machines, both on standard output.

Nothing of a page acts on the terminal: controls become visible and every stretch of a page is isolated, so that its
direction does not spill over (FAULTS, rows 29, 53 and 64). Words are marked by style where there is colour and by
double brackets where there is none, so that marks survive a pipe.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING, Any, NamedTuple

import typer
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from qala.exports.encoding import encode_json
from qala.exports.visible import FSI, PDI, RLI, is_right_to_left, isolate, make_visible
from qala.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PIPE_CLOSED = 141
DIM, STRONG = "dim", "bold"
_GUARDED = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), 0x2028, 0x2029], "\ufffd")
_NARROWEST = 24  # cells that a paragraph gets, however narrow the terminal is


class Screen(NamedTuple):
    """The terminal's width in cells, and whether it shows colours."""

    width: int = 120
    colour: bool = False


class Mark(NamedTuple):
    """A stretch of a text to be marked: its style in colour, and the brackets that stand for it without."""

    span: Span
    style: str
    opening: str
    closing: str


def find_screen() -> Screen:
    """Return width and colour of the terminal; a pipe or a file gets 120 columns and no colour."""
    terminal = sys.stdout.isatty()
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Screen(shutil.get_terminal_size((120, 24)).columns, colour)


def show(value: object) -> str:
    """Return text of a page or of a person on one line, fit to be printed."""
    return isolate(make_visible("" if value is None else str(value)))


def cut_marked(text: str, span: Span, marks: Sequence[Mark], *, colour: bool) -> Text:
    """Return the characters of ``text`` under ``span``, made visible, with ``marks`` shown.

    Marks end with ``span``. Where they lie over one another, the shortest gives the style. Time grows with
    the text and with the marks that lie over one place, which are few.
    """
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, list[Mark]] = {}
    for mark in marks:
        here = Span(max(mark.span.start, span.start), min(mark.span.end, span.end))
        if here.start < here.end:
            clipped = mark._replace(span=here)
            opening.setdefault(here.start, []).append(clipped)
            closing.setdefault(here.end, []).append(clipped)
    places = sorted({*span, *opening, *closing})
    over: list[Mark] = []
    shown = Text()
    for start, end in zip(places, [*places[1:], span.end], strict=True):
        ending, beginning = closing.get(start, []), opening.get(start, [])
        over = [mark for mark in over if mark.span.end > start] + beginning
        if not colour:
            shown.append("".join(mark.closing for mark in sorted(ending, key=lambda mark: -mark.span.start)))
            shown.append("".join(mark.opening for mark in sorted(beginning, key=lambda mark: -mark.span.end)))
        inmost = min(over, key=lambda mark: mark.span.end - mark.span.start, default=None)
        shown.append(make_visible(text[start:end]), inmost.style if inmost and colour else "")
    return shown


def lay_out(paragraph: Text, width: int, indent: int = 4) -> Iterator[Text]:
    """Yield ``paragraph`` in lines of at most ``width`` cells; right-to-left lines stand at the right edge."""
    arabic = is_right_to_left(paragraph.plain)
    room = max(width - indent, _NARROWEST)
    for line in paragraph.wrap(Console(width=room, file=StringIO(), _environ={}), room, overflow="fold"):
        line.rstrip()
        yield Text.assemble(" " * (indent + (room - cell_len(line.plain) if arabic else 0)), enclose(line, arabic))


def enclose(line: Text, right_to_left: bool) -> Text:
    """Return a line with styles, already visible, so that its direction does not spill over its neighbours."""
    return Text.assemble(RLI if right_to_left else FSI, line, PDI)


def render(lines: Iterable[Text], screen: Screen) -> Iterator[bytes]:
    """Yield ``lines`` as UTF-8 bytes, each with its line end; escape sequences are colours and nothing else.

    Text of others comes here visible already; what is left of controls (the ledger may be anybody's file, and
    hold them where Qala writes a word of its own) is replaced.
    """
    out = StringIO()
    console = Console(
        file=out,
        width=max(screen.width, _NARROWEST),
        force_terminal=screen.colour,
        color_system="256" if screen.colour else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    for line in lines:
        line.plain = line.plain.translate(_GUARDED)
        console.print(line, overflow="ignore", no_wrap=True, crop=False, soft_wrap=True)
        yield "\n".join(part.rstrip() for part in out.getvalue().split("\n")).encode("utf-8", "replace")
        out.seek(0)
        out.truncate()


def print_lines(lines: Iterable[Text | str], screen: Screen | None = None) -> None:
    """Print lines, as they come."""
    write(render((Text(line) if isinstance(line, str) else line for line in lines), screen or find_screen()))


def print_json(value: Any) -> None:
    """Print one value as one line of JSON."""
    write([encode_json(value) + b"\n"])


def print_json_lines(values: Iterable[Any]) -> None:
    """Print values as JSON Lines, as they come."""
    write(encode_json(value) + b"\n" for value in values)


def write(parts: Iterable[bytes]) -> None:
    """Write to standard output; a reader that has gone ends the command quietly, with exit code 141."""
    sys.stdout.flush()
    out = sys.stdout.buffer
    with end_quietly():
        for part in parts:
            out.write(part)
        out.flush()


@contextmanager
def end_quietly() -> Iterator[None]:
    """End the command with exit code 141 and without a word where the reader of its output has gone."""
    try:
        yield
    except BrokenPipeError:
        # Python would complain once more when it flushes at its own end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(PIPE_CLOSED) from None
