"""What reads: the version of Qala and its data, the identity under which readings are kept apart."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files

from qala.lexicon.fingerprint import lexicon_fingerprint
from qala.records import hash_values


@dataclass(frozen=True, slots=True)
class Run:
    """One reader: the same version with the same data reads the same, and so is the same run.

    ``lexicon`` and ``models`` are the SHA-256 of the data files; ``started`` is when this ledger first saw it (ISO
    8601, UTC), ``None`` before that. ``id`` is the hash of the other three, so that shards agree on it.
    """

    version: str
    lexicon: str
    models: str
    started: str | None = None

    @property
    def id(self) -> str:
        """The content hash: version, lexicon, models."""
        return hash_values(self.version, self.lexicon, self.models)


def describe_run() -> Run:
    """Return the run that the installed package makes."""
    try:
        installed = version("qala")
    except PackageNotFoundError:
        installed = "0"
    return Run(installed, lexicon_fingerprint(), fingerprint_models())


@cache
def fingerprint_models() -> str:
    """Return the SHA-256, in hexadecimal, of the packaged models: names, lengths and bytes, in order."""
    digest = hashlib.sha256()
    for item in sorted((files("qala") / "data" / "models").iterdir(), key=lambda item: item.name):
        if item.is_file():
            content = item.read_bytes()
            digest.update(f"{item.name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def order_run(run: Run, count: int) -> str:
    """Return the text by which runs are ordered: by version, then as the ledger met them.

    ``count`` is the number of runs that came before. The version is first, so that a shard read by an older
    version never hides a newer reading when it is merged, whatever a clock says.
    """
    release = [int(part) for part in re.findall(r"\d+", run.version.partition("+")[0])[:4]]
    numbers = ([*release, 0, 0, 0, 0])[:4]
    return ".".join(f"{number:06d}" for number in numbers) + f"/{count:06d}/{run.id[:8]}"
