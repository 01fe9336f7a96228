"""The training of rankers: it learns what separates, always the same, and forgets what is too rare."""

import random

import pytest

pytest.importorskip("scipy")

from training.maxent import Group, train

from qala.extraction.ranker import choose


def toy(seed: int = 3, groups: int = 60) -> list[Group]:
    """Return decisions in which the candidate with the feature "good" is right, whatever else it has."""
    chance = random.Random(seed)
    noise = ["a", "b", "c", "d", "e"]
    out = []
    for _ in range(groups):
        candidates = [["bad", *chance.sample(noise, 2)] for _ in range(3)]
        right = chance.randrange(3)
        candidates[right][0] = "good"
        out.append(Group(candidates, frozenset((right,)), none=False))
    return out


def test_the_feature_that_separates_is_learnt() -> None:
    weights = train(toy())
    assert weights["good"] > 0 > weights["bad"]
    assert all(abs(weights.get(noise, 0.0)) < weights["good"] for noise in "abcde")


def test_unseen_decisions_are_right() -> None:
    weights = train(toy(seed=3))
    for group in toy(seed=4):
        assert choose(weights, group.candidates, none=False).index in group.right


def test_training_is_deterministic() -> None:
    assert train(toy()) == train(toy())


def test_none_of_them_is_learnt_too() -> None:
    groups = [Group([["wrong", "x"]], frozenset()), Group([["right", "x"]], frozenset((0,)))] * 20
    weights = train(groups)
    assert choose(weights, [["wrong", "x"]]).index == -1
    assert choose(weights, [["right", "x"]]).index == 0
    assert choose(weights, [["wrong", "x"], ["right", "x"]]).index == 1


def test_several_right_candidates_share_the_credit() -> None:
    groups = [Group([["one"], ["other"], ["wrong"]], frozenset((0, 1)), none=False)] * 10
    weights = train(groups)
    assert weights["one"] == pytest.approx(weights["other"], abs=0.002)
    assert weights["one"] > 0 > weights["wrong"]


def test_a_feature_of_too_few_groups_is_left_out() -> None:
    groups = [*toy(), Group([["once", "good"], ["bad"]], frozenset((0,)), none=False)]
    assert "once" not in train(groups, at_least=2)
    assert "once" in train(groups, at_least=1)


def test_a_stronger_prior_gives_smaller_weights() -> None:
    weak, strong = train(toy(), penalty=0.1), train(toy(), penalty=10.0)
    assert abs(strong["good"]) < abs(weak["good"])


def test_groups_that_teach_nothing_change_nothing() -> None:
    empty = [Group([], frozenset()), Group([["good"], ["bad"]], frozenset(), none=False)]
    assert train([*toy(), *empty]) == train(toy())


def test_weights_are_rounded_so_that_a_diff_can_be_read() -> None:
    assert all(value == round(value, 3) and abs(value) >= 0.01 for value in train(toy()).values())
