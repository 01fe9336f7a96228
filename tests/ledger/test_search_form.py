"""The normal form for search: spellings of one word meet, words keep their offsets, and it ends soon."""

import sys
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.ledger import search_form as module
from qala.ledger.search_form import LONGEST_WORD, find_search_words, fold_word, list_forms, search_form

SAME = [
    "محمد مُحَمَّد مُحمَّد محـــمد مح\u200dمد مح\u200bمد \u202bمحمد\u202c ﻣﺤﻤﺪ مح\u00adمد",
    "أحمد احمد إحمد آحمد ٱحمد اَحمد أَحْمَد",
    "حكومة حكومه حُكومةٌ حكومة\u200f حكومۃ حکومة حكومہ ﺣﻜﻮﻣﺔ",
    "مستوى مستوي مستوی مُستوىً",
    "كيم کیم ﻛﻴﻢ ڪيم",
    "مسؤول مسوول مسو\u0654ول",
    "شيخ شیخ شۍخ",
    "2023 ٢٠٢٣ ۲۰۲۳ 2٠2۳",
    "3,000 3000 ٣٬٠٠٠ 3٬000",
    "باراك پاراك",
    "REUTERS reuters Reuters Ｒｅｕｔｅｒｓ",
    "café cafe cafe\u0301 CAFÉ",
    "كتاب كـ\u064eـتاب",
]


@pytest.mark.parametrize("spellings", SAME, ids=lambda spellings: spellings.split()[0])
def test_spellings_meet(spellings):
    forms = {search_form(spelling) for spelling in spellings.split(" ")}
    assert len(forms) == 1
    assert " " not in forms.pop()


def test_other_words_stay_apart():
    words = list_forms("كتب كاتب كتاب كتابه كلب قلب علم عالم سال صال ذهب دهب ضرب طرب")
    assert len(set(words)) == 14


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال: «نعم»، ثم…لا؟", "قال نعم ثم لا"),
        ("بيونغ-يانغ/روسيا_الصين", "بيونغ يانغ روسيا الصين"),
        ("في 5/9/2023، 3.5%", "في 5 9 2023 3 5"),
        ("1,234,567 و12,34", "1234567 و12 34"),
        ("don't", "don t"),
        ("", ""),
        (" \n\t", ""),
        ("ـــ", ""),
        ("\x00a\x00", "a"),
        ("\ud800", ""),
        ("😀كلمة😀", "كلمه"),
        ("\ufdfa", "صلي الله عليه وسلم"),
        ("\ufdf2", "الله"),
    ],
)
def test_what_is_a_word(text, expected):
    assert search_form(text) == expected


def test_offsets_cover_the_word_as_it_was_written():
    text = "«مُحَمَّد» قـــال ﷺ: ٣٬٠٠٠"
    found = [(word.form, text[word.start : word.end]) for word in find_search_words(text)]
    assert found[:2] == [("محمد", "مُحَمَّد"), ("قال", "قـــال")]
    assert found[2] == ("صلي", "ﷺ")
    assert found[5] == ("وسلم", "ﷺ")
    assert found[6] == ("3000", "٣٬٠٠٠")


ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآةىؤئ"
RARE = (
    "\u064b\u0651\u0640\u200d\u200f\u202e\u0670\u0654\ufeff\u00ad\x00\ud800 \n09azAZ"
    "ٱیکہھےپگ٠٥۹٬٪ﷺﻼﺔ،؛؟«»…—’_,.-'\"*:()éßİĲ½²㎏가が한ཀ𝔸😀"
)
TEXTS = st.text(st.sampled_from(ARABIC + RARE), max_size=60) | st.text(max_size=40)


@given(TEXTS)
def test_both_ways_give_the_same_words(text):
    words = find_search_words(text)
    slowly = [(form, *match.span()) for match in module._WORD.finditer(text) for form in fold_word(match[0])]
    assert [tuple(word) for word in words] == slowly
    assert list_forms(text) == [word.form for word in words]
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert all(a.end <= b.start or (a.start, a.end) == (b.start, b.end) for a, b in pairwise(words))


@given(TEXTS, st.integers(0, 20), st.integers(0, 20))
def test_a_stretch_of_a_text_is_read_alone(text, start, length):
    alone = find_search_words(text[start : start + length])
    assert find_search_words(text, start, min(start + length, len(text))) == [
        (form, first + start, last + start) for form, first, last in alone
    ]


@given(TEXTS)
def test_words_are_letters_and_digits_and_stay_as_they_are(text):
    for form in list_forms(text):
        assert form.isalnum()
        assert 1 <= len(form) <= LONGEST_WORD
        assert form == form.casefold() or not form.isascii()
        assert list_forms(form) == [form]


@given(st.text(st.sampled_from(ARABIC + " "), max_size=40), st.data())
def test_marks_and_invisible_characters_change_nothing(text, data):
    marked = "".join(
        letter + (data.draw(st.text(st.sampled_from("\u064e\u0651\u0640\u200d\u200b\u2067\u0670"), max_size=3)))
        for letter in text
    )
    if not any(part.strip("\u064e\u0651\u0640\u200d\u200b\u2067\u0670") == "" and part for part in marked.split(" ")):
        assert search_form(marked) == search_form(text)


def work(text: str) -> int:
    """Count the calls and lines of the module that run: what it costs beside the engine's own linear passes."""
    count = 0

    def trace(frame, event, _):
        nonlocal count
        if frame.f_code.co_filename != module.__file__:
            return None
        count += 1
        return trace

    fold_word.cache_clear()
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        find_search_words(text)
        list_forms(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "part", ["ا" + "\u0651" * 40, "ـ", "\u064e", "ﷺ", "ﷺ ", "1,", "«", "ا\u0654 ", "x" * 80, "\u0301"]
)
def test_hostile_texts_end_and_grow_no_faster(part):
    small, large = work(part * 2_000), work(part * 4_000)
    assert large <= 2.5 * small + 100
    assert sum(map(len, list_forms(part * 2_000))) <= 18 * len(part) * 2_000


def test_a_million_marks():
    text = "قال" + "\u0651" * 1_000_000 + " نعم"
    assert search_form(text) == "قال نعم"
    assert unicodedata.category(text[3]) == "Mn"
