"""Class words, brackets and quotation marks around a name; spans of mentions."""

import pytest

from qala.lexicon.mention_context import before_marks, carrier_before, introduces, is_enclosed, stands_alone
from qala.lexicon.mention_spans import cut_span, over_closing_quote
from qala.lexicon.source_words import load_source_words
from qala.text.words import find_words

CLASSES = load_source_words()


@pytest.mark.parametrize(
    ("text", "at", "carrier", "introduced"),
    [
        ("صحيفة الحياة", 1, 0, True),
        ("صحيفة «الحياة»", 2, 0, True),
        ("ولصحيفة (الحياة)", 2, 0, True),
        ("الصحيفة الجديدة", 1, 0, False),
        ("بالصحيفة الجديدة", 1, 0, False),
        ("القناة «الجديدة»", 2, 0, True),
        ("بيان الحياة", 1, -1, False),
        ("الحياة", 0, -1, False),
        ("صحيفة، الحياة", 2, -1, False),
    ],
)
def test_class_words(text: str, at: int, carrier: int, introduced: bool) -> None:
    words = find_words(text)
    assert carrier_before(words, at, CLASSES) == carrier
    assert introduces(words, at, CLASSES) is introduced


def test_before_marks_looks_over_few_opening_marks() -> None:
    assert before_marks(find_words("قال «(اب"), 3) == 0
    assert before_marks(find_words("قال «««« اب"), 5) == -1
    assert before_marks(find_words("اب"), 0) == -1


@pytest.mark.parametrize(
    ("text", "first", "last", "enclosed"),
    [
        ("(بنا)", 1, 1, True),
        ("(بنا -", 1, 1, True),
        ("(بنا بيتا", 1, 1, False),
        ("قال لـ«اليوم»", 3, 3, True),
        ("قال «اليوم»", 2, 2, False),
        ("بنا", 0, 0, False),
    ],
)
def test_enclosed(text: str, first: int, last: int, enclosed: bool) -> None:
    assert is_enclosed(find_words(text), first, last) is enclosed


@pytest.mark.parametrize(
    ("text", "first", "last", "alone"),
    [
        ("(بنا)", 1, 1, True),
        ("«فرانس برس»", 1, 2, True),
        ("«فرانس برس أمس»", 1, 2, False),
        ("(بنا -", 1, 1, False),
        ("بنا", 0, 0, False),
    ],
)
def test_alone_between_marks(text: str, first: int, last: int, alone: bool) -> None:
    assert stands_alone(find_words(text), first, last) is alone


def test_spans() -> None:
    text = "و\u064eلـلكرملين"
    words = find_words(text)
    assert cut_span(words, 0, 0, 0).of(text) == text
    assert cut_span(words, 0, 0, 1).of(text) == "لـلكرملين"
    assert cut_span(words, 0, 0, 2).of(text) == "لكرملين"
    quoted = find_words('وكالة "فرانس برس" أمس')
    assert over_closing_quote(quoted, 0, 3) == 4
    assert over_closing_quote(quoted, 2, 3) == 3
