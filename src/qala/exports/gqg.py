"""JSON Lines like those of GDELT's Global Quotation Graph: a page a line, quotations with what stands around them.

The fields are those of "Announcing the Global Quotation Graph" (GDELT, 2020): ``date``, ``url``, ``title``, ``lang``,
and ``quotes`` of ``pre``, ``quote``, ``post``. ``date`` is the day or moment of publication (GDELT writes when it saw
the page), ``null`` where it is unknown. Only quoted words stand here: no speaker, no act, no chain, and no
indirect speech.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from qala.exports.encoding import encode_json
from qala.exports.loss import Concept, LossReport, Tally
from qala.exports.moments import format_day, format_utc, is_exact
from qala.exports.pages import read_pages
from qala.exports.quoted import find_page_quotations, find_quoted
from qala.exports.units import context_after, context_before

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qala.model import Document
    from qala.records import Record

FORMAT = "gqg"
LANGUAGE = "ARABIC"
WINDOW = 100  # code points before and after a quotation

KEPT: frozenset[Concept] = frozenset(("url", "title", "published", "content"))
INDIRECT = "indirect speech, or no more than two words between quotation marks"


def write_gqg(records: Iterable[Record], out: BinaryIO) -> LossReport:
    """Write the quotations of each page as one line of JSON; pages without a quotation have no line."""
    tally = Tally(FORMAT, KEPT)
    for page in read_pages(records, tally):
        text, quotations = page.document.text, find_page_quotations(page)
        spans = set()
        for record in page.records:
            quoted = find_quoted(record, quotations)
            spans.update(quoted)
            if not quoted:
                tally.leave_out(INDIRECT)
        quotes = [
            {
                "pre": context_before(text, span.start, WINDOW),
                "quote": span.of(text),
                "post": context_after(text, span.end, WINDOW),
            }
            for span in sorted(spans)
        ]
        if quotes:
            out.write(encode_json({**_describe(page.document), "quotes": quotes}) + b"\n")
    return tally.report()


def _describe(document: Document) -> dict[str, str | None]:
    published = document.published
    return {
        "date": None if published is None else format_utc(published) if is_exact(published) else format_day(published),
        "url": document.url,
        "title": document.title,
        "lang": LANGUAGE,
    }
