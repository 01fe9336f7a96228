import re
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.extraction.quantities import find_quantities
from qala.extraction.time_values import Date, Day, Weekday
from qala.extraction.times import find_times
from qala.lexicon.calendar import load_calendar
from qala.resolution.dates import resolve_time
from qala.text.words import find_words

TUESDAY = date(2023, 9, 5)
MARK = re.compile(r"</?[tq]>")


def iso(text, published=TUESDAY, planned=False):
    (mention,) = find_times(find_words(text))
    found = resolve_time(mention.value, published, planned=planned, named=mention.named)
    return found.iso if found else None


@pytest.mark.parametrize("example", load_calendar().examples, ids=lambda example: example.place)
def test_examples_of_the_data_files(example):
    text = MARK.sub("", example.text)
    words = find_words(text)
    numeric = example.place.startswith("numbers.yaml")
    found = find_quantities(words) if numeric else find_times(words)
    if example.expected is None:
        assert [mention.span.of(text) for mention in found] == []
        return
    start, end = (match.start() - shift for match, shift in zip(MARK.finditer(example.text), (0, 3), strict=True))
    (mention,) = [mention for mention in found if tuple(mention.span) == (start, end)]
    if numeric:
        values = dict.fromkeys((str(mention.low), str(mention.high)))
        assert "/".join(values) == example.expected
        return
    resolved = resolve_time(mention.value, TUESDAY, planned=example.planned, named=mention.named)
    assert (resolved.iso if resolved else "-") == example.expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("اليوم", "2023-09-05"),
        ("الثلاثاء", "2023-09-05"),
        ("الأربعاء", "2023-08-30"),
        ("الثلاثاء الماضي", "2023-08-29"),
        ("الاثنين الماضي", "2023-09-04"),
        ("الثلاثاء المقبل", "2023-09-12"),
        ("الأربعاء القادم", "2023-09-06"),
        ("الجمعة من الأسبوع الماضي", "2023-09-01"),
        ("الأسبوع المقبل الأحد", "2023-09-17"),
        ("الأسبوع الماضي", "2023-08-28/2023-09-03"),
        ("هذا الأسبوع", "2023-09-04/2023-09-10"),
        ("الأسبوع قبل الماضي", "2023-08-21/2023-08-27"),
        ("الشهر الماضي", "2023-08"),
        ("الشهر المقبل", "2023-10"),
        ("العام الماضي", "2022"),
        ("السنة الجارية", "2023"),
        ("العام الجاري 2018", "2018"),
        ("القرن الماضي", "1900/1999"),
        ("القرن التاسع عشر", "1800/1899"),
        ("العقد الماضي", "2010/2019"),
        ("في مايو", "2023-05"),
        ("في نوفمبر الماضي", "2022-11"),
        ("في سبتمبر الماضي", "2022-09"),
        ("في ديسمبر المقبل", "2023-12"),
        ("مايو من العام الماضي", "2022-05"),
        ("22 آذار/مارس", "2023-03-22"),
        ("12 سبتمبر", "2023-09-12"),
        ("الخامس من سبتمبر", "2023-09-05"),
        ("الخامس من الشهر الجاري", "2023-09-05"),
        ("13/06/2018م", "2018-06-13"),
        ("2023-09-05", "2023-09-05"),
        ("13.06.2018", "2018-06-13"),
        ("٥/٩/٢٠٢٣", "2023-09-05"),
        ("9/2015", "2015-09"),
        ("15/9/1444هـ", "2023-04-06"),
        ("15 رمضان 1444", "2023-04-06"),
        ("رمضان 2019", "2019-05-06/2019-06-03"),
        ("عام 1444هـ", "2022-07-30/2023-07-18"),
        ("الثلاثاء 20 صفر 1445هـ - 5 سبتمبر 2023م", "2023-09-05"),
        ("من 2 أكتوبر إلى 22 أكتوبر 2022", "2022-10-02/2022-10-22"),
        ("من منتصف أبريل وحتى نهاية أغسطس", "2023-04/2023-08"),
        ("من الجمعة إلى الأحد", "2023-09-01/2023-09-03"),
        ("بين 2015 و2017", "2015/2017"),
        ("موسم 2017/2018", "2017/2018"),
        ("قبل عامين", "2021"),
        ("قبل شهر", "2023-08"),
        ("قبل أسبوع", "2023-08-28/2023-09-03"),
        ("قبل نحو ثلاثة أشهر", "2023-06"),
        ("قبل أكثر من عام", None),
        ("قبل ساعتين", "2023-09-05"),
        ("قبل يومين من الانتخابات", None),
        ("بعد يومين", None),
        ("الأيام الثلاثة الماضية", "2023-09-02/2023-09-04"),
        ("السنوات الخمس الماضية", "2018/2022"),
        ("الأيام الماضية", None),
        ("الأشهر الستة الأولى من عام 2015", "2015-01/2015-06"),
        ("مطلع العام", "2023-01"),
        ("أواخر العام الماضي", "2022-10/2022-12"),
        ("منتصف القرن الماضي", "1930/1969"),
        ("عطلة نهاية الأسبوع", "2023-09-09/2023-09-10"),
        ("الأسبوع الأول من أكتوبر 2022", "2022-10-03/2022-10-09"),
        ("آخر جمعة من يوليو 2023", "2023-07-28"),
        ("النصف الثاني من 2016", "2016-07/2016-12"),
        ("شتاء 2020", "2020-12/2021-02"),
        ("هذا الشتاء", "2023-12/2024-02"),
        ("الثمانينيات", "1980/1989"),
        ("الستينيات", "1960/1969"),
        ("عيد الميلاد 2020", "2020-12-25"),
        ("عيد الفصح 2013", "2013-03-31"),
        ("ليل السبت الأحد", "2023-09-02/2023-09-03"),
        ("بعد منتصف ليلة الخميس", "2023-09-01"),
        ("في وقت سابق الأحد", "2023-09-03"),
        ("مؤخرا", None),
        ("الخميس 31", "2023-08-31"),
        ("31 يونيو 2023", None),
        ("لمدة شهر", None),
    ],
)
def test_in_the_sense_of_news(text, expected):
    assert iso(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("الثلاثاء", "2023-09-05"),
        ("الاثنين", "2023-09-11"),
        ("في مايو", "2024-05"),
        ("بعد يومين", "2023-09-07"),
        ("بعد شهر", "2023-10"),
        ("خلال أسبوعين", "2023-09-05/2023-09-19"),
        ("صيف العام المقبل", "2024-06/2024-08"),
    ],
)
def test_of_plans(text, expected):
    assert iso(text, planned=True) == expected


