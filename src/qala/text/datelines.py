"""Datelines and signatures: where a page says, outside its prose, where it was written and who sent it.

``DUBAI, United Arab Emirates (CNN)--``, ``Riyadh - SPA:``, ``(AFP)`` alone, ``AFP - Paris`` as a last line.
A dateline opens the first paragraph of prose; a signature is a whole short line near either end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qala.text.words import NUMBER, WORD

if TYPE_CHECKING:
    from qala.text.data import DebrisRules, Phrase
    from qala.text.lines import Line
    from qala.text.words import Words

_SEPARATORS = frozenset("-/:,|")
_WRAPS = frozenset('()"\u00ab\u00bb{}[]\u201c\u201d')
_STARS = frozenset("*.-")
_LONGEST_PLACE = 8  # tokens before the agency
_LONGEST_SIGNATURE = 12  # tokens


def match_phrase(forms: list[str], position: int, end: int, index: dict[str, list[Phrase]]) -> int:
    """Return the token after the longest phrase of ``index`` at ``position``, or ``position``."""
    for phrase in index.get(forms[position], ()) if position < end else ():
        at = position
        for word in phrase:
            while at < end and forms[at] == "." and at > position:
                at += 1
            if at >= end or forms[at] != word:
                break
            at += 1
        else:
            return at
    return position


def find_dateline(words: Words, line: Line, rules: DebrisRules, *, sure: bool = False) -> int:
    """Return the token after the dateline that opens ``line``, or ``line.first`` where there is none.

    ``sure`` asks for an agency in brackets and a dash, which nothing but a dateline has.
    """
    forms = words.forms
    position = line.first
    while position < line.end and forms[position] in _STARS:
        position += 1
    after_city = match_phrase(forms, position, line.end, rules.cities)
    agency = _find_agency(words, position, line, rules)
    if agency:
        start, after, wrapped = agency
        tail = _skip_separators(words, after, line.end)
        dashed = "-" in forms[after:tail]
        if sure and not (wrapped and dashed):
            return line.first
        if start == position:
            # An agency alone opens a line only in brackets and with a dash: "(CNN)--".
            return tail if wrapped and dashed else line.first
        known = after_city > position or ("," in forms[position:start] and dashed)
        separated = wrapped or forms[start - 1] in _SEPARATORS or forms[start - 2] in _SEPARATORS
        if known and separated and (wrapped or tail > after) and _is_place(words, position, start):
            return tail
        return line.first
    if after_city > position and not sure:
        return _place_alone(words, line, after_city)
    return line.first


def _find_agency(words: Words, position: int, line: Line, rules: DebrisRules) -> tuple[int, int, bool] | None:
    """Return first token, end and wrapping of the agency within reach of ``position``."""
    forms = words.forms
    for at in range(position, min(position + _LONGEST_PLACE, line.end)):
        start = at + 1 if forms[at] in _WRAPS else at
        after = match_phrase(forms, start, line.end, rules.agencies)
        if after > start and (start > at or at == position or forms[at - 1] in _SEPARATORS):
            while after < line.end and forms[after] == ".":
                after += 1  # the dot of an abbreviation
            wrapped = start > at
            if wrapped and not (after < line.end and forms[after] in _WRAPS):
                continue
            return at, after + wrapped, wrapped and forms[at] == "("
    return None


def _skip_separators(words: Words, position: int, end: int) -> int:
    """Return the token after dashes, colons and slashes at ``position``."""
    while position < end and words.forms[position] in ("-", ":", "/"):
        position += 1
    return position


def _is_place(words: Words, first: int, end: int) -> bool:
    """Return whether the tokens can be a place with a date: words, numbers and separators only."""
    return all(words.kinds[token] in (WORD, NUMBER) or words.forms[token] in _SEPARATORS for token in range(first, end))


def _place_alone(words: Words, line: Line, after: int) -> int:
    """Return the token after ``CITY -`` or ``CITY, COUNTRY -`` before long prose, else ``line.first``."""
    forms = words.forms
    dash = after
    if dash < line.end and forms[dash] == ",":
        dash += 1
        while dash < min(after + 6, line.end) and words.kinds[dash] == WORD:
            dash += 1
    if dash >= line.end or forms[dash] != "-" or words.starts[dash] == words.ends[dash - 1]:
        return line.first  # a dash without space before it joins two names: "the Paris-Tunis flight"
    tail = _skip_separators(words, dash, line.end)
    return tail if line.end - tail >= 12 else line.first


def is_signature(words: Words, line: Line, rules: DebrisRules, *, titled: bool = True) -> bool:
    """Return whether ``line`` is nothing but an agency, with places and names beside it at most.

    Below a title ``CITY - NAME SURNAME`` is one, too; as a title it could be anything.
    """
    forms, first, end = words.forms, line.first, line.end
    if end - first > _LONGEST_SIGNATURE:
        return False
    while first < end and forms[first] in _STARS:
        first += 1
    if titled and _is_byline(words, match_phrase(forms, first, end, rules.cities), first, end):
        return True
    for at in range(first, end):
        start = at + 1 if forms[at] in _WRAPS and at + 1 < end else at
        if at > first and forms[at - 1] not in _SEPARATORS:
            continue
        after = match_phrase(forms, start, end, rules.agencies)
        while start < after < end and (forms[after] in _WRAPS or forms[after] == "."):
            after += 1
        if after > start and (after == end or forms[after] in ("-", "/", ",")):
            return _beside(words, first, at, rules) and _beside(words, after, end, rules)
    return False


def _is_byline(words: Words, after: int, first: int, end: int) -> bool:
    """Return whether a dash, two to four words and nothing else follow a city that ends at ``after``."""
    if not (first < after < end and words.forms[after] == "-"):
        return False
    names = range(after + 1, end)
    return 2 <= len(names) <= 4 and all(words.kinds[token] == WORD for token in names)


def _beside(words: Words, first: int, end: int, rules: DebrisRules) -> bool:
    """Return whether what stands beside the agency is short enough to be places, names or another agency."""
    content = [words.forms[token] for token in range(first, end) if words.kinds[token] == WORD]
    marks = {words.forms[token] for token in range(first, end)} & {":", "?", "!", "."}
    if not content:
        return True
    city = any(match_phrase(words.forms, token, end, rules.cities) > token for token in range(first, end))
    agency = any(match_phrase(words.forms, token, end, rules.agencies) > token for token in range(first, end))
    return len(content) <= (4 if city or agency else 3) and not marks
