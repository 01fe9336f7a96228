"""Exchange frames: who could give or wants what, from whom, according to whom."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qala.corroboration.exchange import find_exchanges
from qala.model import Document
from qala.pipeline import extract
from qala.records import list_records


def read(text):
    records = list(list_records(extract(Document("d", text, date(2023, 9, 5)))))
    return list(find_exchanges(records))


def told(frame):
    return (
        frame.direction,
        frame.giver and frame.giver.words,
        frame.receiver and frame.receiver.words,
        frame.thing and frame.thing.words,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "قالت واشنطن إن كوريا الشمالية زودت روسيا بقذائف مدفعية.",
            ("has given", "كوريا الشمالية", "روسيا", "قذائف مدفعية"),
        ),
        (
            "قال الباحث كمال الراوي إن كوريا الشمالية يمكن أن تقدم قذائف لروسيا.",
            ("could give", "كوريا الشمالية", "روسيا", "قذائف"),
        ),
        (
            "قال الباحث كمال الراوي إن كوريا الشمالية تريد الحصول على الغذاء من روسيا.",
            ("wants", "روسيا", "كوريا الشمالية", "الغذاء"),
        ),
        (
            "قال الباحث كمال الراوي إن روسيا ستبيع منظومة دفاعية لتركيا.",
            ("will give", "روسيا", "تركيا", "منظومة دفاعية"),
        ),
        (
            "قال الباحث كمال الراوي إن الصين لن تبيع أسلحة لروسيا.",
            ("refuses", "الصين", "روسيا", "أسلحة"),
        ),
        (
            "قال الباحث كمال الراوي إن ألمانيا أوقفت بيع أسلحة لتركيا.",
            ("stopped giving", "ألمانيا", "تركيا", "أسلحة"),
        ),
        (
            "قال الباحث كمال الراوي إن اليمن يحتاج إلى الغذاء.",
            ("wants", None, "اليمن", "الغذاء"),
        ),
    ],
)
def test_who_gives_what_to_whom(text, expected):
    assert [told(frame) for frame in read(text)] == [expected]


def test_a_denial_of_ones_own_giving():
    (frame,) = read("نفت بيونغ يانغ مرارا تزويد روسيا بالأسلحة.")
    assert (frame.direction, frame.receiver.words, frame.thing.words) == ("denies giving", "روسيا", "الأسلحة")
    assert frame.giver.is_speaker
    assert frame.giver.span is None
    assert frame.according_to == "بيونغ يانغ"


def test_what_is_wanted_in_return():
    text = "قال الباحث كمال الراوي إن كوريا الشمالية زودت روسيا بقذائف مقابل الغذاء."
    (frame,) = read(text)
    assert frame.in_return.words == "الغذاء"
    assert "مقابل" not in frame.thing.words or frame.thing.words.startswith("قذائف")


def test_a_condition_is_kept():
    text = "قال الباحث كمال الراوي إن إيران ستحصل على مقاتلات من روسيا إذا زودت روسيا بطائرات."
    conditions = [frame.condition.of(text) for frame in read(text) if frame.condition]
    assert conditions == ["إذا زودت روسيا بطائرات"]


def test_capitals_are_their_states_and_spans_are_exact():
    text = "قالت واشنطن إن بيونغ يانغ زودت موسكو بصواريخ مشاة."
    (frame,) = read(text)
    assert (frame.giver.ids, frame.receiver.ids) == (("kp",), ("ru",))
    assert (frame.giver.country, frame.receiver.country) == ("kp", "ru")
    for party in (frame.giver, frame.receiver, frame.thing):
        assert party.span.of(text) == party.words
    assert frame.cue.of(text) == "زودت"
    assert frame.evidence[0].rule == "exchange:zawwada"


def test_we_are_the_speaker():
    (frame,) = read('قال الرئيس التركي رجب طيب أردوغان: "سنزود قطر بالغذاء".')
    assert frame.giver.is_speaker
    assert frame.giver.words == frame.according_to


@pytest.mark.parametrize(
    "text",
    [
        "قال الوزير كمال الراوي إن المدير قدم استقالته للرئيس.",
        "قال الوزير كمال الراوي إن الجيش تقدم إلى الشمال.",
        "قال الوزير كمال الراوي إن الطقس جميل.",
        "زودت كوريا الشمالية روسيا بالسلاح.",
        "قال الوزير كمال الراوي إن روسيا أعطت تركيا انطباعا جيدا.",
        "قال الوزير كمال الراوي إن فرنسا قدمت التعازي لتركيا.",
    ],
)
def test_what_is_no_exchange_or_nobodys_words(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("قال الباحث كمال الراوي إن ألمانيا دعت إلى وقف بيع أسلحة لتركيا.", "should stop"),
        ("قال الباحث كمال الراوي إن ألمانيا أوقفت بيع أسلحة لتركيا.", "stopped giving"),
        ("قال الباحث كمال الراوي إن العالم يضمن عدم حصول إيران على أسلحة.", "does not get"),
        ("قال الباحث كمال الراوي إن اليمن لن يحتاج إلى المساعدات.", "does not want"),
        ("قال الباحث كمال الراوي إنه تم تسليم أسلحة إلى العراق.", "has given"),
        ("قال الباحث كمال الراوي إنه سيتم تسليم أسلحة إلى العراق.", "will give"),
        ("قال الباحث كمال الراوي إن ألمانيا ناقشت تسليم أسلحة إلى العراق.", "discusses"),
    ],
)
def test_what_is_said_of_an_exchange(text, direction):
    assert [frame.direction for frame in read(text)] == [direction]


def test_both_sides_of_talks_where_it_stays_open_who_gives():
    (frame,) = read("قال الباحث كمال الراوي إن مفاوضات الأسلحة بين روسيا والهند تحرز تقدما.")
    assert (frame.direction, frame.giver, frame.receiver, frame.goods) == ("discusses", None, None, "arms")
    assert [party.words for party in frame.between] == ["روسيا", "الهند"]


def test_what_is_not_named_is_filled_from_the_question_of_the_section():
    text = (
        "عقد الجانبان اجتماعا في العاصمة يوم الأحد الماضي لبحث العلاقات بينهما وسط اهتمام واسع من المراقبين.\n"
        "ماذا تريد تركيا في المقابل؟\n"
        "وقال الباحث كمال الراوي إن روسيا دولة مصدرة للغاز، ودولة مصدرة للقمح.\n"
    )
    frames = read(text)
    assert [told(frame) for frame in frames] == [
        ("gives", "روسيا", "تركيا", "للغاز"),
        ("gives", "روسيا", "تركيا", "للقمح"),
    ]
    assert {frame.receiver.rule for frame in frames} == {"question"}
    assert frames[1].giver.rule == "carried over"


def test_having_is_an_exchange_only_under_a_question():
    assert read("قال الباحث كمال الراوي إن روسيا تمتلك الغاز.") == []


def test_a_condition_in_whole_and_none_for_what_is_the_condition_itself():
    text = "قال الباحث كمال الراوي إن روسيا ستزود تركيا بالغاز إذا رفعت العقوبات."
    (frame,) = read(text)
    assert frame.condition.of(text) == "إذا رفعت العقوبات"
    (frame,) = read("قال الباحث كمال الراوي إن الحرب تنتهي إذا زودت روسيا تركيا بالغاز.")
    assert frame.condition is None
    assert frame.direction == "could give"
    (frame,) = read("قال الباحث كمال الراوي إنه يدرس ما إذا كانت روسيا زودت تركيا بالغاز.")
    assert frame.condition is None


def test_that_he_is_the_speaker_where_his_verb_agrees_and_nobody_where_it_is_a_dummy():
    (frame,) = read("قالت الشركة المصرية إنها باعت أسلحة لتركيا.")
    assert frame.giver.is_speaker
    for text in ("قالت الشركة المصرية إنه باع أسلحة لتركيا.", "قال الوزير كمال الراوي إنه يجب بيع أسلحة لتركيا."):
        (frame,) = read(text)
        assert frame.giver is None


def test_the_adjective_of_a_people_gives():
    (frame,) = read("قال الباحث كمال الراوي إن المساعدات الأميركية لباكستان كبيرة.")
    assert (frame.giver.ids, frame.receiver.ids, frame.thing.words) == (("us",), ("pk",), "المساعدات")


PIECES = "إن أن روسيا كوريا الشمالية زودت تزويد ستقدم لم لن يمكن على من إلى ل بقذائف و ، . مقابل الغذاء"
WORDS = st.lists(st.sampled_from(sorted(set(PIECES.split()))), max_size=14)


@settings(max_examples=80, deadline=None)
@given(WORDS)
def test_any_words_give_spans_inside_the_content(words):
    text = "قال الوزير كمال الراوي إن " + " ".join(words)
    records = list(list_records(extract(Document("d", text))))
    contents = [span for record in records for span in record.statement.attribution.content]
    for frame in find_exchanges(records):
        for party in (frame.giver, frame.receiver, frame.thing):
            if party is not None and party.span is not None:
                assert party.span.of(text) == party.words
        assert any(span.start <= frame.cue.start and frame.cue.end <= span.end for span in contents)
