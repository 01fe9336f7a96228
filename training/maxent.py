"""Conditional maximum entropy over groups of candidates, by L-BFGS; deterministic."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from qala.extraction.ranker import Weights

Floats = NDArray[np.float64]


class Group(NamedTuple):
    """One decision: the candidates' features and the indices of the right ones (empty: none of them)."""

    candidates: Sequence[Sequence[str]]
    right: frozenset[int]
    none: bool = True  # whether "none of them" is a possible answer


class Table:
    """Groups as one sparse matrix, made once, so that every fold only picks its rows."""

    def __init__(self, groups: Iterable[tuple[Group, int]]) -> None:
        """Encode pairs of a group and its fold; a group that teaches nothing is left out."""
        self.features: dict[str, int] = {}
        indices: list[int] = []
        pointers = [0]
        sizes: list[int] = []
        folds: list[int] = []
        right: list[bool] = []
        none: list[bool] = []
        number = self.features
        for group, fold in groups:
            if not group.candidates or not (group.none or group.right):
                continue
            sizes.append(len(group.candidates))
            folds.append(fold)
            none.append(group.none)
            for i, features in enumerate(group.candidates):
                indices.extend([number.setdefault(feature, len(number)) for feature in features])
                pointers.append(len(indices))
                right.append(i in group.right)
        shape = (len(right), len(number))
        ones = np.ones(len(indices))
        self.matrix = csr_matrix((ones, np.array(indices, dtype=np.int32), np.array(pointers)), shape=shape)
        self.sizes = np.array(sizes)
        self.folds = np.array(folds)
        self.right = np.array(right)
        self.none = np.array(none)

    def train(
        self, without: int | None, *, penalty: float = 1.0, at_least: int = 2, rounds: int = 120, least: float = 0.05
    ) -> Weights:
        """Return the weights that maximise the penalised likelihood of the right candidates.

        Groups of the fold ``without`` are not looked at. ``penalty`` is the strength of the Gaussian prior (half of
        it times the squared norm is added to the negative log-likelihood); features of fewer than ``at_least``
        groups are left out, and so are weights below ``least``: they decide nothing and fill the memory.
        """
        chosen = self.folds != (-2 if without is None else without)
        rows = np.repeat(chosen, self.sizes)
        matrix, right = self.matrix[rows], self.right[rows]
        sizes, none = self.sizes[chosen], self.none[chosen]
        owners = np.repeat(np.arange(len(sizes)), sizes)
        cells = np.unique(owners.repeat(np.diff(matrix.indptr)) * matrix.shape[1] + matrix.indices)
        kept = np.flatnonzero(np.bincount(cells % matrix.shape[1], minlength=matrix.shape[1]) >= at_least)
        values = _fit(matrix[:, kept], right, sizes, none, owners, penalty, rounds)
        names = list(self.features)
        return {names[kept[i]]: round(float(values[i]), 3) for i in np.flatnonzero(np.abs(values) >= least)}


def _fit(
    matrix: csr_matrix,
    right: NDArray[np.bool_],
    sizes: NDArray[np.int64],
    none: NDArray[np.bool_],
    owners: NDArray[np.int64],
    penalty: float,
    rounds: int,
) -> Floats:
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    none_right = none & ~np.logical_or.reduceat(right, starts)
    transposed = matrix.T.tocsr()

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = matrix @ weights
        top = np.maximum(np.maximum.reduceat(scores, starts), np.where(none, 0.0, -np.inf))
        exp = np.exp(scores - top[owners])
        rest = np.where(none, np.exp(-top), 0.0)
        total = np.add.reduceat(exp, starts) + rest
        good = np.add.reduceat(exp * right, starts) + np.where(none_right, rest, 0.0)
        value = float((np.log(total) - np.log(good)).sum() + 0.5 * penalty * (weights @ weights))
        gradient = exp / total[owners] - exp * right / good[owners]
        return value, transposed @ gradient + penalty * weights

    start = np.zeros(matrix.shape[1])
    result = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 10})
    values: Floats = result.x
    return values


def train(groups: Sequence[Group], *, penalty: float = 1.0, at_least: int = 2, least: float = 0.01) -> Weights:
    """Return the weights learnt from ``groups``; see :meth:`Table.train`."""
    return Table((group, -1) for group in groups).train(None, penalty=penalty, at_least=at_least, least=least)
