"""Particles written on to a name: the ways in which a folded word may be particle + name.

The letters come from ``actors/spelling.yaml``. What is proposed here is only a candidate: a name must stand
in the base under what is left, and the word as written goes first; so words that merely begin like a
particle (agency, state, Libya) stay whole.
"""

from functools import cache, lru_cache
from typing import NamedTuple

from qala.lexicon.spelling import folded


class Particles(NamedTuple):
    """The letters of particles, folded: conjunctions, prepositions, the article, and what "li" + article
    becomes.
    """

    conjunctions: frozenset[str]
    prepositions: frozenset[str]
    article: str
    article_after_l: str


@cache
def load_particles() -> Particles:
    """Return the particles of ``spelling.yaml``."""
    return Particles(
        frozenset(folded("particles", "conjunctions")),
        frozenset(folded("particles", "prepositions")),
        folded("particles", "article")[0],
        folded("particles", "article_after_l")[0],
    )


class Split(NamedTuple):
    """One way to read a word: ``cut`` letters of particles, then ``rest`` (with its article put back)."""

    cut: int
    rest: str


_SHORTEST = 2  # letters that must be left


@lru_cache(maxsize=1 << 16)
def split_particles(form: str) -> tuple[Split, ...]:
    """Return the readings of a folded word as particles + rest, the word as a whole first.

    ``cut`` counts letters of the folded word; where the article has lost its first letter after "li", it is
    put back in ``rest`` and the remaining letter belongs to the name.
    """
    particles = load_particles()
    splits = [Split(0, form)]
    if len(form) > _SHORTEST and form[0] in particles.conjunctions:
        splits.append(Split(1, form[1:]))
        splits.extend(_after_preposition(form, 1, particles))
    splits.extend(_after_preposition(form, 0, particles))
    return tuple(splits)


def _after_preposition(form: str, start: int, particles: Particles) -> list[Split]:
    rest = form[start + 1 :]
    if len(rest) < _SHORTEST or form[start] not in particles.prepositions:
        return []
    splits = [Split(start + 1, rest)]
    double = particles.article_after_l
    if form.startswith(double, start) and len(form) - start > len(double) + 1:
        splits.append(Split(start + 1, particles.article + form[start + 2 :]))
        splits.append(Split(start + 1, particles.article + form[start + 1 :]))
    return splits
