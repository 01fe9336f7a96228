"""``qala lexicon``: whether the data files are in order, and which entries fire on a sentence."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from qala.cli.output import say
from qala.cli.run import UNEXPECTED, Style, process_input
from qala.exports.visible import isolate, make_visible
from qala.model import Document

lexicon = typer.Typer(
    name="lexicon",
    help="Look after the Arabic in the data files.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@lexicon.command(short_help="Check every data file.")
def check(
    folder: Annotated[
        Path | None,
        typer.Argument(help="Also a folder of your own, whose entries are laid over the packaged."),
    ] = None,
) -> None:
    """Check every data file; each problem is a line with its file and line, and the exit code is 1."""
    from qala.cli.lexicon_rooms import check_rooms
    from qala.lexicon.check import check_lexicon

    problems = list(dict.fromkeys([*check_lexicon(folder), *check_rooms()]))
    for problem in problems:
        say(str(problem))
    if problems:
        raise typer.Exit(UNEXPECTED)
    typer.echo("the lexicon is in order")


@lexicon.command(
    name="try",
    short_help="Show which entries fire on a sentence.",
    epilog="""\b
Example:
  qala lexicon try "$(head -n 1 article.txt)"
""",
)
def try_out(sentence: Annotated[str, typer.Argument(help="A sentence or a whole text.")]) -> NoReturn:
    """Show which entries of the lexicon fire on which words, and the statements that come of it.

    An entry that fires is only a possible cue: what stands around it decides.
    """
    typer.echo("entries that fire")
    for line in find_entries(sentence):
        typer.echo(f"    {line}")
    outcome = process_input(Document(id="statements", text=sentence), 1, Style(why=True))
    if outcome.refusal:
        say(f"qala: {outcome.refusal}")
        raise typer.Exit(UNEXPECTED)
    typer.echo(outcome.rendered)
    raise typer.Exit


def find_entries(text: str) -> Iterator[str]:
    """Yield a line for every entry that sees a cue: its id and place, act and form, offsets and words."""
    from qala.extraction.scan import find_cues
    from qala.lexicon.cues import load_cues
    from qala.text.words import find_words

    words = find_words(text)
    for cue in find_cues(words, load_cues()):
        span, entry = words.span(cue.first, cue.last), cue.form.entry
        shown = isolate(make_visible(span.of(text)))
        place = f"{span.start}-{span.end} {shown}"
        yield f"{place}  {entry.id} ({entry.place}): {entry.act}, {cue.form.morph}"
