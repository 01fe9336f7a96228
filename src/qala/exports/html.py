"""One self-contained right-to-left page: the articles with their statements marked, and why.

No script, no external load; the policy in the page allows its own style sheet by hash and nothing
else. Loses: scores, and the marks beyond the eighth that lie over one character.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from html import escape
from importlib.resources import files
from typing import NamedTuple

from qala.exports.cards import render_cards
from qala.exports.labels import label, tell_publication
from qala.exports.marks import isolate_html, render_lines, show_text
from qala.exports.visible import is_right_to_left
from qala.model import ACTS, Document, Reading

MOST_LINKED = 200  # statements of one article whose card lights up their marks


class Part(NamedTuple):
    """One article's share of a page: its line in the list, its section, its number of statements."""

    entry: str
    section: str
    statements: int


def render_html(readings: Iterable[Reading], *, title: str | None = None) -> str:
    """Return a whole page for the readings; several articles are listed at its beginning."""
    return render_page([render_part(reading, n) for n, reading in enumerate(readings, 1)], title=title)


def render_part(reading: Reading, number: int) -> Part:
    """Return one article's share of a page; ``number`` counts the articles of the page from 1."""
    return Part(_render_entry(reading, number), _render_section(reading, number), len(reading.statements))


def render_page(parts: list[Part], *, title: str | None = None) -> str:
    """Put the articles' shares together to a page, with a style sheet that its policy allows by hash."""
    most = max((part.statements for part in parts), default=0)
    style = _load_style() + _link_marks(min(most, MOST_LINKED))
    hashed = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    heading = escape(title or label("fields", "page"))
    policy = f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="ar" dir="rtl">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{heading}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<header id="top"><h1>{heading}</h1><p class="note">{_field("note")}</p>{_render_legend()}\n'
        f"{_render_list([part.entry for part in parts])}</header>\n"
        f"<main>\n{''.join(part.section for part in parts)}</main>\n</body>\n</html>\n"
    )


@cache
def _load_style() -> str:
    return files("qala").joinpath("exports", "page.css").read_text(encoding="utf-8")


def _link_marks(count: int) -> str:
    """Return the rules by which a card that is pointed at lights up its own marks in the text."""
    return "".join(
        f".pair:has(.c{n}:is(:hover,:target,:focus-within)) .s{n}.content"
        "{background:color-mix(in srgb,var(--a) 45%,transparent)}"
        for n in range(1, count + 1)
    )


def _render_legend() -> str:
    items = "".join(
        f'<li class="{act}"><span class="badge">{escape(label("acts", act))} <code>{act}</code></span></li>'
        for act in ACTS
    )
    return f'<ul class="legend" aria-label="{_field("legend")}">{items}</ul>'


def _render_list(entries: list[str]) -> str:
    if len(entries) < 2:
        return ""
    heading = _field("articles")
    return f'<nav aria-label="{heading}"><h2>{heading}</h2><ol>{"".join(entries)}</ol></nav>'


def _render_entry(reading: Reading, number: int) -> str:
    title = _show_title(reading.document)
    return f'<li><a href="#a{number}">{title}</a> <small>({len(reading.statements)})</small></li>'


def _render_section(reading: Reading, number: int) -> str:
    """Return one article: its title, where it is from, its marked text and its statements."""
    document, prefix = reading.document, f"a{number}"
    return (
        f'<article id="{prefix}" aria-labelledby="{prefix}-title">'
        f'<h2 id="{prefix}-title">{_show_title(document)}</h2><p class="meta">{_render_meta(reading)}</p>\n'
        f'<div class="pair"><section class="text" aria-label="{_field("text")}">\n'
        f"{_render_text(reading, prefix)}</section>\n"
        f'<section aria-label="{_field("statements")}">{render_cards(reading, prefix)}</section>'
        "</div></article>\n"
    )


def _render_text(reading: Reading, prefix: str) -> str:
    headings = [heading.span for heading in reading.layout.headings]
    text = reading.document.text
    out: list[str] = []
    next_heading = 0
    for line, body in render_lines(reading, prefix):
        while next_heading < len(headings) and headings[next_heading].end <= line.start:
            next_heading += 1
        is_heading = next_heading < len(headings) and headings[next_heading].start < line.end
        kind = ' class="heading"' if is_heading else ""
        direction = "" if is_right_to_left(line.of(text)) else ' dir="auto"'
        out.append(f"<p{kind}{direction}>{body}</p>\n")
    return "".join(out)


def _show_title(document: Document) -> str:
    if document.title:
        return isolate_html(document.title)
    first = next((line.strip() for line in document.text[:2000].splitlines() if line.strip()), "")
    if not first:
        return _field("untitled")
    return isolate_html(first if len(first) <= 90 else first[:90].rsplit(" ", 1)[0] + " \u2026")


def _render_meta(reading: Reading) -> str:
    document, published = reading.document, reading.document.published
    parts = [
        f'{_field("published")}: <time datetime="{published.isoformat()}">{published.isoformat()[:10]}</time>'
        if published
        else _field("unpublished")
    ]
    if reading.publication and tell_publication(reading.publication):
        parts.append(escape(tell_publication(reading.publication)))
    if document.outlet:
        parts.append(f"{_field('outlet')}: {isolate_html(document.outlet)}")
    if document.url:
        parts.append(f"<code>{show_text(document.url)}</code>")
    parts.append(f"<code>{show_text(document.origin.path or document.id)}</code>")
    return " \u00b7 ".join(parts)


def _field(name: str) -> str:
    return escape(label("fields", name))
