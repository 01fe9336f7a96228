"""One spelling of a name for an article: transliterations and slips are read as the spelling that came first."""

import pytest

from qala.resolution.spellings import find_spellings


@pytest.mark.parametrize(
    ("first", "later"),
    [("جونغ", "جونج"), ("ترمب", "ترامب"), ("بوتين", "بوتن"), ("غوتيريش", "غوتيريس")],
)
def test_a_transliteration_is_read_as_the_one_before_it(first: str, later: str) -> None:
    assert find_spellings([first, later], []) == {later: first}


def test_arabic_names_stay_apart() -> None:
    assert find_spellings(["حسن", "حسين", "سالم", "سليم"], []) == {}


def test_a_source_with_one_letter_wrong_is_the_name() -> None:
    assert find_spellings(["بنيامين", "نتنياهو"], ["نتياهو"]) == {"نتياهو": "نتنياهو"}
    assert find_spellings(["نافالني"], ["نافلاني"]) == {"نافلاني": "نافالني"}


def test_a_slip_that_fits_two_names_or_a_short_word_is_left_alone() -> None:
    assert find_spellings(["نورلاند", "نورماند"], ["نورباند"]) == {}
    assert find_spellings(["كيري"], ["كيرو"]) == {}


def test_a_slip_of_a_variant_is_read_as_the_first_spelling() -> None:
    found = find_spellings(["غريفيث", "غريفيتث"], ["غريفثي"])
    assert all(target == "غريفيث" for target in found.values())


def test_no_names_no_spellings() -> None:
    assert find_spellings([], ["كلمة"]) == {}


def test_a_page_of_nothing_but_names_is_read() -> None:
    names = [f"ب{a}ر{b}ن{c}" for a in "اوي" for b in "اوي" for c in "اوي"] * 200
    others = [f"{name}{i}" for i, name in enumerate(names)]
    found = find_spellings(names, others)
    assert set(found.values()) <= set(names)
