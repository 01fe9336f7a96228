"""Folded spellings for comparison. A folded form never leaves a matcher: spans stay those of the text.

Folding is done word by word, so that offsets of whole words need no map, and each spelling once,
so that a newspaper's vocabulary costs a dictionary look-up (``str.translate`` over whole texts is
the slowest step there is, 13 MB/s).
"""

import re
import unicodedata
from functools import lru_cache

# Combining marks, tatweel, zero-width characters and bidirectional controls: all invisible to matching.
IGNORABLE = (
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff"
    "\u0300-\u036f\u0640\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
)
_IGNORABLE = re.compile(f"[{IGNORABLE}]+")
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")

# Persian and Urdu letters that stand for Arabic ones, alone and in final position.
_PLAIN = str.maketrans({"\u06cc": "\u064a", "\u06a9": "\u0643", "\u06c1": "\u0647", "\u06be": "\u0647"})
# hamza on its seats, wasla, taa marbuta, alef maqsura; digits of both kinds.
_FOLD = str.maketrans(
    "\u0623\u0625\u0622\u0671\u0649\u0629\u0624\u0626\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669"
    "\u06f0\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7\u06f8\u06f9",
    "\u0627\u0627\u0627\u0627\u064a\u0647\u0648\u064a01234567890123456789",
)
_LONGEST_RUN = 30  # Unicode's Stream-Safe limit; longer runs of marks make NFKC quadratic


@lru_cache(maxsize=1 << 17)
def plain(word: str) -> str:
    """Return ``word`` without marks, tatweel and invisible characters, presentation forms undone."""
    if word.isascii():
        return word
    word = _IGNORABLE.sub("", word) or word  # a word of tatweel alone stays itself
    if _PRESENTATION.search(word):
        word = _IGNORABLE.sub("", unicodedata.normalize("NFKC", word[: _LONGEST_RUN * 8]))
    return word.translate(_PLAIN)


@lru_cache(maxsize=1 << 17)
def fold(word: str) -> str:
    """Return the form under which spellings of one word meet: hamza, taa marbuta, alef maqsura folded.

    The same folding as the scorer's, plus lower case for Latin letters and one kind of digits.
    """
    return plain(word).translate(_FOLD).lower()


def fold_phrase(phrase: str) -> tuple[str, ...]:
    """Return the folded words of a phrase of a data file, split at white space."""
    return tuple(fold(word) for word in phrase.split())
