"""Disputes: denials grouped, what they deny, who bears on it."""

from qala.corroboration.disputes import (
    find_members,
    find_pool,
    group_denials,
    joins_by_negating,
    profile_denials,
    side_of,
)
from qala.corroboration.utterances import make_sides


def dispute_of(records):
    sides = make_sides(records)
    (group,) = group_denials(sides)
    pool = find_pool(group, sides)
    return group, pool, profile_denials(group, pool)


def test_denials_of_one_side_are_one_group(dispute):
    group, _, profile = dispute_of(dispute)
    assert [side.id for side in group] == ["B:s2", "C:s1"]
    assert profile.sides == {"et": 1.0}


def test_members_have_sign_and_rule(dispute):
    _, pool, profile = dispute_of(dispute)
    found = {member.side.id: (member.sign, member.rule) for member in find_members(pool, profile)}
    assert found["A:s1"][0] == "+"
    assert found["B:s2"][0] == "-"
    assert found["C:s1"][0] == "-"
    assert all(rule.partition(":")[2] for _, rule in found.values())


def test_an_accusation_of_somebody_else_is_no_part_of_it(dispute, press):
    title = "السودان يتهم إثيوبيا بالوقوف وراء فيضان السد"
    other = press("E", ("القاهرة", "قالت", "إن إيران مسؤولة عن اختطاف سفينة الشحن في الخليج"), title=title)
    _, pool, profile = dispute_of([*dispute, *other])
    assert "E:s1" not in {member.side.id for member in find_members(pool, profile)}


def test_what_stands_under_a_condition_affirms_nothing(dispute, press):
    title = "السودان يتهم إثيوبيا بالوقوف وراء فيضان السد"
    other = press("E", ("القاهرة", "قالت", "إنها سترد إذا كانت إثيوبيا مسؤولة عن فيضان السد"), title=title)
    _, pool, profile = dispute_of([*dispute, *other])
    assert "E:s1" not in {m.side.id for m in find_members(pool, profile) if m.rule == "says:blames who denies"}


def test_denials_on_strange_topics_are_two_groups(press):
    records = [
        *press("A", ("الحكومة الإثيوبية", "نفت", "أي مسؤولية عن فيضان السد", "deny"), title="فيضان السد في السودان"),
        *press("B", ("شركة الطيران", "نفت", "إلغاء الرحلات إلى روما", "deny"), title="رحلات روما مستمرة"),
    ]
    assert len(group_denials(make_sides(records))) == 2


def test_what_lies_far_in_time_is_not_in_the_pool(dispute, press):
    title = "السودان يتهم إثيوبيا بالوقوف وراء فيضان السد"
    old = press("E", ("الخرطوم", "قالت", "إن إثيوبيا مسؤولة عن فيضان السد"), title=title, day="2020-01-01")
    sides = make_sides([*dispute, *old])
    (group,) = group_denials(sides)
    assert "E:s1" not in {side.id for side in find_pool(group, sides)}


def test_a_side_is_the_state_for_which_somebody_speaks(press):
    sides = make_sides(
        press("A", ("موسكو", "قالت", "إن القمح رخيص"), ("المرصد السوري لحقوق الإنسان", "قال", "إن القمح رخيص"))
    )
    assert [side_of(side) for side in sides] == ["ru", "syrian-observatory"]


def test_who_denies_a_deed_of_his_own_is_answered_by_those_who_name_him(press):
    title = "غارة على مطار الشعيرات"
    records = [
        *press("A", ("الجيش الأميركي", "نفى", "أن تكون طائرات أميركية قصفت مطار الشعيرات", "deny"), title=title),
        *press("B", ("البنتاغون", "نفى", "أي مسؤولية أميركية عن قصف المطار", "deny"), title=title),
        *press("C", ("التلفزيون السوري", "قال", "إن طائرات أميركية قصفت مطار الشعيرات"), title=title),
        *press("D", ("مصدر عسكري", "قال", "إن طائرات إسرائيلية قصفت مطار الشعيرات"), title=title),
        *press("E", ("الهلال الأحمر", "أعلن", "أن سيارات الإسعاف وصلت إلى المستشفى"), title=title),
    ]
    group, pool, profile = dispute_of(records)
    assert len(group) == 2
    found = {member.side.id for member in find_members(pool, profile)}
    assert "C:s1" in found
    assert "D:s1" not in found


def test_a_clause_that_is_only_negated_starts_no_dispute(dispute, press):
    title = "السودان يتهم إثيوبيا بالوقوف وراء فيضان السد"
    other = press("F", ("البنك الدولي", "قال", "إن القرى الثلاث لم تتلق مساعدات كافية"), title=title)
    sides = make_sides([*dispute, *other])
    (group,) = group_denials(sides)
    assert "F:s1" in {side.id for side in sides if side.vector.sign == "-"}
    assert "F:s1" not in {side.id for side in group}


def test_who_negates_what_is_denied_joins_the_dispute(dispute, press):
    title = "السودان يتهم إثيوبيا بالوقوف وراء فيضان السد"
    other = press(
        "F",
        ("الاتحاد الأفريقي", "قال", "إن إثيوبيا ليست مسؤولة عن فيضان السد"),
        ("البنك الدولي", "قال", "إن القرى الثلاث لم تتلق مساعدات كافية"),
        title=title,
    )
    _, pool, profile = dispute_of([*dispute, *other])
    joining = {member.side.id for member in find_members(pool, profile) if joins_by_negating(member)}
    assert joining == {"F:s1"}


def test_what_only_points_back_must_point_to_what_is_denied(dispute, press):
    title = "السودان يتهم إثيوبيا بالوقوف وراء فيضان السد"
    other = press("G", ("نائب في البرلمان", "قال", "إن ذلك صحيح"), title=title)
    _, pool, profile = dispute_of([*dispute, *other])
    found = {member.side.id: member for member in find_members(pool, profile)}
    assert all(member.weight > 0 for member in found.values() if member.rule.startswith("points"))
