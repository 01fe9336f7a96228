"""The shared gold's own scorer, loaded from where it lies and never copied, and its figures as flat names.

A figure's name is ``SET.KEY`` or ``SET.KEY.p|r|f1`` (``dev.attribution.f1``); all but counts are shares.
``speaker`` is not the scorer's: the share of matched contents with the right speaker, which is
``attribution.r / content.r``.
"""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from types import ModuleType

    from training.gold import Article

Statement = dict[str, Any]
Figures = dict[str, float]
COUNTS = ("articles", "gold", "predicted")


def load_scorer(path: Path) -> ModuleType:
    """Return the scorer at ``path`` as a module; raises ``ImportError`` where it cannot be loaded."""
    spec = importlib.util.spec_from_file_location("gold_score", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score_articles(
    scorer: ModuleType, articles: Iterable[Article], predictions: Mapping[str, list[Statement]]
) -> dict[str, Any]:
    """Return the scorer's result for ``articles``; an article without a prediction counts as empty."""
    gold = [{"id": a.document.id, "text": a.document.text, "statements": _numbered(a.statements)} for a in articles]
    found: dict[str, Any] = scorer.score(gold, predictions)
    content = found["content"]["r"]
    # three places: the scorer rounds what is divided here to four
    found["speaker"] = round(found["attribution"]["r"] / content, 3) if content else 0.0
    return found


def _numbered(statements: list[Statement]) -> list[Statement]:
    """The scorer reads ``parent`` and the like with ``[]``: keys that a set leaves out are null."""
    keys = ("source", "channel", "when", "when_date", "parent", "speaker")
    return [{**dict.fromkeys(keys), "hedged": False, **statement} for statement in statements]


def flatten(name: str, result: Mapping[str, Any]) -> Figures:
    """Return a scorer's result as named figures; what was not measured (no gold dates) is left out."""
    out: Figures = {}
    for key, value in result.items():
        if isinstance(value, dict):
            out |= {f"{name}.{key}.{part}": number for part, number in value.items()}
        elif value is not None:
            out[f"{name}.{key}"] = value
    return out
