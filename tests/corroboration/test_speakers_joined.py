"""One speaker an utterance; names that are spellings of one; no more than the texts say."""

from qala.corroboration.speakers_joined import join_speakers
from qala.corroboration.transmissions import Transmitted


def said(record, name, entity=None, person=True, named=True):
    kind = "id" if entity else ("name" if named else "anonymous")
    key = (kind, entity) if entity else (kind, *name.split())
    return Transmitted(record, record, None, key, name, named, person and named, None, (), True)


def test_the_closest_naming_speaks_for_the_utterance():
    told = [said("r1", "موسكو", "ru", person=False), said("r2", "سيرغي لافروف", "lavrov")]
    found = join_speakers(told, {"r1": "u", "r2": "u"})
    assert found.find("r1") == found.find("r2") == ("id", "lavrov")


def test_a_capital_does_not_make_two_ministers_one():
    told = [
        said("r1", "موسكو", "ru", person=False),
        said("r2", "سيرغي لافروف", "lavrov"),
        said("r3", "موسكو", "ru", person=False),
        said("r4", "ديمتري بيسكوف", "peskov"),
    ]
    found = join_speakers(told, {"r1": "u", "r2": "u", "r3": "w", "r4": "w"})
    assert len({found.find(record) for record in ("r1", "r2", "r3", "r4")}) == 2


def test_spellings_of_one_name_are_one_speaker_and_say_so():
    found = join_speakers([said("r1", "جوزيف ديمبسي"), said("r2", "ديمبسي"), said("r3", "نبيل الحداد")], {})
    assert found.find("r1") == found.find("r2") != found.find("r3")
    (why,) = found.joined.reasons()
    assert why.rule == "speakers:name"


def test_two_actors_of_the_base_are_never_one_by_spelling():
    found = join_speakers([said("r1", "بوش", "george-bush"), said("r2", "بوش", "george-w-bush")], {})
    assert found.find("r1") != found.find("r2")


def test_an_unknown_speaker_has_no_key():
    nobody = Transmitted("r1", "r1", None, None, "", False, False, None, (), True)
    assert join_speakers([nobody], {}).find("r1") is None
    assert join_speakers([nobody, said("r2", "نبيل الحداد")], {"r1": "u", "r2": "u"}).find("r1") is not None
