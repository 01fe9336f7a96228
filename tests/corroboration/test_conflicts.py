"""Conflicts: told only where both sides say the thing in words that can be shown."""

from dataclasses import replace

from qala.corroboration.conflicts import find_conflicts
from qala.corroboration.model import Stance
from qala.corroboration.utterances import make_sides
from qala.model import Evidence, Span, StatedTime


def conflicts_of(records, *signs):
    sides = {side.id: side for side in make_sides(records)}
    stances = [
        Stance(number, sign, (Evidence("act", (), "words"),)) for number, sign in zip(sorted(sides), signs, strict=True)
    ]
    return find_conflicts(stances, {number: [number] for number in sides}, sides)


def test_a_denial_against_what_it_is_nearest_to(press):
    records = [
        *press("A", ("لندن", "قالت", "إن الجيش قصف المستشفى")),
        *press("B", ("باريس", "قالت", "إن أسعار الخبز ارتفعت")),
        *press("C", ("الجيش", "نفى", "قصف المستشفى", "deny")),
    ]
    found = conflicts_of(records, "+", "+", "-")
    assert ("denial", "C:s1", "A:s1") in {(conflict.kind, conflict.a, conflict.b) for conflict in found}


def test_a_figure_that_only_one_gives_is_none(press):
    records = [
        *press("A", ("لندن", "قالت", "إن الانفجار قتل 40 مدنيا في المستشفى")),
        *press("B", ("باريس", "قالت", "إن الانفجار قتل مدنيين في المستشفى")),
    ]
    assert conflicts_of(records, "+", "+") == ()


def test_days_of_the_event_that_differ(press):
    records = [
        *press("A", ("لندن", "قالت", "إن الانفجار وقع يوم الاثنين في المستشفى")),
        *press("B", ("باريس", "قالت", "إن الانفجار وقع يوم الثلاثاء في المستشفى")),
    ]
    dated = [
        replace(record, statement=replace(record.statement, times=(StatedTime(Span(20, 30), day, "day"),)))
        for record, day in zip(records, ("2021-05-03", "2021-05-04"), strict=True)
    ]
    (found,) = conflicts_of(dated, "+", "+")
    assert (found.kind, [item.note for item in found.evidence]) == ("date", ["2021-05-03", "2021-05-04"])
    undated = replace(records[0], statement=replace(records[0].statement, times=()))
    assert conflicts_of([undated, dated[1]], "+", "+") == ()


def test_two_who_blame_two(press):
    records = [
        *press("A", ("لندن", "قالت", "إن إيران مسؤولة عن قصف السفينة في الخليج")),
        *press("B", ("طهران", "قالت", "إن إسرائيل مسؤولة عن قصف السفينة في الخليج")),
    ]
    (found,) = conflicts_of(records, "+", "+")
    assert found.kind == "agent"
    assert [item.note for item in found.evidence] == ["إيران", "إسرائيل"]


def test_two_places(press):
    records = [
        *press("A", ("لندن", "قالت", "إن الانفجار وقع في المستشفى ببغداد")),
        *press("B", ("باريس", "قالت", "إن الانفجار وقع في المستشفى بدمشق")),
    ]
    assert [conflict.kind for conflict in conflicts_of(records, "+", "+")] == ["place"]
