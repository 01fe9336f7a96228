"""The article of a page: its paragraphs, without menus, lists of other articles, comments, captions and notices.

The body is found by trafilatura (extra ``web``); before it, what is certainly no article is cut out of the tree, and
tables that only make the page's columns are opened; after it, notices of the site at the end go. A paragraph is
kept whole or not at all.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, NamedTuple

from qala.reading.page_words import fold_line, load_page_words

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

MOST_ELEMENTS = 20_000  # of the tree after cutting; trafilatura needs 3 s for as many links, and its square for more

_SILENT = logging.NullHandler()
_NAME = re.compile(r"[a-z0-9]+")
_NEVER = _NAME.findall(
    "script style noscript template svg math iframe object embed canvas applet audio video picture source track map "
    "button select textarea input label nav aside dialog menu figcaption footer"
)
# Names in class and id, whole between hyphens, underscores, capitals and spaces.
_OTHER = re.compile(
    r"(?<![a-z])(?:related\w*|recommend\w*|read-?also|readalso|see-?also|more-?news|more-?stories|you-?may\w*|most-?read"
    r"|mostread|popular|trending|latest|sidebar|side-?bar|widget|breadcrumbs?|share|sharing|share\w?bar|social\w*|follow-?us"
    r"|addthis\w*|sharethis|comments?|commentlist|disqus\w*|fb-comments|respond|caption|wp-caption-text|credit|tags?|tag-?list"
    r"|keywords|newsletter|subscri\w+|paywall|promo\w*|advert\w*|ads?|banner|sponsor\w*|taboola|outbrain|cookies?|consent"
    r"|popup|modal|toolbar|print-?link|author-?box|author-?bio|pagination|pager|skip-?link|copyright)(?![a-z])",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # entities for controls make these
_SPACE = re.compile(r"[ \t\u00a0\u200b\ufeff]+")
_LINK_BLOCKS = frozenset(_NAME.findall("ul ol dl li dt dd p div section table tr td h2 h3 h4 h5 h6 center strong"))
_LONGEST_LINK = 400  # characters; a longer one is an anchor that was never closed
_ALL_LINKS, _MOSTLY_LINKS = 0.9, 0.7  # share of a block's characters that stand in links
_HALF = 0.4  # of a page's words: an element with more is never cut out for its name
_NOTICE_WORDS = 90  # a longer paragraph is no notice
_NOTICES_WITHIN = 8  # paragraphs from the end
_SENTENCE = 12  # words of the shortest paragraph that shows an article
_SHORT_SENTENCE = 6  # the same, where the page calls itself an article


class _Size(NamedTuple):
    """What stands in an element: characters, those of them in links, and links."""

    characters: int
    linked: int
    links: int


def cut_page(tree: HtmlElement) -> int:
    """Cut out of ``tree``, in place, what cannot be the article; return how many elements are left.

    That is: what is never text, what its class or id calls a menu, a share button, a caption …, what nobody sees,
    and blocks that are nothing but links. What holds more than two fifths of the words stays, whatever its name.
    """
    body = tree.find("body")
    top = body if body is not None else tree
    for element in [*top.iter(*_NEVER)]:
        if not (element.tag in ("footer", "label") and element.find(".//p") is not None and _in_article(element)):
            _remove(element)
    sizes = _measure(top)
    most = _HALF * max(sizes[top].characters, 1)
    for element in [*top.iter()]:
        size = sizes[element]
        if element is top or size.characters > most or not isinstance(element.tag, str):
            continue
        if _is_other(element) or (element.tag in _LINK_BLOCKS and _is_links(size)):
            _remove(element)
    _open_tables(top)
    return sum(1 for _ in top.iter())


def _measure(top: HtmlElement) -> dict[HtmlElement, _Size]:
    """Return the size of every element under ``top``, each from its children: linear however deep they stand."""
    sizes: dict[HtmlElement, _Size] = {}
    for element in reversed([*top.iter()]):
        inside = [sizes[child] for child in element]
        characters = _length(element.text) + sum(_length(child.tail) for child in element)
        characters += sum(size.characters for size in inside)
        linked, links = sum(size.linked for size in inside), sum(size.links for size in inside)
        if element.tag == "a" and element.get("href") and characters <= _LONGEST_LINK:
            linked, links = characters, links + 1
        sizes[element] = _Size(characters, linked, links)
    return sizes


def _length(text: str | None) -> int:
    """Return the length of ``text`` without the space around it."""
    return len(text.strip()) if text else 0


def _is_links(size: _Size) -> bool:
    """Return whether a block is nothing but a link, or a list of them with little beside."""
    share = size.linked / max(size.characters, 1)
    return size.links > 0 and (share >= _ALL_LINKS or (size.links >= 3 and share >= _MOSTLY_LINKS))


def _in_article(element: HtmlElement) -> bool:
    """Return whether an element stands inside the article's own element."""
    return any(ancestor.tag == "article" for ancestor in element.iterancestors())


