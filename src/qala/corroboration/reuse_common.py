"""Which words of a shared stretch are common property of their days: many unrelated pages carry them too.

After an attack, each condemnation describes it in the words of the first report; a minister's title of twelve words
and the forecast's sentences stand on every page. Such words say little about where a text was taken from. Copies of
one text say nothing about it either, however many they are: they count as one page.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from qala.corroboration.boilerplate import EVERYWHERE, days_apart
from qala.corroboration.partition import Partition
from qala.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

    from qala.corroboration.alignment import Gram, Stretch
    from qala.corroboration.model import Passage
    from qala.corroboration.reuse import Page

FEW = 4  # other texts within the window that may carry the same four words, and say nothing by it
UNRELATED = 8  # the same: so many that the words are anybody's
LEAST = 0.3  # of a stretch, as weighed, that must be anybody's before that counts
PART = 0.5  # of the words of the shorter page that stand on the other: two printings of one text
DOUBTFUL = 19  # words of the longest passage; from there on it is a copy however common its words are
_ONE_TEXT = Evidence("copy:one-text")
_LOOKED = 128  # pages with the same four words that are looked at


class Pair(NamedTuple):
    """Two pages (by number) with their aligned stretches and the passages that were found in them."""

    first: int
    second: int
    stretches: Sequence[Stretch]
    passages: tuple[Passage, ...]


class Commons:
    """Which 4-grams of doubtful pairs stand on which pages, and which pages are printings of one text."""

    def __init__(self, pages: Sequence[Page], pairs: Sequence[Pair], days: int) -> None:
        """Read the pages once for what the doubtful ones of ``pairs`` share; ``pages`` are in order of their days."""
        self._pages = pages
        self._days = days
        self._dated = [page.day for page in pages if page.day is not None]
        self._text: Partition[int] = Partition(range(len(pages)))
        wanted: set[Gram] = set()
        for pair in pairs:
            if is_one_text(pages[pair.first], pages[pair.second], pair.passages):
                self._text.join(pair.first, pair.second, _ONE_TEXT)
            elif is_doubtful(pair.passages):
                wanted.update(_grams_of(pages[pair.first].wording.forms, pair.stretches))
        self._bearers = _find_bearers(pages, wanted)
        self._recurring = {gram for gram, bearers in self._bearers.items() if self._recurs(bearers)}

    def find(self, pair: Pair) -> Mapping[Gram, float]:
        """Return how common the 4-grams of a doubtful pair's stretches are: 0 (left out) to 1.

        They are anybody's where :data:`UNRELATED` other texts of the same days carry them, or where they come again on
        so many days as a set phrase does.
        """
        a, b = self._pages[pair.first], self._pages[pair.second]
        if not is_doubtful(pair.passages) or is_one_text(a, b, pair.passages):
            return {}
        low, high = self._window(a, b)
        own = {self._text.find(pair.first), self._text.find(pair.second)}
        found = {}
        for gram in set(_grams_of(a.wording.forms, pair.stretches)):
            others = UNRELATED if gram in self._recurring else self._count_others(self._bearers[gram], low, high, own)
            if others > FEW:
                found[gram] = (others - FEW) / (UNRELATED - FEW)
        return found

    def _window(self, a: Page, b: Page) -> tuple[int, int]:
        """Return the numbers of the first page within the days of both and of the first one after them."""
        if a.day is None or b.day is None:
            return 0, len(self._dated)
        first, last = min(a.day, b.day) - self._days, max(a.day, b.day) + self._days
        return bisect_left(self._dated, first), bisect_left(self._dated, last + 1)

    def _count_others(self, bearers: Sequence[int], low: int, high: int, own: Set[int]) -> int:
        """Return how many texts but its ``own`` carry something from page ``low`` to before ``high`` or on no known
        day, counted to :data:`UNRELATED`.
        """
        dated = range(bisect_left(bearers, low), bisect_left(bearers, high))
        undated = range(bisect_left(bearers, max(high, len(self._dated))), len(bearers))
        texts: set[int] = set()
        for place in islice(chain(dated, undated), _LOOKED):
            text = self._text.find(bearers[place])
            if text not in own:
                texts.add(text)
                if len(texts) >= UNRELATED:
                    break
        return len(texts)

    def _recurs(self, bearers: Sequence[int]) -> bool:
        """Return whether texts carry something on as many days, and as far apart, as a set phrase stands on."""
        if len(bearers) < EVERYWHERE:
            return False
        first: dict[int, int] = {}
        for number in bearers:
            day = self._pages[number].day
            if day is not None:
                first.setdefault(self._text.find(number), day)
        return days_apart(set(first.values())) >= EVERYWHERE


def is_doubtful(passages: Iterable[Passage]) -> bool:
    """Return whether the passages are so short that it matters how common their words are."""
    return max(passage.words for passage in passages) < DOUBTFUL


def is_one_text(a: Page, b: Page, passages: Iterable[Passage]) -> bool:
    """Return whether half of the shorter page stands on the other: whatever its words, it was taken over."""
    return sum(passage.words for passage in passages) >= PART * min(len(a.wording), len(b.wording))


def how_common(forms: Sequence[str], stretch: Stretch, common: Mapping[Gram, float]) -> float:
    """Return how common a stretch's 4-grams are (``forms`` are those of its first side) on average, 0 to 1.

    0 below :data:`LEAST`: every sentence has a few words that others have too.
    """
    grams = list(_grams_of(forms, [stretch])) if common else []
    found = sum(common.get(gram, 0.0) for gram in grams) / len(grams) if grams else 0.0
    return found if found >= LEAST else 0.0


def _grams_of(forms: Sequence[str], stretches: Iterable[Stretch]) -> Iterator[Gram]:
    """Yield the 4-grams of the stretches' runs on the first side."""
    for stretch in stretches:
        for run in stretch.runs:
            words = forms[run.a : run.a + run.size]
            yield from zip(words, words[1:], words[2:], words[3:], strict=False)


def _find_bearers(pages: Sequence[Page], wanted: set[Gram]) -> Mapping[Gram, list[int]]:
    """Return for each wanted 4-gram the numbers of the pages that bear it, in order; linear in the words."""
    bearers: dict[Gram, list[int]] = {gram: [] for gram in wanted}
    for number, page in enumerate(pages if wanted else ()):
        forms = page.wording.forms
        for gram in wanted.intersection(zip(forms, forms[1:], forms[2:], forms[3:], strict=False)):
            bearers[gram].append(number)
    return bearers
