"""Offsets in the units of others: UTF-16 code units of a browser, and places that cut no grapheme cluster.

Everything inside Qala counts code points. JavaScript strings count UTF-16 code units, so that every character
above U+FFFF (an emoji) shifts what follows by one.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from functools import lru_cache

from qala.model import Span

LONGEST_CLUSTER = 30  # code points looked at for an end: Unicode's stream-safe limit for marks (UAX 15)

_JOINER = "\u200d"
_REGIONAL = ("\U0001f1e6", "\U0001f1ff")
_HANGUL = (("\u1100", "\u11ff"), ("\ua960", "\ua97c"), ("\uac00", "\ud7fb"))
_PREPENDED = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd\U000111c2\U000111c3"
    "\U0001193f\U00011941\U00011a84\U00011a85\U00011a86\U00011a87\U00011a88\U00011a89\U00011d46\U00011f02\U000113d1"
)
_EXTENDING = frozenset("\u200c\u200d\uff9e\uff9f\u0e33\u0eb3")


class Utf16Map:
    """The way between code points and UTF-16 code units of one text; half a surrogate pair counts as one unit.

    Memory is one number for each character above U+FFFF; a look-up is a binary search.
    """

    def __init__(self, text: str) -> None:
        """Find the characters of ``text`` that take two units."""
        self._wide = [place for place, char in enumerate(text) if char > "\uffff"] if _has_wide(text) else []
        self._units = [place + number for number, place in enumerate(self._wide)]
        self._length = len(text)

    def unit(self, point: int) -> int:
        """Return the code unit at which the code point ``point`` (0 … len) starts; ``IndexError`` outside."""
        if not 0 <= point <= self._length:
            raise IndexError(f"offset {point} is outside 0 … {self._length}")
        return point + bisect_left(self._wide, point)

    def point(self, unit: int) -> int:
        """Return the code point that starts at a code unit; ``IndexError`` outside the text and inside a character."""
        passed = bisect_left(self._units, unit)
        point = unit - passed
        if not 0 <= point <= self._length or self.unit(point) != unit:
            raise IndexError(f"UTF-16 offset {unit} is outside the text or inside a character")
        return point


def _has_wide(text: str) -> bool:
    return bool(text) and max(text) > "\uffff"


def may_cut(text: str, place: int) -> bool:
    """Tell whether ``place`` certainly lies between two grapheme clusters of ``text`` (UAX 29).

    On the safe side: some places that the rules allow (between two flags, after an emoji's joiner, before a
    character that this Python does not know) are refused.
    """
    if place <= 0 or place >= len(text):
        return True
    before, after = text[place - 1], text[place]
    if before in "\r\n" or after in "\r\n":
        return not (before == "\r" and after == "\n")
    if extends(after) or before == _JOINER or before in _PREPENDED:
        return False
    if unicodedata.category(before) == "Mn" and _after_linker(text, place):
        return False
    if _is_regional(before) and _is_regional(after):
        return False
    return not (_is_hangul(before) and _is_hangul(after))


@lru_cache(maxsize=4096)
def extends(char: str) -> bool:
    """Tell whether ``char`` belongs to the character before it: marks, joiners, skin tones, tags."""
    if char in _EXTENDING or "\U0001f3fb" <= char <= "\U0001f3ff" or "\U000e0020" <= char <= "\U000e007f":
        return True
    return unicodedata.category(char) in ("Mn", "Me", "Mc", "Cn")  # what this Python does not know yet may be a mark


def _after_linker(text: str, place: int) -> bool:
    """Tell whether a virama stands right before ``place``: Indic conjuncts stay whole (UAX 29, GB9c)."""
    first = max(place - LONGEST_CLUSTER, 0)
    for at in range(place - 1, first - 1, -1):
        if unicodedata.combining(text[at]) == 9:
            return True
        if not extends(text[at]):
            return False
    return False


def _is_regional(char: str) -> bool:
    return _REGIONAL[0] <= char <= _REGIONAL[1]


def _is_hangul(char: str) -> bool:
    return any(first <= char <= last for first, last in _HANGUL)


def widen(text: str, span: Span) -> Span:
    """Return ``span`` widened to whole grapheme clusters, by at most ``LONGEST_CLUSTER`` code points a side."""
    start, end = span
    least, most = max(start - LONGEST_CLUSTER, 0), min(end + LONGEST_CLUSTER, len(text))
    while start > least and not may_cut(text, start):
        start -= 1
    while end < most and not may_cut(text, end):
        end += 1
    whole = may_cut(text, start) and may_cut(text, end)
    return Span(start, end) if whole else span  # a flood of marks is no character: leave it as it is


def context_before(text: str, start: int, length: int) -> str:
    """Return at most ``length`` code points before ``start``, never beginning inside a grapheme cluster."""
    first = max(start - length, 0)
    while first < start and not may_cut(text, first):
        first += 1
    return text[first:start]


def context_after(text: str, end: int, length: int) -> str:
    """Return at most ``length`` code points from ``end``, never ending inside a grapheme cluster."""
    last = min(end + length, len(text))
    while last > end and not may_cut(text, last):
        last -= 1
    return text[end:last]
