"""PLOVER-like events: type, agent, recipient, time and modality, always according to somebody."""

from datetime import date

import pytest

from qala.corroboration.events import EVENT_TYPES, QUADS, find_events
from qala.model import Document
from qala.pipeline import extract
from qala.records import list_records


def read(text, published=date(2018, 4, 10)):
    return list(find_events(list(list_records(extract(Document("d", text, published))))))


def told(event):
    return (
        event.type,
        event.modality,
        event.agent and event.agent.words,
        event.recipient and event.recipient.words,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال الوزير كمال الراوي إن روسيا قصفت أوكرانيا.", ("ASSAULT", "asserted", "روسيا", "أوكرانيا")),
        ("قال الوزير كمال الراوي إن تركيا لم تقصف سوريا.", ("ASSAULT", "negated", "تركيا", "سوريا")),
        ("قال الوزير كمال الراوي إن تركيا لن تقصف سوريا.", ("ASSAULT", "refused", "تركيا", "سوريا")),
        ("قال الوزير كمال الراوي إن تركيا ستقصف سوريا.", ("ASSAULT", "planned", "تركيا", "سوريا")),
        ("قال الوزير كمال الراوي إن تركيا يمكن أن تقصف سوريا.", ("ASSAULT", "possible", "تركيا", "سوريا")),
        (
            "قال الوزير كمال الراوي إن الولايات المتحدة فرضت عقوبات على إيران.",
            ("COERCE", "asserted", "الولايات المتحدة", "إيران"),
        ),
        (
            "قال الوزير كمال الراوي إن السعودية قطعت علاقاتها مع قطر.",
            ("SANCTION", "asserted", "السعودية", "قطر"),
        ),
    ],
)
def test_events_that_contents_tell_of(text, expected):
    assert [told(event) for event in read(text)] == [expected]


def test_a_denial_is_no_event_but_denies_one():
    (event,) = read("نفت روسيا قصف سوريا.")
    assert (event.type, event.modality, event.recipient.words) == ("ASSAULT", "denied", "سوريا")
    assert event.agent.is_speaker
    assert not event.by_saying


def test_an_accusation_is_an_event_and_tells_of_one():
    saying, alleged = read("اتهمت بريطانيا روسيا بتسميم سيرغي سكريبال.")
    assert told(saying) == ("ACCUSE", "asserted", "بريطانيا", "روسيا")
    assert saying.by_saying
    assert saying.agent.is_speaker
    assert told(alleged) == ("ASSAULT", "alleged", "روسيا", "سيرغي سكريبال")
    assert alleged.according_to == "بريطانيا"


def test_who_is_asked_and_what_he_would_do():
    text = "طالبت فرنسا إيران بالانسحاب من سوريا."
    types = {(event.type, event.modality, event.agent.words) for event in read(text)}
    assert ("REQUEST", "asserted", "فرنسا") in types
    assert ("RETREAT", "asked", "إيران") in types


def test_refusing_is_rejecting_and_no_condemnation():
    assert not [event for event in read("رفضت روسيا اتهامات بريطانيا.") if event.type == "ACCUSE" and event.by_saying]


def test_the_time_is_that_of_the_event_and_never_that_of_the_page():
    dated = read("قال الوزير كمال الراوي إن روسيا قصفت أوكرانيا يوم السبت الماضي.")[0]
    assert dated.time == "2018-04-07"
    assert read("قال الوزير كمال الراوي إن روسيا قصفت أوكرانيا.")[0].time is None


def test_plain_assertions_and_pages_without_a_speaker_tell_nothing():
    assert read("قال الوزير كمال الراوي إن الطقس جميل.") == []
    assert read("قصفت روسيا أوكرانيا أمس.") == []


def test_every_type_has_a_quad():
    assert set(QUADS) == set(EVENT_TYPES)
    assert sorted(set(QUADS.values())) == [1, 2, 3, 4]
    assert read("قال الوزير كمال الراوي إن روسيا قصفت أوكرانيا.")[0].quad == 4


def test_spans_are_exact_and_rules_are_named():
    text = "قال الوزير كمال الراوي إن روسيا قصفت أوكرانيا."
    (event,) = read(text)
    assert event.cue.of(text) == "قصفت"
    assert event.agent.span.of(text) == "روسيا"
    assert event.evidence[0].rule == "event:qasafa"
    assert (event.agent.country, event.recipient.country) == ("ru", "ua")


def test_a_time_of_another_clause_is_not_the_events():
    (event,) = read("قال الوزير كمال الراوي إن روسيا قصفت أوكرانيا لأنها كانت تستعد للحرب منذ يوم السبت الماضي.")
    assert event.time is None


def test_the_subject_of_a_verbal_noun_stands_before_its_object():
    (event,) = read("قال الوزير كمال الراوي إن دعم إيران للحوثيين كبير.")
    assert told(event) == ("SUPPORT", "asserted", "إيران", "للحوثيين")
    (event,) = read("قال الوزير كمال الراوي إن القصف الروسي على أوكرانيا عنيف.")
    assert (event.agent.ids, event.recipient.ids) == (("ru",), ("ua",))


def test_a_request_that_was_not_made_tells_of_no_event():
    (event,) = read("قال الوزير كمال الراوي إنه لم يطالب فرنسا بالانسحاب من سوريا.")
    assert (event.type, event.modality) == ("REQUEST", "negated")


def test_who_is_asked_is_not_the_place():
    texts = ("طالب الوزير كمال الراوي أمام البرلمان بالانسحاب.", "طالب الوزير كمال الراوي إيران بالانسحاب.")
    asked = [[event.recipient.words for event in read(text) if event.by_saying] for text in texts]
    assert asked == [[], ["إيران"]]
