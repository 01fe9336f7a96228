"""``qala search``, ``show``, ``why``, ``speakers``, ``refusals``, ``stats``: looking into a ledger changes nothing."""

from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qala.cli.ledger_place import AsJson, Place, open_ledger, parse_day, parse_only_day
from qala.errors import LedgerError

if TYPE_CHECKING:
    from qala.ledger.ledger import Ledger
    from qala.ledger.search import Page
    from qala.model import Document
    from qala.records import Record

Id = Annotated[str, typer.Argument(metavar="ID", help="Id of a statement or of an article, or its unique beginning.")]
_Day = Annotated[str | None, typer.Option(metavar="DATE", help="Day, ISO 8601; included.")]

EXAMPLES: dict[str, str] = {
    "search": """\b
Examples:
  qala search "\u2026" --ledger news.db
  qala search "\u2026" --act deny --published-from 2024-01-01
  qala search "" --speaker sergei-lavrov --outlet "\u2026" --ranked --json

\b
Words are found in any spelling. "several words" in quotation marks stand next to
each other, -word must not stand there, word* is a beginning, one | other is either.
Without words, everything that the options leave is listed, the newest first.
""",
    "show": """\b
Examples:
  qala show 3f5a9c --ledger news.db
  qala show 3f5a9c --context 1000
  qala show 81b2e0 --whole
""",
    "why": """\b
Example:
  qala why 3f5a9c --ledger news.db
""",
    "speakers": """\b
Examples:
  qala speakers --ledger news.db
  qala speakers lavrov --limit 200 --json
""",
    "refusals": """\b
Examples:
  qala refusals --ledger news.db
  qala refusals --code no_text --json
""",
    "stats": """\b
Example:
  qala stats --ledger news.db
""",
}


def search(
    query: Annotated[str, typer.Argument(help="What is looked for; may be empty.")] = "",
    ledger: Place = None,
    speaker: Annotated[str | None, typer.Option(help="An actor's id, or words of the speaker's name.")] = None,
    act: Annotated[str | None, typer.Option(help="assert, deny, decline, demand, promise \u2026")] = None,
    outlet: Annotated[str | None, typer.Option(help="The outlet's whole name.")] = None,
    carrier: Annotated[str | None, typer.Option(help="Through whom: an id, or words of the name.")] = None,
    said_from: _Day = None,
    said_to: _Day = None,
    published_from: _Day = None,
    published_to: _Day = None,
    judged: Annotated[bool | None, typer.Option("--judged/--unjudged", help="Whether people judged it.")] = None,
    within: Annotated[str, typer.Option(help="statement, content, source, title or everything.")] = "statement",
    ranked: Annotated[bool, typer.Option("--ranked", help="The best of the newest first, and not the newest.")] = False,
    wide: Annotated[
        bool, typer.Option("--wide/--narrow", help="Also with particles and pronouns joined; or the word alone.")
    ] = True,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Hits of a page.")] = 20,
    after: Annotated[str | None, typer.Option(help="The mark that the page before ended with.")] = None,
    seconds: Annotated[float, typer.Option(min=0.1, max=600, help="How long it may take.")] = 5.0,
    as_json: AsJson = False,
) -> None:
    """Find statements by words in any spelling, speaker, act, outlet, carrier and days, the newest first."""
    from qala.ledger.search import Search
    from qala.ledger.search_filters import SearchFilters

    filters = SearchFilters(
        speaker=speaker,
        act=act,  # type: ignore[arg-type]  # the search says which acts there are
        outlet=outlet,
        carrier=carrier,
        said_from=parse_only_day(said_from, "--said-from"),
        said_to=parse_only_day(said_to, "--said-to"),
        published_from=parse_day(published_from, "--published-from"),
        published_to=parse_day(published_to, "--published-to"),
        judged=judged,
    )
    wanted = Search(
        query,
        filters,
        "best" if ranked else "newest",
        "wide" if wide else "exact",
        within,  # type: ignore[arg-type]  # the search says what there is
        limit,
        after,
        seconds,
    )
    with open_ledger(ledger) as opened:
        page = opened.search(wanted)
    _print_page(page, query, as_json)


def _print_page(page: "Page", query: str, as_json: bool) -> None:
    from qala.cli.ledger_json import describe_page
    from qala.cli.ledger_lists import list_hits
    from qala.cli.screen import find_screen, print_json, print_lines

    if as_json:
        print_json(describe_page(page))
    else:
        screen = find_screen()
        print_lines(list_hits(page, screen, query), screen)


