"""Conditional maximum entropy over groups of candidates, by L-BFGS; deterministic."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from qala.extraction.ranker import Weights


class Group(NamedTuple):
    """One decision: the candidates' features and the indices of the right ones (empty: none of them)."""

    candidates: Sequence[Sequence[str]]
    right: frozenset[int]
    none: bool = True  # whether "none of them" is a possible answer
    weight: float = 1.0


def _vocabulary(groups: Sequence[Group], at_least: int) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for group in groups:
        seen: set[str] = set()
        for features in group.candidates:
            seen.update(features)
        counts.update(seen)
    kept = sorted(feature for feature, count in counts.items() if count >= at_least)
    return {feature: index for index, feature in enumerate(kept)}


def train(groups: Sequence[Group], *, penalty: float = 1.0, at_least: int = 2, rounds: int = 120) -> Weights:
    """Return the weights that maximise the penalised likelihood of the right candidates.

    ``penalty`` is the strength of the Gaussian prior (half of it times the squared norm is added to the
    negative log-likelihood); features seen in fewer than ``at_least`` groups are left out.
    """
    groups = [g for g in groups if g.candidates and (g.none or g.right)]
    index = _vocabulary(groups, at_least)
    indices: list[int] = []
    pointers = [0]
    owner: list[int] = []
    right: list[bool] = []
    for number, group in enumerate(groups):
        for i, features in enumerate(group.candidates):
            indices.extend(index[f] for f in features if f in index)
            pointers.append(len(indices))
            owner.append(number)
            right.append(i in group.right)
    shape = (len(owner), len(index))
    matrix = csr_matrix((np.ones(len(indices)), np.array(indices), np.array(pointers)), shape=shape)
    owners, rights = np.array(owner), np.array(right)
    none_open = np.array([g.none for g in groups])
    none_right = np.array([g.none and not g.right for g in groups])
    weight = np.array([g.weight for g in groups])
    count = len(groups)
    transposed = matrix.T.tocsr()

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ w
        top = np.zeros(count)
        np.maximum.at(top, owners, scores)
        exp = np.exp(scores - top[owners])
        rest = np.where(none_open, np.exp(-top), 0.0)
        total = np.bincount(owners, exp, count) + rest
        good = np.bincount(owners, exp * rights, count) + np.where(none_right, rest, 0.0)
        value = float((weight * (np.log(total) - np.log(good))).sum() + 0.5 * penalty * (w @ w))
        grad = exp / total[owners] - exp * rights / good[owners]
        return value, transposed @ (grad * weight[owners]) + penalty * w

    result = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 10})
    values = result.x
    # Weights below a hundredth decide nothing that a rounding would not; dropping them halves the files.
    return {f: round(float(values[i]), 3) for f, i in index.items() if abs(values[i]) >= 0.01}
