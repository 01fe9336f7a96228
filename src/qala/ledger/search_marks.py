"""Where a query's words stand in an article, exactly; what of it is shown; and how well it fits.

All this is done on the original text of the few statements that are shown or ranked, so that offsets are those
of ``Document.text`` and both back ends give the same.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from qala.ledger.search_form import WrittenWords, list_forms
from qala.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qala.ledger.search_terms import Group, Phrase

SNIPPET = 300
"""Characters of a content that are shown around the first word found."""

_LEAD = 80  # of them before that word
_SPACE = re.compile(r"\s")
_FIELD_WEIGHTS = (1.0, 1.2, 0.4)  # content, source, title
_SATURATION, _LENGTH = 1.2, 0.6  # BM25's k1 and b, Robertson and Zaragoza 2009 (b a little lower: contents are short)


class Finder:
    """The phrases of a query's groups, by their first words."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self.count = len(groups)
        self._by_first: dict[str, list[tuple[Phrase, int, float]]] = {}
        for place, group in enumerate(groups):
            for phrase, weight in zip(group.phrases, group.weights, strict=True):
                self._by_first.setdefault(phrase[0], []).append((phrase, place, weight))

    def touches(self, text: str) -> bool:
        """Return whether a phrase may stand in ``text``, a short one that comes again: a name, a cue, a title."""
        return not self._by_first.keys().isdisjoint(_list_again(text))

    def find(self, forms: Sequence[str]) -> Iterator[tuple[int, int, int, float]]:
        """Yield (first word, word after the last, group, weight) for every phrase in ``forms``, in order."""
        by_first = self._by_first
        for at in [at for at, form in enumerate(forms) if form in by_first]:
            for phrase, group, weight in by_first[forms[at]]:
                if len(phrase) == 1 or tuple(forms[at : at + len(phrase)]) == phrase:
                    yield at, at + len(phrase), group, weight

    def has_all(self, texts: Iterable[Sequence[str]]) -> bool:
        """Return whether every group is found in one of ``texts``, given as words in normal form."""
        return len({group for text in texts for _, _, group, _ in self.find(text)}) == self.count

    def score(self, fields: Iterable[str], usual: float) -> float:
        """Return how well the texts of content, source and title fit, 0 upwards.

        The sum over groups of the best field's saturated count (BM25's form); ``usual`` is the usual number of
        words of a content. Rarity of words plays no part: every group must be found anyway.
        """
        best = [0.0] * self.count
        for text, field_weight in zip(fields, _FIELD_WEIGHTS, strict=True):
            forms = list_forms(text)
            found = [0.0] * self.count
            for _, _, group, weight in self.find(forms):
                found[group] += weight
            length = 1 - _LENGTH + _LENGTH * len(forms) / max(usual, 1.0)
            for group, count in enumerate(found):
                fit = field_weight * count * (_SATURATION + 1) / (count + _SATURATION * length)
                best[group] = max(best[group], fit)
        return sum(best)


@lru_cache(maxsize=1 << 12)
def _list_again(text: str) -> frozenset[str]:
    return frozenset(list_forms(text))


def find_marks(text: str, spans: Sequence[Span], finder: Finder) -> tuple[Span, ...]:
    """Return the stretches of ``text`` inside ``spans`` that a query asks for, in order.

    A phrase is one stretch, unless it goes from one of ``spans`` to the next.
    """
    pieces = [WrittenWords(text, *span) for span in spans]
    if len(pieces) == 1:
        (words,) = pieces
        return join_spans(
            Span(words.place(first)[0], words.place(after - 1)[1]) for first, after, _, _ in finder.find(words.forms)
        )
    where = [(piece, number) for piece in pieces for number in range(len(piece.forms))]
    found: list[Span] = []
    for first, after, _, _ in finder.find([form for piece in pieces for form in piece.forms]):
        places = [piece.place(number) for piece, number in where[first:after]]
        if where[first][0] is where[after - 1][0]:
            found.append(Span(places[0][0], places[-1][1]))
        else:
            found += [Span(*place) for place in places]
    return join_spans(found)


def join_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return ``spans`` in order, those that overlap joined."""
    found = list(spans)
    if len(found) < 2:
        return tuple(found)
    joined: list[Span] = []
    for span in sorted(set(found)):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


class Snippet(NamedTuple):
    """What is shown of a content: a stretch of the text, and whether the content goes on before and behind it."""

    span: Span
    opens: bool  # the content begins before it
    closes: bool  # the content ends behind it


def cut_snippet(text: str, content: Sequence[Span], marks: Sequence[Span]) -> Snippet:
    """Return at most ``SNIPPET`` characters of ``content`` around its first mark, cut between words."""
    if not content:
        return Snippet(Span(0, 0), False, False)
    whole = Span(content[0].start, max(span.end for span in content))
    if whole.end - whole.start <= SNIPPET:
        return Snippet(whole, False, False)
    first = next((mark for mark in marks if whole.start <= mark.start and mark.end <= whole.end), None)
    start = whole.start if first is None else max(whole.start, first.start - _LEAD)
    end = min(start + SNIPPET, whole.end)
    start = max(whole.start, min(start, end - SNIPPET))
    if start > whole.start and (space := _SPACE.search(text, start, first.start if first else end)):
        start = space.end()
    if end < whole.end:
        spaces = list(_SPACE.finditer(text, max(start + 1, end - _LEAD), end))
        end = spaces[-1].start() if spaces else end
    return Snippet(Span(start, end), start > whole.start, end < whole.end)
