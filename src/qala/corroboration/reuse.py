"""Which pairs of pages may share a passage: an inverted index of fingerprints, read in a window of days.

The index is read shard by shard: a shard holds the fingerprints of one residue, so that memory stays that of
one shard, and another engine can group the rows ``(fingerprint, document, position)`` the same way. Every page
meets at most :data:`CROWD` others by one fingerprint, so that work grows with the number of pages and not with
its square; a text that more pages than that carry within the window is followed from page to page.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Protocol

from qala.corroboration.fingerprints import GRAM, find_fingerprints, read_wording

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from qala.corroboration.fingerprints import Wording
    from qala.model import Debris

CROWD = 60  # pages before it in the window that a page may meet by one fingerprint
NEAREST = 10  # of a larger crowd, those that are met
AROUND = 12  # words before and after the only fingerprint in common that are looked at
ALIKE = 11  # different words in common there; a set phrase of six to eight words has fewer
SHARDS = 8


class Article(Protocol):
    """What is asked of a document (:class:`qala.model.Document` has it): an id of its content, text, outlet, time."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def outlet(self) -> str | None: ...  # noqa: D102
    @property
    def published(self) -> datetime | date | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Page:
    """What the search for copies keeps of an article.

    ``values`` and ``positions`` are its fingerprints, parallel; ``day`` is the ordinal of the day of publication and
    ``moment`` the second (UTC) where a time is given, ``None`` where they are unknown.
    """

    article: Article
    wording: Wording
    values: array[int]
    positions: array[int]
    day: int | None
    moment: float | None

    @property
    def id(self) -> str:
        """The article's id."""
        return self.article.id

    @property
    def outlet(self) -> str | None:
        """The article's outlet."""
        return self.article.outlet


def read_page(article: Article, debris: Sequence[Debris] | None = None) -> Page:
    """Return an article's page; ``debris`` where it is known already. Pure and linear in the text."""
    wording = read_wording(article.text, debris)
    prints = find_fingerprints(wording.forms)
    day, moment = _time_of(article.published)
    values = array("Q", (found.value for found in prints))
    return Page(article, wording, values, array("I", (found.position for found in prints)), day, moment)


def _time_of(published: datetime | date | None) -> tuple[int | None, float | None]:
    """Return the ordinal of the day as it is written and, where a time is given, the second; a time without zone is
    taken for UTC.
    """
    if published is None:
        return None, None
    if not isinstance(published, datetime):
        return published.toordinal(), None
    aware = published if published.tzinfo else published.replace(tzinfo=UTC)
    return published.toordinal(), aware.timestamp()


def in_order(pages: Iterable[Page]) -> list[Page]:
    """Return the pages by day, then by id, those of unknown day last: the same for every order of arrival."""
    return sorted(pages, key=lambda page: (page.day is None, page.day or 0, page.id))


def find_candidates(
    pages: Sequence[Page], days: int = 7, without: Container[int] = frozenset(), shards: int = SHARDS
) -> dict[tuple[int, int], int]:
    """Return the pairs of pages (indices, the first the smaller) at most ``days`` apart with the number of
    fingerprints they share, ``without`` not counted.

    Fifteen equal words in a row always give two. A pair that shares one only is kept where the words around it are
    alike too: an edited sentence may keep but one. ``pages`` are sorted by :func:`in_order`; a page of unknown day is
    near all others.
    """
    once: dict[tuple[int, int], int] = {}
    more: Counter[tuple[int, int]] = Counter()
    for shard in range(shards):
        for value, bearers in _bearers(pages, shard, shards, without):
            for pair in _meetings(pages, bearers, days):
                if once.setdefault(pair, value) != value:
                    more[pair] += 1
    found = {pair: shared + 1 for pair, shared in more.items()}
    for pair, value in once.items():
        if pair not in found and _alike_around(pages[pair[0]], pages[pair[1]], value):
            found[pair] = 1
    return found


def _alike_around(a: Page, b: Page, value: int) -> bool:
    """Return whether two pages have more words in common around a fingerprint than its own and a few of grammar."""
    at_a, at_b = a.positions[a.values.index(value)], b.positions[b.values.index(value)]
    near_a = a.wording.forms[max(0, at_a - AROUND) : at_a + GRAM + AROUND]
    near_b = b.wording.forms[max(0, at_b - AROUND) : at_b + GRAM + AROUND]
    return len(set(near_a).intersection(near_b)) >= ALIKE


def _bearers(
    pages: Sequence[Page], shard: int, shards: int, without: Container[int]
) -> Iterator[tuple[int, list[int]]]:
    """Yield each fingerprint of a shard that several pages bear, with their indices in order."""
    first: dict[int, int] = {}
    several: defaultdict[int, list[int]] = defaultdict(list)
    for number, page in enumerate(pages):
        for value in page.values:
            if value % shards == shard:
                before = first.setdefault(value, number)
                if before != number:
                    several[value].append(number)
    for value, later in several.items():
        if value not in without:
            yield value, [first[value], *later]


def _meetings(pages: Sequence[Page], bearers: list[int], days: int) -> Iterator[tuple[int, int]]:
    """Yield the pairs of a fingerprint's bearers within the window, a crowd thinned to the nearest."""
    known = [day for number in bearers if (day := pages[number].day) is not None]
    for place, number in enumerate(bearers):
        day = pages[number].day
        start = 0 if day is None else bisect_left(known, day - days)
        if place - start > CROWD:
            start = place - NEAREST
        for earlier in bearers[start:place]:
            yield earlier, number
