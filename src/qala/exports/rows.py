"""Records as rows of a table: one statement a row, words beside offsets, the columns always the same.

CSV and Parquet share the columns. A cell is text, a truth value, a number, or a list of spans, hops,
times, quantities, reasons or judgements. The article's text is not in a row: it would stand in each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from qala.exports.jsonl import describe_statement
from qala.exports.loss import CONCEPTS, Concept
from qala.exports.records_jsonl import describe_judgement
from qala.ledger.judging import GROUPS

if TYPE_CHECKING:
    from qala.model import Span
    from qala.records import Record

Cell = Literal["text", "flag", "number", "spans", "texts", "hops", "times", "quantities", "reasons", "judgements"]
Row = dict[str, Any]

COLUMNS: dict[str, Cell] = {
    "record_id": "text",
    "document_id": "text",
    "parent_id": "text",
    "run": "text",
    "outlet": "text",
    "published": "text",
    "url": "text",
    "title": "text",
    "author": "text",
    "document": "text",
    "statement": "text",
    "verdict": "text",
    "act": "text",
    "type": "text",
    "speaker": "text",
    "speaker_kind": "text",
    "speaker_entity": "text",
    "speaker_title": "text",
    "speaker_affiliation": "text",
    "speaker_office": "text",
    "speaker_body": "text",
    "speaker_country": "text",
    "speaker_candidates": "texts",
    "speaker_said_as": "text",
    "speaker_read_by": "text",
    "source_type": "text",
    "anonymity": "text",
    "source": "text",
    "cue": "text",
    "content": "text",
    "when": "text",
    "said": "text",
    "channel": "text",
    "channel_kind": "text",
    "hedges": "texts",
    "repeated": "text",
    "heading": "text",
    "truncated": "flag",
    "score": "number",
    "source_spans": "spans",
    "cue_spans": "spans",
    "content_spans": "spans",
    "speaker_spans": "spans",
    "chain": "hops",
    "times": "times",
    "quantities": "quantities",
    "evidence": "reasons",
    "judgements": "judgements",
}
"""The columns in their order, and what a cell of each holds."""

_NOT_IN_A_ROW: frozenset[Concept] = frozenset(("text", "raw bytes", "retrieved", "source of bytes", "other offsets"))
KEPT: frozenset[Concept] = frozenset(CONCEPTS) - _NOT_IN_A_ROW
GAP = " \u2026 "  # between the parts of a cue or content that is interrupted


def describe_row(record: Record) -> Row:
    """Return a record as the values of one row, in the order of ``COLUMNS``; unknown values are ``None``."""
    document, statement, found = record.document, record.statement, record.statement.attribution
    text = document.text
    plain = describe_statement(statement)
    return {
        "record_id": record.id,
        "document_id": record.document_id,
        "parent_id": record.parent,
        "run": record.run,
        "outlet": document.outlet,
        "published": None if document.published is None else document.published.isoformat(),
        "url": document.url,
        "title": document.title,
        "author": document.origin.author,
        "document": document.id,
        "statement": found.id,
        "verdict": _find_verdict(record),
        "act": found.act,
        "type": found.type,
        **_describe_speaker(record),
        "source": _cut(text, found.source),
        "cue": join_spans(text, found.cue),
        "content": join_spans(text, found.content),
        "when": _cut(text, found.when),
        "said": statement.when_date,
        "channel": _cut(text, found.channel),
        "channel_kind": found.channel_kind,
        "hedges": [span.of(text) for span in found.hedges],
        "repeated": _cut(text, found.repeated),
        "heading": _cut(text, found.heading),
        "truncated": found.truncated,
        "score": float(found.score),
        "source_spans": [] if found.source is None else [list(found.source)],
        "cue_spans": plain["cue"],
        "content_spans": plain["content"],
        "speaker_spans": [] if statement.speaker is None else [list(statement.speaker.span)],
        "chain": plain["chain"],
        "times": plain["times"],
        "quantities": plain["quantities"],
        "evidence": _describe_reasons(plain),
        "judgements": [describe_judgement(judgement) for judgement in record.judgements],
    }


def _describe_speaker(record: Record) -> Row:
    speaker, text = record.statement.speaker, record.document.text
    return {
        "speaker": speaker and speaker.name,
        "speaker_kind": speaker and speaker.kind,
        "speaker_entity": speaker and speaker.entity,
        "speaker_title": speaker and _cut(text, speaker.title),
        "speaker_affiliation": speaker and _cut(text, speaker.affiliation),
        "speaker_office": speaker and speaker.office,
        "speaker_body": speaker and speaker.body,
        "speaker_country": speaker and speaker.country,
        "speaker_candidates": list(speaker.candidates) if speaker else [],
        "speaker_said_as": speaker and speaker.said_as,
        "speaker_read_by": speaker and speaker.read_by,
        "source_type": speaker and speaker.source_type,
        "anonymity": speaker and _cut(text, speaker.anonymity),
    }


def _find_verdict(record: Record) -> str | None:
    """Return what people last said of the reading as a whole: accept, reject or unsure."""
    answers = [judgement.kind for judgement in record.judgements if GROUPS.get(judgement.kind) == "reading"]
    return answers[-1] if answers else None


def _describe_reasons(plain: Row) -> list[Row]:
    """Return the reasons for the statement and then those for its speaker, each saying which it is for."""
    details = plain["speaker_details"] or {"evidence": []}
    groups = (("statement", plain["evidence"]), ("speaker", details["evidence"]))
    return [{"of": name, **reason} for name, reasons in groups for reason in reasons]


def join_spans(text: str, spans: tuple[Span, ...]) -> str:
    """Return the words of spans, an ellipsis between parts that do not touch."""
    return GAP.join(span.of(text) for span in spans)


def _cut(text: str, span: Span | None) -> str | None:
    return None if span is None else span.of(text)
