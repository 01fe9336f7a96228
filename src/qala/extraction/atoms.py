"""The tokens of a text with what each can mean for times and numbers, and the one way to ask.

An atom is a token of :class:`~qala.text.words.Words`, or one half of a token in which a word and a number
are written together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from qala.lexicon.calendar import Item, Sense, load_calendar
from qala.text.normalize import fold
from qala.text.words import MARK, NUMBER, WORD, Words

_PAD = 8  # empty atoms at the end, so that looking ahead needs no test
# Letters that are written on to a number: conjunctions, prepositions, article (all folded).
_CLITICS = frozenset(
    (
        "\u0648", "\u0641", "\u0628", "\u0644", "\u0643", "\u0627\u0644", "\u0648\u0627\u0644",
        "\u0628\u0627\u0644", "\u0648\u0628", "\u0648\u0644", "\u0644\u0644", "\u0641\u064a",
        "\u0645\u0646",
    )
)  # fmt: skip
_DIGITS = "0123456789"
_WAW = "\u0648"
_ONE = "\u0648\u0627\u062d\u062f"  # "one", and folded the same: "and one" of eleven


@dataclass(frozen=True, slots=True)
class Atoms:
    """Atoms as parallel lists, padded at the end: ``size`` are true, ``tokens`` maps them back to words.

    ``numbers`` keeps the cardinals parsed so far, as several grammars ask for the same ones.
    """

    size: int
    forms: list[str]
    starts: list[int]
    ends: list[int]
    kinds: list[int]
    tokens: list[int]
    items: list[Item | None]
    numbers: dict[tuple[int, bool], Any] = field(default_factory=dict)


class Found(NamedTuple):
    """A sense found at an atom, and the index after its last atom."""

    sense: Sense
    end: int


def _split_at(form: str, known: dict[str, Item]) -> int:
    """Return how many digits end the word ``form`` if it is a word and a number written together, else 0."""
    letters = form.rstrip(_DIGITS)
    return len(form) - len(letters) if letters in known or letters in _CLITICS else 0


@lru_cache(maxsize=1)
def find_atoms(words: Words) -> Atoms:
    """Return the atoms of ``words``; linear, one look-up a token. Those of the last text are kept."""
    known = load_calendar().items
    forms, kinds = words.forms, words.kinds
    glued = [i for i, form in enumerate(forms) if form[-1] <= "9" and kinds[i] == WORD and form[-1] in _DIGITS]
    starts, ends, tokens = words.starts, words.ends, list(range(len(forms)))
    if glued:
        forms, starts, ends, kinds, tokens = _unglued(words, set(glued), known)
    size, get = len(forms), known.get
    items: list[Item | None] = list(map(get, forms))
    tail = len(words.text)
    return Atoms(
        size, forms + [""] * _PAD, starts + [tail] * _PAD, ends + [tail] * _PAD, kinds + [MARK] * _PAD,
        tokens + [len(words)] * _PAD, items + [None] * _PAD,
    )  # fmt: skip


def _unglued(
    words: Words, glued: set[int], known: dict[str, Item]
) -> tuple[list[str], list[int], list[int], list[int], list[int]]:
    forms: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    kinds: list[int] = []
    tokens: list[int] = []
    done = 0
    for i, form in enumerate(words.forms):
        if words.starts[i] < done:
            continue  # the decimals of a number that began inside the word before
        start, end = words.starts[i], words.ends[i]
        digits = _split_at(form, known) if i in glued else 0
        if digits and fold(words.text[end - digits : end]) == form[-digits:]:
            end = _decimal_end(words, i, end)
            middle = words.ends[i] - digits
            pieces = [
                (form[:-digits], start, middle, WORD),
                (fold(words.text[middle:end]), middle, end, NUMBER),
            ]
        else:
            pieces = [(form, start, end, words.kinds[i])]
        for piece, left, right, kind in pieces:
            forms.append(piece)
            starts.append(left)
            ends.append(right)
            kinds.append(kind)
            tokens.append(i)
            done = right
    return forms, starts, ends, kinds, tokens


def _decimal_end(words: Words, i: int, end: int) -> int:
    """Return where a number that ends the word ``i`` truly ends: "and 8" of "and 8.2" goes on."""
    goes_on = (
        i + 2 < len(words)
        and words.forms[i + 1] in (".", ",")
        and words.kinds[i + 2] == NUMBER
        and words.starts[i + 1] == end
        and words.starts[i + 2] == end + 1
        and words.forms[i + 2].isdigit()
    )
    return words.ends[i + 2] if goes_on else end


def find_sense(atoms: Atoms, i: int, kind: str, joined: bool = False, fused: bool = True) -> Found | None:
    """Return the longest reading of ``kind`` at atom ``i``, or ``None``.

    A word with a conjunction written on counts only where ``joined`` is set, one with a preposition
    only where ``fused`` is.
    """
    item = atoms.items[i]
    if item is None:
        return None
    readings = item.readings.get(kind)
    if readings is None or (item.skip and not joined) or (item.preposition and not fused):
        return None
    forms = atoms.forms
    for rest, sense in readings:
        end = i + 1 + len(rest)
        if rest and forms[i + 1 : end] != rest:
            continue
        if sense.not_after and i and forms[i - 1] in sense.not_after:
            continue
        if sense.not_before and forms[end] in sense.not_before:
            continue
        return Found(sense, end)
    return None


def conjoined(atoms: Atoms, i: int) -> int | None:
    """Return the atom that "and" joins on at ``i``: ``i`` written on, ``i + 1`` after a lone one."""
    item = atoms.items[i]
    if item is not None and (item.skip or (atoms.forms[i] == _ONE and find_sense(atoms, i + 1, "ten"))):
        return i
    if atoms.forms[i] == _WAW and (atoms.items[i + 1] is not None or atoms.kinds[i + 1] == NUMBER):
        return i + 1
    return None


def touching(atoms: Atoms, i: int) -> bool:
    """Whether atom ``i`` follows the one before it without a space."""
    return i > 0 and atoms.starts[i] == atoms.ends[i - 1]
