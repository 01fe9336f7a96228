"""Small sets of articles on one dispute, read by Qala itself."""

from datetime import date

import pytest

from qala.model import Document
from qala.pipeline import extract
from qala.records import list_records

LONG = (
    "وقال شهود إن الحريق بدأ في المخزن الشرقي بعد منتصف الليل ثم امتد إلى ثلاثة مبان مجاورة قبل أن تصل فرق الإطفاء من "
    "المدن القريبة وتعمل على إخماده حتى الفجر"
)
TEXTS = (
    ("1", 4, "وكالة ألف", "قال وزير الدفاع الكندي سامي حداد إن بيرو قصفت ميناء الياسمين يوم الأحد بالصواريخ.\n" + LONG),
    ("2", 5, "جريدة باء", "أكد وزير الدفاع الكندي سامي حداد أن بيرو قصفت ميناء الياسمين بالصواريخ يوم الأحد.\n" + LONG),
    ("3", 5, "موقع جيم", "ونفت وزارة الدفاع البيروفية أن تكون قصفت ميناء الياسمين."),
    ("4", 6, "قناة دال", "نفت وزارة الدفاع البيروفية قصف ميناء الياسمين بالصواريخ."),
    ("5", 6, "إذاعة هاء", "وقالت كندا إن 12 شخصا قتلوا في قصف ميناء الياسمين بالصواريخ."),
    ("6", 7, "صحيفة واو", "قالت كندا إن 20 شخصا قتلوا في قصف ميناء الياسمين بالصواريخ."),
    ("7", 7, "موقع زاي", "صورة للميناء من غير تعليق، وهي صورة قديمة التقطت قبل سنوات."),
)


def make_document(name: str, day: int, outlet: str, text: str) -> Document:
    return Document(name, text, date(2024, 3, day), outlet, title="قصف ميناء الياسمين")


@pytest.fixture(scope="session")
def readings():
    """The readings of the articles, in their order."""
    return [extract(make_document(*row)) for row in TEXTS]


@pytest.fixture(scope="session")
def articles(readings):
    """Each article's records."""
    return [list(list_records(reading)) for reading in readings]
