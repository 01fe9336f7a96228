"""The words of a name as names are compared."""

import pytest

from qala.pipeline import scan_text
from qala.resolution.keys import keys_of, without_article
from qala.text.normalize import fold


@pytest.mark.parametrize(("one", "other"), [("المسيحيون", "مسيحيون"), ("للأمم", "الأمم"), ("الوزير", "وزير")])
def test_articles_do_not_matter(one: str, other: str) -> None:
    assert without_article(fold(one)) == without_article(fold(other))


@pytest.mark.parametrize("word", ["الم", "ال", "لله", "سلمان", ""])
def test_a_short_word_and_a_word_without_article_stay(word: str) -> None:
    assert without_article(word) == word


def test_keys_follow_the_first_spelling() -> None:
    scan, _, _ = scan_text("مارين لوبن")
    assert keys_of(scan, 0, 1, {"لوبن": "لوبان"}) == {"مارين", "لوبان"}
    assert keys_of(scan, 1, 0) == frozenset()
