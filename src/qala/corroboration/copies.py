"""Copies: pairs of articles that share a passage because both took it from one text, with the aligned passages.

Fingerprints find the pairs that may share wording, alignment finds what they share, its weight decides whether it
is a copied passage (about fifteen words of prose), and credits and times say of which kind. The result depends on
the set of articles alone: arrival in another order, or in parts, gives the same copies.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from qala.corroboration.alignment import align, index_grams
from qala.corroboration.boilerplate import find_recurring
from qala.corroboration.credits import find_credits
from qala.corroboration.reuse import find_candidates, in_order, read_page
from qala.corroboration.reuse_common import Commons, Pair
from qala.corroboration.reuse_kind import judge_kind
from qala.corroboration.reuse_weight import SHORT, find_passages
from qala.errors import QalaError

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence, Set

    from qala.corroboration.alignment import Stretch
    from qala.corroboration.model import Copy, Passage
    from qala.corroboration.reuse import Article, Page

DAYS = 7  # between two articles of which one may hold a passage of the other
_LEAST = int(SHORT)  # equal words of a stretch that can tell anything
_GRAMS_KEPT = 512  # articles whose 4-grams are at hand at a time
_CREDITS_KEPT = 4096


class CopyIndex:
    """Articles by their fingerprints; grows by :meth:`extend`, and :meth:`copies` is a view of all it holds.

    Fingerprints and alignments are kept from one view to the next: a view after a few new articles counts the index
    anew, since set phrases depend on all of it, but reads and aligns the new articles alone.
    """

    def __init__(self, days: int = DAYS) -> None:
        """Make an empty index that compares articles at most ``days`` apart."""
        self.days = days
        self._pages: dict[str, Page] = {}
        self._aligned: dict[tuple[str, str], tuple[Stretch, ...]] = {}

    def __len__(self) -> int:
        """Return the number of articles."""
        return len(self._pages)

    def extend(self, articles: Iterable[Article]) -> None:
        """Take articles in. One that is known already is passed over; raises :class:`QalaError` where an id that is
        known comes with another text.
        """
        for article in articles:
            known = self._pages.get(article.id)
            if known is None:
                self._pages[article.id] = read_page(article)
            elif known.article.text != article.text:
                raise QalaError(f"two different articles have the id {article.id!r}")

    def retain(self, ids: Container[str]) -> None:
        """Forget all articles but those with ``ids``, and their alignments."""
        self._pages = {id: page for id, page in self._pages.items() if id in ids}
        self._aligned = {pair: found for pair, found in self._aligned.items() if pair[0] in ids and pair[1] in ids}

    def rows(self) -> Iterator[tuple[int, str, int]]:
        """Yield ``(fingerprint, article id, code point where its first word starts)``, to be stored or grouped."""
        for page in in_order(self._pages.values()):
            for value, position in zip(page.values, page.positions, strict=True):
                yield value, page.id, page.wording.starts[position]

    def copies(self) -> list[Copy]:
        """Return the copies among the articles, ``a`` not of a later day than ``b``, sorted by both days and ids."""
        pages = in_order(self._pages.values())
        recurring = find_recurring(pages)
        candidates = find_candidates(pages, self.days, recurring)
        grams = lru_cache(maxsize=_GRAMS_KEPT)(lambda number: index_grams(pages[number].wording.forms))
        credits = lru_cache(maxsize=_CREDITS_KEPT)(lambda number: find_credits(pages[number]))
        pairs = []
        for first, second in sorted(candidates):
            a, b = pages[first], pages[second]
            key = (a.id, b.id)
            if key not in self._aligned:
                self._aligned[key] = align(a.wording.forms, b.wording.forms, grams(first), grams(second), _LEAST)
            passages = find_passages(self._aligned[key], a, b, recurring)
            if passages:
                pairs.append(Pair(first, second, self._aligned[key], passages))
        found = []
        for pair, passages in _without_common(pages, pairs, self.days, recurring):
            a, b = pages[pair.first], pages[pair.second]
            found.append(judge_kind(a, b, passages, credits(pair.first), credits(pair.second)))
        return found


def _without_common(
    pages: Sequence[Page], pairs: Sequence[Pair], days: int, recurring: Set[int]
) -> Iterator[tuple[Pair, tuple[Passage, ...]]]:
    """Yield the pairs that share a passage even where words that many pages of these days carry count for less."""
    commons = Commons(pages, pairs, days)
    for pair in pairs:
        passages = pair.passages
        common = commons.find(pair)
        if common:
            passages = find_passages(pair.stretches, pages[pair.first], pages[pair.second], recurring, common)
        if passages:
            yield pair, passages


def find_copies(articles: Iterable[Article], days: int = DAYS) -> list[Copy]:
    """Return the copies among ``articles``: pairs at most ``days`` apart, or of unknown day, that share a passage.

    Pure: the same set gives the same copies in any order. Work grows with the number of articles within the days.
    Raises :class:`QalaError` where two different articles have one id.
    """
    index = CopyIndex(days)
    index.extend(articles)
    return index.copies()
