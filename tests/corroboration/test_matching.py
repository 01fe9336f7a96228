"""The matching is the largest there is: compared with trying everything."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from qala.corroboration.matching import count_matching

EDGES = st.sets(st.tuples(st.integers(0, 4), st.sampled_from("abcde")), max_size=9)


def by_trying(edges):
    for size in range(len(edges), 0, -1):
        for chosen in combinations(sorted(edges), size):
            if len({a for a, _ in chosen}) == len({b for _, b in chosen}) == size:
                return size
    return 0


@given(EDGES)
def test_it_is_the_largest(edges):
    assert count_matching(edges) == by_trying(edges)


def test_long_ways_need_no_recursion():
    edges = [(n, n) for n in range(3000)] + [(n, n + 1) for n in range(2999)]
    assert count_matching(edges) == 3000
