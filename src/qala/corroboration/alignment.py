"""Alignment of two wordings: which stretches of words stand in both, edits inside them allowed.

Seed and extend, as in BLAST and passim: every run of four or more equal words is found by an index of
4-grams; runs that lie one behind the other on both sides with at most eight words between them make a
stretch; what is equal inside the gaps is counted by a longest common subsequence of eight by eight words.
Paragraphs in another order give several stretches. Linear in the words of both sides: a 4-gram that one
text repeats is looked up at its first and its last place only, and a word lies in a few runs at most.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

SEED = 4  # equal words in a row that start a stretch
GAP = 8  # words that may stand between two runs of one stretch, on either side
_EDGE = 3  # words that may be skipped at the edge of a stretch to reach the next two equal ones
_ACTIVE = 4  # runs that may cover one word of the second text
_BACK = 64  # words that a run is followed back from where it was met
_BEFORE = 16  # runs before it that a run may follow on

_STEPS = sorted(((x, y) for x in range(1, _EDGE + 2) for y in range(1, _EDGE + 2)), key=lambda step: (sum(step), step))[
    1:
]  # ways over an edge, the shortest first; (1, 1) is no skip


Gram = tuple[str, str, str, str]


class Grams(NamedTuple):
    """The 4-grams of a wording in order, and the first and the last place of each."""

    row: tuple[Gram, ...]
    first: dict[Gram, int]
    last: dict[Gram, int]


class Run(NamedTuple):
    """``size`` equal words in a row: from word ``a`` of the one side and word ``b`` of the other."""

    a: int
    b: int
    size: int


class Stretch(NamedTuple):
    """Aligned words: ``a`` to ``a_end`` beside ``b`` to ``b_end`` (half-open); ``runs`` of equal words in order."""

    a: int
    a_end: int
    b: int
    b_end: int
    runs: tuple[Run, ...]

    @property
    def equal(self) -> int:
        """The number of equal words."""
        return sum(run.size for run in self.runs)

    @property
    def similarity(self) -> float:
        """Equal words over the words of the longer side, 0 to 1."""
        return self.equal / max(self.a_end - self.a, self.b_end - self.b)


def index_grams(forms: Sequence[str]) -> Grams:
    """Return the 4-grams of a wording, to be aligned with many others."""
    row = tuple(zip(forms, forms[1:], forms[2:], forms[3:], strict=False))
    last = {gram: place for place, gram in enumerate(row)}
    first = {row[place]: place for place in range(len(row) - 1, -1, -1)} if len(last) < len(row) else last
    return Grams(row, first, last)


def align(
    a: Sequence[str],
    b: Sequence[str],
    grams_a: Grams | None = None,
    grams_b: Grams | None = None,
    least: int = SEED,
) -> tuple[Stretch, ...]:
    """Return the stretches that both sides share, of ``least`` equal words or more, in the order of ``a``.

    No word of either side is in two of them; where they compete, the one with more equal words wins.
    ``grams_a`` and ``grams_b`` are ``index_grams`` of both where they are at hand.
    """
    runs = find_runs(a, b, grams_a or index_grams(a), grams_b or index_grams(b))
    sized = [(sum(run.size for run in chain), chain) for chain in _chain(runs)]
    used_a, used_b = bytearray(len(a)), bytearray(len(b))
    stretches = []
    for size, chain in sorted(sized, key=lambda found: (-found[0], found[1][0])):
        if size < min(least, SEED + 2):
            break
        for part in _free(chain, used_a, used_b):
            stretch = _fill(a, b, part, used_a, used_b)
            if stretch.equal >= least:
                stretches.append(stretch)
                used_a[stretch.a : stretch.a_end] = b"\1" * (stretch.a_end - stretch.a)
                used_b[stretch.b : stretch.b_end] = b"\1" * (stretch.b_end - stretch.b)
    return tuple(sorted(stretches))


def find_runs(a: Sequence[str], b: Sequence[str], grams_a: Grams, grams_b: Grams) -> list[Run]:
    """Return the longest runs of four or more equal words, sorted by their place in ``a``."""
    first, last = grams_a.first, grams_a.last
    runs: set[Run] = set()
    reached: dict[int, int] = {}  # by diagonal: the end in b of the last run on it
    active: list[int] = []  # the ends in b of the runs that cover the word
    for at_b, gram in enumerate(grams_b.row):
        if gram not in first:
            continue
        for at_a in {first[gram], last[gram]}:
            if reached.get(at_a - at_b, -1) > at_b:
                continue
            active = [end for end in active if end > at_b]
            if len(active) >= _ACTIVE:
                break
            run = _extend(a, b, at_a, at_b)
            reached[at_a - at_b] = run.b + run.size
            active.append(run.b + run.size)
            runs.add(run)
    return sorted(runs)


def _extend(a: Sequence[str], b: Sequence[str], at_a: int, at_b: int) -> Run:
    """Return the longest run through the equal 4-grams at ``at_a`` and ``at_b``."""
    back = 0
    most = min(at_a, at_b, _BACK)
    while back < most and a[at_a - back - 1] == b[at_b - back - 1]:
        back += 1
    ahead = SEED
    most = min(len(a) - at_a, len(b) - at_b)
    while ahead < most and a[at_a + ahead] == b[at_b + ahead]:
        ahead += 1
    return Run(at_a - back, at_b - back, back + ahead)


def _chain(runs: list[Run]) -> list[list[Run]]:
    """Return the runs as chains, each run in one: to every run the best one that ends shortly before it."""
    best = [run.size for run in runs]
    before = [-1] * len(runs)
    for number, run in enumerate(runs):
        for earlier in range(number - 1, max(-1, number - _BEFORE - 1), -1):
            gap_a = run.a - runs[earlier].a - runs[earlier].size
            gap_b = run.b - runs[earlier].b - runs[earlier].size
            if -SEED < gap_a <= GAP and -SEED < gap_b <= GAP and runs[earlier].b < run.b:
                gain = best[earlier] + run.size + min(gap_a, gap_b, 0) - abs(gap_a - gap_b) // 2
                if gain > best[number]:
                    best[number], before[number] = gain, earlier
    chains = []
    taken = [False] * len(runs)
    for number in sorted(range(len(runs)), key=lambda n: (-best[n], n)):
        chain = []
        at = number
        while at >= 0 and not taken[at]:
            taken[at] = True
            chain.append(runs[at])
            at = before[at]
        if chain:
            chains.append(chain[::-1])
    return chains


def _free(chain: list[Run], used_a: bytearray, used_b: bytearray) -> list[list[Run]]:
    """Return the parts of a chain whose words are not taken yet, overlaps between its runs cut off."""
    parts: list[list[Run]] = [[]]
    for run in chain:
        a, b, end = run.a, run.b, run.a + run.size
        last = parts[-1][-1] if parts[-1] else None
        cut = max(0, last.a + last.size - a, last.b + last.size - b) if last else 0
        a, b = a + cut, b + cut
        while a < end and (used_a[a] or used_b[b]):
            a, b = a + 1, b + 1
            if parts[-1]:
                parts.append([])
        stop = a
        while stop < end and not used_a[stop] and not used_b[b + stop - a]:
            stop += 1
        if stop > a:
            parts[-1].append(Run(a, b, stop - a))
        if stop < end and parts[-1]:
            parts.append([])
    return [part for part in parts if part]


def _fill(a: Sequence[str], b: Sequence[str], chain: list[Run], used_a: bytearray, used_b: bytearray) -> Stretch:
    """Return a chain as one stretch: its runs, what is equal in the gaps, and what follows at its edges."""
    pairs: list[tuple[int, int]] = []
    at_a = at_b = -1
    for run in chain:
        if at_a >= 0:
            pairs += _equal_between(a, b, (at_a, run.a), (at_b, run.b))
        pairs += [(run.a + step, run.b + step) for step in range(run.size)]
        at_a, at_b = run.a + run.size, run.b + run.size
    pairs = _edge(a, b, pairs[0], -1, used_a, used_b)[::-1] + pairs + _edge(a, b, pairs[-1], 1, used_a, used_b)
    return Stretch(pairs[0][0], pairs[-1][0] + 1, pairs[0][1], pairs[-1][1] + 1, _runs_of(pairs))


def _runs_of(pairs: list[tuple[int, int]]) -> tuple[Run, ...]:
    """Return pairs of equal words, in order, as runs."""
    runs: list[Run] = []
    for a, b in pairs:
        last = runs[-1] if runs else None
        if last and last.a + last.size == a and last.b + last.size == b:
            runs[-1] = Run(last.a, last.b, last.size + 1)
        else:
            runs.append(Run(a, b, 1))
    return tuple(runs)


def _edge(
    a: Sequence[str], b: Sequence[str], at: tuple[int, int], step: int, used_a: bytearray, used_b: bytearray
) -> list[tuple[int, int]]:
    """Return the equal words beyond the edge ``at``, going by ``step``: after at most three skipped words at least
    two equal ones, again and again.
    """
    found: list[tuple[int, int]] = []
    one, other = at
    end_a, end_b = len(a), len(b)

    def same(x: int, y: int) -> bool:
        return 0 <= x < end_a and 0 <= y < end_b and a[x] == b[y] and not used_a[x] and not used_b[y]

    while True:
        for over_a, over_b in _STEPS:
            x, y = one + step * over_a, other + step * over_b
            if same(x, y) and same(x + step, y + step):
                break
        else:
            return found
        while same(x, y):
            found.append((x, y))
            one, other = x, y
            x, y = x + step, y + step


def _equal_between(
    a: Sequence[str], b: Sequence[str], in_a: tuple[int, int], in_b: tuple[int, int]
) -> list[tuple[int, int]]:
    """Return the longest common subsequence of two gaps, which are short."""
    rows, columns = in_a[1] - in_a[0], in_b[1] - in_b[0]
    if rows <= 0 or columns <= 0:
        return []
    table = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            if a[in_a[0] + i] == b[in_b[0] + j]:
                table[i][j] = table[i + 1][j + 1] + 1
            else:
                table[i][j] = max(table[i + 1][j], table[i][j + 1])
    found = []
    i = j = 0
    while i < rows and j < columns:
        if a[in_a[0] + i] == b[in_b[0] + j]:
            found.append((in_a[0] + i, in_b[0] + j))
            i, j = i + 1, j + 1
        elif table[i + 1][j] >= table[i][j + 1]:
            i += 1
        else:
            j += 1
    return found
