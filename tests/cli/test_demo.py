"""The article that ships, annotated by hand: most statements are found, with speaker and act."""

import json

import pytest

# A piece of the content, the speakers that are right, the act.
EXPECTED = [
    ("سيزور بيرو للقاء نظيره", {"كندا"}, "assert"),
    ("شراء أي سفن إندونيسية", {"ليما"}, "deny"),
    ('"مفاوضات السفن" بين البلدين', {"برايان أوكلي"}, "assert"),
    ('"ليس لديه ما يضيفه"', {"القصر الرئاسي في جاكرتا", "القصر الرئاسي"}, "decline"),
    ("لا يستطيع تأكيد موعدها", {"القصر الرئاسي في جاكرتا", "القصر الرئاسي"}, "decline"),
    ("التعليق على الأمر", {"ماريا كيسادا"}, "decline"),
    ("تحترم التزاماتها الدولية", {"ماريا كيسادا"}, "assert"),
    ("سلمت ليما ثلاثة نماذج", {"أوتاوا"}, "assert"),
    ("خفر السواحل سيهتم", {"هنريك سولبرغ"}, "assert"),
    ("أكبر أسطول من سفن الإنقاذ", {"هنريك سولبرغ"}, "assert"),
    ("صيانة هذه السفن ستكون صعبة", {"هنريك سولبرغ"}, "assert"),
    ("لديها ما تحتاجه المصانع", {"محللون"}, "believe"),
    ("تبحث عن مورد مستقر", {"لوسيا أرامبورو"}, "assert"),
    ("ربما يشمل بناء مصنع", {"لوسيا أرامبورو"}, "assert"),
    ("بإخفاء بنود الاتفاق", {"نائب معارض"}, "accuse"),
    ("بنشرها قبل نهاية الشهر", {"نائب معارض"}, "demand"),
    ("سفناً غير مسجلة", {"تقرير لمنظمة الصيد المستدام لعام 2022", "تقرير لمنظمة الصيد المستدام"}, "assert"),
    (
        "انهيار مخزون الأنشوفة",
        {"تقرير لمنظمة الصيد المستدام لعام 2022", "تقرير لمنظمة الصيد المستدام"},
        "warn",
    ),
    ("وقف المفاوضات", {"كندا"}, "demand"),
    ("بفرض رسوم على واردات", {"كندا"}, "threaten"),
    ("لا تقبل إملاءات", {"ريزال سانتوسو"}, "assert"),
]


@pytest.fixture
def record(qala):
    return json.loads(qala("demo", "--format", "jsonl", "--text").out)


def cut(record, span):
    return record["text"][span[0] : span[1]]


def test_most_statements_are_found_with_speaker_and_act(record):
    found = [
        (" ".join(cut(record, span) for span in row["content"]), row["speaker"], row["act"])
        for row in record["statements"]
    ]
    contents = [piece for piece, _, _ in EXPECTED if any(piece in content for content, _, _ in found)]
    right = [
        piece
        for piece, speakers, act in EXPECTED
        if any(piece in content and speaker in speakers and did == act for content, speaker, did in found)
    ]
    missing = [piece for piece, _, _ in EXPECTED if piece not in right]
    assert len(contents) >= 17 and len(right) >= 14, missing


def test_the_denial_and_the_refusals_are_kept_apart(record):
    acts = {" ".join(cut(record, span) for span in row["content"]): row["act"] for row in record["statements"]}
    denied = [content for content, act in acts.items() if act == "deny"]
    assert all("ليس لديه ما يضيفه" not in content for content in denied)
    assert any("شراء أي سفن" in content for content in denied)


def test_debris_and_the_authors_own_voice_are_no_contents(record):
    for row in record["statements"]:
        content = " ".join(cut(record, span) for span in row["content"])
        assert "caption" not in content
        assert "تستفيد من الصفقة في سعيها" not in content


def test_dates_count_from_the_day_of_publication(record):
    dates = {cut(record, row["when"]): row["when_date"] for row in record["statements"] if row["when"]}
    assert dates.get("أمس الاثنين") == "2024-10-14"
    assert dates.get("اليوم الثلاثاء") == "2024-10-15"
