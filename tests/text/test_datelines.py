"""Datelines and signatures."""

import pytest

from qala.text.clean import find_debris
from qala.text.words import find_words

PROSE = (
    "أعلنت وزارة الزراعة اليوم أن محصول هذا العام بلغ ألف طن وأن الحكومة ستدعم المزارعين في كل المناطق "
    "دون استثناء حتى نهاية الموسم."
)


def datelines(text: str) -> list[str]:
    return [found.span.of(text) for found in find_debris(find_words(text)) if found.kind == "dateline"]


@pytest.mark.parametrize(
    "dateline",
    [
        "دبي (CNN)",
        "دبي، الإمارات العربية المتحدة (CNN)--",
        "دبي، الإمارات العربية المتحدة (CNN) –",
        "مدينة لا نعرفها، بلد بعيد (CNN)—",
        "(CNN)--",
        "واشنطن - (أ ف ب)",
        "واشنطن (أ.ف.ب) -",
        "الرياض - واس:",
        "سيدني - د.ب.أ:",
        "لندن - «الشرق الأوسط»:",
        "القاهرة 5 سبتمبر أيلول (رويترز) -",
        "بيونغ يانغ/ رويترز -",
        "جنيف، سويسرا –",
    ],
)
@pytest.mark.parametrize("title", ["عنوان الخبر في سطر\n\n", ""])
def test_a_dateline_opens_the_first_paragraph(dateline: str, title: str) -> None:
    assert datelines(f"{title}{dateline} {PROSE}\nوقال الوزير ذلك.") == [dateline]


@pytest.mark.parametrize(
    "opening",
    [
        "قالت وكالة الأنباء السعودية (واس)، الأحد، إن",
        "ذكرت وكالة (رويترز): إن",
        "رويترز: ترامب يدرس الانسحاب و",
        "دبي مدينة كبيرة - كما يقال - و",
        "قطار باريس-ليون متوقف و",
        "أعلن الاتحاد الدولي (فيفا) - بعد تردد - أن",
        "الاتحاد الأوروبي لكرة القدم (يويفا) –",
    ],
)
def test_prose_is_no_dateline(opening: str) -> None:
    assert datelines(f"عنوان\n\n{opening} {PROSE}") == []


@pytest.mark.parametrize(
    "line",
    [
        "فرانس24/ أ ف ب",
        "فرانس 24/أ ف ب",
        "( الوكالات)",
        "*خاص العربية.نت - رياضة",
        "دبي – العربية.نت",
        "أبها - محمد الناصر",
    ],
)
def test_signatures_at_the_end(line: str) -> None:
    assert datelines(f"عنوان\n\n{PROSE}\n{PROSE}\n{line}") == [line]


@pytest.mark.parametrize(
    "line",
    ["رويترز: الاتفاق انتهى", "وقالت رويترز", "غياب الدعم الروسي!", "من محبي الدبابات", "العربية لغة جميلة"],
)
def test_short_lines_that_are_none(line: str) -> None:
    assert datelines(f"عنوان\n\n{PROSE}\n{line}\n{PROSE}\n{line}") == []


def test_a_title_is_no_byline() -> None:
    assert datelines(f"غزة - حصار مستمر\n\n{PROSE}") == []


def test_only_the_first_paragraph_has_one() -> None:
    assert datelines(f"عنوان\n\n{PROSE}\nالرياض - واس: {PROSE}") == []
