"""Two statements as features: symmetric, between 0 and 1; and what can never be one."""

import itertools
from dataclasses import replace

from qala.corroboration.pairs import compare_sides, group_of, load_pair_weights, may_be_one, weigh_features
from qala.corroboration.utterances import compare_candidates, make_sides
from qala.model import ACTS


def test_features_are_shares_and_symmetric(dispute):
    for a, b in itertools.combinations(make_sides(dispute), 2):
        found = compare_sides(a, b)
        assert all(0 <= value <= 1 + 1e-9 for value in found.features.values())
        back = compare_sides(b, a)
        assert found.relation == back.relation
        assert all(abs(value - back.features[name]) < 1e-9 for name, value in found.features.items())


def test_every_act_has_a_group():
    assert {group_of(act) for act in ACTS} == {"says", "denies", "declines", "asks", "warns", "judges"}


def test_the_shipped_weights_know_the_features(dispute):
    compared = compare_candidates(make_sides(dispute))
    names = {name for found in compared.values() for name in found.features}
    assert set(load_pair_weights("utterance_pairs")) <= names
    assert load_pair_weights("no such model") == {}


def test_likeness_speaks_for_and_denial_against():
    weights = load_pair_weights("utterance_pairs")
    assert weigh_features({"bias": 1.0, "set": 1.0}, weights) > weigh_features({"bias": 1.0}, weights)
    assert weigh_features({"bias": 1.0, "figures differ": 1.0}, weights) < weigh_features({"bias": 1.0}, weights)


def test_what_can_never_be_one(press):
    content = "إن الاتفاق النووي انتهى"
    day = {"when_date": "2021-05-01"}
    statements = [
        *press("A", ("موسكو", "قالت", content, "assert", day)),
        *press("B", ("موسكو", "قالت", content)),
        *press("C", ("موسكو", "نفت", content, "deny")),
        *press("D", ("موسكو", "قالت", content, "assert", {"when_date": "2021-05-03"})),
        *press("E", ("موسكو", "قالت", content), day="2021-06-03"),
        *press("F", ("لندن", "قالت", content)),
    ]
    sides = {side.id[0]: side for side in make_sides(statements)}
    joined = {pair for pair in itertools.combinations("ABCDEF", 2) if may_be_one(sides[pair[0]], sides[pair[1]])}
    assert joined == {("A", "B"), ("B", "D")}


def test_a_night_between_two_clocks_is_none(press):
    content = "إن الاتفاق النووي انتهى"
    first, second = (
        press(name, ("موسكو", "قالت", content, "assert", {"when_date": f"2021-05-0{number}"}))[0]
        for number, name in ((1, "A"), (2, "B"))
    )
    a, b = make_sides([first, second])
    assert may_be_one(a, b)
    a, b = make_sides([first, replace(second, parent=first.id)])
    assert not may_be_one(a, b)
