"""The error report for a linguist, ``out/errors.md``: where readings go wrong, and the worst ones in full.

It quotes articles, which belong to their outlets, so it is written to ``out/`` and never committed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eval.error_counts import HEADINGS, MISSES, confusion_lines, count_table, miss_lines, speaker_table
from eval.error_rows import Row, sentence_of
from eval.matching import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from training.gold import Article

    from eval.gold_scorer import Statement

_FALSE, _MISSED, _SPEAKERS = 20, 15, 15  # fifty together
_SPAN_FIELDS = ("source", "cue", "content", "channel", "when")


def _bidi(text: str) -> str:
    """Isolate a quotation, so that a line in two directions keeps its order."""
    return f"\u2068{text}\u2069" if text else "–"


def _side(name: str, article: Article, statement: Statement | None, beside: Statement | None = None) -> Iterator[str]:
    """Yield what one side has; a span that ``beside`` has as well is not written twice."""
    if statement is None:
        yield f"- **{name}**: nothing"
        return
    notes = [statement["act"], statement["type"]] + (["hedged"] if statement.get("hedged") else [])
    speaker = _bidi(statement.get("speaker") or "")
    yield f"- **{name}** ({', '.join(notes)}) · speaker: {speaker}"
    for field in _SPAN_FIELDS:
        if beside is not None and beside.get(field) == statement.get(field):
            continue
        if text := text_of(article, statement.get(field)):
            yield f"  - {field}: {_bidi(text)}"


def _rules(statement: Statement) -> str:
    details: dict[str, Any] = statement.get("speaker_details") or {}
    notes = [*(statement.get("evidence") or ()), *(details.get("evidence") or ())]
    return ", ".join(f"`{n['rule']}`" + (f" ({n['note']})" if n.get("note") else "") for n in notes)


def _case(number: int, row: Row, remark: str) -> Iterator[str]:
    article, gold, read, *_ = row.match
    document = article.document
    when = str(document.published)[:10] if document.published else "no date"
    yield f"#### {number}. {document.outlet or '?'}, {when}, `{document.id}`"
    yield ""
    yield f"> {_bidi(sentence_of(row.match))}"
    yield ""
    yield from _side("Qala", article, read)
    if read is not None:
        yield f"  - rules: {_rules(read)}"
    yield from _side("gold", article, gold, read)
    if row.near is not None:
        name = "gold, at the same cue" if gold is None else "Qala, at the same cue"
        yield from _side(name, article, row.near, gold or read)
    if remark:
        yield f"- {remark}"
    yield ""


def _score(row: Row) -> float:
    return float((row.match.read or {}).get("score") or 0.0)


def worst_false(rows: list[Row]) -> list[Row]:
    """Return what was read and the gold has not, the surest first."""
    return sorted((row for row in rows if row.gold is None), key=lambda row: -_score(row))


def worst_missed(rows: list[Row]) -> list[Row]:
    """Return what was missed: refused with the highest odds first, then where no reading was possible."""
    order = list(MISSES)
    return sorted(
        (row for row in rows if row.miss),
        key=lambda row: (row.miss != "refused", -row.refusal, -order.index(row.miss)),
    )


def worst_speakers(rows: list[Row]) -> list[Row]:
    """Return found statements with the wrong speaker, the surest first."""
    return sorted((row for row in rows if row.match.both and not row.match.speaker), key=lambda row: -_score(row))


def _worst(rows: list[Row]) -> Iterator[str]:
    number = 0
    lists = (
        ("False statements, the surest first", worst_false(rows)[:_FALSE]),
        ("Missed statements, those refused most surely first", worst_missed(rows)[:_MISSED]),
        ("Wrong speakers of the surest statements", worst_speakers(rows)[:_SPEAKERS]),
    )
    for title, found in lists:
        yield f"### {title}"
        yield ""
        for row in found:
            number += 1
            remark = f"missed: {MISSES[row.miss]}" if row.miss else ""
            if row.miss == "refused":
                remark += f" (the shipped ranker's log-odds for it: {-row.refusal:+.1f})"
            yield from _case(number, row, remark)


def _part(title: str, rows: list[Row]) -> Iterator[str]:
    yield f"# {title}"
    yield ""
    for heading, name in HEADINGS.items():
        yield f"## {name}"
        yield ""
        yield from count_table(rows, heading)
        yield ""
        if heading == "act":
            yield from confusion_lines(rows)
            yield ""
    yield "## How speakers were found"
    yield ""
    yield from speaker_table(rows)
    yield ""
    yield "## How statements were missed"
    yield ""
    yield from miss_lines(rows)
    yield ""
    yield "## The fifty worst"
    yield ""
    yield from _worst(rows)


def render_report(gold: list[Row], own: list[Row], seed: list[Row]) -> str:
    """Return the report: the shared gold, this repository's annotations, and the seed's errors.

    ``gold`` and ``own`` are cross-validated, ``seed`` is read with the shipped models.
    """
    lines = [
        "Errors of Qala, written by `make eval`. It quotes articles: do not commit it.",
        "",
        "Every article was read by rankers trained without it. Precision: read statements whose content the",
        "gold has; recall: gold statements whose content was read; wrong speaker, start, end and act are",
        "counted over those. A construction is the frame that ties the cue to its content.",
        "",
    ]
    if gold:
        lines += _part("The shared gold (dev and events)", gold)
    if own:
        lines += _part("This repository's own annotations (either side may be wrong)", own)
    wrong = [row for row in seed if not (row.match.both and row.match.speaker)]
    if wrong:
        lines += ["# The seed, read with the shipped models", ""]
        for number, row in enumerate(wrong, 1):
            lines += _case(number, row, MISSES.get(row.miss, ""))
    return "\n".join(lines) + "\n"
