"""The terms of a text with their spans, and a document as tokens with its actors.

Terms are short strings: ``c:attack`` a concept, ``a:ru`` a country or its government, ``p:ID`` a person, ``o:ID``
another actor, ``w:STEM`` and ``r:SKELETON`` a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qala.corroboration.concepts import find_concepts
from qala.lexicon.actors import ActorBase, load_actors
from qala.lexicon.stems import bare, skeleton, stem
from qala.lexicon.words import word_class
from qala.text.words import MARK, NUMBER, Words, find_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qala.model import Document, Span

STOPS = frozenset((".", "\n", "?", "!"))
"""Marks that end a sentence."""
_CONCEPT, _CONCEPT_WORD, _WORD, _SKELETON, _HOME, _DEMONYM = 1.0, 0.4, 0.7, 0.4, 0.5, 0.8
"""Weights of the kinds of terms: a concept and its own word, another word and its skeleton, the country of a
person, an adjective of a country."""
CONCEPT_WEIGHT = _CONCEPT
_STATES = frozenset(("state", "place", "building", "government"))
_LEAD = 400  # code points of an article that tell its topic, the title with them


class Page(NamedTuple):
    """A document's tokens with their actors: token index to terms."""

    words: Words
    actors: dict[int, tuple[tuple[str, float], ...]]
    topic: dict[str, float]


def read_sentences(document: Document) -> Iterator[dict[str, float]]:
    """Yield the terms of each sentence of a document; for counting how common they are."""
    words = find_words(document.text)
    actors = _find_actors(words)
    first = 0
    for token in range(len(words) + 1):
        if token == len(words) or words.forms[token] in STOPS:
            terms: dict[str, float] = {}
            add_terms(words, range(first, token), actors, terms, {})
            if terms:
                yield terms
            first = token + 1


def _find_actors(words: Words) -> dict[int, tuple[tuple[str, float], ...]]:
    """Return the terms of the actors and demonyms of a text by their tokens."""
    base = load_actors()
    actors: dict[int, tuple[tuple[str, float], ...]] = {}
    for mention in base.find(words):
        terms = _actor_terms(mention.ids, base)
        for token in range(mention.first, mention.last + 1):
            actors[token] = terms if token == mention.first else ()
    for here in base.find_demonyms(words):
        for token in range(here.first, here.last + 1):
            if token not in actors:
                states = {demonym.state for demonym in here.demonyms}
                found = ((f"a:{states.pop()}", _DEMONYM),) if len(states) == 1 and token == here.first else ()
                actors[token] = found
    return actors


def read_page(document: Document) -> Page:
    """Return the tokens of a document with its actors, and the terms of its title and first lines."""
    words = find_words(document.text)
    actors = _find_actors(words)
    last = words.end_before(_LEAD) - 1
    topic: dict[str, float] = {}
    spans: dict[str, Span] = {}
    title = find_words(document.title or "")
    add_terms(title, range(len(title)), {}, topic, spans)
    add_terms(words, range(last + 1), actors, topic, spans)
    return Page(words, actors, topic)


def _actor_terms(ids: tuple[str, ...], base: ActorBase) -> tuple[tuple[str, float], ...]:
    if len(ids) != 1:
        return tuple((f"o:{key}", 1.0) for key in ids[:1])
    actor = base.get(ids[0])
    if actor is None:
        return ()
    if actor.kind == "person":
        return ((f"p:{actor.id}", 1.0), *(((f"a:{actor.country}", _HOME),) if actor.country else ()))
    if actor.kind == "place":
        return ((f"o:{actor.id}", _WORD), *(((f"a:{actor.country}", _HOME),) if actor.country else ()))
    if actor.kind in _STATES:
        country = actor.country or (actor.id if actor.kind == "state" else None)
        extra = ((f"o:{actor.id}", _HOME),) if ":" in actor.id else ()
        return ((f"a:{country}", 1.0), *extra) if country else ((f"o:{actor.id}", 1.0),)
    return ((f"o:{actor.id}", 1.0),)


def add_terms(
    words: Words,
    tokens: range,
    actors: dict[int, tuple[tuple[str, float], ...]],
    terms: dict[str, float],
    spans: dict[str, Span],
) -> dict[str, tuple[int, str]]:
    """Add the terms of ``tokens``; return the token and the pole of each term that has one."""
    at: dict[str, tuple[int, str]] = {}
    if not tokens:
        return at

    def add(term: str, weight: float, token: int, last: int, pole: str = "") -> None:
        terms[term] = max(terms.get(term, 0.0), weight)
        spans.setdefault(term, words.span(token, last))
        at.setdefault(term, (token, pole))

    concepts = {}
    for found in find_concepts(words, tokens[0], tokens[-1]):
        for token in range(found.first, found.last + 1):
            concepts[token] = found
        add(f"c:{found.concept.name}", _CONCEPT, found.first, found.last, found.concept.pole)
    for token in tokens:
        if words.kinds[token] in (MARK, NUMBER):
            continue
        if token in actors:
            for term, weight in actors[token]:
                add(term, weight, token, token)
            continue
        form = words.forms[token]
        if word_class(form) or word_class(bare(words.plains[token])):
            continue
        inner = stem(words.plains[token])
        if len(inner) < 2:
            continue
        if token in concepts:
            add(f"w:{inner}", _CONCEPT_WORD, token, token)
            continue
        add(f"w:{inner}", _WORD, token, token)
        add(f"r:{skeleton(words.plains[token])}", _SKELETON, token, token)
    return at
