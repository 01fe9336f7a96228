"""Candidate readings: for every cue, each place where its content could begin.

A reading is a guess; :mod:`qala.extraction.ranker` weighs the guesses of one cue against each other and
against "this is no statement". Nothing is decided here, so recall matters and precision does not.
"""

from collections.abc import Iterator
from typing import NamedTuple

from qala.extraction.scan import Cue, Scan
from qala.lexicon.words import load_classes
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
_LONGEST = 400  # tokens of a content that stands before its cue
_LIMITS = {"comp": 3, "colon": 2, "quote": 3, "prep": 3, "bi": 4, "li": 3, "bare": 14}
_PREPOSITIONS = {
    "to": "\u0627\u0644\u064a",
    "upon": "\u0639\u0644\u064a",
    "about": "\u0639\u0646",
    "of": "\u0645\u0646",
    "in": "\u0641\u064a",
}
_BARE = 28  # tokens after a cue in which a bare noun may open its content
_ANSWERS, _VERBS = 4, 8  # candidates behind an attributing phrase: at marks, at what may be a verb
_INNER = 3  # candidates of clauses inside the sentence before an attributing phrase
_OPENING = 2  # tokens before an attributing phrase that opens its sentence
_BY, _FOR, _WHAT = "\u0628", "\u0644", "\u0645\u0627"
_QUOTES = frozenset('"\u00ab\u201c\u201d\u00bb')
_SOFT = frozenset(("preposition", "conjunction", "relative", "negation", "verbal", "pronoun", "that", "addition"))


class _Offers:
    """The readings of one cue as they are found: each place once but for bare nouns, a few of each kind."""

    __slots__ = ("counts", "cue", "out", "size", "taken")

    def __init__(self, cue: Cue, size: int) -> None:
        self.cue = cue
        self.size = size
        self.out: list[Reading] = []
        self.counts = dict.fromkeys(_LIMITS, 0)
        self.taken: set[int] = set()

    def add(self, kind: str, start: int, particle: int = -1) -> None:
        rank = self.counts[kind]
        if start < self.size and start not in self.taken and rank < _LIMITS[kind]:
            if kind != "bare":
                self.taken.add(start)
            self.out.append(Reading(self.cue, kind, start, -1, particle, rank))
            self.counts[kind] = rank + 1


def _after(scan: Scan, cue: Cue) -> list[Reading]:
    """Return the contents that follow their cue."""
    words, classes, frames = scan.words, scan.classes, cue.form.entry.frames
    forms, kinds = words.forms, words.kinds
    begin = cue.last + 1
    limit = min(scan.sentence_end[cue.last], begin + _FAR)
    if scan.quote_open[cue.first] >= 0:
        limit = min(limit, max(scan.quote_close[cue.first], begin))
    prepositions = [form for frame, form in _PREPOSITIONS.items() if frame in frames]
    joined = {_BY: "bi"} if "with" in frames else {}
    if "for" in frames:
        joined[_FOR] = "li"
    bare_limit = begin + _BARE if "object" in frames or "as_object" in frames else begin
    offers = _Offers(cue, len(words))
    for j in range(begin, limit):
        form = forms[j]
        if kinds[j] == WORD:
            if classes[j] == "that":
                offers.add("comp", j)
            elif form in prepositions:
                offers.add("prep", j + 1, j)
            elif classes[j] not in _SOFT or form == _WHAT:
                kind = joined.get(form[0])
                if kind and _may_join(scan, j, limit, kind):
                    offers.add(kind, j)
                if j < bare_limit and _may_open(scan, j):
                    offers.add("bare", j)
        elif form == ":":
            offers.add("colon", _behind_line_end(forms, j + 1))
        elif scan.quote_open[j] == j and form in _QUOTES:
            offers.add("quote", j)
            if bare_limit > begin:
                offers.add("bare", j)
    return offers.out


