"""Log-linear rankers: weigh the candidates of one decision against each other and against "none".

The weights are trained by ``make train`` (training/, conditional maximum entropy: the probability of a
candidate is the softmax of its score among its rivals, "none" scoring 0) and shipped as JSON, one
number a feature, so that any decision can be taken apart feature by feature.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from importlib.resources import files
from itertools import repeat
from typing import Any, Generic, NamedTuple, Protocol, Self, TypeVar

import orjson

Weights = dict[str, float]
"""The weight of each feature; a feature that is missing weighs nothing."""

_NOTHING, _NO_ROW = repeat(0.0), repeat(0)  # what a feature without a weight weighs

_MOST_KEPT = 1 << 18
"""Facts remembered before all are forgotten: some forty megabytes at most."""

_UNIT = 10**6  # weights have three decimals, so that whole numbers hold them exactly
_BITS = 48
_HALF, _MASK = 1 << (_BITS - 1), (1 << _BITS) - 1

Row = int
"""What one feature weighs for each of several labels, in millionths, ``_BITS`` bits each.

Rows are added like any whole numbers; a row is one object to reach, where a list of weights is a dozen.
"""


class Added(Protocol):
    """What can be added up."""

    def __add__(self, other: Self, /) -> Self:
        """Return both together."""
        ...


Worth = TypeVar("Worth", bound=Added)
"""What features are worth: their weights' sum, or to training their names."""

Made = TypeVar("Made")


class Memo(dict[Any, Worth]):
    """What the features that one function names are worth, by the fact that varies.

    A newspaper's sentences meet the same facts over and over, so ``memo[fact]`` is worked out once: no string is
    built and no feature looked up for a fact seen before.
    """

    __slots__ = ("_known", "_memos", "_name")

    def __init__(self, memos: "Memos[Worth]", name: Callable[..., Iterable[str]], known: tuple[Any, ...]) -> None:
        """Remember nothing yet; ``known`` are the arguments of ``name`` before the fact."""
        super().__init__()
        self._memos: Memos[Worth] = memos
        self._name = name
        self._known = known

    def __missing__(self, fact: Any) -> Worth:
        """Work out what the features of ``fact`` are worth."""
        memos = self._memos
        memos.size += 1
        value: Worth = memos.worth(self._name(*self._known, fact))
        self[fact] = value
        return value


class Memos(Generic[Worth]):
    """The memos of one ranker: what features are worth is told by ``worth``."""

    __slots__ = ("_kept", "size", "worth")

    def __init__(self, worth: Callable[[Iterable[str]], Worth]) -> None:
        """Remember nothing yet."""
        self.worth: Callable[[Iterable[str]], Worth] = worth
        self.size = 0
        self._kept: dict[tuple[Any, ...], Any] = {}

    def of(self, name: Callable[..., Iterable[str]], *known: Any) -> Memo[Worth]:
        """Return the memo of ``name`` called with ``known`` and a fact."""
        memo: Memo[Worth] | None = self._kept.get((name, *known))
        if memo is None:
            memo = self._kept[name, *known] = Memo(self, name, known)
        return memo

    def once(self, make: "Callable[..., Made]", *known: Any) -> "Made":
        """Return ``make(self, *known)``, made once: all the memos that a decision asks."""
        found: Made | None = self._kept.get((make, *known))
        if found is None:
            found = self._kept[make, *known] = make(self, *known)
        return found

    def bounded(self) -> "Memos[Worth]":
        """Return these memos, emptied where too much is remembered."""
        if self.size > _MOST_KEPT:
            self._kept.clear()
            self.size = 0
        return self


class Remembering(dict[str, float]):
    """Weights that remember what facts weigh; they must not change any more."""

    __slots__ = ("_rows", "memos")

    def __init__(self, weights: Weights) -> None:
        """Take over ``weights``, nothing remembered."""
        super().__init__(weights)
        self.memos: Memos[float] = Memos(partial(score, self))
        self._rows: dict[str, Row] = {}

    def rows_of(self, labels: Sequence[str]) -> dict[str, Row]:
        """Return the weights of ``label|feature`` by feature; always to be asked with the same labels."""
        if not self._rows:
            numbers = {label: i for i, label in enumerate(labels)}
            for name, weight in self.items():
                label, _, feature = name.partition("|")
                row = round(weight * _UNIT) << _BITS * numbers[label]
                self._rows[feature] = self._rows.get(feature, 0) + row
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
    weights: Weights = orjson.loads(path.read_bytes())["weights"]
    shared: dict[float, float] = {}  # some thousand different weights: equal ones are one object, near to reach
    return Remembering({feature: shared.setdefault(weight, weight) for feature, weight in weights.items()})


@cache
def load_rankers() -> Rankers:
    """Return the packaged rankers."""
    return Rankers(*(load_weights(name) for name in Rankers._fields))


def score(weights: Weights, features: Iterable[str]) -> float:
    """Return the sum of the weights of ``features``."""
    return sum(map(weights.get, features, _NOTHING))


def named(templates: Sequence[str], *facts: Any) -> list[str]:
    """Name features by templates alone, such as ``"{0}|ab={1[0]}{1[1]}"``."""
    return [template.format(*facts) for template in templates]


def memos_of(weights: Weights) -> Memos[float]:
    """Return the memory of what facts weigh, new and not kept where ``weights`` have none."""
    return weights.memos.bounded() if isinstance(weights, Remembering) else Memos(partial(score, weights))


_SPELLING: Memos[tuple[str, ...]] = Memos(tuple)


def spelling() -> Memos[tuple[str, ...]]:
    """Return the memos that training counts with: features are worth their names."""
    return _SPELLING.bounded()


def score_labels(weights: Weights, features: Iterable[str], labels: Sequence[str]) -> list[float]:
    """Return the score of each label: the sum of the weights of ``label|feature`` over all ``features``."""
    if not isinstance(weights, Remembering):
        return [score(weights, [f"{label}|{feature}" for feature in features]) for label in labels]
    middle = sum(_HALF << _BITS * i for i in range(len(labels)))  # keeps every label's bits above 0
    total = middle + sum(map(weights.rows_of(labels).get, features, _NO_ROW))
    return [((total >> _BITS * i & _MASK) - _HALF) / _UNIT for i in range(len(labels))]


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
