"""Concepts and sign words: the schema is checked, the examples of the data file are tests."""

import itertools
import re

import pytest

from qala.corroboration.concepts import (
    Concept,
    concepts_in,
    find_concepts,
    find_sign_words,
    load_concepts,
    load_signs,
    parse_concepts,
)
from qala.errors import LexiconError
from qala.lexicon.load import load_entries
from qala.text.words import find_words

SIGNS = load_entries("signs.yaml")
EXAMPLES = [(entry["part"], text) for entry in SIGNS for text in entry["examples"]]
NONEXAMPLES = [(entry["part"], text) for entry in SIGNS for text in entry["nonexamples"]]


def found(text, part):
    words = find_words(text)
    return [words.span(first, last).of(text) for first, last in find_sign_words(words, 0, len(words) - 1, part)]


@pytest.mark.parametrize(("part", "text"), EXAMPLES)
def test_examples_are_found(part, text):
    marked = re.findall("<w>(.*?)</w>", text)
    assert marked
    assert [word for word in found(re.sub("</?w>", "", text), part) if word in marked] == marked


@pytest.mark.parametrize(("part", "text"), NONEXAMPLES)
def test_nonexamples_are_not(part, text):
    assert found(text, part) == []


def test_a_concept_is_found_in_its_inflected_forms():
    assert concepts_in("شنت الطائرات غارات على القرية")[-1] == Concept("bomb")
    assert Concept("use") in concepts_in("سيستخدمون الماء")
    assert Concept("custody", "-") in concepts_in("وأُفرج عن الصحفي")
    assert Concept("custody", "+") in concepts_in("اعتقالهم")


def test_phrases_go_before_words():
    names = [concept.name for concept in concepts_in("الموافقة على وقف إطلاق النار")]
    assert names == ["accept", "ceasefire"]


def test_a_word_that_only_looks_like_one_is_blocked():
    assert concepts_in("قال مسؤول إن الأسرة بخير") == []
    assert Concept("blame") in concepts_in("الشركة مسؤولة عن الحريق")


def test_concepts_do_not_overlap_and_stand_in_order():
    words = find_words("أعلنت الحكومة وقف إطلاق النار وانسحاب القوات من المدينة بعد مفاوضات طويلة")
    places = find_concepts(words, 0, len(words) - 1)
    assert all(a.last < b.first for a, b in itertools.pairwise(places))
    assert len(places) >= 4


@pytest.mark.parametrize(
    "row",
    ["هجوم\tattack", "هجوم\tattack\t*", "\tattack\t", "هجوم\tattack\t\nالهجوم\tkill\t"],
)
def test_a_bad_row_is_refused_with_its_line(row):
    with pytest.raises(LexiconError, match=r"^x\.tsv:[12]: "):
        parse_concepts(row, "x.tsv")


def test_the_packaged_files_hold_what_they_should():
    assert len(load_concepts().phrases) > 500
    assert all(load_signs().values())
