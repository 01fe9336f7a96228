"""What words are near to in the news, as vectors (``data/models/corroboration_vectors.json``, counted by training).

Two contents that share no word may still say one thing: the vectors of their words tell how near they come, on any
event. They know nothing of negation; a sign never comes from them.
"""

from __future__ import annotations

import base64
import math
from array import array
from functools import cache
from importlib.resources import files
from operator import mul
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Sum: TypeAlias = "array[float]"
"""The place of a content among the words: a vector of length 1, or an empty one."""
MODEL = "corroboration_vectors"
_WORD = "w:"


class WordVectors(NamedTuple):
    """The places of stems in ``values``, one after another, ``dimensions`` numbers each."""

    dimensions: int
    places: dict[str, int]
    values: array[int]

    def of(self, word: str) -> array[int] | None:
        """Return the vector of a stem; ``None`` for one that is too rare to have one."""
        place = self.places.get(word)
        return None if place is None else self.values[place : place + self.dimensions]


@cache
def load_word_vectors() -> WordVectors:
    """Return the packaged vectors."""
    row = orjson.loads((files("qala") / "data" / "models" / f"{MODEL}.json").read_bytes())
    size = int(row["dimensions"])
    places = {word: place * size for place, word in enumerate(row["words"].split(" "))}
    return WordVectors(size, places, array("b", base64.b64decode(row["values"])))


def sum_words(terms: Mapping[str, float]) -> Sum:
    """Return the weighted sum of the vectors of the words among terms, of length 1; empty where none has one."""
    vectors = load_word_vectors()
    total = [0.0] * vectors.dimensions
    for term, weight in sorted(terms.items()):
        if term.startswith(_WORD) and (vector := vectors.of(term[len(_WORD) :])) is not None:
            total = [known + weight * value for known, value in zip(total, vector, strict=True)]
    return _unit(total)


class Mean:
    """The mean of sums that are added one by one; empty ones count, as they say nothing of the centre's own."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.total = [0.0] * load_word_vectors().dimensions
        self.count = 0.0

    def add(self, values: Iterable[float], count: float = 1.0) -> None:
        """Add the sum of ``count`` sums."""
        self.count += count
        for place, value in enumerate(values):
            self.total[place] += value


def take_centre(words: Sum, centre: Mean) -> Sum:
    """Return what is left of a sum without the mean around it, of length 1."""
    if not words or not centre.count:
        return words
    return _unit([value - total / centre.count for value, total in zip(words, centre.total, strict=True)])


def join_sums(sums: Iterable[Sum]) -> Sum:
    """Return the sum of several, of length 1; empty where all are."""
    total: list[float] = []
    for words in sums:
        if words:
            total = [known + value for known, value in zip(total, words, strict=True)] if total else list(words)
    return _unit(total)


def _unit(values: list[float]) -> Sum:
    length = math.sqrt(math.fsum(value * value for value in values))
    return array("d", (value / length for value in values)) if length else array("d")


def compare_sums(a: Sum, b: Sum) -> float:
    """Return the cosine of two sums; 0 where one is empty."""
    return float(sum(map(mul, a, b)))
