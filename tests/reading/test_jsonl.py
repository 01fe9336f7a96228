"""JSON Lines and JSON: good lines in, bad lines as rows with number and code."""

import io
import json
from datetime import date, datetime

import pytest

from qala.model import Document, RefusedInput
from qala.reading.jsonl import read_json, read_lines
from qala.reading.limits import Limits

GOOD = {
    "id": "a1",
    "outlet": "صحيفة",
    "url": "https://example.org/1",
    "title": "عنوان",
    "text": "قال الوزير إن الموسم جيد.",
}


def lines(*rows: object) -> bytes:
    return b"\n".join(row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode() for row in rows)


def read(raw: bytes, **keys: object) -> list[Document | RefusedInput]:
    return list(read_lines(io.BytesIO(raw), "f", **keys))  # type: ignore[arg-type]


def test_the_form_of_the_gold() -> None:
    [document] = read(lines(GOOD | {"published": "2018-05-28T21:31:20+04:00", "category": "x", "author": ["y"]}))
    assert isinstance(document, Document)
    assert (document.id, document.outlet, document.url, document.title, document.text) == tuple(GOOD.values())
    assert document.published == datetime.fromisoformat("2018-05-28T21:31:20+04:00")
    assert (document.origin.path, document.origin.byte_offset) == ("f:1", None)


def test_what_is_missing_is_none_and_an_option_stands_in() -> None:
    rows = lines({"text": "نص"}, {"text": "نص", "published": None, "id": 7}, {"text": "نص", "published": "2020-01-02"})
    documents = read(rows, published=date(2023, 9, 5))
    assert [d.published for d in documents if isinstance(d, Document)] == [date(2023, 9, 5)] * 2 + [date(2020, 1, 2)]
    assert [d.id for d in documents if isinstance(d, Document)][1] == "7"
    assert len({d.id for d in documents if isinstance(d, Document)}) == 3


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (b'{"text": "cut', "bad_json"),
        (b"{text: 1}", "bad_json"),
        (b'{"text": "a", "n": NaN}', "bad_json"),
        (b'{"text": "a", "n": -Infinity}', "bad_json"),
        (b'{"text": "a", "n": ' + b"9" * 5000 + b"}", "bad_json"),
        (b'{"text": "a", "text": "b"}', "double_key"),
        (b'{"text": "a", "x": {"k": 1, "k": 2}}', "double_key"),
        (b'{"text": "\\ud800"}', "lone_surrogate"),
        (b'{"text": "a", "outlet": "\\udc00"}', "lone_surrogate"),
        (b'{"text": "a", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "too_deep"),
        (b"[" * 100_000, "too_deep"),
        (b'{"text": "\xff"}', "bad_encoding"),
        (b'"text"', "bad_record"),
        (b"[1]", "bad_record"),
        (b"null", "bad_record"),
        (b"{}", "bad_field"),
        (b'{"text": 5}', "bad_field"),
        (b'{"text": "a", "url": 5}', "bad_field"),
        (b'{"text": "a", "id": true}', "bad_field"),
        (b'{"text": " \\n"}', "no_text"),
        (b'{"text": "a", "published": "yesterday"}', "bad_date"),
        (b'{"text": "a", "published": "2023-02-30"}', "bad_date"),
    ],
)
def test_a_bad_line_is_a_row_and_the_others_go_in(bad: bytes, code: str) -> None:
    first, second, third = read(lines(GOOD, bad, GOOD))
    assert isinstance(first, Document) and isinstance(third, Document)
    assert isinstance(second, RefusedInput)
    assert (second.place, second.code) == ("f:2", code)
    assert "\n" not in second.reason and len(second.reason) < 200


def test_mark_crlf_empty_lines_and_a_cut_end() -> None:
    raw = b"\xef\xbb\xbf" + lines(GOOD) + b"\r\n\r\n" + lines(GOOD) + b"\r\n" + lines(GOOD)[:40]
    first, second, third = read(raw)
    assert isinstance(first, Document) and isinstance(second, Document)
    assert (second.origin.path, third.place) == ("f:3", "f:4")  # type: ignore[union-attr]
    assert first.text == GOOD["text"]


