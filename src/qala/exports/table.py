"""A table for the terminal: act, speaker, content, through whom, when.

Terminals differ: some order right-to-left text themselves, most do not. Every cell line is therefore
isolated (RLI or FSI … PDI, of no width), so that columns keep their places where there is ordering,
and nothing is reversed or reshaped here, so that what is copied out is the text of the article.
Loses: everything but the columns; with ``why`` the rules, their words and all offsets are shown.
"""

from calendar import day_name, month_name
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import NamedTuple

from rich import box
from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.table import Table
from rich.text import Text

from qala.exports.visible import is_right_to_left, isolate, make_visible, shorten
from qala.model import Document, Evidence, Reading, Span, Statement

NARROWEST = 72  # columns; below it statements are written one under the other
WIDE = 112  # columns; from it on "through" and "when" have columns of their own
GAP = 2  # cells between two columns
CONTENT_LINES = 3
CELL_LINES = 4

ACT_STYLES = {
    "assert": "default",
    "confirm": "green",
    "deny": "bold red",
    "decline": "grey62",
    "accuse": "dark_orange",
    "warn": "yellow",
    "threaten": "bold magenta",
    "demand": "blue",
    "promise": "cyan",
    "condemn": "red",
    "praise": "bright_green",
    "believe": "bright_blue",
}
_DIM = "dim"
_DASH = "\u2014"


class Column(NamedTuple):
    """One column: its heading and the widest it may become, in terminal cells."""

    heading: str
    most: int


def render_table(readings: Iterable[Reading], *, width: int = 120, colour: bool = False, why: bool = False) -> str:
    """Return the readings as tables of at most ``width`` cells, one article after the other."""
    return "".join(render_article(reading, width=width, colour=colour, why=why) for reading in readings)


def render_article(reading: Reading, *, width: int = 120, colour: bool = False, why: bool = False) -> str:
    """Return one article as a heading line, its table and, with ``why``, the evidence below it."""
    out = StringIO()
    console = Console(
        file=out,
        width=max(width, 20),
        force_terminal=colour,
        color_system="256" if colour else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    for line in _head_lines(reading):
        console.print(line, overflow="fold", soft_wrap=True)
    if reading.statements and width >= NARROWEST:
        console.print(_build_table(reading, width))
    else:
        for line in _stack(reading, width):
            console.print(line, soft_wrap=True)
    if why:
        for line in _explain(reading):
            console.print(line, soft_wrap=True)
    if not reading.statements or width < NARROWEST or why:
        console.print()
    # rich fills lines up with spaces, which a terminal wraps when it is made narrower
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _head_lines(reading: Reading) -> Iterator[Text]:
    document, count = reading.document, len(reading.statements)
    if document.title:
        yield Text(isolate(make_visible(document.title)), style="bold")
    published = document.published.isoformat() if document.published else _unknown_day(reading)
    counted = f"{count} statement" if count == 1 else f"{count} statements"
    place = make_visible(document.origin.path or document.id)
    parts = (place, make_visible(document.outlet or ""), published, counted)
    yield Text(" \u00b7 ".join(isolate(part) for part in parts if part), style=_DIM)


def _unknown_day(reading: Reading) -> str:
    """Say what the page tells of its day of publication where nobody gave it."""
    known = reading.publication
    parts = [day.isoformat() for day in sorted(known.days)] if known else []
    parts += [day_name[weekday] for weekday in sorted(known.weekdays)] if known else []
    parts += [f"--{month:02}-{day:02}" for month, day in sorted(known.month_days)] if known else []
    parts += [month_name[month] for month in sorted(known.months)] if known else []
    parts += [str(year) for year in sorted(known.years)] if known else []
    told = f" (by its words: {', '.join(parts)})" if parts else ""
    return f"day of publication unknown{told}"


def _build_table(reading: Reading, width: int) -> Table:
    """Lay the statements out in columns whose widths follow what they hold."""
    wide = width >= WIDE
    columns = [Column("", 8), Column("act", 9), Column("speaker", 26 if wide else 18)]
    if wide:
        columns += [Column("through", 20), Column("when", 21)]
    else:
        columns += [Column("through, when", 16)]
    rows = [_describe(reading.document, statement, wide) for statement in reading.statements]
    widths = [
        max(
            cell_len(column.heading),
            min(column.most, max(cell_len(line) for row in rows for line in row[index])),
        )
        for index, column in enumerate(columns)
    ]
    room = width - sum(widths) - GAP * len(widths)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, GAP - 1, 0, 0), pad_edge=False, show_edge=False)
    order = [0, 1, 2, *range(3, len(columns))]
    for index in order:
        if index == 3:
            table.add_column("content", width=room, justify="left", no_wrap=True)
        table.add_column(columns[index].heading, width=widths[index], no_wrap=True)
    for statement, row in zip(reading.statements, rows, strict=True):
        style = ACT_STYLES[statement.attribution.act]
        cells = [_fill(lines, widths[index], _styles(index, style)) for index, lines in enumerate(row)]
        cells.insert(3, _fill_content(_content(reading.document, statement), room))
        table.add_row(*cells)
    return table


def _styles(index: int, act: str) -> tuple[str, str]:
    """Return the styles of a column's first line and of its further lines."""
    return [(_DIM, _DIM), (act, _DIM), ("bold", _DIM)][index] if index < 3 else ("default", _DIM)