def _behind_line_end(forms: list[str], start: int) -> int:
    """Return ``start``, or the token behind a line end or two there."""
    end = start
    while end < len(forms) and forms[end] == "\n" and end - start < 2:
        end += 1
    return end


def _may_join(scan: Scan, j: int, limit: int, kind: str) -> bool:
    """Whether the word at ``j`` can hold a joined preposition, or is one alone before a quotation."""
    letters = len(scan.words.forms[j])
    quoted = letters == 1 and j + 1 < limit and scan.quote_open[j + 1] == j + 1
    return quoted or letters > (2 if kind == "bi" else 3)


def _may_open(scan: Scan, j: int) -> bool:
    """Whether a noun phrase can begin at ``j``: not inside an actor's or a person's name."""
    return scan.tags[j][1:] not in ("i", "e") and not (scan.shapes[j] == "NN" and scan.shapes[j - 1] == "NN")


def _clause_starts(scan: Scan, before: int) -> Iterator[int]:
    """Yield the first tokens of the sentence's clauses before token ``before``: its own, then nearer ones."""
    begin = scan.sentence_start[before]
    forms = scan.words.forms
    while begin < before and (forms[begin] in "\n-," or scan.debris[begin]):
        begin += 1
    if begin < before <= begin + _LONGEST:
        yield begin
    commas = [j for j in range(max(begin, before - _FAR), before - 1) if forms[j] in ",;:"]
    for j in commas[-3:]:
        yield j + 1


def _inner_starts(scan: Scan, before: int) -> Iterator[int]:
    """Yield where a clause inside the sentence begins before token ``before``, the nearest first: "…, which …"."""
    found = 0
    for j in range(before - 2, max(scan.sentence_start[before], before - _FAR), -1):
        if scan.classes[j] in ("relative", "that", "conjunction"):
            yield j if scan.classes[j] == "that" else j + 1
            found += 1
            if found == _INNER:
                return


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
    if cue.form.entry.kind == "according":
        for rank, start in enumerate(_inner_starts(scan, cue.first)):
            if start < end:
                yield Reading(cue, "cinner", start, end, rank=rank)


def _according(scan: Scan, cue: Cue) -> Iterator[Reading]:
    """Contents that follow an attributing phrase and its source: behind a comma, a "that", or at once with a verb."""
    forms, classes, answers = scan.words.forms, scan.classes, load_classes()["answer"]
    limit = min(scan.sentence_end[cue.last], cue.last + 30)
    rank = verbs = 0
    opens = cue.form.entry.kind == "according" and cue.first - scan.sentence_start[cue.first] <= _OPENING
    for j in range(cue.last + 2, limit - 1):
        if forms[j] in ",:" or classes[j] == "that" or forms[j] in answers:
            start = j + 1 if forms[j] in ",:" else j
            if rank < _ANSWERS:
                yield Reading(cue, "cafter", start, rank=rank)
            rank += 1
        elif opens and not rank and verbs < _VERBS and _may_answer(scan, j):
            yield Reading(cue, "cverb", j, rank=verbs)
            verbs += 1


def _may_answer(scan: Scan, j: int) -> bool:
    """Whether a clause can begin at ``j`` right behind a noun phrase: with a particle, or a word that may be a verb."""
    if scan.words.kinds[j] != WORD or scan.tags[j] or scan.times[j] >= 0:
        return False
    if scan.classes[j]:
        return scan.classes[j] in ("verbal", "negation")
    return scan.shapes[j][0] not in "ABKLWN" and scan.shapes[j][1] not in "IiN"


def find_readings(scan: Scan, cue: Cue) -> list[Reading]:
    """Return the candidate readings of ``cue``, in the order of their contents' first tokens by kind."""
    if cue.form.entry.kind in ("according", "as_said"):
        return [*_before(scan, cue), *_according(scan, cue)]
    return [*_after(scan, cue), *_before(scan, cue)]
