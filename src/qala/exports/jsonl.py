"""JSON Lines: one article a line, in the gold's keys and form, and Qala's further fields after them.

Lossless but for the text itself, which is left out unless asked for: ``text_sha256`` says which
text the offsets count in. All fields are described in docs/formats.md.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import orjson

from qala.ledger.codec import describe_days, describe_hop, describe_speaker, describe_time, write_span, write_spans
from qala.model import (
    Evidence,
    PublicationConstraint,
    Quantity,
    Reading,
    Speaker,
    Statement,
)

Json = dict[str, Any]


def render_jsonl(readings: Iterable[Reading], *, with_text: bool = False) -> bytes:
    """Return the readings as JSON Lines in UTF-8, each line closed by a line feed."""
    return b"".join(render_line(reading, with_text=with_text) for reading in readings)


def render_line(reading: Reading, *, with_text: bool = False) -> bytes:
    """Return one article as one line of JSON; half a surrogate pair is written as an escape."""
    record = describe_reading(reading, with_text=with_text)
    try:
        return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
    except (TypeError, orjson.JSONEncodeError):
        return json.dumps(record).encode("ascii") + b"\n"


def describe_reading(reading: Reading, *, with_text: bool = False) -> Json:
    """Return one article as plain values: ``id``, where it is from, its statements, its layout."""
    document, layout = reading.document, reading.layout
    record: Json = {
        "id": document.id,
        "outlet": document.outlet,
        "url": document.url,
        "published": _iso(document.published),
        "title": document.title,
        "statements": [describe_statement(statement) for statement in reading.statements],
        "headings": [{"span": list(span), "question": question} for span, question in layout.headings],
        "debris": [{"span": list(span), "kind": kind} for span, kind in layout.debris],
        "publication": _describe_publication(reading.publication),
        "path": document.origin.path,
        "encoding": document.origin.encoding,
        "flags": list(document.origin.flags),
        "author": document.origin.author,
        "media_type": document.origin.media_type,
        "method": document.origin.method,
        "container": document.origin.container,
        "offset": document.origin.offset,
        "digest": document.origin.digest,
        "retrieved": _iso(document.origin.retrieved),
        "length": len(document.text),
        "text_sha256": hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest(),
        "qala": find_version(),
    }
    if with_text:
        record["text"] = document.text
    return record


def describe_statement(statement: Statement) -> Json:
    """Return one statement as plain values: first the gold's keys in the gold's order and form."""
    found = statement.attribution
    return {
        "id": found.id,
        "source": write_span(found.source),
        "speaker": statement.speaker.name if statement.speaker else None,
        "cue": write_spans(found.cue),
        "content": write_spans(found.content),
        "type": found.type,
        "act": found.act,
        "hedged": found.hedged,
        "channel": write_span(found.channel),
        "channel_kind": found.channel_kind,
        "when": write_span(found.when),
        "when_date": statement.when_date,
        "parent": found.parent,
        "speaker_details": _describe_speaker(statement.speaker),
        "hedges": write_spans(found.hedges),
        "chain": [describe_hop(hop) for hop in statement.chain],
        "times": [describe_time(time) for time in statement.times],
        "quantities": [_describe_quantity(quantity) for quantity in statement.quantities],
        "repeated": write_span(found.repeated),
        "heading": write_span(found.heading),
        "truncated": found.truncated,
        "score": round(float(found.score), 4),
        "evidence": _describe_evidence(found.evidence),
    }


def _describe_speaker(speaker: Speaker | None) -> Json | None:
    if speaker is None:
        return None
    return {**describe_speaker(speaker), "evidence": _describe_evidence(speaker.evidence)}


def _describe_evidence(evidence: Iterable[Evidence]) -> list[Json]:
    return [{"rule": rule, "spans": write_spans(spans), "note": note} for rule, spans, note in evidence]


def _describe_publication(known: PublicationConstraint | None) -> Json | None:
    """Return what the page tells of its unknown day of publication."""
    if known is None:
        return None
    return {
        "day": _iso(known.day),
        **describe_days(known),
        "conflicting": known.conflicting,
        "evidence": _describe_evidence(known.evidence),
    }


def _describe_quantity(quantity: Quantity) -> Json:
    return {
        "span": write_span(quantity.span),
        "low": quantity.low,
        "high": quantity.high,
        "kind": quantity.kind,
        "unit": quantity.unit,
        "candidates": list(quantity.candidates),
        "bound": quantity.bound,
        "modifier": write_span(quantity.modifier),
        "counted": write_span(quantity.counted),
        "of": write_span(quantity.of),
    }


def _iso(moment: date | None) -> str | None:
    return None if moment is None else moment.isoformat()


@cache
def find_version() -> str | None:
    """Return the version of the installed package; ``None`` when run without being installed."""
    try:
        return version("qala")
    except PackageNotFoundError:
        return None
