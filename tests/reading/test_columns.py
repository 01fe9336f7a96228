"""Which column holds what."""

import pytest

from qala.errors import ReadError
from qala.reading.columns import ColumnMapping, find_columns, parse_columns


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
