"""``qala judge``, ``judgements``, ``import-corrections``: what people decide, kept beside what was read."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from qala.cli.ledger_place import AsJson, Author, Place, open_ledger, parse_day
from qala.errors import LedgerError, ReadError
from qala.reading.paths import show_path

if TYPE_CHECKING:
    from qala.ledger.ledger import Ledger
    from qala.model import Span
    from qala.records import Judgement, Record

_OFFSETS = re.compile(r"\d{1,9}-\d{1,9}(?:,\d{1,9}-\d{1,9})*", re.ASCII)
_Part = Annotated[str | None, typer.Option(metavar="WORDS|START-END", help="span: words of the article, or offsets.")]

Tool = Literal["label-studio", "brat"]

EXAMPLES: dict[str, str] = {
    "judge": """\b
Examples:
  qala judge 3f5a9c accept --author s.k. --ledger news.db
  qala judge 3f5a9c reject --author s.k. --reason "a caption"
  qala judge 3f5a9c speaker --value sergei-lavrov --author s.k.
  qala judge 3f5a9c act --value decline --author s.k.
  qala judge 3f5a9c span --content 120-188 --author s.k.
  qala judge 3f5a9c same --with 81b2e0 --author s.k.
  qala judge "A. Name" merge --value sergei-lavrov --author s.k.

\b
KIND is accept, reject, unsure; speaker, act, span (corrections); same, different
(two statements, one utterance?); merge, part (actors). A later answer of the same
author to the same question takes the earlier one back; nothing is erased.
""",
    "judgements": """\b
Examples:
  qala judgements --ledger news.db
  qala judgements --author s.k. --all --json
""",
    "import-corrections": """\b
Examples:
  qala export --format label-studio --output tasks.json --ledger news.db
  qala import-corrections corrected.json --format label-studio --author s.k. --ledger news.db
  qala import-corrections corrected.zip --format brat --author s.k. --accept-unchanged

