"""Which written words a word of a query stands for: its spellings, with particles before and pronouns behind.

Forms are made from ``data/ar/search_clitics.yaml`` and then looked up among the words that the ledger holds, so
that a query asks the index only for words that occur.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise, product
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from qala.errors import LexiconError
from qala.ledger.search_form import fold_word, list_forms
from qala.lexicon.load import data_text, parse_yaml
from qala.text.clitics import split_clitics
from qala.text.normalize import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

Breadth = Literal[
    "exact",  # the word itself, in any spelling
    "particles",  # and with conjunctions, prepositions and the article joined to it
    "wide",  # and with pronouns
]
BREADTHS: tuple[Breadth, ...] = get_args(Breadth)

_LISTS = ("before", "before_noun", "before_verb", "imperfect", "after", "changes")
_SHORTEST = 2  # letters of a word that anything is joined to
_HAMZA = {  # a seat of hamza and the folded seats that other spellings of the same word put in its place
    "\u0624": ("\u0648", "\u064a", "\u0621"),
    "\u0626": ("\u064a", "\u0648", "\u0621"),
}
_WAW = "\u0648"
_MOST_SEATS = 2
_WEIGHTS = {"word": 1.0, "particle": 0.9, "pronoun": 0.7}


class SearchClitics(NamedTuple):
    """``search_clitics.yaml``, folded; the file says what each field means."""

    before: tuple[str, ...]
    before_noun: tuple[str, ...]
    before_verb: tuple[str, ...]
    imperfect: tuple[str, ...]
    article: str
    article_after_l: str
    after: tuple[str, ...]
    changes: tuple[tuple[str, str], ...]
    examples: tuple[tuple[str, str], ...]
    nonexamples: tuple[tuple[str, str], ...]


@cache
def load_search_clitics() -> SearchClitics:
    """Return the packaged ``search_clitics.yaml``; raises ``LexiconError`` where it breaks its schema."""
    return parse_search_clitics(data_text("search_clitics.yaml"), "search_clitics.yaml")


def parse_search_clitics(text: str, name: str) -> SearchClitics:
    """Return the lists in ``text``, folded; raises ``LexiconError`` with ``name:line``."""
    entry = parse_yaml(text, name)
    wanted = set(SearchClitics._fields)
    found = {key for key in entry if not key.startswith("__")} if isinstance(entry, dict) else set()
    if found != wanted:
        raise LexiconError(f"{name}:1: expected are {', '.join(sorted(wanted))}; found {', '.join(sorted(found))}")
    for key in sorted(wanted - {"article", "article_after_l"}):
        if not isinstance(entry[key], list) or not all(isinstance(item, str) for item in entry[key]):
            raise LexiconError(f"{name}:{entry.line_of(key)}: {key!r} is a list of words, one a line")
    for key in ("changes", "examples", "nonexamples"):
        for index, item in enumerate(entry[key]):
            if len(item.split()) != 2:
                raise LexiconError(f"{name}:{entry.line_of(key, index)}: two words are expected")
    lists = {key: tuple(_fold(item) for item in entry[key]) for key in _LISTS[:-1]}
    return SearchClitics(
        **lists,
        article=_fold(entry["article"]),
        article_after_l=_fold(entry["article_after_l"]),
        changes=tuple((_fold(old), _fold(new)) for old, new in map(str.split, entry["changes"])),
        examples=tuple((query, form) for query, form in map(str.split, entry["examples"])),
        nonexamples=tuple((query, form) for query, form in map(str.split, entry["nonexamples"])),
    )


def _fold(form: str) -> str:
    return " ".join(list_forms(form))


@lru_cache(maxsize=1 << 10)
def list_word_forms(word: str, breadth: Breadth) -> dict[str, float]:
    """Return the forms that ``word``, one word as somebody wrote it, may stand in, with their weights in ranking.

    The forms are in normal form; most of them will not occur anywhere. A word that begins with the
    article, or with particles that ``split_clitics`` cuts off, is also looked for without them.
    """
    spellings = list_spellings(word)
    if breadth == "exact":
        return dict.fromkeys(spellings, _WEIGHTS["word"])
    stems = list(dict.fromkeys(stem for spelling in spellings for stem in _list_stems(spelling, word)))
    forms: dict[str, float] = {}
    if breadth == "wide":
        for stem in stems:
            forms.update(dict.fromkeys(_join_pronouns(stem), _WEIGHTS["pronoun"]))
    for stem in stems:
        forms.update(dict.fromkeys(_join_particles(stem), _WEIGHTS["particle"]))
    forms.update(dict.fromkeys(spellings, _WEIGHTS["word"]))
    return forms


def list_joined_forms(word: str) -> dict[str, float]:
    """Return ``word`` as it stands and behind particles, with weights: what may open a phrase."""
    spellings = list_spellings(word)
    joined = [form for spelling in spellings for form in _join_particles(spelling)]
    return dict.fromkeys(joined, _WEIGHTS["particle"]) | dict.fromkeys(spellings, _WEIGHTS["word"])


def list_spellings(word: str) -> list[str]:
    """Return the normal form of ``word`` and, where writers differ on the seat of a hamza, those of the others.

    They do before waw: Egypt writes ``mas'ul`` on yaa, the Levant on waw.
    """
    letters = plain(word)
    seats = [at for at, pair in enumerate(pairwise(letters)) if pair[0] in _HAMZA and pair[1] == _WAW][:_MOST_SEATS]
    spellings: list[str] = []
    for chosen in product(*(_HAMZA[letters[at]] for at in seats)):
        spelled = list(letters)
        for at, letter in zip(seats, chosen, strict=True):
            spelled[at] = letter
        spellings += fold_word("".join(spelled))[:1]
    return list(dict.fromkeys(spellings))


def _list_stems(spelling: str, word: str) -> list[str]:
    """Return the words that clitics are joined to: the whole word, and what is left without its own particles."""
    stems = [spelling]
    rules = load_search_clitics()
    for article in (rules.article, rules.article_after_l):
        if spelling.startswith(article) and len(spelling) > len(article) + 1:
            stems.append(spelling[len(article) :])
    form = plain(word)
    before = sum(split_clitics(form).proclitics) if len(form) == len(spelling) else 0
    if before and len(spelling) - before >= _SHORTEST:
        stems.append(spelling[before:])
    return list(dict.fromkeys(stems))


def _join_particles(stem: str) -> list[str]:
    """Return ``stem`` alone and behind all particles; a stem of one letter alone."""
    if len(stem) < _SHORTEST:
        return [stem]
    return [*_join(_list_particles(stem), [stem]), *(particle + stem for particle in load_search_clitics().before_noun)]


def _join_pronouns(stem: str) -> list[str]:
    """Return ``stem`` with all pronouns, alone and behind particles; of a stem of one letter nothing."""
    return _join(_list_particles(stem), _list_endings(stem)) if len(stem) >= _SHORTEST else []


def _list_particles(stem: str) -> list[str]:
    """Return the particles, the empty one first, that may stand before ``stem`` and a pronoun."""
    rules = load_search_clitics()
    return ["", *rules.before, *(rules.before_verb if stem.startswith(rules.imperfect) else ())]


def _join(particles: Sequence[str], words: Sequence[str]) -> list[str]:
    """Return words behind particles: behind a lam also without their first letter, which may be the article's."""
    rules = load_search_clitics()
    joined = [particle + word for particle in particles for word in words]
    if cut := [word[1:] for word in words if word.startswith(rules.article)]:
        lam = rules.article_after_l[0]
        joined += [particle + word for particle in particles if particle.endswith(lam) for word in cut]
    return joined


@lru_cache(maxsize=1 << 10)
def _list_endings(stem: str) -> tuple[str, ...]:
    """Return ``stem`` with each pronoun, its end as it stands and as it changes before them."""
    rules = load_search_clitics()
    stems = [stem]
    for old, new in rules.changes:
        if stem.endswith(old) and len(stem) - len(old) >= _SHORTEST - 1:
            stems.append(stem[: -len(old)] + new)
    return tuple(ending + pronoun for ending in dict.fromkeys(stems) for pronoun in rules.after)
