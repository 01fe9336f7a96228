"""Titles read: office, body and country apart."""

import pytest

from qala.lexicon.actors import load_actors
from qala.resolution.introductions import read_title

BASE = load_actors()


@pytest.mark.parametrize(
    ("title", "office", "affiliation", "body", "country"),
    [
        ("وزير الخارجية الروسي", "ru:foreign-minister", None, "ru:ministry-foreign", "ru"),
        ("الرئيس الأميركي", "us:president", None, "us:presidency", "us"),
        ("المتحدث باسم الكرملين", "ru:spokesperson", "الكرملين", "ru:presidency", "ru"),
        (
            "الأمين العام لجامعة الدول العربية",
            "secretary-general",
            "جامعة الدول العربية",
            "arab-league",
            None,
        ),
        ("رئيس شركة النور للنقل", None, "شركة النور للنقل", None, None),
        ("الباحث في معهد القطب للدراسات", None, "معهد القطب للدراسات", None, None),
        ("الشاعر", None, None, None, None),
    ],
)
def test_office_body_and_country(title, office, affiliation, body, country):
    found = read_title(title, BASE)
    assert found.office == office
    assert (found.affiliation and found.affiliation.of(title)) == affiliation
    assert found.body == body
    assert found.country == country


def test_a_rank_behind_a_body_is_none_of_its_name():
    title = "المتحدث باسم قوات التحالف العقيد الركن"
    found = read_title(title, BASE)
    assert found.affiliation.of(title) == "قوات التحالف"


def test_a_person_behind_a_body_is_none_of_its_name():
    title = "المتحدثة باسم وزيرة خارجية الاتحاد الأوروبي فيديريكا موغيريني"
    assert read_title(title, BASE).affiliation.of(title) == "الاتحاد الأوروبي"


def test_the_president_alone_is_that_of_his_country():
    assert read_title("الرئيس", BASE).office == "president"
    found = read_title("الرئيس", BASE, "eg")
    assert (found.office, found.body) == ("eg:president", "eg:presidency")


def test_a_city_where_an_office_is_held_is_no_affiliation():
    assert read_title("المدعي العام في نيويورك", BASE).affiliation is None
