"""W3C Web Annotations (JSON-LD): each statement an annotation that points at its words in the page.

Model: https://www.w3.org/TR/annotation-model/. One ``AnnotationPage``; an annotation a statement. Offsets are code
points as there demanded; quotations and their contexts never cut a grapheme cluster. The speaker is an
identifying body, the act and the hedges are classifying ones. What the model has no word for stands under
``qala:`` terms, defined in the file's own context: a reader that does not know them passes them over.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from qala.exports.encoding import make_text, write_members
from qala.exports.identities import NAMESPACE, identify_hop, identify_speaker, make_iri, make_urn
from qala.exports.jsonl import find_version
from qala.exports.loss import CONCEPTS, Concept, LossReport, Tally
from qala.exports.moments import format_day, format_utc, is_exact
from qala.exports.pages import read_pages
from qala.exports.units import context_after, context_before, widen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qala.model import Document, Span
    from qala.records import Record

FORMAT = "web-annotation"
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
WINDOW = 32  # code points of prefix and suffix: what annotation tools use

TERMS: dict[str, Any] = {
    "qala": NAMESPACE,
    "act": "qala:act",
    "quoteType": "qala:quoteType",
    "cue": {"@id": "qala:cue"},
    "mention": {"@id": "qala:mention"},
    "chain": {"@id": "qala:chain", "@container": "@list"},
    "hopKind": "qala:hopKind",
    "hopStatus": "qala:hopStatus",
    "actor": {"@id": "qala:actor", "@type": "@id"},
    "said": "qala:said",
    "inside": {"@id": "qala:inside", "@type": "@id"},
    "published": "qala:published",
    "truncated": "qala:truncated",
    "repeated": "qala:repeated",
}
"""Qala's own terms: the second half of the file's context."""

_LOST: frozenset[Concept] = frozenset(
    (
        *("text", "raw bytes", "outlet", "author", "source of bytes", "speaker details", "candidates", "anonymity"),
        *("other offsets", "when", "times", "quantities", "heading", "score", "evidence", "run", "judgements", "title"),
    )
)
KEPT: frozenset[Concept] = frozenset(CONCEPTS) - _LOST
_WIDENED = "spans widened to whole grapheme clusters"


class _Site(NamedTuple):
    """What every target of one page shares: hashed and escaped once."""

    document: Document
    iri: str
    state: dict[str, Any]
    tally: Tally


def write_web_annotation(records: Iterable[Record], out: BinaryIO) -> LossReport:
    """Write records as one annotation page; its id is the hash of its annotations' ids, in their order."""
    tally = Tally(FORMAT, KEPT)
    seen = hashlib.sha256()
    tail: dict[str, Any] = {}

    def list_items() -> Iterator[dict[str, Any]]:
        for page in read_pages(records, tally):
            site = _Site(page.document, make_iri(page.document.url, page.id), _describe_state(page.document), tally)
            for record in page.records:
                seen.update(record.id.encode("utf-8"))
                yield _describe(site, record)
        tail["id"] = make_urn("annotations", seen.hexdigest()[:32])

    write_members(out, {"@context": [CONTEXT, TERMS], "type": "AnnotationPage"}, "items", list_items(), tail)
    return tally.report()


def _describe(site: _Site, record: Record) -> dict[str, Any]:
    found, document = record.statement.attribution, site.document
    contents = [_target(site, span) for span in found.content]
    annotation: dict[str, Any] = {
        "id": make_urn("statement", record.id),
        "type": "Annotation",
        "motivation": ["identifying", "classifying"],
        "generator": {"id": "urn:qala:software", "type": "Software", "qala:version": find_version() or "unknown"},
        "body": list(_list_bodies(record)),
        "target": contents[0] if len(contents) == 1 else contents,
        "act": found.act,
        "quoteType": found.type,
        "cue": [_target(site, span) for span in found.cue],
        "chain": [_describe_hop(record, number) for number in range(len(record.statement.chain))],
    }
    if found.source is not None:
        annotation["mention"] = _target(site, found.source)
    if record.statement.when_date:
        annotation["said"] = record.statement.when_date
    if document.published is not None:
        annotation["published"] = document.published.isoformat()
    if record.parent:
        annotation["inside"] = make_urn("statement", record.parent)
    if found.truncated:
        annotation["truncated"] = True
    if found.repeated is not None:
        annotation["repeated"] = make_text(found.repeated.of(document.text))
    return annotation


def _list_bodies(record: Record) -> Iterator[dict[str, Any]]:
    """Yield who speaks (identifying), and act and hedges (classifying)."""
    speaker, found = identify_speaker(record), record.statement.attribution
    if speaker is not None:
        body = _textual(speaker.printed, "identifying")
        yield body | ({"actor": make_urn("actor", speaker.entity)} if speaker.entity else {})
    yield {"type": "TextualBody", "purpose": "classifying", "value": found.act, "language": "en"}
    for span in found.hedges:
        yield _textual(span.of(record.document.text), "classifying")


def _textual(value: str, purpose: str) -> dict[str, Any]:
    return {
        "type": "TextualBody",
        "purpose": purpose,
        "value": make_text(value),
        "format": "text/plain",
        "language": "ar",
        "textDirection": "rtl",
    }


def _describe_hop(record: Record, number: int) -> dict[str, Any]:
    hop = record.statement.chain[number]
    somebody = identify_hop(record, hop)
    described: dict[str, Any] = {"hopKind": hop.kind, "hopStatus": hop.status}
    if somebody is not None:
        described["name"] = make_text(somebody.printed)
        if somebody.entity:
            described["actor"] = make_urn("actor", somebody.entity)
    return described


def _target(site: _Site, span: Span) -> dict[str, Any]:
    """Return a stretch of the page: by its words and by its offsets, in the state in which it was read."""
    text = site.document.text
    whole = widen(text, span)
    if whole != span:
        site.tally.change(_WIDENED)
    return {
        "type": "SpecificResource",
        "source": site.iri,
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": make_text(whole.of(text)),
                "prefix": make_text(context_before(text, whole.start, WINDOW)),
                "suffix": make_text(context_after(text, whole.end, WINDOW)),
            },
            {"type": "TextPositionSelector", "start": whole.start, "end": whole.end},
        ],
        "state": site.state,
    }


def _describe_state(document: Document) -> dict[str, Any]:
    """Return when the page was as it was read, and the hash of the text that the offsets count in."""
    digest = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
    state: dict[str, Any] = {"type": "TimeState", "cached": f"urn:qala:text:sha-256:{digest}"}
    moment = document.origin.retrieved or document.published
    if moment is None:
        return state
    if is_exact(moment):
        return state | {"sourceDate": format_utc(moment)}
    day = format_day(moment)
    return state | {"sourceDateStart": f"{day}T00:00:00Z", "sourceDateEnd": f"{day}T23:59:59Z"}
