"""What a page says of itself: title, author, outlet, address."""

import lxml.html
import pytest

from qala.reading.page_meta import PageMeta, read_meta


def meta(head: str = "", body: str = "") -> PageMeta:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return read_meta(lxml.html.document_fromstring(page), page)


LD = """<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},
{"@type":["NewsArticle"],"headline":"&quot;عنوان&quot; الخبر","author":[{"@type":"Person","name":"ليلى عمر"}],
"publisher":{"name":"صحيفة الغد"},"datePublished":"2024-03-05T10:00:00Z","mainEntityOfPage":"https://a.example/n/1"}]}</script>"""


def test_schema_org() -> None:
    found = meta(LD)
    assert (found.title, found.author, found.outlet) == ('"عنوان" الخبر', "ليلى عمر", "صحيفة الغد")
    assert found.url == "https://a.example/n/1" and found.is_article and found.dated_by == "json-ld"


@pytest.mark.parametrize("broken", [LD.replace("]}</", "</"), LD.replace('"headline"', '"headline" "')])
def test_json_that_no_parser_takes_still_gives_its_date(broken: str) -> None:
    assert str(meta(broken).published) == "2024-03-05 10:00:00+00:00"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("عنوان الخبر - صحيفة الغد", "عنوان الخبر"),
        ("عنوان الخبر | Al Ghad", "عنوان الخبر"),
        ("مصر - تونس: مباراة الليلة", "مصر - تونس: مباراة الليلة"),
        ("ترامب: لن ننسحب - والكرملين يرد على تصريحه", "ترامب: لن ننسحب - والكرملين يرد على تصريحه"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_title(title: str, expected: str) -> None:
    assert meta(f'<title>{title}</title><meta property="og:site_name" content="صحيفة الغد">').title == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<meta name="author" content="كتب: سامي خالد">', "سامي خالد"),
        ('<meta name="author" content="https://facebook.com/x">', None),
        ('<meta name="author" content="صحيفة الغد">', None),
        ('<span class="author-name">بقلم سامي خالد</span>', "سامي خالد"),
        ('<div class="author">منوعات</div>', None),
        ('<div class="related"><span class="author">سامي خالد</span></div>', None),
    ],
)
def test_bylines(html: str, expected: str | None) -> None:
    assert meta('<meta property="og:site_name" content="صحيفة الغد">', html).author == expected


def test_addresses() -> None:
    link = '<link rel=canonical href="https://www.a.example/"><meta property=og:url content="https://a.example/n/1">'
    assert meta(link).url == "https://a.example/n/1" and meta(link).outlet == "a.example"
    assert meta('<link rel=canonical href="/n/1">').url is None


def test_a_page_saved_by_an_old_browser_names_its_address() -> None:
    page = "<!-- saved from url=(0022)http://a.example/n/1 --><html><body><p>x</p></body></html>"
    assert read_meta(lxml.html.document_fromstring(page), page).url == "http://a.example/n/1"


def test_hostile_json_is_passed_over() -> None:
    for text in ("[" * 100_000, "{" * 1000, '{"@type": 5, "author": {"name": {"name": 1}}}', "null"):
        assert meta(f'<script type="application/ld+json">{text}</script>').published is None
