"""The size of a maximum matching in a bipartite graph, without recursion."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

A = TypeVar("A", bound="Hashable")
B = TypeVar("B", bound="Hashable")


def count_matching(edges: Iterable[tuple[A, B]]) -> int:
    """Return the most ``edges`` of which no two share an end (Berge 1957: augment until no path is left).

    Time is that of the smaller side times the edges.
    """
    nexts: dict[A, list[B]] = {}
    for a, b in edges:
        nexts.setdefault(a, []).append(b)
    partner: dict[B, A] = {}
    return sum(_augment(start, nexts, partner) for start in nexts)


def _augment(start: A, nexts: dict[A, list[B]], partner: dict[B, A]) -> bool:
    """Match ``start``, rematching others on a shortest way where one is free; tell whether that was possible."""
    came: dict[B, A] = {}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for there in nexts[here]:
            if there in came:
                continue
            came[there] = here
            if there in partner:
                queue.append(partner[there])
                continue
            _turn(there, start, came, partner)
            return True
    return False


def _turn(end: B, start: A, came: dict[B, A], partner: dict[B, A]) -> None:
    """Match along the way from ``start`` to the free ``end``."""
    held = {owner: there for there, owner in partner.items()}
    while True:
        owner = came[end]
        before = held.get(owner)
        partner[end] = owner
        if owner == start or before is None:
            return
        end = before
