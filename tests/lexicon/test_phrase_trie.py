"""The trie of phrases, particles, compounds, and tables."""

import pytest

from qala.errors import LexiconError
from qala.lexicon.fact_files import FACTS, parse_table
from qala.lexicon.joined import split_particles
from qala.lexicon.phrase_trie import PhraseTrie, phrase_words, skip_marks
from qala.lexicon.spelling import folded, load_spelling
from qala.lexicon.spelling_variants import join_compounds, spellings
from qala.text.normalize import fold
from qala.text.words import find_words


def trie_of(*phrases: str) -> PhraseTrie[str]:
    trie: PhraseTrie[str] = PhraseTrie()
    for phrase in phrases:
        trie.add(phrase_words(phrase), phrase)
    return trie


def test_the_longest_phrase_is_found_and_all_are_listed() -> None:
    trie = trie_of("مجلس", "مجلس الأمن", "مجلس الأمن القومي")
    words = find_words("مجلس الأمن القومي الأمريكي")
    found = trie.longest(words, 0)
    assert found is not None
    assert (found.last, found.values) == (2, ("مجلس الأمن القومي",))
    every = trie.all_through(words, 0, trie.root.next["مجلس"])
    assert [item.last for item in every] == [2, 1, 0]
    assert trie.longest(words, 1) is None


def test_a_phrase_may_stand_for_several_things_once_each() -> None:
    trie: PhraseTrie[int] = PhraseTrie()
    for value in (1, 2, 1):
        trie.add(("ا",), value)
    found = trie.longest(find_words("أ"), 0)
    assert found is not None
    assert found.values == (1, 2)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("أ ف ب", True),
        ("أ.ف.ب", True),
        ("أ. ف. ب.", True),
        ("أ_ف_ب", True),
        ('أ "ف" ب', True),
        ("أ #ف ب", True),
        ("أ، ف ب", False),
        ("أ\nف ب", False),
        ("أ - ف - ب", False),
        ("أ-ف-ب", True),
        ('أ """" ف ب', False),
    ],
)
def test_marks_inside_a_phrase(text: str, found: bool) -> None:
    assert (trie_of("أ ف ب").longest(find_words(text), 0) is not None) is found


def test_skip_marks_ends_with_the_text() -> None:
    words = find_words('قال "')
    assert skip_marks(words, 1) == -1
    assert skip_marks(words, 2) == -1


@pytest.mark.parametrize(
    ("word", "rest"),
    [
        ("وبيونغ", "بيونغ"),
        ("للأمم", "الأمم"),
        ("للجنة", "اللجنة"),
        ("ولموسكو", "موسكو"),
        ("فللكرملين", "الكرملين"),
        ("بالقاهرة", "القاهرة"),
        ("كموسكو", "موسكو"),
    ],
)
def test_particles_are_proposed(word: str, rest: str) -> None:
    splits = split_particles(fold(word))
    assert splits[0] == (0, fold(word))
    assert fold(rest) in {split.rest for split in splits}


def test_short_words_are_not_cut_to_nothing() -> None:
    for word in ("و", "ول", "لل", "ب", "x", "بم"):
        assert all(len(split.rest) >= min(2, len(word)) for split in split_particles(word))


def test_compounds_meet_however_they_are_written() -> None:
    assert join_compounds(("عبد", "الله")) == ("عبدالله",)
    assert join_compounds(("حسن", "نصر", "الله")) == ("حسن", "نصرالله")
    assert ("عبد", "العزيز", "بوتفليقه") in spellings(("عبدالعزيز", "بوتفليقه"))
    assert spellings(("كيم",)) == (("كيم",),)


def test_tables_keep_their_lines() -> None:
    rows = list(parse_table("\ufeff# c\n\nid\tproperty\tvalue\tsource\na\tkind\tagency\tme\n", "x.tsv"))
    assert [(row.columns, row.place) for row in rows] == [(FACTS, "x.tsv:4")]
    with pytest.raises(LexiconError, match=r"^x\.tsv:1: the first line"):
        list(parse_table("a\tb\n", "x.tsv"))


def test_the_spelling_file_has_its_sections() -> None:
    assert set(load_spelling()) >= {
        "particles",
        "sounds",
        "silent",
        "links",
        "compounds",
        "kin",
        "endings",
        "marks",
    }
    assert folded("particles", "article") == ("ال",)
    assert all(len(pair.split()) == 2 for pair in folded("sounds", "pairs"))
