"""``python -m training.build``: cross-validate, print the honest figures, train on everything, write the models.

Deterministic: the same articles give the same files, byte for byte. Needs ``../shared``.
"""

import argparse
import json
from pathlib import Path

import orjson

from qala.extraction.ranker import Rankers
from training.cross_validation import Material, cross_validate
from training.gold import load_articles

MODELS = Path(__file__).resolve().parents[1] / "src" / "qala" / "data" / "models"
OUT = Path(__file__).resolve().parents[1] / "out"


def write_models(rankers: Rankers, articles: int) -> None:
    """Write each ranker as JSON, features sorted, so that a diff shows what changed."""
    MODELS.mkdir(parents=True, exist_ok=True)
    for name, weights in zip(Rankers._fields, rankers, strict=True):
        content = {"ranker": name, "articles": articles, "weights": dict(sorted(weights.items()))}
        (MODELS / f"{name}.json").write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2))


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-models", action="store_true", help="cross-validate only")
    parser.add_argument("--no-validation", action="store_true", help="train only")
    options = parser.parse_args()
    articles = load_articles()
    material = Material(articles)
    prepared = material.prepare()
    if not options.no_validation:
        predictions = cross_validate(material, prepared)
        OUT.mkdir(exist_ok=True)
        with (OUT / "cross_validation.jsonl").open("w", encoding="utf-8") as file:
            for key in sorted(predictions):
                file.write(json.dumps(predictions[key], ensure_ascii=False) + "\n")
    if not options.no_models:
        write_models(material.fit_all(), len(articles))


if __name__ == "__main__":
    main()
