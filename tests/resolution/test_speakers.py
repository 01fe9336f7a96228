"""Who speaks: person, office and affiliation apart; metonyms; unnamed sources and why they are not named."""

from datetime import date

import pytest

from qala.extraction.attribution import find_drafts
from qala.extraction.ranker import load_rankers
from qala.lexicon.actors import load_actors
from qala.model import Document
from qala.pipeline import extract, scan_text
from qala.resolution.candidates import Candidate
from qala.resolution.keys import keys_of
from qala.resolution.speakers import _bare, _part, _read, is_joined, name_of

BASE = load_actors()


def candidate(scan, first=0, last=None):
    last = len(scan.words) - 1 if last is None else last
    return Candidate(first, last, "self", 0, keys_of(scan, first, last), frozenset())


def speakers(text):
    return [s.speaker for s in extract(Document("d", text, date(2024, 10, 15))).statements]


@pytest.mark.parametrize(
    ("said", "entity", "said_as", "rule"),
    [
        ("الكرملين", "ru:presidency", "kremlin", "metonym:building"),
        ("بيونغ يانغ", "kp:government", "pyongyang", "metonym:place"),
        ("فرنسا", "fr:government", "fr", "metonym:state"),
    ],
)
def test_a_place_that_speaks_is_read_as_a_government(said, entity, said_as, rule):
    (speaker,) = speakers(f"قال {said} إن المحادثات مستمرة.")
    assert (speaker.entity, speaker.said_as, speaker.read_by) == (entity, said_as, rule)
    assert speaker.kind == "government"
    assert speaker.country == entity[:2]
    assert any(evidence.rule == rule for evidence in speaker.evidence)


def test_a_body_speaks_as_itself():
    (speaker,) = speakers("قالت وزارة الصحة اللبنانية إن المستشفيات امتلأت.")
    assert (speaker.entity, speaker.said_as, speaker.read_by) == ("lb:ministry-health", None, None)


def test_an_institution_of_no_known_country_is_a_candidate_only():
    facts = _read("وزارة الدفاع", "", False, BASE)
    assert facts.entity.id is None
    assert facts.entity.candidates == ("ministry-defence",)
    assert facts.kind == "government"


def test_a_name_that_is_an_ordinary_word_is_a_candidate_only():
    facts = _read("البيان", "", False, BASE)
    assert facts.kind == "document"
    assert facts.entity.id is None and facts.entity.candidates == ("al-bayan",)


def test_an_outlet_behind_its_class_word_is_known():
    assert _read('صحيفة "الغارديان" البريطانية', "", False, BASE).entity.id == "guardian"


def test_a_demonym_before_a_name_is_none_of_it():
    assert _read("التركي رجب طيب أردوغان", "", True, BASE).entity.id == "recep-tayyip-erdogan"


@pytest.mark.parametrize(
    ("source", "name", "title"),
    [
        ("وزير الدفاع الليبي، سالم فرحان", "سالم فرحان", "وزير الدفاع الليبي"),
        ("سالم فرحان، مدير الميناء", "سالم فرحان", "مدير الميناء"),
        ("وزير الخارجية الروسي سيرغي لافروف", "سيرغي لافروف", "وزير الخارجية الروسي"),
        ("الشركة، وهي من كبار الناقلين", "الشركة، وهي من كبار الناقلين", None),
        ("وزير الدفاع، ورئيس الأركان", "وزير الدفاع، ورئيس الأركان", None),
        ("وزارة النقل", "وزارة النقل", None),
    ],
)
def test_a_name_is_parted_from_its_title(source, name, title):
    scan, _, _ = scan_text(source)
    found, span = _part(scan, candidate(scan))
    assert scan.words.span(found.first, found.last).of(source) == name
    assert (span and span.of(source)) == title


def test_words_of_a_title_at_the_head_of_a_name_go_back_to_it():
    text = "وزير الطاقة السعودي الأمير سلطان بن نايف"
    scan, _, _ = scan_text(text)
    found, title = _bare(scan, BASE, candidate(scan, 2), scan.words.span(0, 1))
    assert scan.words.span(found.first, found.last).of(text) == "سلطان بن نايف"
    assert title.of(text) == "وزير الطاقة السعودي الأمير"


