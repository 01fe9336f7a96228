"""Persons and bodies of an article: the places that name one are joined, those of another are not."""

from qala.extraction.scan import Scan
from qala.lexicon.actors import load_actors
from qala.pipeline import scan_text
from qala.resolution.persons import find_persons
from qala.resolution.profiles import Profile, profile_persons
from qala.resolution.spellings import find_spellings


def profiles(text: str) -> tuple[Scan, list[Profile]]:
    scan, _, _ = scan_text(text)
    persons = find_persons(scan)
    words = [scan.words.forms[j] for p in persons for j in range(p.first, p.last + 1)]
    return scan, profile_persons(scan, persons, find_spellings(words, []), load_actors())


def names(text: str) -> list[str]:
    scan, found = profiles(text)
    return [scan.words.span(p.first, p.last).of(text) for p in found]


def test_a_son_is_not_his_father() -> None:
    assert names("وصل فيصل بن سالم بن منصور. ثم غادر سالم بن منصور.") == ["فيصل بن سالم بن منصور", "سالم بن منصور"]


def test_names_that_the_base_knows_as_one_person_are_one() -> None:
    assert names("قال الملك سلمان إن الموسم جيد. واستقبل سلمان بن عبد العزيز الوفد.") == ["سلمان بن عبد العزيز"]


def test_two_spellings_of_a_name_are_one_person() -> None:
    text = "وصل كارل بيرغمان. وغنى كارل برغمان."
    _, found = profiles(text)
    assert [len(profile.places) for profile in found] == [2]


def test_what_stands_behind_a_name_introduces_it() -> None:
    _, [profile] = profiles("قال خالد منصور، رئيس بلدية الزهور، إن الموسم جيد.")
    assert {"رييس", "بلديه", "زهور"} <= profile.context
    _, [profile] = profiles("قال خالد منصور رئيس بلدية الزهور إن الموسم جيد.")
    assert "رييس" in profile.context
