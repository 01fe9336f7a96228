"""Opposites among those who say one thing: signs from poles, without a word of denial."""

from qala.corroboration.claims import find_claims
from qala.corroboration.model import Stance
from qala.corroboration.oppositions import oppose
from qala.corroboration.utterances import find_utterances, make_sides
from qala.model import Evidence

CANCELLED = "إلغاء القمة المقررة في جنيف مع الرئيس الروسي"
HELD = "انعقاد القمة المقررة في جنيف مع الرئيس الروسي"


def stances_of(records, **rules):
    sides = {side.id: side for side in make_sides(records)}
    evidence = {number: Evidence(rules.get(number[0], "act:assert"), ()) for number in sides}
    signs = {number: "-" if rules.get(number[0]) in ("act:deny", "negation") else "+" for number in sides}
    stances = {number: Stance(number, signs[number], (evidence[number],)) for number in sides}
    return oppose(stances, {number: (number,) for number in sides}, sides)


def summit(press):
    return [
        *press("A", ("البيت الأبيض", "أعلن", CANCELLED)),
        *press("B", ("باريس", "أعلنت", CANCELLED)),
        *press("C", ("سويسرا", "أعلنت", HELD)),
    ]


def test_the_opposite_pole_takes_the_opposite_sign(press):
    found = stances_of(summit(press))
    assert {name: stance.sign for name, stance in found.items()} == {"A:s1": "+", "B:s1": "+", "C:s1": "-"}
    assert found["C:s1"].evidence[0].rule == "pole:take-place+"
    assert found["C:s1"].evidence[0].spans


def test_an_act_of_denial_keeps_its_sign(press):
    records = [*summit(press), *press("D", ("موسكو", "نفت", CANCELLED, "deny"))]
    assert stances_of(records, D="act:deny")["D:s1"].sign == "-"


def test_who_negates_the_opposite_affirms(press):
    records = [*summit(press), *press("D", ("موسكو", "قالت", "إن القمة المقررة في جنيف لن تعقد"))]
    assert stances_of(records, D="negation")["D:s1"].sign == "+"


def test_one_pole_alone_turns_nothing(press):
    found = stances_of(summit(press)[:2])
    assert {stance.sign for stance in found.values()} == {"+"}


def test_a_denial_that_is_added_turns_no_affirmation(press):
    before = stances_of(summit(press))
    denials = [r for n in "DEFG" for r in press(n, ("موسكو", "نفت", HELD, "deny"))]
    after = stances_of([*summit(press), *denials], D="act:deny", E="act:deny", F="act:deny", G="act:deny")
    assert {name: after[name].sign for name in before} == {name: stance.sign for name, stance in before.items()}


def test_claims_hold_both_poles_with_opposite_signs(press):
    records = summit(press)
    claims = find_claims(records, find_utterances(records))
    assert any({stance.sign for stance in claim.stances} == {"+", "-"} for claim in claims)
