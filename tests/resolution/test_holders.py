"""Offices that the actor base knows: who holds the one that a source names."""

import pytest

from qala.lexicon.actors import load_actors
from qala.pipeline import scan_text
from qala.resolution.holders import NOBODY, Holder, Office, holder_of, office_of, person_of, relation


def office(text: str) -> Office | None:
    scan, _, _ = scan_text(text)
    return office_of(scan, load_actors(), 0, len(scan.words) - 1)


def holder(name: str) -> Holder:
    scan, _, _ = scan_text(name)
    return holder_of(load_actors(), scan.words, 0, len(scan.words) - 1)


def test_a_source_names_an_office_and_its_state() -> None:
    assert office("الرئيس الأمريكي") == Office("president", frozenset({"us"}))
    assert office("وزير الخارجية في روسيا") == Office("foreign-minister", frozenset({"ru"}))
    assert office("المسؤول الألماني") == Office("", frozenset({"de"}))
    assert office("الطبيب") is None


def test_the_base_knows_roles_and_states_of_persons() -> None:
    assert holder("دونالد ترامب") == Holder(frozenset({"president"}), "us")
    assert "spokesperson" in holder("ديمتري بيسكوف").offices
    assert holder("سلمان الزنبلاوي") is NOBODY


@pytest.mark.parametrize(
    ("title", "name", "fits"),
    [
        ("الرئيس الأمريكي", "دونالد ترامب", "cc"),
        ("الرئيس الأفغاني", "دونالد ترامب", "cx"),
        ("وزير الخارجية الأمريكي", "دونالد ترامب", "xc"),
        ("الرئيس", "دونالد ترامب", "c-"),
        ("المسؤول الروسي", "ديمتري بيسكوف", "-c"),
        ("الوزير الروسي", "سيرغي لافروف", "cc"),
    ],
)
def test_an_office_fits_or_contradicts_what_is_known(title: str, name: str, fits: str) -> None:
    said = office(title)
    assert said is not None
    assert relation(said, holder(name)) == fits


def test_of_somebody_unknown_nothing_is_said() -> None:
    said = office("الرئيس الأمريكي")
    assert said is not None
    assert relation(said, NOBODY) == ""


def test_a_body_is_no_person() -> None:
    scan, _, _ = scan_text("دونالد ترامب والأمم المتحدة")
    base = load_actors()
    assert person_of(base, scan.words, 0, 1) == "donald-trump"
    assert person_of(base, scan.words, 2, 3) == ""
