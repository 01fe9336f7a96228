import pytest

from qala.extraction.time_values import Clock, Date, Part, Range, Relative, Weekday
from qala.extraction.times import find_times
from qala.text.words import find_words

SEPTEMBER = Range(Date(month=9, day=3), Date(month=9, day=12))
YEARS = Range(Date(2010), Date(2015))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("من 3 إلى 12 سبتمبر", SEPTEMBER),
        ("بين 3 و12 سبتمبر", SEPTEMBER),
        ("3-12 سبتمبر", SEPTEMBER),
        ("3 إلى 12 سبتمبر", SEPTEMBER),
        ("سبتمبر 3-12", SEPTEMBER),
        ("يومي 3 و12 سبتمبر", SEPTEMBER),
        ("من 3 سبتمبر وحتى 12 سبتمبر", SEPTEMBER),
        ("من 3 إلى 12 سبتمبر 2018", Range(Date(2018, 9, 3), Date(2018, 9, 12))),
        ("من 28 مايو إلى 12 أغسطس 2013", Range(Date(2013, 5, 28), Date(2013, 8, 12))),
        ("من 4 إلى 22 من الشهر الجاري", Range(*(Date(day=d, within=Relative("month", 0)) for d in (4, 22)))),
        ("بين عامي 2010 و2015", YEARS),
        ("بين 2010 و 2015", YEARS),
        ("من 2010 إلى 2015", YEARS),
        ("موسم 2010-2015", YEARS),
        ("من الثلاثاء إلى الخميس", Range(Weekday(1), Weekday(3))),
        ("يومي الأربعاء والخميس المقبلين", Range(Weekday(2, 1), Weekday(3, 1))),
        ("من منتصف أبريل وحتى نهاية أغسطس", Range(Part("mid", Date(month=4)), Part("end", Date(month=8)))),
        ("من الساعة 3 إلى الساعة 4 عصرا", Range(Clock(15), Clock(16))),
    ],
)
def test_ranges(text, value):
    (mention,) = find_times(find_words(text))
    assert mention.span.of(text) == text
    if isinstance(value.start, Clock):
        assert (mention.value.start.hour, mention.value.end.hour) == (value.start.hour, value.end.hour)
    else:
        assert mention.value == value


@pytest.mark.parametrize("text", ["من 3 إلى 12 شخصا", "بين 10 و20", "12 و3", "من قال"])
def test_no_ranges(text):
    assert find_times(find_words(text)) == []


def test_a_range_does_not_run_backwards():
    text = "من 12 إلى 3 سبتمبر"
    assert [m.span.of(text) for m in find_times(find_words(text))] == ["3 سبتمبر"]
