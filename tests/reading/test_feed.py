"""RSS and Atom: full bodies and summaries, hostile XML, feeds that are not well-formed. All feeds are invented."""

import socket
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from qala.model import Document, RefusedInput
from qala.reading.feed import read_feed, read_feed_file
from qala.reading.limits import Limits

BODY = "قالت الوزيرة إن المحصول ارتفع هذا العام."
MORE = "ونفى الاتحاد ذلك في بيان له."


def rss(items: str, head: str = "<title>أخبار الغد</title>") -> bytes:
    names = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f'<?xml version="1.0"?><rss version="2.0" {names}><channel>{head}{items}</channel></rss>'.encode()


ITEM = f"""<item><title>عنوان &amp; خبر</title><link>https://a.example/1</link><guid>g1</guid>
<pubDate>Thu, 20 Mar 2025 17:15:01 +0100</pubDate><author>x@a.example (سامي خالد)</author>
<description><![CDATA[<p>{BODY}</p><p>{MORE}</p><img src="x">]]></description></item>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>الغد</title><entry><id>urn:1</id><title>عنوان</title>
<link rel="self" href="https://a.example/feed"/><link rel="alternate" href="https://a.example/1"/>
<author><name>ليلى عمر</name><email>l@a.example</email></author><updated>2025-01-01T00:00:00Z</updated>
<published>2024-01-02T03:04:05Z</published><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{BODY}</p>
<p>{MORE}</p></div></content></entry></feed>""".encode()


def documents(raw: bytes) -> list[Document]:
    found = list(read_feed(raw, "f.xml"))
    assert all(isinstance(one, Document) for one in found), found
    return [one for one in found if isinstance(one, Document)]


def test_an_item_is_an_article_with_its_bytes() -> None:
    raw = rss(ITEM)
    [document] = documents(raw)
    assert document.text == f"{BODY}\n{MORE}"
    assert (document.id, document.title, document.url) == ("g1", "عنوان & خبر", "https://a.example/1")
    assert document.published == datetime(2025, 3, 20, 17, 15, 1, tzinfo=timezone(timedelta(hours=1)))
    assert document.outlet == "أخبار الغد"
    origin = document.origin
    assert origin.author == "سامي خالد" and origin.flags == () and origin.method == "feed:description"
    assert (origin.container, origin.path) == ("f.xml", "f.xml#1")
    assert origin.raw is not None and origin.offset is not None
    assert raw[origin.offset : origin.offset + len(origin.raw)] == origin.raw
    assert origin.raw.startswith(b"<item>") and origin.raw.endswith(b"</item>")


def test_atom() -> None:
    [document] = documents(ATOM)
    assert document.text == f"{BODY}\n{MORE}" and document.origin.method == "feed:content"
    assert document.published == datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert (document.url, document.origin.author, document.outlet) == ("https://a.example/1", "ليلى عمر", "الغد")


def test_rdf_and_dublin_core() -> None:
    names = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    item = f"<item><title>ع</title><description>{BODY}</description><dc:date>2024-01-02</dc:date></item>"
    raw = f'<rdf:RDF {names} xmlns:dc="http://purl.org/dc/elements/1.1/">{item}</rdf:RDF>'.encode()
    [document] = documents(raw)
    assert document.text == BODY and str(document.published) == "2024-01-02"


def test_the_full_body_wins_over_the_summary() -> None:
    [document] = documents(
        rss(f"<item><description>{MORE}</description><content:encoded>{BODY}</content:encoded></item>")
    )
    assert document.text == BODY and document.origin.flags == ()


@pytest.mark.parametrize("end", ["", "…", " [...]", "&lt;br/&gt;&lt;a href='x'&gt;اقرأ المزيد&lt;/a&gt;"])
def test_a_summary_says_that_it_is_one(end: str) -> None:
    [document] = documents(rss(f"<item><description>{BODY}{end}</description></item>"))
    assert document.origin.flags == ("summary_only",)
    assert "اقرأ" not in document.text


