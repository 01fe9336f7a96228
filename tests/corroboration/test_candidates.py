"""Which pairs are compared: those that share a term and perhaps the speaker, within the window."""

from datetime import date, timedelta

from qala.corroboration.candidates import WINDOW, find_candidates, heavy_terms
from qala.corroboration.utterances import make_sides


def test_pairs_share_speaker_and_term(press):
    sides = make_sides(
        [
            *press("A", ("موسكو", "قالت", "إن الصاروخ أصاب الطائرة"), ("لندن", "قالت", "إن الصاروخ أصاب الطائرة")),
            *press("B", ("روسيا", "أعلنت", "أن الطائرة أصيبت بصاروخ"), ("موسكو", "قالت", "إن القمح رخيص")),
        ]
    )
    pairs = set(find_candidates(sides))
    assert ("A:s1", "B:s1") in pairs
    assert ("A:s2", "B:s1") not in pairs
    assert ("A:s2", "B:s1") in set(find_candidates(sides, speakers=False))


def test_an_unnamed_source_may_be_anybody(press):
    sides = make_sides(
        [
            *press("A", ("مصدر رسمي", "قال", "إن الصاروخ أصاب الطائرة")),
            *press("B", ("دمشق", "قالت", "إن الصاروخ أصاب الطائرة")),
        ]
    )
    assert set(find_candidates(sides)) == {("A:s1", "B:s1")}


def test_the_window_is_days(press):
    first = date(2021, 5, 3)
    content = ("موسكو", "قالت", "إن الصاروخ أصاب الطائرة")
    for days, count in ((WINDOW, 1), (WINDOW + 1, 0)):
        late = press("B", content, day=(first + timedelta(days=days)).isoformat())
        assert len(list(find_candidates(make_sides([*press("A", content), *late])))) == count


def test_the_pairs_grow_with_the_days_and_not_with_the_ledger(press):
    """Ten times the days give ten times the pairs, not a hundred times."""

    def pairs(days):
        records = []
        for number in range(days):
            day = (date(2021, 1, 1) + timedelta(days=20 * number)).isoformat()
            for name in "ab":
                content = ("موسكو", "قالت", "إن الصاروخ أصاب الطائرة")
                records += press(f"{name}{number:03}", content, day=day)
        return len(list(find_candidates(make_sides(records))))

    assert pairs(4) == 4
    assert pairs(40) == 40


def test_heavy_terms_are_few(press):
    (side,) = make_sides(press("A", ("موسكو", "قالت", "إن " + " ".join(f"كلمة{n}عجيبة" for n in range(60)))))
    assert len(heavy_terms(side)) <= 14


def test_those_who_look_into_one_case_are_compared(press):
    content = "إن الصاروخ الذي أصاب الطائرة جاء من الكتيبة"
    records = [*press("A", ("فريق التحقيق", "قال", content)), *press("B", ("النيابة الهولندية", "قالت", content))]
    assert set(find_candidates(make_sides(records))) == {("A:s1", "B:s1")}
