from datetime import date

from qala.extraction.times import find_times
from qala.model import Debris, Document, Layout, Span
from qala.resolution.publication import allowed_days, read_publication
from qala.text.words import find_words

PAGE = "قالت المتحدثة أمس الاثنين إن المفاوضات مستمرة. وقال الكرملين اليوم الثلاثاء إنه لا يعلم."


def constraint(text, dateline=None):
    mentions = find_times(find_words(text))
    line = find_times(find_words(dateline))[0] if dateline else None
    return allowed_days(mentions, line)


def test_the_page_itself_proves_a_tuesday():
    found = constraint(PAGE)
    assert found.weekdays == {1}
    assert not found.conflicting
    assert found.day is None
    assert [evidence.spans[0].of(PAGE) for evidence in found.evidence] == ["أمس الاثنين", "اليوم الثلاثاء"]
    assert {evidence.note for evidence in found.evidence} == {"Tuesday"}


def test_the_allowed_days_of_a_stretch():
    days = list(constraint(PAGE).within(date(2023, 9, 1), date(2023, 9, 20)))
    assert days == [date(2023, 9, 5), date(2023, 9, 12), date(2023, 9, 19)]


def test_a_month_and_day_with_a_weekday():
    found = constraint("قال أمس الاثنين 4 سبتمبر إنه باق")
    assert found.weekdays == {1}
    assert found.month_days == {(9, 5)}
    assert list(found.within(date(2018, 1, 1), date(2024, 1, 1))) == [date(2023, 9, 5)]


def test_a_full_date_counted_from_today_proves_the_day():
    found = constraint("أعلن أمس 4 سبتمبر 2023 استقالته")
    assert found.day == date(2023, 9, 5)


def test_a_hijri_date_of_today():
    assert constraint("قال اليوم 15 رمضان 1444 إنه باق").day == date(2023, 4, 6)


def test_the_current_year():
    found = constraint("خلال العام الجاري 2018 ومقارنة بالعام الماضي 2017")
    assert found.years == {2018}
    assert found.allows(date(2018, 5, 1)) and not found.allows(date(2017, 5, 1))


def test_since_bounds_from_below():
    text = "يحكم البلاد منذ عام 2014، وهو في منصبه منذ مايو 2016"
    found = constraint(text)
    assert found.earliest == date(2016, 5, 1)
    assert found.evidence[-1].spans[0].of(text) == "منذ مايو 2016"


def test_words_that_disagree_are_told():
    found = constraint("أمس الاثنين واليوم الخميس")
    assert found.conflicting
    assert found.weekdays == {1, 3}


def test_a_dateline():
    found = constraint("قال إنه باق", dateline="الثلاثاء 20 صفر 1445هـ - 5 سبتمبر 2023م")
    assert found.day == date(2023, 9, 5)
    assert found.evidence[0].rule == "published:dateline"


def test_a_page_without_such_words_allows_every_day():
    found = constraint("قال الثلاثاء إنه باق")
    assert not found.evidence
    assert found.allows(date(1999, 1, 1))


def test_a_current_month_is_the_month_of_publication():
    text = "تنتهي المهلة في سبتمبر الجاري، وكانت بدأت في مايو الماضي"
    found = constraint(text)
    assert found.months == {9}
    assert found.evidence[0].spans[0].of(text) == "سبتمبر الجاري"
    assert found.allows(date(2023, 9, 30)) and not found.allows(date(2023, 10, 1))


def page(text, line=None, published=None):
    debris = (Debris(Span(text.index(line), text.index(line) + len(line)), "dateline"),) if line else ()
    mentions = find_times(find_words(text))
    return read_publication(Document("d", text, published), Layout((), (), (), (), debris), mentions)


def test_a_day_that_is_given_needs_no_constraint():
    assert page(PAGE, published=date(2023, 9, 5)) is None
    assert page(PAGE).weekdays == {1}


def test_a_date_in_a_dateline_is_the_day_of_the_page():
    line = "الرياض 5 سبتمبر 2023 -"
    assert page(f"{line} قال الوزير إنه عاد في 3 مايو 2019", line).day == date(2023, 9, 5)
    assert page("قال الوزير إنه عاد في 3 مايو 2019").day is None
