"""Which phrases name something that changes hands: arms, food, money and the like, by the words of goods.yaml.

Verbs of giving are mostly used of other things (to give an opinion, to receive a call); a closed list of things that
are given keeps frames of exchange to exchanges. A word counts with or without article, pronoun and case.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from qala.errors import LexiconError
from qala.lexicon.load import LINE, load_entries
from qala.text.normalize import fold
from qala.text.words import MARK, NUMBER

if TYPE_CHECKING:
    from qala.text.words import Words

_ARTICLE, _LL, _OF = "\u0627\u0644", "\u0644\u0644", "\u0645\u0646"
_ALEF, _T = "\u0627", "\u062a"
_CLOSED_T = fold("\u0629")
_PRONOUNS = ("\u0647\u0645\u0627", "\u0647\u0627", "\u0647\u0645", "\u0646\u0627", "\u0643\u0645", "\u0647", "\u064a")
_SHORTEST = 2  # letters that must be left of a word
_LOOKED = 7  # tokens of a phrase in which its head is looked for
MEASURE = "measure"
_KEYS = frozenset(("id", "gloss", "words"))


def load_word_lists(name: str) -> dict[str, list[str]]:
    """Return the folded words of a packaged file of word lists by the entry's id, in order.

    Raises :class:`LexiconError` with ``name:line`` for another key than id, gloss, words, for one that is missing or
    an id that stands twice.
    """
    found: dict[str, list[str]] = {}
    for entry in load_entries(name):
        given = {key for key in entry if key != LINE}
        if given != _KEYS or not all(isinstance(entry[key], str) and entry[key].strip() for key in _KEYS):
            raise LexiconError(f"{name}:{entry[LINE]}: the keys are {', '.join(sorted(_KEYS))}, each a text")
        if entry["id"] in found:
            raise LexiconError(f"{name}:{entry[LINE]}: the id '{entry['id']}' stands twice")
        found[entry["id"]] = [fold(word) for word in entry["words"].split()]
    return found


@cache
def load_goods() -> dict[str, str]:
    """Return the class of every folded word of goods.yaml; a measure that is also a thing is a thing."""
    found: dict[str, str] = {}
    for kind, words in load_word_lists("goods.yaml").items():
        for word in words:
            if found.get(word, MEASURE) == MEASURE:
                found[word] = kind
    return found


@cache
def goods_of_word(form: str) -> str:
    """Return the class of a folded word, "measure" among them; an empty string where it is none of them."""
    goods = load_goods()
    return next((goods[word] for word in _readings(form) if word in goods), "")


def _readings(form: str) -> list[str]:
    """Return a word without article, pronoun and the alef of the accusative, in the order in which they are tried."""
    bare = form.removeprefix(_LL).removeprefix(_ARTICLE) if len(form) - 2 >= _SHORTEST else form
    found = [form, bare]
    for word in (form, bare):
        if word.endswith(_ALEF) and len(word) - 1 >= _SHORTEST:
            found.append(word[:-1])
        for pronoun in _PRONOUNS:
            stem = word.removesuffix(pronoun)
            if stem != word and len(stem) >= _SHORTEST:
                found += [stem, stem[:-1] + _CLOSED_T] if stem.endswith(_T) else [stem]
    return found


def find_thing(words: Words, first: int, last: int, cut: int = 0) -> tuple[int, str]:
    """Return the token that names the thing with which tokens ``first`` to ``last`` begin, and its class; the class
    is an empty string where it is none.

    ``cut`` letters of the first token are particles. Figures, measures and "of" before the thing are passed over.
    """
    for j in range(first, min(last, first + _LOOKED) + 1):
        form = words.forms[j]
        if words.kinds[j] in (NUMBER, MARK) or form == _OF:
            continue
        kind = goods_of_word(form[cut:] if j == first else form)
        if not kind and j == first and cut and form[cut : cut + 1] == _LL[0]:
            kind = goods_of_word(form[cut + 1 :])  # "for" before the article, which loses its first letter
        if kind != MEASURE:
            return j, kind
    return last, ""


def goods_at(words: Words, first: int, last: int, cut: int = 0) -> str:
    """Return the class of the thing with which tokens ``first`` to ``last`` begin, an empty string where it is none."""
    return find_thing(words, first, last, cut)[1]


def is_measure(words: Words, j: int, cut: int = 0) -> bool:
    """Whether token ``j`` only counts or measures what stands after it."""
    return words.kinds[j] == NUMBER or goods_of_word(words.forms[j][cut:]) == MEASURE
