"""``qala add``: what people have, read into a ledger; stopped at any moment, it goes on where it was."""

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qala.cli.ledger_bar import Bar, Plan, measure, open_bar, plan_inputs
from qala.cli.ledger_place import AsJson, Place, open_ledger, parse_day
from qala.cli.output import say
from qala.cli.run import ALL_READ, WITH_REFUSALS
from qala.errors import ReadError

if TYPE_CHECKING:
    from qala.adding.ingest import Summary
    from qala.ledger.ledger import Ledger
    from qala.model import RefusedInput

_TOLD = 10  # refusals that are told; all are in the ledger

EXAMPLES: dict[str, str] = {
    "add": """\b
Examples:
  qala add article.txt saved.html feed.xml --ledger news.db
  qala add archive/ --ledger news.db --jobs 4
  qala add table.csv --columns text=body,title=headline,published=day
  qala add old/ --outlet "\u2026" --encoding windows-1256 --published 2009-03-01
  qala add pages.warc.gz --ledger postgresql://user@host/database

\b
Exit codes: 0 all read, 3 done but some inputs were refused (qala refusals lists them),
2 wrong usage, 1 the ledger could not be written, 130 or 143 interrupted. After an
interruption, or a power cut, the same command goes on where the ledger ends.
""",
}


def add(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input.")],
    ledger: Place = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, max=256, help="Processes that read at once.")] = 1,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day or moment of publication, where an article has none.")
    ] = None,
    encoding: Annotated[str | None, typer.Option(help="Encoding of text, pages and CSV; else found out.")] = None,
    columns: Annotated[
        str | None, typer.Option(metavar="FIELD=COLUMN,\u2026", help="Tables: which column holds text, title \u2026")
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="The outlet, where an article names none.")] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Also files that were read to their end, from their beginning.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Read articles into a ledger: text, pages, feeds, JSON, CSV, Parquet, WARC, and folders of these.

    Nothing is added twice; what cannot be read is a row with its reason, and the others go on.
    """
    options = read_options(published, encoding, columns) | {"outlet": outlet}
    with open_ledger(ledger, write=True, create=True) as opened:
        try:
            with open_bar() as bar:
                summary = _add(opened, paths, jobs, again, options, bar)
        except (KeyboardInterrupt, SystemExit):
            say("qala: stopped; what is in the ledger stays, and the same command goes on from there")
            raise
        latest = _find_latest(opened, summary)
    code = _finish(summary)
    _tell(summary, latest, bar.seconds, as_json)
    raise typer.Exit(code)


def read_options(published: str | None, encoding: str | None, columns: str | None) -> dict[str, Any]:
    """Return the options for ``read_documents``; a usage error for what none of them can be."""
    from qala.reading.charset import decode_bytes
    from qala.reading.columns import parse_columns

    option = "--encoding"
    try:
        decode_bytes(b"", encoding)
        option = "--columns"
        mapping = None if columns is None else parse_columns(columns)
    except ReadError as error:
        raise typer.BadParameter(str(error), param_hint=f"'{option}'") from error
    return {"published": parse_day(published, "--published"), "encoding": encoding, "columns": mapping}


def _add(
    ledger: "Ledger",
    paths: list[str],
    jobs: int,
    again: bool,
    options: dict[str, Any],
    bar: Bar,
) -> "Summary":
    """Add what is at ``paths``, and draw the bar."""
    from qala.adding.ingest import add_paths

    plan: list[Plan] = []  # made when a bar is drawn

    def tell(summary: "Summary") -> None:
        if bar.due:
            plan[:] = plan or [plan_inputs(paths)]
            bar.tell(_describe_rate(summary, bar.seconds), measure(summary, plan[0]) if plan[0].size else None)

    return add_paths(ledger, paths, jobs=jobs, progress=tell, again=again, **options)


def _describe_rate(summary: "Summary", seconds: float) -> str:
    refused = f" \u00b7 {summary.refused.total():,} refused" if summary.refused else ""
    return (
        f"{summary.inputs:,} articles \u00b7 {summary.added.statements:,} statements{refused}"
        f" \u00b7 {summary.inputs / seconds:,.0f}/s"
    )


def _find_latest(ledger: "Ledger", summary: "Summary") -> "list[RefusedInput]":
    """Return the last refusals that this run added: they stand at the end."""
    new = min(summary.added.refusals, _TOLD)
    return list(deque(ledger.refusals(), maxlen=new)) if new else []


def _finish(summary: "Summary") -> int:
    """Return the exit code."""
    nothing = not summary.inputs and not summary.files_known
    return WITH_REFUSALS if summary.refused or nothing else ALL_READ


def _tell(summary: "Summary", latest: "list[RefusedInput]", seconds: float, as_json: bool) -> None:
    """Print what came of it: counts on standard output, refusals on standard error."""
    from qala.cli.screen import print_json, print_lines
    from qala.exports.visible import make_visible

    for refusal in latest:
        say(f"qala: {make_visible(refusal.place)}: {make_visible(refusal.reason)} [{refusal.code}]")
    if as_json:
        print_json(describe_summary(summary, seconds))
        return
    refused = summary.refused.total()
    if refused > len(latest):
        say(f"qala: {refused:,} refused in all: see qala refusals")
    if not summary.inputs and not summary.files_known:
        say("qala: no article found in what was given")
    added = summary.added
    codes = "".join(f", {number:,} {code}" for code, number in summary.refused.most_common())
    print_lines(
        [
            f"documents   {added.documents:,} new, {summary.known:,} known",
            f"statements  {added.statements:,} new",
            f"places      {added.captures:,} new",
            f"files       {summary.files:,} read, {summary.files_known:,} known and unchanged",
            f"refused     {refused:,}{codes}",
            f"in          {seconds:,.1f} s, {summary.inputs / seconds:,.0f} inputs a second",
        ]
    )


def describe_summary(summary: "Summary", seconds: float) -> dict[str, Any]:
    """Return what came of adding as plain values."""
    return {
        "inputs": summary.inputs,
        "documents_new": summary.added.documents,
        "documents_known": summary.known,
        "readings_new": summary.added.readings,
        "statements_new": summary.added.statements,
        "places_new": summary.added.captures,
        "files_read": summary.files,
        "files_known": summary.files_known,
        "bytes": summary.size,
        "refused": summary.refused.total(),
        "refused_new": summary.added.refusals,
        "refusals": dict(sorted(summary.refused.items())),
        "seconds": round(seconds, 3),
    }


COMMANDS: tuple[Callable[..., Any], ...] = (add,)
