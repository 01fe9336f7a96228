"""What the ranker of ends looks at: what follows a candidate, and how the content stands to its quotation."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Generic, NamedTuple

from qala.extraction.contents import content_limit
from qala.extraction.ranker import Memo, Memos, Weights, Worth, memos_of, named, spelling
from qala.extraction.reading_features import bucket
from qala.extraction.readings import Reading
from qala.extraction.scan import Scan
from qala.text.words import WORD


class Accepted(NamedTuple):
    """The readings accepted in a first pass, by the first token of their cue, and those tokens in order."""

    by_cue: dict[int, Reading]
    cues: list[int]  # without headlines

    @classmethod
    def of(cls, readings: list[Reading]) -> "Accepted":
        """Index ``readings``."""
        by_cue = {reading.cue.first: reading for reading in readings}
        return cls(by_cue, sorted(first for first, reading in by_cue.items() if reading.kind != "title"))

    def between(self, after: int, last: int) -> int:
        """Return how many cues stand behind token ``after`` up to token ``last``."""
        return bisect_right(self.cues, last) - bisect_left(self.cues, after + 1)


NOTHING_ACCEPTED = Accepted({}, [])


class _Frame(NamedTuple):
    """What is the same for all ends of one content."""

    reading: Reading
    quote: int  # the closing mark of the quotation that the content opens with, or -1
    quoted: str  # Q: it opens with one, R: behind a word or two, N: it does not
    limit: int


def _frame(scan: Scan, reading: Reading) -> _Frame:
    start, size = reading.start, len(scan.classes)
    opened = start
    while opened < start + 3 and opened < size and scan.quote_open[opened] != opened:
        opened += 1
    opens = opened < start + 3 and opened < size and scan.quote_open[opened] == opened
    quoted = ("R" if opened > start + 1 else "Q") if opens else "N"
    quote = scan.quote_close[opened] if opens else -1
    return _Frame(reading, quote, quoted, content_limit(scan, start))


class _EndMemos(NamedTuple, Generic[Worth]):
    """What the facts of an end are worth."""

    length: Memo[Worth]
    next: Memo[Worth]  # the group of the token behind
    pair: Memo[Worth]  # those of the two behind
    rest: Memo[Worth]  # how far the sentence goes on
    commas: Memo[Worth]
    last: Memo[Worth]
    rank: Memo[Worth]
    verbs: Memo[Worth]
    final: Memo[Worth]  # the end of the sentence
    opening: Memo[Worth]
    quotation: Memo[Worth]
    cuts: Memo[Worth]  # it stands inside another quotation
    closes: Memo[Worth]  # it closes one
    passed: Memo[Worth]  # statements that the content would run over
    accepted: Memo[Worth]  # a statement right behind the end
    word: Memo[Worth]  # the word behind the end, where its class is closed
    cue: Memo[Worth]
    shape: Memo[Worth]


def _memos(memos: Memos[Worth], kind: str, quoted: str, morph: str, entry: str) -> _EndMemos[Worth]:
    behind = ("n={3}", "{0}|n={3}", "{1}n={3}", "m{2}{3}")
    return _EndMemos(
        memos.of(_length_features, kind),
        memos.of(named, behind, kind, quoted, morph),
        memos.of(named, ("nn={1[0]}{1[1]}", "{0}|nn={1[0]}{1[1]}"), kind),
        memos.of(_rest_features),
        memos.of(named, ("commas{0[0]}{0[1]}",)),
        memos.of(named, ("last={0}",)),
        memos.of(named, ("{0}|rank{2}{1}",), kind, quoted),
        memos.of(named, ("verbs{0[0]}{0[1]}",)),
        memos.of(_final_features, kind, quoted, morph, entry),
        memos.of(named, ("open{1[0]}{1[1]}", "{0}|open{1[0]}{1[1]}"), kind),
        memos.of(_quotation_features, kind, quoted),
        memos.of(named, ("cuts",)),
        memos.of(named, ("closes{1}", "closes{0}|"), kind),
        memos.of(named, ("passed{1[0]}", "{0}passed{1[0]}", "passed{1[0]}{1[1]}"), quoted),
        memos.of(named, ("acc{1[0]}{1[3]}", "acc{1[1]}", "{0}|acc{1[2]}", "acc"), kind),
        memos.of(named, ("nw={0[0]}{0[1]}", "nw2={0[0]}{0[1]}{0[2]}")),
        memos.of(_cue_features, kind),
        memos.of(named, ("ns={0[0]}{0[1]}{0[2]}",)),
    )


def _length_features(kind: str, distance: int) -> tuple[str, ...]:
    length = bucket(distance)
    return f"L{length}", f"{kind}|L{length}"


def _rest_features(rest: int) -> tuple[str, ...]:
    return (f"rest{bucket(rest)}",)


def _final_features(kind: str, quoted: str, morph: str, entry: str, distance: int) -> tuple[str, ...]:
    """The last candidate is the end of the sentence."""
    return "F", f"{kind}|F", f"{quoted}F", f"Fm{morph}", f"Fe{entry}", f"FL{bucket(distance)}"


def _quotation_features(kind: str, quoted: str, at: tuple[str, str, str, bool]) -> tuple[str, ...]:
    """Where the end stands to the quotation that the content opens with."""
    side, n1, n2, final = at
    return f"q{side}", f"{kind}|q{side}", f"q{side}{n1}{n2}", f"q{side}{quoted}{final}"


def _cue_features(kind: str, cue: tuple[str, str, str, str, str]) -> tuple[str, ...]:
    """Name a cue behind the end by its entry and form."""
    n1, entry, entry_kind, morph, proclitics = cue
    return (
        f"nc={n1}{morph}{proclitics}",
        f"nce={entry}{morph}{n1}",
        f"{kind}|nc={morph}{proclitics}{n1}",
        f"nck{entry_kind}",
    )


def _worths(scan: Scan, reading: Reading, ends: Sequence[int], accepted: Accepted, memos: Memos[Worth]) -> list[Worth]:
    """Return what each candidate end of ``ends`` is worth."""
    frame, form, start = _frame(scan, reading), reading.cue.form, reading.start
    entry = form.entry.id
    known: _EndMemos[Worth] = memos.once(_memos, reading.kind, frame.quoted, form.morph, entry)
    forms, kinds, groups, size = scan.words.forms, scan.words.kinds, scan.groups, len(scan.classes)
    out: list[Worth] = []
    verbs = commas = 0
    counted = start
    for rank, end in enumerate(ends):
        commas += forms[counted : end + 1].count(",")
        verbs += sum(1 for j in range(max(counted, start + 1), end + 1) if j in scan.finite)
        counted = end + 1
        final = rank == len(ends) - 1
        n1, n2 = groups[end + 1], groups[end + 2]
        total = (
            known.length[end - start]
            + known.next[n1]
            + known.pair[n1, n2]
            + memos.worth([f"nnn={n1}{n2}{groups[end + 3]}", f"e{entry}{n1}"])
            + known.rest[frame.limit - 1 - end]
            + known.commas[min(commas, 4), n1]
            + known.last[groups[end]]
            + known.rank[min(rank, 5)]
            + known.verbs[min(verbs, 2), n1]
            + known.passed[str(min(accepted.between(start, end), 2)), n1]
        )
        if final:
            total += known.final[end - start]
        if commas <= 2 and n1 == ",":
            total += known.opening[_opening(scan, start, end), commas]
        if frame.quote >= 0:
            side = "at" if end == frame.quote else ("in" if end < frame.quote else "out")
            total += known.quotation[side, n1, n2, final]
        elif scan.quote_open[end] > start and scan.quote_close[end] != end:
            total += known.cuts[()]
        elif scan.quote_close[end] == end:
            total += known.closes[n1]
        near = _near(reading, end, n1, accepted)
        if near is not None:
            found = near.cue.form
            total += known.accepted[found.morph, near.kind, found.entry.kind, n1]
        follow = end + 2 if forms[end + 1 : end + 2] == [","] else end + 1
        out.append(total if follow >= size or kinds[follow] != WORD else total + _following(scan, end, follow, known))
    return out


def end_features(scan: Scan, reading: Reading, ends: list[int], accepted: Accepted) -> list[list[str]]:
    """Return the features of each candidate end of ``ends``; ``accepted`` are the statements around it."""
    return [list(features) for features in _worths(scan, reading, ends, accepted, spelling())]


def score_ends(scan: Scan, reading: Reading, ends: list[int], accepted: Accepted, weights: Weights) -> list[float]:
    """Return the score of each candidate end of ``ends``; ``accepted`` are the statements around it."""
    return _worths(scan, reading, ends, accepted, memos_of(weights))


def _opening(scan: Scan, start: int, end: int) -> str:
    """Name a clause's opening: one with a subordinate clause ("despite its denial, …") ends at no first comma."""
    words = (scan.words.forms[j] for j in range(start + 1, min(start + 4, end + 1)) if scan.classes[j])
    return next(words, "-")


def _following(scan: Scan, end: int, follow: int, known: _EndMemos[Worth]) -> Worth:
    """Return what the word ``follow`` behind the end, over a comma, is worth: cues by their entry."""
    groups = scan.groups
    n1 = groups[end + 1]
    total = known.shape[n1, scan.shapes[follow], groups[follow + 1]]
    if scan.classes[follow]:
        total += known.word[n1, scan.words.forms[follow], groups[end + 3]]
    for found in scan.cue_at.get(follow, ())[:2]:
        form = found.form
        total += known.cue[n1, form.entry.id, form.entry.kind, form.morph, found.proclitics]
    return total


def _near(reading: Reading, end: int, n1: str, accepted: Accepted) -> Reading | None:
    """Return the other statement that begins right behind the end, if any."""
    follow = end + 2 if n1 == "," else end + 1
    reach = (follow, follow + 1) if n1 == "," else (follow, follow + 1, follow + 2)
    found = (accepted.by_cue.get(j) for j in reach)
    near = next((other for other in found if other is not None), None)
    return None if near is reading else near
