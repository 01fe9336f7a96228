"""Demonyms made from the nisba."""

from qala.lexicon.demonyms import decline, demonyms_of, irregular


def test_one_word_takes_every_ending_with_and_without_the_article() -> None:
    forms = {form: rest for form, *rest in decline("مصري")}
    assert forms["مصري"] == ["m", "s", False]
    assert forms["المصرية"] == ["f", "s", True]
    assert forms["مصريون"] == ["m", "p", False]
    assert forms["المصريات"] == ["f", "p", True]
    assert forms["مصريتان"] == ["f", "d", False]
    assert len(forms) == 2 * 9


def test_two_adjectives_agree_and_a_noun_before_the_adjective_does_not() -> None:
    korean = {form for form, *_ in decline("كوري شمالي")}
    assert {"كورية شمالية", "الكوري الشمالي", "الكوريين الشماليين"} <= korean
    assert "الكوري شمالية" not in korean
    african = {form for form, *_ in decline("جنوب أفريقي")}
    assert {"جنوب أفريقية", "الجنوب أفريقي", "الجنوب الأفريقي", "جنوب الأفريقي"} <= african


def test_irregular_plurals_take_the_article_once() -> None:
    assert list(irregular("روس", "p")) == [("روس", "m", "p", False), ("الروس", "m", "p", True)]
    assert list(irregular("المجري", "m")) == [("المجري", "m", "s", True)]


def test_the_first_reading_of_a_form_stands() -> None:
    table = demonyms_of("eg", ["مصري"], [("مصريين", "p")])
    assert table["مصريين"].number == "d"
    assert {demonym.state for demonym in table.values()} == {"eg"}