def _is_other(element: HtmlElement) -> bool:
    """Return whether the marks of an element say that it is not the article, or that nobody sees it."""
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if _HIDDEN.search(element.get("style") or ""):
        return True
    if element.tag in ("html", "body", "article", "main", "p", "h1", "br"):
        return False
    marks = _CAMEL.sub("-", f"{element.get('class') or ''} {element.get('id') or ''}").replace("_", "-")
    return _OTHER.search(marks) is not None


def _remove(element: HtmlElement) -> None:
    """Take an element out of its tree; the words after it stay, apart from those before."""
    parent = element.getparent()
    if parent is None:
        return
    tail = " " + _UNFIT.sub(" ", element.tail or "")
    before = element.getprevious()
    if before is not None:
        before.tail = _UNFIT.sub(" ", before.tail or "") + tail
    else:
        parent.text = _UNFIT.sub(" ", parent.text or "") + tail
    parent.remove(element)


def _open_tables(top: HtmlElement) -> None:
    """Make plain blocks of tables that only lay the page out, as pages before 2010 do; tables of data stay."""
    for table in [*top.iter("table")]:
        cells = [*table.iter("td", "th")]
        if len(cells) <= 1 or any(len(cell.text_content()) > 300 for cell in cells) or table.find(".//p") is not None:
            table.tag = "div"
            for part in table.iter("tbody", "tr", "td", "th", "thead"):
                part.tag = "div"


def extract_paragraphs(tree: HtmlElement, url: str | None) -> list[str]:
    """Return the paragraphs that trafilatura takes for the article of a tree that ``cut_page`` has cut."""
    from trafilatura import bare_extraction  # heavy, and part of the extra "web"

    logging.getLogger("trafilatura").addHandler(_SILENT)  # what it does not find is told by a refusal
    found = bare_extraction(
        tree, url=url, include_comments=False, include_tables=False, with_metadata=False, deduplicate=False
    )
    text = getattr(found, "text", None) or ""
    lines = (_SPACE.sub(" ", line).strip() for line in text.split("\n"))
    return [line for line in lines if line and line != "-"]


def choose_lines(text: str) -> list[str]:
    """Return the lines of a page without structure that read like sentences of an article."""
    return [line for line in text.split("\n") if len(line.split()) >= _SENTENCE]


def tidy_paragraphs(paragraphs: list[str], title: str | None) -> list[str]:
    """Return the paragraphs without the title before them, without repetitions and without notices at the end."""
    heading = fold_line(title) if title else ""
    kept: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        if number < 3 and heading and fold_line(paragraph) == heading:
            continue
        if kept and paragraph == kept[-1]:
            continue
        kept.append(paragraph)
    notices = load_page_words().notices
    tail = max(len(kept) - _NOTICES_WITHIN, 0)
    return [line for number, line in enumerate(kept) if number < tail or not _is_notice(line, notices)]


def _is_notice(paragraph: str, notices: tuple[str, ...]) -> bool:
    """Return whether a paragraph is the site's own: about comments, terms, rights or subscriptions."""
    if len(paragraph.split()) > _NOTICE_WORDS:
        return False
    folded = f" {fold_line(paragraph)} "
    return any(f" {notice}" in folded for notice in notices)


def is_article(paragraphs: list[str], *, called: bool) -> bool:
    """Return whether the paragraphs are an article and no list: one of them reads like a sentence.

    ``called`` is whether the page calls itself an article; a short one is believed then.
    """
    longest = max((len(paragraph.split()) for paragraph in paragraphs), default=0)
    return longest >= (_SHORT_SENTENCE if called else _SENTENCE)
