"""A statement as canonical JSON and back, with nothing lost: what a ledger's row keeps in ``details``.

The keys are those of the format ``jsonl`` (docs/formats.md); the form is canonical (keys sorted, no white
space, UTF-8), so that equal statements give equal bytes. Empty lists, ``null`` and ``false`` are left out;
``score`` is kept to the last bit, but for the sign of -0.0, which equals 0.0. Two kinds of values have no
canonical form and are refused with ``ValueError``: numbers that are not finite, and lone surrogates.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, cast

import orjson

from qala.model import (
    Attribution,
    Debris,
    Evidence,
    Heading,
    Hop,
    Quantity,
    Span,
    Speaker,
    StatedTime,
    Statement,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qala.model import PublicationConstraint, Reading

Json = dict[str, Any]


def write_canonical(value: object) -> str:
    """Return ``value`` (dicts with string keys, lists, strings, finite numbers) as canonical JSON."""
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    except TypeError as error:
        if "surrogates" in str(error):
            raise ValueError("lone surrogate: no canonical JSON") from None
        # whole numbers beyond 64 bits, which a text may well hold
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def encode_statement(statement: Statement) -> str:
    """Return ``statement`` as canonical JSON; :func:`decode_statement` gives an equal statement back."""
    found, speaker = statement.attribution, statement.speaker
    _check_numbers(statement)
    return write_canonical(
        _slim(
            {
                "id": found.id,
                "source": write_span(found.source),
                "cue": write_spans(found.cue),
                "content": write_spans(found.content),
                "type": found.type,
                "act": found.act,
                "hedges": write_spans(found.hedges),
                "channel": write_span(found.channel),
                "channel_kind": found.channel_kind,
                "when": write_span(found.when),
                "when_date": statement.when_date,
                "parent": found.parent,
                "repeated": write_span(found.repeated),
                "heading": write_span(found.heading),
                "truncated": found.truncated,
                "score": _unsigned(float(found.score)),
                "evidence": _write_evidence(found.evidence),
                "speaker": None if speaker is None else speaker.name,
                "speaker_details": None if speaker is None else _write_speaker(speaker),
                "chain": [_slim(describe_hop(hop)) for hop in statement.chain],
                "times": [_slim(describe_time(time)) for time in statement.times],
                "quantities": [_write_quantity(quantity) for quantity in statement.quantities],
            }
        )
    )


def decode_statement(written: str) -> Statement:
    """Return the statement that ``written`` is; raises ``ValueError`` for anything else."""
    try:
        return _read_statement(cast("Json", json.loads(written)))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a statement: {type(error).__name__} {error}") from None


def encode_layout(reading: Reading) -> str:
    """Return a reading's headings, debris and what the page tells of its day, as the format ``jsonl`` has them."""
    layout = reading.layout
    return write_canonical(
        _slim(
            {
                "headings": [_slim({"span": write_span(span), "question": asks}) for span, asks in layout.headings],
                "debris": [{"span": write_span(span), "kind": kind} for span, kind in layout.debris],
                "publication": None if reading.publication is None else _write_publication(reading.publication),
            }
        )
    )


def describe_days(known: PublicationConstraint) -> Json:
    """Return the days that a page's words allow; sets as lists, weekdays as ISO 8601 counts them (1-7)."""
    return {
        "weekdays": sorted(weekday + 1 for weekday in known.weekdays),
        "days": sorted(day.isoformat() for day in known.days),
        "month_days": sorted(f"--{month:02}-{day:02}" for month, day in known.month_days),
        "months": sorted(known.months),
        "years": sorted(known.years),
        "earliest": None if known.earliest is None else known.earliest.isoformat(),
    }


def _write_publication(known: PublicationConstraint) -> Json:
    """Return what the words tell of the day of publication, with the reasons."""
    return _slim({**describe_days(known), "evidence": _write_evidence(known.evidence)})


def decode_layout(written: str) -> tuple[tuple[Heading, ...], tuple[Debris, ...]]:
    """Return headings and debris of a reading's ``details``."""
    value = json.loads(written)
    return (
        tuple(Heading(Span(*each["span"]), each.get("question", False)) for each in value.get("headings", ())),
        tuple(Debris(Span(*each["span"]), each["kind"]) for each in value.get("debris", ())),
    )


def _check_numbers(statement: Statement) -> None:
    numbers = [statement.attribution.score, *(n for q in statement.quantities for n in (q.low, q.high))]
    if not all(math.isfinite(number) for number in numbers if isinstance(number, float)):
        raise ValueError("a number that is not finite has no canonical JSON")


def _unsigned(number: float) -> float:
    """Return ``number`` with -0.0 as 0.0, which it is equal to: equal statements are equal bytes."""
    return number + 0.0 if isinstance(number, float) else number


def _slim(value: Json) -> Json:
    """Leave out what is unknown, no, or an empty list; an empty string and a nought are values."""
    return {key: each for key, each in value.items() if each is not None and each is not False and each != []}


