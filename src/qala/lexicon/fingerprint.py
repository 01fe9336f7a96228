"""The fingerprint of the lexicon: one SHA-256 over all data files, kept beside what was read with them."""

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


@cache
def lexicon_fingerprint(overlay: Path | None = None) -> str:
    """Return the SHA-256, in hexadecimal, of the packaged data files and of the files of a user's folder.

    Each file enters with its name and its length, in the order of the names, so that no two sets of files
    give the same bytes. Raises ``OSError`` where a file cannot be read.
    """
    digest = hashlib.sha256()
    for layer in (files("qala") / "data" / "ar", overlay):
        for name, item in sorted(_files(layer, "").items()) if layer is not None else ():
            content = item.read_bytes()
            digest.update(f"{name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def _files(folder: Traversable, prefix: str) -> dict[str, Traversable]:
    found: dict[str, Traversable] = {}
    for item in folder.iterdir():
        if item.is_dir():
            found.update(_files(item, f"{prefix}{item.name}/"))
        elif item.name.endswith((".yaml", ".tsv")):
            found[prefix + item.name] = item
    return found
