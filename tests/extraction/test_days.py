import pytest

from qala.extraction.time_values import Clock, Date, Day, DayPart, Nth, Weekday
from qala.extraction.times import find_times
from qala.text.words import find_words


def one(text):
    (mention,) = find_times(find_words(text))
    assert mention.span.of(text) == text
    return mention.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("اليوم (الأحد)", Day(0, 6)),
        ("يوم أمس الجمعة", Day(-1, 4)),
        ("أول من أمس السبت", Day(-2, 5)),
        ("بعد غد", Day(2)),
        ("هذا يوم الجمعة", Weekday(4)),
        ("يوم الثلاثاء المقبل", Weekday(1, 1)),
        ("الجمعة من الأسبوع الماضي", Weekday(4, None, -1)),
        ("هذا الأسبوع الجمعة", Weekday(4, None, 0)),
        ("ثلاثاء الأسبوع الفائت", Weekday(1, None, -1)),
        ("الثلاثاء 5 سبتمبر 2023", Date(2023, 9, 5, 1)),
        ("الثلاثاء، 5 سبتمبر", Date(None, 9, 5, 1)),
        ("السبت 21/09", Date(None, 9, 21, 5)),
        ("الخميس 21", Date(day=21, weekday=3)),
        ("السبت السادس عشر", Date(day=16, weekday=5)),
        ("الجمعة الأخيرة من رمضان", Nth("day", -1, Date(month=9, calendar="hijri"), 4)),
        ("صباح الإثنين", DayPart(6, Weekday(0))),
        ("بعد ظهر اليوم الأحد", DayPart(15, Day(0, 6))),
        ("ليل السبت - الأحد", DayPart(20, Weekday(5), 6)),
        ("بعد منتصف ليلة الخميس", DayPart(0, Weekday(3), None, 1)),
        ("مساء 5 سبتمبر", DayPart(18, Date(month=9, day=5))),
        ("أمس مساء", DayPart(18, Day(-1))),
        ("هذا الصباح", DayPart(6, Day(0))),
        ("الليلة الماضية", DayPart(20, Day(-1))),
        ("الأربعاء الساعة 8", Clock(8, day=Weekday(2), sure=False)),
        ("الساعة الخامسة صباح اليوم", Clock(5, day=Day(0))),
        ("منتصف الليل", Clock(0)),
    ],
)
def test_days(text, value):
    assert one(text) == value


@pytest.mark.parametrize("text", ["صباحا", "مساء", "سبت", "ليلة", "الصباح", "أحد"])
def test_no_days(text):
    assert find_times(find_words(text)) == []
