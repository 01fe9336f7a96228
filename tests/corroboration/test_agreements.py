"""Agreements: utterances that say one thing; denials join last."""

from qala.corroboration.agreements import claim_features, find_agreements
from qala.corroboration.utterances import find_utterances, make_sides


def agreements_of(records):
    sides = {side.id: side for side in make_sides(records)}
    return find_agreements(sides, find_utterances(records))


def test_different_speakers_may_agree(press):
    records = [
        *press("A", ("وزارة الصحة", "قالت", "إن الانفجار أسفر عن مقتل 40 مدنيا في المستشفى")),
        *press("B", ("الدفاع المدني", "أعلن", "أن الانفجار قتل 40 مدنيا في المستشفى")),
        *press("C", ("البنك المركزي", "قال", "إن أسعار الفائدة ستبقى كما هي")),
    ]
    (found,) = agreements_of(records)
    assert found.members == ("A:s1", "B:s1")
    assert found.links
    assert all(link.joined and link.reasons for link in found.links)


def test_features_are_symmetric_shares(dispute):
    sides = make_sides(dispute)
    for a in sides:
        for b in sides:
            found = claim_features(a, b)
            assert all(0 <= value <= 1 + 1e-9 for value in found.values())
            back = claim_features(b, a)
            assert all(abs(value - back[name]) < 1e-9 for name, value in found.items())


def test_a_denial_joins_the_group_and_takes_nothing_away(press):
    said = [
        *press("A", ("وزارة الصحة", "قالت", "إن الانفجار أسفر عن مقتل 40 مدنيا في المستشفى")),
        *press("B", ("الدفاع المدني", "أعلن", "أن الانفجار قتل 40 مدنيا في المستشفى")),
    ]
    denial = press("C", ("الجيش", "قال", "إن الانفجار لم يقتل 40 مدنيا في المستشفى"))
    (before,), (after,) = agreements_of(said), agreements_of([*said, *denial])
    assert set(before.members) < set(after.members)
    assert set(after.members) - set(before.members) == {"C:s1"}
