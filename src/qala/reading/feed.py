"""RSS and Atom files: each item an article, with its full body where the feed brings it, else its summary.

The XML is read by defusedxml: a document type, an entity of its own or a reference to a file ends the reading before
anything is expanded or opened. RSS 0.9 to 2.0, RDF (RSS 1.0) and Atom 1.0 are told apart by their elements' names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple
from xml.etree.ElementTree import ParseError

from qala.model import Document, Origin, RefusedInput
from qala.reading.charset import decode_bytes, is_mojibake
from qala.reading.extras import need_extra
from qala.reading.limits import DEFAULT_LIMITS, Limits
from qala.reading.page_dates import parse_moment
from qala.reading.page_scan import strip_tags
from qala.reading.page_words import fold_line, load_page_words
from qala.reading.plain import identify, is_blank, read_at_most, refuse_size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

_ITEMS = ("item", "entry")
_ROOTS = ("rss", "feed", "RDF")
_BODIES = ("encoded", "content", "description", "summary", "subtitle")
_FULL = ("encoded", "content")
_DATES = ("pubDate", "published", "date", "issued", "created")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,400}\?>")
_MAILBOX = re.compile(r"\S+@\S+\s*(?:\(([^()]{1,80})\))?")
_CUT = re.compile(r"(?:\.{2,}|\u2026|\[\s*(?:\u2026|\.{2,}|&hellip;)\s*\])\s*$")
_ALIEN = re.compile(r"\{[^}]*(?:mrss|itunes|media|podcast)")
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([a-zA-Z0-9_:.-]{2,40})")
_FULL_LENGTH = 1_200  # characters; a description as long is taken for the whole article
_LONGEST_TITLE = 500
_LEAST_WORDS = 4


class _Item(NamedTuple):
    """An item: its elements' texts by local name, the link, and its bytes' place."""

    texts: dict[str, str]
    link: str | None
    start: int
    end: int
    html: bool


class _StopError(Exception):
    """A feed that must not be read on; ``code`` is "too_deep" or "not_a_feed"."""

    def __init__(self, reason: str, code: str) -> None:
        super().__init__(reason)
        self.code = code


class _Collector:
    """What the XML parser calls: gathers items, with the offsets of their bytes, and the feed's own title."""

    def __init__(self, limits: Limits) -> None:
        self.place: Callable[[], int] = lambda: 0
        self.items: list[_Item] = []
        self.title = ""
        self._limits = limits
        self._names: list[str] = []
        self._texts: dict[str, list[str]] | None = None
        self._link: str | None = None
        self._html = False
        self._start = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        name = tag.rpartition("}")[2]
        if not self._names and name not in _ROOTS:
            raise _StopError(f"neither RSS nor Atom: the root is <{name[:40]}>", "not_a_feed")
        self._names.append(name)
        if len(self._names) > self._limits.xml_depth:
            raise _StopError(f"nested deeper than {self._limits.xml_depth} levels", "too_deep")
        if name in _ITEMS and self._texts is None:
            self._texts, self._link, self._html, self._start = {}, None, False, self.place()
        elif self._texts is not None and name == "link" and attributes.get("href"):
            if self._link is None or attributes.get("rel", "alternate") == "alternate":
                self._link = attributes["href"]
        elif self._texts is not None and len(self._names) > self._item_depth() + 1:
            if self._inside_body():
                self._add("\n" if name in ("p", "div", "br", "li", "blockquote") else "")  # XHTML within Atom
        elif self._texts is not None and (_ALIEN.search(tag) or self._texts.get(name)):
            self._names[-1] = "other"  # of a picture or a podcast, or given before: the first one counts

    def _item_depth(self) -> int:
        return next(depth for depth, name in enumerate(self._names, 1) if name in _ITEMS)

    def _inside_body(self) -> bool:
        return self._names[self._item_depth()] in _BODIES

    def _add(self, text: str) -> None:
        """Add characters to the item's element that is open."""
        if self._texts is not None and len(self._names) > (depth := self._item_depth()):
            name = self._names[depth]
            if name == "author" and len(self._names) > depth + 1 and self._names[-1] != "name":
                return
            self._texts.setdefault(name, []).append(text)

    def data(self, text: str) -> None:
        """Take characters."""
        if self._texts is not None:
            self._add(text)
        elif self._names[-1:] == ["title"] and len(self._names) <= 3 and "image" not in self._names:
            self.title += text

    def end(self, tag: str) -> None:
        """End an element."""
        name = self._names.pop()
        if self._texts is not None and name in _ITEMS and not any(one in _ITEMS for one in self._names):
            texts = {key: "".join(parts).strip() for key, parts in self._texts.items()}
            link = texts.get("link") or self._link
            self.items.append(_Item(texts, link, self._start, self.place(), self._html))
            self._texts = None

    def close(self) -> None:
        """End the feed."""


def read_feed_file(
    file: BinaryIO,
    place: str,
    *,
    published: date | None = None,
    limits: Limits = DEFAULT_LIMITS,
    skip: Callable[[str, int], bool] | None = None,
) -> Iterator[Document | RefusedInput]:
    """Yield the articles of an open feed; over ``record_bytes`` it is refused unread."""
    raw = read_at_most(file, limits.record_bytes)
    if raw is None:
        yield refuse_size(place, limits.record_bytes)
    else:
        yield from read_feed(raw, place, published=published, limits=limits, skip=skip)


