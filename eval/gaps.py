"""How far other articles fall behind dev: by set, by outlet, by year, and by outlets unseen in training.

The folds of the cross-validation hold articles of every outlet, so an unseen article there is of a known
outlet. ``--unseen`` also cross-validates with whole outlets as folds. The outlets of 2015 and those of 2018
are different ones, but each year is in the training sets then, too.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from training.cross_validation import FOLDS, Material, cross_validate

from eval.matching import Match, Tally, tally
from eval.predictions import CROSS_VALIDATION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from training.gold import Article

    from eval.gold_scorer import Figures

UNSEEN = CROSS_VALIDATION.with_name("cross_validation_outlets.jsonl")
WIDE = 0.04
"""The gap in attribution F1 that is too wide."""
_FEW = 60  # gold statements; under it a difference says little (a standard error of about 0.05)


class Part(NamedTuple):
    """The statements of one set, outlet or year."""

    name: str
    articles: int
    tally: Tally

    @property
    def attribution(self) -> float:
        """Attribution F1."""
        return self.tally.f1(self.tally.right)

    @property
    def content(self) -> float:
        """Content F1."""
        return self.tally.f1(self.tally.found)


def outlet_of(article: Article) -> str:
    """Return the outlet's name, "?" where it is not known."""
    return article.document.outlet or "?"


def year_of(article: Article) -> str:
    """Return the year of publication, "?" where it is not known."""
    return str(article.document.published.year) if article.document.published else "?"


def split(articles: list[Article], matches: list[Match], key: Callable[[Article], str]) -> list[Part]:
    """Return the parts that ``key`` makes, the largest first."""
    groups: defaultdict[str, list[Match]] = defaultdict(list)
    for match in matches:
        groups[key(match.article)].append(match)
    counts = Counter(key(article) for article in articles)
    parts = [Part(name, count, tally(groups[name])) for name, count in counts.items()]
    return sorted(parts, key=lambda part: (-part.tally.gold, part.name))


def gap_lines(articles: list[Article], matches: list[Match]) -> Iterator[str]:
    """Yield a table: dev, the other sets, then each outlet and year within its set, with the gap to dev."""
    dev = tally(match for match in matches if match.article.name == "dev")
    against = dev.f1(dev.right)
    heads = f"{'content F1':>12}{'attribution F1':>16}{'behind dev':>12}"
    yield f"{'set, outlet, year':28}{'articles':>9}{'gold':>7}{heads}"
    sets = split(articles, matches, lambda article: article.name)
    for part in sets:
        yield _line(part, against)
    for part in sets:
        mine = [article for article in articles if article.name == part.name]
        theirs = [match for match in matches if match.article.name == part.name]
        for key in (outlet_of, year_of):
            for piece in split(mine, theirs, key):
                yield _line(piece._replace(name=f"  {part.name} {piece.name}"), against)


def _line(part: Part, against: float) -> str:
    gap = against - part.attribution
    remark = "  (few)" if part.tally.gold < _FEW else "  wide" if gap > WIDE else ""
    return (
        f"{part.name:28}{part.articles:9}{part.tally.gold:7}{part.content:12.3f}"
        f"{part.attribution:16.3f}{gap:+12.3f}{remark}"
    )


_GAPS = {
    "gap.events": ("dev.attribution.f1", "events.attribution.f1", "events, read as unseen articles"),
    "gap.own": ("dev.attribution.f1", "own.attribution.f1", "own, read as unseen articles"),
    "gap.dev.unseen": ("dev.attribution.f1", "unseen.dev.attribution.f1", "dev, read as of unseen outlets"),
    "gap.own.unseen": ("own.attribution.f1", "unseen.own.attribution.f1", "own, read as of unseen outlets"),
}


def gap_figures(figures: Figures) -> Figures:
    """Return the gaps between sets, and between known and unseen outlets on the same articles."""
    return {
        name: round(figures[one] - figures[other], 4)
        for name, (one, other, _) in _GAPS.items()
        if one in figures and other in figures
    }


def gap_figure_lines(figures: Figures, landed: Figures) -> Iterator[str]:
    """Yield a line for each gap: what falls behind, by how much, and by how much it fell behind last time."""
    for name, (one, _, what) in _GAPS.items():
        if name in figures:
            was = f" ({landed[name]:+.3f})" if name in landed else ""
            wide = "  wide" if figures[name] > WIDE else ""
            yield f"gap: {what}: behind {one} by {figures[name]:+.3f}{was}{wide}"


def outlet_folds(articles: list[Article]) -> list[int]:
    """Return a fold for each article so that an outlet lies in one fold; folds about equal in statements.

    An article without an outlet gets -1: it is in every training set and never scored.
    """
    weights: Counter[str] = Counter()
    for article in articles:
        if article.document.outlet:
            weights[article.document.outlet] += len(article.statements)
    loads = [0] * FOLDS
    fold: dict[str, int] = {}
    for outlet, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
        fold[outlet] = loads.index(min(loads))
        loads[fold[outlet]] += weight
    return [fold.get(article.document.outlet or "", -1) for article in articles]


def cross_validate_outlets(articles: list[Article]) -> dict[str, dict[str, Any]]:
    """Return each article's prediction by rankers that saw none of its outlet, and keep them in ``out/``."""
    material = Material(articles)
    folds = outlet_folds(articles)
    material.folds = folds
    predictions = cross_validate(material, material.prepare())
    UNSEEN.parent.mkdir(exist_ok=True)
    with UNSEEN.open("w", encoding="utf-8") as file:
        for key in sorted(predictions):
            file.write(json.dumps(predictions[key], ensure_ascii=False) + "\n")
    return predictions
