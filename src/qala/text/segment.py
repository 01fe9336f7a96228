"""How a text is built: paragraphs, headings and sentences as spans, beside its debris and quotations.

Every token but line ends stands in exactly one sentence or in debris. Sentences end at a full stop,
a question or exclamation mark and at a line's end; dots in numbers, abbreviations, addresses and
rows of dots end nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from qala.model import Debris, Heading, Layout, Quotation, Span
from qala.text.data import load_debris
from qala.text.lines import Line, find_lines, mark_tokens
from qala.text.words import MARK, NUMBER, WORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qala.text.words import Words

_STOPS = frozenset(".?!")
_CLOSING = frozenset("\")]}\u00bb\u201d\u2019\u203a'")
_CARRY_ON = frozenset(",:;-/\u2026")  # after a closing mark: the sentence goes on
_DASHES = frozenset("-*\u2022\u25ba\u25b6")

_LONGEST_TITLE = 40  # tokens
_LONGEST_QUESTION = 24
_LONGEST_DASHED = 16
_LONGEST_PLAIN = 9
_PROSE = 14  # tokens of a line that is a paragraph and no heading or item of a list
_SHORT_QUOTE = 4  # words; "Yahoo!" and other names with a mark inside


class _Quoted:
    """Quotations by position, for one look-up by halving each."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        self.all = quotations
        self.starts = [quotation.span.start for quotation in quotations]
        self.outer = [quotation.span for quotation in quotations if not quotation.depth]
        self.outer_starts = [span.start for span in self.outer]

    def opens_at(self, position: int) -> bool:
        """Return whether a quotation starts at ``position``."""
        index = bisect_left(self.starts, position)
        return index < len(self.starts) and self.starts[index] == position

    def innermost(self, position: int) -> Span | None:
        """Return the last quotation that starts before ``position`` where it holds it."""
        index = bisect_right(self.starts, position) - 1
        return self.all[index].span if index >= 0 and position < self.all[index].span.end else None

    def outermost(self, position: int) -> Span | None:
        """Return the quotation inside no other that holds ``position``."""
        index = bisect_right(self.outer_starts, position) - 1
        return self.outer[index] if index >= 0 and position < self.outer[index].end else None


def find_layout(words: Words, debris: Sequence[Debris], quotations: Sequence[Quotation]) -> Layout:
    """Return the layout of a text from its tokens, its debris and its quotations, each in order."""
    lines = find_lines(words)
    hidden = mark_tokens(words, [span for span, _ in debris])
    pieces = [list(_pieces(line, hidden)) for line in lines]
    prose = [line for line, parts in zip(lines, pieces, strict=True) if parts]
    quoted = _Quoted(quotations)
    sentences = tuple(span for parts in pieces for part in parts for span in _find_sentences(words, part, quoted))
    return Layout(
        paragraphs=tuple(words.span(line.first, line.end - 1) for line in prose),
        headings=tuple(_find_headings(words, prose, hidden, quoted)),
        sentences=sentences,
        quotations=tuple(quotations),
        debris=tuple(debris),
    )


def _pieces(line: Line, hidden: bytearray) -> Iterator[range]:
    """Yield the runs of tokens of ``line`` that are not debris."""
    if 1 not in hidden[line.first : line.end]:
        yield range(line.first, line.end)
        return
    first = line.first
    for token in range(line.first, line.end + 1):
        if token == line.end or hidden[token]:
            if token > first:
                yield range(first, token)
            first = token + 1


def _find_sentences(words: Words, piece: range, quoted: _Quoted) -> Iterator[Span]:
    """Yield the sentences in a run of tokens; they touch one another and cover it."""
    forms = words.forms
    first = piece.start
    token = piece.start
    while token < piece.stop:
        if forms[token] in _STOPS:
            after = _end_of_sentence(words, token, piece, quoted)
            if after:
                yield words.span(first, after - 1)
                first = token = after
                continue
            while token + 1 < piece.stop and forms[token + 1] in ("?", "!"):
                token += 1
        token += 1
    if first < piece.stop:
        yield words.span(first, piece.stop - 1)


def _end_of_sentence(words: Words, stop: int, piece: range, quoted: _Quoted) -> int:
    """Return the token after the sentence that the stop at ``stop`` ends, 0 where it ends none."""
    forms = words.forms
    if forms[stop] == "." and _is_inner_dot(words, stop, piece):
        return 0
    after = stop + 1
    while after < piece.stop and forms[after] in ("?", "!"):
        after += 1
    closing = after
    while after < piece.stop and forms[after] in _CLOSING and _closes(words, after, quoted):
        after += 1
    if after == piece.stop:
        return after
    if after > closing:
        if forms[after] in _CARRY_ON:
            return 0
        if forms[after] == ".":
            return after + 1 if after + 1 == piece.stop or forms[after + 1] != "." else 0
        if forms[stop] != "." and _is_short_quote(words, words.starts[stop], quoted):
            return 0
    return after


def _closes(words: Words, token: int, quoted: _Quoted) -> bool:
    """Return whether the mark is no opening one: a quotation that starts here is the next sentence's."""
    return words.forms[token] != '"' or not quoted.opens_at(words.starts[token])


