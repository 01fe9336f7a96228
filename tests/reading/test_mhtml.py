"""Pages that a browser saved as one file."""

from datetime import UTC, datetime
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from qala.model import Document, RefusedInput
from qala.reading.limits import Limits
from qala.reading.mhtml import read_mhtml

TEXT = "قالت الوزيرة إن المحصول ارتفع هذا العام إلى ثلاثة ملايين طن وهو أعلى رقم منذ سنوات."


def saved(charset: str = "utf-8") -> bytes:
    message = MIMEMultipart("related")
    message["Snapshot-Content-Location"] = "https://a.example/n/1"
    message["Date"] = "Fri, 5 Jan 2024 06:07:08 -0000"
    message.attach(MIMEText(f"<html><body><h1>ع</h1><p>{TEXT}</p><p>{TEXT} نعم</p></body></html>", "html", charset))
    message.attach(MIMEImage(b"\x89PNG", "png"))
    return message.as_bytes()


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
def test_the_page_among_its_pictures(charset: str) -> None:
    document = read_mhtml(saved(charset), "x.mhtml")
    assert isinstance(document, Document) and document.text == f"{TEXT}\n{TEXT} نعم"
    assert document.url == "https://a.example/n/1"
    assert document.origin.retrieved == datetime(2024, 1, 5, 6, 7, 8, tzinfo=UTC)


@pytest.mark.parametrize("raw", [b"", b"no mail", b"\n--x" * 10_000, saved().replace(b"text/html", b"text/css")])
def test_what_holds_no_page(raw: bytes) -> None:
    found = read_mhtml(raw, "x")
    assert isinstance(found, RefusedInput) and found.code == "bad_mhtml"


def test_the_limit_holds() -> None:
    found = read_mhtml(saved(), "x", limits=Limits(record_bytes=10))
    assert isinstance(found, RefusedInput) and found.code == "too_large"
