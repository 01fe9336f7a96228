"""The words of a name as names are compared: folded, without article, in one spelling."""

from functools import cache

from qala.extraction.scan import Scan
from qala.lexicon.spelling import folded
from qala.resolution.spellings import NO_SPELLINGS, Spellings
from qala.text.remembered import Remembered
from qala.text.words import MARK

Keys = frozenset[str]
NO_KEYS: Keys = frozenset()

_LONG = 4  # letters of a word that does not begin with an article by chance


@cache
def _articles() -> tuple[str, ...]:
    return (*folded("particles", "article"), *folded("particles", "article_after_l"))


def without_article(form: str) -> str:
    """Return a folded word as names are compared: without the article, and without the "li" that swallowed it."""
    return form[2:] if form.startswith(_articles()) and len(form) > _LONG else form


BARE = Remembered(without_article, 1 << 16)
"""The words that were asked for, without their articles."""


def keys_of(scan: Scan, first: int, last: int, spelt: Spellings = NO_SPELLINGS) -> Keys:
    """Return the words of a span under which names are compared, names as the article spells them first."""
    if last < first:
        return NO_KEYS
    kinds, forms = scan.words.kinds, scan.words.forms
    keys = [BARE[forms[j]] for j in range(first, last + 1) if kinds[j] != MARK]
    return frozenset([spelt.get(key, key) for key in keys] if spelt else keys)
