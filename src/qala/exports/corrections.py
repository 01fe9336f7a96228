"""What an annotator made of exported statements, as judgements: the way back from Label Studio and brat.

A statement that he left as it was is accepted (where the tool says that he looked at the page), one that is gone
is rejected; another speaker, act or other spans are judgements of those kinds; a new statement is a ``span`` judgement
under the id that the ledger would give to it. What he left half done (a cue without a content, a speaker
taken off) is ``unsure``, with the reason. Author and time are the caller's: no tool is asked who it was.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from qala.ledger.book import identify_judgement
from qala.ledger.codec import write_canonical
from qala.ledger.judging import keep_spans
from qala.model import Attribution, Span, Statement
from qala.records import Judgement, identify_statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from qala.exports.loss import Tally
    from qala.exports.pages import Page
    from qala.model import Act
    from qala.records import JudgementKind, Record


_LINE = re.compile(r"[^\r\n]+")


class Marked(NamedTuple):
    """A statement as an annotator left it.

    ``record`` is the id of the record that it was exported from, where the tool kept it. ``speaker`` is the text that
    he marked as the speaker, ``None`` where he marked nothing.
    """

    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    source: Span | None = None
    speaker: str | None = None
    act: Act | None = None
    record: str | None = None


class Annotator(NamedTuple):
    """Who judged, and when; whether leaving a statement as it was means accepting it."""

    author: str
    made: datetime
    accepts: bool = True


def with_cues(page: Page, tally: Tally) -> Page:
    """Return a page with the statements that can be marked: those whose cue has characters to point at."""
    kept = [record for record in page.records if split_lines(page.document.text, record.statement.attribution.cue)]
    if len(kept) < len(page.records):
        tally.leave_out("a cue without characters", len(page.records) - len(kept))
    return page._replace(records=kept)


def judge_page(
    document_id: str, text: str, records: Sequence[Record], marked: Iterable[Marked], who: Annotator
) -> list[Judgement]:
    """Return the judgements that lead from ``records`` of one page to what was ``marked`` on it.

    ``records`` are those that were exported, as they were exported. Spans are compared line by line, because
    one tool cuts them at line ends.
    """
    pairs, new = match_marked(records, marked)
    judged = [judgement for record in records for judgement in _judge_record(text, record, pairs.get(record.id), who)]
    return judged + [judgement for each in new for judgement in _judge_new(document_id, each, who)]


def match_marked(records: Sequence[Record], marked: Iterable[Marked]) -> tuple[dict[str, Marked], list[Marked]]:
    """Return for each record what became of it, and what is new.

    By the id that the tool kept; else by the same cue; else by a cue that overlaps. Each is used once.
    """
    free = {record.id: record for record in records}
    pairs: dict[str, Marked] = {}
    waiting: list[Marked] = []
    for each in marked:
        if each.record is not None and free.pop(each.record, None) is not None:
            pairs[each.record] = each
        else:
            waiting.append(each)
    same = {frozenset(record.statement.attribution.cue): id_ for id_, record in free.items()}
    waiting = _pair(waiting, pairs, lambda each: [same.pop(frozenset(each.cue), None)])
    left = [record for record in records if record.id not in pairs]
    at = {place: record.id for record in left for span in record.statement.attribution.cue for place in range(*span)}
    waiting = _pair(waiting, pairs, lambda each: [at.get(place) for span in each.cue for place in range(*span)])
    return pairs, waiting


def _pair(waiting: list[Marked], pairs: dict[str, Marked], find: Callable[[Marked], list[str | None]]) -> list[Marked]:
    """Add to ``pairs`` those for which ``find`` names a record that is still free, and return the others."""
    rest = []
    for each in waiting:
        found = next((id_ for id_ in find(each) if id_ is not None and id_ not in pairs), None)
        if found is None:
            rest.append(each)
        else:
            pairs[found] = each
    return rest


def split_lines(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans cut at line ends, without the line ends and in order: a form in which they can be compared."""
    return tuple(Span(*match.span()) for span in sorted(spans) for match in _LINE.finditer(text, *span))


def join_lines(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans put together where nothing but line ends stands between them: undoes ``split_lines``."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start >= joined[-1].end and not text[joined[-1].end : span.start].strip("\r\n"):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return tuple(joined)


def find_speaker_text(record: Record) -> str | None:
    """Return the words that an export marks as the speaker of a record."""
    speaker = record.statement.speaker
    return None if speaker is None else speaker.span.of(record.document.text)


def _judge_record(text: str, record: Record, marked: Marked | None, who: Annotator) -> Iterator[Judgement]:
    """Yield what an annotator decided about one exported record."""
    found, base = record.statement.attribution, _start(record, who)
    if marked is None:
        yield _finish(base, "reject")
        return
    if not marked.content:
        yield _finish(base, "unsure", reason="the annotator left no content")
        return
    before, after = (_compare(text, each.cue, each.content, each.source) for each in (found, marked))
    changes: list[Judgement] = []
    if before != after:
        changes.append(_finish(base, "span", describe_spans(marked)))
    if marked.act is not None and marked.act != found.act:
        changes.append(_finish(base, "act", marked.act))
    if marked.speaker != find_speaker_text(record):
        if marked.speaker and marked.speaker.strip():
            changes.append(_finish(base, "speaker", marked.speaker))
        else:
            changes.append(_finish(base, "unsure", reason="the annotator took the speaker off"))
    if not changes and who.accepts:
        changes.append(_finish(base, "accept"))
    yield from changes


def _judge_new(document_id: str, marked: Marked, who: Annotator) -> Iterator[Judgement]:
    """Yield the judgements that make a statement of what somebody marked where none was exported."""
    found = Attribution("", marked.cue, marked.content, "indirect", marked.act or "assert", source=marked.source)
    subject = identify_statement(document_id, found)
    spans = keep_spans(Statement(found))
    base = Judgement("", "span", (subject,), who.author, who.made, document=document_id, spans=spans)
    if not marked.content:
        yield _finish(base, "unsure", reason="the annotator marked a cue without a content")
        return
    yield _finish(base, "span", describe_spans(marked))
    if marked.act is not None:
        yield _finish(base, "act", marked.act)
    if marked.speaker and marked.speaker.strip():
        yield _finish(base, "speaker", marked.speaker)


def describe_spans(marked: Marked) -> str:
    """Return source, cue and content as the value of a ``span`` judgement: canonical JSON."""
    source = None if marked.source is None else list(marked.source)
    cue, content = ([list(span) for span in spans] for spans in (marked.cue, marked.content))
    return write_canonical({"source": source, "cue": cue, "content": content})


def _compare(text: str, cue: tuple[Span, ...], content: tuple[Span, ...], source: Span | None) -> object:
    return split_lines(text, cue), split_lines(text, content), split_lines(text, [source] if source else [])


def _start(record: Record, who: Annotator) -> Judgement:
    spans = keep_spans(record.statement)
    return Judgement("", "accept", (record.id,), who.author, who.made, document=record.document_id, spans=spans)


def _finish(base: Judgement, kind: JudgementKind, value: str | None = None, reason: str = "") -> Judgement:
    judgement = replace(base, kind=kind, value=value, reason=reason)
    return replace(judgement, id=identify_judgement(judgement))
