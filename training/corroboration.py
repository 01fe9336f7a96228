"""Learn the weights of pairs of statements from annotated event sets; few features, strong regularisation.

``python -m training.corroboration [FOLDER ...]`` writes ``src/qala/data/models/utterance_pairs.json`` (one act of
saying) and ``claim_pairs.json`` (one proposition). The annotated sets are those of the shared gold, this
repository's own (``annotations/events``: ids, hashes and offsets, see ``training.events``), and those of the given
folders, with files named as in the shared gold. Every set counts the same, however many pairs it has.
"""

from __future__ import annotations

import argparse
import itertools
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import orjson
from scipy.optimize import minimize

from qala.corroboration.agreements import MODEL as CLAIMS
from qala.corroboration.agreements import claim_features, compare_words, place_utterances
from qala.corroboration.utterances import MODEL as UTTERANCES
from qala.corroboration.utterances import compare_candidates, make_sides
from training.events import EventSet, load_all, same_claim, same_utterance

if TYPE_CHECKING:
    from numpy.typing import NDArray

MODELS = Path(__file__).resolve().parents[1] / "src" / "qala" / "data" / "models"
PENALTY = 1.0
CLAIM_PENALTY = 5.0
"""Strength of the Gaussian prior, in units of a pair of a set of 2,000 pairs."""

AGAINST = frozenset(
    (
        "speaker unknown",
        "denied by one",
        "days apart",
        "figures differ",
        "one figure",
        "negation differs",
        "poles differ",
        "one hedged",
        "one conditional",
        "short",
        "twin elsewhere",
        "off topic",
        "one asks",
        "one judges",
        "one warns",
    )
)
"""Features that can only speak against; all others only for. So a few sets cannot teach the reverse by chance."""

Rows = list[tuple[dict[str, float], bool]]


def utterance_rows(event: EventSet) -> Rows:
    """Return the features of every pair that may be one utterance, and whether it is."""
    same = same_utterance(event.gold)
    compared = compare_candidates(make_sides(event.records))
    return [(found.features, frozenset(pair) in same) for pair, found in sorted(compared.items())]


def claim_rows(event: EventSet) -> Rows:
    """Return the features of every pair of different utterances that neither denies, and whether they share a claim."""
    same, bearing = same_utterance(event.gold), same_claim(event.gold)
    owner: dict[str, str] = {}
    for found in event.gold["utterances"]:
        for member in found["members"]:
            owner.setdefault(member, found["id"])
    sides = {side.id: side for side in make_sides(event.records) if side.vector.sign != "-"}
    places = place_utterances(sides, owner)
    return [
        (claim_features(a, b, compare_words(places[owner[a.id]], places[owner[b.id]])), pair in bearing)
        for a, b in itertools.combinations(sides.values(), 2)
        if (pair := frozenset((a.id, b.id))) not in same
    ]


def fit(sets: list[Rows], penalty: float = PENALTY) -> dict[str, float]:
    """Return the weights that maximise the penalised likelihood; each set of rows weighs the same."""
    names = sorted({name for rows in sets for features, _ in rows for name in features})
    matrix = np.array([[features.get(name, 0.0) for name in names] for rows in sets for features, _ in rows])
    right = np.array([1.0 if label else -1.0 for rows in sets for _, label in rows])
    weight = np.concatenate([np.full(len(rows), 2000.0 / max(1, len(rows))) for rows in sets])
    free = np.array([0.0 if name == "bias" else 1.0 for name in names])

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = right * (matrix @ values)
        lost = float((weight * np.logaddexp(0.0, -margin)).sum() + 0.5 * penalty * (free * values**2).sum())
        gradient = -(matrix.T @ (weight * right / (1.0 + np.exp(margin)))) + penalty * free * values
        return lost, gradient

    bounds = [(None, None) if name == "bias" else (None, 0.0) if name in AGAINST else (0.0, None) for name in names]
    values = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", bounds=bounds).x
    return {name: round(float(value), 3) for name, value in zip(names, values, strict=True)}


def fit_claims(sets: list[Rows]) -> dict[str, float]:
    """Return the weights of pairs that bear on one claim."""
    return fit(sets, CLAIM_PENALTY)


def write_weights(name: str, weights: dict[str, float], sets: list[str], penalty: float) -> None:
    """Write one model."""
    row = {"model": name, "sets": sets, "penalty": penalty, "weights": weights}
    (MODELS / f"{name}.json").write_bytes(orjson.dumps(row, option=orjson.OPT_INDENT_2) + b"\n")


def main() -> None:
    """Learn from all sets and write both models."""
    parser = argparse.ArgumentParser(prog="python -m training.corroboration", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="*", help="folders with more annotated sets")
    events = load_all(parser.parse_args().folders)
    names = [event.name for event in events]
    models = (
        (UTTERANCES, PENALTY, fit([utterance_rows(event) for event in events])),
        (CLAIMS, CLAIM_PENALTY, fit_claims([claim_rows(event) for event in events])),
    )
    for model, penalty, weights in models:
        write_weights(model, weights, names, penalty)
        print(f"{model}, learnt from {', '.join(names)}")
        for name, value in sorted(weights.items(), key=lambda item: -abs(item[1])):
            print(f"{value:8.3f}  {name}")


if __name__ == "__main__":
    main()
