"""Who speaks, compared: the relation of two speakers, the same in either order."""

import itertools

import pytest

from qala.corroboration.gold_form import read_article
from qala.corroboration.speakers_compared import NOBODY, compare_speakers, list_voices

NAMES = {
    "lavrov": "سيرغي لافروف",
    "moscow": "موسكو",
    "russia": "روسيا",
    "ministry": "وزارة الخارجية الروسية",
    "zakharova": "ماريا زاخاروفا",
    "zakharova2": "ماريا زخاروفا",
    "may": "تيريزا ماي",
    "london": "لندن",
    "sources": "مصادر في الإدارة الأميركية",
    "washington": "واشنطن",
    "official": "مصدر رسمي",
    "team": "فريق التحقيق الدولي",
    "investigators": "محققون دوليون",
    "observatory": "المرصد السوري لحقوق الإنسان",
    "damascus": "دمشق",
    "prosecution": "النيابة الهولندية",
    "slip": "المرصد السوري لحقوق الإنسات",
    "foreign": "فيلبرخت هوفمانسكي",
    "foreign2": "ويلبرخت هوفمانسكي",
    "hassan": "محمد حسن الشواربي",
    "mahmoud": "محمود حسن الشواربي",
}


@pytest.fixture(scope="module")
def voices(press):
    records = press("X", *[(name, "قال", "إن الوضع هادئ") for name in NAMES.values()])
    found = list_voices(records)
    return {key: found[record.id] for key, record in zip(NAMES, records, strict=True)}


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("moscow", "russia", "same"),
        ("zakharova", "zakharova2", "same"),
        ("lavrov", "moscow", "voice"),
        ("ministry", "moscow", "state"),
        ("lavrov", "zakharova", "persons"),
        ("lavrov", "may", "persons"),
        ("may", "london", "voice"),
        ("lavrov", "london", "other"),
        ("sources", "washington", "unnamed"),
        ("sources", "moscow", "other"),
        ("official", "damascus", "unknown"),
        ("team", "investigators", "alike"),
        ("observatory", "damascus", "other"),
        ("team", "prosecution", "alike"),
        ("investigators", "prosecution", "alike"),
        ("slip", "observatory", "part"),
        ("foreign", "foreign2", "part"),
        ("hassan", "mahmoud", "persons"),
    ],
)
def test_relations(voices, a, b, relation):
    assert compare_speakers(voices[a], voices[b]) == relation


def test_relations_are_symmetric(voices):
    for a, b in itertools.combinations(voices.values(), 2):
        assert compare_speakers(a, b) == compare_speakers(b, a)


def test_nobody_is_unknown(voices):
    assert compare_speakers(NOBODY, voices["may"]) == "unknown"
    assert compare_speakers(NOBODY, NOBODY) == "unknown"


def test_a_title_of_one_article_holds_in_the_others(press):
    text = "قال وزير الدفاع الكندي جوناثان ماكنزي إن الوضع هادئ"
    row = {
        "id": "s1",
        "source": [4, 37],
        "speaker": "جوناثان ماكنزي",
        "cue": [[0, 3]],
        "content": [[38, len(text)]],
    }
    titled = list(read_article({"id": "T", "text": text, "statements": [row]}, "T"))
    plain = press("P", ("جوناثان ماكنزي", "أضاف", "أن الحدود آمنة"), ("أوتاوا", "قالت", "إن الحدود آمنة"))
    found = list_voices([*titled, *plain])
    assert found["P:s1"].country == "ca"
    assert compare_speakers(found["P:s1"], found["P:s2"]) == "voice"


def titled(name, title, speaker):
    text = f"قال {title} {speaker} إن الوضع هادئ"
    end = len(f"قال {title} {speaker}")
    row = {"id": "s1", "source": [4, end], "speaker": speaker, "cue": [[0, 3]], "content": [[end + 1, len(text)]]}
    return list(read_article({"id": name, "text": text, "statements": [row]}, name))


@pytest.mark.parametrize(
    ("title", "body", "relation"),
    [
        ("مدير المرصد", "المرصد السوري لحقوق الإنسان", "voice"),
        ("رئيسة الاتحاد", "اتحاد الإغاثة الطبية", "voice"),
        ("مدير الشركة", "المرصد السوري لحقوق الإنسان", "other"),
        ("مدير مكتب المرصد المالي", "المرصد السوري لحقوق الإنسان", "other"),
    ],
)
def test_a_title_that_names_a_body_speaks_for_it(press, title, body, relation):
    person = titled("T", title, "سامر حدادين")
    found = list_voices([*person, *press("P", (body, "قال", "إن الوضع هادئ"))])
    assert compare_speakers(found["T:s1"], found["P:s1"]) == relation
    assert compare_speakers(found["P:s1"], found["T:s1"]) == relation
