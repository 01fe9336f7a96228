"""Groups out of scored pairs: average linkage with pairs that must and pairs that must not be together.

Deterministic and free of the order of its input: everything is sorted before it is compared, equal scores by the
smallest members. Pairs that were never scored count as ``ABSENT``.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

Pair = tuple[str, str]
ABSENT = -4.0
"""The log-odds of a pair that shares nothing and so was not compared."""


def pair_of(a: str, b: str) -> Pair:
    """Return two ids in their order."""
    return (a, b) if a < b else (b, a)


def cluster(
    ids: Iterable[str],
    scores: Mapping[Pair, float],
    *,
    together: Collection[Pair] = (),
    apart: Collection[Pair] = (),
    threshold: float = 0.0,
    absent: float = ABSENT,
) -> list[tuple[str, ...]]:
    """Return a partition of ``ids``, each group sorted, the groups by their first member.

    ``scores`` are log-odds of being one. Two groups are joined while the mean over all their pairs is above
    ``threshold`` and no pair of theirs is ``apart``; a pair without a score counts as ``absent``. Pairs
    ``together`` come first and outrank ``apart``; what is apart of one of them is apart of both. Runs in about
    n·k·log n for n scored pairs and groups of size k.
    """
    groups: dict[int, tuple[str, ...]] = {}
    owner: dict[str, int] = {}
    for number, group in enumerate(_joined(sorted(set(ids)), together)):
        groups[number] = group
        owner.update(dict.fromkeys(group, number))
    kept_apart: defaultdict[int, set[int]] = defaultdict(set)
    for a, b in apart:
        if a in owner and b in owner and owner[a] != owner[b]:
            kept_apart[owner[a]].add(owner[b])
            kept_apart[owner[b]].add(owner[a])
    sums: defaultdict[int, dict[int, tuple[float, int]]] = defaultdict(dict)
    for (a, b), score in sorted(scores.items()):
        if a not in owner or b not in owner or owner[a] == owner[b]:
            continue
        for left, right in ((owner[a], owner[b]), (owner[b], owner[a])):
            total, count = sums[left].get(right, (0.0, 0))
            sums[left][right] = (total + score, count + 1)
    _merge(groups, sums, kept_apart, threshold, absent)
    return sorted(tuple(sorted(group)) for group in groups.values())


def _joined(ids: list[str], together: Collection[Pair]) -> list[tuple[str, ...]]:
    """Return the groups that the pairs ``together`` make, directly or through others."""
    parent = {name: name for name in ids}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for a, b in sorted(together):
        if a in parent and b in parent:
            low, high = sorted((root(a), root(b)))
            parent[high] = low
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in ids:
        found[root(name)].append(name)
    return [tuple(found[name]) for name in sorted(found)]


def _merge(
    groups: dict[int, tuple[str, ...]],
    sums: defaultdict[int, dict[int, tuple[float, int]]],
    apart: defaultdict[int, set[int]],
    threshold: float,
    absent: float,
) -> None:
    """Join the best pair of groups until none is left above ``threshold``; changes ``groups``."""

    def mean(left: int, right: int) -> float:
        total, count = sums[left][right]
        size = len(groups[left]) * len(groups[right])
        return (total + absent * (size - count)) / size

    heap: list[tuple[float, str, str, int, int]] = []

    def push(left: int, right: int) -> None:
        if right not in apart[left] and (value := mean(left, right)) > threshold:
            low, high = sorted((groups[left][0], groups[right][0]))
            heapq.heappush(heap, (-value, low, high, left, right))

    for left in list(sums):
        for right in sums[left]:
            if left < right:
                push(left, right)
    following = max(groups, default=0) + 1
    while heap:
        *_, left, right = heapq.heappop(heap)
        if left not in groups or right not in groups or right in apart[left]:
            continue
        neighbours = sorted((sums[left].keys() | sums[right].keys()) - {left, right})
        groups[following] = tuple(sorted(groups.pop(left) + groups.pop(right)))
        for other in neighbours:
            if other not in groups:
                continue
            first, second = sums[left].get(other, (0.0, 0)), sums[right].get(other, (0.0, 0))
            sums[following][other] = sums[other][following] = (first[0] + second[0], first[1] + second[1])
            sums[other].pop(left, None)
            sums[other].pop(right, None)
        for old in (left, right):
            for other in apart.pop(old, ()):
                apart[other].discard(old)
                apart[other].add(following)
                apart[following].add(other)
            sums.pop(old, None)
        for other in sums[following]:
            push(following, other)
        following += 1
