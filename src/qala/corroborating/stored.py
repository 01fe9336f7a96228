"""Views kept in a file beside a ledger, so that the second question about it costs no second computation.

The file is gzipped JSON: what it was made from (the ledger's head, the reader's version and data, the program's own
text), then copies, utterances and claims. It holds nothing that cannot be made again: a file that is missing, cut
off, of another state or not to be understood is passed over and written anew. It is read as data and runs nothing.
"""

from __future__ import annotations

import gzip
import os
import tempfile
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from qala.corroborating.views import Corroborator, Views
from qala.corroboration.model import Claim, Conflict, Copy, Corroboration, Link, Passage, Stance, Utterance
from qala.ledger.runs import describe_run
from qala.model import Evidence, Span
from qala.records import hash_values

if TYPE_CHECKING:
    from qala.ledger.ledger import Ledger

FORM = "qala.views/1"
SUFFIX = ".views"
_MOST_BYTES = 4 << 30  # of a file, unpacked


def load_views(ledger: Ledger, path: Path | None = None, *, corroborator: Corroborator | None = None) -> Views:
    """Return the views over a ledger as it stands now; judgements are applied, rejected statements left out.

    ``path`` is the file that keeps them between runs of the program: read where it is of this state, else written
    (where that is not allowed, nothing happens). A ``corroborator`` keeps them within one run.
    """
    with ledger.snapshot():
        records = list(ledger.records())
        documents = dict(ledger.documents())
        key = _key(ledger)
    kept = None if path is None else read_stored(path, key)
    if kept is not None:
        return Views(kept, {record.id: record for record in records}, documents)
    views = (corroborator or Corroborator()).view(records, documents)
    if path is not None:
        write_stored(path, key, views.corroboration)
    return views


def _key(ledger: Ledger) -> str:
    """Return the hash of all that views depend on."""
    return hash_values(FORM, ledger.head(), describe_run().id, _program())


@cache
def _program() -> str:
    """Return the SHA-256 of the program's text, as far as it makes views: other code may make others."""
    digest = sha256()
    for room in ("corroborating", "corroboration", "resolution", "text", "lexicon"):
        for item in sorted((files("qala") / room).iterdir(), key=lambda item: item.name):
            if item.name.endswith(".py"):
                digest.update(item.read_bytes())
    return digest.hexdigest()


def read_stored(path: Path, key: str) -> Corroboration | None:
    """Return the views that ``path`` keeps for ``key``; ``None`` for anything else that may stand there."""
    try:
        with gzip.open(path, "rb") as file:
            raw = file.read(_MOST_BYTES)
        form, kept, copies, utterances, claims = orjson.loads(raw)
        if (form, kept) != (FORM, key):
            return None
        return Corroboration(
            tuple(_copy(*row) for row in copies),
            tuple(_utterance(*row) for row in utterances),
            tuple(_claim(*row) for row in claims),
        )
    except (OSError, EOFError, ValueError, TypeError):  # zlib's errors are OSErrors or ValueErrors here
        return None


def write_stored(path: Path, key: str, views: Corroboration) -> bool:
    """Keep ``views`` in ``path``, which appears whole or not at all; return whether that could be done."""
    try:
        raw = orjson.dumps([FORM, key, *(_plain(part) for part in (views.copies, views.utterances, views.claims))])
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:50]}.", suffix=".part")
    except (OSError, TypeError):  # no place to write; half a surrogate pair has no UTF-8
        return False
    try:
        with os.fdopen(descriptor, "wb") as file, gzip.GzipFile("", "wb", 3, file, mtime=0) as packed:
            packed.write(raw)
        Path(name).replace(path)
    except OSError:
        with suppress(OSError):
            Path(name).unlink()
        return False
    return True


def _plain(value: Any) -> Any:
    """Return a noun as the list of its parts, in their order."""
    if is_dataclass(value):
        return [_plain(getattr(value, part.name)) for part in fields(value)]
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _spans(rows: Any) -> tuple[Span, ...]:
    return tuple(Span(*row) for row in rows)


def _reasons(rows: Any) -> tuple[Evidence, ...]:
    return tuple(Evidence(rule, _spans(spans), note) for rule, spans, note in rows)


def _copy(a: str, b: str, kind: Any, passages: Any, agency: Any, origin: Any, evidence: Any) -> Copy:
    found = tuple(Passage(Span(*one), Span(*other), words, share) for one, other, words, share in passages)
    return Copy(a, b, kind, found, agency, origin, _reasons(evidence))


def _link(a: str, b: str, joined: bool, score: float, reasons: Any) -> Link:
    return Link(a, b, joined, score, _reasons(reasons))


def _utterance(id: str, members: Any, speaker: str | None, said: str | None, links: Any) -> Utterance:
    day = None if said is None else date.fromisoformat(said)
    return Utterance(id, tuple(members), speaker, day, tuple(_link(*row) for row in links))


def _claim(id: str, gloss: str, stances: Any, conflicts: Any, links: Any) -> Claim:
    return Claim(
        id,
        gloss,
        tuple(Stance(utterance, sign, _reasons(evidence)) for utterance, sign, evidence in stances),
        tuple(Conflict(kind, a, b, _reasons(evidence)) for kind, a, b, evidence in conflicts),
        tuple(_link(*row) for row in links),
    )
