"""``qala claims``, ``claim``, ``isnad``: the claims of a ledger, one claim as a dossier, its chains as a tree."""

from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from qala.cli.claims_place import Kept, Language, Limit, Output, open_views
from qala.cli.ledger_place import AsJson, Place, parse_only_day
from qala.cli.output import open_output

if TYPE_CHECKING:
    from qala.corroborating.views import Views
    from qala.corroboration.lineage import ChainNode

_Id = Annotated[
    str, typer.Argument(metavar="ID", help="Id of a claim, an utterance or a statement, or its unique beginning.")
]
_Day = Annotated[str | None, typer.Option(metavar="DATE", help="Day, ISO 8601; included.")]
DossierForm = Literal["table", "markdown", "html", "json"]
TreeForm = Literal["text", "svg", "dot", "json"]

EXAMPLES: dict[str, str] = {
    "claims": """\b
Examples:
  qala claims --ledger news.db
  qala claims "\u2026" --disputed --since 2018-03-12
  qala claims --about ru --speaker "\u2026" --limit 5 --json

\b
The words stand, in any inflection, in what the statements of a claim say or in
their speakers' names. The days are those of saying where known, else of printing.
The first time, and after the ledger has grown, all of it is compared; what was found
is kept in FILE.views beside the ledger.
""",
    "claim": """\b
Examples:
  qala claim c81b2e0 --ledger news.db
  qala claim c81b2e0 --format html --output dossier.html
  qala claim 3f5a9c --format markdown --language en

\b
A dossier tells who said it, who denied it, through whom it came and how many origins
that makes. It gives no verdict. Ids of claims change when statements are added to
them; those of statements do not, and find the claims on which they bear.
""",
    "isnad": """\b
Examples:
  qala isnad c81b2e0 --ledger news.db
  qala isnad c81b2e0 --format svg --output chains.svg
  qala isnad 3f5a9c --format dot | dot -Tpng -o chains.png
""",
}


def claims(
    query: Annotated[str, typer.Argument(help="Words that stand in a claim; may be empty.")] = "",
    ledger: Place = None,
    about: Annotated[str | None, typer.Option(help="Contents speak of this actor: an id or a name.")] = None,
    speaker: Annotated[str | None, typer.Option(help="Said, denied or declined by him: an id or a name.")] = None,
    since: _Day = None,
    until: _Day = None,
    disputed: Annotated[bool, typer.Option("--disputed", help="Only what one affirms and another denies.")] = False,
    limit: Limit = 20,
    views: Kept = None,
    as_json: AsJson = False,
) -> None:
    """List what was said: each claim with who affirms, denies, declines or asks it, those most printed first."""
    from qala.cli.claims_json import describe_summary
    from qala.cli.claims_lists import list_summaries
    from qala.cli.screen import find_screen, print_json_lines, print_lines
    from qala.corroborating.choose import Wanted, list_claims

    wanted = Wanted(query, about, speaker, parse_only_day(since, "--since"), parse_only_day(until, "--until"), disputed)
    held = open_views(ledger, views)
    found = list_claims(held, wanted)
    some = list(islice(found, limit))
    if as_json:
        print_json_lines(describe_summary(each, held) for each in some)
    else:
        screen = find_screen()
        print_lines(list_summaries(some, len(found), held, screen), screen)


def claim(
    id: _Id,
    ledger: Place = None,
    format: Annotated[DossierForm, typer.Option("--format", "-f", help="How to write the dossier.")] = "table",
    output: Output = None,
    language: Language = "ar",
    views: Kept = None,
    as_json: AsJson = False,
) -> None:
    """Show one claim as a dossier: who says so and who denies it, chains, origins, history, conflicts, copies."""
    from qala.cli.claims_lists import list_summaries
    from qala.cli.screen import find_screen, print_lines
    from qala.corroborating.choose import dossier_of, find_claims_by, summarise

    held = open_views(ledger, views)
    found = find_claims_by(held, id)
    if len(found) > 1:
        several = [summarise(each, held) for each in found]
        if as_json or format != "table":
            raise typer.BadParameter(f"{id} bears on several claims: {', '.join(each.id for each in found)}")
        screen = find_screen()
        print_lines(list_summaries(several, len(several), held, screen), screen)
        return
    dossier = dossier_of(held, found[0])
    if as_json:
        format = "json"
    if format == "table" and output is None:
        from qala.cli.claims_dossier import show_dossier

        screen = find_screen()
        print_lines(show_dossier(dossier, screen, language), screen)
        return
    put(render(dossier, format, language), output)


def render(dossier: Any, format: DossierForm, language: Literal["ar", "en"]) -> str:
    """Return a dossier in one of its forms; a table in a file has 120 columns and no colour."""
    if format == "html":
        from qala.exports.dossier_html import render_dossier_html

        return render_dossier_html(dossier, language)
    if format == "json":
        from qala.exports.dossier_json import render_dossier_json

        return render_dossier_json(dossier)
    if format == "markdown":
        from qala.exports.dossier_markdown import render_dossier_markdown

        return render_dossier_markdown(dossier, language)
    from qala.cli import screen
    from qala.cli.claims_dossier import show_dossier

    plain = screen.Screen()
    return b"".join(screen.render(show_dossier(dossier, plain, language), plain)).decode()


def put(text: str, output: Path | None) -> None:
    """Write a text to ``output``, or to standard output; half a surrogate pair becomes a question mark."""
    from qala.cli.screen import end_quietly

    with end_quietly(), open_output(output) as out:
        out.write(text.encode("utf-8", "replace"))


def isnad(
    id: _Id,
    ledger: Place = None,
    format: Annotated[TreeForm, typer.Option("--format", "-f", help="How to draw the tree.")] = "text",
    output: Output = None,
    views: Kept = None,
    as_json: AsJson = False,
) -> None:
    """Draw the chains of a claim, an utterance or a statement: from the speaker through whom to the pages."""
    from qala.exports import isnad as drawing

    tree = find_tree(open_views(ledger, views), id)
    if as_json or format == "json":
        import orjson

        from qala.exports.dossier_json import plain_values

        put(orjson.dumps(plain_values(tree)).decode() + "\n", output)
        return
    draw = {"text": drawing.render_text, "svg": drawing.render_svg, "dot": drawing.render_dot}[format]
    put(draw(tree), output)


def find_tree(views: "Views", id: str) -> "ChainNode":
    """Return the tree of a claim, or else that of the utterance that goes by the id or that the statement reports."""
    from qala.corroborating.choose import content_of, find_utterances_by, signs_of
    from qala.corroboration.lineage import lay_out_chains
    from qala.corroboration.model import Claim, Stance

    claims = [each for each in views.claims if id and each.id.startswith(id)]
    if len(claims) == 1:
        return lay_out_chains(claims[0], views.utterances, views.records)
    told = find_utterances_by(views, id)
    stances = tuple(Stance(each.id, sign) for each in told for sign in signs_of(views, each))
    shown = views.records[id] if id in views.records else views.records[told[0].members[0]]
    return lay_out_chains(Claim("", content_of(shown), stances), views.utterances, views.records)


COMMANDS: tuple[Callable[..., Any], ...] = (claims, claim, isnad)
