"""How alike two contents are: figures between 0 and 1, symmetric, and what they rest on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.corroboration.background import load_background, rarity
from qala.corroboration.contents import read_contents
from qala.corroboration.contents_compared import (
    compare_contents,
    dot,
    longest_run,
    make_vectors,
    shared_terms,
    unit,
)

WORDS = st.lists(st.sampled_from("abcde"), max_size=9).map(tuple)


@pytest.fixture(scope="module")
def vectors(press):
    return make_vectors(
        read_contents(
            press(
                "X",
                ("السودان", "قال", "إن السد أغرق ثلاث قرى وقتل عشرة أشخاص"),
                ("السودان", "قال", "إن السد أغرق ثلاث قرى وقتل عشرة أشخاص"),
                ("السودان", "أضاف", "أن القرى الثلاث غمرتها مياه السد"),
                ("مصر", "قالت", "إن أسعار الخبز لن ترتفع هذا العام"),
            )
        )
    )


def test_equal_contents_are_alike_and_others_are_not(vectors):
    same, near, far = (compare_contents(vectors[0], vectors[i]) for i in (1, 2, 3))
    assert same.news == pytest.approx(1.0)
    assert same.run == 1.0 or same.grams == 1.0
    assert same.here > near.here > far.here
    assert near.concepts >= far.concepts


def test_every_figure_is_a_share_and_symmetric(vectors):
    for a in vectors:
        for b in vectors:
            found = compare_contents(a, b)
            assert all(-1e-9 <= value <= 1 + 1e-9 for value in found)
            assert found == pytest.approx(compare_contents(b, a))


def test_what_is_shared_can_be_shown(vectors):
    terms = shared_terms(vectors[0], vectors[2])
    assert terms
    assert not any(term.startswith("r:") for term in terms)
    assert all(term in vectors[0].back and term in vectors[2].back for term in terms)


def test_a_denial_that_is_added_leaves_the_others_as_they_are(press, vectors):
    said = press("X", ("السودان", "قال", "إن السد أغرق ثلاث قرى"), ("مصر", "قالت", "إن النيل منخفض"))
    denied = press("Y", ("إثيوبيا", "نفت", "أن يكون السد أغرق ثلاث قرى", "deny"))
    alone, beside = make_vectors(read_contents(said)), make_vectors(read_contents([*said, *denied]))
    assert [vector.here for vector in alone] == [vector.here for vector in beside[:2]]


@given(WORDS, WORDS)
def test_the_longest_run_is_in_both(a, b):
    length = longest_run(a, b)
    runs = {a[i : i + length] for i in range(len(a) - length + 1)} & {
        b[i : i + length] for i in range(len(b) - length + 1)
    }
    assert runs
    longer = {a[i : i + length + 1] for i in range(len(a) - length)} & {
        b[i : i + length + 1] for i in range(len(b) - length)
    }
    assert not longer
    assert longest_run(b, a) == length


@given(st.dictionaries(st.sampled_from("abcdef"), st.floats(0.01, 5)))
def test_unit_vectors(vector):
    found = unit(vector)
    assert dot(found, found) == pytest.approx(1.0 if vector else 0.0)


def test_common_terms_are_less_rare():
    assert 0 <= rarity("a:us") < rarity("c:poison") < rarity("w:never-seen") == 1.0
    assert load_background().sentences > 10_000
