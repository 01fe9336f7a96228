"""The dossier on a terminal: doubles told once, what is first marked in the timeline, distant voices told to be so."""

from dataclasses import replace
from datetime import date

from qala.cli.claims_dossier import show_dossier
from qala.cli.screen import Screen
from qala.corroboration.dossier import make_dossier
from qala.corroboration.model import Claim, Stance, Utterance
from qala.model import Document
from qala.pipeline import extract
from qala.records import list_records

AFFIRMED = "قال وزير الري كمال الراوي إن السد القديم انهار وغرقت ثلاثون قرية."
DENIED = "نفى مدير السد نبيل الحداد أن يكون السد القديم انهار."
GLOSS = "السد القديم انهار"


def read(key, text, day, url):
    document = Document(key, text, date(2024, 3, day), "paper", f"https://example.org/{url}", "عنوان")
    return replace(next(iter(list_records(extract(document)))), id=key)


def lines(gloss=GLOSS, language="en"):
    records = [
        read("d1", AFFIRMED, 5, "first"),
        read("d2", AFFIRMED, 6, "%D8%AB%D8%A7%D9%86"),
        read("d3", DENIED, 7, "c"),
    ]
    utterances = [Utterance("u1", ("d1", "d2")), Utterance("u2", ("d3",))]
    claim = Claim("c1", gloss, (Stance("u1", "+"), Stance("u2", "-")), ())
    dossier = make_dossier(claim, utterances, records, [])
    return [line.plain for line in show_dossier(dossier, Screen(), language)]


def test_a_page_that_is_held_twice_shows_its_words_once():
    shown = lines()
    words = [line for line in shown[: shown.index("Timeline")] if "ثلاثون قرية" in line]
    (double,) = [line for line in shown if "the same page again" in line]
    assert len(words) == 1 and double.strip().startswith("d2")
    assert "https://example.org/ثان" in double and "paper" not in double


def test_a_turn_stands_once_and_says_on_which_clock_it_is_first():
    shown = lines()
    timeline = shown[shown.index("Timeline") + 1 :]
    turns = [line for line in timeline if line.startswith("    [")]
    assert [line.strip()[1] for line in turns] == ["+", "-"]
    assert [line.count("first printed") for line in turns] == [1, 1]
    assert not [line for line in timeline if line.strip().startswith("first")]


def test_a_voice_of_other_words_is_told_to_be_distant():
    assert not [line for line in lines() if "hardly a word in common" in line]
    distant = [line for line in lines("ارتفعت أسعار القمح في الأسواق") if "hardly a word in common" in line]
    assert len(distant) == 2 and "كمال الراوي" in distant[0]


def test_the_words_above_are_told_by_whom():
    assert any("in the words of" in line and "كمال الراوي" in line for line in lines())
    assert any("بلفظ" in line for line in lines(language="ar"))
