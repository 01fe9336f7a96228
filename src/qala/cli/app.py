"""The commands. Their help is their documentation; the work is done by the library."""

import os
import shutil
import signal
import sys
from collections.abc import Iterable
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from typer.exceptions import TyperException

from qala.cli.claims_commands import add_commands as add_claims_commands
from qala.cli.ledger_commands import add_commands
from qala.cli.lexicon import lexicon
from qala.cli.output import open_output, say
from qala.cli.progress import open_progress
from qala.cli.run import UNEXPECTED, Format, Style, process_inputs, tell_unexpected, write_outcomes
from qala.errors import QalaError, ReadError
from qala.exports.jsonl import find_version
from qala.model import Document, RefusedInput

USAGE, INTERRUPTED, TERMINATED, PIPE_CLOSED = 2, 130, 143, 141
DEMO_PUBLISHED = date(2024, 10, 15)  # a Tuesday, as the article of the demonstration says

app = typer.Typer(
    name="qala",
    help="Qala reads Arabic news into a list of attributed statements: who said what, through whom, when.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(lexicon)

_Format = Annotated[Format, typer.Option("--format", "-f", help="How to write the statements.")]
_Output = Annotated[Path | None, typer.Option("--output", "-o", help="File to write; it appears whole or not at all.")]
_Text = Annotated[bool, typer.Option("--text", help="jsonl: also the text of each article.")]
_Why = Annotated[bool, typer.Option("--why", help="table: also offsets, rules and the words they rest on.")]


@app.callback(invoke_without_command=True)
def _begin(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    if version:
        typer.echo(f"qala {find_version() or 'unknown'}")
        raise typer.Exit


@app.command(
    short_help="Read articles: who said what, through whom, when.",
    epilog="""\b
Examples:
  qala read article.txt
  qala read article.txt --published 2023-09-05 --why
  qala read articles/ more.jsonl --format jsonl --output statements.jsonl
  qala read old.txt --encoding windows-1256 --format html --output old.html
  cat article.txt | qala read -

\b
Exit codes: 0 all read, 3 done but some inputs were refused (each in one line on
standard error), 2 wrong usage, 1 unexpected error.
""",
)
def read(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input.")],
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Day or moment of publication (ISO 8601), where an article has none."),
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(help="Encoding of plain text; found out from the bytes if left out.")
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(metavar="MAPPING", help="Which column is what in CSV and Parquet: text=body,title=headline."),
    ] = None,
    format: _Format = "table",
    output: _Output = None,
    why: _Why = False,
    text: _Text = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, max=256, help="Processes at work at once.")] = 1,
) -> None:
    """Read articles and write down who said what, through whom and when.

    A PATH is plain text (UTF-8, UTF-16, Windows-1256, ISO-8859-6), JSON Lines of
    articles (.jsonl, .ndjson, .json: id, outlet, url, published, title, text), a
    saved page, a feed, a table (CSV, Parquet), an archive (WARC, WET), any of them
    with gzip, or a folder of such files.
    """
    from qala.reading import documents
    from qala.reading.columns import parse_columns
    from qala.reading.dates import parse_published

    try:
        day = parse_published(published) if published is not None else None
    except ReadError as error:
        raise typer.BadParameter(str(error), param_hint="'--published'") from error
    try:
        mapping = parse_columns(columns) if columns is not None else None
    except ReadError as error:
        raise typer.BadParameter(str(error), param_hint="'--columns'") from error
    try:
        inputs = documents.read_documents(paths, published=day, encoding=encoding, columns=mapping)
    except ReadError as error:
        raise typer.BadParameter(str(error), param_hint="'--encoding'") from error
    _write(inputs, paths, output, _choose_style(format, output, why, text), jobs)


@app.command(
    short_help="Read the article that comes with Qala.",
    epilog="""\b
Examples:
  qala demo
  qala demo --why
  qala demo --format html --output demo.html
""",
)
def demo(format: _Format = "table", output: _Output = None, why: _Why = False, text: _Text = False) -> None:
    """Read the article that comes with Qala: invented, with the traits of real pages.

    It holds what a page saved from a newsroom's system holds: a caption left open,
    question headings, a denial far from its object, a relayed agency, subjects left
    out, a sentence cut off.
    """
    from qala.reading.plain import read_bytes

    raw = files("qala").joinpath("data", "demo", "article.txt").read_bytes()
    article = read_bytes(raw, path="demo/article.txt", published=DEMO_PUBLISHED)
    _write([article], [], output, _choose_style(format, output, why, text), 1)


add_commands(app)
add_claims_commands(app)


def _choose_style(format: Format, output: Path | None, why: bool, text: bool) -> Style:
    """Colour and width are those of the terminal; a file or a pipe gets 120 columns and no colour."""
    to_terminal = output is None and sys.stdout.isatty()
    colour = to_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = shutil.get_terminal_size((120, 24)).columns if output is None else 120
    return Style(format, width, colour, why, text)


def _write(
    inputs: Iterable[Document | RefusedInput], paths: list[str], output: Path | None, style: Style, jobs: int
) -> NoReturn:
    to_terminal = output is None and sys.stdout.isatty()
    try:
        with open_output(output) as out, open_progress(paths, to_terminal=to_terminal) as progress:
            code = write_outcomes(process_inputs(inputs, style, jobs), out, style, progress)
    except BrokenPipeError:
        # What reads our output has gone; Python would complain once more at its own end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = PIPE_CLOSED
    raise typer.Exit(code)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and exit: errors are one line on standard error, never a traceback."""
    sys.exit(_run(arguments))


def _run(arguments: list[str] | None) -> int:
    """Return the exit code of one command line."""
    _speak_utf8()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    try:
        code = app(arguments, prog_name="qala", standalone_mode=False)
        sys.stdout.flush()
        return int(code or 0)
    except TyperException as error:
        say(f"qala: {error.format_message()} (see qala --help)")
        return USAGE
    except (KeyboardInterrupt, typer.Abort):
        say("qala: interrupted")
        return INTERRUPTED
    except QalaError as error:
        say(f"qala: {error}")
        return UNEXPECTED
    except Exception as error:
        say(f"qala: {tell_unexpected(error)}")
        return UNEXPECTED


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale says: the results are Arabic."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
