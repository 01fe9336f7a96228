"""The commands of the ledger, with their help, in the order in which they are listed."""

import typer

from qala.cli import ledger_add, ledger_hand, ledger_judge, ledger_look

_ROOMS = (ledger_add, ledger_look, ledger_judge, ledger_hand)

_SHORT = {
    "add": "Add articles to a ledger: text, pages, feeds, tables, archives.",
    "search": "Find statements in a ledger.",
    "show": "Show a statement in its article, or an article.",
    "why": "Tell why Qala reads a statement so.",
    "speakers": "List who speaks, and how often.",
    "refusals": "List what was not read, and why.",
    "stats": "Count what a ledger holds.",
    "judge": "Keep what a person decided.",
    "judgements": "List what people decided.",
    "import-corrections": "Bring annotators' corrections back.",
    "export": "Write a ledger in a format of others.",
    "verify": "Look for changes in a ledger.",
    "merge": "Add another ledger to a ledger.",
}


def add_commands(app: typer.Typer) -> None:
    """Give ``app`` the commands that work on a ledger."""
    for room in _ROOMS:
        for command in room.COMMANDS:
            name = command.__name__.replace("_", "-")
            app.command(name=name, short_help=_SHORT[name], epilog=room.EXAMPLES[name])(command)
