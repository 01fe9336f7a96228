"""One statement for people: what it is, where it stands in its article, its chain, and why Qala reads it so."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from rich.text import Text

from qala.cli.screen import DIM, STRONG, Mark, Screen, cut_marked, lay_out, show
from qala.exports.rows import join_spans
from qala.ledger.judging import is_rejected
from qala.model import Evidence, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qala.ledger.runs import Run
    from qala.model import Document, Hop, Speaker, Statement
    from qala.records import Judgement, Record

SHORT = 12  # digits of an id in a list: 48 bits
CONTEXT = 300  # characters of the article before and behind a statement

_LABEL = 11  # cells
_SOURCE, _CUE, _CONTENT = ("bold cyan", "((", "))"), ("bold yellow", "<<", ">>"), ("underline", "[[", "]]")
LEGEND = "marked: ((source)) <<cue>> [[content]]"


def show_statement(record: Record, held: Sequence[Record], screen: Screen, context: int = CONTEXT) -> Iterator[Text]:
    """Yield one statement with ``context`` characters of its article around it.

    ``held`` are the statements that stand inside its content.
    """
    yield Text.assemble(("statement ", DIM), (record.id, STRONG))
    yield field("article", describe_article(record.document), f"document {record.document_id[:SHORT]}")
    yield from _list_facts(record)
    yield from (field("holds", each.id[:SHORT], each.statement.attribution.act) for each in held)
    yield field("rules", show(", ".join(dict.fromkeys(each.rule for each in list_evidence(record.statement)))))
    yield from (field("judgement", describe_judgement(judgement)) for judgement in record.judgements)
    yield Text()
    yield from show_context(record, screen, context)


def field(name: str, *values: str) -> Text:
    """Return a line: what it is, and its values."""
    return Text.assemble((f"{name:{_LABEL}}", DIM), join(values))


def join(values: Iterable[str]) -> str:
    """Return the values that are there, with dots between them."""
    return " \u00b7 ".join(value for value in values if value)


def describe_article(document: Document) -> str:
    """Return title, outlet and day of an article in one line."""
    day = document.published.isoformat() if document.published else "day of publication unknown"
    name = document.title or document.origin.path or document.id
    return join(show(part) for part in (name, document.outlet, day) if part)


def _list_facts(record: Record) -> Iterator[Text]:
    """Yield what was read, a line for each thing that is there."""
    text, statement, found = record.document.text, record.statement, record.statement.attribution
    marks = [("hedged", found.hedged), ("repeated", found.repeated), ("cut off", found.truncated)]
    rejected = "rejected by a person" if is_rejected(record) else ""
    yield field("act", found.act, found.type, *(name for name, there in marks if there), rejected)
    yield field("speaker", *describe_speaker(statement.speaker, text))
    if found.source is not None:
        yield field("source", show(found.source.of(text)))
    if found.when is not None or statement.when_date:
        yield field("said", statement.when_date or "day open", _words(text, found.when))
    yield field("chain", describe_chain(statement.chain))
    if found.channel is not None:
        yield field("through", _words(text, found.channel), found.channel_kind or "")
    if found.heading is not None:
        yield field("under", _words(text, found.heading))
    for hedge in found.hedges:
        yield field("hedge", _words(text, hedge))
    for time in statement.times:
        yield field("event time", _words(text, time.span), time.date or "open", "planned" if time.planned else "")
    for figure in statement.quantities:
        yield field("figure", _words(text, figure.span), figure.unit or "")
    if record.parent is not None:
        yield field("inside", record.parent[:SHORT])


def describe_speaker(speaker: Speaker | None, text: str) -> list[str]:
    """Return a speaker's name, title, kind and id, as far as they are known."""
    if speaker is None:
        return ["not recorded"]
    candidates = f"open between {show(', '.join(speaker.candidates))}" if speaker.candidates else ""
    known = [speaker.kind or "", show(speaker.entity) if speaker.entity else "", speaker.source_type or "", candidates]
    return [show(speaker.name), _words(text, speaker.title), *known, _words(text, speaker.anonymity)]


def describe_chain(chain: Iterable[Hop]) -> str:
    """Return the hops from the speaker to the page in one line."""
    hops = [f"{hop.kind} {show(hop.name)}" if hop.name else f"{hop.kind} ({hop.status})" for hop in chain]
    return " \u2190 ".join(hops) or "not recorded"


def describe_judgement(judgement: Judgement) -> str:
    """Return who decided what, when and why, in one line."""
    decided = f"{judgement.kind} {show(judgement.value)}" if judgement.value else judgement.kind
    reason = f": {show(judgement.reason)}" if judgement.reason else ""
    made = judgement.made.isoformat(" ", "minutes")
    return f"{decided} by {show(judgement.author)} on {made}{reason} ({judgement.id[:SHORT]})"


def _words(text: str, span: Span | None) -> str:
    return show(span.of(text)) if span else ""


def make_marks(statement: Statement) -> list[Mark]:
    """Return the marks of source, cue and content."""
    found = statement.attribution
    marks = [Mark(found.source, *_SOURCE)] if found.source else []
    marks += [Mark(span, *_CUE) for span in found.cue]
    return marks + [Mark(span, *_CONTENT) for span in found.content]


