"""Claims: who affirms, who denies, who declines; order, added denials, conflicts, glosses."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qala.corroboration.claims import find_claims
from qala.corroboration.utterances import find_utterances


def claims_of(records):
    utterances = find_utterances(records)
    return utterances, find_claims(records, utterances)


def signs_of(records):
    """Return for every record the signs that its utterance takes, claim by claim."""
    utterances, claims = claims_of(records)
    members = {found.id: found.members for found in utterances}
    found = {record.id: set() for record in records}
    for claim in claims:
        for stance in claim.stances:
            for member in members[stance.utterance]:
                found[member].add((claim.id, stance.sign))
    return found


@pytest.fixture(scope="module")
def signs(dispute):
    return signs_of(dispute)


def test_the_denials_stand_against_what_they_deny(signs):
    shared = {claim for claim, sign in signs["A:s1"] if sign == "+"} & {c for c, sign in signs["B:s2"] if sign == "-"}
    assert shared
    assert shared & {claim for claim, sign in signs["C:s1"] if sign == "-"}


def test_declining_is_neither(signs):
    assert {sign for _, sign in signs["C:s2"]} <= {"0"}


def test_claims_have_two_utterances_and_words_of_a_source(dispute):
    texts = " ".join(" ".join(record.document.text.split()) for record in {r.document_id: r for r in dispute}.values())
    _, claims = claims_of(dispute)
    assert claims
    for claim in claims:
        assert len(claim.stances) >= 2
        assert len({stance.utterance for stance in claim.stances}) == len(claim.stances)
        assert claim.gloss in texts
        assert all(stance.evidence for stance in claim.stances)


def test_the_denial_is_a_conflict_with_its_words(dispute):
    utterances, claims = claims_of(dispute)
    texts = [record.document.text for record in dispute]
    conflicts = [conflict for claim in claims for conflict in claim.conflicts if conflict.kind == "denial"]
    assert conflicts
    known = {found.id for found in utterances}
    for conflict in conflicts:
        assert {conflict.a, conflict.b} <= known
        assert any(span.of(text).strip() for item in conflict.evidence for span in item.spans for text in texts)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(7)))
def test_the_order_of_arrival_changes_nothing(dispute, order):
    assert claims_of([dispute[i] for i in order]) == claims_of(dispute)


AFFIRMED = [
    ("A", ("وزارة الصحة", "قالت", "إن الانفجار أسفر عن مقتل 40 مدنيا في المستشفى")),
    ("B", ("الدفاع المدني", "أعلن", "أن الانفجار قتل 40 مدنيا في المستشفى")),
    ("C", ("الأمم المتحدة", "أكدت", "أن الجيش مسؤول عن قصف المستشفى")),
    ("D", ("منظمة العفو الدولية", "اتهمت", "الجيش بقصف المستشفى", "accuse")),
]
DENIED = [
    ("الجيش", "نفى", "قصف المستشفى", "deny"),
    ("الحكومة", "نفت", "هذه الاتهامات", "deny"),
    ("وزارة الدفاع", "قالت", "إن هذه التقارير لا أساس لها من الصحة"),
    ("الأمم المتحدة", "نفت", "أن يكون الجيش مسؤولا عن قصف المستشفى", "deny"),
    ("وزارة الصحة", "قالت", "إن الانفجار لم يقتل 40 مدنيا في المستشفى"),
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=st.lists(st.sampled_from(AFFIRMED), min_size=2, max_size=4, unique=True),
    denials=st.lists(st.sampled_from(DENIED), min_size=1, max_size=4, unique=True),
    first=st.integers(0, 3),
)
def test_a_denial_that_is_added_takes_no_affirmation_away(press, said, denials, first):
    title = "قصف المستشفى يثير الغضب"
    records = [record for name, statement in said for record in press(name, statement, title=title)]
    before = signs_of(records)
    more = [
        *records,
        *(r for n, d in enumerate(denials[first % len(denials) :]) for r in press(f"N{n}", d, title=title)),
    ]
    after = signs_of(more)
    for number, taken in before.items():
        if "+" in {sign for _, sign in taken}:
            assert "+" in {sign for _, sign in after[number]}


def test_a_number_that_differs_is_a_conflict(press):
    records = [
        *press("A", ("وزارة الصحة", "قالت", "إن الانفجار أسفر عن مقتل 40 مدنيا في المستشفى")),
        *press("B", ("الدفاع المدني", "أعلن", "أن الانفجار أسفر عن مقتل 70 مدنيا في المستشفى")),
    ]
    _, claims = claims_of(records)
    conflicts = [conflict for claim in claims for conflict in claim.conflicts]
    assert [conflict.kind for conflict in conflicts] == ["number"]
    assert sorted(item.note for item in conflicts[0].evidence) == ["40", "70"]


def test_years_are_no_numbers_that_differ(press):
    records = [
        *press("A", ("وزارة الصحة", "قالت", "إن الانفجار أسفر عن مقتل 40 مدنيا في المستشفى عام 2014 الماضي")),
        *press("B", ("الدفاع المدني", "أعلن", "أن الانفجار أسفر عن مقتل 40 مدنيا في المستشفى عام 2015 الماضي")),
    ]
    _, claims = claims_of(records)
    assert claims
    assert not [conflict for claim in claims for conflict in claim.conflicts if conflict.kind == "number"]


def test_two_topics_are_two_claims(press):
    records = [
        *press("A", ("وزارة الصحة", "قالت", "إن الانفجار أسفر عن مقتل 40 مدنيا"), title="انفجار في المستشفى"),
        *press("B", ("شركة الطيران", "نفت", "إلغاء الرحلات إلى روما", "deny"), title="رحلات روما مستمرة"),
    ]
    assert claims_of(records)[1] == ()


def test_nothing_comes_of_nothing():
    assert find_claims([], ()) == ()