def _describe(document: Document, statement: Statement, wide: bool) -> tuple[list[str], ...]:
    """Return the cells of a row but for the content, each as lines."""
    found = statement.attribution
    reference = [found.id] + ([f"in {found.parent}"] if found.parent else [])
    act = [str(found.act)]
    act += ["hedged"] if found.hedged else []
    act += ["repeated"] if found.repeated else []
    act += ["cut off"] if found.truncated else []
    through = [_cut(document, found.channel)] if found.channel else []
    when = [_cut(document, found.when)] if found.when else []
    when += [statement.when_date.replace("/", "/\u200b")] if statement.when_date else []
    if wide:
        return reference, act, _speaker(statement), through or [""], when or [""]
    return reference, act, _speaker(statement), (through + when) or [""]


def _speaker(statement: Statement) -> list[str]:
    return [make_visible(statement.speaker.name) if statement.speaker else _DASH]


def _content(document: Document, statement: Statement) -> str:
    return " \u2026 ".join(_cut(document, span) for span in statement.attribution.content)


def _cut(document: Document, span: Span) -> str:
    return make_visible(span.of(document.text)).strip()


def _fill(lines: list[str], width: int, styles: tuple[str, str]) -> Text:
    """Wrap each line of a cell to ``width`` and isolate every piece of it."""
    cell = Text()
    for number, line in enumerate(lines):
        arabic = is_right_to_left(line)
        for piece in wrap(shorten(line, width * CELL_LINES), width):
            cell.append(("\n" if cell else "") + isolate(piece, right_to_left=arabic), styles[number > 0])
    return cell


def _fill_content(content: str, width: int) -> Text:
    """Shorten and wrap a content; right-to-left lines stand at the right edge of their column."""
    arabic = is_right_to_left(content)
    room = width * CONTENT_LINES
    lines = wrap(shorten(content, room), width)
    while len(lines) > CONTENT_LINES and room > width:
        room -= max(width // 8, 1)
        lines = wrap(shorten(content, room), width)
    pads = [" " * (width - cell_len(line)) if arabic else "" for line in lines]
    return Text("\n".join(pad + isolate(line, right_to_left=arabic) for pad, line in zip(pads, lines, strict=True)))


def wrap(text: str, width: int) -> list[str]:
    """Break ``text`` at spaces into lines of at most ``width`` cells; longer words are cut."""
    lines: list[str] = []
    line, used = "", 0
    for word in text.replace("\u200b", " ").split():
        for part in [word] if cell_len(word) <= width else chop_cells(word, width):
            length = cell_len(part)
            if line and used + 1 + length <= width:
                line, used = f"{line} {part}", used + 1 + length
            else:
                if line:
                    lines.append(line)
                line, used = part, length
    return [*lines, line] if line or not lines else lines


def _stack(reading: Reading, width: int) -> Iterator[Text]:
    """Write the statements one under the other, for narrow terminals."""
    for statement in reading.statements:
        found = statement.attribution
        *_, speaker, rest = _describe(reading.document, statement, wide=False)
        head = Text(f"{found.id} ", style=_DIM)
        head.append(str(found.act), style=ACT_STYLES[found.act])
        head.append(" (hedged)" if found.hedged else "", style=_DIM)
        yield head
        for part in (*speaker, shorten(_content(reading.document, statement), 3 * width), *rest):
            if not part:
                continue
            arabic = is_right_to_left(part)
            for line in wrap(part, max(width - 4, 8)):
                yield Text("    " + isolate(line, right_to_left=arabic))
    if not reading.statements:
        yield Text("no attributed statement found", style=_DIM)


def _explain(reading: Reading) -> Iterator[Text]:
    """Write why: for each statement its offsets, its rules and the words that they rest on."""
    for statement in reading.statements:
        found = statement.attribution
        parts: list[tuple[str, Iterable[Span]]] = [
            ("source", [found.source] if found.source else []),
            ("cue", found.cue),
            ("content", found.content),
            ("hedge", found.hedges),
            ("through", [found.channel] if found.channel else []),
            ("when", [found.when] if found.when else []),
        ]
        yield Text(found.id, style="bold")
        for name, spans in parts:
            for span in spans:
                yield _reason(reading.document, Evidence(name, (span,)))
        for evidence in (*found.evidence, *(statement.speaker.evidence if statement.speaker else ())):
            yield _reason(reading.document, evidence)
        for time in statement.times:
            note = " ".join(part for part in (time.date, time.planned and "planned") if part)
            yield _reason(reading.document, Evidence("event time", (time.span,), note or "open"))
        yield from (_reason(reading.document, Evidence("quantity", (q.span,))) for q in statement.quantities)
        yield Text(f"    chain  {_tell_chain(statement)}", style=_DIM)


def _tell_chain(statement: Statement) -> str:
    """Return the hops from the speaker to the page in one line."""
    hops = (
        f"{hop.kind} {isolate(make_visible(hop.name))}" if hop.name else f"{hop.kind} ({hop.status})"
        for hop in statement.chain
    )
    return " \u2190 ".join(hops)


def _reason(document: Document, evidence: Evidence) -> Text:
    line = Text(f"    {make_visible(evidence.rule)}", style=_DIM)
    for span in evidence.spans:
        words = shorten(_cut(document, span), 60)
        line.append(f"  {span.start}-{span.end} ", style=_DIM)
        line.append(isolate(words), style="default")
    if evidence.note:
        line.append(f"  ({isolate(make_visible(evidence.note))})")
    return line
