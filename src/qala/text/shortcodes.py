"""The tags that content systems leave in a text: ``[caption id="…"]``, ``[/caption]``, ``[gallery ids=…]``.

A tag is debris of the kind ``shortcode``; what stands between the two tags of a caption, or before
a closing tag whose opening one is gone, is a ``caption``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qala.model import Debris, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

# Bounded in length, and no part can give back what another takes: linear.
_TAG = re.compile(r"\[(?P<close>/?)(?P<name>[A-Za-z][\w-]{0,40})(?P<rest>[^\[\]\n]{0,600}+)(?P<end>\]?)", re.ASCII)
_ATTRIBUTE = re.compile(r"\s[\w-]{1,40}=")
_LONGEST_CAPTION = 600  # characters
_CAPTIONS = ("caption", "wp_caption")


class _Tag(NamedTuple):
    span: Span
    name: str
    closes: bool


def find_shortcodes(text: str, names: frozenset[str]) -> list[Debris]:
    """Return the tags in ``text`` and the captions between them, in order.

    ``names`` are known whatever stands in the tag; an unknown name needs an attribute and a closing
    bracket, so that ``[sic]`` and an editor's insertion stay text.
    """
    if "[" not in text:
        return []
    found: list[Debris] = []
    opening: _Tag | None = None
    for tag in _find_tags(text, names):
        if tag.closes:
            inner = _inner(text, tag, opening, found)
            if inner:
                found.append(inner)
            opening = None
        else:
            if opening is not None:
                found += _unclosed_caption(text, opening, tag.span.start)
            opening = tag
        found.append(Debris(tag.span, "shortcode"))
    if opening is not None:
        found += _unclosed_caption(text, opening, len(text))
    return sorted(found)


def _find_tags(text: str, names: frozenset[str]) -> Iterator[_Tag]:
    """Yield the tags of ``text``, closed by a bracket or by the end of their line."""
    for match in _TAG.finditer(text):
        name = match["name"].lower()
        known = name in names
        if not match["end"]:
            if not known or match["close"] or not _ATTRIBUTE.match(match["rest"]):
                continue
        elif not known and not _ATTRIBUTE.match(match["rest"]):
            continue
        yield _Tag(Span(match.start(), match.start() + len(match.group().rstrip())), name, bool(match["close"]))


def _inner(text: str, tag: _Tag, opening: _Tag | None, found: list[Debris]) -> Debris | None:
    """Return what stands before a closing tag and belongs to it."""
    if opening is not None and opening.name == tag.name:
        start = opening.span.end
        span = _trim(text, start, tag.span.start)
        if tag.name in _CAPTIONS:
            return Debris(span, "caption") if 0 < span.end - span.start <= _LONGEST_CAPTION else None
        inner = span.of(text)  # an address between [embed] and [/embed] is the tag's, prose is the page's
        return Debris(span, "shortcode") if inner and inner.isascii() and not re.search(r"\s", inner) else None
    if tag.name not in _CAPTIONS:
        return None
    window = max(tag.span.start - _LONGEST_CAPTION - 2, 0)
    line_end = text.rfind("\n", window, tag.span.start)
    start = max(line_end + 1 if line_end >= 0 else window, found[-1].span.end if found else 0)
    span = _trim(text, start, tag.span.start)
    return Debris(span, "caption") if 0 < span.end - span.start <= _LONGEST_CAPTION else None


def _unclosed_caption(text: str, opening: _Tag, limit: int) -> list[Debris]:
    """Return what stands behind an opening caption tag on its own line, unless it ends like a sentence."""
    if opening.name not in _CAPTIONS:
        return []
    line_end = text.find("\n", opening.span.end, limit)
    span = _trim(text, opening.span.end, limit if line_end < 0 else line_end)
    caption = span.of(text)
    if not caption or len(caption) > _LONGEST_CAPTION or caption.endswith("."):
        return []
    return [Debris(span, "caption")]


def _trim(text: str, start: int, end: int) -> Span:
    """Return the span without white space at its ends."""
    inner = text[start:end]
    left = len(inner) - len(inner.lstrip())
    return Span(start + left, max(start + left, start + len(inner.rstrip())))
