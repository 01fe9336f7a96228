import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.extraction.time_values import Date, Day, DayPart, Distance, Duration, Vague, Weekday
from qala.extraction.times import SINCE, find_times
from qala.text.words import find_words


def spans(text):
    return [mention.span.of(text) for mention in find_times(find_words(text))]


def one(text):
    (mention,) = find_times(find_words(text))
    return mention


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("والثلاثاء قال", ["الثلاثاء"]),
        ("وَالثلاثاءُ قال", ["الثلاثاءُ"]),
        ("وجه بالأمس دعوة", ["بالأمس"]),
        ("وقال أمس الاثنين: إن", ["أمس الاثنين"]),
        ("قال الاثنين والثلاثاء إنه", ["الاثنين", "الثلاثاء"]),
        ("منذ عام 2014 وهو هناك", ["عام 2014"]),
        ("نقل 3000 كيلوغرام من الفولاذ", []),
        ("في 2000 مدرسة", []),
        ("في 2015، قال", ["2015"]),
        ("(2015)", ["2015"]),
        ("الأمين العام للأمم المتحدة", []),
        ("المصري اليوم", []),
        ("تيريزا ماي ورجب طيب أردوغان وطارق رمضان", []),
        ("مارس ضغوطا", []),
        ("في مارس ضغط", ["مارس"]),
        ("صلاة الجمعة", []),
        ("خسر 2-صفر يوم الأربعاء", ["يوم الأربعاء"]),
        ("19 في المئة الشهر الماضي", ["الشهر الماضي"]),
        ("420899 العام الماضي", ["العام الماضي"]),
        ("الشهر الماضي", ["الشهر الماضي"]),
        ("أمين عام الحزب", []),
        ("قال أحد الشهود", []),
        ("على علاقة بكرة القدم", []),
    ],
)
def test_extents(text, expected):
    assert spans(text) == expected


def test_a_separate_preposition_stays_outside_but_is_known():
    text = "وقال في مايو إنه"
    mention = one(text)
    assert mention.span.of(text) == "مايو"
    assert mention.wide.of(text) == "في مايو"
    assert mention.preposition == "في"


def test_a_conjunction_on_the_preposition_stays_outside():
    text = "وفي العام الماضي، وقع"
    assert one(text).wide.of(text) == "في العام الماضي"


def test_since_is_told():
    assert one("منذ عام 2014").preposition == SINCE


def test_without_preposition_wide_is_the_span():
    mention = one("قالت الثلاثاء إنها")
    assert mention.wide == mention.span
    assert mention.preposition == ""


def test_tokens_are_those_of_the_words():
    words = find_words("قالت صباح أمس الاثنين إنها")
    (mention,) = find_times(words)
    assert (mention.first, mention.last) == (1, 3)
    assert words.span(mention.first, mention.last) == mention.span


def test_a_date_in_a_name_is_marked():
    assert one("منذ ثورة 25 يناير في مصر").named
    assert not one("قال في 25 يناير إنه").named


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("أمس", Day),
        ("الثلاثاء", Weekday),
        ("5 سبتمبر", Date),
        ("مساء الخميس", DayPart),
        ("قبل ثلاثة أيام", Distance),
        ("لمدة ثلاثة أيام", Duration),
        ("في وقت سابق", Vague),
    ],
)
def test_kinds(text, kind):
    assert isinstance(one(text).value, kind)


def test_the_date_that_goes_with_a_counted_day():
    value = one("أمس الاثنين 4 سبتمبر 2023").value
    assert value == Date(2023, 9, 4, weekday=0, counted=-1)


def test_debris_and_marks_do_not_break():
    assert spans("[caption id=3] يوم الأحـــد\u200f، 5/9/2023") == ["يوم الأحـــد\u200f، 5/9/2023"]


PIECES = [
    "أمس",
    "الاثنين",
    "اليوم",
    "الثلاثاء",
    "قبل",
    "منذ",
    "ثلاثة",
    "أيام",
    "5",
    "سبتمبر",
    "2023",
    "/",
    "-",
    "(",
    ")",
    "،",
    ".",
    ":",
    "من",
    "إلى",
    "بين",
    "و15",
    "رمضان",
    "1444",
    "هـ",
    "م",
    "الشهر",
    "الماضي",
    "هذا",
    "الأسبوع",
    "خلال",
    "الساعة",
    "الخامسة",
    "والنصف",
    "مساء",
    "يوم",
    "أول",
    "آخر",
    "أواخر",
    "القرن",
    "عام",
    "في",
    "على",
    "مئة",
    "ألف",
    "نصف",
    "و",
    "عيد",
    "الفطر\n",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_spans_are_exact_in_order_and_deterministic(pieces):
    text = " ".join(pieces)
    words = find_words(text)
    end = 0
    mentions = find_times(words)
    for mention in mentions:
        assert end <= mention.span.start < mention.span.end <= len(text)
        assert mention.wide.start <= mention.span.start and mention.wide.end == mention.span.end
        assert not mention.span.of(text)[0].isspace() and not mention.span.of(text)[-1].isspace()
        assert words.starts[mention.first] <= mention.span.start and mention.span.end <= words.ends[mention.last]
        end = mention.span.end
    assert find_times(words) == mentions


@pytest.mark.parametrize(
    "piece", ["من ", "5 سبتمبر 2023 - ", "15 رمضان 1444 - ", "ألف و", "قبل يوم و", "1,", "الأحد ", "2015-"]
)
def test_hostile_repetition_ends(piece):
    """Each parser looks ahead a bounded way, so that 3,000 repetitions cost what they should."""
    assert isinstance(find_times(find_words(piece * 3000)), list)
