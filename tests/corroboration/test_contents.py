"""What a statement says: terms with spans, figures, what stands under a negation or an "if", what it points to."""

from datetime import date

import pytest

from qala.corroboration.contents import parse_days, read_contents


def content_of(press, content, act="assert", cue="قالت", **kwargs):
    (found,) = read_contents(press("X", ("الحكومة", cue, content, act), **kwargs))
    return found


def test_terms_are_concepts_actors_and_words_with_their_spans(press):
    found = content_of(press, "إن القوات الروسية قصفت مدينة سربينتا بالصواريخ")
    assert {"c:bomb", "c:missile", "a:ru", "c:army"} <= found.terms.keys()
    text = found.record.document.text
    assert found.spans["c:bomb"].of(text) == "قصفت"
    assert found.spans["c:missile"].of(text) == "بالصواريخ"
    assert all(span.of(text).strip() for span in found.spans.values())


def test_a_content_of_its_own_does_not_point_back(press):
    assert not content_of(press, "إن القوات الروسية قصفت مدينة سربينتا بالصواريخ").thin


def test_a_thin_denial_points_back_to_what_was_said(press):
    records = press("X", ("كييف", "قالت", "إن الطائرة أسقطت بصاروخ"), ("موسكو", "نفت", "هذه المعلومات", "deny"))
    said, denied = read_contents(records)
    assert not said.thin
    assert denied.thin
    assert {"c:shoot-down", "c:missile"} <= denied.context.keys()
    assert denied.context_span.of(records[0].document.text).startswith("قالت")


def test_the_event_word_stands_for_the_topic_of_the_article(press):
    found = content_of(press, "إن روسيا مسؤولة عن الحادث تماما", title="تسميم جاسوس في لندن")
    assert {"c:poison", "c:spy"} <= found.context.keys()
    assert "c:blame" in found.terms


def test_what_stands_under_a_negation_or_a_condition(press):
    found = content_of(press, "إن الجيش لم يقصف المدينة وسيرد بقوة إذا ثبت تورط جهة أجنبية")
    assert "c:bomb" in found.negated
    assert "c:blame" in found.conditional
    assert "c:bomb" not in found.conditional


def test_poles_turn_round_under_a_negation(press):
    assert content_of(press, "إن الحكومة وافقت").poles["c:accept"] == "+"
    assert content_of(press, "إن الحكومة لا توافق على المبادرة").poles["c:accept"] == "-"


def test_figures_that_count_and_figures_that_date(press):
    found = content_of(press, "إن 12 شخصا قتلوا في 5 مايو 2021")
    assert {(figure.value, figure.dated) for figure in found.figures} == {("12", False), ("5", True), ("2021", True)}


def test_quotations_of_three_words_and_more(press):
    found = content_of(press, 'إن "الوضع خطير جدا" ولكن "هادئ" الآن')
    assert [len(quote) for quote in found.quotes] == [3]


def test_an_accusation_names_whom_it_accuses(press):
    records = press("X", ("سوريا", "اتهمت", "إسرائيل بقصف المطار", "accuse"))
    (found,) = read_contents(records)
    assert "c:blame" in found.terms
    assert found.published == date(2021, 5, 3)


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("2021-05-03", (date(2021, 5, 3), date(2021, 5, 3))),
        ("2021-05-03/2021-05-09", (date(2021, 5, 3), date(2021, 5, 9))),
        ("2021-05", None),
        (None, None),
        ("soon", None),
    ],
)
def test_days(written, days):
    assert parse_days(written) == days
