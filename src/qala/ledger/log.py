"""The log: canonical entries, their chain, and the head that is kept elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qala.errors import LedgerError
from qala.ledger.codec import write_canonical
from qala.ledger.merkle import START, hash_leaf, hash_tree, link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qala.ledger.port import Row, Store

CONTENT_KINDS = ("document", "capture", "reading", "refusal", "judgement")
"""Entries of what is in a ledger, whatever the order; ``run`` and ``batch`` tell how it came there."""

_HEAD = re.compile(r"(\d{1,18})-([0-9a-f]{64})")


class Head(NamedTuple):
    """The state of a log: how many entries it has, and the chain's hash behind the last."""

    entries: int
    hash: bytes

    def __str__(self) -> str:
        """Write the head as it is kept elsewhere: ``1234-<64 hexadecimal digits>``."""
        return f"{self.entries}-{self.hash.hex()}"


def parse_head(written: str) -> Head:
    """Return the head that ``written`` is; raises ``LedgerError`` for anything else."""
    found = _HEAD.fullmatch(written.strip())
    if found is None:
        raise LedgerError(f"not a head of a ledger: {written[:80]!r} (it looks like 1234-5f3a..., 64 digits)")
    return Head(int(found[1]), bytes.fromhex(found[2]))


def read_head(store: Store) -> Head:
    """Return the head as the last entry of the log says it."""
    for number, hash_ in store.rows("SELECT number, hash FROM log ORDER BY number DESC LIMIT 1"):
        return Head(int(str(number)), bytes.fromhex(str(hash_)))
    return Head(0, START)


class Chain:
    """The entries of one transaction: linked behind the log's last, written together at the end."""

    def __init__(self, store: Store) -> None:
        self._head = read_head(store)
        self.rows: list[Row] = []

    def add(self, kind: str, subject: str, number: int, content: str, **more: object) -> None:
        """Link one entry: ``number`` is the row's, ``content`` the SHA-256 of what it holds."""
        entry = write_canonical({"kind": kind, "subject": subject, "number": number, "content": content, **more})
        self._head = Head(self._head.entries + 1, link(self._head.hash, entry))
        self.rows.append((self._head.entries, kind, subject, content, entry, self._head.hash.hex()))


def hash_log(store: Store) -> str:
    """Return the Merkle root over all entries, in hexadecimal."""
    with store.reading():
        return hash_tree(_leaves(store)).hex()


def _leaves(store: Store) -> Iterator[bytes]:
    for (entry,) in store.rows("SELECT entry FROM log ORDER BY number"):
        yield hash_leaf(str(entry).encode("utf-8", "surrogateescape"))


def hash_set(store: Store) -> str:
    """Return the Merkle root over what the ledger holds, in hexadecimal: equal for equal content in any order.

    Documents, captures, readings, refusals and judgements count; when and in which batches they came does not.
    """
    kinds = ", ".join("?" * len(CONTENT_KINDS))
    query = f"SELECT content FROM log WHERE kind IN ({kinds}) ORDER BY content"
    with store.reading():
        return hash_tree(hash_leaf(bytes.fromhex(str(row[0]))) for row in store.rows(query, CONTENT_KINDS)).hex()


def list_leaves(store: Store) -> list[bytes]:
    """Return the hashes of all entries, for an inclusion proof: 32 bytes an entry."""
    with store.reading():
        return list(_leaves(store))
