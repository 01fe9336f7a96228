"""Bonds: how strongly one word of the news holds the next.

"the Arab" holds "League" and not "minister": where a noun phrase ends shows in words that no annotated article
has. The file ``word_bonds.bin`` is counted over unannotated news (:mod:`training.bonds`): for each word of
``word_clusters.tsv`` how common it is, and for each pair met often enough its pointwise mutual information
(Church and Hanks 1990), in bits.
"""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from sys import byteorder
from typing import NamedTuple
from zlib import crc32

from qala.errors import LexiconError
from qala.lexicon.clusters import load_clusters
from qala.text.remembered import Remembered

MAGIC = b"QALABOND1"
STEPS = 5
"""Steps a doubling in which the file keeps how common a word is."""


class Bonds(NamedTuple):
    """The table: words to numbers, commonness of each (base-2 logarithm of its share, times ``STEPS``), pairs."""

    words: dict[str, int]
    common: "array[int]"
    pairs: "array[int]"  # number of the first word times 65,536 plus that of the second, ascending
    bits: "array[int]"


def vocabulary() -> list[str]:
    """Return the words that bonds are counted for, in the order of ``word_clusters.tsv``."""
    return list(load_clusters())


def pack(words: list[str], common: list[int], pairs: list[int], bits: list[int]) -> bytes:
    """Return the file of a table; it names the words by their order, and their checksum."""
    numbers = array("I", [crc32("\n".join(words).encode()), len(words), len(pairs), *pairs])
    if byteorder == "big":
        numbers.byteswap()
    head, rest = numbers[:3].tobytes(), numbers[3:].tobytes()
    return MAGIC + head + array("b", common).tobytes() + rest + array("b", bits).tobytes()


@cache
def load_bonds() -> Bonds:
    """Return the packaged table; raises :class:`LexiconError` where it was counted for other words."""
    words = vocabulary()
    data = (files("qala") / "data" / "models" / "word_bonds.bin").read_bytes()
    at = len(MAGIC)
    checksum, many, size = _numbers(data[at : at + 12])
    if data[:at] != MAGIC or checksum != crc32("\n".join(words).encode()) or many != len(words):
        raise LexiconError("word_bonds.bin: counted for other words than those of word_clusters.tsv")
    at += 12
    pairs = _numbers(data[at + many : at + many + 4 * size])
    bits = array("b", data[at + many + 4 * size :])
    return Bonds({word: i for i, word in enumerate(words)}, array("b", data[at : at + many]), pairs, bits)


def _numbers(data: bytes) -> "array[int]":
    numbers = array("I", data)
    if byteorder == "big":
        numbers.byteswap()
    return numbers


def bond(first: str, second: str) -> int | None:
    """Return how many bits a folded word and the next tell of each other, -4 to 12, in steps of two.

    A pair never met is -6 to -11, the lower the oftener chance alone would have brought it; ``None`` where a word
    is not known, or too rare for its absence to say anything.
    """
    words = load_bonds().words
    return bonds_of([words.get(first), words.get(second)])[0]


def bonds_of(numbers: Sequence[int | None]) -> list[int | None]:
    """Return the :func:`bond` of each word to the next, one fewer than words; ``numbers`` are those of the table."""
    followers, common = _FOLLOWERS, load_bonds().common
    found: list[int | None] = []
    one: int | None = None
    for other in numbers:
        if one is None or other is None:
            found.append(None)
        else:
            bits = followers[one].get(other)
            found.append(_CHANCE[common[one] + common[other]] if bits is None else bits)
        one = other
    return found[1:]


def _followers(one: int) -> dict[int, int]:
    """Return the bits of each pair that begins with word ``one``, by the number of the second."""
    pairs, bits = load_bonds().pairs, load_bonds().bits
    first, end = bisect_left(pairs, one << 16), bisect_left(pairs, (one + 1) << 16)
    return {pairs[at] & 0xFFFF: bits[at] for at in range(first, end)}


def _chance(common: int) -> int | None:
    """Return the bond of a pair never met, whose words are so common together."""
    expected = common / STEPS + _WORDS
    return _NEVER - min(5, int(expected) + 2) if expected >= -2 else None


_FOLLOWERS: Remembered[int, dict[int, int]] = Remembered(_followers, 1 << 15)
_CHANCE: Remembered[int, int | None] = Remembered(_chance, 1 << 9)
_NEVER = -6
_WORDS = 23.7  # base-2 logarithm of the running words that were counted