def test_elements_of_pictures_and_podcasts_are_not_the_items() -> None:
    spaces = 'xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    item = f"""<item {spaces}><title>عنوان</title><media:content><media:title>صورة</media:title>
    <media:description>قالت الصورة إنها هنا</media:description></media:content>
    <description>{BODY}</description><itunes:author>س</itunes:author><itunes:summary>ملخص</itunes:summary></item>"""
    [document] = documents(rss(item))
    assert (document.title, document.text, document.origin.author) == ("عنوان", BODY, None)


HOSTILE = {
    "laughs": '<!DOCTYPE l [<!ENTITY a "x">'
    + "".join(f'<!ENTITY a{n} "{"&a;" * 10}">' for n in range(10))
    + "]><rss>&a9;</rss>",
    "quadratic": f'<!DOCTYPE l [<!ENTITY a "{"x" * 50_000}">]><rss>{"&a;" * 50_000}</rss>',
    "file": '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hostname">]><rss><channel><item><title>&a;</title></item></channel></rss>',
    "http": '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd"><rss/>',
    "parameter": '<!DOCTYPE l [<!ENTITY % p SYSTEM "http://127.0.0.1:9/">%p;]><rss/>',
    "type": "<!DOCTYPE rss><rss/>",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_document_types_and_entities_are_refused_and_nothing_is_opened(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket or a file was opened")

    list(read_feed(rss(ITEM), "warm up: imports open files"))
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr("builtins.open", refuse)
    [refused] = read_feed(HOSTILE[kind].encode(), "f.xml")
    assert isinstance(refused, RefusedInput) and refused.code == "forbidden_xml"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "no_text"),
        (b"<html><body/></html>", "not_a_feed"),
        (b"<rss><channel>" + b"<a>" * 100_000, "too_deep"),
        (b"not xml", "bad_xml"),
        (rss(""), "no_text"),
        (rss("<item><title>عنوان فقط</title></item>"), "no_text"),
    ],
)
def test_what_is_no_feed(raw: bytes, code: str) -> None:
    [refused] = read_feed(raw, "f.xml")
    assert isinstance(refused, RefusedInput) and refused.code == code


def test_a_feed_that_is_cut_off_keeps_what_came_before() -> None:
    raw = rss(ITEM * 3)
    *kept, refused = read_feed(raw[: raw.rindex(b"</item>")], "f.xml")
    assert len(kept) == 2 and isinstance(refused, RefusedInput) and refused.code == "bad_xml"


def test_the_usual_faults_are_mended_and_said() -> None:
    raw = rss(f"<item><title>a & b</title><description>{BODY}&nbsp;\x01{MORE}</description></item>")
    [document] = documents(raw)
    assert document.text == f"{BODY} {MORE}" and "xml_repaired" in document.origin.flags
    assert document.title == "a & b"


@pytest.mark.parametrize("stated", ["windows-1256", "utf-8"])
def test_encodings(stated: str) -> None:
    raw = f'<?xml version="1.0" encoding="{stated}"?><rss><channel>{ITEM}</channel></rss>'.encode("cp1256")
    [document] = documents(raw)
    assert document.text == f"{BODY}\n{MORE}"
    assert ("xml_repaired" in document.origin.flags) is (stated == "utf-8")


def test_items_done_are_passed_over() -> None:
    raw = rss(ITEM + ITEM.replace("g1", "g2"))
    first, _ = documents(raw)
    [second] = read_feed(raw, "f.xml", skip=lambda place, offset: (place, offset) == ("f.xml", first.origin.offset))
    assert isinstance(second, Document) and second.id == "g2" and second.origin.path == "f.xml#2"


def test_a_feed_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "f.xml").write_bytes(rss(ITEM * 10))
    with (tmp_path / "f.xml").open("rb") as file:
        [refused] = read_feed_file(file, "f.xml", limits=Limits(record_bytes=500))
    assert isinstance(refused, RefusedInput) and refused.code == "too_large"
