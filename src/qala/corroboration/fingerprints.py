"""Fingerprints of wording: which hashes of six folded words stand for a text in an index of shared passages.

Winnowing (Schleimer, Wilkerson, Aiken 2003): of every five neighbouring 6-grams the one with the smallest
hash is kept, so that any ten words in a row that two texts share give them at least one fingerprint in
common, and any fifteen at least two. About one 6-gram in three is kept. A sentence hash would find nothing
more: a sentence of ten words is found by its 6-grams, and a shorter one is no copied passage by itself.

Hashes are 64 bit, made of BLAKE2b of each folded word, alike on every machine and in every run. Rows
``(fingerprint, document, position)`` can be stored and grouped by fingerprint on any engine.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from qala.model import Span
from qala.text.clean import find_debris
from qala.text.quotes import find_quotations
from qala.text.words import MARK, find_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qala.model import Debris

VERSION = "winnow-6-5/1"
"""Changes whenever the same text would get other fingerprints; stored ones of another version are void."""

GRAM = 6  # words of a fingerprint
WINDOW = 5  # neighbouring 6-grams of which one is kept

_MASK = (1 << 64) - 1
_BASE = 0x9E3779B97F4A7C15  # odd, so that multiplication modulo 2**64 loses nothing
_OUT = pow(_BASE, GRAM, 1 << 64)
_MIX = 0xD6E8FEB86659FD93


class Fingerprint(NamedTuple):
    """A kept 6-gram: its hash (64 bit, not negative) and the index of its first word in the wording."""

    value: int
    position: int


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a text that count as wording, folded, with their places; marks and debris are left out.

    The sequences are parallel; positions are code points of the text. ``quoted`` is 1 for a word inside a closed
    quotation, 0 for any other. ``datelines`` is the debris in which a page says who sent it.
    """

    forms: tuple[str, ...]
    starts: array[int]
    ends: array[int]
    quoted: bytes
    datelines: tuple[Debris, ...] = ()

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self.forms)

    def span(self, first: int, last: int) -> Span:
        """Return the span from word ``first`` to word ``last``, both included."""
        return Span(self.starts[first], self.ends[last])


def read_wording(text: str, debris: Sequence[Debris] | None = None) -> Wording:
    """Return the words and numbers of ``text`` outside its debris ("read also", credits, captions twice).

    ``debris`` is found in the text unless it is given. Linear in the text.
    """
    words = find_words(text)
    debris = find_debris(words) if debris is None else debris
    left_out, quoted = bytearray(len(words)), bytearray(len(words))
    for piece in debris:
        _mark(left_out, words.within(piece.span))
    for quotation in find_quotations(words, debris):
        if quotation.closed and not quotation.depth:
            _mark(quoted, words.within(quotation.span))
    kept = [token for token, kind in enumerate(words.kinds) if kind != MARK and not left_out[token]]
    return Wording(
        tuple(intern(words.forms[token]) for token in kept),
        array("I", (words.starts[token] for token in kept)),
        array("I", (words.ends[token] for token in kept)),
        bytes(quoted[token] for token in kept),
        tuple(piece for piece in debris if piece.kind == "dateline"),
    )


def _mark(marks: bytearray, tokens: range) -> None:
    marks[tokens.start : tokens.stop] = b"\1" * len(tokens)


def find_fingerprints(forms: Sequence[str]) -> tuple[Fingerprint, ...]:
    """Return the fingerprints of a wording in the order of their places, each hash once.

    A text of fewer than six words has none. Linear in the number of words.
    """
    grams = _hash_grams(forms)
    if not grams:
        return ()
    windows = zip(*(grams[shift:] for shift in range(WINDOW)), strict=False)
    kept = set(map(min, windows)) if len(grams) >= WINDOW else {min(grams)}
    first: dict[int, int] = {}
    for position, value in enumerate(grams):
        if value in kept and value not in first:
            first[value] = position
    return tuple(Fingerprint(value, position) for value, position in first.items())


def _hash_grams(forms: Sequence[str]) -> list[int]:
    """Return the hash of every 6-gram: a rolling polynomial modulo 2**64, mixed so that its order is arbitrary."""
    if len(forms) < GRAM:
        return []
    hashes = list(map(_hash_word, forms))
    rolled = 0
    for value in hashes[:GRAM]:
        rolled = (rolled * _BASE + value) & _MASK
    grams = [_mix(rolled)]
    for gone, value in zip(hashes, hashes[GRAM:], strict=False):
        rolled = (rolled * _BASE + value - gone * _OUT) & _MASK
        grams.append(_mix(rolled))
    return grams


def _mix(value: int) -> int:
    mixed = ((value ^ (value >> 32)) * _MIX) & _MASK
    return mixed ^ (mixed >> 32)


@lru_cache(maxsize=1 << 18)
def _hash_word(form: str) -> int:
    """Return a stable 64-bit hash of a folded word."""
    return int.from_bytes(blake2b(form.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
