"""Scores: the same whether features are looked up one by one, remembered by facts, or in rows by label."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.extraction import ranker
from qala.extraction.ranker import (
    Choice,
    Rankers,
    Remembering,
    best_of,
    choose,
    load_rankers,
    load_weights,
    memos_of,
    named,
    score,
    score_labels,
    spelling,
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


FACTS = st.lists(st.one_of(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), st.integers(0, 5)))


@given(FACTS, FACTS)
def test_facts_are_worth_what_their_features_weigh(first: list[object], second: list[object]) -> None:
    weights = Remembering(WEIGHTS)
    for facts in (first, second, first):  # some seen before
        memos, names = memos_of(weights), spelling()
        for fact in facts:
            if isinstance(fact, tuple):
                found, spelt = memos.of(near, fact[0])[fact[1]], names.of(near, fact[0])[fact[1]]
                assert spelt == near(*fact)
            else:
                found, spelt = memos.of(length)[fact], names.of(length)[fact]
            assert found == pytest.approx(score(WEIGHTS, spelt))


def test_templates_name_features_by_themselves() -> None:
    memo = spelling().of(named, ("{0}|ab={1[0]}{1[1]}", "{0}|b={1[1]}"), "post")
    assert memo["x", "y"] == ("post|ab=xy", "post|b=y")


def test_what_facts_weigh_is_remembered_only_by_weights_that_can() -> None:
    weights = Remembering(WEIGHTS)
    assert memos_of(weights).of(near, "a")["b"] == 2.25
    assert memos_of(weights).of(near, "a") == {"b": 2.25}
    assert memos_of(WEIGHTS).of(near, "a") == {}


def test_all_memos_of_a_decision_are_made_once_and_forgotten_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranker, "_MOST_KEPT", 3)
    weights = Remembering(WEIGHTS)
    made = memos_of(weights).once(lambda memos, size: [memos.of(length)[n] for n in range(size)], 3)
    assert memos_of(weights).of(length) == {0: 0, 1: 0, 2: 1.0}
    memos_of(weights).of(length)[3]
    assert memos_of(weights).of(length) == {}
    assert made == [0, 0, 1.0]


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
