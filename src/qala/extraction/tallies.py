"""Running counts of what stands in a text, so that what lies between two tokens costs one subtraction.

All counts share one whole number, ``_BITS`` bits each; as no count falls, the difference of two running
numbers holds the counts of the tokens between them.
"""

from collections.abc import Collection, Sequence
from itertools import accumulate
from typing import NamedTuple

from qala.text.words import MARK

_BITS = 16  # a count below 65 536 in the stretch asked for; no decision looks at more than 400 tokens
_MASK = (1 << _BITS) - 1
_COMMA, _QUOTE, _PREPOSITION, _RELATIVE, _THAT, _TIME, _VERB, _LONE_VERB = (1 << _BITS * i for i in range(8))
_CLASSES = {"preposition": _PREPOSITION, "relative": _RELATIVE, "that": _THAT, ",": _COMMA}  # a mark is its own class


class Counts(NamedTuple):
    """How many tokens of each sort stand in a stretch."""

    commas: int
    quotes: int  # opening marks of outermost quotations
    prepositions: int
    relatives: int
    complementisers: int
    times: int  # words of time expressions
    verbs: int  # words that the lexicon can read as a finite verb of saying
    lone_verbs: int  # those that are neither preposition, relative nor complementiser


def tally(
    kinds: Sequence[int],
    classes: Sequence[str],
    times: Sequence[int],
    quote_open: Sequence[int],
    verbs: Collection[int],
) -> list[int]:
    """Return the running counts: item ``i`` counts the tokens before ``i``; one item more than tokens."""
    get = _CLASSES.get
    values = [get(group, 0) for group in classes]
    for i in verbs:
        values[i] += _VERB if values[i] else _VERB + _LONE_VERB
    for i, time in enumerate(times):
        if time >= 0 and kinds[i] != MARK:
            values[i] += _TIME
    for i, opening in enumerate(quote_open):
        if opening == i and kinds[i] == MARK:
            values[i] += _QUOTE
    return list(accumulate(values, initial=0))


def counts(difference: int) -> Counts:
    """Return the counts that the difference of two running numbers holds."""
    return Counts(*(difference >> _BITS * i & _MASK for i in range(8)))


def commas_in(difference: int) -> int:
    """Return the first of the counts alone."""
    return difference & _MASK
