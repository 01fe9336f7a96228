"""The commands of the ledger, with their help, in the order in which they are listed."""

import typer

from qala.cli import ledger_add, ledger_hand, ledger_judge, ledger_look

_ROOMS = (ledger_add, ledger_look, ledger_judge, ledger_hand)


def add_commands(app: typer.Typer) -> None:
    """Give ``app`` the commands that work on a ledger; the first line of each docstring is its short help."""
    for room in _ROOMS:
        for command in room.COMMANDS:
            name = command.__name__.replace("_", "-")
            app.command(name=name, epilog=room.EXAMPLES.get(name))(command)
