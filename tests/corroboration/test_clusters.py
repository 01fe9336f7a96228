"""Average linkage with constraints: a partition, free of order, obedient to what must and must not be."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from qala.corroboration.clusters import cluster, pair_of

IDS = [f"n{number}" for number in range(9)]
PAIRS = [pair_of(a, b) for a, b in itertools.combinations(IDS, 2)]
scored = st.dictionaries(st.sampled_from(PAIRS), st.integers(-30, 30).map(lambda value: value / 10))


def test_near_ones_are_joined_and_far_ones_not():
    scores = {("a", "b"): 2.0, ("b", "c"): -2.0, ("a", "c"): -2.0}
    assert cluster("abc", scores) == [("a", "b"), ("c",)]


def test_one_good_pair_does_not_chain_two_groups():
    scores = {("a", "b"): 3.0, ("c", "d"): 3.0, ("b", "c"): 1.0}
    assert cluster("abcd", scores) == [("a", "b"), ("c", "d")]


def test_what_people_say_comes_first():
    scores = {("a", "b"): 5.0, ("a", "c"): -5.0}
    assert cluster("abc", scores, together=[("a", "c")], apart=[("a", "b")]) == [("a", "c"), ("b",)]


def test_what_is_apart_of_one_is_apart_of_both():
    scores = {("a", "b"): 5.0, ("b", "c"): 4.0, ("a", "c"): 4.0}
    assert cluster("abc", scores, apart=[("a", "c")]) == [("a", "b"), ("c",)]


@settings(max_examples=60, deadline=None)
@given(scored, st.sets(st.sampled_from(PAIRS), max_size=5), st.permutations(IDS), st.randoms(use_true_random=False))
def test_a_partition_that_no_order_changes(scores, apart, order, random):
    groups = cluster(IDS, scores, apart=apart)
    assert sorted(member for group in groups for member in group) == IDS
    owner = {member: group for group in groups for member in group}
    assert all(owner[a] != owner[b] for a, b in apart)
    shuffled = list(scores.items())
    random.shuffle(shuffled)
    assert cluster(order, dict(shuffled), apart=sorted(apart, reverse=True)) == groups


@settings(max_examples=40, deadline=None)
@given(scored, st.sets(st.sampled_from(PAIRS), max_size=4))
def test_pairs_that_belong_together_are_together(scores, together):
    owner = {member: group for group in cluster(IDS, scores, together=together) for member in group}
    assert all(owner[a] == owner[b] for a, b in together)
