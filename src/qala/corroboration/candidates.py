"""Which pairs of statements are worth comparing: they share a rare term and may share the speaker, near in time.

An inverted index makes the pairs; no statement is compared with the whole ledger. Sorted by day, a list of the
index is read with a window, so that the work grows with the statements of a few days and not with the ledger.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from qala.corroboration.clusters import Pair, pair_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qala.corroboration.pairs import Side

MOST_TERMS = 14  # of one statement, the heaviest
WINDOW = 9  # days between publications
LEAST = 0.2  # of the product of two contents over their heavy terms, for a claim
MOST_NEAR = 400  # statements in a window of one list; a list that is denser tells nothing
_Kept = tuple[int, str, float]  # day, statement, weight of the term in it
_KINDS = ("c:", "w:", "p:", "o:", "a:")


def heavy_terms(side: Side) -> tuple[str, ...]:
    """Return the terms by which a statement is looked up: the heaviest of content and context."""
    vector = side.vector
    terms = ((weight, term) for term, weight in vector.back.items() if term.startswith(_KINDS))
    return tuple(term for _, term in sorted(terms, key=lambda pair: (-pair[0], pair[1]))[:MOST_TERMS])


def find_candidates(sides: Iterable[Side], *, speakers: bool = True) -> Iterator[Pair]:
    """Yield the pairs of ids that share a heavy term, each once; with ``speakers`` also a word of the speaker.

    Speakers share their id, their country, a word of the name, of a person's title, or an inquiry into one case; one
    who is not named at all may be anybody. Without
    ``speakers`` the heavy terms that a pair shares weigh at least :data:`LEAST`: one common word makes no claim.
    """
    least = 0.0 if speakers else LEAST
    listed = sorted(sides, key=lambda side: (_day(side), side.id))
    index: defaultdict[tuple[str, str], list[_Kept]] = defaultdict(list)
    for side in listed:
        day = _day(side)
        kept, asked = _keys(side) if speakers else (("",), ("",))
        shared: defaultdict[str, float] = defaultdict(float)
        for term in heavy_terms(side):
            weight = side.vector.back[term]
            near: dict[str, float] = {}
            for key in asked:
                listed_there = index[key, term]
                _forget(listed_there, day)
                near.update((other, its) for _, other, its in listed_there[-MOST_NEAR:])
            for other, its in near.items():
                shared[other] += weight * its
            for key in kept:
                index[key, term].append((day, side.id, weight))
        yield from (pair_of(side.id, other) for other, sum_ in shared.items() if sum_ >= least)


def _forget(near: list[_Kept], day: int) -> None:
    """Take off the statements that are too old for a window that ends on ``day``."""
    old = 0
    while old < len(near) and near[old][0] < day - WINDOW:
        old += 1
    del near[:old]


def _day(side: Side) -> int:
    """Return the day of publication as a number; undated statements stand together before all days."""
    published = side.vector.content.published
    return published.toordinal() if published else 0


_ANY, _UNNAMED, _INQUIRY = "*", "?", "inquiry"


def _keys(side: Side) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the keys under which a statement is kept, and those under which its partners are looked up.

    Who is not named at all may be anybody, and anybody may be he.
    """
    voice = side.voice
    if not voice.key or (voice.unnamed and not voice.country and not voice.bodies):
        return (_ANY, _UNNAMED), (_ANY,)
    looks = (_INQUIRY,) if voice.inquiry else ()
    own = sorted({voice.key, *voice.bodies, *voice.stems, *voice.served, *looks, *filter(None, (voice.country,))})
    return (_ANY, *own), (_UNNAMED, *own)
