import pytest

from qala.extraction.time_values import Date, Decade, Feast, Nth, Part, Relative, Season, Vague
from qala.extraction.times import find_times
from qala.text.words import find_words


def one(text):
    (mention,) = find_times(find_words(text))
    assert mention.span.of(text) == text
    return mention.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("أواخر شهر مايو الماضي", Part("late", Date(month=5, direction=-1))),
        ("نهاية العام 2017", Part("end", Date(2017))),
        ("مطلع الأسبوع", Part("start", Relative("week", 0))),
        ("أوائل الثمانينيات", Part("early", Decade(80))),
        ("الربع الثالث من عام 2016", Nth("quarter", 3, Date(2016))),
        ("النصف الأول من العام الجاري", Nth("half", 1, Relative("year", 0))),
        ("الأسبوع الأول من أكتوبر", Nth("week", 1, Date(month=10))),
        ("آخر جمعة من يوليو", Nth("day", -1, Date(month=7), 4)),
        ("القرن التاسع عشر", Nth("century", 19)),
        ("القرن العشرين", Nth("century", 20)),
        ("اليوم الثالث من أكتوبر", Date(month=10, day=3)),
        ("صيف 2017", Season("summer", 2017)),
        ("الصيف المقبل", Season("summer", None, 1)),
        ("هذا الشتاء", Season("winter", None, 0)),
        ("ثمانينيات القرن الماضي", Decade(1980)),
        ("الثمانينيات من القرن المنصرم", Decade(1980)),
        ("ثلاثينات القرن الرابع عشر", Decade(1330)),
        ("عيد الفطر المبارك", Feast("hijri-10-1")),
        ("عيد الميلاد 2020", Feast("gregorian-12-25", 2020)),
        ("في وقت سابق من الشهر الجاري", Vague(-1, Relative("month", 0))),
        ("في وقت لاحق", Vague(1)),
    ],
)
def test_periods(text, value):
    assert one(text) == value


@pytest.mark.parametrize("text", ["الثانية عام", "وسط المدينة", "في الأربعينيات من عمره", "ربع", "ربيع", "الصيف"])
def test_no_periods(text):
    assert find_times(find_words(text)) == []


def test_a_quarter_needs_a_year():
    text = "الربع الثاني هذا الأسبوع"
    assert [m.span.of(text) for m in find_times(find_words(text))] == ["هذا الأسبوع"]
