"""Why a source is not named: the examples of the data file are tests, and so are the borders."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.lexicon.load import load_entries
from qala.resolution.anonymity import find_withheld
from qala.text.words import find_words

ENTRIES = load_entries("anonymity.yaml")
EXAMPLES = [line for entry in ENTRIES for line in entry.get("examples", ())]
PIECES = (*EXAMPLES[0].split(), "لأنه", "غير", "مخول", "دون", "ذكر", "اسمه", "،", ".", "\n", '"')
NONEXAMPLES = [line for entry in ENTRIES for line in entry.get("nonexamples", ())]


def find(text):
    words = find_words(text)
    return [words.span(found.first, found.last).of(text) for found in find_withheld(words)]


@pytest.mark.parametrize("marked", EXAMPLES)
def test_the_examples_of_the_data(marked):
    expected = re.search("<reason>(.*)</reason>", marked).group(1)
    assert find(re.sub("</?reason>", "", marked)) == [expected]


@pytest.mark.parametrize("text", NONEXAMPLES)
def test_the_nonexamples_of_the_data(text):
    assert find(text) == []


def test_two_sources_have_each_their_own():
    text = "قال ضابط طلب عدم ذكر اسمه إن القوة عادت، وقالت موظفة فضلت عدم كشف هويتها إنها بقيت."
    assert find(text) == ["طلب عدم ذكر اسمه", "فضلت عدم كشف هويتها"]


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_phrases_stay_in_order_and_apart(pieces):
    words = find_words(" ".join(pieces))
    found = find_withheld(words)
    assert all(0 <= item.first <= item.last < len(words) for item in found)
    assert all(one.last < other.first for one, other in pairwise(found))
