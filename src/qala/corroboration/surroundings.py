"""How common terms are in the news around an article: in the articles of its days that are on its topic.

The words of an event stand in every other statement on it and tell nothing apart there, however rare they are in
the whole of a ledger. So they are counted among an article's nearest in topic, and what comes in about other things
changes nothing. Work grows with the articles of a few days, not with the ledger.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qala.corroboration.contents import Content

DAYS = 9  # between two articles of one event
NEAREST = 60  # articles that surround one, itself among them
ALIKE = 0.12  # likeness of topics of two articles on one event
_KEYS = 8  # terms of a topic by which its like are looked up
_MOST_NEAR = 400  # articles of a window of one list
WHOLE = 20.0  # statements that the whole set counts for, where few surround an article


class Article(NamedTuple):
    """An article's topic (of length 1), day of publication (0 where unknown), and counts of its statements' terms."""

    id: str
    day: int
    topic: Mapping[str, float]
    terms: Counter[str]
    statements: int


class Surroundings(NamedTuple):
    """How many of ``total`` statements hold each term; parts of statements where the whole set counts, too.

    ``near`` are the ids of the articles that surround one, itself first.
    """

    total: float
    holders: Mapping[str, float]
    near: tuple[str, ...] = ()

    def rarity(self, term: str) -> float:
        """Return how rare a term is here: near 0 where every statement holds it, near 1 where none does."""
        return math.log((self.total + 1) / (self.holders.get(term, 0.0) + 0.5)) / math.log(self.total + 2)


def list_articles(contents: Iterable[Content], topics: Mapping[str, Mapping[str, float]]) -> list[Article]:
    """Return the articles of ``contents`` by day and id; ``topics`` gives each document's."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    statements: Counter[str] = Counter()
    days: dict[str, int] = {}
    for content in contents:
        document = content.record.document_id
        counts[document].update(content.terms.keys())
        statements[document] += 1
        days[document] = content.published.toordinal() if content.published else 0
    articles = [Article(id, days[id], topics[id], counts[id], statements[id]) for id in counts]
    return sorted(articles, key=lambda article: (article.day, article.id))


def read_surroundings(articles: Sequence[Article]) -> dict[str, Surroundings]:
    """Return the surroundings of each article of :func:`list_articles` by its id; ``""`` stands for all of them."""
    whole: Counter[str] = Counter()
    for article in articles:
        whole.update(article.terms)
    total = sum(article.statements for article in articles)
    shares = {term: WHOLE * count / total for term, count in whole.items()}
    found = {"": Surroundings(float(total), whole)}
    for article, near in zip(articles, _find_near(articles), strict=True):
        here: Counter[str] = Counter()
        for other in near:
            here.update(other.terms)
        holders = {term: count + shares[term] for term, count in here.items()}
        total_near = WHOLE + sum(other.statements for other in near)
        found[article.id] = Surroundings(total_near, _Over(holders, shares), tuple(other.id for other in near))
    return found


class _Over(dict[str, float]):
    """Counts of an article's surroundings; what does not stand there counts as in the whole set."""

    def __init__(self, holders: Mapping[str, float], shares: Mapping[str, float]) -> None:
        super().__init__(holders)
        self._shares = shares

    def get(self, term: str, default: float = 0.0) -> float:  # type: ignore[override]
        return self[term] if term in self else self._shares.get(term, default)


def _find_near(articles: Sequence[Article]) -> list[list[Article]]:
    """Return for each article the nearest in topic within the days, itself first."""
    near: list[list[tuple[float, int]]] = [[] for _ in articles]
    index: defaultdict[str, list[int]] = defaultdict(list)
    for number, article in enumerate(articles):
        keys = sorted(article.topic, key=lambda term: (-article.topic[term], term))[:_KEYS]
        met = {other for key in keys for other in index[key][-_MOST_NEAR:] if article.day - articles[other].day <= DAYS}
        for other in met:
            alike = _dot(article.topic, articles[other].topic)
            if alike >= ALIKE:
                near[number].append((-alike, other))
                near[other].append((-alike, number))
        for key in keys:
            index[key].append(number)
    return [
        [articles[number], *(articles[other] for _, other in sorted(found)[: NEAREST - 1])]
        for number, found in enumerate(near)
    ]


def _dot(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    return math.fsum([a[term] * b[term] for term in a.keys() & b.keys()])
