"""Quotations: every pair of marks in use, as writers really set them.

Marks are read in three families, each by itself: ``« »``, ``“ ” „ "`` with two apostrophes as one
mark, and ``‘ ’``. What a mark does is chosen for a whole paragraph at once, by the cheapest reading of
its spacing and its shape (a shortest path over the depth of nesting), so that a space on the wrong
side, an inverted pair ``» … «`` or a mark too many does not turn the rest of the paragraph over.
A quotation whose end is missing ends with its paragraph and is not ``closed``; one that is closed
in a later paragraph runs over them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qala.model import Debris, Quotation, Span
from qala.text.lines import find_lines, mark_tokens
from qala.text.words import MARK, WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qala.text.words import Words

_ANGLE, _DOUBLE, _SINGLE = 0, 1, 2
_OPENS, _CLOSES, _EITHER = 1, -1, 0
_SHAPES = {
    "\u00ab": (_ANGLE, _OPENS),
    "\u00bb": (_ANGLE, _CLOSES),
    "\u2039": (_ANGLE, _OPENS),
    "\u203a": (_ANGLE, _CLOSES),
    "\u300a": (_ANGLE, _OPENS),
    "\u300b": (_ANGLE, _CLOSES),
    "\u201c": (_DOUBLE, _OPENS),
    "\u201d": (_DOUBLE, _CLOSES),
    "\u201e": (_DOUBLE, _OPENS),
    "\u201f": (_DOUBLE, _OPENS),
    '"': (_DOUBLE, _EITHER),
    "\uff02": (_DOUBLE, _EITHER),
    "''": (_DOUBLE, _EITHER),
    "\u2018": (_SINGLE, _OPENS),
    "\u2019": (_SINGLE, _CLOSES),
}
_BEFORE_OPENING = frozenset("([{-:,;.\u2026/\u00ab\u201c\u2018")
_AFTER_CLOSING = frozenset(".,;:?!)]}-\u2026/\u00bb\u201d\u2019")
_TATWEEL = "\u0640"
_PREFIXES = 2  # letters of a preposition or conjunction written on to a mark

# Costs of a reading. Spacing speaks louder than nothing, shape louder than spacing; a mark that
# does nothing costs more than one that is badly spaced, and nesting costs where shapes don't show it.
_WRONG_SPACE, _WRONG_SHAPE, _STRAY, _UNCLOSED, _NESTED_STRAIGHT = 2.0, 2.0, 3.0, 2.9, 2.5
_DEEPEST = 3
_MOST_WEIGHED = 2000  # marks of one paragraph; beyond, shape alone decides
_LONGEST = 20_000  # characters of a quotation over several paragraphs


class _Mark(NamedTuple):
    span: Span
    family: int
    shape: int
    side: int  # what its spacing says: _OPENS, _CLOSES or _EITHER


class _Found(NamedTuple):
    span: Span
    closed: bool


def find_quotations(words: Words, debris: Sequence[Debris] = ()) -> tuple[Quotation, ...]:
    """Return the quotations of a text with their marks, in order of their start, properly nested.

    ``debris`` of the kind ``shortcode`` keeps the marks inside it out of sight. ``depth`` is 0 for a
    quotation outside all others; nesting is followed three deep in each family of marks.
    """
    paragraphs = _marks_by_paragraph(words, [d.span for d in debris if d.kind == "shortcode"])
    found: list[_Found] = []
    for family in (_ANGLE, _DOUBLE, _SINGLE):
        found += _find_in_family(
            [(end, [mark for mark in marks if mark.family == family]) for end, marks in paragraphs]
        )
    return _nest(found)


def _marks_by_paragraph(words: Words, hidden: list[Span]) -> list[tuple[int, list[_Mark]]]:
    """Return for each line its end in the text and the quotation marks in it."""
    kinds, text = words.kinds, words.text
    masked = mark_tokens(words, hidden)
    paragraphs = []
    for line in find_lines(words):
        marks = []
        skip = -1
        for token in range(line.first, line.end):
            if kinds[token] != MARK or token == skip or masked[token]:
                continue
            start, end = words.starts[token], words.ends[token]
            shown = text[start:end]
            if shown == "'" and text[end : end + 1] == "'" and token + 1 < line.end:
                shown, end, skip = "''", end + 1, token + 1
            if shown in _SHAPES:
                family, shape = _SHAPES[shown]
                marks.append(_Mark(Span(start, end), family, shape, _side(words, token, skip)))
        if marks:
            paragraphs.append((words.ends[line.end - 1], marks))
    return paragraphs


def _touch(words: Words, one: int, other: int) -> bool:
    """Return whether no white space parts two tokens; invisible characters between them do not."""
    gap = words.text[words.ends[one] : words.starts[other]]
    return words.forms[other] != "\n" and words.forms[one] != "\n" and not any(map(str.isspace, gap))


def _side(words: Words, token: int, skip: int) -> int:
    """Return what the spacing around a mark says of it."""
    last = skip if skip == token + 1 else token
    left = token > 0 and _touch(words, token - 1, token)
    right = last + 1 < len(words) and _touch(words, last, last + 1)
    if left and (words.forms[token - 1] in _BEFORE_OPENING or _is_prefix(words, token - 1)):
        left = False
    if right and words.forms[last + 1] in _AFTER_CLOSING:
        right = False
    if left == right:
        # A mark between a comma and a stop leans on what is before it, as in «…!»،
        return _EITHER
    return _OPENS if right else _CLOSES


def _is_prefix(words: Words, token: int) -> bool:
    """Return whether a word before a mark is a preposition or conjunction written on to it."""
    if words.kinds[token] != WORD:
        return False
    start, end = words.starts[token], words.ends[token]
    if words.text[end - 1] == _TATWEEL:
        return True
    before = words.text[start - 1] if start else " "
    return len(words.forms[token]) <= _PREFIXES and not words.forms[token].isascii() and not before.isalnum()


def _find_in_family(paragraphs: Iterable[tuple[int, list[_Mark]]]) -> list[_Found]:
    """Return the quotations that the marks of one family make."""
    found: list[_Found] = []
    waiting: tuple[_Mark, int] | None = None  # an opening mark without its end, with its paragraph's end
    for end, marks in paragraphs:
        if not marks:
            continue
        pairs, opened, strays = _read_paragraph(marks)
        if waiting is not None:
            closing = next((mark for mark in strays if mark.side != _OPENS), None)
            before = closing is not None and not any(pair.start < closing.span.start < pair.end for pair in pairs)
            if closing is not None and before and closing.span.end - waiting[0].span.start <= _LONGEST:
                found.append(_Found(Span(waiting[0].span.start, closing.span.end), True))
                waiting = None
        found += [_Found(pair, True) for pair in pairs]
        for mark in opened:
            if waiting is not None:
                found.append(_Found(Span(waiting[0].span.start, waiting[1]), False))
            waiting = (mark, end)
    if waiting is not None:
        found.append(_Found(Span(waiting[0].span.start, waiting[1]), False))
    return found


def _read_paragraph(marks: list[_Mark]) -> tuple[list[Span], list[_Mark], list[_Mark]]:
    """Return the pairs in a paragraph, the marks that open and are not closed, and those that do nothing."""
    roles = _plain_roles(marks) or (_weigh(marks) if len(marks) <= _MOST_WEIGHED else _by_shape(marks))
    pairs: list[Span] = []
    open_marks: list[_Mark] = []
    strays: list[_Mark] = []
    for mark, role in zip(marks, roles, strict=True):
        if role == _OPENS:
            open_marks.append(mark)
        elif role == _CLOSES:
            pairs.append(Span(open_marks.pop().span.start, mark.span.end))
        else:
            strays.append(mark)
    return pairs, open_marks, strays


def _plain_roles(marks: list[_Mark]) -> list[int] | None:
    """Return open, close, open, close where shapes and spacing agree with that, as they mostly do."""
    if len(marks) % 2:
        return None
    role = _OPENS
    roles = []
    for mark in marks:
        if mark.side == -role or mark.shape == -role:
            return None
        roles.append(role)
        role = -role
    return roles


def _cost(mark: _Mark, role: int, depth: int) -> float:
    """Return what it costs to read ``mark`` as opening or closing at ``depth``."""
    cost = _WRONG_SHAPE if mark.shape == -role else 0.0
    if mark.side == -role:
        cost += _WRONG_SPACE
    elif mark.side == _EITHER:
        cost += 0.5
    if role == _OPENS and depth:
        cost += _NESTED_STRAIGHT if mark.shape == _EITHER else 0.3 * depth
    if mark.family == _SINGLE and (mark.side == -role or mark.shape == -role):
        cost += _STRAY  # an apostrophe in a name is no quotation mark
    return cost


def _weigh(marks: list[_Mark]) -> list[int]:
    """Return the cheapest reading of a paragraph's marks: a shortest path over the depth of nesting."""
    far = float("inf")
    costs = [0.0] + [far] * _DEEPEST
    steps: list[list[int]] = []
    for mark in marks:
        new = [cost + _STRAY for cost in costs]
        step = [_EITHER] * (_DEEPEST + 1)
        for depth in range(_DEEPEST):
            opening = costs[depth] + _cost(mark, _OPENS, depth)
            if opening < new[depth + 1]:
                new[depth + 1], step[depth + 1] = opening, _OPENS
            closing = costs[depth + 1] + _cost(mark, _CLOSES, depth)
            if closing < new[depth]:
                new[depth], step[depth] = closing, _CLOSES
        costs = new
        steps.append(step)
    depth = min(range(_DEEPEST + 1), key=lambda d: costs[d] + d * _UNCLOSED)
    roles = []
    for step in reversed(steps):
        roles.append(step[depth])
        depth -= step[depth]
    return roles[::-1]


def _by_shape(marks: list[_Mark]) -> list[int]:
    """Return a reading of very many marks in one pass, by shape, or by turns where a mark has none."""
    roles = []
    depth = 0
    for mark in marks:
        role = mark.shape or (_CLOSES if depth else _OPENS)
        if (role == _OPENS and depth >= _DEEPEST) or (role == _CLOSES and not depth):
            role = _EITHER
        depth += role
        roles.append(role)
    return roles


def _nest(found: list[_Found]) -> tuple[Quotation, ...]:
    """Return what was found with its depth; of two that cross, the later start gives way.

    An unclosed one inside another ends where that one does, before its closing mark.
    """
    quotations: list[Quotation] = []
    stack: list[Quotation] = []
    for span, closed in sorted(found, key=lambda f: (f.span.start, -f.span.end)):
        while stack and stack[-1].span.end <= span.start:
            stack.pop()
        if stack and span.end > stack[-1].span.end:
            if closed:
                continue
            outer = stack[-1]
            span = Span(span.start, outer.span.end - 1 if outer.closed else outer.span.end)
        if span.end <= span.start + 1 and not closed:
            continue
        quotation = Quotation(span, len(stack), closed)
        quotations.append(quotation)
        stack.append(quotation)
    return tuple(quotations)