def _read_statement(value: Json) -> Statement:
    return Statement(
        Attribution(
            id=value["id"],
            cue=_spans(value.get("cue", ())),
            content=_spans(value.get("content", ())),
            type=value["type"],
            act=value["act"],
            source=_span(value.get("source")),
            hedges=_spans(value.get("hedges", ())),
            channel=_span(value.get("channel")),
            channel_kind=value.get("channel_kind"),
            when=_span(value.get("when")),
            parent=value.get("parent"),
            repeated=_span(value.get("repeated")),
            heading=_span(value.get("heading")),
            truncated=value.get("truncated", False),
            score=value["score"],
            evidence=_read_evidence(value.get("evidence", ())),
        ),
        speaker=_read_speaker(value["speaker_details"], value.get("speaker", ""))
        if "speaker_details" in value
        else None,
        when_date=value.get("when_date"),
        chain=tuple(_read_hop(each) for each in value.get("chain", ())),
        times=tuple(_read_time(each) for each in value.get("times", ())),
        quantities=tuple(_read_quantity(each) for each in value.get("quantities", ())),
    )


def describe_speaker(speaker: Speaker) -> Json:
    """Return a speaker as plain values but for the name and the evidence."""
    return {
        "span": write_span(speaker.span),
        "title": write_span(speaker.title),
        "affiliation": write_span(speaker.affiliation),
        "kind": speaker.kind,
        "entity": speaker.entity,
        "candidates": list(speaker.candidates),
        "office": speaker.office,
        "body": speaker.body,
        "country": speaker.country,
        "source_type": speaker.source_type,
        "anonymity": write_span(speaker.anonymity),
        "said_as": speaker.said_as,
        "read_by": speaker.read_by,
    }


def _write_speaker(speaker: Speaker) -> Json:
    return _slim({**describe_speaker(speaker), "evidence": _write_evidence(speaker.evidence)})


def _read_speaker(value: Json, name: str) -> Speaker:
    return Speaker(
        name=name,
        span=Span(*value["span"]),
        title=_span(value.get("title")),
        affiliation=_span(value.get("affiliation")),
        kind=value.get("kind"),
        entity=value.get("entity"),
        candidates=tuple(value.get("candidates", ())),
        evidence=_read_evidence(value.get("evidence", ())),
        office=value.get("office"),
        body=value.get("body"),
        country=value.get("country"),
        source_type=value.get("source_type"),
        anonymity=_span(value.get("anonymity")),
        said_as=value.get("said_as"),
        read_by=value.get("read_by"),
    )


def _write_evidence(evidence: Iterable[Evidence]) -> list[Json]:
    return [_slim({"rule": rule, "spans": write_spans(spans), "note": note or None}) for rule, spans, note in evidence]


def _read_evidence(found: Iterable[Json]) -> tuple[Evidence, ...]:
    return tuple(Evidence(each["rule"], _spans(each.get("spans", ())), each.get("note", "")) for each in found)


def describe_hop(hop: Hop) -> Json:
    """Return a hop as plain values."""
    return {
        "kind": hop.kind,
        "status": hop.status,
        "name": hop.name,
        "span": write_span(hop.span),
        "entity": hop.entity,
    }


def _read_hop(value: Json) -> Hop:
    return Hop(value["kind"], value["status"], value.get("name"), _span(value.get("span")), value.get("entity"))


def describe_time(time: StatedTime) -> Json:
    """Return a time inside a content as plain values."""
    return {
        "span": write_span(time.span),
        "date": time.date,
        "granularity": time.granularity,
        "planned": time.planned,
        "clock": time.clock,
    }


def _read_time(value: Json) -> StatedTime:
    return StatedTime(
        Span(*value["span"]),
        value.get("date"),
        value.get("granularity"),
        value.get("planned", False),
        value.get("clock"),
    )


def _write_quantity(quantity: Quantity) -> Json:
    return _slim(
        {
            "span": write_span(quantity.span),
            "low": _unsigned(quantity.low),
            "high": _unsigned(quantity.high),
            "kind": quantity.kind,
            "unit": quantity.unit,
            "candidates": list(quantity.candidates),
            "bound": quantity.bound or None,
            "modifier": write_span(quantity.modifier),
            "counted": write_span(quantity.counted),
            "of": write_span(quantity.of),
        }
    )


def _read_quantity(value: Json) -> Quantity:
    return Quantity(
        Span(*value["span"]),
        value["low"],
        value["high"],
        value["kind"],
        value.get("unit"),
        tuple(value.get("candidates", ())),
        value.get("bound", ""),
        _span(value.get("modifier")),
        _span(value.get("counted")),
        _span(value.get("of")),
    )


def write_span(span: Span | None) -> list[int] | None:
    """Return a span as its two offsets."""
    return None if span is None else [span.start, span.end]


def write_spans(spans: Iterable[Span]) -> list[list[int]]:
    """Return spans as pairs of offsets."""
    return [[span.start, span.end] for span in spans]


def _span(pair: list[int] | None) -> Span | None:
    return None if pair is None else Span(*pair)


def _spans(pairs: Iterable[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in pairs)
