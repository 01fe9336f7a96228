"""Statements of one article that say the same: a headline and the paragraph below it, a summary and the whole."""

from typing import NamedTuple

from qala.extraction.attribution import Draft
from qala.extraction.scan import Scan
from qala.text.remembered import Remembered
from qala.text.words import MARK

_AROUND = 16  # statements on either side within which an echo is sought
_MOST = 4
_LEAST_SHARE, _LEAST_WORDS = 0.3, 3
STEM = 5  # letters by which inflected words are compared


class Echo(NamedTuple):
    """A statement that shares its content's words with another; ``share`` is their part of the shorter content."""

    draft: Draft
    share: float
    later: bool

    def names(self, places: tuple[int, ...]) -> bool:
        """Whether its source holds one of ``places``."""
        source = self.draft.source
        return source is not None and any(source.first <= place <= source.last for place in places)


def find_echoes(scan: Scan, drafts: list[Draft]) -> list[list[Echo]]:
    """Return for each draft those around it that say the same, the likest first."""
    contents = [_words_of(scan, draft) for draft in drafts]
    out: list[list[Echo]] = []
    for i, mine in enumerate(contents):
        found: list[Echo] = []
        for j in range(max(0, i - _AROUND), min(len(drafts), i + _AROUND + 1)):
            size = min(len(mine), len(contents[j]))
            if j == i or size < _LEAST_WORDS or drafts[j].source is None:
                continue
            share = len(mine & contents[j]) / size
            if share >= _LEAST_SHARE:
                found.append(Echo(drafts[j], share, j > i))
        found.sort(key=lambda echo: -echo.share)
        out.append(found[:_MOST])
    return out


def _words_of(scan: Scan, draft: Draft) -> frozenset[str]:
    """Return the stems of a content's words, closed classes aside."""
    kinds, forms, classes = scan.words.kinds, scan.words.forms, scan.classes
    out = set()
    for j in range(draft.reading.start, draft.end + 1):
        if kinds[j] == MARK or classes[j] not in ("", "number"):
            continue
        out.add(_BARE[forms[j]])
    return frozenset(out)


def _bare(form: str) -> str:
    """Return the first letters of a folded word behind its article."""
    for article in ("\u0648\u0627\u0644", "\u0628\u0627\u0644", "\u0627\u0644", "\u0644\u0644"):
        if form.startswith(article) and len(form) > len(article) + 2:
            return form[len(article) :][:STEM]
    return form[:STEM]


_BARE = Remembered(_bare, 1 << 16)
