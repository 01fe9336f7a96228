from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.extraction.atoms import find_atoms
from qala.extraction.numbers import as_number, find_numbers, parse_hour, parse_numeral, parse_ordinal
from qala.text.words import find_words


def numbers(text):
    return [value for _, value in find_numbers(find_words(text))]


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ("12", 12),
        ("1,234", 1234),
        ("1,234,567", 1234567),
        ("1,234.5", Fraction("1234.5")),
        ("1.234.567", 1234567),
        ("3.5", Fraction("3.5")),
        ("1,9", Fraction("1.9")),
        ("4.800", Fraction("4.8")),
        ("0,234", Fraction("0.234")),
        ("3\u066b5", Fraction("3.5")),
        ("1\u066c234", 1234),
        ("192.168.1.2", None),
        ("1" * 40, None),
    ],
)
def test_numerals(form, value):
    assert parse_numeral(form) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("مئتين وخمسين ألفا", 250000),
        ("مليونين ونصف المليون", 2500000),
        ("مليونين ونصف", 2500000),
        ("ثلاثة آلاف", 3000),
        ("ألف وثلاثمائة", 1300),
        ("ربع", 0.25),
        ("ثلاثة أرباع", 0.75),
        ("ثلثي", 2 / 3),
        ("مائة وستة عشر", 116),
        ("واحد وعشرون تريليون وثلاث مائة", 21000000000300),
        ("أربعة آلاف وثلاثمئة وواحد وعشرين", 4321),
        ("1.9 مليون", 1900000),
        ("1،9 مليون", 1900000),
        ("٣٥ ألفا", 35000),
        ("مليون و200 ألف", 1200000),
        ("ألفين ومائتين", 2200),
        ("ثلاثة آلاف مليار", 3000000000000),
        ("اثني عشر مليار", 12000000000),
        ("نصف مليون", 500000),
        ("مئة وثلاثة أرباع", 100.75),
        ("40 000", 40000),
        ("1 414 021 100", 1414021100),
        ("ناقص 5", -5),
        ("تسعمئة وتسعة وتسعين ألفا وتسعمئة وتسعة وتسعين", 999999),
    ],
)
def test_one_number(text, value):
    assert numbers(text) == [pytest.approx(value)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("ثلاثمائة ومئتين", [300, 200]),
        ("300 و212", [300, 212]),
        ("5 وعشرين ألفا", [5, 20000]),
        ("ألف و5 ملايين", [1000, 5000000]),
        ("قال لست موافقا", []),
        ("2018 100", [2018, 100]),
    ],
)
def test_several_numbers(text, values):
    assert numbers(text) == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("الثالث", 3),
        ("الحادي عشر", 11),
        ("الحادية عشرة", 11),
        ("الحادي والعشرين", 21),
        ("الواحد والعشرين", 21),
        ("العشرين", 20),
        ("الخامسة والعشرون", 25),
        ("الحادي", None),
        ("عشرين", None),
    ],
)
def test_ordinals(text, value):
    found = parse_ordinal(find_atoms(find_words(text)), 0)
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("text", "hour"),
    [("الثالثة", 3), ("الثانية عشرة", 12), ("14", 14), ("خمسة", 5), ("25", None), ("العاشرة", 10)],
)
def test_hours(text, hour):
    found = parse_hour(find_atoms(find_words(text)), 0)
    assert (found[0] if found else None) == hour


@given(st.integers(0, 10**12))
def test_digits_come_back(value):
    assert numbers(f"{value}") == [value]
    assert numbers(f"{value:,}") == [value]
    assert numbers("".join(chr(0x660 + int(c)) for c in str(value))) == [value]


ONES = ["", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"]
TENS = ["", "عشرة", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
HUNDREDS = ["", "مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"]


def spell(value):
    """Spell a number under a million in news Arabic."""
    if value >= 1000:
        thousands, rest = divmod(value, 1000)
        head = {1: "ألف", 2: "ألفان"}.get(thousands) or spell(thousands) + (
            " آلاف" if 3 <= thousands <= 10 else " ألفا"
        )
        return head + (" و" + spell(rest) if rest else "")
    hundreds, rest = divmod(value, 100)
    parts = [HUNDREDS[hundreds]] if hundreds else []
    if 11 <= rest <= 19:
        parts.append({1: "أحد", 2: "اثنا"}.get(rest - 10, ONES[rest - 10]) + " عشر")
    else:
        tens, ones = divmod(rest, 10)
        parts += [ONES[ones]] if ones else []
        parts += [TENS[tens]] if tens else []
    return " و".join(parts)


@given(st.integers(1, 999_999))
def test_words_come_back(value):
    assert numbers(spell(value)) == [value]


@given(st.text(alphabet="ألف مليونوثلاثةعشر و0123456789.,،", max_size=60))
def test_spans_lie_in_the_text_and_in_order(text):
    end = 0
    for span, _ in find_numbers(find_words(text)):
        assert end <= span.start < span.end <= len(text)
        end = span.end


def test_as_number():
    assert as_number(Fraction(4, 2)) == 2 and isinstance(as_number(Fraction(2)), int)
    assert as_number(Fraction(1, 2)) == 0.5


def test_a_number_written_on_to_a_word_may_have_an_arabic_comma():
    words = find_words("سعر النفط و97،08 دولارا")
    assert [value for _, value in find_numbers(words)] == [97.08]
    assert parse_numeral("97\u060c08") == Fraction("97.08")
