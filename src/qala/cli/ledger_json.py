"""What the ledger's commands print with ``--json``: the keys of the exports' rows and of docs/formats.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qala.exports.jsonl import describe_statement
from qala.exports.records_jsonl import describe_document, describe_judgement
from qala.exports.rows import describe_row
from qala.ledger.judging import is_rejected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qala.ledger.runs import Run
    from qala.ledger.search import Page
    from qala.ledger.search_hits import Hit
    from qala.ledger.verify import Report
    from qala.model import Document, Span
    from qala.records import Record


def describe_found(record: Record) -> dict[str, Any]:
    """Return a statement: the row of the tables (words and spans), and whether people rejected it."""
    return {**describe_row(record), "rejected": is_rejected(record)}


def describe_page(page: Page) -> dict[str, Any]:
    """Return a page of hits; ``next`` is what ``--after`` takes."""
    return {"hits": [_describe_hit(hit) for hit in page.hits], "next": page.next, "ranked": page.ranked}


def _describe_hit(hit: Hit) -> dict[str, Any]:
    """Return a hit: the statement, the stretch to be shown, and the words found as spans of the article's text."""
    return {
        **describe_found(hit.record),
        "snippet": hit.text,
        "snippet_span": list(hit.snippet),
        "marks": _pairs(hit.marks),
        "title_marks": _pairs(hit.title_marks),
        "score": hit.score,
    }


def _pairs(spans: Sequence[Span]) -> list[list[int]]:
    return [list(span) for span in spans]


def describe_article(document: Document, id: str, records: Sequence[Record]) -> dict[str, Any]:
    """Return an article with its text and its statements; its bytes stay in the ledger, their number is told."""
    described = describe_document(id, document)
    raw = document.origin.raw
    origin = {**described["origin"], "raw": None, "raw_size": None if raw is None else len(raw)}
    return {**described, "origin": origin, "statements": [describe_found(record) for record in records]}


def describe_reasons(record: Record, runs: Sequence[Run]) -> dict[str, Any]:
    """Return a statement with every rule, the words under each span of it, and the runs that read it."""
    text = record.document.text
    plain = describe_statement(record.statement)
    reasons = [{"of": "statement", **each} for each in plain["evidence"]]
    reasons += [{"of": "speaker", **each} for each in (plain["speaker_details"] or {}).get("evidence", ())]
    for reason in reasons:
        reason["words"] = [text[start:end] for start, end in reason["spans"]]
    return {
        "record_id": record.id,
        "document_id": record.document_id,
        "reasons": reasons,
        "statement": plain,
        "judgements": [describe_judgement(judgement) for judgement in record.judgements],
        "runs": [{"id": run.id, "version": run.version, "lexicon": run.lexicon, "models": run.models} for run in runs],
    }


def describe_report(report: Report) -> dict[str, Any]:
    """Return what verifying found."""
    return {
        "intact": report.intact,
        "head": report.head,
        "root": report.root,
        "entries": report.entries,
        "rows": report.rows,
        "bytes": report.size,
        "count": report.count,
        "findings": [finding._asdict() for finding in report.findings],
    }
