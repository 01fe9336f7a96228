"""Which inputs a list of paths stands for, what kind each is by its name, and how a name is shown.

A file that is named is read whatever it is called. Of a folder the files with a known suffix or none are read,
also with ``.gz`` behind it, in sorted order and all depths; a file of another kind is a row with the reason. Names
that start with a dot are passed over without a row: they are the desktop's and the version control's own. Links
to folders are not followed, so that no loop can arise; a link to a file is read.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from qala.model import RefusedInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Kind = Literal["text", "lines", "json", "page", "mhtml", "feed", "csv", "parquet", "archive"]

STDIN = "-"
GZIP = ".gz"
KINDS: dict[str, Kind] = {
    "": "text",
    ".txt": "text",
    ".text": "text",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".json": "json",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".shtml": "page",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".warc": "archive",
    ".wet": "archive",
}
"""What a file is read as, by its suffix in small letters."""

_PACKED = {".gz": 5, ".parquet": 3}  # bytes of text for one of the file, about
_UNREAD = (".zip", ".tar", ".tgz", ".7z", ".rar", ".bz2", ".xz", ".zst", ".tbz2", ".txz", ".jar", ".wacz")


def show_path(path: str | os.PathLike[str]) -> str:
    """Return ``path`` so that it can be printed: controls, bidi marks and bytes of no text are escaped."""
    name = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(
        character.encode("unicode_escape").decode("ascii")
        if unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Cs")
        else character
        for character in name
    )


def find_inputs(
    paths: Iterable[str | os.PathLike[str]], *, leave: Iterable[Path] = ()
) -> Iterator[Path | str | RefusedInput]:
    """Yield what is to be read, in order: a ``Path``, ``"-"`` for standard input, or a refusal.

    The files ``leave`` are passed over without a row where a folder holds them, not where they are named.
    """
    left = frozenset(Path(os.path.realpath(path)) for path in leave)
    for given in paths:
        name = os.fspath(given)
        if name == STDIN:
            yield STDIN
        else:
            yield from _find_in(Path(name), left)


def _find_in(path: Path, left: frozenset[Path]) -> Iterator[Path | RefusedInput]:
    """Yield the inputs at ``path``, which may be a file, a folder or nothing."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        yield refuse_os_error(path, error)
        return
    if stat.S_ISDIR(mode):
        yield from _find_in_folder(path, left)
    elif stat.S_ISREG(mode) or stat.S_ISFIFO(mode) or stat.S_ISCHR(mode):
        yield path
    else:
        yield RefusedInput(show_path(path), "neither a file nor a folder", "not_a_file")


def _find_in_folder(folder: Path, left: frozenset[Path]) -> Iterator[Path | RefusedInput]:
    """Yield the inputs of ``folder`` and the folders in it, sorted by name at each level, without those ``left``."""
    names = {path.name for path in left}
    pending = [iter(_entries(folder))]  # a stack of its own: depth is not bounded by Python's
    while pending:
        entry = next(pending[-1], None)
        if entry is None:
            pending.pop()
        elif isinstance(entry, RefusedInput):
            yield entry
        elif entry.is_dir(follow_symlinks=False):
            pending.append(iter(_entries(Path(entry.path))))
        elif entry.is_file():
            path = Path(entry.path)
            if entry.name in names and Path(os.path.realpath(path)) in left:
                continue
            yield path if kind_of(path) else _refuse_suffix(path)
        else:
            yield RefusedInput(show_path(entry.path), "neither a file nor a folder", "not_a_file")


def estimate_text(path: Path, size: int) -> int:
    """Return about how many bytes of text ``size`` bytes of the file hold; packed ones hold more. For bars only."""
    return size * _PACKED.get(path.suffix.lower(), 1)


def kind_of(path: Path) -> Kind | None:
    """Return what the file at ``path`` is by its suffix (before ``.gz``, where it has that); ``None`` if unknown."""
    suffix = path.suffix.lower()
    if suffix == GZIP:
        suffix = path.with_suffix("").suffix.lower()
    return KINDS.get(suffix)


def _refuse_suffix(path: Path) -> RefusedInput:
    """Return the row for a file of a folder that is not read."""
    name = path.with_suffix("") if path.suffix.lower() == GZIP else path
    if name.suffix.lower() in _UNREAD:
        return RefusedInput(
            show_path(path), "an archive of files: unpack it first, nothing is unpacked here", "archive"
        )
    reason = f"not read from a folder: {show_path(name.suffix)} is none of {' '.join(filter(None, KINDS))}"
    return RefusedInput(show_path(path), reason, "unknown_suffix")


def _entries(folder: Path) -> list[os.DirEntry[str] | RefusedInput]:
    """Return the visible entries of ``folder`` sorted by name, or the one refusal that it is."""
    try:
        with os.scandir(folder) as found:
            visible = [entry for entry in found if not entry.name.startswith(".")]
    except OSError as error:
        return [refuse_os_error(folder, error)]
    return [*sorted(visible, key=lambda entry: entry.name)]


def refuse_os_error(path: str | os.PathLike[str], error: Exception) -> RefusedInput:
    """Return the row for a path that the system would not read."""
    codes: dict[type[Exception], str] = {
        FileNotFoundError: "not_found",
        PermissionError: "no_permission",
        IsADirectoryError: "not_a_file",
        NotADirectoryError: "not_found",
    }
    reason = getattr(error, "strerror", None) or str(error)
    return RefusedInput(show_path(path), str(reason).lower(), codes.get(type(error), "unreadable"))
