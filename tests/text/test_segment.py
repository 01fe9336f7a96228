"""Paragraphs, headings and sentences."""

import pytest

from qala.model import Layout
from qala.text.clean import find_debris
from qala.text.quotes import find_quotations
from qala.text.segment import find_layout
from qala.text.words import find_words

PROSE = "أعلنت وزارة الزراعة اليوم أن محصول هذا العام بلغ ألف طن وأن الحكومة ستدعم المزارعين في كل المناطق."


def layout(text: str) -> Layout:
    words = find_words(text)
    debris = find_debris(words)
    return find_layout(words, debris, find_quotations(words, debris))


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in layout(text).sentences]


def headings(text: str) -> list[tuple[str, bool]]:
    return [(heading.span.of(text), heading.question) for heading in layout(text).headings]


@pytest.mark.parametrize(
    "parts",
    [
        ["قال الوزير نعم.", "ثم مضى."],
        ["هل جاء؟", "نعم!", "جاء."],
        ["ماذا؟!", "نعم."],
        ["قال إن النسبة 3.5 في المئة و1,200.75 طن.", "ثم مضى."],
        ["قال د. سالم و أ.د. ناصر نعم.", "ثم مضى."],
        ["نقلت أ.ف.ب. عنه ذلك.", "ثم مضى."],
        ["قالت بي.بي.سي إن الأمر تم.", "نعم."],
        ["كتب موقع العربية.نت ذلك.", "نعم."],
        ["موقع example.com قال ذلك.", "نعم."],
        ["المجتمع بخير.", "ولكن الأمر صعب."],
        ["قال.. ثم سكت... ثم مضى.", "نعم."],
        ['قال "نعم.', 'لا."', "ثم مضى."],
        ['قال "نعم".', "ثم مضى."],
        ['قال "نعم."، ثم مضى.', "نعم."],
        ['سأل "هل جاء أخوك اليوم إلى هنا؟"', "ثم مضى."],
        ['شركة "ياهو!" أعلنت ذلك.', "نعم."],
        ["قال «نعم.»", "«لا» هو الجواب."],
        ["جاء عام 2018.", "ثم مضى."],
        ["ولد عام 1436هـ.", "ثم مضى."],
        ["1. تجنب السكر.", "ثم امش."],
        ["قال (نعم).", "ثم مضى."],
    ],
)
def test_sentences_on_a_line(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_no_space_after_the_stop() -> None:
    assert sentences("المجتمع بخير.ولكن الأمر صعب.") == ["المجتمع بخير.", "ولكن الأمر صعب."]
    assert sentences("أولا.\nثانيا\nثالثا.") == ["أولا.", "ثانيا", "ثالثا."]


def test_debris_stands_outside_sentences_and_paragraphs() -> None:
    text = f"دبي (CNN)-- {PROSE}\nللمزيد: خبر آخر هنا\n{PROSE}"
    made = layout(text)
    assert [span.of(text) for span in made.sentences] == [PROSE, PROSE]
    assert len(made.paragraphs) == 2
    assert [debris.kind for debris in made.debris] == ["dateline", "related"]


def test_the_title_and_the_headings_of_sections() -> None:
    text = (
        f"عنوان الخبر: هل ينتهي الأمر؟ نعم\n\n{PROSE}\n- قمة بين الرئيسين\n{PROSE}\n"
        f"ماذا تريد الدولتان؟\n{PROSE}\n- ما نعرف عن العلاقات:\n{PROSE}\nعلاقات قديمة\n{PROSE}"
    )
    assert headings(text) == [
        ("عنوان الخبر: هل ينتهي الأمر؟ نعم", True),
        ("- قمة بين الرئيسين", False),
        ("ماذا تريد الدولتان؟", True),
        ("- ما نعرف عن العلاقات:", False),
        ("علاقات قديمة", False),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["- أول", "- ثان", "- ثالث"],  # a list
        ["وقال:"],
        ["وقال نعم."],
        ["بيت من الشعر قصير", "وبيت من الشعر قصير"],
        ['وسأل الوزير: "هل جاء؟"'],
        ["قال الوزير إنه جاء. ولكن هل جاء؟"],
    ],
)
def test_lines_that_head_nothing(lines: list[str]) -> None:
    assert headings("\n".join([PROSE, *lines, PROSE])) == []


def test_speech_and_last_lines_head_nothing() -> None:
    assert headings(f'{PROSE}\nقال: "أول الكلام.\nهل هذا معقول؟\nآخر الكلام".\n{PROSE}') == []
    assert headings(f"{PROSE}\nما العمل الآن؟") == []
    assert headings("ما العمل؟") == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        ".",
        "؟!",
        '"."',
        "...\n...",
        f"{PROSE}\n--- ***\n[caption]",
        "أ. ب. ت.",
        "«»\n«",
        "1.",
        "(.).",
        "نعم.\u200f",
    ],
)
def test_every_token_is_in_one_sentence_or_in_debris(text: str) -> None:
    words = find_words(text)
    made = layout(text)
    covered = [0] * len(words)
    for span in [*made.sentences, *(debris.span for debris in made.debris)]:
        for token in words.within(span):
            covered[token] += 1
    assert [n for n, form in zip(covered, words.forms, strict=True) if form != "\n"] == [1] * (
        len(words) - words.forms.count("\n")
    )
