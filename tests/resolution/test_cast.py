"""Who is named in an article: bodies joined, persons with their gender."""

import pytest

from qala.extraction.attribution import find_drafts
from qala.extraction.ranker import load_rankers
from qala.lexicon.actors import load_actors
from qala.pipeline import scan_text
from qala.resolution.cast import Cast, find_cast


def cast_of(text: str) -> tuple[Cast, list[str], dict[str, str]]:
    scan, _, _ = scan_text(text)
    cast = find_cast(scan, load_actors(), find_drafts(scan, load_rankers()))
    names = [scan.words.span(unit.first, unit.last).of(text) for unit in cast.units]
    genders = {scan.words.span(p.first, p.last).of(text): p.gender for p in cast.persons}
    return cast, names, genders


def test_a_short_name_of_a_body_is_the_body() -> None:
    cast, names, _ = cast_of(
        "اجتمعت لجنة الانتخابات المركزية أمس.\n\nوأجلت اللجنة التصويت. وغادرت لجنة الانتخابات القاعة."
    )
    assert names == ["لجنة الانتخابات المركزية"]
    assert len(cast.units[0].places) == 3


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("قالت كيم بيرغ إن السفينة غرقت.", "f"),
        ("قال كيم بيرغ إن السفينة غرقت.", "m"),
        ("وصلت الوزيرة كيم بيرغ إلى المدينة.", "f"),
        ("وصل محمد بيرغ إلى المدينة.", "m"),
    ],
)
def test_the_gender_is_that_of_the_verb_then_the_title_then_the_given_name(text: str, gender: str) -> None:
    _, _, genders = cast_of(text)
    assert list(genders.values()) == [gender]


def test_a_person_of_the_base_brings_office_and_state() -> None:
    cast, _, _ = cast_of("وصل دونالد ترامب إلى القاعة. وغادر خالد الزنبلي.")
    assert [(person.known.country, sorted(person.known.offices)) for person in cast.persons] == [
        ("us", ["president"]),
        ("", []),
    ]


def test_a_slip_in_a_source_is_the_name() -> None:
    cast, _, _ = cast_of("وصل بنيامين نتنياهو إلى القاعة. وقال نتياهو إن الموسم جيد.")
    assert cast.spelt == {"نتياهو": "نتنياهو"}
