"""Controls of the input are shown, never obeyed; Arabic stays as it is written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.exports.visible import (
    ACTIVE,
    FSI,
    PDI,
    RLI,
    is_right_to_left,
    isolate,
    make_visible,
    name_control,
    shorten,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mأحمر", "␛[31mأحمر"),
        ("سطر\nثان", "سطر ⏎ ثان"),
        ("سطر\r\n\r\nثان", "سطر ⏎ ثان"),
        ("فقرة\u2029أخرى", "فقرة ⏎ أخرى"),
        ("\u202eمقلوب\u202c", "⟦U+202E⟧مقلوب⟦U+202C⟧"),
        ("\u2067داخل\u2069", "⟦U+2067⟧داخل⟦U+2069⟧"),
        ("\x00\x7f\x9b", "␀␡⟦U+009B⟧"),
        ("\ud800", "⟦U+D800⟧"),
        ("\U000e0041", "⟦U+E0041⟧"),
    ],
)
def test_what_would_act_is_shown(text, shown):
    assert make_visible(text) == shown


@pytest.mark.parametrize("text", ["قَالَ", "قـــال", "می\u200cخواهم", "لا\u200dه", "أحمد", "قال\u00a0إن"])
def test_arabic_is_left_as_it_is(text):
    assert make_visible(text) == text


def test_control_pictures_name_the_control():
    assert [name_control(char) for char in "\x00\t\x1b\x7f"] == ["␀", "␉", "␛", "␡"]


@given(st.text())
def test_nothing_active_is_left(text):
    shown = make_visible(text)
    assert not ACTIVE.search(shown)
    assert len(shown.splitlines()) <= 1
    shown.encode("utf-8")
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in shown)


def test_isolation_follows_the_script_and_not_the_first_letter():
    assert isolate("قال") == f"{RLI}قال{PDI}"
    assert isolate("CNN قالت") == f"{RLI}CNN قالت{PDI}"
    assert isolate("deny") == f"{FSI}deny{PDI}"
    assert isolate("2024", right_to_left=True) == f"{RLI}2024{PDI}"
    assert isolate("") == ""


def test_right_to_left_scripts_are_known():
    assert is_right_to_left("ا") and is_right_to_left("ﻻ") and is_right_to_left("a א")
    assert not is_right_to_left("plain 12 ،".replace("،", ","))


def test_short_text_is_not_shortened():
    assert shorten("قال إن", 6) == "قال إن"


def test_the_middle_goes_at_word_boundaries():
    text = "إن الحكومة ستدرس الطلب في جلسة تعقدها الأسبوع المقبل"
    short = shorten(text, 30)
    assert len(short) <= 30
    head, tail = short.split(" … ")
    assert text.startswith(head + " ") and text.endswith(" " + tail)


def test_one_word_that_is_too_long_is_cut():
    assert shorten("ق" * 50, 10) == "ق" * 9 + "…"


@given(st.text(), st.integers(4, 60))
def test_shortened_text_fits_and_keeps_whole_words(text, width):
    short = shorten(text, width)
    assert len(short) <= width
    if short != text and not short.endswith("…"):
        assert set(short.split()) <= {*text.split(), "…"}
