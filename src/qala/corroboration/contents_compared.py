"""How alike two contents are: a few figures between 0 and 1, each from shared terms that can be shown.

Terms weigh by how rare they are: once in the news at large (``data/models/corroboration_terms.json``) and once in
the set at hand, where the words of the event are in every other statement and tell nothing apart.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from qala.corroboration.background import rarity
from qala.corroboration.signs import read_sign
from qala.corroboration.surroundings import WHOLE, Surroundings, list_articles, read_surroundings
from qala.corroboration.word_vectors import Mean, Sum, sum_words, take_centre

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qala.corroboration.contents import Content
    from qala.corroboration.model import Sign

_LONG_RUN = 8  # words in a row that are copied for certain
_GRAM = 2


@dataclass(frozen=True, slots=True)
class Vector:
    """The terms of a content as two weighted vectors of length 1, and what else is compared."""

    content: Content
    news: dict[str, float]  # weighted by rarity in the news
    here: dict[str, float]  # weighted by rarity in the set
    back: dict[str, float]  # with the terms of the context, weighted by rarity in the news
    topic: dict[str, float]
    grams: frozenset[tuple[str, ...]]
    concepts: frozenset[str]
    actors: frozenset[str]
    weight: float  # sum of ``news``
    mass: float  # sum of its squares
    sign: Sign
    words: Sum  # the place of its words among all words, without what the statements around it have in common


class Likeness(NamedTuple):
    """How alike two contents are; every figure between 0 and 1 and symmetric."""

    news: float  # cosine, rarity in the news
    here: float  # cosine, rarity in the set
    held: float  # share of the smaller content that the other holds (rarity in the news)
    context: float  # cosine with the context of thin contents
    grams: float  # share of the shorter content's pairs of words that stand in the other
    run: float  # longest run of equal words, 1 from eight words on
    quote: float  # share of the shorter one's quoted words that the other has in a run
    topic: float  # cosine of the articles' titles and first lines
    concepts: float  # Jaccard of concepts
    actors: float  # Jaccard of actors


def make_vectors(contents: Iterable[Content]) -> list[Vector]:
    """Return the vectors of a set of contents; their weights depend on the set, not on its order.

    Only contents that deny nothing are counted: so a denial that is added changes nothing between the others.
    """
    listed = list(contents)
    signs = [read_sign(content).sign for content in listed]
    topics = {content.record.document_id: _weigh_topic(content) for content in listed}
    counted = [content for content, sign in zip(listed, signs, strict=True) if sign != "-"]
    around = read_surroundings(list_articles(counted, topics))
    locals_ = {content.id: _weigh_local(content, around) for content in listed}
    words = _place_words(locals_, counted, listed, around)
    vectors = []
    for content, sign in zip(listed, signs, strict=True):
        news = {term: weight * rarity(term) for term, weight in content.terms.items()}
        back = news | {term: 0.6 * weight * rarity(term) for term, weight in content.context.items()}
        grams = frozenset(zip(*(content.words[i:] for i in range(_GRAM)), strict=False))
        known = unit(news)
        vectors.append(
            Vector(
                content=content,
                news=known,
                here=locals_[content.id],
                back=unit(back),
                topic=topics[content.record.document_id],
                grams=grams,
                concepts=frozenset(term for term in content.terms if term.startswith("c:")),
                actors=frozenset(term for term in content.terms if term.startswith(("a:", "p:", "o:"))),
                weight=math.fsum(known.values()),
                mass=math.fsum(value * value for value in known.values()),
                sign=sign,
                words=words[content.id],
            )
        )
    return vectors


def _weigh_local(content: Content, around: Mapping[str, Surroundings]) -> dict[str, float]:
    here = around.get(content.record.document_id, around[""])
    return unit({term: weight * here.rarity(term) for term, weight in content.terms.items()})


def _place_words(
    local: Mapping[str, dict[str, float]],
    counted: Iterable[Content],
    listed: Iterable[Content],
    around: Mapping[str, Surroundings],
) -> dict[str, Sum]:
    """Return the place of each content's words, less the mean of the statements that surround its article.

    Where few surround it, the mean counts less: so many as ``WHOLE`` are taken for statements on anything.
    """
    own = {number: sum_words(terms) for number, terms in local.items()}
    articles: dict[str, Mean] = {}
    for content in sorted(counted, key=lambda content: content.id):
        articles.setdefault(content.record.document_id, Mean()).add(own[content.id])
    centres: dict[str, Mean] = {}
    for name in sorted({content.record.document_id for content in listed}):
        centre = centres[name] = Mean()
        centre.add((), WHOLE)
        for other in sorted(around.get(name, around[""]).near):
            centre.add(articles[other].total, articles[other].count)
    return {content.id: take_centre(own[content.id], centres[content.record.document_id]) for content in listed}


def _weigh_topic(content: Content) -> dict[str, float]:
    return unit({term: weight * rarity(term) for term, weight in content.topic.items()})


def unit(vector: Mapping[str, float]) -> dict[str, float]:
    """Return a vector of length 1, without what weighs nothing; summed in one order, whatever came first."""
    length = math.sqrt(math.fsum(sorted(value * value for value in vector.values())))
    return {term: value / length for term, value in vector.items() if value > 0} if length else {}


def dot(a: dict[str, float], b: dict[str, float]) -> float:
    """Return the scalar product of two vectors."""
    return math.fsum([a[term] * b[term] for term in a.keys() & b.keys()])


def compare_contents(a: Vector, b: Vector) -> Likeness:
    """Return how alike two contents are."""
    fewer = min(len(a.grams), len(b.grams))
    run = longest_run(a.content.words, b.content.words) if a.grams & b.grams else 0
    return Likeness(
        news=dot(a.news, b.news),
        here=dot(a.here, b.here),
        held=share_held(a, b),
        context=dot(a.back, b.back),
        grams=len(a.grams & b.grams) / fewer if fewer else 0.0,
        run=min(run, _LONG_RUN) / _LONG_RUN,
        quote=_quoted(a.content, b.content),
        topic=dot(a.topic, b.topic),
        concepts=jaccard(a.concepts, b.concepts),
        actors=jaccard(a.actors, b.actors),
    )


def share_held(a: Vector, b: Vector) -> float:
    """Return which share of the smaller content the other holds, by rarity in the news."""
    smaller, larger = (a, b) if (a.weight, a.content.id) <= (b.weight, b.content.id) else (b, a)
    if not smaller.mass:
        return 0.0
    return math.fsum([smaller.news[term] ** 2 for term in smaller.news.keys() & larger.news.keys()]) / smaller.mass


def jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    """Return what two sets share of all that they hold; 0 for two empty ones."""
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared) if shared else 0.0


def longest_run(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    """Return the length of the longest run of equal words of two sequences; work grows with their equal words."""
    if not (shared := set(a).intersection(b)):
        return 0
    places: dict[str, list[int]] = {word: [] for word in shared}
    for place, word in enumerate(b):
        if word in shared:
            places[word].append(place)
    best = 0
    before: dict[int, int] = {}
    for word in a:
        now = {place: before.get(place - 1, 0) + 1 for place in places.get(word, ())}
        best = max(best, *now.values()) if now else best
        before = now
    return best


def _quoted(a: Content, b: Content) -> float:
    """Return the best share of a quotation of the one that stands in a run in the other."""
    best = 0.0
    for one, other in ((a, b), (b, a)):
        for quote in one.quotes:
            if len(quote) < len(other.words) * 3:
                best = max(best, longest_run(quote, other.words) / len(quote))
    return best


def shared_terms(a: Vector, b: Vector, most: int = 6) -> tuple[str, ...]:
    """Return the terms that make two contents alike, the heaviest first; skeletons are left out."""
    both = [
        (value * b.back[term], term) for term, value in a.back.items() if term in b.back and not term.startswith("r:")
    ]
    return tuple(term for _, term in sorted(both, key=lambda pair: (-pair[0], pair[1]))[:most])
