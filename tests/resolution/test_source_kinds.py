"""The kind of a source by its noun phrase."""

import pytest

from qala.lexicon.actors import load_actors
from qala.resolution.source_kinds import kind_of
from qala.text.words import find_words

BASE = load_actors()


@pytest.mark.parametrize(
    ("phrase", "kind", "country"),
    [
        ("الرئيس الروسي", "person", "ru"),
        ("الرئيس الأمريكي دونالد ترامب", "person", "us"),
        ("المتحدثة باسم مجلس الأمن القومي بالبيت الأبيض أدريان واتسون", "person", "us"),
        ("الباحث في المعهد الدولي للدراسات الاستراتيجية، جوزيف ديمبسي", "person", None),
        ("زميل أبحاث كبير في المعهد الكوري للتوحيد الوطني، تشو هان بوم", "person", None),
        ("وزيرة الخارجية الألمانية", "person", "de"),
        ("المتحدث باسم الكرملين", "person", "ru"),
        ("جون سميث", "person", None),
        ("محمد علي", "person", None),
        ("بوتين", "person", "ru"),
        ("مسؤول كبير في وزارة الدفاع أحمد حسن", "person", None),
        ("وزارة الخارجية الروسية", "government", "ru"),
        ("الخارجية الأميركية", "government", "us"),
        ("جيش الاحتلال الإسرائيلي", "government", "il"),
        ("القوات العراقية", "government", "iq"),
        ("وزارة الصحة في غزة", "government", "ps"),
        ("الكرملين", "government", "ru"),
        ("واشنطن", "government", "us"),
        ("الولايات المتحدة", "government", "us"),
        ("الأمم المتحدة", "organisation", None),
        ("منظمة غير حكومية", "organisation", None),
        ("شركة مجهولة", "organisation", None),
        ("فريق التحقيق", "organisation", None),
        ("فريق من الخبراء", "organisation", None),
        ("الفريق القانوني", "organisation", None),
        ("فريق التفاوض الإيراني", "organisation", "ir"),
        ("الفريق", "organisation", None),
        ("الفريق أول محمد زكي", "person", "eg"),
        ("الفريق ركن سالم الراوي", "person", None),
        ("فريق أول متقاعد", "person", None),
        ("الفريق سالم الراوي", "person", None),
        ("الفريق سامي عنان", "person", "eg"),
        ("لواء متقاعد", "person", None),
        ("حزب الله", "group", "lb"),
        ("الحوثيون", "group", "ye"),
        ("الفلسطينيون", "group", "ps"),
        ("جماعة مسلحة", "group", None),
        ('وكالة "فرانس برس"', "outlet", "fr"),
        ("وكالة كذا", "outlet", None),
        ("صحيفة محلية", "outlet", None),
        ("للتلفزيون", "outlet", None),
        ("تقرير للأمم المتحدة لعام 2022", "document", None),
        ("دراسة", "document", None),
        ("بيان الجيش", "document", None),
        ("مصدر أمني", "anonymous", None),
        ("مسؤول أميركي طلب عدم ذكر اسمه", "anonymous", "us"),
        ("مسؤول في وزارة الدفاع الأمريكية", "anonymous", "us"),
        ("شهود عيان", "anonymous", None),
        ("المحللون", "anonymous", None),
        ("وسائل إعلام روسية", "anonymous", "ru"),
        ("مسؤولون أتراك", "anonymous", "tr"),
        ("أحد السكان", "anonymous", None),
        ("مصادر دبلوماسية", "anonymous", None),
    ],
)
def test_kind_and_country(phrase: str, kind: str, country: str | None) -> None:
    reading = kind_of(phrase, BASE)
    assert (reading.kind, reading.country) == (kind, country), reading
    assert reading.reason


@pytest.mark.parametrize(
    ("phrase", "type_"),
    [
        ("مصدر أمني", "security source"),
        ("مصدر طبي", "medical source"),
        ("شاهد عيان", "witness"),
        ("خبراء", "analyst"),
        ("مسؤول رفيع", "official"),
        ("ناشطون", "activist"),
        ("دبلوماسي غربي", "diplomat"),
        ("وسائل الإعلام", "media"),
        ("مصادر مطلعة", "source"),
    ],
)
def test_types_of_anonymous_sources(phrase: str, type_: str) -> None:
    reading = kind_of(phrase, BASE)
    assert (reading.kind, reading.type) == ("anonymous", type_)


def test_offices_are_kept_apart_from_persons() -> None:
    assert kind_of("وزير الخارجية الروسي سيرغي لافروف", BASE).office == "ru:foreign-minister"
    assert kind_of("رئيس الوزراء", BASE).office == "prime-minister"
    assert kind_of("وزير الخارجية الروسي سيرغي لافروف", BASE).ids == ("sergei-lavrov",)


def test_gender_and_number_for_agreement() -> None:
    assert (kind_of("القوات العراقية", BASE).gender, kind_of("حزب كذا", BASE).gender) == ("f", "m")
    assert kind_of("المتحدثة الرسمية", BASE).gender == "f"
    assert kind_of("شهود عيان", BASE).number == "p"


@pytest.mark.parametrize("phrase", ["", "،", "كما", "12", "في حلب"])
def test_nothing_is_guessed(phrase: str) -> None:
    reading = kind_of(phrase, BASE)
    assert reading.kind is None
    assert reading.reason in ("no name", "unknown", "place")


def test_plurals_of_persons_are_groups_and_other_words_in_the_same_ending_are_not() -> None:
    for phrase in ("المتهمين", "محققون", "المشاركون", "الأفريقيون"):
        assert kind_of(phrase, BASE).kind == "group", phrase
    for phrase in ("القانون", "للقانون", "تلوين"):
        assert kind_of(phrase, BASE).kind is None, phrase


def test_a_name_alone_needs_no_class_word() -> None:
    assert kind_of('"أبل"', BASE).ids == ("apple",)
    assert kind_of("الخارجية", BASE).kind == "government"
    assert kind_of("الجزيرة", BASE).kind == "outlet"


def test_a_title_after_a_comma_makes_a_person() -> None:
    assert kind_of("كريس كامنغ، الرئيس التنفيذي للجمعية", BASE).kind == "person"


def test_a_phrase_may_be_given_as_words() -> None:
    assert kind_of(find_words("الكرملين"), BASE) == kind_of("الكرملين", BASE)
