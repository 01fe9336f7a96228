"""A trie of phrases over folded words: dictionary look-ups word by word, longest phrase first, linear in
the text.

A C automaton over characters would be faster on bare look-ups, but names need word borders, joined
particles and marks inside them, all of which the token lists give for nothing.
"""

from typing import Generic, NamedTuple, TypeVar

from qala.text.normalize import fold
from qala.text.words import MARK, Words, find_words

T = TypeVar("T")

_INNER_MARKS = frozenset('"\u00ab\u00bb\u201c_#')  # may stand between the words of a name: quotes, marks of hashtags
_TIGHT_MARKS = frozenset("-.'/")  # may, where no space parts them from the words: "Ban Ki-moon", "A.F.P"
_LONGEST_GAP = 3  # marks in a row inside a name, as in: Anadolu "for News"


class Node(Generic[T]):
    """A place in the trie: the words that may follow, and what ends here."""

    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.next: dict[str, Node[T]] = {}
        self.ends: list[T] = []


class Found(NamedTuple, Generic[T]):
    """A phrase found: index of its last token and what the phrase stands for."""

    last: int
    values: tuple[T, ...]


def phrase_words(phrase: str) -> tuple[str, ...]:
    """Return the folded words under which a phrase of the data is kept: marks are left out."""
    pieces = phrase.split()
    if "".join(pieces).isalpha():  # nearly all of them: nothing to cut apart
        return tuple(map(fold, pieces))
    words = find_words(phrase)
    return tuple(form for form, kind in zip(words.forms, words.kinds, strict=True) if kind != MARK)


def skip_marks(words: Words, i: int) -> int:
    """Return the index of the next word or number at or after ``i`` that a name may go on with, else
    ``-1``.
    """
    forms, kinds = words.forms, words.kinds
    for j in range(i, min(i + _LONGEST_GAP + 1, len(forms))):
        if kinds[j] != MARK:
            return j
        mark = forms[j]
        if mark in _INNER_MARKS:
            continue
        if mark in _TIGHT_MARKS and j > 0 and words.ends[j - 1] == words.starts[j]:
            after_initial = mark == "." and words.ends[j - 1] - words.starts[j - 1] == 1  # "A. F. P."
            if after_initial or words.starts[j + 1 : j + 2] == [words.ends[j]]:
                continue
        return -1
    return -1


class PhraseTrie(Generic[T]):
    """Phrases and what they stand for; a phrase may stand for several things."""

    __slots__ = ("root",)

    def __init__(self) -> None:
        self.root: Node[T] = Node()

    def add(self, phrase: tuple[str, ...], value: T) -> None:
        """Let ``phrase`` (folded words, at least one) stand for ``value``, besides what it stands for
        already.
        """
        node = self.root
        for word in phrase:
            node = node.next.setdefault(word, Node())
        if value not in node.ends:
            node.ends.append(value)

    @staticmethod
    def walk(words: Words, i: int, node: Node[T] | None) -> Found[T] | None:
        """Return the longest phrase that goes through ``node``, which token ``i`` has led to."""
        found: Found[T] | None = None
        while node is not None:
            if node.ends:
                found = Found(i, tuple(node.ends))
            if not node.next:
                break
            i = skip_marks(words, i + 1)
            if i < 0:
                break
            node = node.next.get(words.forms[i])
        return found

    def longest(self, words: Words, i: int) -> Found[T] | None:
        """Return the longest phrase that begins with token ``i`` as it is written."""
        return self.walk(words, i, self.root.next.get(words.forms[i]))

    @staticmethod
    def all_through(words: Words, i: int, node: Node[T] | None) -> list[Found[T]]:
        """Return every phrase that goes through ``node``, longest first."""
        found: list[Found[T]] = []
        while node is not None:
            if node.ends:
                found.append(Found(i, tuple(node.ends)))
            if not node.next:
                break
            i = skip_marks(words, i + 1)
            if i < 0:
                break
            node = node.next.get(words.forms[i])
        return found[::-1]
