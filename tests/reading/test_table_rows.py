"""A row as an article."""

from datetime import date

import pytest

from qala.model import Document, Origin, RefusedInput
from qala.reading.limits import DEFAULT_LIMITS, Limits
from qala.reading.table_rows import make_row_document

ORIGIN = Origin(path="t#1", container="t", offset=1, method="csv:text", encoding="utf-8")


def make(row: dict[str, object], limits: Limits = DEFAULT_LIMITS) -> Document | RefusedInput:
    return make_row_document(row, b"raw", ORIGIN, date(2020, 1, 1), limits)


def test_all_fields() -> None:
    row = {"text": "نص", "id": 7, "title": " عنوان  طويل ", "url": "", "outlet": None, "author": "س"}
    document = make({**row, "published": "2024-01-02"})
    assert isinstance(document, Document)
    assert (document.id, document.title, document.url, document.outlet) == ("7", "عنوان طويل", None, None)
    assert document.published == date(2024, 1, 2) and document.origin.author == "س" and document.origin.raw == b"raw"


def test_what_is_missing_is_filled_from_bytes_and_option() -> None:
    document = make({"text": "نص"})
    assert isinstance(document, Document) and len(document.id) == 16 and document.published == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({}, "no_text"),
        ({"text": " \u200f"}, "no_text"),
        ({"text": 5}, "bad_field"),
        ({"text": "ن\x00"}, "bad_field"),
        ({"text": "نص", "published": "غدا"}, "bad_date"),
        ({"text": "نص" * 100}, "too_large"),
    ],
)
def test_what_is_no_article(row: dict[str, object], code: str) -> None:
    found = make(row, Limits(document_bytes=50))
    assert isinstance(found, RefusedInput) and (found.code, found.place) == (code, "t#1")
