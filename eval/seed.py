"""The seed article, in no training set, read with the models that ship, with its date and without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from training.gold import SHARED, load_shared, make_article

from eval.gold_scorer import Figures, flatten, score_articles
from eval.matching import Match, match_article
from qala.exports.jsonl import describe_reading
from qala.pipeline import extract

if TYPE_CHECKING:
    from types import ModuleType

FILES = {"seed": "seed.jsonl", "seed.nodate": "seed.nodate.jsonl"}


class SeedResult(NamedTuple):
    """The scorer's result and the pairs for the seed in one form."""

    name: str
    scores: dict[str, Any]
    matches: list[Match]

    @property
    def found(self) -> int:
        """How many of the seed's statements were found."""
        return sum(match.both for match in self.matches)

    @property
    def speakers(self) -> int:
        """How many of them with the right speaker."""
        return sum(match.speaker for match in self.matches)

    def figures(self) -> Figures:
        """Return everything as named figures."""
        counts = {f"{self.name}.found": self.found, f"{self.name}.speakers": self.speakers}
        return {**flatten(self.name, self.scores), **counts}


def read_seed(scorer: ModuleType) -> list[SeedResult]:
    """Return the result for every form of the seed that is there."""
    out = []
    for name, file in FILES.items():
        articles = [make_article(*row) for row in load_shared(SHARED / "gold" / file, name)]
        found = {a.document.id: describe_reading(extract(a.document))["statements"] for a in articles}
        matches = [match for a in articles for match in match_article(scorer, a, found[a.document.id])]
        if articles:
            out.append(SeedResult(name, score_articles(scorer, articles, found), matches))
    return out