def test_without_a_day_of_publication_only_full_dates_are_resolved():
    assert iso("5 سبتمبر 2023", None) == "2023-09-05"
    assert iso("عام 2022", None) == "2022"
    assert iso("15 رمضان 1444", None) == "2023-04-06"
    for text in (
        "أمس الاثنين",
        "الثلاثاء",
        "5 سبتمبر",
        "الشهر الماضي",
        "قبل يومين",
        "صيف هذا العام",
        "عيد الفطر",
    ):
        assert iso(text, None) is None


def test_a_moment_counts_by_its_day():
    assert iso("أمس", datetime(2023, 9, 5, 1, 0)) == "2023-09-04"


def test_a_month_long_gone_gives_way_to_the_coming_one():
    assert iso("في أكتوبر", date(2023, 9, 5)) == "2023-10"
    assert iso("في نوفمبر", date(2023, 9, 5)) == "2022-11"
    assert iso("12 حزيران/يونيو", date(2018, 6, 7)) == "2018-06-12"


def test_a_name_is_no_date_of_the_page():
    (mention,) = find_times(find_words("منذ ثورة 25 يناير"))
    assert resolve_time(mention.value, TUESDAY, named=True) is None
    (mention,) = find_times(find_words("منذ ثورة 25 يناير 2011"))
    assert resolve_time(mention.value, TUESDAY, named=True).iso == "2011-01-25"


def test_the_weekday_corrects_the_moon():
    tables = resolve_time(Date(1437, 12, 10, calendar="hijri"), None)
    stated = resolve_time(Date(1437, 12, 10, weekday=(tables.start.weekday() + 1) % 7, calendar="hijri"), None)
    assert (stated.start - tables.start).days == 1


def test_clock():
    (mention,) = find_times(find_words("الثلاثاء الساعة 3:18 صباحا"))
    found = resolve_time(mention.value, TUESDAY)
    assert (found.iso, found.clock, found.clock_sure) == ("2023-09-05", "03:18", True)
    (mention,) = find_times(find_words("الساعة الثالثة"))
    assert resolve_time(mention.value, TUESDAY).clock_sure is False


def test_point_of_a_distance():
    (mention,) = find_times(find_words("قبل أسبوعين"))
    assert resolve_time(mention.value, TUESDAY).point == date(2023, 8, 22)


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(0, 6))
def test_a_bare_weekday_is_the_last_or_the_coming_one(day, weekday):
    last = resolve_time(Weekday(weekday), day).start
    coming = resolve_time(Weekday(weekday), day, planned=True).start
    assert last.weekday() == coming.weekday() == weekday
    assert 0 <= (day - last).days < 7
    assert 0 <= (coming - day).days < 7


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)), st.integers(-3, 3))
def test_the_edges_of_the_calendar_stay_open(day, offset):
    found = resolve_time(Day(offset), day)
    assert found is None or (found.start - day).days == offset
