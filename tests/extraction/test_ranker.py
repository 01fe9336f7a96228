"""Scores: the same whether features are looked up one by one, remembered by parts, or in rows by label."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.extraction.ranker import (
    Choice,
    Rankers,
    Remembering,
    best_of,
    choose,
    load_rankers,
    load_weights,
    score,
    score_labels,
    spell,
    sums_of,
    weigh,
)


def near(word: str, after: str) -> tuple[str, ...]:
    return f"w={word}", f"n={after}", f"wn={word}{after}"


def length(size: int) -> list[str]:
    return [f"L{min(size, 3)}"]


WEIGHTS = {"w=a": 0.5, "n=b": -0.25, "wn=ab": 2.0, "L2": 1.0, "L3": -4.0}


def test_a_missing_feature_weighs_nothing() -> None:
    assert score(WEIGHTS, ["w=a", "w=unknown", "L2"]) == 1.5
    assert score({}, ["w=a"]) == 0.0


def test_the_best_wins_and_none_wins_where_nothing_is_good_enough() -> None:
    candidates = [["L3"], ["w=a"], ["L2"]]
    assert choose(WEIGHTS, candidates) == Choice(2, 1.0)
    assert choose(WEIGHTS, candidates, at_least=1.5) == Choice(-1, 0.0)
    assert choose(WEIGHTS, [["L3"]]) == Choice(-1, 0.0)
    assert choose(WEIGHTS, [["L3"]], none=False) == Choice(0, -4.0)
    assert choose(WEIGHTS, []) == Choice(-1, 0.0)
    assert choose(WEIGHTS, [], none=False) == Choice(-1, 0.0)


def test_of_equals_the_first_wins() -> None:
    assert best_of([0.5, 1.0, 1.0]).index == 1
    assert best_of([0.0, 0.0], none=False).index == 0
    assert best_of([0.0, 0.0]).index == -1


PARTS = st.lists(
    st.one_of(
        st.tuples(st.just(near), st.sampled_from("abc"), st.sampled_from("abc")),
        st.tuples(st.just(length), st.integers(0, 5)),
    )
)


@given(PARTS, PARTS)
def test_parts_weigh_what_their_features_weigh(first: list[tuple], second: list[tuple]) -> None:
    weights = Remembering(WEIGHTS)
    for parts in (first, second, first):  # some seen before
        assert weigh(weights, sums_of(weights), parts) == pytest.approx(score(WEIGHTS, spell(parts)))


def test_what_parts_weigh_is_remembered_only_by_weights_that_can() -> None:
    weights = Remembering(WEIGHTS)
    assert weigh(weights, sums_of(weights), [(near, "a", "b")]) == 2.25
    assert sums_of(weights) == {(near, "a", "b"): 2.25}
    assert sums_of(WEIGHTS) == {}


@given(st.lists(st.sampled_from(["w=a", "n=b", "x|y", "never"]), max_size=6))
def test_labels_are_scored_the_same_with_and_without_rows(features: list[str]) -> None:
    labels = ("one", "two", "three")
    crossed = {"one|w=a": 1.0, "two|w=a": -2.0, "two|n=b": 0.5, "three|x|y": 3.0}
    found = score_labels(Remembering(crossed), features, labels)
    assert found == pytest.approx(score_labels(crossed, features, labels))
    assert found == pytest.approx([score(crossed, [f"{label}|{f}" for f in features]) for label in labels])


def test_every_packaged_ranker_has_weights_and_is_loaded_once() -> None:
    rankers = load_rankers()
    for name, weights in zip(Rankers._fields, rankers, strict=True):
        assert len(weights) > 100, name
        assert load_weights(name) is weights
        assert all(isinstance(weight, float) for weight in weights.values())


def test_an_unknown_ranker_is_empty() -> None:
    assert load_weights("no_such_ranker") == {}