def read_feed(
    raw: bytes,
    place: str,
    *,
    published: date | None = None,
    limits: Limits = DEFAULT_LIMITS,
    skip: Callable[[str, int], bool] | None = None,
) -> Iterator[Document | RefusedInput]:
    """Yield the article of each item (``place#3`` is the third), and why others give none.

    Codes: ``not_a_feed``, ``bad_xml``, ``forbidden_xml`` (a document type, an entity), ``too_deep``, ``no_text``.
    Flags: ``summary_only`` where the feed brings no full body, ``xml_repaired`` where it was not well-formed as it
    came. Items read before an error are kept. Raises ``MissingPackageError`` without the extra ``web``.
    """
    need_extra("web", "defusedxml")
    if not raw.strip():
        yield RefusedInput(place, "no text: empty or only space", "no_text")
        return
    found, refusal = _parse(raw, place, limits)
    flags: tuple[str, ...] = ()
    if refusal is not None and refusal.code == "bad_xml":
        repaired = _repair(raw)
        again, still = _parse(repaired, place, limits)
        if len(again.items) >= len(found.items):
            raw, found, refusal, flags = repaired, again, still, ("xml_repaired",)
    for number, item in enumerate(found.items, 1):
        if skip is None or not skip(place, item.start):
            yield _make_document(item, raw, f"{place}#{number}", place, found.title, published, flags, limits)
    if refusal is not None:
        yield refusal
    elif not found.items:
        yield RefusedInput(place, "no text: a feed without items", "no_text")


def _parse(raw: bytes, place: str, limits: Limits) -> tuple[_Collector, RefusedInput | None]:
    """Return what the XML holds up to its end, or up to the error that is returned with it."""
    from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
    from defusedxml.ElementTree import XMLParser  # type: ignore[import-untyped]

    collector = _Collector(limits)
    parser: Any = XMLParser(target=collector, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    collector.place = lambda: int(parser.parser.CurrentByteIndex)
    try:
        parser.feed(raw)
        parser.close()
    except _StopError as error:
        return collector, RefusedInput(place, str(error), error.code)
    except DefusedXmlException as error:
        reason = f"not read: {type(error).__name__} (a document type or entity of its own)"
        return collector, RefusedInput(place, reason, "forbidden_xml")
    except (ParseError, ValueError, LookupError) as error:
        return collector, RefusedInput(place, f"not XML: {str(error)[:200]}", "bad_xml")
    return collector, None


def _repair(raw: bytes) -> bytes:
    """Return the feed as UTF-8 with stray ``&`` escaped and controls dropped: the usual faults of feeds."""
    text = _DECLARATION.sub("", _CONTROL.sub("", decode_bytes(raw).text))
    parts = _CDATA.split(text)
    return "".join(part if index % 2 else _ENTITY.sub("&amp;", part) for index, part in enumerate(parts)).encode()


def _make_document(
    item: _Item,
    raw: bytes,
    place: str,
    container: str,
    feed: str,
    published: date | None,
    flags: tuple[str, ...],
    limits: Limits,
) -> Document | RefusedInput:
    """Return the article of an item, or why it is none."""
    declared = _XML_CHARSET.match(raw)
    encoding = "utf-8" if declared is None or "xml_repaired" in flags else declared[1].decode("ascii").lower()
    name = next((name for name in _BODIES if item.texts.get(name)), "")
    text, cut = _clean_body(item.texts.get(name, ""))
    if is_blank(text) or len(text.split()) < _LEAST_WORDS:
        return RefusedInput(place, "no text: the item has a title at most", "no_text")
    if len(text.encode("utf-8", "replace")) > limits.document_bytes:
        return refuse_size(place, limits.document_bytes)
    full = name in _FULL or len(text) >= _FULL_LENGTH or "\n" in text
    marks = [*flags, *([] if full and not cut else ["summary_only"])]
    marks += ["mojibake_suspected"] if is_mojibake(text) else []
    dates = (parse_moment(item.texts[one]) for one in _DATES if item.texts.get(one))
    piece = raw[item.start : raw.find(b">", item.end) + 1]
    link = item.link if item.link and re.match(r"https?://\S+$", item.link.strip()) else None
    title = " ".join(strip_tags(item.texts.get("title", "")).split())[:_LONGEST_TITLE]
    return Document(
        id=item.texts.get("guid") or item.texts.get("id") or link or identify(piece),
        text=text,
        published=next((one for one in dates if one), published),
        outlet=" ".join(feed.split()) or None,
        url=link.strip() if link else None,
        title=title or None,
        origin=Origin(
            path=place,
            raw=piece,
            encoding=encoding,
            flags=tuple(marks),
            media_type="application/xml",
            method=f"feed:{name}",
            container=container,
            offset=item.start,
            author=_author(item.texts.get("creator") or item.texts.get("author") or ""),
        ),
    )


def _clean_body(body: str) -> tuple[str, bool]:
    """Return the text of an item's body, a line a paragraph, and whether it is cut off with a link to more."""
    lines = strip_tags(body).split("\n")
    teasers = load_page_words().teasers
    cut = False
    while lines and (not lines[-1] or fold_line(lines[-1]).strip(" .\u2026[]<>\u00bb\u00ab:-") in teasers):
        cut = cut or bool(lines[-1])
        lines.pop()
    text = "\n".join(lines)
    return text, cut or _CUT.search(text) is not None


def _author(value: str) -> str | None:
    """Return the name in an author field, which may be an address with a name in brackets."""
    text = " ".join(strip_tags(value).split())
    match = _MAILBOX.fullmatch(text)
    name = (match[1] or "") if match else text
    return name.strip() or None
