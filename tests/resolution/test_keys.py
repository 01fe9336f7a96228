"""The words of a name as names are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.pipeline import scan_text
from qala.resolution.keys import bare_word, keys_of
from qala.text.normalize import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("المسيحيون", "المسيحيين"),
        ("مسؤولون", "المسؤولين"),
        ("الإثيوبية", "إثيوبي"),
        ("للأمم", "الأمم"),
        ("اليمنيين", "يمني"),
    ],
)
def test_articles_genders_and_cases_do_not_matter(one: str, other: str) -> None:
    assert bare_word(fold(one)) == bare_word(fold(other))


@pytest.mark.parametrize(("one", "other"), [("حسن", "حسين"), ("سلمان", "سليمان"), ("لبنان", "لبن"), ("بوتين", "بوت")])
def test_names_stay_apart(one: str, other: str) -> None:
    assert bare_word(fold(one)) != bare_word(fold(other))


@given(st.text(alphabet="ابتثنويهلم", max_size=12))
def test_a_bare_word_is_bare(word: str) -> None:
    assert len(bare_word(word)) <= len(word)
    assert bare_word(bare_word(word)) in {bare_word(word), bare_word(bare_word(bare_word(word)))}


def test_keys_follow_the_first_spelling() -> None:
    scan, _, _ = scan_text("مارين لوبن")
    assert keys_of(scan, 0, 1, {"لوبن": "لوبان"}) == {"مارين", "لوبان"}
    assert keys_of(scan, 1, 0) == frozenset()
