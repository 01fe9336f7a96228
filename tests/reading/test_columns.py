"""Which column holds what."""

import pytest

from qala.errors import LexiconError, ReadError
from qala.reading.columns import (
    FIELDS,
    ColumnMapping,
    find_columns,
    load_column_names,
    parse_column_names,
    parse_columns,
)


def test_a_mapping_is_written_as_pairs() -> None:
    assert parse_columns("text=body, title=head line") == ColumnMapping(text="body", title="head line")


@pytest.mark.parametrize("value", ["", "text", "text=", "=body", "body=text", "text=a,text=b"])
def test_other_forms_are_refused(value: str) -> None:
    with pytest.raises(ReadError, match="not a column"):
        parse_columns(value)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["id", "Headline", "body", "publish_date"], {"text": 2, "title": 1, "id": 0, "published": 3}),
        (["العنوان", "النص", "التاريخ", "المصدر"], {"text": 1, "title": 0, "published": 2, "outlet": 3}),
        (["Article_Text", "x"], {"text": 0}),
    ],
)
def test_columns_are_guessed_by_their_names(header: list[str], expected: dict[str, int]) -> None:
    assert find_columns(header) == expected


def test_what_is_named_wins_and_must_be_there() -> None:
    assert find_columns(["text", "summary"], ColumnMapping(text="Summary")) == {"text": 1}
    with pytest.raises(ReadError, match="no column 'x'; the table has 'text'"):
        find_columns(["text"], ColumnMapping(text="x"))
    with pytest.raises(ReadError, match="no column holds the text"):
        find_columns(["a", "b"])


LISTS = "".join(f"{field}:\n  - {field} x\n" for field in FIELDS)


def test_names_of_columns_are_data() -> None:
    assert parse_column_names(LISTS, "c.yaml")["text"] == ("text x",)
    assert set(load_column_names()) == set(FIELDS)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (LISTS.replace("text:", "texts:"), r"c\.yaml:1: unknown key 'texts'; allowed: author, id"),
        (LISTS.replace("title:\n  - title x", "title: x"), r"c\.yaml:3: a list of words is expected"),
        (LISTS.replace("title x", "text x"), r"c\.yaml:1: 'text x' stands under 'text' and under 'title'"),
        (LISTS + "text:\n  - y\n", r"c\.yaml:15: the key 'text' stands twice"),
        ("", r"c\.yaml:1: a mapping is expected"),
        ("a: [\n", r"c\.yaml:2: "),
    ],
)
def test_broken_names_are_refused_with_file_and_line(text: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        parse_column_names(text, "c.yaml")
