"""Words, numbers and punctuation with their offsets: the one tokenisation that everything shares."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from qala.model import Span
from qala.text.normalize import IGNORABLE, fold, plain
from qala.text.remembered import Remembered

# One pass, no nested repetition: linear in any input. A word runs over marks and invisible
# characters; an underscore parts words, as in hashtags.
_TOKEN = re.compile(rf"\d+(?:[.,\u066b\u066c]\d+)*|[^\W_\d](?:[^\W_]|[{IGNORABLE}])*|\n+|[^\s{IGNORABLE}]")

_IGNORABLE = re.compile(f"[{IGNORABLE}]")

QUOTES = {
    '"': '"',
    "\u00ab": "\u00ab",
    "\u00bb": "\u00bb",
    "\u201c": "\u201c",
    "\u201d": "\u201d",
    "\u201e": "\u201c",
    "\u201f": "\u201c",
    "\uff02": '"',
    "\u300a": "\u00ab",
    "\u300b": "\u00bb",
}
"""Quotation marks in use and the mark each is read as."""

# Marks that are read alike: Arabic and Latin comma and semicolon, dashes, the question marks.
_SAME = {
    "\u060c": ",",
    "\u066b": ",",
    "\u061b": ";",
    "\u061f": "?",
    "\u2013": "-",
    "\u2014": "-",
    "\u2015": "-",
    "\u2212": "-",
    "\u2022": "-",
    "\u00b7": "-",
    "\u25aa": "-",
    "\u25cf": "-",
    "\u2026": "…",
    "\u06d4": ".",
    "\ufe55": ":",
    "\uff1a": ":",
    "\u02d0": ":",
    **QUOTES,
}

WORD, NUMBER, MARK = 0, 1, 2


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The tokens of a text as parallel lists, index by index; positions are code points of ``text``.

    ``forms`` are folded (a mark is folded to the mark it is read as, a run of line ends to one),
    ``plains`` keep hamza, taa marbuta and alef maqsura.
    """

    text: str
    starts: list[int]
    ends: list[int]
    kinds: list[int]
    forms: list[str]
    plains: list[str]

    def __len__(self) -> int:
        """Return the number of tokens."""
        return len(self.starts)

    def span(self, first: int, last: int) -> Span:
        """Return the span from token ``first`` to token ``last``, both included."""
        return Span(self.starts[first], self.ends[last])

    def after_letters(self, token: int, letters: int) -> int:
        """Return the offset in ``token`` behind its first ``letters`` letters and the marks on them."""
        at = self.starts[token]
        while letters or _IGNORABLE.match(self.text, at):
            letters -= _IGNORABLE.match(self.text, at) is None
            at += 1
        return at

    def first_in(self, offset: int) -> int:
        """Return the index of the first token that ends after ``offset``."""
        return bisect_right(self.ends, offset)

    def end_before(self, offset: int) -> int:
        """Return the index after the last token that starts before ``offset``."""
        return bisect_left(self.starts, offset)

    def within(self, span: Span) -> range:
        """Return the indices of the tokens that start inside ``span``."""
        return range(bisect_left(self.starts, span.start), bisect_left(self.starts, span.end))


def find_words(text: str) -> Words:
    """Cut ``text`` into words, numbers and marks; runs of line ends are one mark, other space is none."""
    matches = list(_TOKEN.finditer(text))
    if not matches:
        return Words(text, [], [], [], [], [])
    starts, ends = zip(*[match.span() for match in matches], strict=True)
    kinds, forms, plains = zip(*[_KNOWN[match[0]] for match in matches], strict=True)
    return Words(text, list(starts), list(ends), list(kinds), list(forms), list(plains))


def _read(token: str) -> tuple[int, str, str]:
    """Return a token's kind, its folded form and its plain form."""
    first = token[0]
    if first.isalnum():  # as the groups of _TOKEN tell them apart
        return NUMBER if first.isdecimal() else WORD, fold(token), plain(token)
    form = "\n" if first == "\n" else _SAME.get(token, token)
    return MARK, form, form


_KNOWN: Remembered[str, tuple[int, str, str]] = Remembered(_read, 1 << 17)
