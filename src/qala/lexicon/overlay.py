"""The cue files of the package with a user's folder laid over them, entry by entry, by id.

An overlay's ``verbs.yaml`` or ``phrases.yaml`` has the form of the packaged file. An entry whose id the
package knows takes that entry's place; ``remove: true`` takes it out; any other id is added.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from qala.errors import LexiconError
from qala.lexicon.load import LINE, Entry, data_text, parse_entries
from qala.lexicon.schema import find_entry_problems

CUE_FILES = ("verbs.yaml", "phrases.yaml")
_MAX_BYTES = 16 << 20  # an overlay file above this is a mistake, not a lexicon


class PlacedEntry(NamedTuple):
    """An entry with the file it stands in (as an error names it) and which of the cue files that is."""

    entry: Entry
    file: str
    name: str

    @property
    def place(self) -> str:
        """``file:line`` of the entry."""
        return f"{self.file}:{self.entry[LINE]}"


def read_overlay(folder: Path, name: str) -> tuple[PlacedEntry, ...]:
    """Return the entries of ``name`` in a user's folder, none where it has no such file.

    Raises :class:`LexiconError` where the folder or the file cannot be read.
    """
    if not folder.is_dir():
        raise LexiconError(f"{folder}:1: not a folder; an overlay is a folder with verbs.yaml or phrases.yaml")
    path = folder / name
    if not path.is_file():
        return ()
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise LexiconError(f"{path}:1: larger than {_MAX_BYTES} bytes")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}:1: cannot be read as UTF-8 text ({error})") from None
    return tuple(PlacedEntry(entry, str(path), name) for entry in parse_entries(text, str(path)))


@cache
def packaged_entries(name: str) -> tuple[PlacedEntry, ...]:
    """Return the packaged entries of ``name``."""
    return tuple(PlacedEntry(entry, name, name) for entry in parse_entries(data_text(name), name))


def removes(entry: Entry) -> bool:
    """Whether an overlay's entry only takes out the packaged one."""
    return entry.get("remove") is True and set(entry) <= {LINE, "id", "remove"}


def merged_entries(overlay: Path | None) -> tuple[PlacedEntry, ...]:
    """Return the packaged entries with the overlay's laid over them by id, whatever file they stand in.

    Raises :class:`LexiconError` with ``file:line`` for the first entry that breaks the schema or an id that
    one layer gives twice.
    """
    merged: dict[str, PlacedEntry] = {}
    layers = [[placed for name in CUE_FILES for placed in packaged_entries(name)]]
    if overlay is not None:
        layers.append([placed for name in CUE_FILES for placed in read_overlay(overlay, name)])
    for layer in layers:
        seen: dict[str, str] = {}
        for placed in layer:
            key = placed.entry.get("id")
            if removes(placed.entry):
                merged.pop(str(key), None)
                continue
            for problem in find_entry_problems(placed.entry, placed.name, placed.file):
                raise LexiconError(str(problem))
            if str(key) in seen:
                raise LexiconError(f"{placed.place}: the id '{key}' stands already at {seen[str(key)]}")
            seen[str(key)] = placed.place
            merged[str(key)] = placed
    return tuple(merged.values())
