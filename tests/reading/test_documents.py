"""Every input in one stream."""

import csv
import gzip
import io
import json
import os
import tarfile
import zipfile
from datetime import date
from pathlib import Path

import pytest

from qala.errors import ReadError
from qala.model import Document, RefusedInput
from qala.reading.columns import ColumnMapping
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


def test_an_outlet_is_given_where_an_article_names_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.jsonl").write_bytes(json.dumps({"text": TEXT, "outlet": "b"}).encode() + b"\nbad")
    found = list(read_documents([tmp_path], outlet="o"))
    assert [one.outlet if isinstance(one, Document) else one.code for one in found] == ["o", "b", "bad_json"]


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


ARTICLE = "قالت الوزيرة إن المحصول ارتفع هذا العام إلى ثلاثة ملايين طن وهو أعلى رقم منذ سنوات."
PAGE = f"<!DOCTYPE html><html><body><h1>ع</h1><p>{ARTICLE}</p><p>{ARTICLE} نعم</p></body></html>".encode()
FEED = f"<rss><channel><title>ق</title><item><description>{ARTICLE}</description></item></channel></rss>".encode()
WARC = b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n" % (
    len(ARTICLE.encode()),
    ARTICLE.encode(),
)


def write_all(folder: Path) -> None:
    """Put one file of every kind into ``folder``, each also compressed."""
    out = io.StringIO()
    csv.writer(out).writerows([["id", "text"], ["c1", ARTICLE]])
    contents = {
        "a.txt": ARTICLE.encode(),
        "b.jsonl": LINE + b"\n" + LINE,
        "c.csv": out.getvalue().encode(),
        "d.html": PAGE,
        "e.xml": FEED,
        "f.warc": WARC,
        "g.json": LINE,
    }
    for name, raw in contents.items():
        (folder / name).write_bytes(raw)
        (folder / f"{name}.gz").write_bytes(gzip.compress(raw))


def test_a_folder_of_all_kinds_compressed_and_not(tmp_path: Path) -> None:
    write_all(tmp_path)
    found = list(read_documents([tmp_path]))
    assert codes(found) == ["ok"] * 16
    texts = [one.text for one in found if isinstance(one, Document)]
    assert sorted(texts[:2]) == [ARTICLE, ARTICLE] and texts.count(TEXT) == 6
    assert {one.origin.media_type for one in found if isinstance(one, Document)} == {
        "text/plain",
        "application/json",
        "text/csv",
        "text/html",
        "application/xml",
    }
    assert all(one.origin.raw and one.origin.method for one in found if isinstance(one, Document))


def test_what_was_done_is_passed_over(tmp_path: Path) -> None:
    write_all(tmp_path)
    done = {
        (one.origin.container or one.origin.path, one.origin.offset or 0)
        for one in read_documents([tmp_path])
        if isinstance(one, Document)
    }
    assert list(read_documents([tmp_path], skip=lambda place, offset: (place, offset) in done)) == []


@pytest.mark.parametrize(
    ("raw", "method"),
    [(PAGE, "trafilatura"), (FEED, "feed:description"), (WARC, "decoded"), (ARTICLE.encode(), "decoded")],
)
@pytest.mark.parametrize("name", ["x", "x.txt", "x.unknown", "x.gz", "-"])
def test_first_bytes_tell_what_a_name_does_not(tmp_path: Path, raw: bytes, method: str, name: str) -> None:
    if name == "-":
        found = list(read_documents(["-"], stdin=io.BytesIO(raw)))
    else:
        (tmp_path / name).write_bytes(gzip.compress(raw) if name == "x.gz" else raw)
        found = list(read_documents([tmp_path / name]))
    [document] = found
    assert isinstance(document, Document) and document.text.startswith(ARTICLE)
    assert (document.origin.method or "").startswith(method)


def test_a_page_with_the_name_of_a_feed_is_a_page(tmp_path: Path) -> None:
    (tmp_path / "x.xml").write_bytes(PAGE)
    [document] = read_documents([tmp_path / "x.xml"])
    assert isinstance(document, Document) and document.origin.media_type == "text/html"


def test_gzip_that_is_damaged_cut_or_a_bomb(tmp_path: Path) -> None:
    lines = b"\n".join([LINE] * 2_000)
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines)[:-20])
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(bytes(30 << 20)))
    (tmp_path / "c.txt.gz").write_bytes(b"\x1f\x8b\x07\x00" + b"broken" * 10)
    found = list(read_documents([tmp_path]))
    assert codes(found)[:1] == ["ok"]
    assert [code for code in codes(found) if code != "ok"] == ["truncated", "bomb", "damaged"]


def test_archives_and_foreign_files_are_refused_and_nothing_is_unpacked(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("../../escaped.txt", ARTICLE)
        archive.writestr("/absolute.txt", ARTICLE)
    with tarfile.open(folder / "b.tar.gz", "w:gz") as archive:
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        archive.addfile(tarfile.TarInfo("../escaped.txt"))
    (folder / "c.txt").write_bytes((folder / "a.zip").read_bytes())
    (folder / "d.pdf").write_bytes(b"%PDF-1.7")
    before = sorted(tmp_path.rglob("*"))
    assert codes(list(read_documents([folder]))) == ["archive", "archive", "archive", "unknown_suffix"]
    named = [folder / name for name in ("a.zip", "b.tar.gz", "d.pdf")]
    assert codes(list(read_documents(named))) == ["archive", "archive", "not_text"]
    assert sorted(tmp_path.rglob("*")) == before


def test_columns_of_tables_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"x,y\n1,{ARTICLE}\n")
    [document] = read_documents([tmp_path], columns=ColumnMapping(text="y", id="x"))
    assert isinstance(document, Document) and (document.id, document.text) == ("1", ARTICLE)
    [refused] = read_documents([tmp_path])
    assert isinstance(refused, RefusedInput) and refused.code == "bad_columns"
