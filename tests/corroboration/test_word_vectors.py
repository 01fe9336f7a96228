"""The places of contents among the words: near where words are, centred on what all around say."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.corroboration.utterances import make_sides
from qala.corroboration.word_vectors import (
    Mean,
    compare_sums,
    join_sums,
    load_word_vectors,
    sum_words,
    take_centre,
)
from qala.lexicon.stems import stem

NEAR = [("قتلى", "جرحى"), ("ضلوع", "تورط"), ("كيماوي", "كيميائي"), ("صاروخ", "قذائف")]
FAR = [("قتلى", "انتخابات"), ("ضلوع", "قمة"), ("كيماوي", "أسعار"), ("قذائف", "مباراة")]
WORDS = sorted({word for pair in NEAR for word in pair})
weights = st.dictionaries(st.sampled_from([f"w:{stem(word)}" for word in WORDS]), st.floats(0.1, 2), min_size=1)


def place(*words):
    return sum_words({f"w:{stem(word)}": 1.0 for word in words})


@pytest.mark.parametrize(("pair", "other"), list(zip(NEAR, FAR, strict=True)))
def test_words_of_one_kind_stand_nearer_than_others(pair, other):
    near, far = (compare_sums(place(a), place(b)) for a, b in (pair, other))
    assert near > 0.5 > far + 0.2


def test_every_stem_has_one_vector():
    vectors = load_word_vectors()
    assert len(vectors.values) == vectors.dimensions * len(vectors.places)
    assert len(vectors.of(stem("صاروخ"))) == vectors.dimensions
    assert vectors.of("no such stem") is None


@given(terms=weights, factor=st.floats(0.5, 4))
def test_a_sum_has_length_one_and_its_order_and_scale_change_nothing(terms, factor):
    found = sum_words(terms)
    assert math.isclose(compare_sums(found, found), 1.0, rel_tol=1e-9)
    assert sum_words(dict(reversed(terms.items()))) == found
    assert math.isclose(compare_sums(sum_words({k: v * factor for k, v in terms.items()}), found), 1.0, rel_tol=1e-9)


def test_what_has_no_words_is_near_to_nothing():
    assert list(sum_words({"c:attack": 1.0, "w:no such stem": 1.0})) == []
    assert compare_sums(place("صاروخ"), sum_words({})) == 0.0
    assert list(join_sums([])) == []
    assert join_sums([sum_words({}), place("صاروخ")]) == place("صاروخ")


def test_what_all_say_is_taken_off():
    both = place("صاروخ", "قتلى"), place("صاروخ", "تورط")
    centre = Mean()
    for words in both:
        centre.add(words)
    left = [take_centre(words, centre) for words in both]
    assert compare_sums(*left) < compare_sums(*both)
    assert take_centre(both[0], Mean()) == both[0]


def test_a_denial_that_is_added_moves_no_other_statement(press):
    said = [
        *press("A", ("وزارة الصحة", "قالت", "إن الانفجار أسفر عن مقتل 40 مدنيا في المستشفى")),
        *press("B", ("الدفاع المدني", "أعلن", "أن القصف قتل عشرات المدنيين")),
    ]
    denial = press("C", ("الجيش", "نفى", "قصف المستشفى بالصواريخ", "deny"))
    before = {side.id: side.vector.words for side in make_sides(said)}
    after = {side.id: side.vector.words for side in make_sides([*said, *denial])}
    assert all(after[number] == words for number, words in before.items())
    assert list(after["C:s1"])
