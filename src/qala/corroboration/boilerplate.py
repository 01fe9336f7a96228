"""What recurs on an outlet's pages and is therefore no copy: disclaimers, appeals, titles, set phrases, scripture.

Known appeals and credits are debris already (``qala.text.clean``). The rest is known by how it is spread, in two
ways. A set phrase (the weather, the close of a market, a cable of congratulation) comes again over weeks, each time
amid words that belong to their day alone. A disclaimer stands on most pages of an outlet, in a small set too, amid
words that stand nowhere else. Pages that are copies of each other have no such words: however often an article is
copied, its words do not become boilerplate by it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from qala.corroboration.fingerprints import GRAM

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qala.corroboration.reuse import Page

_SIGN = re.compile("[\u064b-\u0652\u0670]")  # short vowels, doubling, no vowel, the small alef
DAYS = 4  # days of one outlet on which a set phrase stands
SPREAD = 10  # days between the first and the last of them: longer than a window, so no story of one week
EVERYWHERE = 6  # days on which a set phrase stands at any outlet
SHARE = 0.8  # of an outlet's pages that bear what "every page" bears
LEAST = 5  # of them that stand alone, half of their words nowhere else: fewer tell nothing about all
NEAR = 2  # days within which a text is taken over, mostly
VOCALISED = 2.2  # vowel signs a word, on average over a fingerprint
OWN = 8  # fingerprints of their day alone that make a page one of its day


class _Spread(NamedTuple):
    """From which day to which a fingerprint stands on pages; 0 where no day is known."""

    first: int
    last: int


class _Sighting(NamedTuple):
    """A page that bears a fingerprint: what stands for its own text (the same for its copies), day and outlet."""

    text: int
    day: int
    outlet: str | None


def find_recurring(pages: Sequence[Page]) -> frozenset[int]:
    """Return the fingerprints that recur: on several days far apart, or on most pages of one outlet.

    Depends on the set of pages alone, not on their order. Linear in their fingerprints.
    """
    spread = _spreads(pages)
    outlets = Counter(page.outlet for page in pages)
    on_days: defaultdict[int, list[_Sighting]] = defaultdict(list)
    on_pages: defaultdict[int, Counter[str | None]] = defaultdict(Counter)
    for page in pages:
        others = [value for value in page.values if value in spread]
        if 2 * len(others) <= len(page.values):
            for value in others:
                on_pages[value][page.outlet] += 1
        far = [value for value in others if spread[value].last - spread[value].first > NEAR]
        near = len(page.values) - len(far)
        if far and page.day is not None and near >= min(OWN, len(page.values) / 2):
            text = min(set(page.values).difference(far))
            for value in far:
                on_days[value].append(_Sighting(text, page.day, page.outlet))
    found = {value for value, sightings in on_days.items() if _comes_again(sightings)}
    found |= {value for value, bearing in on_pages.items() if _on_most(bearing, outlets)}
    return frozenset(found.union(*map(find_vocalised, pages)))


def find_vocalised(page: Page) -> list[int]:
    """Return the fingerprints of a page's fully vocalised words: scripture and verse, which belong to everybody.

    News is printed without vowel signs, or with one here and there; a verse of the Quran has about three a word.
    """
    text, wording = page.article.text, page.wording
    signs = [found.start() for found in _SIGN.finditer(text)]
    if len(signs) < VOCALISED * GRAM:
        return []
    found = []
    for value, position in zip(page.values, page.positions, strict=True):
        start, end = wording.starts[position], wording.ends[position + GRAM - 1]
        if bisect_left(signs, end) - bisect_left(signs, start) >= VOCALISED * GRAM:
            found.append(value)
    return found


def _spreads(pages: Sequence[Page]) -> Mapping[int, _Spread]:
    """Return how the fingerprints that stand on more than one page are spread."""
    once: set[int] = set()
    several: set[int] = set()
    for page in pages:
        values = set(page.values)
        several |= once & values
        once |= values
    found: dict[int, _Spread] = {}
    for page in pages:
        for value in several.intersection(page.values):
            known = found.get(value)
            day = page.day or 0
            if known is None:
                found[value] = _Spread(day, day)
            else:
                first = min(known.first or day, day or known.first)
                found[value] = _Spread(first, max(known.last, day))
    return found


def _comes_again(sightings: list[_Sighting]) -> bool:
    """Return whether what these pages of their days bear is a set phrase, of one outlet or of all.

    A text counts once, on its first day, and for no single outlet where several have it: its copies add nothing.
    """
    if len(sightings) < DAYS:
        return False
    first: dict[int, int] = {}
    outlets: defaultdict[int, set[str | None]] = defaultdict(set)
    for text, day, outlet in sightings:
        first[text] = min(day, first.get(text, day))
        outlets[text].add(outlet)
    if days_apart(set(first.values())) >= EVERYWHERE:
        return True
    by_outlet: defaultdict[str | None, set[int]] = defaultdict(set)
    for text, found in outlets.items():
        if len(found) == 1:
            by_outlet[next(iter(found))].add(first[text])
    return any(days_apart(days) >= DAYS for outlet, days in by_outlet.items() if outlet is not None)


def days_apart(days: set[int]) -> int:
    """Return the number of ``days``, 0 where they lie too near each other."""
    return len(days) if days and max(days) - min(days) > SPREAD else 0


def _on_most(bearing: Counter[str | None], alone: Counter[str | None]) -> bool:
    """Return whether something stands on most of an outlet's pages that stand alone."""
    return any(number >= max(LEAST, SHARE * alone[outlet]) for outlet, number in bearing.items() if outlet is not None)
