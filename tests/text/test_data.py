"""The data files of reading, and that breaking their schema is said with the line."""

import unicodedata

import pytest

from qala.errors import LexiconError
from qala.text.data import data_text, load_clitics, load_debris, parse_debris, parse_phrase

RULE = """lines:
  - id: a
    kind: related
    where: opens
    then: mark
    words: 9
    forms:
      - اقرأ
    examples:
      - "<d>اقرأ: نص</d>"
    nonexamples: []
agencies: []
cities: []
unfinished: []
shortcodes: []
domains: []
letters: []
"""


def test_the_packaged_files_load() -> None:
    assert len(load_debris().rules) > 10
    assert len(load_clitics().words) > 5000
    assert load_debris() is load_debris()


@pytest.mark.parametrize("name", ["debris.yaml", "clitics.yaml", "clitics_words.tsv"])
def test_the_files_are_nfc_and_without_flow_lists(name: str) -> None:
    text = data_text(name)
    assert unicodedata.is_normalized("NFC", text)
    assert not any(line.rstrip().endswith("]") and ": [" in line for line in text.splitlines() if line[:1] != "#")


def test_a_small_file() -> None:
    rules = parse_debris(RULE, "my.yaml")
    assert [rule.id for rule in rules.rules] == ["a"]
    assert list(rules.by_first) == ["اقرا"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kind: related", "kind: spam", r"my\.yaml:2: 'spam' is none of shortcode, caption"),
        ("where: opens", "where: above", r"my\.yaml:2: 'above' is none of"),
        ("then: mark", "then: later", r"my\.yaml:2: 'later' is none of"),
        ("    words: 9\n", "", r"my\.yaml:2: 'words' is missing"),
        ("    words: 9\n", "    words: 9\n    word: 8\n", r"my\.yaml:2: unknown key 'word'; allowed"),
        ("    words: 9\n", "    words: 9\n    words: 8\n", r"my\.yaml:7: the key 'words' stands twice"),
        ("    words: 9\n", "    words: many\n", r"my\.yaml:2: 'words' is a number"),
        ("domains: []", "domain: []", r"my\.yaml:1: unknown key 'domain'"),
        ("domains: []\n", "", r"my\.yaml:1: 'domains' is missing"),
        ("agencies: []", "agencies: x", r"my\.yaml:12: a list of words is expected"),
        ("  - id: a", "  id: [", r"my\.yaml:\d+: "),
    ],
)
def test_a_broken_file_is_refused_with_its_line(old: str, new: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        parse_debris(RULE.replace(old, new), "my.yaml")


def test_an_id_twice() -> None:
    rule = RULE[RULE.index("  - id") : RULE.index("agencies")]
    with pytest.raises(LexiconError, match=r"my\.yaml:12: the id 'a' stands twice"):
        parse_debris(RULE.replace("agencies", rule + "agencies", 1), "my.yaml")


def test_phrases_fold_and_keep_slots() -> None:
    assert parse_phrase("{n} - Stc") == ("{n}", "-", "stc")
    assert parse_phrase("أخبار ذات صلة") == ("اخبار", "ذات", "صله")
