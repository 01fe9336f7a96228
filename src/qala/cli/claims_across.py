"""``qala copies``, ``actor``, ``exchange``, ``events``: what many articles share, say of one actor, and tell of."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, Literal, cast

import orjson
import typer

from qala.cli.claims_place import Kept, Limit, Output, open_views
from qala.cli.ledger_place import AsJson, Place, open_ledger, parse_only_day
from qala.cli.output import open_output, say

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from qala.corroboration.model import Copy
    from qala.records import Record

_Day = Annotated[str | None, typer.Option(metavar="DATE", help="Day of publication, ISO 8601; included.")]
_About = Annotated[str | None, typer.Option(help="Only where this actor takes part or speaks: an id or a name.")]
EventsForm = Literal["table", "plover"]

EXAMPLES: dict[str, str] = {
    "copies": """\b
Examples:
  qala copies --ledger news.db
  qala copies --document 81b2e0 --passages
  qala copies --kind wire --json

\b
wire: both took it from one agency. outlet: one took it from the other. rewrite: the
shared text is plain, but its words were changed.
""",
    "actor": """\b
Examples:
  qala actor ru:lavrov --ledger news.db
  qala actor "\u2026" --changes --json
""",
    "exchange": """\b
Examples:
  qala exchange --ledger news.db
  qala exchange --about kp --json
""",
    "events": """\b
Examples:
  qala events --ledger news.db
  qala events --type ACCUSE --about ru
  qala events --format plover --output events.jsonl

