"""Words that a cue needs further on, in all shapes of a noun, nearest first."""

import pytest

from qala.lexicon.needs import NeededWords
from qala.text.normalize import fold_phrase
from qala.text.words import find_words


def find(text, **needs):
    """The owner of the needed word that follows the first word of ``text``, and the word."""
    table = NeededWords()
    for owner, phrases in needs.items():
        for phrase in phrases:
            table.add(fold_phrase(phrase), owner)
    words = find_words(text)
    found = table.find(words.forms, 0)
    return found and (found.value, words.text[words.starts[found.first] : words.ends[found.last]])


@pytest.mark.parametrize("shape", ["رسالة", "الرسالة", "رسالته", "رسالتها", "رسالتهم"])
def test_a_noun_stands_for_its_shapes(shape):
    assert find(f"وجه الوزير {shape} إلى الناس", message=["رسالة"]) == ("message", shape)


def test_an_accusative_alef_is_a_shape_too():
    assert find("وجه الوزير تحذيراً شديداً", warn=["تحذير"]) == ("warn", "تحذيراً")


def test_a_joined_preposition_is_asked_for():
    assert find("تقدم السفير بالشكر", thank=["ب شكر"]) == ("thank", "بالشكر")
    assert find("تقدم السفير الشكر", thank=["ب شكر"]) is None
    assert find("قدم السفير بالشكر", thank=["شكر"]) is None


def test_several_words_stand_as_they_are():
    assert find("دق التقرير ناقوس الخطر", alarm=["ناقوس الخطر"]) == ("alarm", "ناقوس الخطر")
    assert find("دق الحارس ناقوس الكنيسة", alarm=["ناقوس الخطر"]) is None


def test_the_nearest_word_wins():
    assert find("وجه شكره ثم نداء", call=["نداء"], thank=["شكر"]) == ("thank", "شكره")


@pytest.mark.parametrize("gap", [". ", ": ", "\n", " كلمة" * 20 + " "])
def test_it_is_looked_for_in_the_same_sentence_and_within_reach(gap):
    assert find(f"وجه الوزير{gap}نداء", call=["نداء"]) is None


def test_the_verb_itself_is_not_what_it_needs():
    assert find("نداء", call=["نداء"]) is None
