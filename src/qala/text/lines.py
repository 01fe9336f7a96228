"""The lines of a text as ranges of its tokens: what debris, quotations and layout all walk over."""

from __future__ import annotations

from operator import sub
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qala.model import Span
    from qala.text.words import Words


_GAP = 3  # spaces in a row that no writer puts between two words


class Line(NamedTuple):
    """The tokens ``first`` … ``end`` (excluded) of a line; ``gap`` is the number of line ends before it."""

    first: int
    end: int
    gap: int


def find_lines(words: Words) -> list[Line]:
    """Return the lines with at least one token, in order; a ``gap`` over 1 is a blank line."""
    lines: list[Line] = []
    forms, starts, ends = words.forms, words.starts, words.ends
    first, gap = 0, 0
    position = -1
    while True:
        try:
            position = forms.index("\n", position + 1)
        except ValueError:
            break
        if position > first:
            lines.append(Line(first, position, gap))
            gap = 0
        gap += ends[position] - starts[position]
        first = position + 1
    if len(forms) > first:
        lines.append(Line(first, len(forms), gap))
    return lines


def split_at_gaps(words: Words, lines: Iterable[Line]) -> Iterator[Line]:
    """Yield the pieces of ``lines`` between runs of three or more spaces: where a page was saved without its line
    ends, each is a line of the page. A line without such a run is its own piece; a later piece has ``gap`` 0.
    """
    text, starts, ends = words.text, words.starts, words.ends
    if max(map(sub, starts[1:], ends), default=0) < _GAP:
        yield from lines
        return
    for line in lines:
        first, gap = line.first, line.gap
        for token in range(line.first + 1, line.end):
            before, after = ends[token - 1], starts[token]
            if after - before >= _GAP and sum(map(str.isspace, text[before:after])) >= _GAP:
                yield Line(first, token, gap)
                first, gap = token, 0
        yield Line(first, line.end, gap)


def mark_tokens(words: Words, spans: Iterable[Span]) -> bytearray:
    """Return a byte for each token: 1 where one of ``spans`` covers it. Empty spans cover nothing."""
    marked = bytearray(len(words))
    for start, end in spans:
        if start < end:
            first, after = words.first_in(start), words.end_before(end)
            marked[first:after] = b"\1" * (after - first)
    return marked
