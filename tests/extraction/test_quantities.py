import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.extraction.quantities import find_quantities
from qala.extraction.times import find_times
from qala.text.words import find_words


def quantities(text):
    return find_quantities(find_words(text))


def one(text):
    (found,) = quantities(text)
    return found


@pytest.mark.parametrize(
    ("text", "extent", "low", "high", "kind", "unit"),
    [
        ("نقل 3000 كيلوغرام إليها", "3000 كيلوغرام", 3000, 3000, "mass", "kg"),
        ("بلغت ٣٠٠٠ طن أمس", "٣٠٠٠ طن", 3000, 3000, "mass", "t"),
        ("على بعد 12,5 كيلومتر", "12,5 كيلومتر", 12.5, 12.5, "length", "km"),
        ("مساحة 40 كيلومترا مربعا", "40 كيلومترا مربعا", 40, 40, "area", "km2"),
        ("بلغ 25% من", "25%", 25, 25, "percent", "%"),
        ("بلغ ٢٥ في المئة", "٢٥ في المئة", 25, 25, "percent", "%"),
        ("بين 10 و20 في المئة", "بين 10 و20 في المئة", 10, 20, "percent", "%"),
        ("قدم 10-20 مليون دولار", "10-20 مليون دولار", 10_000_000, 20_000_000, "money", "USD"),
        ("من 50 إلى 60 ألف يورو", "من 50 إلى 60 ألف يورو", 50_000, 60_000, "money", "EUR"),
        ("دفع $20 فقط", "$20", 20, 20, "money", "USD"),
        ("دفع عشرين ألف جنيه استرليني", "عشرين ألف جنيه استرليني", 20_000, 20_000, "money", "GBP"),
        ("بسرعة 80 كيلومترا في الساعة", "80 كيلومترا في الساعة", 80, 80, "speed", "km/h"),
        ("عند 98 دولارا للبرميل", "98 دولارا", 98, 98, "money", "USD"),
        ("ضخ 1.2 مليون برميل يوميا", "1.2 مليون برميل يوميا", 1_200_000, 1_200_000, "flow", "bbl/d"),
    ],
)
def test_measures(text, extent, low, high, kind, unit):
    found = one(text)
    assert (found.span.of(text), found.low, found.high, found.kind, found.unit) == (
        extent,
        low,
        high,
        kind,
        unit,
    )


def test_about_and_the_substance():
    text = "نقل حوالي 3000 كيلوغرام من الفولاذ إلى هناك"
    found = one(text)
    assert found.bound == "about"
    assert found.modifier.of(text) == "حوالي"
    assert found.of.of(text) == "الفولاذ"


@pytest.mark.parametrize(
    ("text", "bound", "modifier"),
    [
        ("قتل أكثر من 40 شخصا", "more", "أكثر من"),
        ("قتل ما لا يقل عن 40 شخصا", "least", "ما لا يقل عن"),
        ("قتل 40 شخصا على الأقل", "least", "على الأقل"),
        ("قتل أقل من 40 شخصا", "less", "أقل من"),
        ("نحو 40 شخصا", "about", "نحو"),
        ("40 شخصا تقريبا", "about", "تقريبا"),
    ],
)
def test_bounds(text, bound, modifier):
    found = one(text)
    assert (found.low, found.bound, found.modifier.of(text)) == (40, bound, modifier)


def test_what_is_counted():
    text = "قتل ثلاثة مدنيين وأصيب 12 جنديا"
    counted = [(q.low, q.counted.of(text)) for q in quantities(text)]
    assert counted == [(3, "مدنيين"), (12, "جنديا")]


def test_a_bare_rial_has_candidates_and_no_code():
    found = one("دفع 500 ريال")
    assert found.unit is None
    assert "SAR" in found.candidates and "YER" in found.candidates
    assert one("دفع 500 ريال يمني").unit == "YER"


@pytest.mark.parametrize(
    "text",
    [
        "قال أحد الشهود",
        "قال في عام 2014 إنه",
        "قبل ثلاثة أيام",
        "رؤية 2030",
        "هاتف رقم 0118261111",
        "في الذكرى الثلاثين للهجوم",
        "آلاف المدنيين",
        "تأهل إلى نصف النهائي",
        "https://example.org/q%28x%29",
        "حذر من اتساع الفجوة",
    ],
)
def test_no_quantities(text):
    assert quantities(text) == []


def test_times_that_are_known_are_not_sought_again():
    words = find_words("قتل 40 شخصا عام 2014 قبل ثلاثة أيام")
    assert find_quantities(words, find_times(words)) == find_quantities(words)
    assert [q.low for q in find_quantities(words)] == [40]


def test_a_conjunction_stays_outside():
    text = "و20 دولارا وعشرين يورو"
    assert [q.span.of(text) for q in quantities(text)] == ["20 دولارا", "عشرين يورو"]


PIECES = [
    "حوالي",
    "أكثر",
    "من",
    "بين",
    "10",
    "و20",
    "-",
    "3.5",
    "ألف",
    "مليون",
    "ونصف",
    "المليون",
    "دولار",
    "كيلوغرام",
    "من",
    "الفولاذ",
    "في",
    "المئة",
    "%",
    "$",
    "ريال",
    "شخصا",
    "على",
    "الأقل",
    "و",
    "عام",
    "2014",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_spans_are_exact_and_in_order(pieces):
    text = " ".join(pieces)
    end = 0
    for found in quantities(text):
        assert end <= found.span.start < found.span.end <= len(text)
        assert found.low <= found.high
        for inner in (found.modifier, found.counted, found.of):
            assert inner is None or (found.span.start <= inner.start and inner.end <= found.span.end)
        end = found.span.end


def test_hostile_repetition_ends():
    for piece in ("ألف و", "بين 1 و", "20 إلى ", "حوالي ", "% ", "1,"):
        assert isinstance(quantities(piece * 3000), list)
