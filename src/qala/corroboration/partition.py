"""A partition that grows by joining, and remembers why any two of its members came together."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from qala.model import Evidence

T = TypeVar("T", bound="Hashable")


class Partition(Generic[T]):
    """Disjoint groups of members (union-find with path halving; Tarjan 1975), near linear in the joins.

    The groups do not depend on the order of the joins. Only joins that bring two groups together are kept as
    reasons, so that the reasons are a forest: one way leads from a member to any other of its group.
    """

    def __init__(self, members: Iterable[T] = ()) -> None:
        """Begin with each of ``members`` alone."""
        self._parent: dict[T, T] = {}
        self._reasons: dict[T, list[tuple[T, Evidence]]] = {}
        for member in members:
            self.add(member)

    def add(self, member: T) -> None:
        """Take a member in, alone, unless it is there already."""
        self._parent.setdefault(member, member)

    def find(self, member: T) -> T:
        """Return the member that stands for the group of ``member``; it may change with the next join."""
        self.add(member)
        while self._parent[member] != member:
            self._parent[member] = self._parent[self._parent[member]]
            member = self._parent[member]
        return member

    def same(self, a: T, b: T) -> bool:
        """Whether both stand in one group."""
        return self.find(a) == self.find(b)

    def join(self, a: T, b: T, reason: Evidence) -> bool:
        """Bring two groups together; ``False``, and nothing is noted, where they are one already."""
        one, other = self.find(a), self.find(b)
        if one == other:
            return False
        self._parent[other] = one
        self._reasons.setdefault(a, []).append((b, reason))
        self._reasons.setdefault(b, []).append((a, reason))
        return True

    def reasons(self) -> list[Evidence]:
        """Return the reason of each join, in the order in which members were named first."""
        seen: dict[int, Evidence] = {}
        for joins in self._reasons.values():
            for _, reason in joins:
                seen.setdefault(id(reason), reason)
        return list(seen.values())

    def way(self, a: T, b: T) -> list[Evidence]:
        """Return the reasons that lead from ``a`` to ``b``, in order; empty where no way leads there."""
        came: dict[T, tuple[T, Evidence] | None] = {a: None}
        queue = deque([a])
        while queue:
            here = queue.popleft()
            if here == b:
                break
            for there, reason in self._reasons.get(here, ()):
                if there not in came:
                    came[there] = (here, reason)
                    queue.append(there)
        found: list[Evidence] = []
        step = came.get(b)
        while step is not None:
            found.append(step[1])
            step = came[step[0]]
        return found[::-1]