def test_a_joined_preposition_is_taken_off_and_the_article_given_back():
    scan, _, _ = scan_text("للوزارة لمحمد وزارة")
    assert name_of(scan, 0, 0, True)[0] == "الوزارة"
    name, span = name_of(scan, 1, 1, True)
    assert (name, span.of(scan.words.text)) == ("محمد", "محمد")
    assert name_of(scan, 2, 2, False)[0] == "وزارة"


REASON = "طلب عدم الكشف عن هويته لأنه غير مخول بالحديث"


def test_why_a_source_is_not_named():
    text = f"قال مسؤول أميركي {REASON} إن الاتفاق بات قريبا."
    (speaker,) = speakers(text)
    assert (speaker.kind, speaker.source_type, speaker.country) == ("anonymous", "official", "us")
    assert speaker.anonymity.of(text) == REASON
    assert speaker.span.of(text) == speaker.name == "مسؤول أميركي"


def test_asking_not_to_be_named_is_no_statement():
    statements = extract(Document("d", f"قال مسؤول أميركي {REASON} إن الاتفاق بات قريبا.")).statements
    assert [statement.attribution.act for statement in statements] == ["assert"]


def test_the_reason_may_stand_in_a_sentence_of_its_own():
    text = "قال مسؤول أميركي إن الاتفاق بات قريبا. وتحدث المسؤول شريطة عدم ذكر اسمه."
    assert speakers(text)[0].anonymity.of(text) == "شريطة عدم ذكر اسمه"


def test_a_reason_inside_a_content_is_about_somebody_else():
    (speaker,) = speakers("قال مصدر أمني إن الشاهد طلب عدم الكشف عن هويته.")
    assert speaker.anonymity is None and speaker.source_type == "security source"


def test_a_person_keeps_title_office_and_body():
    text = "قال المتحدث باسم الكرملين ديمتري بيسكوف إن المحادثات مستمرة."
    (speaker,) = speakers(text)
    assert speaker.name == "ديمتري بيسكوف"
    assert speaker.title.of(text) == "المتحدث باسم الكرملين"
    assert speaker.affiliation.of(text) == "الكرملين"
    assert (speaker.office, speaker.body, speaker.country) == ("ru:spokesperson", "ru:presidency", "ru")


def test_a_title_alone_is_a_person_with_an_office():
    text = "قال متحدث باسم الجيش الإسرائيلي إن القوات انسحبت."
    (speaker,) = speakers(text)
    assert speaker.kind == "person" and speaker.title is None
    assert speaker.affiliation.of(text) == "الجيش الإسرائيلي"
    assert speaker.body == "il:army"


def test_an_and_written_on_to_a_name_is_no_part_of_it():
    scan = scan_text("والمحتجون وأحمد وليد")[0]
    assert name_of(scan, 0, 0, False)[0] == "المحتجون"
    name, span = name_of(scan, 1, 1, False)
    assert (name, span.start) == ("أحمد", 11)
    assert name_of(scan, 2, 2, False)[0] == "وليد"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وزيران قطريان", "وزيران قطريان"),
        ("والدا الطفل", "والدا الطفل"),
        ("ومحمد سالم", "محمد سالم"),
    ],
)
def test_an_and_is_taken_off_and_a_first_letter_is_not(text, name):
    scan, _, _ = scan_text(text)
    assert name_of(scan, 0, len(scan.words) - 1, False)[0] == name


@pytest.mark.parametrize("origin", ["body", "unit", "prior", "near", "phrase"])
def test_a_joined_li_is_taken_off_whoever_proposes_the_name(origin):
    text = "وفقا للمرصد السوري، نفذت عدة غارات."
    scan, _, _ = scan_text(text)
    draft = next(d for d in find_drafts(scan, load_rankers()) if d.source is not None)
    found = candidate(scan, draft.source.first, draft.source.last)._replace(origin=origin)
    assert is_joined(scan, draft, found)
    assert name_of(scan, found.first, found.last, True)[0] == "المرصد السوري"