\b
Every event is one of which a source speaks, or that he brings about by speaking. Nothing
here says that it took place. What PLOVER cannot hold stands in FILE.loss.json.
""",
}


def copies(
    ledger: Place = None,
    document: Annotated[list[str] | None, typer.Option(metavar="ID", help="Only copies of this article.")] = None,
    kind: Annotated[Literal["wire", "outlet", "rewrite"] | None, typer.Option(help="Only this kind.")] = None,
    passages: Annotated[bool, typer.Option("--passages", help="Also the shared words, from both sides.")] = False,
    limit: Limit = 20,
    views: Kept = None,
    as_json: AsJson = False,
) -> None:
    """List pairs of articles that share passages because both took them from one text."""
    from qala.cli.claims_json import describe_copy
    from qala.cli.claims_lists import list_copied
    from qala.cli.screen import find_screen, print_json_lines, print_lines
    from qala.corroborating.choose import list_copies

    held = open_views(ledger, views)
    found = [each for each in list_copies(held, document or ()) if kind in (None, each.kind)]
    some: list[Copy] = found[:limit]
    if as_json:
        print_json_lines(describe_copy(each, held) for each in some)
    else:
        screen = find_screen()
        print_lines(list_copied(some, len(found), held, screen, passages=passages), screen)


def actor(
    name: Annotated[str, typer.Argument(metavar="NAME", help="An actor's id, or a name in any spelling.")],
    ledger: Place = None,
    changes: Annotated[bool, typer.Option("--changes", help="Only where his sign towards a claim changed.")] = False,
    limit: Limit = 50,
    views: Kept = None,
    as_json: AsJson = False,
) -> None:
    """Tell what an actor said, in order, and where he said the contrary later."""
    from qala.cli.claims_json import describe_actor
    from qala.cli.claims_lists import show_actor
    from qala.cli.screen import find_screen, print_json, print_lines
    from qala.corroborating.choose import history_of

    held = open_views(ledger, views)
    found = history_of(held, name)
    if as_json:
        print_json(describe_actor(found, changes_only=changes))
    else:
        screen = find_screen()
        print_lines(show_actor(found, held, screen, 0 if changes else limit), screen)


def exchange(
    ledger: Place = None,
    about: _About = None,
    since: _Day = None,
    until: _Day = None,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """List who could give, wants, refuses or denies giving what to whom, according to whom."""
    from qala.cli.claims_json import describe_frame
    from qala.cli.claims_lists import list_frames
    from qala.cli.screen import find_screen, print_json_lines, print_lines
    from qala.corroborating.choose import find_actors
    from qala.corroboration.exchange import find_exchanges

    rows = read_rows(ledger, parse_only_day(since, "--since"), parse_only_day(until, "--until"))
    frames = (
        frame
        for frame in find_exchanges(rows.values())
        if about is None or takes_part(about, find_actors(about), frame, (frame.giver, frame.receiver))
    )
    some = islice(frames, limit)
    if as_json:
        print_json_lines(describe_frame(each, rows[each.record]) for each in some)
    else:
        screen = find_screen()
        print_lines(list_frames(some, rows, screen), screen)


def events(
    ledger: Place = None,
    about: _About = None,
    type: Annotated[str | None, typer.Option(help="Only this type of PLOVER: ACCUSE, REQUEST, ASSAULT \u2026")] = None,
    since: _Day = None,
    until: _Day = None,
    limit: Annotated[int | None, typer.Option(min=1, help="How many; 50 for a table, else all.")] = None,
    format: Annotated[EventsForm, typer.Option("--format", "-f", help="plover: a JSON object a line.")] = "table",
    output: Output = None,
    as_json: AsJson = False,
) -> None:
    """List the events that sources tell of, or bring about by speaking: who did what to whom, according to whom."""
    from qala.cli.claims_json import describe_frame
    from qala.cli.claims_lists import list_events
    from qala.cli.screen import find_screen, print_json_lines, print_lines
    from qala.corroborating.choose import find_actors
    from qala.corroboration.events import EVENT_TYPES, find_events

    if type is not None and type.upper() not in EVENT_TYPES:
        raise typer.BadParameter(f"no type {type!r}; there are {', '.join(EVENT_TYPES)}", param_hint="'--type'")
    rows = read_rows(ledger, parse_only_day(since, "--since"), parse_only_day(until, "--until"))
    found = (
        event
        for event in find_events(rows.values())
        if (type is None or event.type == type.upper())
        and (about is None or takes_part(about, find_actors(about), event, (event.agent, event.recipient)))
    )
    if format == "plover":
        write_events(islice(found, limit), rows, output)
    elif as_json:
        print_json_lines(describe_frame(each, rows[each.record]) for each in islice(found, limit))
    else:
        screen = find_screen()
        print_lines(list_events(islice(found, limit or 50), rows, screen), screen)


def read_rows(ledger: str | None, since: "date | None", until: "date | None") -> "dict[str, Record]":
    """Return the current statements of a ledger by id, of articles published within the bounds (included).

    An article of unknown day is left out where there are bounds.
    """
    from qala.corroboration.clocks import day_of

    first, last = since.isoformat() if since else "", until.isoformat() if until else "~"
    with open_ledger(ledger) as opened:
        return {
            record.id: record
            for record in opened.records()
            if not (since or until) or first <= (day_of(record.document.published) or "~~") <= last
        }


def takes_part(about: str, ids: "frozenset[str]", frame: Any, parties: "Iterable[Any]") -> bool:
    """Whether an actor (the ids that he may be, or else his name) speaks or fills one of the roles of a frame."""
    from qala.corroborating.choose import stems_of

    if ids and (frame.entity in ids or any(party and ids & {*party.ids, party.country} for party in parties)):
        return True
    asked = set(stems_of(about))
    names = [frame.according_to, *(party.words for party in parties if party)]
    return bool(asked) and any(asked <= set(stems_of(name)) for name in names if name)


def write_events(found: "Iterator[Any]", rows: "dict[str, Record]", output: "Path | None") -> None:
    """Write events in PLOVER's form; what it could not hold goes beside the file and to standard error."""
    from qala.cli.screen import end_quietly
    from qala.exports.plover import write_plover

    with end_quietly(), open_output(output) as out:
        report = write_plover(found, rows, cast("BinaryIO", out))
    if output is not None:
        with open_output(output.with_name(output.name + ".loss.json")) as beside:
            beside.write(orjson.dumps(report.describe(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    for name, part in (("lost", report.lost), ("left out", report.left_out)):
        if part:
            say(f"qala: plover: {name}: " + ", ".join(f"{count:,} {what}" for what, count in part.items()))


COMMANDS: tuple[Callable[..., Any], ...] = (copies, actor, exchange, events)
