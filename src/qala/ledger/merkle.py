"""The chain and the tree over the log: which hash follows, which root stands for all entries, and proofs.

Chain: ``h_i = SHA-256(h_(i-1) || entry_i)``, ``h_0`` being 32 zero bytes, an entry being its canonical JSON in UTF-8.
Tree: RFC 6962, section 2.1 (https://www.rfc-editor.org/rfc/rfc6962#section-2.1): a leaf is hashed behind a zero
byte and a node behind a one, so that neither can be taken for the other. All hashes are 32 bytes.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

START = bytes(32)


def link(previous: bytes, entry: str) -> bytes:
    """Return the chain's hash behind ``entry``."""
    return hashlib.sha256(previous + entry.encode("utf-8", "surrogateescape")).digest()


def hash_leaf(entry: bytes) -> bytes:
    """Return the hash of a leaf."""
    return hashlib.sha256(b"\x00" + entry).digest()


def _hash_node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that grows leaf by leaf; memory grows with its height only."""

    def __init__(self) -> None:
        self._whole: list[tuple[int, bytes]] = []  # complete trees from left to right, each with its height

    def add(self, leaf: bytes) -> None:
        """Add a hashed leaf behind the others."""
        height, root = 0, leaf
        while self._whole and self._whole[-1][0] == height:
            root = _hash_node(self._whole.pop()[1], root)
            height += 1
        self._whole.append((height, root))

    def root(self) -> bytes:
        """Return the root over the leaves so far."""
        if not self._whole:
            return hashlib.sha256().digest()
        root = self._whole[-1][1]
        for _, left in reversed(self._whole[:-1]):
            root = _hash_node(left, root)
        return root


def hash_tree(leaves: Iterable[bytes]) -> bytes:
    """Return the root over hashed ``leaves`` in their order."""
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


class Proof(NamedTuple):
    """That an entry stands in a log: its place, the log's length, and the hashes on the way to the root."""

    place: int  # of the entry, from 0
    size: int
    path: tuple[bytes, ...]


def prove_inclusion(leaves: list[bytes], index: int) -> Proof:
    """Return the audit path of leaf ``index`` (RFC 6962, 2.1.1); linear in the number of leaves."""
    size, path, low = len(leaves), [], 0
    high, at = size, index
    if not 0 <= index < size:
        raise IndexError(index)
    while high - low > 1:
        half = low + _split(high - low)
        if at < half:
            path.append(hash_tree(leaves[half:high]))
            high = half
        else:
            path.append(hash_tree(leaves[low:half]))
            low = half
    return Proof(index, size, tuple(reversed(path)))


def check_inclusion(proof: Proof, leaf: bytes, root: bytes) -> bool:
    """Return whether ``proof`` leads from ``leaf`` to ``root``; needs nothing of the ledger."""
    if not 0 <= proof.place < proof.size:
        return False
    sides = _find_sides(proof.place, proof.size)
    if len(sides) != len(proof.path):
        return False
    found = leaf
    for is_left, other in zip(reversed(sides), proof.path, strict=True):
        found = _hash_node(found, other) if is_left else _hash_node(other, found)
    return found == root


def _find_sides(index: int, size: int) -> list[bool]:
    """Return, from the root down, whether the leaf lies in the left tree."""
    sides = []
    while size > 1:
        half = _split(size)
        sides.append(index < half)
        index, size = (index, half) if index < half else (index - half, size - half)
    return sides


def _split(size: int) -> int:
    """Return the largest power of two below ``size``."""
    return 1 << (size - 1).bit_length() - 1
