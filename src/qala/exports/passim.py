"""JSON Lines for passim (text reuse over newspapers, github.com/dasmiq/passim): a page a line.

passim reads ``id``, ``series`` and ``text`` and carries other fields along; pages of one series are not compared.
``series`` is the outlet. Only texts go in: what Qala reads out of them stays behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from qala.exports.encoding import encode_json
from qala.exports.loss import Concept, LossReport, Tally
from qala.exports.moments import format_day
from qala.exports.pages import read_pages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qala.records import Record

FORMAT = "passim"

KEPT: frozenset[Concept] = frozenset(("text", "url", "title", "outlet", "published"))


def write_passim(records: Iterable[Record], out: BinaryIO) -> LossReport:
    """Write each page as one line of JSON; ``id`` is the document's record id.

    A page whose outlet is unknown is a series of its own, so that it is compared with all others. ``date`` is the
    day alone, as passim's own examples have it.
    """
    tally = Tally(FORMAT, KEPT)
    for page in read_pages(records, tally):
        document = page.document
        line = {"id": page.id, "series": document.outlet or page.id, "text": document.text}
        if document.published is not None:
            line["date"] = format_day(document.published)
        line |= {name: value for name, value in (("title", document.title), ("url", document.url)) if value}
        out.write(encode_json(line) + b"\n")
    return tally.report()
