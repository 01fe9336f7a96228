"""Quotations with every pair of marks, well set and badly set."""

import pytest

from qala.text.clean import find_debris
from qala.text.quotes import find_quotations
from qala.text.words import find_words


def quoted(text: str) -> list[str]:
    return [quotation.span.of(text) for quotation in find_quotations(find_words(text))]


@pytest.mark.parametrize(
    "quotation",
    ["«نعم هذا»", "“نعم هذا”", '"نعم هذا"', "„نعم هذا“", "''نعم هذا''", "‹نعم هذا›", "‘نعم هذا’",
     "《نعم هذا》", "＂نعم هذا＂", "»نعم هذا«", "”نعم هذا“", "“نعم هذا“", "”نعم هذا”",
     '“نعم هذا"', '"نعم هذا”'],
)  # fmt: skip
@pytest.mark.parametrize("frame", ["قال {} ثم مضى.", "{}", "قال:{}.", "قال ({})، ثم", "بـ{} و{} معا", "قال {}! ثم {}؟"])
def test_each_pair_of_marks(quotation: str, frame: str) -> None:
    assert quoted(frame.replace("{}", quotation)) == [quotation] * frame.count("{}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'قال الشاهد إن" المدفعية أطلقت عدة قذائف (شمالا) أمس".',
            ['" المدفعية أطلقت عدة قذائف (شمالا) أمس"'],
        ),
        ('قال: " نعم " وأضاف "لا " ثم " كلا"', ['" نعم "', '"لا "', '" كلا"']),
        ('قال "نعم"وأضاف "لا"، و"كلا"؛', ['"نعم"', '"لا"', '"كلا"']),
        ('"نعم" بين" و"لا" هنا', ['"نعم"', '"لا"']),
        ('شاشة 17" ثم "نعم"', ['"نعم"']),
        ('إلى "النصر\u200f" و\u200f"الوعد"', ['"النصر\u200f"', '"الوعد"']),
    ],
)
def test_straight_marks_are_paired_by_spacing_and_position(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_nesting_is_counted() -> None:
    text = 'قال «إن "الرئيس" قال «نعم» لهم» ثم "قال «لا»"'
    found = find_quotations(find_words(text))
    assert [(q.span.of(text), q.depth) for q in found] == [
        ('«إن "الرئيس" قال «نعم» لهم»', 0), ('"الرئيس"', 1), ("«نعم»", 1), ('"قال «لا»"', 0), ("«لا»", 1),
    ]  # fmt: skip
    assert quoted('سأل "هل قال "نعم"؟" ثم') == ['"هل قال "نعم"؟"', '"نعم"']


def test_an_unclosed_one_ends_with_its_paragraph() -> None:
    text = "قال «الموسم لم ينته بعد.\nوقال «نعم» هنا."
    [first, second] = find_quotations(find_words(text))
    assert (first.span.of(text), first.closed) == ("«الموسم لم ينته بعد.", False)
    assert (second.span.of(text), second.closed) == ("«نعم»", True)


def test_one_that_runs_over_paragraphs() -> None:
    text = 'قال: "أول الكلام. ثانيه.\nوسط الكلام.\nآخر الكلام". ثم قال "تم".'
    assert quoted(text) == ['"أول الكلام. ثانيه.\nوسط الكلام.\nآخر الكلام"', '"تم"']


def test_each_paragraph_opened_anew_as_in_english() -> None:
    text = "قال: “أول الكلام.\n“وسط الكلام.\n“آخر الكلام” ثم مضى."
    found = find_quotations(find_words(text))
    assert [(q.span.of(text), q.closed) for q in found] == [
        ("“أول الكلام.", False), ("“وسط الكلام.", False), ("“آخر الكلام”", True),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", '"', "«", "»", "قال » ثم", "Women's day", "l'eau d'ici", "نعم ' لا", "a’b ‘c"])
def test_marks_that_quote_nothing(text: str) -> None:
    assert [q for q in find_quotations(find_words(text)) if q.closed] == []


def test_marks_inside_a_tag_are_no_quotations() -> None:
    text = '[caption id="a" width="7"]صورة "الأمل" هنا[/caption]\nقال "نعم".'
    words = find_words(text)
    found = find_quotations(words, find_debris(words))
    assert [q.span.of(text) for q in found] == ['"الأمل"', '"نعم"']


def test_two_that_cross_are_made_to_nest() -> None:
    text = 'قال «نعم "لا» كلا" ثم'
    found = find_quotations(find_words(text))
    assert [q.span.of(text) for q in found] == ['«نعم "لا»']
