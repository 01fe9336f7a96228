"""The normal form under which a text is indexed and a query is asked: spellings of one word meet in it.

Marks, tatweel, zero-width and bidirectional characters are gone; hamza on its seats, taa marbuta, alef
maqsura, the Persian and Urdu letters of one sound, presentation forms and digits are folded; what is no
letter or digit parts words. Both back ends index these words as they stand, so that neither's own idea of
Arabic (``unicode61`` splits at harakat, PostgreSQL's ``arabic`` stems) has a say.

Method and limits of speed: chains of ``str.replace``, no loop over characters. Only a text with rarer
characters is folded word by word, each spelling once. Every step is linear; normalisation only ever sees
letters, since marks are taken off first (long runs of marks make it quadratic), and expands a letter
at most 18 times.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from qala.text.normalize import IGNORABLE, plain

LONGEST_WORD = 64
"""Letters of an indexed word; a longer run of letters is cut into words of this length."""

_LETTERS = {  # hamza on alef, waw and yaa, wasla; alef maqsura; taa marbuta
    "\u0623": "\u0627",
    "\u0625": "\u0627",
    "\u0622": "\u0627",
    "\u0649": "\u064a",
    "\u0629": "\u0647",
    "\u0624": "\u0648",
    "\u0626": "\u064a",
}
_BREAKS = "\u060c\u00ab\u00bb\u061b\u061f\u201c\u201d\u2013\u2026\u00a0"
_MARKS = "\u064b\u0651\u064e\u064f\u0650\u064c\u064d\u0652\u0640"

_RARER = {  # wasla, the letters of Persian, Urdu and the Maghreb that stand for Arabic ones, digits of both kinds
    "\u0671": "\u0627",
    "\u06cc": "\u064a",
    "\u06d2": "\u064a",
    "\u06d0": "\u064a",
    "\u06cd": "\u064a",
    "\u06a9": "\u0643",
    "\u06aa": "\u0643",
    "\u06af": "\u0643",
    "\u06c1": "\u0647",
    "\u06be": "\u0647",
    "\u06d5": "\u0647",
    "\u06c3": "\u0647",
    "\u06c0": "\u0647",
    "\u067e": "\u0628",
    "\u06a4": "\u0641",
    "\u06a5": "\u0641",
    "\u06a2": "\u0641",
    "\u06a7": "\u0642",
    "\u06a8": "\u0642",
    "\u0686": "\u062c",
    "\u0698": "\u062c",
    **{chr(0x0660 + digit): str(digit) for digit in range(10)},
    **{chr(0x06F0 + digit): str(digit) for digit in range(10)},
}
_RARER_BREAKS = "\u2018\u2019\u2014\u2022\u00b7\u066a\u06d4\u2015"
_RARER_MARKS = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff\u00ad\u0670\u0654\u0655\u0653"

# What is left when the chains are done, where nothing rarer stands in the text: ASCII and Arabic letters.
_UNUSUAL = re.compile("[^\x00-\x7f\u0621-\u063a\u0641-\u064a]")
_MOVING = re.compile("[^\x00-\x7f\u0621-\u063a\u0641-\u0652]")
_THOUSANDS = re.compile("(?<=\\d)[,\u066c](?=\\d{3}(?!\\d))")
_WORD = re.compile(f"[^\\W_](?:[^\\W_]|[{IGNORABLE}]|(?<=\\d)[,\u066c](?=\\d{{3}}(?!\\d)))*")
_FOLDED = frozenset(_LETTERS)
_ALNUM = re.compile(r"[^\W_]+")
_IGNORED = re.compile(f"[{IGNORABLE},\u066c]+")
_FOLD = str.maketrans({**_LETTERS, **_RARER})
_ASCII = bytes(
    ord(chr(code).lower()) if code < 0x80 and chr(code).isalnum() else code if code >= 0x80 else 0x20
    for code in range(256)
)


class SearchWord(NamedTuple):
    """One word of a text in normal form, and the half-open range of code points it was written on."""

    form: str
    start: int
    end: int


def search_form(text: str) -> str:
    """Return the words of ``text`` in normal form, parted by single spaces; any text, half surrogates too."""
    return " ".join(list_forms(text))


def list_forms(text: str) -> list[str]:
    """Return the words of ``text`` in normal form, in order; the same words as ``find_search_words``."""
    folded = _replace(text, _LETTERS, _BREAKS, _MARKS)
    if _UNUSUAL.search(folded):
        folded = _replace(folded, _RARER, _RARER_BREAKS, _RARER_MARKS)
        if _UNUSUAL.search(folded):
            return [form for match in _WORD.finditer(text) for form in fold_word(match[0])]
    forms = folded.encode("utf-8").translate(_ASCII).decode("utf-8").split()
    if forms and max(map(len, forms)) > LONGEST_WORD:
        return [part for form in forms for part in _cut(form)]
    return forms


def find_search_words(text: str, start: int = 0, end: int | None = None) -> list[SearchWord]:
    """Return the words of ``text`` between ``start`` and ``end`` in normal form with their offsets, in order.

    A ligature that spells several words gives several with one range.
    """
    written = WrittenWords(text, start, end)
    return [SearchWord(form, *written.place(number)) for number, form in enumerate(written.forms)]


class WrittenWords:
    """The words of a stretch of ``text``: their normal forms, and where they stand, which is counted when asked for.

    Of most texts that are read only one or two words are marked, so that the places of the others are never needed.
    """

    __slots__ = ("_ends", "_lengths", "_places", "_start", "forms")

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        end = len(text) if end is None else end
        self._start = start
        self._ends: list[int] | None = None
        self._places: list[tuple[int, int]] | None = None
        pieces = _split_plain(text[start:end])
        self._lengths = [] if pieces is None else list(map(len, pieces))
        forms = None if pieces is None else _fold_pieces(pieces, max(self._lengths))
        if forms is None:
            words = [(form, match.span()) for match in _WORD.finditer(text, start, end) for form in fold_word(match[0])]
            forms = [form for form, _ in words]
            self._places = [place for _, place in words]
        self.forms = forms

    def place(self, number: int) -> tuple[int, int]:
        """Return start and end, in code points of the whole text, of the word ``number`` (0 is the first)."""
        if self._places is not None:
            return self._places[number]
        if self._ends is None:
            first, lengths = self._start, self._lengths
            self._ends = [end + at for at, end in enumerate(accumulate(lengths), first) if lengths[at - first]]
            self._lengths = [length for length in lengths if length]
        return self._ends[number] - self._lengths[number], self._ends[number]


def _split_plain(text: str) -> list[str] | None:
    """Return ``text`` cut at spaces, each piece as long as it was written, ``None`` where folding moves letters."""
    folded = _replace(text, _LETTERS, _BREAKS, "")
    if len(folded) != len(text) or _MOVING.search(folded):
        return None
    return folded.encode("utf-8").translate(_ASCII).decode("utf-8").split(" ")


def _fold_pieces(pieces: list[str], longest: int) -> list[str] | None:
    """Return one form for each piece that is not empty, ``None`` where a piece is no word, or several."""
    if longest <= LONGEST_WORD and "".join(pieces).isalnum():
        return [piece for piece in pieces if piece]
    forms: list[str] = []
    for piece in pieces:
        if piece.isalnum() and len(piece) <= LONGEST_WORD:
            forms.append(piece)
        elif piece:
            folded = fold_word(piece) if piece[0].isalnum() else ()
            if len(folded) != 1:
                return None
            forms += folded
    return forms


def list_spelled(text: str) -> list[str]:
    """Return the different words of ``text`` that folding changes, as they are written but for marks and tatweel."""
    bare = _replace(text, {}, _BREAKS, _MARKS)
    if _UNUSUAL.search(bare):
        words = [plain(word) for word in _WORD.findall(text)]
    else:
        words = bare.encode("utf-8").translate(_ASCII).decode("utf-8").split()
    return [word[:LONGEST_WORD] for word in dict.fromkeys(words) if not _FOLDED.isdisjoint(word) and word.isalnum()]


@lru_cache(maxsize=1 << 16)
def fold_word(word: str) -> tuple[str, ...]:
    """Return the normal form of one written word: nearly always one form, none for tatweel alone."""
    word = _IGNORED.sub("", word).translate(_FOLD)
    if _UNUSUAL.search(word):
        word = unicodedata.normalize("NFKD", word).casefold()
        word = unicodedata.normalize("NFC", _IGNORED.sub("", word)).translate(_FOLD)
    else:
        word = word.lower()
    return tuple(part for form in _ALNUM.findall(word) for part in _cut(form))


def _replace(text: str, letters: dict[str, str], breaks: str, marks: str) -> str:
    """Return ``text`` with letters folded, marks taken out and breaks made spaces; commas of thousands are gone."""
    if "," in text or "\u066c" in text:
        text = _THOUSANDS.sub("", text)
    for letter, folded in letters.items():
        text = text.replace(letter, folded)
    for mark in marks:
        text = text.replace(mark, "")
    for mark in breaks:
        text = text.replace(mark, " ")
    return text


def _cut(form: str) -> list[str]:
    """Return ``form`` in pieces of ``LONGEST_WORD`` letters."""
    return [form[at : at + LONGEST_WORD] for at in range(0, len(form), LONGEST_WORD)]
