"""What a page says of itself: title, author, outlet, address, time of publication.

From schema.org in JSON-LD and the meta elements of the head, then from the body. Nothing is fetched.
"""

from __future__ import annotations

import html
import json
import re
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from qala.reading.page_dates import parse_moment
from qala.reading.page_published import find_published, is_elsewhere
from qala.reading.page_words import fold_line, load_page_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_ARTICLES = re.compile(r"Article|BlogPosting|Report$|LiveBlog")
_AUTHOR_NAMES = ("author", "article:author", "dc.creator", "dc:creator", "parsely-author", "sailthru.author", "byl")
_SITE_NAMES = ("og:site_name", "application-name", "dc.publisher", "publisher", "copyright_holder")
_TITLE_NAMES = ("og:title", "twitter:title", "dc.title", "title")
_SAVED = re.compile(r"saved from url=\(\d+\)(\S+)|Page saved with SingleFile\s+url:\s*(\S+)\s+saved date:\s*([^\n<]+)")
_AUTHOR_CLASS = re.compile(r"(?<![a-z])(byline|author|writer|journalist|reporter)(?![a-z])", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)
_BARS = re.compile(r"\s+(?:[-|\u2013\u2014\u00bb\u2022]|::)\s+")
_LONGEST_NAME = 80  # characters of an author or an outlet


class PageMeta(NamedTuple):
    """What a page says of itself; ``dated_by`` tells by what the date is known, ``saved`` when it was saved."""

    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: date | datetime | None = None
    dated_by: str = ""  # "json-ld", "meta", "body", "dateline", "url"
    saved: datetime | None = None
    is_article: bool = False  # whether the page calls itself one


def read_meta(tree: HtmlElement, page: str, address: str | None = None) -> PageMeta:
    """Return what the page with this tree and these characters says of itself.

    ``address`` is where the page was fetched, where that is known: it stands in for what the page does not say.
    ``tree`` must still hold its head and its scripts. Nothing is fetched and nothing is asked of a clock.
    """
    metas = _collect_metas(tree)
    objects = list(_json_ld(tree))
    article = next((one for one in objects if _is_article(one)), {})
    saved_url, saved = _read_saved(page[:4096])
    url = _find_url(tree, metas, article) or address or saved_url
    outlet = _find_outlet(metas, article, objects, url)
    published, dated_by = find_published(tree, metas, objects, article, url)
    return PageMeta(
        title=_find_title(tree, metas, article, outlet),
        author=_find_author(tree, metas, article, outlet),
        outlet=outlet,
        url=url,
        published=published,
        dated_by=dated_by,
        saved=saved,
        is_article=bool(article) or metas.get("og:type", "").lower() in ("article", "news", "newsarticle"),
    )


def _collect_metas(tree: HtmlElement) -> dict[str, str]:
    """Return the contents of the meta elements by lower-case name; the first of a name counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop"):
            for name in (element.get(attribute) or "").lower().split():
                if content:
                    found.setdefault(name, content)
    return found


def _json_ld(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the objects of the page's JSON-LD, those of ``@graph`` and of lists too; bad JSON is passed over."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        try:
            pending = [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            pending = [_patch_json(text)]
        for _ in range(1000):
            if not pending:
                break
            value = pending.pop(0)
            if isinstance(value, list):
                pending[:0] = value[:1000]
            elif isinstance(value, dict):
                yield value
                pending[:0] = [value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in value]


def _patch_json(text: str) -> dict[str, Any]:
    """Return the few plain fields of JSON that no parser takes, as an article's where it speaks of one."""
    found: dict[str, Any] = {}
    for key in ("headline", "datePublished"):
        match = re.search(rf'"{key}"\s*:\s*"((?:[^"\\\n]|\\.){{1,500}})"', text)
        if match:
            found[key] = match[1]
    kind = re.search(r'"@type"\s*:\s*\[?\s*"(\w{0,40}Article|BlogPosting)"', text)
    return {**found, "@type": kind[1]} if kind else {}


def _is_article(value: dict[str, Any]) -> bool:
    """Return whether a JSON-LD object is an article."""
    kinds = value.get("@type")
    return any(isinstance(kind, str) and _ARTICLES.search(kind) for kind in _listed(kinds))


