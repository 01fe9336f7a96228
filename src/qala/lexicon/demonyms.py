"""Demonyms in every gender, number and definiteness, made from the adjective (nisba) of each state.

The endings are data (``spelling.yaml``, section ``endings``); irregular plurals stand in ``states.tsv``.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from qala.lexicon.spelling import load_spelling


class Demonym(NamedTuple):
    """What a demonym's form says: whose it is, its gender (m, f), number (s, d, p) and definiteness."""

    state: str
    gender: str
    number: str
    definite: bool


def decline(nisba: str) -> Iterator[tuple[str, str, str, bool]]:
    """Yield ``(form, gender, number, definite)`` of an adjective of one or two words.

    Of two words that are both adjectives (North Korean) both take the endings and the article; of others
    (South African) the last takes the endings, and the first, the last or both take the article.
    """
    endings = load_spelling()["endings"]
    article = endings["article"][0]
    first, _, last = nisba.rpartition(" ")
    mark = endings["nisba"][0]
    agreeing = bool(first) and first.endswith(mark)
    for key in ("ms", "fs", "md", "fd", "mp", "fp"):
        for ending in endings[key]:
            suffix = "" if ending == "-" else ending
            word = last + suffix
            head = first + suffix if agreeing else first
            for form, definite in _with_article(head, word, article, agreeing):
                yield form, key[0], key[1], definite


def _with_article(head: str, word: str, article: str, agreeing: bool) -> Iterator[tuple[str, bool]]:
    if not head:
        yield word, False
        yield article + word, True
        return
    yield f"{head} {word}", False
    yield f"{article}{head} {article}{word}", True
    if not agreeing:
        yield f"{article}{head} {word}", True
        yield f"{head} {article}{word}", True


def irregular(form: str, gender_number: str) -> Iterator[tuple[str, str, str, bool]]:
    """Yield an irregular form with and without the article; ``gender_number`` is m, f or p (plural)."""
    article = load_spelling()["endings"]["article"][0]
    gender, number = ("m", "p") if gender_number == "p" else (gender_number, "s")
    if form.startswith(article):
        yield form, gender, number, True
        return
    yield form, gender, number, False
    yield article + form, gender, number, True


def demonyms_of(state: str, nisbas: Iterable[str], others: Iterable[tuple[str, str]]) -> dict[str, Demonym]:
    """Return every demonym of a state by its form; the first reading of a form stands."""
    table: dict[str, Demonym] = {}
    for nisba in nisbas:
        for form, gender, number, definite in decline(nisba):
            table.setdefault(form, Demonym(state, gender, number, definite))
    for other, gender_number in others:
        for form, gender, number, definite in irregular(other, gender_number):
            table.setdefault(form, Demonym(state, gender, number, definite))
    return table
