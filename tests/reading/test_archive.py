"""Web archives: Arabic articles with address, time and digest; everything else counted."""

import gzip
import io
from datetime import UTC, datetime

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from qala.model import Document, RefusedInput
from qala.reading.archive import read_archive

ARABIC = "قالت الوزيرة إن المحصول ارتفع هذا العام إلى ثلاثة ملايين طن وهو أعلى رقم منذ سنوات، ونفى الاتحاد هذه الأرقام."
PERSIAN = "وزیر کشاورزی گفت که محصول گندم امسال به سه میلیون تن رسیده است و این بالاترین رقم در ده سال گذشته است."


def page(text: str) -> bytes:
    return f"<html><head><title>ع</title></head><body><h1>ع</h1><p>{text}</p><p>{text} نعم</p></body></html>".encode()


class Archive:
    """An archive being written by warcio."""

    def __init__(self, *, zipped: bool = True) -> None:
        self.out = io.BytesIO()
        self.writer = WARCWriter(self.out, gzip=zipped)

    def add(
        self,
        body: bytes,
        *,
        url: str = "http://www.a.example/2024/01/02/x",
        kind: str = "response",
        status: str = "200 OK",
        **fields: str,
    ) -> int:
        """Add a record and return its offset."""
        offset = self.out.tell()
        given = {
            "Content-Type": "text/html; charset=utf-8",
            **{name.replace("_", "-"): v for name, v in fields.items()},
        }
        http = StatusAndHeaders(status, list(given.items()), protocol="HTTP/1.1") if kind == "response" else None
        self.writer.write_record(
            self.writer.create_warc_record(
                url,
                kind,
                payload=io.BytesIO(body),
                http_headers=http,
                warc_content_type=given["Content-Type"] if http is None else None,
                warc_headers_dict={"WARC-Date": "2024-01-05T06:07:08Z"},
            )
        )
        return offset

    def read(self, **options: object) -> list[Document | RefusedInput]:
        self.out.seek(0)
        return list(read_archive(self.out, "a.warc.gz", **options))  # type: ignore[arg-type]


@pytest.mark.parametrize("zipped", [True, False])
def test_an_article_keeps_where_it_is_from(zipped: bool) -> None:
    archive = Archive(zipped=zipped)
    archive.add(b"", kind="warcinfo", Content_Type="application/warc-fields")
    offset = archive.add(page(ARABIC))
    document, passed = archive.read()
    assert isinstance(document, Document)
    assert document.text == f"{ARABIC}\n{ARABIC} نعم" and document.url == "http://www.a.example/2024/01/02/x"
    assert str(document.published) == "2024-01-02" and document.outlet == "a.example"
    origin = document.origin
    assert (origin.container, origin.offset, origin.path) == ("a.warc.gz", offset, f"a.warc.gz@{offset}")
    assert origin.retrieved == datetime(2024, 1, 5, 6, 7, 8, tzinfo=UTC)
    assert origin.digest and origin.digest.startswith("sha1:") and origin.raw == page(ARABIC)
    assert origin.media_type == "text/html" and "digest_mismatch" not in origin.flags
    assert passed == RefusedInput("a.warc.gz", "1 records passed over: warcinfo 1", "not_a_page")


def test_what_is_passed_over_is_counted() -> None:
    archive = Archive()
    archive.add(page(ARABIC))
    archive.add(page(PERSIAN))
    archive.add(b"<html><p>The minister said so.</p></html>" * 20)
    archive.add(page(ARABIC), status="404 Not Found")
    archive.add(b"\x89PNG", Content_Type="image/png")
    archive.add(b"GET / HTTP/1.1\r\n\r\n", kind="request", Content_Type="application/http")
    document, pages, languages = archive.read()
    assert isinstance(document, Document)
    assert isinstance(pages, RefusedInput) and pages.code == "not_a_page"
    assert all(word in pages.reason for word in ("3 records", "status 404 1", "image/png 1", "request 1"))
    assert isinstance(languages, RefusedInput) and languages.code == "not_arabic"
    assert all(word in languages.reason for word in ("2 records", "fa 1", "no Arabic letters 1"))


def test_text_records_of_a_wet_file() -> None:
    archive = Archive()
    archive.add(f"{ARABIC}\n{ARABIC}".encode(), kind="conversion", Content_Type="text/plain")
    [document] = archive.read()
    assert isinstance(document, Document) and document.text == f"{ARABIC}\n{ARABIC}"
    assert document.origin.method == "decoded" and document.outlet == "a.example"
    assert str(document.published) == "2024-01-02" and "date_from_url" in document.origin.flags


def test_bodies_are_decoded() -> None:
    archive = Archive()
    body = gzip.compress(page(ARABIC))
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    archive.add(chunked, Content_Encoding="gzip", Transfer_Encoding="chunked")
    archive.add(page(ARABIC).decode().encode("cp1256"), Content_Type="text/html; charset=windows-1256")
    archive.add(page(ARABIC).decode().encode("cp1256"), Content_Type="text/html; charset=utf-8")
    found = archive.read()
    assert [one.text for one in found if isinstance(one, Document)] == [f"{ARABIC}\n{ARABIC} نعم"] * 3


def test_a_digest_that_does_not_fit_is_flagged_and_the_article_kept() -> None:
    archive = Archive(zipped=False)
    archive.add(page(ARABIC))
    raw = archive.out.getvalue().replace("ثلاثة".encode(), "أربعة".encode())
    [document] = read_archive(io.BytesIO(raw), "a.warc")
    assert isinstance(document, Document) and "أربعة" in document.text and "digest_mismatch" in document.origin.flags


def test_bombs_and_unknown_codings_are_refused_with_their_place() -> None:
    archive = Archive()
    archive.add(page(ARABIC))
    offset = archive.add(gzip.compress(b"<p>" + bytes(80_000_000)), Content_Encoding="gzip")
    archive.add(page(ARABIC), Content_Encoding="zstd")
    archive.add(page(ARABIC))
    found = archive.read()
    assert [one.code if isinstance(one, RefusedInput) else "ok" for one in found] == [
        "ok",
        "bomb",
        "unknown_coding",
        "ok",
    ]
    assert isinstance(found[1], RefusedInput) and found[1].place == f"a.warc.gz@{offset}"


def test_damage_is_a_row_with_offsets() -> None:
    archive = Archive()
    offsets = [archive.add(page(f"{ARABIC} {number}")) for number in range(5)]
    raw = bytearray(archive.out.getvalue())
    raw[offsets[2] + 200 : offsets[2] + 210] = bytes(10)
    found = list(read_archive(io.BytesIO(bytes(raw)), "a.warc.gz"))
    assert [isinstance(one, Document) for one in found] == [True, True, False, True, True]
    refused = found[2]
    assert isinstance(refused, RefusedInput) and refused.place == f"a.warc.gz@{offsets[2]}"
    assert refused.code == "damaged" and refused.reason.endswith(f"to byte {offsets[3]:,}")


def test_records_done_are_passed_over_and_reading_can_begin_in_the_midst() -> None:
    archive = Archive()
    offsets = [archive.add(page(f"{ARABIC} {number}")) for number in range(5)]
    rest = archive.read(skip=lambda place, offset: offset < offsets[3])
    assert [one.origin.offset for one in rest if isinstance(one, Document)] == offsets[3:]
    again = archive.read(start=offsets[3])
    assert [one.origin.offset for one in again if isinstance(one, Document)] == offsets[3:]


def test_a_file_without_records() -> None:
    [refused] = read_archive(io.BytesIO(b""), "a.warc")
    assert isinstance(refused, RefusedInput) and refused.code == "no_text"
