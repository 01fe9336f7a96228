"""``qala corroborate``: given statements in, utterances, claims and copies out, both in the gold's form."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from qala.cli.claims_place import Output

EXAMPLES: dict[str, str] = {
    "corroborate": """\b
Examples:
  qala corroborate --statements event.articles.jsonl --output event.corroboration.json
  qala corroborate --statements articles.jsonl.gz --event summit

\b
A line of FILE is an article (id, text, published, outlet, title, url) with its
statements (id, source, speaker, cue, content, type, act, hedged, channel, when,
when_date, parent); offsets count code points. Out come utterances, claims and copies
over the ids ARTICLE:STATEMENT.
""",
}


def corroborate(
    statements: Annotated[
        Path, typer.Option("--statements", "-s", metavar="FILE", help="Articles with given statements, JSON Lines.")
    ],
    output: Output = None,
    event: Annotated[str | None, typer.Option(help="The name of the set; the file's name if left out.")] = None,
) -> None:
    """Find utterances, claims and copies among given statements, so that this step can be judged alone."""
    from qala.cli.claims_look import put
    from qala.corroborating.given import corroborate_file
    from qala.corroboration.gold_form import dump_gold_form

    found = corroborate_file(statements)
    put(dump_gold_form(found, event or statements.name.partition(".")[0]).decode() + "\n", output)


COMMANDS: tuple[Callable[..., Any], ...] = (corroborate,)
