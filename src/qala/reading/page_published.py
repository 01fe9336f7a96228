"""When a page was published, by what it says of itself; never a guess.

In the order of belief: schema.org in JSON-LD, the meta elements of the head, attributes in the body (``itemprop``,
RDFa, ``time``), the line beside the title, the address. The date of a change is never taken for that of publication,
nor a date from a list of other articles.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from qala.reading.page_dates import parse_moment, read_stamp, read_url_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_PUBLISHED_NAMES = frozenset(
    re.findall(
        r"\S+",
        "article:published_time article:published og:article:published_time og:published_time og:pubdate "
        "article.published datepublished date_published publication_date publicationdate publishdate publish_date "
        "publish-date published_time published-date pubdate pub_date dc.date dc:date dc.date.issued dcterms.date "
        "dcterms.created dcterms.issued dc.date.created dc.issued sailthru.date parsely-pub-date "
        "cxenseparse:recs:publishtime cxenseparse:publishtime rnews:datepublished schema:datepublished originalpubdate "
        "ptime article_date_original displaydate date",
    )
)
_DATE_CLASS = re.compile(r"date|time|publish|posted|stamp|tarikh", re.IGNORECASE)
_UPDATE_CLASS = re.compile(r"modif|updat|edited", re.IGNORECASE)
_ELSEWHERE = frozenset(("nav", "aside"))
_OTHER_ARTICLES = re.compile(
    r"(?<![a-z])(related|recommend\w*|sidebar|side-?bar|most-?read|popular|latest|widget|comments?|ticker)(?![a-z])",
    re.I,
)
_NEAR = 25  # text nodes around the title among which a dateline is looked for


def find_published(
    tree: HtmlElement, metas: dict[str, str], objects: list[dict[str, Any]], article: dict[str, Any], url: str | None
) -> tuple[date | datetime | None, str]:
    """Return when the page was published and by what that is known: json-ld, meta, body, dateline, url, or nothing.

    ``metas`` are the contents of meta elements by lower-case name, ``objects`` the page's JSON-LD, ``article`` that of
    the article or an empty mapping.
    """
    pages = [one for one in objects if one is not article and one.get("@type") in ("WebPage", "ItemPage")]
    for one in (article, *pages):
        found = parse_moment(str(one.get("datePublished") or one.get("dateCreated") or ""))
        if found:
            return found, "json-ld"
    for name, content in metas.items():
        if name in _PUBLISHED_NAMES and name != "date" and (found := parse_moment(content)):
            return found, "meta"
    found = _body_date(tree)
    if found:
        return found, "body"
    found = _dateline(tree) or parse_moment(metas.get("date", ""))
    if found:
        return found, "dateline"
    found = read_url_day(url) if url else None
    return (found, "url") if found else (None, "")


def _body_date(tree: HtmlElement) -> date | datetime | None:
    """Return the date in an attribute of the body: microdata, RDFa, or the first ``time`` element."""
    times = []
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag == "meta":
            continue
        names = f"{element.get('itemprop') or ''} {element.get('property') or ''}".lower().split()
        value = element.get("content") or element.get("datetime")
        if any(name in _PUBLISHED_NAMES for name in names) and not is_elsewhere(element):
            found = parse_moment(value or " ".join(element.itertext())[:200])
            if found:
                return found
        if element.tag == "time" and value:
            times.append(element)
    for element in times[:50]:
        marks = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        if _UPDATE_CLASS.search(marks) or is_elsewhere(element):
            continue
        found = parse_moment(element.get("datetime") or "")
        if found:
            return found
    return None


def is_elsewhere(element: HtmlElement) -> bool:
    """Return whether an element stands in a menu or in a list of other articles."""
    for ancestor in (element, *element.iterancestors()):
        if ancestor.tag in ("body", "html", "article", "main"):
            return False
        if ancestor.tag in _ELSEWHERE or _OTHER_ARTICLES.search(
            f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}"
        ):
            return True
    return False


def _dateline(tree: HtmlElement) -> date | datetime | None:
    """Return the best date among the short lines of the page: near the title, in a place made for dates."""
    body = tree.find("body")
    lines: list[tuple[HtmlElement, str]] = []
    heading = None
    for element in (body if body is not None else tree).iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "option", "noscript"):
            continue
        if element.tag == "h1" and (heading is None or not " ".join(lines[heading][1].split())):
            heading = len(lines)
        text = " ".join(" ".join(_own_words(element)).split())
        if text:
            lines.append((element, text))
    best: tuple[int, date | datetime] | None = None
    for number, (element, text) in enumerate(lines):
        stamp = read_stamp(text)
        if stamp is None or stamp.rest > 6 or is_elsewhere(element):
            continue
        score = _score(element, stamp.labelled, stamp.rest, None if heading is None else number - heading)
        if score >= 2 and (best is None or score > best[0]):
            best = score, stamp.value
    return best[1] if best else None


def _own_words(element: HtmlElement) -> Iterator[str]:
    """Yield the characters of an element, with those of small elements inside it but not of blocks."""
    yield element.text or ""
    for child in element:
        if child.tag in ("span", "b", "strong", "i", "em", "time", "bdi", "font", "small") and len(child) == 0:
            yield child.text or ""
        yield child.tail or ""


def _score(element: HtmlElement, labelled: bool, rest: int, distance: int | None) -> int:
    """Return how much a line looks like the page's own date: its label, its class, its nearness to the title."""
    marks = " ".join(
        f"{one.get('class') or ''} {one.get('id') or ''}" for one in (element, *islice(element.iterancestors(), 2))
    )
    near = distance is not None and -4 <= distance <= _NEAR
    score = 3 * labelled + 2 * bool(_DATE_CLASS.search(marks)) + 2 * near + (rest == 0)
    return score - 3 * bool(_UPDATE_CLASS.search(marks)) - (2 if distance is not None and distance < -4 else 0)
