"""CSV and TSV: quotation marks, limits, wrong delimiters, mixed encodings; no row is swallowed in silence."""

import csv
import io
from typing import BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.model import Document, RefusedInput
from qala.reading.columns import ColumnMapping
from qala.reading.csv_table import read_csv_file
from qala.reading.limits import Limits

TEXT = "قالت الوزيرة إن المحصول، وهو جيد، ارتفع."


def read(raw: bytes, **options: object) -> list[Document | RefusedInput]:
    file = cast("BinaryIO", io.BufferedReader(cast("io.RawIOBase", io.BytesIO(raw))))
    return list(read_csv_file(file, "t.csv", **options))  # type: ignore[arg-type]


def codes(found: list[Document | RefusedInput]) -> list[str]:
    return [one.code if isinstance(one, RefusedInput) else one.id for one in found]


def table(*rows: str, header: str = "id,text") -> bytes:
    return "\n".join([header, *rows]).encode() + b"\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_delimiters_and_encodings(delimiter: str, encoding: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([["id", "النص", "التاريخ", "المصدر"], ["a", TEXT + "\nسطر", "2024-01-02", "الغد"]])
    [document] = read(out.getvalue().encode(encoding))
    assert isinstance(document, Document)
    assert (document.id, document.text, document.outlet) == ("a", TEXT + "\nسطر", "الغد")
    assert str(document.published) == "2024-01-02"


def test_a_row_keeps_its_place_and_bytes() -> None:
    raw = table(f'a,"{TEXT}"', "", f'b,"{TEXT}\nسطر"', "c,نص آخر هنا")
    found = read(raw)
    assert [one.origin.path for one in found if isinstance(one, Document)] == ["t.csv:2", "t.csv:4", "t.csv:6"]
    for one in found:
        assert isinstance(one, Document) and one.origin.offset is not None and one.origin.raw
        assert raw[one.origin.offset :].startswith(one.origin.raw)
        assert one.origin.media_type == "text/csv" and one.origin.method == "csv:text"


def test_an_open_quotation_mark_costs_its_row_alone() -> None:
    raw = table(f'a,"{TEXT}"', f'b,"{TEXT}', *[f"{name},نص آخر" for name in "cdefg"])
    found = read(raw)
    assert codes(found) == ["a", "unclosed_quote", *"cdefg"]
    assert isinstance(found[1], RefusedInput) and found[1].place == "t.csv:3"


def test_an_open_mark_that_the_next_row_closes_does_not_swallow_it() -> None:
    assert codes(read(table('a,"نص مفتوح', 'b,"نص"', "c,نص"))) == ["bad_row", "b", "c"]


def test_an_open_mark_swallows_no_more_than_the_limit() -> None:
    raw = table('a,"نص', *[f"r{number},نص طويل هنا" for number in range(2_000)])
    found = read(raw, limits=Limits(field_bytes=1_000))
    assert codes(found)[0] == "unclosed_quote" and codes(found)[1:] == [f"r{number}" for number in range(2_000)]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("x," + "ن" * 600_000, "too_large"),
        ("x," + "n" * 5_000_000, "too_large"),
        ("x,ن\x00ص", "bad_field"),
        ("x", "bad_row"),
        ("x,a,b", "bad_row"),
        ("x,", "no_text"),
        ("x,<p></p>", "no_text"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(row: str, code: str) -> None:
    found = read(table("a,نص", row, "b,نص"))
    assert codes(found) == ["a", code, "b"]
    assert isinstance(found[1], RefusedInput) and found[1].place == "t.csv:3"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "no header"),
        (table("نص", header="a:text"), "no column holds the text; name one with text=COLUMN; the table has 'a:text'"),
        (table("x", header=",".join(f"c{number}" for number in range(3_000))), "3,000 columns, over the limit"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(raw: bytes, reason: str) -> None:
    [refused] = read(raw)
    assert isinstance(refused, RefusedInput) and reason in refused.reason


def test_columns_can_be_named() -> None:
    [document] = read(table("a,نص,عنوان", header="x,y,z"), columns=ColumnMapping(text="y", title="z"))
    assert isinstance(document, Document) and (document.text, document.title) == ("نص", "عنوان")


def test_a_row_in_another_encoding_is_read_and_flagged() -> None:
    raw = table(f"a,{TEXT * 9}".replace("،", "")) + f"b,{TEXT}".replace("،", "").encode("cp1256") + b"\n"
    first, second = read(raw)
    assert isinstance(first, Document) and first.origin.flags == ()
    assert isinstance(second, Document) and second.text == TEXT.replace("،", "")
    assert "encoding_overruled" in second.origin.flags


def test_a_date_that_is_none_is_refused_and_loose_ones_are_read() -> None:
    found = read(table("نص,2024/01/02", "نص,5 أيلول 2023", "نص,أمس", "نص,", header="text,date"))
    assert [str(one.published) if isinstance(one, Document) else one.code for one in found] == [
        "2024-01-02",
        "2023-09-05",
        "bad_date",
        "None",
    ]


def test_html_in_a_cell_is_undone_and_said() -> None:
    [document] = read(table('a,"<p>قال <b>الوزير</b></p><p>نعم</p>"'))
    assert isinstance(document, Document) and document.text == "قال الوزير\nنعم"
    assert document.origin.method == "csv:text, tags stripped"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), min_size=1), max_size=8))
def test_what_a_writer_wrote_is_read_back(texts: list[str]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([["text", "n"], *([text, "1"] for text in texts)])
    found = read(out.getvalue().encode(), encoding="utf-8")
    wanted = [text for text in texts if any(c.isprintable() and not c.isspace() for c in text)]
    kept = [one.text for one in found if isinstance(one, Document)]
    plain = [text for text in wanted if "</" not in text and "<p" not in text.lower() and "<br" not in text.lower()]
    assert len(found) == len(texts) and set(plain) <= set(kept)


@given(st.lists(st.sampled_from(['"', ",", "\n", "a", '""', "نص", ";", "\t"]), max_size=60))
def test_every_line_is_a_row_or_in_one(parts: list[str]) -> None:
    raw = b"id,text\n" + "".join(parts).encode()
    for one in read(raw, limits=Limits(field_bytes=50)):
        assert isinstance(one, RefusedInput) or one.text
