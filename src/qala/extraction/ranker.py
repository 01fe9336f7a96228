"""Log-linear rankers: weigh the candidates of one decision against each other and against "none".

The weights are trained by ``make train`` (training/, conditional maximum entropy: the probability of a
candidate is the softmax of its score among its rivals, "none" scoring 0) and shipped as JSON, one
number a feature, so that any decision can be taken apart feature by feature.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import orjson

Weights = dict[str, float]
"""The weight of each feature; a feature that is missing weighs nothing."""


class Choice(NamedTuple):
    """The best candidate's index (-1: none) and its score, a log-odds against "none"."""

    index: int
    score: float


@cache
def load_weights(name: str) -> Weights:
    """Return the packaged weights of the ranker ``name``; an untrained one is empty."""
    path = files("qala") / "data" / "models" / f"{name}.json"
    if not path.is_file():
        return {}
    weights: Weights = orjson.loads(path.read_bytes())["weights"]
    return weights


def score(weights: Weights, features: Iterable[str]) -> float:
    """Return the sum of the weights of ``features``."""
    get = weights.get
    total = 0.0
    for feature in features:
        total += get(feature, 0.0)
    return total


def choose(weights: Weights, candidates: Sequence[Sequence[str]], *, none: bool = True) -> Choice:
    """Return the best candidate; with ``none``, only if it beats a score of 0. Ties go to the first."""
    best, best_score = -1, 0.0 if none else float("-inf")
    for index, features in enumerate(candidates):
        value = score(weights, features)
        if value > best_score:
            best, best_score = index, value
    return Choice(best, best_score if best >= 0 else 0.0)
