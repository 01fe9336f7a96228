"""What to say where an optional package is missing."""

from __future__ import annotations

from importlib.util import find_spec

from qala.errors import ReadError


class MissingPackageError(ReadError):
    """An input needs a package of an optional extra; the text says how to install it."""


def need_extra(extra: str, *packages: str) -> None:
    """Raise ``MissingPackageError`` unless all ``packages`` of ``extra`` are installed; nothing is imported."""
    missing = [package for package in packages if find_spec(package) is None]
    if missing:
        raise MissingPackageError(f"{', '.join(missing)} is not installed; say: pip install 'qala[{extra}]'")
