"""The command line: one command is one call of the library."""

from qala.cli.app import app, main

__all__ = ["app", "main"]
