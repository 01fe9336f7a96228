"""What changes hands is told by a list of words, behind figures and measures."""

import pytest

from qala.corroboration.exchange_goods import find_thing, goods_at, is_measure, load_goods, load_word_lists
from qala.errors import LexiconError
from qala.lexicon import load
from qala.text.normalize import fold
from qala.text.words import find_words


def kind(text, cut=0):
    words = find_words(text)
    return goods_at(words, 0, len(words) - 1, cut)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أسلحة ثقيلة", "arms"),
        ("أسلحتها الثقيلة", "arms"),
        ("الغاز", "energy"),
        ("قرضا ميسرا", "money"),
        ("حوالي 3000 طن من القمح", "food"),
        ("مجموعة من الصواريخ", "arms"),
        ("أكثر من 40 مليون دولار", "money"),
        ("انطباعا جيدا", ""),
        ("3000", ""),
    ],
)
def test_the_class_of_a_thing(text, expected):
    assert kind(text) == expected


def test_the_article_behind_a_preposition():
    assert kind("للغذاء", 1) == "food"


def test_where_the_thing_is_named():
    words = find_words("20 مليون دولار")
    assert find_thing(words, 0, 2) == (2, "money")
    assert is_measure(words, 0)
    assert is_measure(words, 1)
    assert not is_measure(words, 2)


def test_every_word_has_one_class_and_a_thing_goes_before_a_measure():
    goods = load_goods()
    assert {"measure", "arms", "energy", "food", "aid", "money", "technology"} <= set(goods.values())
    assert all(fold(word) == word for word in goods)


def test_a_list_that_breaks_the_form_is_refused_with_its_line(monkeypatch):
    load.load_entries.cache_clear()
    monkeypatch.setattr(load, "data_text", lambda name: "- id: a\n  words: قمح\n")
    with pytest.raises(LexiconError, match=r"^x\.yaml:1: the keys are gloss, id, words"):
        load_word_lists("x.yaml")
    load.load_entries.cache_clear()
