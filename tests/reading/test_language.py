"""Arabic told from other languages, by bytes and by letters; with and without the model."""

from collections.abc import Iterator

import pytest

from qala.reading import language
from qala.reading.language import find_language, has_arabic_bytes

ARABIC = "قالت الوزيرة إن المحصول ارتفع هذا العام إلى ثلاثة ملايين طن وهو أعلى رقم منذ سنوات، ونفى الاتحاد هذه الأرقام."
TEXTS = {
    "ar": ARABIC,
    "fa": "وزیر کشاورزی گفت که محصول گندم امسال به سه میلیون تن رسیده است و این بالاترین رقم در ده سال چه کسی گفت.",
    "ur": "وزیر زراعت نے کہا ہے کہ اس سال گندم کی پیداوار تیس لاکھ ٹن تک پہنچ گئی ہے جو دس سال میں سب سے زیادہ ہے۔",
    "ku": "وەزیری کشتوکاڵ ڕایگەیاند کە بەرهەمی گەنم ئەمساڵ گەیشتووەتە سێ ملیۆن تەن و ئەمە بەرزترین ژمارەیە.",
    "ps": "د کرنې وزیر وویل چې سږ کال د غنمو حاصلات درې میلیونه ټنو ته رسېدلي دي او دا تر ټولو لوړه کچه ده ډېر ښه.",
}


@pytest.fixture(params=["letters alone", "with the model"])
def model(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    language._load_model.cache_clear()
    if request.param == "letters alone":
        monkeypatch.setattr(language, "find_spec", lambda name: None)
    yield request.param
    language._load_model.cache_clear()


@pytest.mark.parametrize("code", TEXTS)
def test_languages_in_arabic_letters(code: str, model: str) -> None:
    assert find_language(TEXTS[code] * 2) == code


def test_arabic_typed_on_another_keyboard_is_arabic(model: str) -> None:
    assert find_language(ARABIC * 3 + " " + ARABIC.replace("ي", "ی")) == "ar"


def test_arabic_with_foreign_names_and_marks_is_arabic(model: str) -> None:
    assert find_language(ARABIC + " وقال كارلوس پيريز من شركة گوگل (Google) إن هذا صحيح.") == "ar"
    assert find_language("".join(character + "\u064e" for character in ARABIC)) == "ar"


def test_other_scripts_are_not_arabic(model: str) -> None:
    assert find_language("The minister said that the harvest had risen this year. " * 5) in ("en", "unknown")
    assert find_language("The minister said. " * 50 + ARABIC) != "ar"
    assert find_language("") == "unknown"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "cp1256", "iso8859-6"])
def test_bytes_of_all_encodings(encoding: str) -> None:
    assert has_arabic_bytes(b"<html>" + ARABIC.encode(encoding, "ignore"))


def test_bytes_of_entities_and_of_nothing_arabic() -> None:
    assert has_arabic_bytes(ARABIC.encode("ascii", "xmlcharrefreplace"))
    assert not has_arabic_bytes(b"<html><p>The minister said</p>" * 500)
    assert not has_arabic_bytes("Le ministre a été élu à Paris, où il était né. ".encode() * 50)
    assert not has_arabic_bytes("Президент сказал, что это хорошо. ".encode() * 50)
