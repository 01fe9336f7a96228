"""Persons named by one word, after the article has named them in full."""

import pytest

from qala.extraction.scan import Scan
from qala.pipeline import scan_text
from qala.resolution.persons import find_persons
from qala.resolution.profiles import Profile, profile_persons
from qala.resolution.short_names import find_short_names, without_tails


def read(text: str) -> tuple[Scan, list[Profile]]:
    scan, _, _ = scan_text(text)
    return scan, profile_persons(scan, without_tails(scan, find_persons(scan)))


def places(text: str) -> dict[str, list[str]]:
    scan, profiles = read(text)
    words = scan.words
    return {words.span(p.first, p.last).of(text): [words.span(j, j).of(text) for j in p.places] for p in profiles}


@pytest.mark.parametrize(
    ("text", "name", "short"),
    [
        ("وصل محمد الزنبلي. ثم غادر الزنبلي.", "محمد الزنبلي", "الزنبلي"),
        ("وصل جورج كلاوزن. وقدم كلاوزن تقريرا.", "جورج كلاوزن", "كلاوزن"),
        ("وصل جورج كلاوزن. وغنى جورج أغنية.", "جورج كلاوزن", "جورج"),
    ],
)
def test_a_last_name_or_a_given_name_alone_is_the_person(text: str, name: str, short: str) -> None:
    found = places(text)
    assert found[name][1:] == [short]


def test_a_word_that_two_bear_is_neither() -> None:
    found = places("وصل جورج كلاوزن. ووصل توماس كلاوزن. ثم غادر كلاوزن.")
    assert [len(words) for words in found.values()] == [1, 1]


def test_a_last_name_written_in_one_word_with_its_link_is_the_person() -> None:
    text = "قال المتحدث أحمد أبو زيد إن الموسم جيد. وأضاف أبوزيد أن المطر قريب."
    assert places(text)["أحمد أبو زيد"][-1] == "أبوزيد"


def test_a_last_name_with_the_word_behind_it_is_no_other_person() -> None:
    text = "وصل جورج كلاوزن. وقدم كلاوزن تشريفا للجميع."
    scan, _, _ = scan_text(text)
    kept = without_tails(scan, find_persons(scan))
    assert [scan.words.span(p.first, p.last).of(text) for p in kept] == ["جورج كلاوزن"]


def test_no_full_name_no_short_one() -> None:
    scan, _, _ = scan_text("غادر الزنبلي القاعة.")
    assert find_short_names(scan, [], [], {}) == []
    assert find_short_names(scan, [], [(1, 1)], {}) == []
