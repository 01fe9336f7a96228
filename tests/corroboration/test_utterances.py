"""Utterances: one act of saying told in several articles; judgements, order, constraints, reasons."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qala.corroboration.model import Copy, Passage
from qala.corroboration.pairs import load_pair_weights, weigh_features
from qala.corroboration.utterances import MODEL, compare_candidates, find_utterances, make_sides, score_candidates
from qala.model import Span
from qala.records import Judgement


def owners(utterances):
    return {member: found.id for found in utterances for member in found.members}


def judge(kind, *subjects):
    return Judgement("j1", kind, subjects, "Layla", datetime(2021, 5, 3, tzinfo=UTC), reason="read both")


def test_the_same_words_of_one_speaker_are_one_utterance(dispute):
    found = owners(find_utterances(dispute))
    assert found["A:s1"] == found["B:s1"]
    assert len(found) == len(dispute)


def test_every_record_is_in_one_utterance(dispute):
    members = [member for found in find_utterances(dispute) for member in found.members]
    assert sorted(members) == sorted(record.id for record in dispute)


def test_a_denial_never_joins_what_it_denies(dispute):
    found = owners(find_utterances(dispute))
    assert found["B:s2"] not in (found["A:s1"], found["B:s1"])


def test_other_persons_say_other_things(press):
    content = "إن الاتفاق النووي انتهى تماما ولن تعود إليه الحكومة"
    records = [*press("A", ("سيرغي لافروف", "قال", content)), *press("B", ("تيريزا ماي", "قالت", content))]
    assert len(find_utterances(records)) == 2


def test_a_capital_and_its_minister_may_be_one(press):
    content = "إن الاتفاق النووي انتهى تماما ولن تعود إليه الحكومة"
    records = [*press("A", ("سيرغي لافروف", "قال", content)), *press("B", ("موسكو", "قالت", content))]
    assert len(find_utterances(records)) == 1


def test_what_was_said_on_two_days_is_two(press):
    content = "إن الاتفاق النووي انتهى تماما ولن تعود إليه الحكومة"
    records = [
        *press("A", ("سيرغي لافروف", "قال", content, "assert", {"when_date": "2021-05-01"})),
        *press("B", ("سيرغي لافروف", "قال", content, "assert", {"when_date": "2021-05-03"})),
    ]
    assert len(find_utterances(records)) == 2


def test_opposite_poles_of_one_concept_are_two_sayings(press):
    said = ("إلغاء القمة المقررة في جنيف الشهر المقبل مع الرئيس", "انعقاد القمة المقررة في جنيف الشهر المقبل مع الرئيس")
    records = [*press("A", ("سيرغي لافروف", "أعلن", said[0])), *press("B", ("سيرغي لافروف", "أعلن", said[1]))]
    assert len(find_utterances(records)) == 2
    again = [*press("A", ("سيرغي لافروف", "أعلن", said[0])), *press("C", ("سيرغي لافروف", "أعلن", said[0]))]
    assert len(find_utterances(again)) == 1


def test_the_day_of_saying_is_told_where_the_articles_agree(press):
    content = "إن الاتفاق النووي انتهى تماما ولن تعود إليه الحكومة"
    (found,) = find_utterances(
        [
            *press("A", ("سيرغي لافروف", "قال", content, "assert", {"when_date": "2021-05-02"})),
            *press("B", ("لافروف", "قال", content)),
        ]
    )
    assert (found.said, found.speaker) == (date(2021, 5, 2), "سيرغي لافروف")


def test_a_statement_and_the_one_it_holds_are_two(press):
    content = "إن الاتفاق النووي انتهى تماما"
    first, second = press("A", ("موسكو", "قالت", content), ("موسكو", "قالت", content))
    assert len(find_utterances([first, second])) == 1
    assert len(find_utterances([first, replace(second, parent=first.id)])) == 2


@pytest.mark.parametrize(("kind", "joined"), [("same", True), ("different", False), ("unsure", False)])
def test_judgements_outrank_the_computation(dispute, kind, joined):
    alike, unlike = ("A:s1", "B:s1"), ("A:s1", "D:s1")
    for pair in (alike, unlike):
        judged = [replace(dispute[0], judgements=(judge(kind, *pair),)), *dispute[1:]]
        utterances = find_utterances(judged)
        found = owners(utterances)
        assert (found[pair[0]] == found[pair[1]]) is joined
        links = [link for item in utterances for link in item.links if {link.a, link.b} == set(pair)]
        assert links
        assert links[0].reasons[0].rule == f"judged:{kind}"


def test_every_join_has_reasons_in_words_and_spans(dispute):
    by_id = {record.id: record for record in dispute}
    links = [link for found in find_utterances(dispute) for link in found.links]
    assert any(link.joined for link in links)
    for link in links:
        assert any(reason.note for reason in link.reasons)
        for reason in link.reasons:
            side = {"a": link.a, "b": link.b}.get(reason.rule.partition(":")[0])
            for span in reason.spans:
                assert side is not None
                assert span.of(by_id[side].document.text).strip()


def test_two_statements_in_one_copied_passage_are_likelier_one(press):
    a = press("A", ("وكالة الطاقة", "قالت", "إن المخزون بلغ ذروته هذا الشتاء"))
    b = press("B", ("وكالة الطاقة", "قالت", "إن المخزون في الشتاء الحالي كبير"))
    span = Span(0, len(a[0].document.text))
    copy = Copy("A", "B", "wire", (Passage(span, span, 9, 0.9),))
    score = [
        link.score
        for copies in ((), (copy,))
        for found in find_utterances([*a, *b], copies)
        for link in found.links[:1]
    ]
    assert score[-1] > score[0]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(7)))
def test_the_order_of_arrival_changes_nothing(dispute, order):
    assert find_utterances([dispute[i] for i in order]) == find_utterances(dispute)


def test_nothing_comes_of_nothing():
    assert find_utterances([]) == ()


def test_links_grow_with_the_members_and_lead_from_any_to_any(press):
    count = 30
    records = [
        record
        for number in range(count)
        for record in press(f"D{number:02}", ("موسكو", "قالت", "إن المخزون من القمح بلغ ذروته هذا الشتاء"))
    ]
    (found,) = find_utterances(records)
    joined = [link for link in found.links if link.joined]
    assert len(joined) <= 6 * count < count * (count - 1) / 2
    reached = {found.members[0]}
    for _ in found.members:
        reached |= {end for link in joined if reached & {link.a, link.b} for end in (link.a, link.b)}
    assert reached == set(found.members)


def test_scores_are_those_of_the_features_with_their_rivals(dispute):
    weights = load_pair_weights(MODEL)
    sides = make_sides(dispute)
    scores, opposed = score_candidates(sides, weights)
    compared = compare_candidates(sides)
    assert scores.keys() == compared.keys() >= opposed
    for pair, found in compared.items():
        assert scores[pair] == pytest.approx(weigh_features(found.features, weights))
