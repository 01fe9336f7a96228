"""Joined particles and pronouns."""

from itertools import pairwise

import pytest

from qala.text.clitics import find_clitics, split_clitics
from qala.text.words import find_words


def cut(form: str, *known: str) -> str:
    parts = split_clitics(form, frozenset(known))
    out, start = [], 0
    for length in (*parts.proclitics, parts.stem, *parts.enclitics):
        out.append(form[start : start + length])
        start += length
    assert start == len(form)
    return "+".join(out)


WHOLE = (
    "وكالة والد بايدن ليبيا ولاية وزير وزارة فرنسا كوريا بيان لبنان لندن فلسطين واشنطن الذي التي الله الآن "
    "لكن كان كما بعد بين بل كل ألمانيا باريس بكين وقت وفد لقاء قال سوريا سيد أهم متهم اتجاه"
)
PARTS = (
    "و+كيم ب+ال+أسلحة ل+ل+أمم و+س+تقوم ف+س+يكتبون+ها و+قال ال+رئيس و+ال+رئيس ب+حسب و+ب+حسب ل+رئيس "
    "س+يكون و+ل+ل+مرة وزارت+ه عن+ه أن+ها لكن+هم و+في ف+إن ب+ها"
)


@pytest.mark.parametrize("form", WHOLE.split())
def test_words_that_stay_whole(form: str) -> None:
    assert cut(form) == form


@pytest.mark.parametrize("parts", PARTS.split())
def test_words_that_are_cut(parts: str) -> None:
    form = parts.replace("+", "")
    expected = form if form == "بها" else parts  # a preposition with its pronoun has no stem between
    assert cut(form) == expected


def test_the_page_itself_knows_names() -> None:
    assert cut("بزغلوطيا") == "بزغلوطيا"
    assert cut("بزغلوطيا", "زغلوطيا") == "ب+زغلوطيا"
    assert cut("ولزغلوطيا", "زغلوطيا") == "و+ل+زغلوطيا"


@pytest.mark.parametrize("form", ["", "و", "ال", "لل", "ه", "CNN", "123", "وو", "ووو", "سسسس"])
def test_next_to_nothing(form: str) -> None:
    assert cut(form).replace("+", "") == form


def test_spans_cover_words_as_they_are_written() -> None:
    text = "وقال بِالْأسلحة و\u200dللأمم ﻭﻗﺎﻝ قـــال وكالة ﷲ"
    words = find_words(text)
    found = find_clitics(words)
    for word in found:
        spans = [*word.proclitics, word.stem, *word.enclitics]
        assert spans[0].start == words.starts[word.token] and spans[-1].end == words.ends[word.token]
        assert all(one.end == other.start for one, other in pairwise(spans))
    shown = [[span.of(text) for span in (*word.proclitics, word.stem)] for word in found]
    assert shown == [["و", "قال"], ["بِ", "الْ", "أسلحة"], ["و\u200d", "ل", "ل", "أمم"], ["ﻭ", "ﻗﺎﻝ"]]
