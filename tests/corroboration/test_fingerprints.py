"""Fingerprints: stable, the same for all spellings of a text, and shared where ten words are shared."""

from hypothesis import given, settings
from hypothesis import strategies as st

from qala.corroboration.fingerprints import GRAM, WINDOW, find_fingerprints, read_wording
from qala.text.normalize import fold

words = st.lists(st.integers(0, 10**9).map(str), max_size=40, unique=True)
TEXT = "قال الوزير إن بلاده ستعيد فتح السفارة في العاصمة قبل نهاية العام الجاري."


def values(forms):
    return {found.value for found in find_fingerprints(forms)}


@settings(max_examples=200, deadline=None)
@given(
    words, words, words, words, st.lists(st.text("xyz", min_size=1, max_size=9), min_size=15, max_size=25, unique=True)
)
def test_fifteen_words_in_a_row_give_two_in_common(before, after, other, behind, shared):
    common = values(before + shared + after) & values(other + shared + behind)
    assert len(common) >= 2


@settings(max_examples=100, deadline=None)
@given(words)
def test_each_is_a_gram_at_its_place(forms):
    found = find_fingerprints(forms)
    assert len({one.value for one in found}) == len(found)
    for one in found:
        gram = forms[one.position : one.position + GRAM]
        assert len(gram) == GRAM
        assert values(gram) == {one.value}
    assert [one.position for one in found] == sorted(one.position for one in found)


def test_they_are_stable():
    """Stored fingerprints stay good: these figures may change only together with VERSION."""
    found = find_fingerprints(read_wording("one two three four five six seven").forms)
    assert [(hex(one.value), one.position) for one in found] == [("0x9690354f0fde4979", 0)]


def test_spelling_marks_and_punctuation_do_not_count():
    other = "قالَ الوزيرُ: إن بــلاده «ستعيد» فتح السفاره في العاصمة، قبل نهايه العام الجاري"
    assert values(read_wording(TEXT).forms) == values(read_wording(other).forms) != set()


def test_short_texts_have_none_or_one():
    assert find_fingerprints(["a"] * (GRAM - 1)) == ()
    assert len(find_fingerprints([str(number) for number in range(GRAM)])) == 1
    assert len(find_fingerprints([str(number) for number in range(GRAM + WINDOW - 2)])) == 1


def test_a_wording_keeps_its_places_and_leaves_debris_out():
    text = TEXT + "\n\nاقرأ أيضا: الحكومة تعلن موازنة العام الجديد\n\nوأضاف: «لن ننتظر أحدا»."
    wording = read_wording(text)
    assert "موازنه" not in wording.forms
    for place, form in enumerate(wording.forms):
        assert fold(wording.span(place, place).of(text)) == form
    quoted = [form for form, inside in zip(wording.forms, wording.quoted, strict=True) if inside]
    assert quoted == ["لن", "ننتظر", "احدا"]
