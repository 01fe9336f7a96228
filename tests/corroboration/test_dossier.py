"""A dossier holds every voice with its words, counts by sign, and no verdict."""

from dataclasses import replace
from datetime import date

from qala.corroboration.dossier import choose_speaker, make_dossier
from qala.corroboration.model import Claim, Conflict, Copy, Passage, Stance, Utterance
from qala.model import Document, Evidence, Span, Speaker
from qala.pipeline import extract
from qala.records import list_records

AFFIRMED = "قال وزير الري كمال الراوي إن السد ربما انهار، وفق ما نقلته وكالة رويترز."
DENIED = "نفى مدير السد نبيل الحداد أن يكون السد قد انهار."
DECLINED = "امتنعت وزارة الدفاع عن التعليق على انهيار السد."


def read(key, text, day=5, outlet="paper"):
    document = Document(key, text, date(2024, 3, day), outlet, f"https://example.org/{key}", "عنوان")
    return replace(next(iter(list_records(extract(document)))), id=key)


RECORDS = [read("d1", AFFIRMED, 5), read("d2", AFFIRMED, 6, "other"), read("d3", DENIED, 7), read("d4", DECLINED, 7)]
UTTERANCES = [Utterance("u1", ("d1", "d2", "lost")), Utterance("u2", ("d3",)), Utterance("u3", ("d4",))]
WHY = Evidence("sign:deny", (Span(0, 3),), "نفى")
CLAIM = Claim(
    "c1",
    "انهيار السد",
    (Stance("u2", "-", (WHY,)), Stance("u3", "0"), Stance("u1", "+")),
    (Conflict("denial", "u1", "u2", (WHY,)),),
)
WHOLE = Span(0, len(AFFIRMED))
COPIES = [
    Copy(RECORDS[0].document_id, RECORDS[1].document_id, "wire", (Passage(WHOLE, WHOLE, 12, 1.0),), "رويترز"),
    Copy("elsewhere", RECORDS[1].document_id, "wire", ()),
]


def dossier():
    return make_dossier(CLAIM, UTTERANCES, RECORDS, COPIES)


def test_voices_stand_by_sign_with_their_own_words():
    found = dossier()
    assert [voice.sign for voice in found.voices] == ["+", "-", "0"]
    (affirms,) = found.of_sign("+")
    assert affirms.speaker == "كمال الراوي"
    assert affirms.title == "وزير الري"
    assert [printing.record for printing in affirms.printings] == ["d1", "d2"]
    assert affirms.printings[0].words == "إن السد ربما انهار"
    assert affirms.printings[0].hedges == ("ربما",)
    assert affirms.said is None
    (denies,) = found.of_sign("-")
    assert denies.evidence == (WHY,)


def test_counts_by_sign_and_what_is_missing():
    found = dossier()
    affirmed = found.origins_of("+")
    assert (affirmed.shown, affirmed.possible, affirmed.speakers, affirmed.transmissions) == (1, 1, 1, 1)
    assert found.origins_of("-").possible == 1
    assert found.origins_of("?") is None
    assert (found.articles, found.outlets, found.left_out) == (4, 2, 1)


def test_only_copies_among_its_own_pages():
    assert [copy.agency for copy in dossier().copies] == ["رويترز"]


def test_the_order_of_the_arguments_changes_nothing():
    turned = make_dossier(replace(CLAIM, stances=CLAIM.stances[::-1]), UTTERANCES[::-1], RECORDS[::-1], COPIES[::-1])
    assert turned == dossier()


def test_adding_a_denial_removes_no_affirmation():
    without = make_dossier(replace(CLAIM, stances=CLAIM.stances[1:]), UTTERANCES, RECORDS, COPIES)
    assert without.of_sign("+") == dossier().of_sign("+")
    assert without.origins_of("+") == dossier().origins_of("+")


def name_speakers(*names):
    return [Speaker(name, Span(0, 1), kind=kind) for name, kind in names]


def test_an_utterance_goes_by_whom_its_printings_name():
    """One page that takes a ministry's words for a person's does not make them his."""
    ministry, person = ("وزارة الري", "organisation"), ("كمال الراوي", "person")
    assert choose_speaker(name_speakers(*[ministry] * 9, person)).name == "وزارة الري"
    assert choose_speaker(name_speakers(ministry, ministry, person)).name == "كمال الراوي"
    assert choose_speaker(name_speakers(("مصدر", "anonymous"), ("مصدر", "anonymous"), ministry)).name == "وزارة الري"
    assert choose_speaker([]) is None