def test_brackets_in_strings_are_not_depth() -> None:
    text = '[[[{{{"' * 100
    [document] = read(lines({"text": text}))
    assert isinstance(document, Document) and document.text == text


@pytest.mark.parametrize("raw", [b"", b"\n \n", b"\xef\xbb\xbf\n"])
def test_an_empty_file(raw: bytes) -> None:
    [row] = read(raw)
    assert isinstance(row, RefusedInput) and row.code == "no_text"


def test_a_line_over_the_limit_is_not_kept() -> None:
    long = lines(GOOD | {"text": "ن" * 3_000_000})
    first, second = read(long + b"\n" + lines(GOOD), limits=Limits(record_bytes=1000))
    assert isinstance(first, RefusedInput) and (first.place, first.code) == ("f:1", "too_large")
    assert isinstance(second, Document)
    [row] = read(lines({"text": "ن" * 60}), limits=Limits(document_bytes=100))
    assert isinstance(row, RefusedInput) and row.code == "too_large"


def test_lines_are_read_one_by_one() -> None:
    class Endless(io.RawIOBase):
        def readline(self, size: int | None = -1, /) -> bytes:
            return lines(GOOD) + b"\n"

    stream = read_lines(Endless(), "f")  # type: ignore[arg-type]
    assert [next(stream).text for _ in range(3)] == [GOOD["text"]] * 3  # type: ignore[union-attr]


def test_one_object_and_a_list() -> None:
    [document] = read_json(json.dumps(GOOD, indent=2).encode(), "f.json")
    assert isinstance(document, Document) and document.id == "a1"
    found = list(read_json(json.dumps([GOOD, 3, {"text": "\ud800"}]).encode(), "f.json"))
    assert [getattr(one, "place", None) for one in found] == [None, "f.json#2", "f.json#3"]
    assert [getattr(one, "code", None) for one in found] == [None, "bad_record", "lone_surrogate"]
    assert [one.code for one in read_json(b"[]", "f")] == ["no_text"]  # type: ignore[union-attr]
    assert [one.code for one in read_json(b" ", "f")] == ["no_text"]  # type: ignore[union-attr]
    assert [one.code for one in read_json(b"[{]", "f")] == ["bad_json"]  # type: ignore[union-attr]


def test_mojibake_in_a_field_is_flagged() -> None:
    [document] = read(lines({"text": ("قال الوزير إن الموسم جيد. " * 5).encode().decode("cp1252", "ignore")}))
    assert isinstance(document, Document) and document.origin.flags == ("mojibake_suspected",)


def test_a_line_keeps_its_bytes_its_place_and_its_byline() -> None:
    lines = [
        json.dumps({"id": str(number), "text": "قال الوزير نعم.", "author": " س  ص "}).encode() for number in range(3)
    ]
    raw = b"\n".join(lines)
    found = list(read_lines(io.BytesIO(raw), "a.jsonl"))
    assert all(isinstance(one, Document) for one in found)
    origins = [one.origin for one in found if isinstance(one, Document)]
    assert [origin.raw for origin in origins] == raw.split(b"\n")
    assert [raw[origin.offset or 0 :].startswith(origin.raw or b"-") for origin in origins] == [True] * 3
    assert {origin.container for origin in origins} == {"a.jsonl"} and origins[0].author == "س ص"
    assert {(origin.media_type, origin.method) for origin in origins} == {("application/json", "json:text")}
    done = origins[1].offset
    [left] = read_lines(io.BytesIO(raw), "a.jsonl", skip=lambda place, offset: place == "a.jsonl" and offset <= done)
    assert isinstance(left, Document) and left.id == "2" and left.origin.path == "a.jsonl:3"


def test_a_record_of_a_list_keeps_its_number_and_what_it_said() -> None:
    raw = json.dumps([{"text": "قال الوزير نعم."}, {"text": "قال الوزير لا."}]).encode()
    first, second = read_json(raw, "a.json")
    assert isinstance(first, Document) and isinstance(second, Document)
    assert (second.origin.container, second.origin.offset) == ("a.json", 2)
    assert json.loads(second.origin.raw or b"") == {"text": "قال الوزير لا."}
    [left] = read_json(raw, "a.json", skip=lambda place, offset: offset == 1)
    assert isinstance(left, Document) and left.id == second.id
