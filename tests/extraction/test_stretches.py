import pytest

from qala.extraction.atoms import find_atoms
from qala.extraction.stretches import parse_amount, parse_distance, parse_duration, parse_window
from qala.extraction.time_values import Amount, Date, Distance, Duration, Window
from qala.text.words import find_words


def value(parse, text):
    found = parse(find_atoms(find_words(text)), 0)
    return found.value if found else None


def amounts(*pairs):
    return tuple(Amount(unit, low) for unit, low in pairs)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ثلاثة أيام", amounts(("day", 3))),
        ("70 عاما", amounts(("year", 70))),
        ("يومين", amounts(("day", 2))),
        ("ساعة ونصف", amounts(("hour", 1.5))),
        ("عام واحد و شهر و 21 يوما", amounts(("year", 1), ("month", 1), ("day", 21))),
        ("سنوات ثلاث", amounts(("year", 3))),
        ("أسابيع قليلة", amounts(("week", None))),
        ("بضعة أشهر", amounts(("month", None))),
        ("3 إلى 5 أيام", (Amount("day", 3, 5),)),
        ("أكثر من أسبوعين", (Amount("week", 2, None, "more"),)),
        ("نحو 7 سنوات", (Amount("year", 7, None, "about"),)),
    ],
)
def test_amounts(text, expected):
    found = parse_amount(find_atoms(find_words(text)), 0)
    assert found.amounts == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قبل ثلاثة أيام", Distance(amounts(("day", 3)), -1)),
        ("منذ 70 عاما على الأقل", Distance(amounts(("year", 70)), -1)),
        ("بعد يومين على الهجوم", Distance(amounts(("day", 2)), 1, elsewhere=True)),
        ("بعد أسبوعين من الآن", Distance(amounts(("week", 2)), 1)),
        ("قبل أيام", Distance(amounts(("day", None)), -1)),
        ("قبل أسبوع", Distance(amounts(("week", 1)), -1)),
        ("قبل عام 2014", None),
        ("قبل شهر رمضان", None),
        ("بعد يوم الجمعة", None),
        ("قبل الأيام الماضية", None),
    ],
)
def test_distances(text, expected):
    assert value(parse_distance, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("الأيام الثلاثة الماضية", Window(amounts(("day", 3)), -1)),
        ("السنوات الخمس المقبلة", Window(amounts(("year", 5)), 1)),
        ("اليومين المقبلين", Window(amounts(("day", 2)), 1)),
        ("الأسابيع القليلة الماضية", Window(amounts(("week", None)), -1)),
        ("خلال الأسابيع الماضية", Window(amounts(("week", None)), -1)),
        ("في غضون شهرين", Window(amounts(("month", 2)), 0)),
        ("آخر 3 سنوات", Window(amounts(("year", 3)), -1)),
        ("الأشهر الستة الأولى من عام 2015", Window(amounts(("month", 6)), 1, Date(2015))),
        ("على مدى خمسة أيام", Duration(amounts(("day", 5)))),
        ("طوال الأسبوع", Duration(amounts(("week", 1)))),
        ("خلال سنوات الحرب", None),
        ("خلال الأسبوع الماضي", None),
        ("420899 العام الماضي", None),
        ("خلال عام 2014", None),
    ],
)
def test_windows(text, expected):
    assert value(parse_window, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("لمدة شهر", amounts(("month", 1))),
        ("نصف سنة", amounts(("year", 0.5))),
        ("أسبوع كامل", amounts(("week", 1))),
        ("30 دقيقة", amounts(("minute", 30))),
        ("شهر", None),
        ("2-صفر يوم", None),
    ],
)
def test_durations(text, expected):
    found = value(parse_duration, text)
    assert found == (Duration(expected) if expected else None)
