"""Stems and skeletons: the pairs of the data file, and what holds for any word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.errors import LexiconError
from qala.lexicon.stems import bare, load_stem_rules, parse_stem_rules, skeleton, stem

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآؤئ"


@pytest.mark.parametrize(("first", "second"), load_stem_rules().together)
def test_derived_forms_share_the_skeleton(first, second):
    assert skeleton(first) == skeleton(second)


@pytest.mark.parametrize(("first", "second"), load_stem_rules().apart)
def test_other_words_do_not_share_the_stem(first, second):
    assert stem(first) != stem(second)


def test_joined_particles_and_endings_come_off():
    assert stem("وبالهجمات") == stem("هجمة")
    assert bare("وللحكومة") == bare("حكومة")


@given(st.text(LETTERS, min_size=1, max_size=14))
def test_a_stem_is_part_of_the_word_and_never_empty(word):
    assert stem(word)
    assert skeleton(word)
    assert len(skeleton(word)) <= len(word)
    assert len(stem(word)) <= len(word)


GOOD = "".join(f"{key}:\n  - ا ب\n" for key in ("suffixes", "vowels", "patterns", "together", "apart"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD.replace("vowels", "vowel"), r"^s\.yaml:1: the keys are suffixes, "),
        (GOOD.replace("vowels:\n  - ا ب", "vowels: ا"), r"^s\.yaml:3: 'vowels' is a list of words"),
        (GOOD[: GOOD.rindex(" ب")] + "\n", r"^s\.yaml:10: two words are expected"),
        ("", r"^s\.yaml:1: "),
    ],
)
def test_broken_rules_are_refused_with_file_and_line(text, message):
    assert parse_stem_rules(GOOD, "s.yaml").apart == (("ا", "ب"),)
    with pytest.raises(LexiconError, match=message):
        parse_stem_rules(text, "s.yaml")
