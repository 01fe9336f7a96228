"""Plain text: one file, one article."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from qala.errors import ReadError
from qala.model import Document, RefusedInput, Span
from qala.reading.limits import Limits
from qala.reading.plain import read_bytes, read_file, read_text

TEXT = "قال الوزير إن الموسم جيد.\r\n\x00وأضاف أنه متفائل."


def test_a_file_keeps_its_text_and_the_way_to_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "خبر.txt"
    raw = TEXT.encode("cp1256")
    path.write_bytes(raw)
    document = read_file(path, published=date(2023, 9, 5))
    assert isinstance(document, Document)
    assert document.text == TEXT
    assert document.id == hashlib.sha256(raw).hexdigest()[:16]
    assert document.published == date(2023, 9, 5)
    assert (document.origin.encoding, document.origin.path) == ("cp1256", str(path))
    span = Span(4, 10)
    assert document.origin.bytes_of(span) == span.of(TEXT).encode("cp1256")


@pytest.mark.parametrize("raw", [b"", b" \r\n\t ", "\ufeff\u200f \u00a0\u202e".encode(), b"\0\0"])
def test_nothing_to_read(raw: bytes) -> None:
    assert read_bytes(raw, path="p") == RefusedInput("p", "no text: empty or only space", "no_text")


def test_limits_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    path.write_bytes(b"a" * 11)
    limits = Limits(document_bytes=10)
    refused = RefusedInput(str(path), "larger than the limit of 10 bytes", "too_large")
    assert read_file(path, limits=limits) == refused
    assert read_bytes(b"a" * 11, path=str(path), limits=limits) == refused
    assert isinstance(read_bytes(b"a" * 10, limits=limits), Document)


def test_a_folder_and_a_missing_file_are_rows(tmp_path: Path) -> None:
    for path, code in ((tmp_path, "not_a_file"), (tmp_path / "gone", "not_found")):
        row = read_file(path)
        assert isinstance(row, RefusedInput) and row.code == code


def test_a_text_at_hand_has_the_id_of_its_file() -> None:
    document = read_text(TEXT, outlet="صحيفة")
    read = read_bytes(TEXT.encode())
    assert isinstance(read, Document)
    assert (document.id, document.text, document.outlet) == (read.id, TEXT, "صحيفة")
    assert read_text(TEXT, id="x").id == "x"
    with pytest.raises(ValueError, match="no map"):
        document.origin.bytes_of(Span(0, 1))


@pytest.mark.parametrize(("text", "reason"), [("", "no text"), (" \n", "no text"), ("قال \ud800", "lone surrogate")])
def test_a_text_that_is_none(text: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read_text(text)


def test_how_a_plain_text_was_read_is_said() -> None:
    document = read_bytes("قال الوزير نعم.".encode(), path="a.txt")
    assert isinstance(document, Document)
    assert (document.origin.media_type, document.origin.method) == ("text/plain", "decoded")


def test_a_date_that_stands_by_itself_is_the_texts_own() -> None:
    raw = "عنوان الخبر\nالثلاثاء، 5 سبتمبر 2023\nقال الوزير نعم.".encode()
    document = read_bytes(raw)
    assert isinstance(document, Document) and document.published == date(2023, 9, 5)
    assert document.origin.flags == ("date_from_page",)
    given = read_bytes(raw, published=date(2020, 1, 1))
    assert isinstance(given, Document) and given.published == date(2020, 1, 1) and given.origin.flags == ()
