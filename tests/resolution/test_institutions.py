"""Bodies named in a text: where their names begin and end."""

import pytest

from qala.lexicon.actors import load_actors
from qala.pipeline import scan_text
from qala.resolution.institutions import find_institutions


def bodies(text: str) -> list[str]:
    scan, _, _ = scan_text(text)
    return [scan.words.span(body.first, body.last).of(text) for body in find_institutions(scan, load_actors())]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("أوقفت وزارة الداخلية الكويتية رجلين في العاصمة.", "وزارة الداخلية الكويتية"),
        ("واستقبلت لجنة التحقيق الدولية الشهود صباحا.", "لجنة التحقيق الدولية"),
        ("وكانت شركة القناديل قد خسرت كثيرا.", "شركة القناديل"),
        ("وزار الوفد مقر جامعة الدول العربية في القاهرة.", "جامعة الدول العربية"),
        ("وأغلقت منظمة «أصدقاء البحر» مكتبها.", "منظمة «أصدقاء البحر»"),
    ],
)
def test_a_body_ends_where_its_name_ends(text: str, name: str) -> None:
    assert name in bodies(text)


def test_a_page_without_bodies_has_none() -> None:
    assert bodies("نام الطفل باكرا في تلك الليلة الباردة.") == []
    assert bodies("") == []


def test_an_object_is_no_part_of_a_subject() -> None:
    assert "الجامعة العربية" in bodies("وطالبت الجامعة العربية وزير الرياضة سامي حداد بالتراجع.")
