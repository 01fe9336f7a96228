"""The stretches of a content that stand between quotation marks: what was printed as somebody's very words."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

from qala.model import Span
from qala.text.clean import find_debris
from qala.text.quotes import find_quotations
from qala.text.words import find_words

if TYPE_CHECKING:
    from qala.exports.pages import Page
    from qala.records import Record

FEWEST_WORDS = 3
"""Of a quoted stretch inside indirect speech: below it stand names and single words between marks."""

_MARKS = "\"'\u00ab\u00bb\u2039\u203a\u300a\u300b\u201c\u201d\u201e\u201f\uff02\u2018\u2019 \t\r\n"


def find_page_quotations(page: Page) -> list[Span]:
    """Return the outermost quotations of a page with their marks, in order; none where no record needs them."""
    if all(record.statement.attribution.type == "indirect" for record in page.records):
        return []
    words = find_words(page.document.text)
    return [span for span, depth, _ in find_quotations(words, find_debris(words)) if depth == 0]


def find_quoted(record: Record, quotations: list[Span]) -> list[Span]:
    """Return what a record's contents quote, without the marks; nothing for indirect speech.

    ``quotations`` are those of the page: in order, apart from each other. A direct content without marks of
    its own (after a colon) is quoted as a whole. In mixed speech a stretch has at least ``FEWEST_WORDS``.
    """
    found, text = record.statement.attribution, record.document.text
    if found.type == "indirect":
        return []
    stretches: list[Span] = []
    for content in found.content:
        inside = []
        number = bisect_right(quotations, content.start, key=attrgetter("end"))
        while number < len(quotations) and quotations[number].start < content.end:
            span = quotations[number]
            number += 1
            inside.append(Span(max(span.start, content.start), min(span.end, content.end)))
        if found.type == "direct":
            stretches += inside or [content]
        else:
            stretches += [span for span in inside if len(span.of(text).split()) >= FEWEST_WORDS]
    stripped = [strip_marks(text, span) for span in stretches]
    return [span for span in stripped if span.start < span.end]


def strip_marks(text: str, span: Span) -> Span:
    """Return ``span`` without quotation marks and spaces at its ends."""
    start, end = span
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS:
        end -= 1
    return Span(start, end)
