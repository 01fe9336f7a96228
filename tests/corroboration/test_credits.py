"""Whom a page credits, where, and what stands near a passage."""

from qala.corroboration.credits import find_credits, find_near, outlet_id
from qala.corroboration.reuse import read_page
from qala.lexicon.actors import load_actors
from qala.model import Document, Origin, Span

TEXT = (
    "الميناء يعود إلى العمل\n\n"
    "عاد ميناء المدينة إلى العمل صباح الأحد بعد توقف دام أسبوعا، وفق ما ذكرت وكالة رويترز.\n"
    "وقال التجار إنهم ينتظرون السفن."
)


def credits(text=TEXT, outlet="صحيفة المنارة", author=None):
    return find_credits(read_page(Document("d", text, None, outlet, origin=Origin(author=author))))


def test_an_agency_in_the_text_with_its_place():
    (found,) = credits()
    assert (found.entity, found.kind, found.place) == ("reuters", "agency", "text")
    assert "رويترز" in found.span.of(TEXT)


def test_a_byline_and_a_dateline_come_first():
    found = credits("دمشق (اف ب) - " + TEXT, author="رويترز - لندن")
    assert ("byline", "reuters") in [(one.place, one.entity) for one in found]
    assert [one.span for one in found if one.place == "byline"] == [None]
    (dateline,) = [
        one for one in credits(TEXT.replace("عاد ميناء", "(اف ب) - عاد ميناء", 1)) if one.place == "dateline"
    ]
    assert dateline.entity == "afp"


def test_an_outlet_does_not_credit_itself():
    assert credits(outlet="رويترز") == ()


def test_near_is_the_paragraph_of_the_passage():
    found = credits()
    at = TEXT.index("بعد توقف")
    assert find_near(found, [Span(at, at + 5)], TEXT) == list(found)
    at = TEXT.index("ينتظرون")
    assert find_near(found, [Span(at, at + 5)], TEXT) == []


def test_outlets_meet_under_one_name():
    base = load_actors()
    assert outlet_id("Reuters", base) == outlet_id("رويترز", base) == "reuters"
    assert outlet_id("صحيفة  لا يعرفها أحد", base) == outlet_id("صحيفة لا يعرفها أحد", base)
    assert outlet_id(None, base) is None
    assert outlet_id(" ", base) is None
