"""Carriers by name, and the hops that a page gives to all its statements."""

import pytest

from qala.lexicon.actors import load_actors
from qala.model import Debris, Document, Span
from qala.resolution.carriers import find_outlet, page_hops, read_carrier

BASE = load_actors()


@pytest.mark.parametrize(
    ("written", "name", "kind", "entity"),
    [
        ('وكالة "فرانس برس"', 'وكالة "فرانس برس"', "agency", "afp"),
        ('لوكالة "فرانس برس"', 'وكالة "فرانس برس"', "agency", "afp"),
        ("للتلفزيون السوري", "التلفزيون السوري", None, None),
        ('رويترز"', "رويترز", "agency", "reuters"),
        ("قناة العربية", "قناة العربية", "outlet", "al-arabiya"),
        ("تغريدة على تويتر", "تغريدة على تويتر", "platform", "twitter"),
        ("صحيفة المنارة", "صحيفة المنارة", None, None),
    ],
)
def test_name_kind_and_id(written, name, kind, entity):
    found = read_carrier(written, BASE)
    assert found.name == name
    if entity is not None:
        assert (found.kind, found.entity) == (kind, entity)


def hops(text, line, outlet=None):
    start = text.index(line)
    debris = (Debris(Span(start, start + len(line)), "dateline"),)
    return page_hops(Document("d", text, outlet=outlet), debris, BASE)


def test_a_byline_is_a_hop_of_the_page_with_its_agency():
    text = "(اف ب) - قالت الوزارة إنها عادت"
    agency, page = hops(text, "(اف ب) -")
    assert (agency.kind, agency.status, agency.entity) == ("agency", "named", "afp")
    assert agency.span.of(text) == agency.name == "اف ب"
    assert (page.kind, page.status, page.name) == ("page", "not recorded", None)


def test_a_dateline_with_a_place_and_an_agency():
    text = "دبي - رويترز: قال الوزير إنه عاد"
    agency, page = hops(text, "دبي - رويترز:", outlet="جريدة المنارة")
    assert (agency.name, agency.entity) == ("رويترز", "reuters")
    assert (page.status, page.name) == ("named", "جريدة المنارة")


def test_a_place_alone_is_no_carrier():
    assert [hop.kind for hop in hops("الرباط - قال الوزير إنه عاد", "الرباط -")] == ["page"]


def test_a_page_is_no_carrier_of_its_own():
    found = hops("دبي، الإمارات العربية المتحدة (CNN) -- قال", "دبي، الإمارات العربية المتحدة (CNN) --", "CNN")
    assert [(hop.kind, hop.entity) for hop in found] == [("page", "cnn")]


def test_an_outlet_may_be_given_by_name_or_id():
    assert find_outlet("رويترز", BASE) == find_outlet("reuters", BASE) == "reuters"
    assert find_outlet("جريدة لا يعرفها أحد", BASE) is None
