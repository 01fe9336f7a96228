"""Candidates: pairs within the window that share fingerprints, and work that a crowd does not square."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from qala.corroboration.reuse import CROWD, NEAREST, find_candidates, in_order, read_page
from qala.model import Document

SHARED = "أقرت الحكومة في جلسة مسائية خطة لترميم الجسور القديمة على النهر بعد سنوات من المطالبة بها"
DAY = date(2024, 3, 1)


def page(name, text=SHARED, published=DAY):
    return read_page(Document(name, text, published, "outlet"))


def pairs(*pages, **options):
    pages = in_order(pages)
    return {(pages[a].id, pages[b].id) for a, b in find_candidates(pages, **options)}


def test_pages_that_share_fifteen_words_are_a_candidate():
    assert pairs(page("a"), page("b", f"بداية أخرى تماما. {SHARED}")) == {("a", "b")}
    assert pairs(page("a"), page("b", "نص لا صلة له بما سبق من قريب ولا من بعيد في شيء من كلماته")) == set()


def test_an_edited_sentence_may_keep_one_fingerprint():
    words = SHARED.split()
    edited = [*words[:2], "أمس", *words[3:11], "العتيقة", *words[12:]]
    common = set(page("a").values) & set(page("b", " ".join(edited)).values)
    assert len(common) == 1
    assert pairs(page("a"), page("b", " ".join(edited))) == {("a", "b")}
    start = next(at for at in range(len(words)) if common <= set(page("c", " ".join(words[at : at + 6])).values))
    phrase = " ".join(words[start : start + 6])
    others = [page(f"c{n}", f"كما قيل{n} أمس {phrase} ثم{n} مضى كل{n} إلى شأنه") for n in range(40)]
    bearing = [other for other in others if common <= set(other.values)]
    assert bearing
    assert all(pairs(page("a"), other) == set() for other in bearing)


@pytest.mark.parametrize(("days", "found"), [(7, True), (-7, True), (8, False)])
def test_only_within_the_window(days, found):
    assert bool(pairs(page("a"), page("b", published=DAY + timedelta(days)))) is found


def test_a_page_of_unknown_day_is_near_all():
    assert len(pairs(page("a"), page("b", published=None), page("c", published=DAY + timedelta(900)))) == 2


def test_what_is_left_out_does_not_count():
    assert pairs(page("a"), page("b"), without=frozenset(page("a").values)) == set()


def test_shards_change_nothing():
    pages = in_order(page(f"p{number}", published=DAY + timedelta(number)) for number in range(9))
    assert find_candidates(pages, shards=1) == find_candidates(pages, shards=7)


def test_a_crowd_is_followed_from_page_to_page():
    many = 3 * CROWD
    pages = in_order(page(f"p{number:03}") for number in range(many))
    found = find_candidates(pages)
    assert len(found) < many * CROWD
    assert {(number, number + 1) for number in range(many - 1)} <= found.keys()
    last = [earlier for earlier, later in found if later == many - 1]
    assert len(last) == NEAREST


def test_moments_compare_across_zones():
    zone = timezone(timedelta(hours=4))
    one = page("a", published=datetime(2024, 3, 1, 12, tzinfo=UTC))
    other = page("b", published=datetime(2024, 3, 1, 16, tzinfo=zone))
    assert one.moment == other.moment
    assert page("c", published=datetime(2024, 3, 1, 12)).moment == one.moment
    assert page("d").moment is None
    assert (page("e", published=None).day, page("e", published=None).moment) == (None, None)
