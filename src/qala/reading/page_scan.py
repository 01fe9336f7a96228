"""A page looked at before a parser meets it: how deep, how many tags; and its text without a parser.

Parsers of HTML fail on depth in ways that look like success: lxml gives an empty page at 256 levels, others need
80 seconds for 200,000 (measured, FAULTS 6). Everything here is one pass and linear for any input.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

_NAME = re.compile(r"[a-z0-9]+")
# Elements that cannot hold others, and those whose end tags are implied: neither makes a page deeper.
_FLAT = frozenset(
    _NAME.findall(
        "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody tfoot "
        "option optgroup colgroup rp rt"
    )
)
_BLOCKS = frozenset(
    _NAME.findall(
        "address article aside blockquote body br center dd details dialog div dl dt fieldset figcaption figure footer "
        "form h1 h2 h3 h4 h5 h6 head header hr html iframe li link main meta nav ol option p pre section select "
        "summary table tbody td tfoot th thead title tr ul"
    )
)
_UNREAD = frozenset(
    _NAME.findall("script style noscript template svg math iframe object head nav select button textarea")
)
"""Elements whose characters are never text of an article."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)")
_VERBATIM = re.compile(r"<(script|style|textarea|title)\b", re.IGNORECASE)
_ENDS = {
    name: re.compile(f"</{name}\\b[^>]*(?:>|$)", re.IGNORECASE) for name in ("script", "style", "textarea", "title")
}
_LONG_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9:]*)[^<>]{8192,}>")
_MARKUP = re.compile(r"<[!?][^<>]*>")  # a document type, a processing instruction
_SPACE = re.compile(r"[ \t\r\f\v\u00a0]+")


class Shape(NamedTuple):
    """How many tags a page opens, and how deep they stand inside one another (about: end tags may be missing)."""

    nodes: int
    depth: int


def drop_verbatim(page: str) -> str:
    """Return ``page`` without comments, document type and what stands in scripts and styles, tags and all.

    Scripts that hold data (JSON-LD) go, too: metadata are read from the page as it was.
    """
    return _MARKUP.sub(" ", _drop(_drop_comments(page), ("script", "style")))


def _drop_comments(page: str) -> str:
    """Return ``page`` without its comments; one that is never closed ends the page, as in a browser."""
    parts = []
    position = 0
    while (start := page.find("<!--", position)) >= 0:
        parts.append(page[position:start])
        end = page.find("-->", start + 2)
        if end < 0:
            return "".join(parts)
        position = end + 3
    parts.append(page[position:])
    return "".join(parts)


def _drop(page: str, names: tuple[str, ...]) -> str:
    """Return ``page`` without the elements ``names``, whose content a parser takes verbatim."""
    parts = []
    position = kept = 0
    while match := _VERBATIM.search(page, position):
        name = match.group(1).lower()
        end = _ENDS[name].search(page, match.end())
        position = end.end() if end else len(page)
        if name in names:
            parts.append(page[kept : match.start()])
            kept = position
    parts.append(page[kept:])
    return " ".join(parts)


def shorten_tags(page: str) -> str:
    """Return ``page`` with the attributes of tags over 8,192 characters dropped: pictures in line, and attacks."""
    return _LONG_TAG.sub(r"<\1>", page)


def measure_page(page: str) -> Shape:
    """Return the shape of ``page``, from which scripts and comments have been dropped."""
    open_tags: list[str] = []
    counts: dict[str, int] = {}
    nodes = depth = 0
    for match in _TAG.finditer(page):
        name = match.group(2).lower()
        if match.group(1):
            if counts.get(name):
                while True:
                    last = open_tags.pop()
                    counts[last] -= 1
                    if last == name:
                        break
            continue
        nodes += 1
        if name in _FLAT:
            continue
        open_tags.append(name)
        counts[name] = counts.get(name, 0) + 1
        depth = max(depth, len(open_tags))
    return Shape(nodes, depth)


def strip_tags(page: str) -> str:
    """Return the text of a page or of a piece of one: a line for each block, entities undone, nothing unread.

    Used where no parser may go, and for the small HTML of feeds and tables. Links keep their words.
    """
    page = drop_verbatim(page)
    if "<" not in page:
        return _tidy(html.unescape(page))
    parts: list[str] = []
    position = 0
    unread: str | None = None  # the element that is being passed over
    inside = 0
    for match in _TAG.finditer(page):
        if match.start() < position:
            continue  # a "<" in an attribute of the last tag
        name = match.group(2).lower()
        if unread is None:
            parts.append(page[position : match.start()])
            parts.append("\n" if name in _BLOCKS else "")
        position = _end_of_tag(page, match.end())
        if unread is None:
            if name in _UNREAD and not match.group(1):
                unread, inside = name, 1
        elif name == unread:
            inside += -1 if match.group(1) else 1
            unread = unread if inside else None
    if unread is None:
        parts.append(page[position:])
    return _tidy(html.unescape("".join(parts)))


def _end_of_tag(page: str, position: int) -> int:
    """Return the offset after the tag whose name ends at ``position``; a ``>`` in quotation marks does not end it."""
    end = page.find(">", position)
    if end < 0:
        return len(page)
    attributes = page[position:end]
    for mark in ('"', "'"):
        # One attribute that holds ">" is looked through; more than that is no page that people wrote.
        if attributes.count(mark) % 2 and f"={mark}" in attributes:
            closing = page.find(mark, end, end + 2048)
            after = page.find(">", closing, closing + 2048) if closing >= 0 else -1
            if after >= 0:
                return after + 1
    return end + 1


def _tidy(text: str) -> str:
    """Return ``text`` with runs of space as one and without empty lines."""
    lines = (_SPACE.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
