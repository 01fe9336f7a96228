"""Lists for people: hits of a search, an article and its statements, speakers, refusals, judgements, counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from qala.cli.ledger_statement import SHORT, describe_judgement, describe_speaker, field, join, make_marks, show_text
from qala.cli.screen import DIM, STRONG, Mark, Screen, cut_marked, enclose, lay_out, show
from qala.exports.rows import join_spans
from qala.exports.visible import is_right_to_left, shorten
from qala.ledger.judging import is_rejected
from qala.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qala.ledger.counts import SpeakerCount, Stats
    from qala.ledger.search import Page
    from qala.ledger.search_hits import Hit
    from qala.ledger.verify import Report
    from qala.model import Document, RefusedInput
    from qala.records import Judgement, Record

_FOUND = ("bold black on yellow", "[[", "]]")  # words that a search found
_CONTENT = 160  # characters of a content in an article's list
_MOST_GROUPS = 12  # outlets that `stats` names


def list_hits(page: Page, screen: Screen, query: str) -> Iterator[Text]:
    """Yield the hits of a page, each with its snippet and the words found marked, and how to see the next."""
    for hit in page.hits:
        yield from _show_hit(hit, screen)
    if not page.hits:
        yield Text("nothing found" + (f" for {show(query)}" if query.strip() else ""), style=DIM)
    if page.ranked is not None:
        yield Text(f"ranked among the newest {page.ranked:,} hits", style=DIM)
    if page.next is not None:
        yield Text(f"more: --after {page.next}", style=DIM)


def _show_hit(hit: Hit, screen: Screen) -> Iterator[Text]:
    record, text = hit.record, hit.record.document.text
    document, found = record.document, record.statement.attribution
    day = document.published.isoformat() if document.published else "day unknown"
    head = Text.assemble((hit.id[:SHORT], STRONG), f"  {found.act}  ", join((day, show(document.outlet))))
    if document.title:
        head.append("  ")
        words = [Mark(span, *_FOUND) for span in hit.title_marks]
        title = cut_marked(document.title, Span(0, len(document.title)), words, colour=screen.colour)
        head.append_text(enclose(title, is_right_to_left(title.plain)))
    yield head
    who = describe_speaker(record.statement.speaker, text)[:2]
    said = f"said {record.statement.when_date}" if record.statement.when_date else ""
    carriers = [show(hop.name) for hop in record.statement.chain if hop.kind not in ("speaker", "page") and hop.name]
    through = f"through {', '.join(dict.fromkeys(carriers))}" if carriers else ""
    yield Text(f"    {join((*who, through, said))}")
    marks = [Mark(mark, *_FOUND) for mark in hit.marks]
    yield from _show_outside(hit, marks, screen)
    snippet = cut_marked(text, hit.snippet, marks, colour=screen.colour)
    dots = ("\u2026 " if hit.opens else "", " \u2026" if hit.closes else "")
    yield from lay_out(Text.assemble(dots[0], snippet, dots[1]), screen.width)


def _show_outside(hit: Hit, marks: Sequence[Mark], screen: Screen) -> Iterator[Text]:
    """Yield the source and the cue, as written, where words were found in them and the snippet does not show that."""
    text, found = hit.record.document.text, hit.record.statement.attribution
    for name, spans in (("source", [found.source] if found.source else []), ("cue", found.cue)):
        for span in spans:
            inside = hit.snippet.start <= span.start and span.end <= hit.snippet.end
            if not inside and any(mark.span.start < span.end and span.start < mark.span.end for mark in marks):
                words = cut_marked(text, span, marks, colour=screen.colour)
                yield Text.assemble((f"    {name} ", DIM), enclose(words, is_right_to_left(words.plain)))


def show_document(
    document: Document, id: str, records: Sequence[Record], screen: Screen, *, whole: bool = False
) -> Iterator[Text]:
    """Yield what is known of an article, its statements, and with ``whole`` its text with all statements marked."""
    origin = document.origin
    yield Text.assemble(("document ", DIM), (id, STRONG))
    day = document.published.isoformat() if document.published else "unknown"
    size = f"{len(origin.raw):,} bytes kept" if origin.raw is not None else "no bytes kept"
    known = {
        "title": document.title,
        "outlet": document.outlet,
        "byline": origin.author,
        "published": day,
        "address": document.url,
        "given id": document.id,
        "path": origin.path,
        "container": origin.container,
    }
    yield from (field(name, show(value)) for name, value in known.items() if value)
    flags = ", ".join(origin.flags)
    yield field("text", f"{len(document.text):,} characters", origin.method or "", show(origin.encoding), flags, size)
    if origin.retrieved is not None:
        yield field("retrieved", origin.retrieved.isoformat())
    yield field("statements", str(len(records)))
    for record in records:
        yield from _show_row(record, screen)
    if whole:
        marks = [mark for record in records if not is_rejected(record) for mark in make_marks(record.statement)]
        yield Text()
        yield from show_text(document.text, Span(0, len(document.text)), marks, screen)


def _show_row(record: Record, screen: Screen) -> Iterator[Text]:
    found, text = record.statement.attribution, record.document.text
    who = describe_speaker(record.statement.speaker, text)[0]
    rejected = "rejected by a person" if is_rejected(record) else ""
    yield Text.assemble(
        (record.id[:SHORT], STRONG), f"  {join((found.act, who, record.statement.when_date or '', rejected))}"
    )
    content = shorten(" ".join(join_spans(text, found.content).split()), _CONTENT)
    yield from lay_out(cut_marked(content, Span(0, len(content)), [], colour=screen.colour), screen.width)


def list_speakers(speakers: Iterable[SpeakerCount]) -> Iterator[Text]:
    """Yield speakers with the number of their statements."""
    for speaker in speakers:
        yield Text(f"{speaker.statements:>9,}  {join((show(speaker.name), speaker.kind or '', show(speaker.entity)))}")


def list_refusals(refusals: Iterable[RefusedInput]) -> Iterator[Text]:
    """Yield refused inputs: code, place and reason."""
    for refusal in refusals:
        yield Text.assemble(f"{refusal.code:18} ", show(refusal.place), ": ", show(refusal.reason))


def list_judgements(judgements: Iterable[Judgement], lost: Iterable[Judgement]) -> Iterator[Text]:
    """Yield judgements with what they are about; those of ``lost`` find no statement in the current readings."""
    without = {judgement.id for judgement in lost}
    for judgement in judgements:
        subjects = " ".join(show(subject[:SHORT] if judgement.document else subject) for subject in judgement.subjects)
        ending = "  (finds no statement now)" if judgement.id in without else ""
        ending += f"  (takes back {judgement.replaces[:SHORT]})" if judgement.replaces else ""
        yield Text(f"{subjects}  {describe_judgement(judgement)}{ending}")


def list_stats(stats: Stats) -> Iterator[Text]:
    """Yield how much of everything a ledger holds."""
    counts = {
        "documents": stats.documents,
        "met at": stats.captures,
        "readings": stats.readings,
        "statements": stats.statements,
        "refusals": stats.refusals,
        "judgements": stats.judgements,
        "runs": stats.runs,
        "log entries": stats.entries,
        "bytes kept": stats.raw_bytes,
        "bytes taken": stats.size,
    }
    for name, number in counts.items():
        more = f"  ({stats.all_statements:,} with older readings)" if name == "statements" else ""
        yield Text(f"{name:12}{number:>15,}{more if stats.all_statements != stats.statements else ''}")
    for title, group in (("acts", stats.acts), ("outlets", stats.outlets), ("refused", stats.refused)):
        if group:
            yield Text(title, style=STRONG)
        named = list(group.items())
        for name, number in named[:_MOST_GROUPS]:
            yield Text(f"{number:>15,}  {show(name) or '(not known)'}")
        rest = sum(number for _, number in named[_MOST_GROUPS:])
        if rest:
            yield Text(f"{rest:>15,}  in {len(named) - _MOST_GROUPS:,} others")


def list_findings(report: Report, kept: str | None) -> Iterator[Text]:
    """Yield what verifying found, and the head to keep."""
    for finding in report.findings:
        yield Text(f"{finding.table} {show(finding.id)}: {show(finding.reason)}")
    if report.count > len(report.findings):
        yield Text(f"and {report.count - len(report.findings):,} more")
    looked = f"{report.rows:,} rows and {report.entries:,} log entries, {report.size:,} bytes hashed"
    if report.intact:
        yield Text(f"everything is as {'its log and the head say' if kept else 'its log says'}: {looked}")
        yield field("root", report.root)
        yield field("head", report.head)
        if not kept:
            yield Text("keep the head elsewhere: only `--head` shows a cut tail or an older copy", style=DIM)
    else:
        yield Text(f"{report.count:,} findings in {looked}", style=STRONG)
        yield field("head now", report.head)
