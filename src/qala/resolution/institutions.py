"""Institutions named in a text: noun phrases that a known body, or a word such as "ministry", begins."""

from functools import cache
from typing import NamedTuple

from qala.extraction.scan import Scan, is_rare
from qala.lexicon.actors import ActorBase
from qala.lexicon.spelling import folded
from qala.text.words import WORD


class Institution(NamedTuple):
    """A place where a body is named: tokens ``first`` to ``last``."""

    first: int
    last: int


_LONGEST = 9  # tokens of a body's name with its country
_QUOTED = 6  # tokens of a name in quotation marks behind its class word
_HELD = 2  # bits by which a word holds the next in a name
_KNOWN = frozenset(("g1", "gb", "o1", "ob", "m1", "mb", "s1", "sb", "cagency", "coutlet"))


@cache
def _origins() -> tuple[str, ...]:
    """Return how the plurals of adjectives of origin end."""
    return tuple(nisba + ending for nisba in folded("endings", "nisba") for ending in folded("endings", "mp"))


def find_institutions(scan: Scan, base: ActorBase) -> list[Institution]:
    """Return the bodies named in the order of the text; none begins inside another."""
    out: list[Institution] = []
    last = -1
    for i in _openings(scan, base):
        if i > last and not scan.debris[i] and scan.times[i] < 0 and _begins(scan, base, i):
            last = phrase_end(scan, i)
            out.append(Institution(i, last))
    return out


def _openings(scan: Scan, base: ActorBase) -> list[int]:
    """Return the tokens that may begin a body's name, by their tags and by the phrases that begin with their words."""
    begun = base.words.begun
    rows = zip(scan.tags, scan.words.kinds, scan.words.forms, strict=True)
    return [
        i
        for i, (tag, kind, form) in enumerate(rows)
        if kind == WORD and (tag in _KNOWN if tag else "head" in begun[form])
    ]


def _begins(scan: Scan, base: ActorBase, i: int) -> bool:
    if scan.tags[i] in _KNOWN:
        return scan.tags[i][0] != "s" or scan.shapes[i][0] not in "bB"  # "early" is also "in Accra"
    return not scan.tags[i] and base.words.at(scan.words, i, "head") is not None


def phrase_end(scan: Scan, first: int) -> int:
    """Return the last token of the noun phrase: the nouns in construct and the adjectives that agree in article."""
    last = first
    definite = scan.shapes[first][0] in "ABL"
    limit = min(len(scan.shapes), first + _LONGEST, scan.sentence_end[first])
    i = first + 1
    while i < limit:
        if scan.tags[i][1:] in ("i", "e") and last == i - 1:
            last, definite = i, definite or scan.shapes[i][0] in "AL"  # inside a known name
        elif scan.quote_open[i] == i and scan.quote_close[i] - i <= _QUOTED:
            return scan.quote_close[i]
        elif not _continues(scan, i, definite):
            break
        else:
            definite = definite or scan.shapes[i][0] in "AL"
            last = i
        i += 1
    return last


def _continues(scan: Scan, i: int, definite: bool) -> bool:
    """Whether token ``i`` can belong to the phrase; behind a definite word only an adjective with the article does."""
    if scan.words.kinds[i] != WORD or scan.classes[i] or scan.times[i] >= 0 or i in scan.finite:
        return False
    head = scan.shapes[i][0]
    if scan.tags[i][:1] in "pt" and scan.tags[i]:
        return False
    if definite:
        held = scan.bonds[i - 1]
        fits = scan.shapes[i][1] in "Iie" or scan.words.forms[i].endswith(_origins())
        fits = fits or (held is not None and held >= _HELD)
        return (head in "AL" and fits) or scan.tags[i][:1] in ("s", "o", "g")
    if head in "lbyt":  # a foreign name may look like a word with a preposition, or like a verb
        return is_rare(scan, i)
    return head not in "BKWw"
