"""A partition does not depend on the order of its joins, and can tell the way from one member to another."""

from hypothesis import given
from hypothesis import strategies as st

from qala.corroboration.partition import Partition
from qala.model import Evidence

JOINS = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=14)


def groups(joins):
    found = Partition(range(9))
    for a, b in joins:
        found.join(a, b, Evidence("join", (), f"{a}={b}"))
    parts = {}
    for member in range(9):
        parts.setdefault(found.find(member), set()).add(member)
    return {frozenset(part) for part in parts.values()}, found


@given(JOINS, st.randoms(use_true_random=False))
def test_order_changes_no_group(joins, shuffler):
    before, _ = groups(joins)
    shuffler.shuffle(joins)
    assert groups(joins)[0] == before


@given(JOINS)
def test_a_way_leads_exactly_where_two_are_one(joins):
    parts, found = groups(joins)
    for a in range(9):
        for b in range(9):
            together = any({a, b} <= part for part in parts)
            assert found.same(a, b) == together
            assert bool(found.way(a, b)) == (together and a != b)
    assert len(found.reasons()) == 9 - len(parts)
