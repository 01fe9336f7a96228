"""Candidate readings: for every cue, each place where its content could begin.

A reading is a guess; :mod:`qala.extraction.ranker` weighs the guesses of one cue against each other and
against "this is no statement". Nothing is decided here, so recall matters and precision does not.
"""

from collections.abc import Iterator
from typing import NamedTuple

from qala.extraction.scan import Cue, Scan
from qala.text.words import WORD


class Reading(NamedTuple):
    """One way to read a cue: ``kind`` of frame, first token of the content, and what is fixed beyond it."""

    cue: Cue
    kind: str
    start: int
    end: int = -1  # last token of the content, where the frame fixes it
    particle: int = -1  # token of the separate preposition that belongs to the cue
    rank: int = 0  # how many candidates of this kind stand nearer to the cue


_FAR = 60  # tokens; contents begin farther from their cue in none of the gold's statements
_LIMITS = {"comp": 3, "colon": 2, "quote": 3, "prep": 3, "bi": 4, "li": 3, "bare": 14}
_PREPOSITIONS = {
    "to": "\u0627\u0644\u064a",
    "upon": "\u0639\u0644\u064a",
    "about": "\u0639\u0646",
    "of": "\u0645\u0646",
    "in": "\u0641\u064a",
}
_BY, _FOR = "\u0628", "\u0644"
_QUOTES = frozenset('"\u00ab\u201c\u201d\u00bb')
_SOFT = frozenset(
    ("preposition", "conjunction", "relative", "negation", "verbal", "pronoun", "that", "addition")
)


def _after(scan: Scan, cue: Cue) -> Iterator[Reading]:
    """Contents that follow their cue."""
    words, forms, classes = scan.words, scan.words.forms, scan.classes
    begin = cue.last + 1
    limit = min(scan.sentence_end[cue.last], begin + _FAR)
    if scan.quote_open[cue.first] >= 0:
        limit = min(limit, max(scan.quote_close[cue.first], begin))
    frames = cue.form.entry.frames
    prepositions = {form for frame, form in _PREPOSITIONS.items() if frame in frames}
    bare = "object" in frames or "as_object" in frames
    counts = dict.fromkeys(_LIMITS, 0)
    taken: set[int] = set()

    def offer(kind: str, start: int, particle: int = -1) -> Iterator[Reading]:
        if start < len(words) and start not in taken and counts[kind] < _LIMITS[kind]:
            if kind != "bare":
                taken.add(start)
            yield Reading(cue, kind, start, particle=particle, rank=counts[kind])
            counts[kind] += 1

    for j in range(begin, limit):
        form, group = forms[j], classes[j]
        if group == "that":
            yield from offer("comp", j)
        elif form == ":":
            start = j + 1
            while start < len(words) and forms[start] == "\n" and start - j < 3:
                start += 1
            yield from offer("colon", start)
        elif form in _QUOTES and scan.quote_open[j] == j:
            yield from offer("quote", j)
            if bare:
                yield from offer("bare", j)
        elif form in prepositions and words.kinds[j] == WORD:
            yield from offer("prep", j + 1, particle=j)
        elif words.kinds[j] == WORD and group not in _SOFT:
            if "with" in frames and form[0] == _BY and len(form) > 3:
                yield from offer("bi", j)
            if "for" in frames and form[0] == _FOR and len(form) > 3:
                yield from offer("li", j)
            if bare and j - begin < 28 and _may_open(scan, j):
                yield from offer("bare", j)


def _may_open(scan: Scan, j: int) -> bool:
    """Whether a noun phrase can begin at ``j``: not inside a known actor's name, nor at the second part of a person's."""
    return scan.tags[j][1:] not in ("i", "e") and not (scan.shapes[j] == "NN" and scan.shapes[j - 1] == "NN")


def _clause_starts(scan: Scan, before: int) -> Iterator[int]:
    """First tokens of the clauses of the sentence that end before token ``before``: the sentence's, then nearer ones."""
    begin = scan.sentence_start[before]
    forms = scan.words.forms
    while begin < before and (forms[begin] in "\n-," or scan.debris[begin]):
        begin += 1
    if begin < before:
        yield begin
    commas = [j for j in range(max(begin, before - _FAR), before - 1) if forms[j] in ",;:"]
    for j in commas[-3:]:
        yield j + 1


def _before(scan: Scan, cue: Cue) -> Iterator[Reading]:
    """Contents that stand before their cue."""
    forms = scan.words.forms
    end = cue.first - 1
    while end >= 0 and forms[end] in (",", "-", "."):
        end -= 1
    if end < 0:
        return
    close = scan.quote_close[end]
    if close == end and scan.quote_open[cue.first] < 0 and cue.first - end <= 3:
        yield Reading(cue, "qbefore", scan.quote_open[end], end)
    if forms[end] == "\n" or scan.sentence_start[end] != scan.sentence_start[cue.first]:
        return
    if cue.form.entry.kind != "verb" or forms[cue.first - 1] in (",", "-"):
        for rank, start in enumerate(_clause_starts(scan, cue.first)):
            if start < end:
                yield Reading(cue, "cbefore", start, end, rank=rank)


def _according(scan: Scan, cue: Cue) -> Iterator[Reading]:
    """Contents that follow an attributing phrase and its source: "according to X, …"."""
    forms, classes = scan.words.forms, scan.classes
    limit = min(scan.sentence_end[cue.last], cue.last + 30)
    rank = 0
    for j in range(cue.last + 2, limit - 1):
        if forms[j] in ",:" or classes[j] == "that":
            start = j if classes[j] == "that" else j + 1
            if rank < 4:
                yield Reading(cue, "cafter", start, rank=rank)
            rank += 1


def find_readings(scan: Scan, cue: Cue) -> list[Reading]:
    """Return the candidate readings of ``cue``, in the order of their contents' first tokens by kind."""
    if cue.form.entry.kind in ("according", "as_said"):
        return [*_before(scan, cue), *_according(scan, cue)]
    return [*_after(scan, cue), *_before(scan, cue)]
