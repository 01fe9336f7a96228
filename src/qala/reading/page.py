"""Saved pages: the article of an HTML page with what the page says of itself.

``Document.text`` is the extracted article, one paragraph a line, without its title; the page's bytes are kept in
``Origin.raw``. No map leads from the text to the bytes. Nothing of a page is run, loaded or resolved.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qala.errors import ReadError
from qala.model import Document, Origin, RefusedInput
from qala.reading.charset import Decoded, decode_bytes
from qala.reading.extras import need_extra
from qala.reading.limits import DEFAULT_LIMITS, Limits
from qala.reading.page_body import (
    MOST_ELEMENTS,
    choose_lines,
    cut_page,
    extract_paragraphs,
    is_article,
    tidy_paragraphs,
)
from qala.reading.page_meta import PageMeta, read_meta
from qala.reading.page_scan import drop_verbatim, measure_page, shorten_tags, strip_tags
from qala.reading.plain import identify, refuse_size

if TYPE_CHECKING:
    from datetime import date

    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([a-zA-Z0-9_:.-]{2,40})")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,400}\?>")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # characters that XML does not have
_WORDS = re.compile(rb"[\x80-\xff][^<>\x00]{0,200}")
# What a parser and an extractor raise on pages that nobody thought of; none of it may end the run.
_FAILURES = (ValueError, TypeError, AttributeError, LookupError, RecursionError, AssertionError)
_HEAD = 1 << 14  # bytes in which a declaration of the encoding is looked for
_DATED = {"dateline": "date_from_page", "url": "date_from_url"}


class _Extracted(NamedTuple):
    """What came out of a page: its paragraphs, what it says of itself, by which method, and what was odd."""

    paragraphs: list[str]
    meta: PageMeta
    method: str
    flags: tuple[str, ...] = ()


def is_page(beginning: bytes) -> bool:
    """Return whether bytes that begin so are HTML, whatever the name of their file."""
    start = beginning[:2048].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    start = re.sub(rb"^(?:<\?xml[^>]{0,200}>|<!--.{0,1000}?-->|\s)+", b"", start, flags=re.DOTALL)
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body"))


def decode_page(raw: bytes, declared: str | None = None) -> Decoded:
    """Decode a page: what HTTP declared, else what the page declares, unless the bytes speak against it.

    The choice looks at the words beyond ASCII alone, for a page may open with 64 KB of scripts. An encoding that
    Qala does not know is as good as none, with the flag ``encoding_overruled``.
    """
    found = _META_CHARSET.search(raw[:_HEAD]) or _XML_CHARSET.search(raw[:_HEAD])
    name = declared or (found[1].decode("ascii") if found else None)
    unknown = False
    try:
        decode_bytes(b"", name)
    except ReadError:
        name, unknown = None, True
    if b"\x00" in raw[:1024] or raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return decode_bytes(raw)
    sample = b" ".join(match.group() for match in _WORDS.finditer(raw))
    chosen = decode_bytes(sample, name)
    decoded = decode_bytes(raw, chosen.encoding)
    overruled = unknown or "encoding_overruled" in chosen.flags
    flags = tuple(flag for flag in decoded.flags if flag != "encoding_overruled")
    return decoded._replace(flags=(*flags, "encoding_overruled") if overruled else flags)


def read_page(
    raw: bytes,
    place: str,
    *,
    published: date | None = None,
    encoding: str | None = None,
    url: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Document | RefusedInput:
    """Return the article of a page, or why there is none: ``no_article``, ``no_text``, ``extraction_empty``.

    ``encoding`` and ``url`` are those of the transport (HTTP, an archive); ``published`` stands in where the page
    does not say its date. Flags: those of decoding; ``html_too_deep``, ``html_too_large`` where the text was got
    without the page's structure, ``extraction_failed`` where the extractor gave up; ``date_from_page``,
    ``date_from_url`` where the date is no field of the page. Raises ``MissingPackageError`` without the extra ``web``.
    """
    need_extra("web", "trafilatura", "lxml")
    if len(raw) > limits.document_bytes:
        return refuse_size(place, limits.document_bytes)
    decoded = decode_page(raw, encoding)
    page = _UNFIT.sub(" ", _XML_DECLARATION.sub("", decoded.text))
    got = _extract(page, url, limits)
    if not got.paragraphs or not is_article(got.paragraphs, called=got.meta.is_article):
        return _refuse_empty(page, place, got)
    meta = got.meta
    flags = (*decoded.flags, *got.flags, *([_DATED[meta.dated_by]] if meta.dated_by in _DATED else ()))
    return Document(
        id=identify(raw),
        text="\n".join(got.paragraphs),
        published=meta.published or published,
        outlet=meta.outlet,
        url=url or meta.url,
        title=meta.title,
        origin=Origin(
            path=place,
            raw=raw,
            encoding=decoded.encoding,
            flags=flags,
            media_type="text/html",
            method=got.method,
            retrieved=meta.saved,
            author=meta.author,
        ),
    )


def _extract(page: str, url: str | None, limits: Limits) -> _Extracted:
    """Return the article of a page: by its structure where that can be read safely, else by its lines."""
    bare = shorten_tags(drop_verbatim(page))
    shape = measure_page(bare)
    if shape.depth > limits.html_depth or shape.nodes > limits.html_nodes:
        flag = "html_too_deep" if shape.depth > limits.html_depth else "html_too_large"
        return _Extracted(choose_lines(strip_tags(page)), PageMeta(), "lines", (flag,))
    tree = _parse(shorten_tags(page))
    if tree is None:
        return _Extracted([], PageMeta(), "")
    meta = PageMeta()
    try:
        meta = read_meta(tree, page, url)
        if cut_page(tree) > MOST_ELEMENTS:
            return _Extracted(choose_lines(strip_tags(page)), meta, "lines", ("html_too_large",))
        paragraphs = tidy_paragraphs(extract_paragraphs(tree, meta.url), meta.title)
    except _FAILURES:
        return _Extracted(choose_lines(strip_tags(page)), meta, "lines", ("extraction_failed",))
    from importlib.metadata import version  # loads sockets, which importing Qala must not

    return _Extracted(paragraphs, meta, f"trafilatura {version('trafilatura')}")


def _parse(page: str) -> HtmlElement | None:
    """Return the tree of a page; ``None`` where it has no element. The parser may open no file and no address."""
    from lxml import etree, html  # type: ignore[import-untyped]

    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(page.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _refuse_empty(page: str, place: str, got: _Extracted) -> RefusedInput:
    """Return why a page gives no document: it has no words, no article, or one that could not be got out."""
    words = len(strip_tags(page).split())
    if not words:
        return RefusedInput(place, "no text: the page has no words", "no_text")
    if got.flags or not got.method:
        return RefusedInput(place, f"no article could be got out of {words:,} words: {got.flags}", "extraction_empty")
    return RefusedInput(place, f"no article on the page ({words:,} words of menus and lists)", "no_article")
