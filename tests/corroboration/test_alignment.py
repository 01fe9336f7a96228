"""Alignment: what is called equal is equal, nothing twice, and edits, gaps and other orders are bridged."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from qala.corroboration.alignment import align, find_runs, index_grams
from qala.text.normalize import fold_phrase

A = fold_phrase("أعلنت وزارة الصحة أن عدد المصابين بلغ مئة شخص في ثلاث مدن وأنها أرسلت فرقا طبية إلى المنطقة")
B = fold_phrase("وقال شهود إن السيول قطعت الطريق بين البلدتين وإن السكان باتوا ليلتهم فوق السطوح")

texts = st.lists(st.sampled_from("abcdef"), max_size=60)


@settings(max_examples=300, deadline=None)
@given(texts, texts, texts)
def test_every_stretch_is_made_of_equal_words_and_no_word_is_in_two(a, b, shared):
    a, b = a + shared + b, b + shared + a
    used_a, used_b = set(), set()
    for stretch in align(a, b):
        pairs = [(run.a + step, run.b + step) for run in stretch.runs for step in range(run.size)]
        assert pairs == sorted(set(pairs))
        assert all(a[x] == b[y] for x, y in pairs)
        assert all(later[1] > earlier[1] for earlier, later in pairwise(pairs))
        assert (stretch.a, stretch.b) == pairs[0]
        assert (stretch.a_end - 1, stretch.b_end - 1) == pairs[-1]
        assert 0 < stretch.similarity <= 1
        words_a, words_b = set(range(stretch.a, stretch.a_end)), set(range(stretch.b, stretch.b_end))
        assert not words_a & used_a
        assert not words_b & used_b
        used_a |= words_a
        used_b |= words_b


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text("abc", min_size=1, max_size=3), min_size=4, max_size=40, unique=True))
def test_a_text_is_aligned_with_itself_as_one_stretch(words):
    (stretch,) = align(words, words)
    assert (stretch.a, stretch.a_end, stretch.b, stretch.b_end) == (0, len(words), 0, len(words))
    assert stretch.similarity == 1


def test_an_edit_does_not_break_a_stretch():
    edited = [*A[:6], "قد", A[6], "مئتي", *A[8:]]
    (stretch,) = align(A, edited)
    assert stretch.equal == len(A) - 1
    assert (stretch.a, stretch.a_end) == (0, len(A))


def test_paragraphs_in_another_order_are_two_stretches():
    found = align(A + B, B + A)
    assert [(stretch.a, stretch.b, stretch.equal) for stretch in found] == [
        (0, len(B), len(A)),
        (len(A), 0, len(B)),
    ]


def test_words_at_the_edge_are_reached_over_a_changed_word():
    edited = [A[0], A[1], "العامة", *A[2:-3], "جديدة", *A[-2:]]
    (stretch,) = align(A, edited)
    assert (stretch.b, stretch.b_end) == (0, len(edited))


def test_texts_apart_share_nothing_and_short_runs_are_none():
    assert align(A, B) == ()
    assert align(A[:3], A[:3]) == ()
    assert align([], A) == ()


def test_a_long_gap_parts_two_stretches():
    assert len(align(A[:8] + B + A[8:], A)) == 2


def test_the_same_words_again_and_again_stay_bounded():
    """A text of one word has one 4-gram: runs grow with the words, not with their square."""
    a = ["كلام"] * 2_000
    assert len(find_runs(a, a, index_grams(a), index_grams(a))) <= 8
    (first, *_) = align(a, a)
    assert first.equal == 2_000
