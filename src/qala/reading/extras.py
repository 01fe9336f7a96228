"""Optional packages: loaded when they are needed, and asked for by the name of their extra when missing."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from qala.errors import ReadError


class MissingPackageError(ReadError):
    """An input or a format needs a package of an optional extra; the text says how to install it."""


def need_extra(extra: str, *packages: str) -> None:
    """Raise ``MissingPackageError`` unless all ``packages`` of ``extra`` are installed; nothing is imported."""
    missing = [package for package in packages if find_spec(package) is None]
    if missing:
        raise MissingPackageError(f"{', '.join(missing)} is not installed; say: pip install 'qala[{extra}]'")


def load_extra(extra: str, module: str) -> Any:
    """Return a module of ``extra``; raises ``MissingPackageError`` where its package is not installed."""
    need_extra(extra, module.partition(".")[0])
    return import_module(module)
