"""Closed classes of words."""

import pytest

from qala.lexicon.words import load_classes, word_class
from qala.text.normalize import fold


@pytest.mark.parametrize(
    ("word", "group"),
    [
        ("أن", "that"),
        ("بأنّه", "that"),
        ("ألا", "that"),
        ("الذي", "relative"),
        ("إلى", "preposition"),
        ("لكن", "conjunction"),
        ("لم", "negation"),
        ("هؤلاء", "demonstrative"),
        ("بعض", "quantity"),
        ("قال", ""),
        ("", ""),
    ],
)
def test_a_word_has_the_class_that_the_file_gives_it(word, group):
    assert word_class(fold(word)) == group


def test_lists_that_cut_across_the_classes_are_no_class():
    classes = load_classes()
    assert fold("ربما") in classes["hedge"]
    assert fold("بن") in classes["name_link"]
    assert word_class(fold("ربما")) == ""
    assert fold("فإن") in classes["answer"]
    assert word_class(fold("فإن")) == "conjunction"


def test_forms_are_kept_folded():
    assert all(form == fold(form) and form for forms in load_classes().values() for form in forms)
