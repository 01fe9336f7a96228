"""Debris: what stands on a page and is not the article. It is marked as spans and never cut.

Rules are data (debris.yaml); the forms of content systems' tags and of datelines are in their own
modules. Every line is looked at once, by the dictionary of first words; runs of spaces inside a line part it
as line ends do, for so pages are saved whose line ends were lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qala.model import Debris, Span
from qala.text.data import NUMBER as NUMBER_SLOT
from qala.text.data import DebrisRules, LineRule, Phrase, load_debris
from qala.text.datelines import find_dateline, is_signature
from qala.text.lines import Line, find_lines, mark_tokens, split_at_gaps
from qala.text.shortcodes import find_shortcodes
from qala.text.words import MARK, NUMBER, WORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qala.text.words import Words

_BULLETS = frozenset("-*.([|+#\u203a>")
_RULES = frozenset("-*_=.~#+\u00d7\u2022")
_MARKS = frozenset(":/-.|*,\u2026>")
_STRONG = frozenset("/-.|*\u2026>")
_STOPS = frozenset(".?!")
_PROSE = 20  # tokens of a line that is a paragraph for sure
_HEAD = 12  # lines in which a page can have its dateline
_LIST = 6  # headlines below "read also"
_HEADLINE = range(4, 18)  # words of a headline below another
_LONGEST_CAPTION = 25  # tokens
_CAPTION = range(6, 40)  # words of a line that stands on the page twice


def find_debris(words: Words, rules: DebrisRules | None = None) -> tuple[Debris, ...]:
    """Return the debris of a text in order; spans do not overlap, and prose is left alone in doubt.

    A ``truncation`` without any mark on the page is an empty span at the point where the text breaks
    off: nothing of the cut sentence is debris.
    """
    rules = rules or load_debris()
    lines = find_lines(words)
    found = find_shortcodes(words.text, rules.shortcodes)
    tagged = mark_tokens(words, [debris.span for debris in found])
    free = [line for line in lines if 1 not in tagged[line.first : line.end]]
    pieces = (piece for piece in split_at_gaps(words, lines) if 1 not in tagged[piece.first : piece.end])
    found += _find_in_lines(words, list(pieces), rules)
    found += _find_repeated(words, free, found)
    found += _find_break(words, lines, sorted(found), rules)
    return _without_overlaps(found)


def _find_in_lines(words: Words, lines: list[Line], rules: DebrisRules) -> Iterator[Debris]:
    """Yield what the rules say of each line, then datelines and signatures near the two ends."""
    ends = {0, 1, 2, 3, len(lines) - 1, len(lines) - 2, len(lines) - 3}
    listed = 0  # lines that may still be headlines of a list of related articles
    caption = -1  # the line that may be a caption: stamp, headline, caption
    prose = False
    for number, line in enumerate(lines):
        rule, span = _match_line(words, line, rules)
        if rule is not None:
            yield Debris(span, rule.kind)
            listed = _LIST if rule.covers == "list" else 0
            caption = number + 2 if rule.covers == "caption" else caption
        elif number == caption and _is_caption(words, lines, number):
            yield Debris(words.span(line.first, line.end - 1), "caption")
        elif listed and _is_headline(words, line):
            yield Debris(words.span(line.first, line.end - 1), "related")
            listed -= 1
        elif _is_rule(words, line):
            yield Debris(words.span(line.first, line.end - 1), "rule")
        else:
            listed = 0
            if number in ends and is_signature(words, line, rules, titled=number > 0):
                yield Debris(words.span(line.first, line.end - 1), "dateline")
            elif number < _HEAD and (number or line.end - line.first > _PROSE):
                after = find_dateline(words, line, rules, sure=prose)
                if after > line.first:
                    yield Debris(words.span(line.first, after - 1), "dateline")
                prose = prose or (number > 0 and line.end - line.first > _PROSE)


def _match_line(words: Words, line: Line, rules: DebrisRules) -> tuple[LineRule | None, Span]:
    """Return the first rule that takes ``line``, with what of it is debris."""
    forms = words.forms
    first, end = line.first, line.end
    whole = words.span(first, end - 1)
    start = first
    while start < end and forms[start] in _BULLETS:
        start += 1
    for phrase, rule in rules.by_first.get(forms[start], ()) if start < end else ():
        if rule.where != "holds" and _takes(words, line, start, phrase, rule):
            return rule, whole
    for phrase, rule in rules.by_last.get(forms[end - 1], ()):
        at = _closes(words, line, phrase)
        if at is not None:
            return rule, words.span(at, end - 1)
    if end - first <= 40:
        for position in range(first, end):
            form = NUMBER_SLOT if words.kinds[position] == NUMBER else forms[position]
            for phrase, rule in rules.by_first.get(form, ()):
                if rule.where == "holds" and _stands(words, position, end, phrase) and end - first <= rule.most:
                    return rule, whole
    return None, whole


def _stands(words: Words, position: int, end: int, phrase: Phrase) -> bool:
    """Return whether ``phrase`` stands at ``position``."""
    if position + len(phrase) > end:
        return False
    return all(
        words.kinds[token] == NUMBER if word == NUMBER_SLOT else words.forms[token] == word
        for token, word in enumerate(phrase, position)
    )


def _takes(words: Words, line: Line, start: int, phrase: Phrase, rule: LineRule) -> bool:
    """Return whether ``rule`` takes the line that ``phrase`` opens at ``start``."""
    if line.end - line.first > rule.most + 4 or not _stands(words, start, line.end, phrase):
        return False
    if sum(words.kinds[token] == WORD for token in range(start, line.end)) > rule.most:
        return False
    if rule.starred and "*" not in words.forms[line.first : start]:
        return False
    after = start + len(phrase)
    if rule.where == "is":
        return all(words.kinds[token] == MARK for token in range(after, line.end))
    return _followed(words, after, line.end, rule.then)


def _followed(words: Words, after: int, end: int, then: str) -> bool:
    """Return whether what a rule asks to follow its phrase follows it."""
    if then == "any" or after >= end:
        return True
    forms = words.forms
    if then == "strong":
        return forms[after] in _STRONG
    if then == "mark":
        return forms[after] in _MARKS
    return any(forms[token] in _MARKS for token in range(after, min(after + 5, end))) and (
        forms[after] in _MARKS or forms[end - 1] not in _STOPS
    )


def _closes(words: Words, line: Line, phrase: Phrase) -> int | None:
    """Return the first of the dots before a phrase that closes ``line``, ``None`` without dots."""
    at = line.end - len(phrase)
    if at < line.first or tuple(words.forms[at : line.end]) != phrase:
        return None
    dots = at
    while dots > line.first and words.forms[dots - 1] in (".", "\u2026"):
        dots -= 1
    if at - dots >= 2 or (at > dots and words.forms[dots] == "\u2026"):
        return dots
    return None


def _is_headline(words: Words, line: Line) -> bool:
    """Return whether ``line`` can be a headline in a list: short, and no stop at its end."""
    return words.forms[line.end - 1] not in (".", ":") and line.end - line.first in _HEADLINE


def _is_caption(words: Words, lines: list[Line], number: int) -> bool:
    """Return whether a piece of a line is its third and last, behind a headline, and ends without a full stop."""
    inside = lines[number].gap == lines[number - 1].gap == 0
    last = number + 1 == len(lines) or lines[number + 1].gap > 0
    line = lines[number]
    return inside and last and words.forms[line.end - 1] != "." and line.end - line.first <= _LONGEST_CAPTION


def _is_rule(words: Words, line: Line) -> bool:
    """Return whether ``line`` is three or more dashes, stars or the like and nothing else."""
    return line.end - line.first >= 3 and all(words.forms[token] in _RULES for token in range(line.first, line.end))


def _find_repeated(words: Words, lines: list[Line], found: list[Debris]) -> list[Debris]:
    """Return the lines without a final stop that stood on the page before: captions, titles again."""
    starts = {debris.span.start for debris in found}
    seen = {_words_of(words, debris.span) for debris in found if debris.kind == "caption"}
    repeated = []
    for line in lines:
        if words.starts[line.first] in starts or line.end - line.first > 60:
            continue
        said = tuple(words.forms[token] for token in range(line.first, line.end) if words.kinds[token] != MARK)
        if len(said) not in _CAPTION or words.forms[line.end - 1] in (".", "?"):
            continue
        if said in seen:
            repeated.append(Debris(words.span(line.first, line.end - 1), "caption"))
        seen.add(said)
    return repeated


def _words_of(words: Words, span: Span) -> Phrase:
    """Return the folded words in ``span``, without marks."""
    return tuple(words.forms[token] for token in words.within(span) if words.kinds[token] != MARK)


def _find_break(words: Words, lines: list[Line], found: list[Debris], rules: DebrisRules) -> list[Debris]:
    """Return where the last paragraph breaks off: at a word or a comma that cannot end it, or at dots.

    Dots count as a break only where the page's system put them, in brackets: writers use them, too.
    """
    number = len(found) - 1
    for line in reversed(lines):
        start, end = words.span(line.first, line.end - 1)
        inside = []
        while number >= 0 and found[number].span.end > start:
            inside.append(found[number])
            number -= 1
        if any(debris.kind == "truncation" for debris in inside):
            return []
        if all(debris.kind == "dateline" and debris.span.end < end for debris in inside):
            return _break_at(words, line, rules)
    return []


def _break_at(words: Words, line: Line, rules: DebrisRules) -> list[Debris]:
    """Return the break at the end of ``line``, if it is one."""
    forms, first, last = words.forms, line.first, line.end - 1
    if last - first < 4:
        return []
    if forms[last] in (")", "]") and forms[last - 1] in (".", "\u2026"):
        at = last - 1
        while at > first and forms[at] in (".", "\u2026"):
            at -= 1
        return [Debris(words.span(at, last), "truncation")] if forms[at] in ("(", "[") else []
    dots = line.end
    while dots > first and forms[dots - 1] in (".", "\u2026"):
        dots -= 1
    ended = line.end - dots == 1 and forms[last] == "."
    if ended or dots == first:
        return []
    if forms[dots - 1] not in rules.unfinished and forms[dots - 1] != ",":
        return []
    end = words.ends[dots - 1]
    return [Debris(words.span(dots, last) if dots < line.end else Span(end, end), "truncation")]


def _without_overlaps(found: list[Debris]) -> tuple[Debris, ...]:
    """Return the debris in order, without what starts inside something before it."""
    kept: list[Debris] = []
    for debris in sorted(found):
        if not kept or debris.span.start >= kept[-1].span.end:
            kept.append(debris)
    return tuple(kept)
