"""``qala export``, ``verify``, ``merge``: a ledger handed on, looked through for changes, and brought together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qala.cli.ledger_place import AsJson, Place, open_ledger
from qala.cli.output import open_output, say
from qala.errors import QalaError

if TYPE_CHECKING:
    from qala.exports.loss import LossReport

FOUND = 4  # exit code: something is not as the log says
STDOUT = "-"

EXAMPLES: dict[str, str] = {
    "export": """\b
Examples:
  qala export --format csv --output news.csv --ledger news.db
  qala export --format csv --lossless --output - | head
  qala export --format stix --output news.stix.json
  qala export --format records --document 81b2e0 --output one.records.jsonl

\b
Formats: records, csv, parquet, web-annotation, schema-org, ftm, ftm-statements, stix,
prov, label-studio, brat, gqg, passim. What a format cannot hold stands in FILE.loss.json.
People's corrections are applied; what they rejected is left out, and counted.
""",
    "verify": """\b
Examples:
  qala verify --ledger news.db
  qala verify --head "$(cat head.txt)"

\b
Exit codes: 0 everything is as the log says, 4 something is not, 1 it cannot be opened.
Without a head that was kept elsewhere, this does not show a log written anew by
somebody who can write the file, a tail cut off, or an older copy put in its place.
It says nothing about whether what was read is so.
""",
    "merge": """\b
Example:
  qala merge shard2.db --ledger news.db
""",
}


def export(
    format: Annotated[str, typer.Option("--format", "-f", help="Which format; see below.")],
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="File to write, or - for the screen.")],
    ledger: Place = None,
    lossless: Annotated[bool, typer.Option("--lossless", help="csv: cells as they are, not safe in spreadsheets.")] = (
        False
    ),
    document: Annotated[str | None, typer.Option(metavar="ID", help="Only this article.")] = None,
    rejected: Annotated[
        bool, typer.Option("--rejected", help="records, csv, parquet: also what people rejected.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write the statements in a format of others, and beside the file what the format could not hold."""
    from qala.exports.write import WRITERS, write_export, write_stream
    from qala.records import identify_document

    writer = next((found for name, found in WRITERS.items() if name == format), None)
    if writer is None:
        raise typer.BadParameter(f"no such format: {format!r}; there are {', '.join(WRITERS)}", param_hint="'--format'")
    if rejected and not writer.verdicts:
        able = ", ".join(name for name, found in WRITERS.items() if found.verdicts)
        raise typer.BadParameter(f"only {able} say what was rejected", param_hint="'--rejected'")
    with open_ledger(ledger) as opened, opened.snapshot():
        only = None if document is None else identify_document(opened.document(document))
        given = opened.records(document=only, rejected=True, raw=writer.raw)
        if output == STDOUT:
            with _to_screen() as out:
                report = write_stream(given, out, format, lossless=lossless, rejected=rejected)
        else:
            report = write_export(given, output, format, lossless=lossless, rejected=rejected)
    _tell_losses(report, output, as_json)


@contextmanager
def _to_screen() -> Iterator[Any]:
    """Open standard output as bytes; a reader that has gone ends the command quietly."""
    from qala.cli.screen import end_quietly

    with end_quietly(), open_output(None) as out:
        yield out


def _tell_losses(report: "LossReport", output: str, as_json: bool) -> None:
    """Say how much was written and lost; on standard error where the export itself went to the screen."""
    from qala.cli.screen import print_json, print_lines

    if as_json and output != STDOUT:
        print_json(report.describe())
        return
    lines = [f"{report.format}: {report.records:,} statements given, articles: {report.documents:,}"]
    for name, part in (("lost", report.lost), ("changed", report.changed), ("left out", report.left_out)):
        if part:
            lines.append(f"{name}: " + ", ".join(f"{count:,} {what}" for what, count in part.items()))
    if output == STDOUT:
        for line in lines:
            say(f"qala: {line}")
    else:
        print_lines(lines)


def verify(
    ledger: Place = None,
    head: Annotated[str | None, typer.Option(help="A head that this command printed earlier and you kept.")] = None,
    as_json: AsJson = False,
) -> None:
    """Hash everything anew and compare it with the log; print the head to keep elsewhere."""
    from qala.cli.ledger_bar import follow_rows, open_bar
    from qala.cli.ledger_json import describe_report
    from qala.cli.ledger_lists import list_findings
    from qala.cli.screen import print_json, print_lines

    with open_ledger(ledger) as opened, open_bar() as bar:
        report = opened.verify(head, progress=follow_rows(bar, opened))
    if as_json:
        print_json(describe_report(report))
    else:
        print_lines(list_findings(report, head))
    if not report.intact:
        raise typer.Exit(FOUND)


def merge(
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The ledger whose content is added: a file or URL.")],
    ledger: Place = None,
    check: Annotated[bool, typer.Option("--check/--no-check", help="Verify the other ledger first.")] = True,
    as_json: AsJson = False,
) -> None:
    """Add everything of another ledger to this one; what both have is there once, and the other stays as it is."""
    from qala.cli.screen import print_json, print_lines
    from qala.ledger import merge as merging

    with open_ledger(ledger, write=True, create=True) as opened, open_ledger(other) as given:
        if given.store.place == opened.store.place:
            raise QalaError("a ledger cannot be merged into itself")
        before = len(opened.judgements(replaced=True))
        added = merging.merge(opened, given, check=check)
        judged = len(opened.judgements(replaced=True)) - before
    if as_json:
        print_json({**added._asdict(), "judgements": judged})
    else:
        counts = {**added._asdict(), "judgements": judged}
        print_lines(["added " + ", ".join(f"{number:,} {name}" for name, number in counts.items())])


COMMANDS: tuple[Callable[..., Any], ...] = (export, verify, merge)
