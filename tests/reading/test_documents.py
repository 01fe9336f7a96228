"""Every input in one stream."""

import io
import json
import os
from datetime import date
from pathlib import Path

import pytest

from qala.errors import ReadError
from qala.model import Document, RefusedInput
from qala.reading.documents import read_documents

TEXT = "قال الوزير إن الموسم جيد."
LINE = json.dumps({"id": "x", "text": TEXT}).encode()


def codes(found: list[Document | RefusedInput]) -> list[str]:
    return [one.code if isinstance(one, RefusedInput) else "ok" for one in found]


def test_files_of_all_kinds_in_one_stream(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.jsonl").write_bytes(LINE + b"\nbad\n" + LINE)
    (tmp_path / "c.json").write_bytes(b"[" + LINE + b"]")
    (tmp_path / "d.txt").write_text("")
    (tmp_path / "e.bin").write_text("")
    found = list(read_documents([tmp_path, "gone", tmp_path / "a.txt"], published=date(2023, 9, 5)))
    assert codes(found) == [
        "ok",
        "ok",
        "bad_json",
        "ok",
        "ok",
        "no_text",
        "unknown_suffix",
        "not_found",
        "ok",
    ]
    assert all(d.published == date(2023, 9, 5) for d in found if isinstance(d, Document))


def test_an_encoding_is_for_plain_text_and_checked_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(TEXT.encode("iso-8859-6"))
    [document] = read_documents([path], encoding="iso-8859-6")
    assert isinstance(document, Document) and document.text == TEXT
    with pytest.raises(ReadError, match="unknown encoding"):
        read_documents([], encoding="ebcdic-cp-ar1")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (TEXT.encode(), ["ok"]),
        (TEXT.encode("utf-16"), ["ok"]),
        (LINE + b"\n" + LINE, ["ok", "ok"]),
        (b"\xef\xbb\xbf" + LINE + b"\nbad\n" + LINE, ["ok", "bad_json", "ok"]),
        (b"\n\n" + TEXT.encode(), ["ok"]),
        (b"[" + LINE + b"," + LINE + b"]", ["ok", "ok"]),
        (json.dumps(json.loads(LINE), indent=1).encode(), ["ok"]),
        (b"[\n" + LINE + b"\n]", ["ok"]),
        ('[caption id="1"] نص الخبر'.encode(), ["ok"]),
        ("{الشرق} نص الخبر".encode(), ["ok"]),
        (b"", ["no_text"]),
    ],
)
def test_stdin_is_told_apart_by_its_beginning(raw: bytes, expected: list[str]) -> None:
    assert codes(list(read_documents(["-"], stdin=io.BytesIO(raw)))) == expected


def test_a_name_of_no_text_is_read_and_shown_escaped(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/a\n\xff\xe2\x80\xae.txt"
    with open(name, "wb") as file:  # noqa: PTH123
        file.write(TEXT.encode())
    [document] = read_documents([os.fsdecode(name)])
    assert isinstance(document, Document)
    assert str(document.origin.path).endswith(r"a\n\xff\u202e.txt")


def test_a_file_without_permission_is_a_row(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.mkdir()
    (path / "x.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(TEXT)
    (tmp_path / "b.txt").chmod(0)
    found = codes(list(read_documents([path, tmp_path / "b.txt"])))
    assert found[0] == "ok"
    assert found[1] in ("no_permission", "ok")  # root reads everything
