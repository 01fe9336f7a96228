"""Learn the weights of pairs of statements from annotated event sets; few features, strong regularisation.

``python -m training.corroboration`` writes ``src/qala/data/models/utterance_pairs.json``. The annotated sets are
those of the shared gold (and of ``--extra FOLDER``, with files named alike). Every set counts the same, however
many pairs it has.
"""

from __future__ import annotations

import argparse
import itertools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import orjson
from scipy.optimize import minimize

from qala.corroboration.gold_form import read_statements
from qala.corroboration.utterances import MODEL, compare_candidates, make_sides
from training.gold import SHARED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qala.records import Record

MODELS = Path(__file__).resolve().parents[1] / "src" / "qala" / "data" / "models"
EVENTS = SHARED / "gold" / "events"
PENALTY = 1.0
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
    )
)
"""Features that can only speak against; all others only for. So two sets cannot teach the reverse by chance."""


class EventSet(NamedTuple):
    """The records of an event and its annotation in the gold's form."""

    name: str
    records: list[Record]
    gold: dict[str, Any]


def load_events(folder: Path = EVENTS) -> list[EventSet]:
    """Return the event sets of a folder, by name."""
    return [
        EventSet(
            path.name.split(".")[0],
            read_statements(path),
            json.loads(path.with_name(path.name.replace(".articles.jsonl", ".corroboration.json")).read_text("utf-8")),
        )
        for path in sorted(folder.glob("*.articles.jsonl"))
    ]


def utterance_rows(event: EventSet) -> list[tuple[dict[str, float], bool]]:
    """Return the features of every pair that may be one utterance, and whether it is."""
    same = {
        frozenset(pair)
        for found in event.gold["utterances"]
        for pair in itertools.combinations(sorted(set(found["members"])), 2)
    }
    compared = compare_candidates(make_sides(event.records))
    return [(found.features, frozenset(pair) in same) for pair, found in sorted(compared.items())]


def fit(sets: list[list[tuple[dict[str, float], bool]]], penalty: float = PENALTY) -> dict[str, float]:
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


def write_weights(name: str, weights: dict[str, float], sets: list[str]) -> None:
    """Write one model."""
    row = {"model": name, "sets": sets, "penalty": PENALTY, "weights": weights}
    (MODELS / f"{name}.json").write_bytes(orjson.dumps(row, option=orjson.OPT_INDENT_2) + b"\n")


def main() -> None:
    """Learn from all sets and write the model."""
    parser = argparse.ArgumentParser(prog="python -m training.corroboration", description=__doc__)
    parser.add_argument("--extra", type=Path, help="a folder with more annotated sets")
    options = parser.parse_args()
    events = load_events() + (load_events(options.extra) if options.extra else [])
    weights = fit([utterance_rows(event) for event in events])
    write_weights(MODEL, weights, [event.name for event in events])
    for name, value in sorted(weights.items(), key=lambda item: -abs(item[1])):
        print(f"{value:8.3f}  {name}")


if __name__ == "__main__":
    main()