def find_one(ledger: "Ledger", id: str) -> "Record | tuple[str, Document]":
    """Return the statement, or else the article with its id, whose id is or uniquely begins with ``id``.

    Raises ``LedgerError`` where there is none, and where several begin so.
    """
    from qala.records import identify_document

    if not id.strip():
        raise LedgerError("an id, or the beginning of one, is needed")
    record = ledger.find_record(id)
    try:
        document = ledger.document(id)
    except LedgerError as error:
        if record is not None:
            return record
        if "several" in str(error):
            raise
        raise LedgerError(f"no statement and no article {id!r} in this ledger") from None
    known = identify_document(document)
    if record is None or id in (known, document.id):
        return known, document
    if id == record.id:
        return record
    raise LedgerError(f"several begin with {id!r}: statement {record.id}, document {known}")


def show(
    id: Id,
    ledger: Place = None,
    context: Annotated[int, typer.Option(min=0, help="Characters of the article around the statement.")] = 300,
    whole: Annotated[bool, typer.Option("--whole", help="The whole text of the article, marked.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show a statement in its article with its chain and judgements, or an article with its statements."""
    from qala.cli import ledger_json, ledger_lists, ledger_statement
    from qala.cli.screen import find_screen, print_json, print_lines

    screen = find_screen()
    with open_ledger(ledger) as opened, opened.snapshot():
        found = find_one(opened, id)
        document_id = found[0] if isinstance(found, tuple) else found.document_id
        records = list(opened.records(document=document_id, rejected=True))
    if isinstance(found, tuple):
        if as_json:
            print_json(ledger_json.describe_article(found[1], document_id, records))
        else:
            print_lines(ledger_lists.show_document(found[1], document_id, records, screen, whole=whole), screen)
        return
    held = [each for each in records if each.parent == found.id]
    if as_json:
        print_json(ledger_json.describe_found(found) | {"holds": [each.id for each in held]})
        return
    around = len(found.document.text) if whole else context
    print_lines(ledger_statement.show_statement(found, held, screen, around), screen)


def why(id: Id, ledger: Place = None, as_json: AsJson = False) -> None:
    """Tell why Qala reads a statement so: every rule that fired, with the words that it rests on."""
    from qala.cli.ledger_json import describe_reasons
    from qala.cli.ledger_statement import explain
    from qala.cli.screen import find_screen, print_json, print_lines

    with open_ledger(ledger) as opened, opened.snapshot():
        record = opened.record(id)
        readers = {each.run for each in opened.history(record.document_id) if each.id == record.id}
        runs = [run for run in opened.runs() if run.id in readers]
    if as_json:
        print_json(describe_reasons(record, runs))
    else:
        screen = find_screen()
        print_lines(explain(record, runs), screen)


def speakers(
    name: Annotated[str, typer.Argument(help="Only those whose name or id holds this, in any spelling.")] = "",
    ledger: Place = None,
    limit: Annotated[int, typer.Option(min=1, help="How many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List who speaks, and in how many statements; people's corrections, merges and parts are applied."""
    from qala.cli.ledger_lists import list_speakers
    from qala.cli.screen import print_json_lines, print_lines
    from qala.text.normalize import fold

    wanted = fold(name.casefold())
    with open_ledger(ledger) as opened:
        every = opened.speakers()
    found = [each for each in every if wanted in fold(f"{each.name} {each.entity or ''}".casefold())]
    some = found[:limit]
    if as_json:
        print_json_lines(each._asdict() for each in some)
        return
    print_lines(list_speakers(some))
    if len(found) > limit:
        print_lines([f"and {len(found) - limit:,} more: --limit {len(found)}"])


def refusals(
    ledger: Place = None,
    code: Annotated[str | None, typer.Option(help="Only those with this code: not_found, no_text \u2026")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="How many.")] = None,
    as_json: AsJson = False,
) -> None:
    """List what was not read, with its place and the reason, in the order in which it came."""
    from qala.cli.ledger_lists import list_refusals
    from qala.cli.screen import print_json_lines, print_lines

    with open_ledger(ledger) as opened:
        found = islice((each for each in opened.refusals() if code in (None, each.code)), limit)
        if as_json:
            print_json_lines(each._asdict() for each in found)
        else:
            print_lines(list_refusals(found))


def stats(ledger: Place = None, as_json: AsJson = False) -> None:
    """Count what a ledger holds: articles, statements by act, outlets, refusals by reason, judgements, bytes."""
    from dataclasses import asdict

    from qala.cli.ledger_lists import list_stats
    from qala.cli.screen import print_json, print_lines

    with open_ledger(ledger) as opened:
        found = opened.stats()
    if as_json:
        print_json(asdict(found))
    else:
        print_lines(list_stats(found))


COMMANDS: tuple[Callable[..., Any], ...] = (search, show, why, speakers, refusals, stats)
