"""The words of a name as names are compared: folded, without article, in one gender and case, in one spelling."""

from functools import cache

from qala.extraction.scan import Scan
from qala.lexicon.spelling import folded
from qala.resolution.spellings import NO_SPELLINGS, Spellings
from qala.text.remembered import Remembered
from qala.text.words import MARK

Keys = frozenset[str]
NO_KEYS: Keys = frozenset()

_LONG = 4  # letters of a word that does not begin with an article by chance
_STEM = 3  # letters that an ending must leave


@cache
def _articles() -> tuple[str, ...]:
    return (*folded("particles", "article"), *folded("particles", "article_after_l"))


@cache
def _endings() -> tuple[tuple[str, str], ...]:
    """Return endings, each with the one that stands for it."""
    pairs = (pair.split() for pair in folded("endings", "as_one"))
    return tuple((ending, one) for ending, one in pairs)


def without_article(form: str) -> str:
    """Return a folded word without the article, and without the "li" that swallowed it."""
    return form[2:] if form.startswith(_articles()) and len(form) > _LONG else form


def bare_word(form: str) -> str:
    """Return a folded word as names are compared: "the Syrians" in either case, "Syrian" (f) are "Syrian" (m)."""
    form = without_article(form)
    for ending, one in _endings():
        if form.endswith(ending) and len(form) >= _STEM + len(ending):
            return form[: -len(ending)] + one
    return form


BARE = Remembered(bare_word, 1 << 16)
"""The bare words that were asked for."""


def keys_of(scan: Scan, first: int, last: int, spelt: Spellings = NO_SPELLINGS) -> Keys:
    """Return the words of a span under which names are compared, names as the article spells them first."""
    if last < first:
        return NO_KEYS
    kinds, forms = scan.words.kinds, scan.words.forms
    keys = [BARE[forms[j]] for j in range(first, last + 1) if kinds[j] != MARK]
    return frozenset([spelt.get(key, key) for key in keys] if spelt else keys)
