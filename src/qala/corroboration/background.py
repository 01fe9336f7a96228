"""How common terms are in the news at large (``data/models/corroboration_terms.json``, counted by training)."""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import orjson


class Background(NamedTuple):
    """How many of ``sentences`` of the news hold each term."""

    sentences: int
    terms: dict[str, int]


@cache
def load_background() -> Background:
    """Return the packaged counts."""
    row = orjson.loads((files("qala") / "data" / "models" / "corroboration_terms.json").read_bytes())
    return Background(row["sentences"], row["terms"])


@cache
def rarity(term: str) -> float:
    """Return how rare a term is in the news, 0 (in every sentence) to 1 (in none that was counted)."""
    background = load_background()
    return 1.0 - math.log1p(background.terms.get(term, 0)) / math.log1p(background.sentences)
