"""Parquet: what a file claims is looked at before it is read."""

import io
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from qala.model import Document, RefusedInput
from qala.reading.limits import Limits
from qala.reading.parquet import read_parquet_file

TEXT = "قالت الوزيرة إن المحصول ارتفع."


def write(columns: dict[str, Any], **options: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, **options)
    return out.getvalue()


def read(raw: bytes, **options: Any) -> list[Document | RefusedInput]:
    return list(read_parquet_file(io.BytesIO(raw), "t.parquet", **options))


def test_rows_are_articles() -> None:
    raw = write({"body": [TEXT, TEXT + " ٢"], "date": [date(2024, 1, 2), date(2024, 1, 3)], "uri": ["a", "b"]})
    first, second = read(raw)
    assert isinstance(first, Document) and isinstance(second, Document)
    assert (first.id, first.text, first.published) == ("a", TEXT, date(2024, 1, 2))
    origin = second.origin
    assert (origin.container, origin.offset, origin.path) == ("t.parquet", 1, "t.parquet#1")
    assert origin.method == "parquet:body" and origin.raw and TEXT.encode() in origin.raw


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())])
def test_text_of_all_types(kind: pa.DataType) -> None:
    [document] = read(write({"text": pa.array([TEXT], kind), "published": [datetime(2024, 1, 2, 3, 4)]}))
    assert isinstance(document, Document) and document.text == TEXT and document.published == datetime(2024, 1, 2, 3, 4)


def test_rows_in_many_groups_keep_their_numbers_and_can_be_passed_over() -> None:
    raw = write({"text": [f"{TEXT} {number}" for number in range(1_000)]}, row_group_size=100)
    found = read(raw, skip=lambda place, row: row < 990)
    assert [one.origin.offset for one in found if isinstance(one, Document)] == list(range(990, 1_000))


def test_few_bytes_that_claim_many_are_a_bomb() -> None:
    long = TEXT * 2_000
    raw = write({"text": pa.DictionaryArray.from_arrays(pa.array([0] * 10_000, pa.int32()), [long])})
    found = read(raw, limits=Limits(record_bytes=1 << 20))
    assert isinstance(found[-1], RefusedInput) and found[-1].code == "bomb", len(raw)
    assert sum(len(one.text) for one in found if isinstance(one, Document)) < 2 << 20
    assert len(raw) < 10_000


def test_nothing_many_times_over_ends_too() -> None:
    raw = write({"text": pa.array([None] * 3_000_000, pa.string())})
    [refused] = read(raw)
    assert isinstance(refused, RefusedInput) and "3,000,000 rows" in refused.reason


def test_a_row_group_over_the_limit_is_refused_before_it_is_read() -> None:
    raw = write({"text": [TEXT * 100] * 50}, use_dictionary=False, compression="none")
    [refused] = read(raw, limits=Limits(record_bytes=10_000))
    assert isinstance(refused, RefusedInput) and refused.code == "too_large" and "row group" in refused.reason


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"PAR1", "bad_parquet"),
        (b"", "bad_parquet"),
        (write({"text": [TEXT]})[:-20], "bad_parquet"),
        (write({"text": [1, 2]}), "bad_columns"),
        (write({"x": ["a"]}), "bad_columns"),
        (write({f"c{number}": [1] for number in range(10_000)}), "bad_columns"),
    ],
    ids=["magic", "empty", "truncated", "numbers", "no text", "10k columns"],
)
def test_what_cannot_be_read_says_why(raw: bytes, code: str) -> None:
    [refused] = read(raw)
    assert isinstance(refused, RefusedInput) and refused.code == code


def test_damage_within_is_a_refusal() -> None:
    raw = bytearray(write({"text": [TEXT * 50 + str(number) for number in range(200)]}, compression="gzip"))
    raw[200:400] = bytes(200)
    found = read(bytes(raw))
    assert any(isinstance(one, RefusedInput) and one.code == "bad_parquet" for one in found)
