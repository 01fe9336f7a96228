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


class Rankers(NamedTuple):
    """The weights of every decision, by the module that asks for them."""

    reading: Weights  # attribution, titles: is this a statement, and where does its content begin
    end: Weights  # contents
    source: Weights  # sources
    act: Weights  # act
    when: Weights  # circumstances
    channel: Weights  # circumstances
    speaker: Weights  # resolution.coreference


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


@cache
def load_rankers() -> Rankers:
    """Return the packaged rankers."""
    return Rankers(*(load_weights(name) for name in Rankers._fields))


def score(weights: Weights, features: Iterable[str]) -> float:
    """Return the sum of the weights of ``features``."""
    get = weights.get
    total = 0.0
    for feature in features:
        total += get(feature, 0.0)
    return total


def choose(
    weights: Weights, candidates: Sequence[Sequence[str]], *, none: bool = True, at_least: float = 0.0
) -> Choice:
    """Return the best candidate; with ``none``, only if its score passes ``at_least``. Ties go to the first."""
    best, best_score = -1, at_least if none else float("-inf")
    for index, features in enumerate(candidates):
        value = score(weights, features)
        if value > best_score:
            best, best_score = index, value
    return Choice(best, best_score if best >= 0 else 0.0)
