"""The words of pages as data."""

import pytest

from qala.errors import LexiconError
from qala.reading.page_words import fold_line, load_page_words, parse_page_words
from qala.text.data import data_text


def test_months_of_all_conventions_and_weekdays_with_article() -> None:
    words = load_page_words()
    assert {words.months[fold_line(name)] for name in ("أيلول", "سبتمبر", "شتنبر")} == {9}
    assert words.months["sep"] == 9 and words.hijri["رمضان"] == 9
    assert {"الثلاثاء", "ثلاثاء"} <= words.weekdays


@pytest.mark.parametrize("pages", ["published: []", "[]", data_text("pages.yaml").replace("teasers:", "teaser:")])
def test_a_file_of_another_form_is_refused(pages: str) -> None:
    with pytest.raises(LexiconError, match=r"pages\.yaml:1"):
        parse_page_words(pages, data_text("calendar.yaml"))


def test_what_is_no_list_is_named_with_its_line() -> None:
    text = data_text("pages.yaml")
    at = next(number for number, line in enumerate(text.splitlines(), 1) if line.startswith("notices:"))
    lines = [*text.splitlines()[: at - 1], "notices: x", *text.splitlines()[at:]]
    while lines[at].startswith((" ", "#")):
        del lines[at]
    with pytest.raises(LexiconError, match=rf"pages\.yaml:{at}: a list of words"):
        parse_page_words("\n".join(lines), data_text("calendar.yaml"))


def test_bad_yaml_is_named_with_its_line() -> None:
    with pytest.raises(LexiconError, match=r"pages\.yaml:3"):
        parse_page_words("a: 1\nb: [\n", "")
