"""Training in folds, so that every article is measured by rankers that never saw it.

The choice of ends looks at the readings accepted around a content. While training they come from rankers
of another fold than the article's own, as they would for an unseen article.
"""

import random
from typing import Any

from qala.exports.jsonl import describe_reading
from qala.extraction.attribution import Draft, accept_readings, find_drafts
from qala.extraction.end_features import NOTHING_ACCEPTED, Accepted
from qala.extraction.ranker import Rankers, Remembering, Weights
from qala.pipeline import extract
from training.gold import Article
from training.groups import (
    Decision,
    Example,
    accepted_of,
    act_group,
    end_group,
    examples,
    phrase_group,
    reading_decisions,
    source_group,
    speaker_groups,
)
from training.lexicon_examples import NAME as LEXICON
from training.maxent import Group, Table

FOLDS = 5
_PENALTY = {
    "reading": 1.0,
    "end": 2.0,
    "source": 1.0,
    "act": 1.5,
    "when": 1.0,
    "channel": 1.0,
    "first_speaker": 4.0,
    "speaker": 10.0,  # every decision counts twice
}
"""Found by cross-validation, each for itself: coarse steps of two, the best mean likelihood."""


_LEAST = {"act": 0.12}
"""Weights below these are left out (0.05 for the others): at half as many weights no ranker's likelihood on a fold
left out changes by a hundredth, and the tables fit a processor's cache better."""

_COUNTS = {"dev": 2, "events": 2, LEXICON: 4}
"""How often an article counts beside one of our own annotations: two careful people made the shared gold, and an
example of the lexicon is a promise that must hold."""


def folds_of(articles: list[Article]) -> list[int]:
    """Return the fold of each article: shuffled once by a fixed seed, independent of their order.

    The lexicon's examples are in no fold (-1): always learnt from, never measured.
    """
    order = sorted(
        (i for i, article in enumerate(articles) if article.name != LEXICON),
        key=lambda i: articles[i].document.id,
    )
    random.Random(7).shuffle(order)
    out = [-1] * len(articles)
    for place, i in enumerate(order):
        out[i] = place % FOLDS
    return out


class Material:
    """The decisions of all articles, made once; ``accepted`` is filled when readings are known."""

    def __init__(self, articles: list[Article]) -> None:
        """Align every article with the package's candidates."""
        self.articles = articles
        self.folds = folds_of(articles)
        self.decisions: list[list[Decision]] = [reading_decisions(article) for article in articles]
        self.examples: list[list[Example]] = [
            examples(article, found) for article, found in zip(articles, self.decisions, strict=True)
        ]
        self.accepted: list[Accepted] = [NOTHING_ACCEPTED for _ in articles]
        self.drafts: list[list[Draft]] = [[] for _ in articles]
        self.first_speakers: list[Weights] = []  # by fold: rankers that saw only right speakers before each choice
        self._first: dict[int, list[Group]] = {}  # decisions that both rankers of speakers learn from, by article
        self.tables: dict[str, Table] = {}  # filled when first asked for: "end" needs what was accepted

    def _groups(self, name: str, number: int) -> list[Group]:
        article, found = self.articles[number], self.examples[number]
        scan = article.scan
        if name == "reading":
            return [decision.group for decision in self.decisions[number]]
        if name == "first_speaker":
            if number not in self._first:
                self._first[number] = speaker_groups(article, self.drafts[number])
            return self._first[number]
        if name == "speaker":
            first = self.first_speakers[self.folds[number]]
            return self._groups("first_speaker", number) + speaker_groups(article, self.drafts[number], first)
        made: list[Group | None]
        if name == "end":
            made = [end_group(scan, example, self.accepted[number]) for example in found]
        elif name == "source":
            made = [source_group(scan, example) for example in found]
        elif name == "act":
            made = [act_group(scan, example) for example in found]
        else:
            made = [phrase_group(scan, example, name) for example in found]
        return [group for group in made if group is not None]

    def fit(self, name: str, without: int | None) -> Weights:
        """Train one ranker on all articles but those of the fold ``without``."""
        if name not in self.tables:
            numbers = range(len(self.articles))
            groups = ((n, self._groups(name, n)) for n in numbers)
            self.tables[name] = Table((g, self.folds[n]) for n, found in groups for g in found * self._times(n))
        at_least = 3 if name == "act" else 2
        weights = self.tables[name].train(
            without, penalty=_PENALTY[name], at_least=at_least, least=_LEAST.get(name, 0.05)
        )
        return Remembering(weights)

    def _times(self, number: int) -> int:
        """Return how often an article counts."""
        return _COUNTS.get(self.articles[number].name, 1)

    def prepare(self) -> list[Rankers]:
        """Train readings, ends and sources in folds and keep what they make of each article of their fold.

        Returns the rankers of each fold, the later ones still empty.
        """
        readings = [self.fit("reading", fold) for fold in range(FOLDS)]
        for number, article in enumerate(self.articles):
            found = accept_readings(article.scan, readings[self.folds[number]])
            self.accepted[number] = accepted_of(found)
        rankers = [
            Rankers(readings[fold], self.fit("end", fold), self.fit("source", fold), {}, {}, {}, {})
            for fold in range(FOLDS)
        ]
        for number, article in enumerate(self.articles):
            self.drafts[number] = find_drafts(article.scan, rankers[self.folds[number]])
        self.first_speakers = [self.fit("first_speaker", fold) for fold in range(FOLDS)]
        return rankers

    def complete(self, rankers: Rankers, without: int | None) -> Rankers:
        """Return ``rankers`` with those trained that decide about drafts."""
        return rankers._replace(**{name: self.fit(name, without) for name in ("act", "when", "channel", "speaker")})

    def fit_all(self) -> Rankers:
        """Train every ranker on all articles; :meth:`prepare` must have run."""
        first = Rankers(self.fit("reading", None), self.fit("end", None), self.fit("source", None), {}, {}, {}, {})
        return self.complete(first, None)


def cross_validate(material: Material, prepared: list[Rankers]) -> dict[str, dict[str, Any]]:
    """Return the prediction for every article, in the gold's form, by rankers trained without its fold."""
    out: dict[str, dict[str, Any]] = {}
    for fold in range(FOLDS):
        rankers = material.complete(prepared[fold], fold)
        for number, article in enumerate(material.articles):
            if material.folds[number] == fold:
                out[article.document.id] = describe_reading(extract(article.document, rankers))
    return out
