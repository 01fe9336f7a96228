"""Data files to values, every error with its file and line."""

import pytest

from qala.errors import LexiconError
from qala.lexicon.load import LINE, load_entries, parse_entries, parse_yaml

TWO = "- id: one\n  forms:\n    - أ\n    - ب\n\n- id: two\n  gloss: g\n"


def test_entries_know_their_lines_and_those_of_their_items():
    one, two = parse_entries(TWO, "x.yaml")
    assert (one[LINE], two[LINE]) == (1, 6)
    assert (one.line_of("forms"), one.line_of("forms", 1), two.line_of("gloss"), two.line_of("nothing")) == (
        2,
        4,
        7,
        6,
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- id: one\n  id: two\n", "x.yaml:2: the key 'id' stands twice"),
        ("- id: one\n  gloss: a: b\n", "x.yaml:2: "),
        ("- id: [one\n", "x.yaml:"),
        ("id: one\n", "x.yaml:1: a list of entries is expected"),
        ("- one\n- two\n", "x.yaml:1: a list of entries is expected"),
        ("- id: \x00\n", "x.yaml:1: "),
        ("- id: !!python/name:os.system\n", "x.yaml:1: "),
        ("", "x.yaml:1: a list of entries is expected"),
    ],
)
def test_what_cannot_be_read_is_refused_with_file_and_line(text, message):
    with pytest.raises(LexiconError) as error:
        parse_entries(text, "x.yaml")
    assert str(error.value).startswith(message)


def test_values_other_than_lists_can_be_parsed():
    assert parse_yaml("past:\n  - ends: x\n", "x.yaml")["past"][0]["ends"] == "x"


def test_packaged_files_are_loaded_once():
    assert load_entries("frames.yaml") is load_entries("frames.yaml")
    assert {"that", "speech", "object"} <= {entry["id"] for entry in load_entries("frames.yaml")}