def _is_short_quote(words: Words, position: int, quoted: _Quoted) -> bool:
    """Return whether ``position`` is in a quotation of a few words."""
    span = quoted.innermost(position)
    return span is not None and len(words.within(span)) - 2 <= _SHORT_QUOTE


def _is_inner_dot(words: Words, dot: int, piece: range) -> bool:
    """Return whether a dot ends no sentence: a row of dots, an abbreviation, an address, an item's number."""
    forms, kinds = words.forms, words.kinds
    before = dot - 1 if dot > piece.start else None
    after = dot + 1 if dot + 1 < piece.stop else None
    if (before is not None and forms[before] == ".") or (after is not None and forms[after] == "."):
        return after is not None  # a row of dots ends a sentence only at the end of its piece
    if before is None or after is None:
        return False
    tight = words.ends[dot] == words.starts[after] and kinds[after] != MARK
    if kinds[before] == WORD:
        letters = len(forms[before])
        if letters == 1 and not _after_number(words, before):
            return True
        latin = forms[before].isascii() and forms[after].isascii()
        return tight and (latin or len(forms[after]) == 1 or _in_address(forms[before], forms[after]))
    if kinds[before] == NUMBER:
        return before == piece.start or (tight and kinds[after] == NUMBER)
    return False


def _after_number(words: Words, token: int) -> bool:
    """Return whether a number touches the single letter at ``token``, as in a year of the Hijra."""
    return token > 0 and words.kinds[token - 1] == NUMBER


def _in_address(before: str, after: str) -> bool:
    """Return whether a dot between two words is one of an address or of transcribed letters."""
    rules = load_debris()
    return after in rules.domains or (before in rules.letters and after in rules.letters)


def _find_headings(words: Words, lines: list[Line], hidden: bytearray, quoted: _Quoted) -> Iterator[Heading]:
    """Yield the lines that head what follows: the title, dashed lines, questions, short lines."""
    sizes = [line.end - line.first for line in lines]
    dashed = [words.forms[line.first] in _DASHES for line in lines]
    for number, line in enumerate(lines):
        if number + 1 == len(lines) or hidden[line.first] or hidden[line.end - 1]:
            continue
        span = words.span(line.first, line.end - 1)
        last = words.forms[_last_said(words, line)]
        outer = quoted.outermost(span.start - 1) if span.start else None
        if outer is not None and span.end <= outer.end:
            continue  # a line of speech that began above
        if last == "?" and sizes[number] <= _LONGEST_QUESTION and _asks_only(words, line, span, quoted):
            yield Heading(span, True)
        elif number == 0:
            if lines[1].gap > 1 and sizes[0] <= _LONGEST_TITLE and last != ".":
                yield Heading(span, _asks(words, line))
        elif dashed[number]:
            if _heads_dashed(number, dashed) and last != "." and sizes[number] <= _LONGEST_DASHED:
                yield Heading(span, False)
        elif (
            sizes[number] <= _LONGEST_PLAIN
            and last not in (".", ":", ",", ";", "-", "?")
            and _is_lone(words, number, lines, sizes)
        ):
            yield Heading(span, False)


def _last_said(words: Words, line: Line) -> int:
    """Return the last token of ``line`` before closing marks and an exclamation behind a question."""
    last = line.end - 1
    while last > line.first and (words.forms[last] in _CLOSING or words.forms[last] == "!"):
        last -= 1
    return last


def _asks(words: Words, line: Line) -> bool:
    """Return whether a title has a question in it."""
    return "?" in words.forms[line.first : line.end]


def _asks_only(words: Words, line: Line, span: Span, quoted: _Quoted) -> bool:
    """Return whether a line that ends with a question is one, no full stop before it and nobody quoted."""
    forms = words.forms
    for token in range(line.first + 1, line.end - 1):
        if forms[token] == "." and forms[token - 1] != "." and forms[token + 1] != ".":
            return False
    outer = quoted.outermost(words.starts[_last_said(words, line)])
    return outer is None or outer.start <= span.start + 1


def _heads_dashed(number: int, dashed: list[bool]) -> bool:
    """Return whether a dashed line heads something: it is no item of a list of three or more."""
    around = dashed[max(number - 2, 0) : number + 3]
    here = min(number, 2)
    before = 0 if not here or not around[here - 1] else (2 if here > 1 and around[here - 2] else 1)
    behind = around[here + 1 :]
    after = 0 if not behind or not behind[0] else (2 if len(behind) > 1 and behind[1] else 1)
    return before + after < 2


def _is_lone(words: Words, number: int, lines: list[Line], sizes: list[int]) -> bool:
    """Return whether a short line stands between paragraphs: verses and lists have short neighbours."""
    if sizes[number] < 1 or not any(words.kinds[t] == WORD for t in range(lines[number].first, lines[number].end)):
        return False
    before = lines[number - 1]
    ended = words.forms[before.end - 1] in _STOPS | _CLOSING or number == 1
    return ended and (sizes[number - 1] >= _PROSE or number == 1) and sizes[number + 1] >= _PROSE
