"""Kinds of copies and their origins: by outlet, credit, wording and time; open where the pages leave it open."""

from datetime import UTC, date, datetime

import pytest

from qala.corroboration.copies import find_copies
from qala.corroboration.reuse import read_page
from qala.corroboration.reuse_kind import find_earlier
from qala.model import Document

PROSE = (
    "قال رئيس البلدية إن العمال سيعودون إلى الجسر بعد أن تنخفض مياه النهر التي غمرت الطريق منذ أسبوع، "
    "وإن سكان الحي الشرقي سيستعملون العبارة إلى أن ينتهي الترميم في الربيع"
)
NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
EVENING = datetime(2024, 3, 1, 19, tzinfo=UTC)


def copy_of(first, second, outlets=("صحيفة المنارة", "صحيفة الفنار"), times=(NOON, EVENING)):
    texts = zip("ab", (first, second), times, outlets, strict=True)
    (found,) = find_copies(Document(*row) for row in texts)
    return found


def rules(copy):
    return {evidence.rule for evidence in copy.evidence}


def test_one_outlet_the_earlier_is_the_origin():
    found = copy_of(PROSE, f"خبر آخر اليوم. {PROSE}.", ("صحيفة المنارة",) * 2, (EVENING, NOON))
    assert (found.kind, found.origin, found.agency) == ("outlet", "b", None)
    assert {"copy:same-outlet", "copy:earlier"} <= rules(found)


@pytest.mark.parametrize("times", [(None, NOON), (NOON, NOON), (NOON.date(), EVENING), (None, None)])
def test_one_outlet_and_no_telling_times_leave_it_open(times):
    found = copy_of(PROSE, f"خبر آخر اليوم. {PROSE}.", ("صحيفة المنارة",) * 2, times)
    assert (found.kind, found.origin) == ("outlet", None)
    assert "copy:order-open" in rules(found)


def test_two_outlets_that_credit_nobody_took_it_from_an_agency_unnamed():
    found = copy_of(PROSE, f"خبر آخر اليوم. {PROSE}.")
    assert (found.kind, found.agency, found.origin) == ("wire", None, "agency")
    assert "copy:no-credit" in rules(found)


@pytest.mark.parametrize("both", [True, False])
def test_an_agency_named_at_the_passage(both):
    credit = "وبحسب وكالة رويترز فقد "
    found = copy_of(credit + PROSE, f"{credit if both else ''}{PROSE}.")
    assert (found.kind, found.agency, found.origin) == ("wire", "رويترز", "agency")
    (span,) = next(e.spans for e in found.evidence if e.rule == "copy:credit-text")
    assert "رويترز" in span.of(credit + PROSE)


def test_an_agency_named_far_from_the_passage_is_not_its_own():
    other = "\n\nوفي خبر آخر قالت وكالة رويترز إن السوق أغلقت على ارتفاع."
    assert copy_of(PROSE + other, PROSE).agency is None


def test_two_agencies_stay_open():
    found = copy_of("وبحسب وكالة رويترز فقد " + PROSE, "وبحسب وكالة فرانس برس فقد " + PROSE)
    assert (found.kind, found.agency) == ("wire", None)
    assert "copy:credits-differ" in rules(found)


def test_a_page_that_credits_the_other_outlet_took_it_from_there():
    outlets = ("الجزيرة", "صحيفة الفنار")
    found = copy_of(PROSE, f"وذكرت قناة الجزيرة ما يلي: {PROSE}.", outlets, (EVENING, NOON))
    assert (found.kind, found.origin) == ("outlet", "a")


def test_an_agency_s_own_page_is_the_origin():
    found = copy_of(PROSE, f"{PROSE}، بحسب وكالة رويترز.", ("Reuters", "صحيفة الفنار"))
    assert (found.kind, found.agency, found.origin) == ("wire", "رويترز", "a")


def test_changed_words_make_a_rewrite():
    changed = [word if place % 13 < 8 else f"{word}ون" for place, word in enumerate(PROSE.split())]
    found = copy_of(PROSE, " ".join(changed))
    assert found.kind == "rewrite"


def test_what_is_taken_over_whole_is_said():
    whole = [e.note for e in copy_of(PROSE, f"{PROSE}. " * 1 + "خبر آخر تماما " * 20).evidence if "inclusion" in e.rule]
    assert whole == ["nearly all of a stands on the other page"]


def test_earlier_needs_times_that_tell():
    def page(name, published):
        return read_page(Document(name, PROSE, published))

    assert find_earlier(page("a", date(2024, 3, 2)), page("b", NOON)).id == "b"
    assert find_earlier(page("a", date(2024, 3, 1)), page("b", NOON)) is None
    assert find_earlier(page("a", None), page("b", NOON)) is None