def _listed(value: Any) -> list[Any]:
    """Return ``value`` as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _clean(value: Any, limit: int = 500) -> str | None:
    """Return one line of plain text; ``None`` for what is no string, empty or over ``limit`` characters."""
    if not isinstance(value, str):
        return None
    text = " ".join(html.unescape(html.unescape(value)).replace("\ufeff", "").split())
    text = re.sub(r"</?[a-zA-Z][^<>]{0,200}>", "", text).strip()
    return text if text and len(text) <= limit else None


def _name(value: Any) -> str | None:
    """Return the name in a JSON-LD value: a string, an object with ``name``, or the first of a list."""
    for one in _listed(value):
        found = _clean(one.get("name") if isinstance(one, dict) else one, _LONGEST_NAME)
        if found and not _ADDRESS.match(found):
            return found
    return None


def _find_title(tree: HtmlElement, metas: dict[str, str], article: dict[str, Any], outlet: str | None) -> str | None:
    """Return the headline without the site's name behind it."""
    given = [metas.get(name) for name in _TITLE_NAMES] + [article.get("headline")]
    headings = [" ".join(h1.itertext()) for h1 in tree.iter("h1")]
    given += headings if len(headings) == 1 else []
    titles = [title.text for title in tree.iter("title")]
    for value in (*given, *titles[:1]):
        title = _clean(value)
        if title and title != outlet:
            return _without_site(title, outlet, headings)
    return None


def _without_site(title: str, outlet: str | None, headings: list[str]) -> str:
    """Return ``title`` up to its last bar, where a heading of the page or the outlet's name shows the rest."""
    parts = _BARS.split(title)
    if len(parts) < 2:
        return title
    last = parts[-1]
    shown = {" ".join(heading.split()) for heading in headings}
    head = title[: title.rindex(last)].rstrip(" -|\u2013\u2014\u00bb\u2022:")
    same = outlet and fold_line(last).replace(" ", "") in (fold_line(outlet).replace(" ", ""),)
    return head if same or head in shown or (len(last.split()) <= 3 and last.isascii()) else title


def _find_author(tree: HtmlElement, metas: dict[str, str], article: dict[str, Any], outlet: str | None) -> str | None:
    """Return the byline: a name, not the outlet's and not an address."""
    named = [_name(article.get("author")), *(metas.get(name) for name in _AUTHOR_NAMES)]
    for element in tree.iter("a", "span", "div", "p", "address"):
        marks = f"{element.get('rel') or ''} {element.get('itemprop') or ''} {element.get('class') or ''}"
        if _AUTHOR_CLASS.search(marks) and not is_elsewhere(element):
            named.append(" ".join(islice(element.itertext(), 20)))
            if len(named) > 30:
                break
    for number, value in enumerate(named):
        name = _clean(value, _LONGEST_NAME)
        name = _without_label(name) if name else None
        if not name or _ADDRESS.match(name) or name.isdigit() or "@" in name:
            continue
        if number > len(_AUTHOR_NAMES) and " " not in name:
            continue  # a single word in a place called "author" is a section's name as often
        if not (outlet and fold_line(outlet).startswith(fold_line(name))):
            return name
    return None


def _without_label(name: str) -> str | None:
    """Return a byline without "written by" before it; ``None`` where nothing is left or it is a sentence."""
    words = name.split()
    folded = fold_line(name.replace(":", " : ")).split()
    for label in load_page_words().byline:
        first = label.split()
        if folded[: len(first)] == first:
            words = name.replace(":", " : ").split()[len(first) :]
            break
    left = " ".join(words).strip(" :-|/\u060c,")
    return left if left and len(left.split()) <= 8 else None


def _find_outlet(
    metas: dict[str, str], article: dict[str, Any], objects: list[dict[str, Any]], url: str | None
) -> str | None:
    """Return the outlet: the publisher, the site's name, else the host of the address."""
    publishers = [article.get("publisher")]
    publishers += [one for one in objects if "NewsMediaOrganization" in _listed(one.get("@type"))]
    for value in (*publishers, *(metas.get(name) for name in _SITE_NAMES)):
        found = _name(value)
        if found:
            return found
    host = re.match(r"https?://(?:www\.)?([^/:?#]+)", url or "", re.IGNORECASE)
    return host[1].lower() if host else None


def _find_url(tree: HtmlElement, metas: dict[str, str], article: dict[str, Any]) -> str | None:
    """Return the page's address: canonical, else that of its metadata; a bare front page loses to a longer one."""
    given = [link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower()]
    entity = article.get("mainEntityOfPage")
    given += [metas.get("og:url"), entity.get("@id") if isinstance(entity, dict) else entity, article.get("url")]
    found = [match[0] for value in given if isinstance(value, str) and (match := _ADDRESS.match(value.strip()))]
    return next((url for url in found if url.count("/") > 3 or "?" in url), found[0] if found else None)


def _read_saved(head: str) -> tuple[str | None, datetime | None]:
    """Return the address and the moment that a browser wrote into the page when it saved it."""
    match = _SAVED.search(head)
    if match is None:
        return None, None
    address = _ADDRESS.match(match[1] or match[2])
    words = (match[3] or "").split("(")[0].split()  # "Tue Jan 02 2024 10:20:30 GMT+0300 (…)"
    saved = None
    if len(words) >= 6:
        moved = f"{words[0]}, {words[2]} {words[1]} {words[3]} {words[4]} {words[5].removeprefix('GMT') or '+0000'}"
        given = parse_moment(moved)
        saved = given if hasattr(given, "hour") else None
    return (address[0] if address else None), saved  # type: ignore[return-value]