\b
The same file twice adds nothing: its judgements are of the day on which it was
last changed, unless --made says another.
""",
}


def judge(
    id: Annotated[str, typer.Argument(metavar="ID", help="A statement's id or its beginning; an actor to merge.")],
    kind: Annotated[str, typer.Argument(metavar="KIND", help="accept, reject, unsure, speaker, act, span \u2026")],
    author: Author,
    ledger: Place = None,
    value: Annotated[str | None, typer.Option(help="The right speaker (name or id), act, spans (JSON), actor.")] = None,
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    other: Annotated[list[str] | None, typer.Option("--with", metavar="ID", help="What it is compared with.")] = None,
    source: _Part = None,
    cue: _Part = None,
    content: _Part = None,
    replaces: Annotated[str | None, typer.Option(metavar="ID", help="The judgement that this takes back.")] = None,
    as_json: AsJson = False,
) -> None:
    """Keep what a person decided about a statement, with author, time and reason; it survives re-reading."""
    from qala.cli.ledger_lists import list_judgements
    from qala.cli.screen import print_json, print_lines
    from qala.exports.records_jsonl import describe_judgement

    parts = {"source": source, "cue": cue, "content": content}
    with open_ledger(ledger, write=True) as opened:
        if any(part is not None for part in parts.values()):
            if kind != "span" or value is not None:
                raise typer.BadParameter("only a judgement of the kind span without --value has parts")
            value = write_spans(opened.record(id), parts)
        made = opened.judge(
            kind,  # type: ignore[arg-type]  # the ledger says which kinds there are
            id,
            *(other or ()),
            author=author,
            value=value,
            reason=reason,
            replaces=_find_judgement(opened, replaces),
        )
    if as_json:
        print_json(describe_judgement(made))
    else:
        print_lines(list_judgements([made], []))


def _find_judgement(ledger: "Ledger", beginning: str | None) -> str | None:
    """Return the id of the judgement that begins so; raises ``LedgerError`` where none or several do."""
    if beginning is None:
        return None
    found = [each.id for each in ledger.judgements(replaced=True) if each.id.startswith(beginning)]
    if len(found) != 1 or not beginning:
        raise LedgerError(f"{'several judgements begin with' if found else 'no judgement'} {beginning!r}")
    return found[0]


def write_spans(record: "Record", parts: dict[str, str | None]) -> str:
    """Return the value of a ``span`` judgement: the parts given, the others as they stand.

    Raises ``LedgerError`` for words that the article does not hold and for offsets outside it.
    """
    from qala.exports.corrections import Marked, describe_spans

    found, text = record.statement.attribution, record.document.text
    near = found.cue[0].start if found.cue else 0
    given = {name: find_part(text, part, near) for name, part in parts.items() if part}
    source = given.get("source", [found.source] if found.source and parts["source"] is None else [])
    cue, content = (tuple(given.get(name, getattr(found, name))) for name in ("cue", "content"))
    return describe_spans(Marked(cue, content, source[0] if source else None))


def find_part(text: str, part: str, near: int) -> "Sequence[Span]":
    """Return the spans of ``12-30,40-55``, or of words as they stand in ``text``, those nearest to ``near``."""
    from qala.model import Span

    if _OFFSETS.fullmatch(part):
        spans = [Span(*map(int, pair.split("-"))) for pair in part.split(",")]
        wrong = next((span for span in spans if not span.start < span.end <= len(text)), None)
        if wrong is not None:
            raise LedgerError(f"{wrong.start}-{wrong.end} is no stretch of a text of {len(text)} characters")
        return spans
    after, before = text.find(part, near), text.rfind(part, 0, near + len(part) - 1)
    places = [place for place in (after, before) if place >= 0]
    if not places:
        raise LedgerError(f"the article does not hold these words: {part[:60]!r}")
    start = min(places, key=lambda place: abs(place - near))
    return [Span(start, start + len(part))]


def judgements(
    ledger: Place = None,
    every: Annotated[bool, typer.Option("--all", help="Also those that were taken back.")] = False,
    unattached: Annotated[
        bool, typer.Option("--unattached", help="Only those that find no statement in the current readings.")
    ] = False,
    author: Annotated[str | None, typer.Option(help="Only those of this author.")] = None,
    as_json: AsJson = False,
) -> None:
    """List what people decided, in the order in which it came."""
    from qala.cli.ledger_lists import list_judgements
    from qala.cli.screen import print_json_lines, print_lines
    from qala.exports.records_jsonl import describe_judgement

    with open_ledger(ledger) as opened, opened.snapshot():
        lost = opened.unattached()
        found = lost if unattached else opened.judgements(replaced=every)
    wanted = [each for each in found if author in (None, each.author)]
    without = {each.id for each in lost}
    if as_json:
        print_json_lines({**describe_judgement(each), "attached": each.id not in without} for each in wanted)
    else:
        print_lines(list_judgements(wanted, lost))


def import_corrections(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Label Studio's JSON export, or a zip of brat's files.")],
    format: Annotated[Tool, typer.Option("--format", "-f", help="The tool that it is from.")],
    author: Author,
    ledger: Place = None,
    made: Annotated[
        str | None, typer.Option(metavar="DATE", help="When it was decided; else the file's last change.")
    ] = None,
    completed_by: Annotated[
        str | None, typer.Option(help="label-studio: the annotator's number or address, where several worked.")
    ] = None,
    accept_unchanged: Annotated[
        bool, typer.Option("--accept-unchanged", help="brat: what was left as it was is accepted.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring what annotators corrected back, as judgements."""
    from collections import Counter

    from qala.cli.screen import print_json, print_lines

    with open_ledger(ledger, write=True) as opened:
        found = read_corrections(
            opened,
            file,
            format,
            author=author,
            made=_find_moment(made, file),
            completed_by=completed_by,
            accept_unchanged=accept_unchanged,
        )
        new = opened.add_judgements(found)
    kinds = Counter(each.kind for each in found)
    if as_json:
        print_json({"judgements": len(found), "new": new, "kinds": dict(sorted(kinds.items()))})
    else:
        listed = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
        print_lines([f"{len(found)} judgements, {new} new{': ' if listed else ''}{listed}"])


def _find_moment(made: str | None, file: Path) -> datetime:
    """Return the moment that was given (a day is its midnight, UTC where no zone is), or the file's last change."""
    day = parse_day(made, "--made")
    if day is None:
        try:
            return datetime.fromtimestamp(int(file.stat().st_mtime), UTC)
        except OSError as error:
            raise ReadError(f"{show_path(file)}: {(error.strerror or str(error)).lower()}") from None
    moment = day if isinstance(day, datetime) else datetime.combine(day, time())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def read_corrections(
    ledger: "Ledger",
    file: Path,
    format: Tool,
    *,
    author: str,
    made: datetime,
    completed_by: str | None = None,
    accept_unchanged: bool = False,
) -> "list[Judgement]":
    """Return the judgements that a tool's file makes of the ledger's statements; only its own articles are held.

    Raises ``ReadError`` for a file that the tool did not write, or of articles that are not in the ledger.
    """
    from qala.cli.ledger_corrections import find_pages, list_exported
    from qala.exports.corrections import Annotator

    try:
        with file.open("rb") as opened:
            pages = find_pages(opened, format)
            records = list_exported(ledger, pages, Annotator(author, made))
            opened.seek(0)
            if format == "brat":
                from qala.exports.brat import read_brat

                return read_brat(opened, records, author=author, made=made, accept_unchanged=accept_unchanged)
            from qala.exports.label_studio import read_label_studio

            return read_label_studio(opened, records, author=author, made=made, completed_by=completed_by)
    except OSError as error:
        raise ReadError(f"{show_path(file)}: {(error.strerror or str(error)).lower()}") from None


COMMANDS: tuple[Callable[..., Any], ...] = (judge, judgements, import_corrections)
