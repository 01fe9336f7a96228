"""Words that many unrelated pages of the same days carry say little about where a text was taken from."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from qala.corroboration.alignment import align
from qala.corroboration.copies import find_copies
from qala.corroboration.reuse import in_order, read_page
from qala.corroboration.reuse_common import FEW, UNRELATED, Commons, Pair, how_common
from qala.corroboration.reuse_weight import find_passages
from qala.model import Document

EVENT = "التفجير الآثم الذي استهدف سوق السمك القديمة في حي الميناء وأسفر عن سقوط عدد من القتلى والجرحى"
DAY = date(2024, 3, 4)


def own(number, words=40):
    """Words that no other page has."""
    return " ".join(
        f"كلمة{chr(0x0628 + number)}{chr(0x0628 + place % 20)}{chr(0x0628 + place // 20)}" for place in range(words)
    )


def page(number, text, days=0):
    return Document(f"d{number:02}", text, DAY + timedelta(days), f"outlet {number}")


def condemnations(many, shared=EVENT, days=0):
    return [page(number, f"{own(number)} {shared} {own(number, 30)}", days) for number in range(many)]


def test_what_many_unrelated_pages_say_of_an_event_makes_no_copy():
    assert len(find_copies(condemnations(3))) == 3
    assert find_copies(condemnations(UNRELATED + 2)) == []


def test_the_same_words_in_another_month_are_not_counted():
    later = [page(number + 10, f"{own(number + 10)} {EVENT}", 60) for number in range(UNRELATED - 1)]
    found = {(copy.a, copy.b) for copy in find_copies([*condemnations(2), *later])}
    assert ("d00", "d01") in found
    near = [page(number + 10, f"{own(number + 10)} {EVENT}", 3) for number in range(UNRELATED)]
    assert find_copies([*condemnations(2), *near]) == []


def test_a_longer_passage_stays_a_copy_however_many_have_it():
    longer = f"{EVENT} وقال شهود إن رجلا ترك حقيبة أمام محل الثلج ثم مضى مسرعا نحو البحر قبل أن يصل الحراس"
    many = UNRELATED + 2
    assert len(find_copies(condemnations(many, longer))) == many * (many - 1) // 2


def test_copies_of_one_text_are_one_text():
    """Printings of one report do not make its words common."""
    report = f"{own(20, 60)} {EVENT} {own(21, 60)}"
    printed = [page(30 + number, f"{report} {own(number, 5)}") for number in range(UNRELATED + 4)]
    quoting = page(2, f"{own(2, 60)} {EVENT} {own(3, 60)}")
    found = {(copy.a, copy.b) for copy in find_copies([*printed, quoting])}
    assert all(any({"d02", other.id} == {*pair} for pair in found) for other in printed)


def test_a_short_page_that_stands_half_on_the_other_is_taken_over_whatever_its_words():
    short = page(20, f"{own(20, 12)} {EVENT}")
    whole = page(21, f"{own(21)} {EVENT}")
    found = find_copies([*condemnations(UNRELATED + 2), short, whole])
    assert {(copy.a, copy.b) for copy in found} >= {("d20", "d21")}


def commons(documents):
    pages = in_order(read_page(document) for document in documents)
    a, b = pages[0], pages[1]
    stretches = align(a.wording.forms, b.wording.forms)
    pair = Pair(0, 1, stretches, find_passages(stretches, a, b))
    return a, stretches, Commons(pages, [pair], 7).find(pair)


def test_how_common_is_told_of_a_stretch():
    a, (stretch,), common = commons(condemnations(UNRELATED + 2))
    assert set(common.values()) == {1.0}
    forms = a.wording.forms
    assert how_common(forms, stretch, common) == 1.0
    assert how_common(forms, stretch, {}) == 0.0
    first = tuple(forms[stretch.a : stretch.a + 4])
    assert how_common(forms, stretch, {first: 1.0}) == 0.0  # a few words that others have too are no formula


def test_words_that_come_again_over_weeks_are_anybody_s():
    near = condemnations(2)
    weeks = [page(10 + week, f"{own(10 + week)} {EVENT}", 30 + 7 * week) for week in range(5)]
    assert set(commons([*near, *weeks])[2].values()) == {1.0}  # six days, with the first one ...
    assert commons([*near, *weeks[:4]])[2] == {}  # ... and five


@settings(max_examples=20, deadline=None)
@given(st.integers(2, UNRELATED + 3))
def test_common_is_what_enough_other_texts_carry(many):
    _, _, common = commons(condemnations(many))
    others = min(many - 2, UNRELATED)
    expected = {(others - FEW) / (UNRELATED - FEW)} if others > FEW else set()
    assert set(common.values()) == expected
