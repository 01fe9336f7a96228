"""Packages that only one format needs: loaded when that format is asked for, and asked for by name when missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from qala.errors import QalaError


def load_extra(module: str, extra: str) -> Any:
    """Return an optional module; raises ``QalaError`` that says what to install where it is missing."""
    try:
        return import_module(module)
    except ImportError:
        raise QalaError(f"this needs {module.partition('.')[0]}: pip install 'qala[{extra}]'") from None
