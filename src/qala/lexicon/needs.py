"""Words that a cue needs further on: "directed X a call", where the verb alone is no cue."""

from functools import cache
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

_REACH = 16  # tokens after the verb; subjects with title and name are shorter in nearly all of the news
_STOPS = frozenset(".:\n")
_THE, _BY = "\u0627\u0644", "\u0628"
_ACCUSATIVE, _OPEN_T, _TIED_T = "\u0627", "\u062a", "\u0647"  # as folded
_PRONOUNS = ("\u0647", "\u0647\u0627", "\u0647\u0645", "\u0647\u0645\u0627")
_NO_ACCUSATIVE = ("\u0647", "\u0627", "\u0627\u0621", "\u064a")


class Needed(NamedTuple, Generic[T]):
    """A needed word or phrase found: its first and last token, and what needed it."""

    first: int
    last: int
    value: T


def _spellings(word: str) -> set[str]:
    """Return the folded shapes of a needed noun: bare, with the article, accusative, with a pronoun."""
    stem = word[:-1] + _OPEN_T if word.endswith(_TIED_T) else word
    out = {word, _THE + word, *(stem + pronoun for pronoun in _PRONOUNS)}
    if not word.endswith(_NO_ACCUSATIVE):
        out.add(word + _ACCUSATIVE)
    return out


@cache
def _shapes(phrase: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words that a needed phrase may begin with, and the words that follow them."""
    if len(phrase) == 2 and phrase[0] == _BY:
        return frozenset(_BY + spelling for spelling in _spellings(phrase[1])), ()
    if len(phrase) == 1:
        return frozenset(_spellings(phrase[0])), ()
    return frozenset((phrase[0],)), phrase[1:]


class NeededWords(Generic[T]):
    """Needed words by their first word; looked for in order, so that the nearest wins."""

    __slots__ = ("_tails",)

    def __init__(self) -> None:
        self._tails: dict[str, list[tuple[tuple[str, ...], T]]] = {}

    def add(self, phrase: tuple[str, ...], value: T) -> None:
        """Let ``value`` need ``phrase`` (folded words): a single noun in all its shapes, a phrase as it is.

        The letter bi- and a noun are that noun in all its shapes with bi- joined to it.
        """
        firsts, tail = _shapes(phrase)
        for first in firsts:
            tails = self._tails.setdefault(first, [])
            if (tail, value) not in tails:
                tails.append((tail, value))

    def find(self, forms: list[str], at: int) -> Needed[T] | None:
        """Return the nearest needed word after token ``at``, in the same sentence and within reach."""
        for j in range(at + 1, min(at + 1 + _REACH, len(forms))):
            form = forms[j]
            if form in _STOPS:
                return None
            for tail, value in self._tails.get(form, ()):
                last = j + len(tail)
                if tuple(forms[j + 1 : last + 1]) == tail:
                    return Needed(j, last, value)
        return None
