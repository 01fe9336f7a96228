"""Log-linear rankers: weigh the candidates of one decision against each other and against "none".

The weights are trained by ``make train`` (training/, conditional maximum entropy: the probability of a
candidate is the softmax of its score among its rivals, "none" scoring 0) and shipped as JSON, one
number a feature, so that any decision can be taken apart feature by feature.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import repeat
from typing import Any, NamedTuple

import orjson

Weights = dict[str, float]
"""The weight of each feature; a feature that is missing weighs nothing."""

Part = tuple[Any, ...]
"""Features that always come together: the function that names them, and what it is called with (hashable).

A newspaper's sentences meet the same parts over and over, so what a part weighs is worked out once: no string
is built and no feature looked up for a part seen before.
"""

_NOTHING = repeat(0.0)  # what a feature without a weight weighs

_MOST_SUMS = 1 << 17
"""Parts remembered before all are forgotten: some thirty megabytes at most."""

Row = list[tuple[int, float]]
"""What one feature weighs for each of several labels: the label's index and the weight, where it has one."""


class Remembering(dict[str, float]):
    """Weights that remember what parts weigh; they must not change any more."""

    __slots__ = ("_rows", "sums")

    def __init__(self, weights: Weights) -> None:
        """Take over ``weights``, nothing remembered."""
        super().__init__(weights)
        self.sums: dict[Part, float] = {}
        self._rows: dict[str, Row] = {}

    def rows_of(self, labels: Sequence[str]) -> dict[str, Row]:
        """Return the weights of ``label|feature`` by feature; always to be asked with the same labels."""
        if not self._rows:
            numbers = {label: i for i, label in enumerate(labels)}
            for name, weight in self.items():
                label, _, feature = name.partition("|")
                self._rows.setdefault(feature, []).append((numbers[label], weight))
        return self._rows


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

    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody needs here
    score: float


@cache
def load_weights(name: str) -> Weights:
    """Return the packaged weights of the ranker ``name``; an untrained one is empty."""
    path = files("qala") / "data" / "models" / f"{name}.json"
    if not path.is_file():
        return {}
    return Remembering(orjson.loads(path.read_bytes())["weights"])


@cache
def load_rankers() -> Rankers:
    """Return the packaged rankers."""
    return Rankers(*(load_weights(name) for name in Rankers._fields))


def score(weights: Weights, features: Iterable[str]) -> float:
    """Return the sum of the weights of ``features``."""
    return sum(map(weights.get, features, _NOTHING))


def spell(parts: Iterable[Part]) -> list[str]:
    """Return the features of ``parts``, as training counts them."""
    return [feature for part in parts for feature in part[0](*part[1:])]


def sums_of(weights: Weights) -> dict[Part, float]:
    """Return the memory of what parts weigh, empty and not kept where ``weights`` have none."""
    if not isinstance(weights, Remembering):
        return {}
    if len(weights.sums) > _MOST_SUMS:
        weights.sums.clear()
    return weights.sums


def weigh(weights: Weights, sums: dict[Part, float], parts: Iterable[Part]) -> float:
    """Return what ``parts`` weigh together, as ``score(weights, spell(parts))``; ``sums`` is the memory."""
    get = sums.get
    total = 0.0
    for part in parts:
        value = get(part)
        if value is None:
            value = sums[part] = score(weights, part[0](*part[1:]))
        total += value
    return total


def score_labels(weights: Weights, features: Iterable[str], labels: Sequence[str]) -> list[float]:
    """Return the score of each label: the sum of the weights of ``label|feature`` over all ``features``."""
    if not isinstance(weights, Remembering):
        return [score(weights, [f"{label}|{feature}" for feature in features]) for label in labels]
    rows = weights.rows_of(labels)
    totals = [0.0] * len(labels)
    for feature in features:
        for i, weight in rows.get(feature, ()):
            totals[i] += weight
    return totals


def best_of(scores: Sequence[float], *, none: bool = True, at_least: float = 0.0) -> Choice:
    """Return the best candidate by its score, as :func:`choose` does."""
    best, best_score = -1, at_least if none else float("-inf")
    for index, value in enumerate(scores):
        if value > best_score:
            best, best_score = index, value
    return Choice(best, best_score if best >= 0 else 0.0)


def choose(
    weights: Weights, candidates: Sequence[Sequence[str]], *, none: bool = True, at_least: float = 0.0
) -> Choice:
    """Return the best candidate, the first of equals; with ``none``, only if it passes ``at_least``."""
    return best_of([score(weights, features) for features in candidates], none=none, at_least=at_least)
