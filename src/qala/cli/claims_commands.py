"""The commands over many articles, with their help, in the order in which they are listed."""

import typer

from qala.cli import claims_across, claims_hand, claims_look

_ROOMS = (claims_look, claims_across, claims_hand)

_SHORT = {
    "claims": "List claims: who affirms, denies, declines them.",
    "claim": "Show one claim as a dossier.",
    "isnad": "Draw the chains of a claim as a tree.",
    "copies": "List articles that share passages.",
    "actor": "Tell what an actor said, and when he changed.",
    "exchange": "List who gives or wants what, according to whom.",
    "events": "List events, according to whom.",
    "corroborate": "Find utterances, claims, copies in given statements.",
}


def add_commands(app: typer.Typer) -> None:
    """Give ``app`` the commands that look across articles."""
    for room in _ROOMS:
        for command in room.COMMANDS:
            name = command.__name__
            app.command(name=name, short_help=_SHORT[name], epilog=room.EXAMPLES[name])(command)