def show_context(record: Record, screen: Screen, context: int) -> Iterator[Text]:
    """Yield the stretch of the article that holds the statement, source, cue and content marked."""
    text, marks = record.document.text, make_marks(record.statement)
    first, last = min(mark.span.start for mark in marks), max(mark.span.end for mark in marks)
    start, end = _widen(text, first - context, first, -1), _widen(text, last + context, last, 1)
    yield Text(LEGEND, style=DIM) if not screen.colour else Text()
    if start > 0:
        yield Text("    \u2026", style=DIM)
    yield from show_text(text, Span(start, end), marks, screen)
    if end < len(text):
        yield Text("    \u2026", style=DIM)


def show_text(text: str, span: Span, marks: Sequence[Mark], screen: Screen) -> Iterator[Text]:
    """Yield ``text`` under ``span``, paragraph by paragraph, with marks."""
    place = span.start
    waiting = deque(sorted(marks, key=lambda mark: mark.span.start))
    here: list[Mark] = []
    for line in span.of(text).splitlines(keepends=True):
        stripped = Span(place, place + len(line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")))
        place += len(line)
        while waiting and waiting[0].span.start < stripped.end:
            here.append(waiting.popleft())
        here = [mark for mark in here if mark.span.end > stripped.start]
        if stripped.of(text).strip():
            yield from lay_out(cut_marked(text, stripped, here, colour=screen.colour), screen.width)


def _widen(text: str, wanted: int, limit: int, step: int) -> int:
    """Return a place at ``wanted`` or nearer to ``limit`` that cuts no word; the text's own end where it is near."""
    if step < 0 and wanted <= 0:
        return 0
    if step > 0 and wanted >= len(text):
        return len(text)
    while wanted != limit and not text[wanted if step > 0 else wanted - 1].isspace():
        wanted -= step
    return wanted


def list_evidence(statement: Statement) -> list[Evidence]:
    """Return the reasons for a statement, and then those for its speaker."""
    return [*statement.attribution.evidence, *(statement.speaker.evidence if statement.speaker else ())]


def explain(record: Record, runs: Sequence[Run]) -> Iterator[Text]:
    """Yield why Qala reads a statement so: every part with offsets and words, every rule with what it rests on.

    ``runs`` are those that read it; none where a person found it.
    """
    text, statement, found = record.document.text, record.statement, record.statement.attribution
    yield Text.assemble(("statement ", DIM), (record.id, STRONG), f" ({found.id} of document {record.document_id})")
    yield field("article", describe_article(record.document))
    yield field("reads", show(join_spans(text, (*found.cue, *found.content))))
    yield Text("parts", style=STRONG)
    for name, spans in _list_parts(statement):
        yield from (_reason(text, Evidence(name, (span,))) for span in spans)
    yield Text("rules of the statement", style=STRONG)
    yield from (_reason(text, each) for each in found.evidence)
    yield Text("rules of the speaker", style=STRONG)
    yield from (_reason(text, each) for each in (statement.speaker.evidence if statement.speaker else ()))
    yield Text("chain", style=STRONG)
    yield from (_explain_hop(text, hop) for hop in statement.chain)
    if record.judgements:
        yield Text("judgements of people", style=STRONG)
    yield from (Text(f"    {describe_judgement(each)}") for each in record.judgements)
    yield Text("read by", style=STRONG)
    for run in runs:
        yield Text(f"    qala {show(run.version)}, lexicon {run.lexicon[:SHORT]}, models {run.models[:SHORT]}")
    if not runs:
        yield Text("    no version of Qala: a person found it")


def _list_parts(statement: Statement) -> Iterator[tuple[str, Iterable[Span]]]:
    found, speaker = statement.attribution, statement.speaker
    single = [("source", found.source), ("through", found.channel), ("when", found.when), ("under", found.heading)]
    single += [("repeated", found.repeated)]
    if speaker is not None:
        single += [("speaker", speaker.span), ("title", speaker.title), ("affiliation", speaker.affiliation)]
        single += [("anonymity", speaker.anonymity)]
    yield "cue", found.cue
    yield "content", found.content
    yield from ((name, [span]) for name, span in single if span is not None)
    yield "hedge", found.hedges
    yield "event time", [time.span for time in statement.times]
    yield "figure", [figure.span for figure in statement.quantities]


def _reason(text: str, evidence: Evidence) -> Text:
    """Return one rule, or part, with the words that it rests on."""
    line = Text(f"    {show(evidence.rule)}", style=DIM)
    for span in evidence.spans:
        line.append(f"  {span.start}-{span.end} ", style=DIM)
        line.append(show(span.of(text)), style="default")
    if evidence.note:
        line.append(f"  ({show(evidence.note)})")
    return line


def _explain_hop(text: str, hop: Hop) -> Text:
    place = f"{hop.span.start}-{hop.span.end} {show(hop.span.of(text))}" if hop.span else ""
    parts = (hop.status, show(hop.name) if hop.name else "", show(hop.entity) if hop.entity else "", place)
    return Text(f"    {hop.kind:10} {join(parts)}")
