"""Particles and pronouns: the data file's own examples, and that its schema is held."""

import pytest

from qala.errors import LexiconError
from qala.ledger.search_form import list_forms
from qala.ledger.search_words import (
    BREADTHS,
    list_joined_forms,
    list_word_forms,
    load_search_clitics,
    parse_search_clitics,
)
from qala.lexicon.load import data_text

RULES = load_search_clitics()


@pytest.mark.parametrize(("query", "form"), RULES.examples)
def test_examples(query, form):
    assert set(list_forms(form)) <= set(list_word_forms(query, "wide"))


@pytest.mark.parametrize(("query", "form"), RULES.nonexamples)
def test_nonexamples(query, form):
    assert not set(list_forms(form)) & set(list_word_forms(query, "wide"))


@pytest.mark.parametrize("word", RULES.examples[0] + ("الأسلحة", "ومستوى", "فنلندا", "بايدن", "a", "2023", "و", "لل"))
def test_each_breadth_holds_the_one_before(word):
    forms = [set(list_word_forms(word, breadth)) for breadth in BREADTHS]
    assert set(list_forms(word)) <= forms[0] <= forms[1] <= forms[2]
    assert len(forms[2]) < 1_000
    assert all(0 < weight <= 1 for weight in list_word_forms(word, "wide").values())


def test_the_word_itself_weighs_most():
    forms = list_word_forms("كتاب", "wide")
    assert forms["كتاب"] > forms["والكتاب"] > forms["كتابهم"]


def test_a_word_with_the_article_is_found_without_it():
    assert "حرب" in list_word_forms("الحرب", "particles")
    assert "بحرب" in list_word_forms("للحرب", "particles")
    assert "قال" in list_word_forms("وقال", "particles")
    assert "حرب" not in list_word_forms("الحرب", "exact")


def test_what_opens_a_phrase_keeps_its_article():
    forms = list_joined_forms("البيت")
    assert {"البيت", "والبيت", "للبيت", "بالبيت"} <= set(forms)
    assert "بيت" not in forms


def test_only_verbs_take_the_future():
    assert "سيعلن" in list_word_forms("يعلن", "particles")
    assert "سكتاب" not in list_word_forms("كتاب", "particles")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("before:", "befor:", r"x\.yaml:1: expected are"),
        ("\nafter: #", "\nafter: ن #", r"x\.yaml:\d+"),
        ("  - ة ت\n", "  - ةت\n", r"x\.yaml:\d+: two words"),
        ("  - ة ت\n", "  - [ة, ت]\n", r"x\.yaml:\d+: 'changes' is a list"),
    ],
)
def test_a_broken_file_is_refused(old, new, message):
    text = data_text("search_clitics.yaml")
    assert old in text
    with pytest.raises(LexiconError, match=message):
        parse_search_clitics(text.replace(old, new, 1), "x.yaml")
