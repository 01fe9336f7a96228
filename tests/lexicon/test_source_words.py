"""Titles, anonymous sources, carriers, given names, heads of bodies."""

import pytest

from qala.lexicon.source_words import load_source_words
from qala.text.words import find_words

WORDS = load_source_words()


@pytest.mark.parametrize(
    ("text", "table", "kind", "gender", "number"),
    [
        ("الرئيس", "title", "office", "m", "s"),
        ("والوزيرة", "title", "office", "f", "s"),
        ("اللواء", "title", "rank", "m", "s"),
        ("الدكتورة", "title", "academic", "f", "s"),
        ("صاحب السمو الملكي", "title", "royal", "m", "s"),
        ("المتحدثة", "title", "office", "f", "s"),
        ("الباحث", "title", "role", "m", "s"),
        ("رئيس الوزراء", "title", "office", "m", "s"),
        ("شاهد عيان", "anonymous", "witness", "m", "s"),
        ("مصادر أمنية", "anonymous", "security source", "f", "p"),
        ("المحللون", "anonymous", "analyst", "m", "p"),
        ("وسائل الإعلام", "anonymous", "media", "f", "p"),
        ("مصدر طبي", "anonymous", "medical source", "m", "s"),
        ("لوكالة", "carrier", "agency", "f", "s"),
        ("صحيفة", "carrier", "outlet", "f", "s"),
        ("موقع", "carrier", "outlet", "m", "s"),
        ("بيان", "carrier", "document", "m", "s"),
        ("في رسالة", "carrier", "document", "f", "s"),
        ("مؤتمر صحافي", "carrier", "event", "m", "s"),
        ("تصريحات", "carrier", "event", "f", "p"),
        ("تغريدة", "carrier", "platform", "f", "s"),
        ("حسابه", "carrier", "platform", "m", "s"),
        ("فاطمة", "given", "given", "f", "s"),
        ("جنيفر", "given", "foreign given", "f", "s"),
        ("منظمة", "head", "head of organisation", "f", "s"),
        ("القوات", "head", "head of government", "f", "s"),
    ],
)
def test_words_say_class_gender_and_number(text: str, table: str, kind: str, gender: str, number: str) -> None:
    words = find_words(text)
    start = 1 if text.startswith("في ") else 0
    found = WORDS.at(words, start, table)  # type: ignore[arg-type]
    assert found is not None
    assert (kind, gender, number) in {(word.kind, word.gender, word.number) for word in found.words}
    assert found.last == len(words) - 1


def test_the_longest_phrase_wins() -> None:
    words = find_words("المتحدث الرسمي باسم")
    found = WORDS.at(words, 0)
    assert found is not None
    assert (found.first, found.last) == (0, 0)
    source = WORDS.at(find_words("مصدر أمني رفيع"), 0, "anonymous")
    assert source is not None
    assert source.last == 1


def test_particles_are_counted_and_other_words_are_none() -> None:
    found = WORDS.at(find_words("ولوكالة"), 0, "carrier")
    assert found is not None
    assert found.cut == 2
    for text in ("كتب", "ومن", "والد", "ليبيا"):
        assert WORDS.at(find_words(text), 0, "carrier", "anonymous") is None


def test_readings_of_one_table() -> None:
    found = WORDS.at(find_words("وزير"), 0, "title")
    assert found is not None
    assert found.of("title") is not None
    assert found.of("carrier") is None


def test_first_words_of_a_table() -> None:
    assert "محمد" in WORDS.first_words("given")
    assert "مصدر" in WORDS.first_words("anonymous")
