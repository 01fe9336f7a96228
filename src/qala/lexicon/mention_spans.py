"""Spans of mentions: without joined particles, with the quotation mark that closes one inside the name."""

from qala.model import Span
from qala.text.normalize import IGNORABLE
from qala.text.words import Words

OPENING_QUOTES = frozenset('"\u00ab\u00bb\u201c')
"""Quotation marks as ``Words.forms`` has them; any of them may open or close."""


def over_closing_quote(words: Words, first: int, last: int) -> int:
    """Return the last token with the quotation mark that closes one opened inside the name."""
    inner = sum(words.forms[j] in OPENING_QUOTES for j in range(first, last + 1))
    after = words.forms[last + 1] if last + 1 < len(words.forms) else ""
    return last + 1 if inner % 2 and after in OPENING_QUOTES else last


def cut_span(words: Words, first: int, last: int, cut: int) -> Span:
    """Return the span of tokens without the first ``cut`` letters; invisible characters do not count as
    letters.
    """
    start, end = words.starts[first], words.ends[last]
    while cut and start < words.ends[first]:
        if words.text[start] not in _INVISIBLE:
            cut -= 1
        start += 1
    while start < words.ends[first] and words.text[start] in _INVISIBLE:
        start += 1
    return Span(start, end)


def _invisible() -> frozenset[str]:
    """Return the characters of the ranges of ``IGNORABLE``."""
    found: set[str] = set()
    i = 0
    while i < len(IGNORABLE):
        if IGNORABLE[i + 1 : i + 2] == "-":
            found.update(map(chr, range(ord(IGNORABLE[i]), ord(IGNORABLE[i + 2]) + 1)))
            i += 3
        else:
            found.add(IGNORABLE[i])
            i += 1
    return frozenset(found)


_INVISIBLE = _invisible()
