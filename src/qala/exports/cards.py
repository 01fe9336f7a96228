"""What stands beside the text: for each statement who, through whom, when, how, and why."""

from collections.abc import Iterable
from html import escape

from qala.exports.labels import label
from qala.exports.marks import isolate_html, show_text
from qala.exports.visible import shorten
from qala.model import Document, Evidence, Hop, Reading, Span, Speaker, StatedTime, Statement

LONGEST_CONTENT = 280  # characters of a content on its card; all of it stands marked in the text


def render_cards(reading: Reading, prefix: str) -> str:
    """Return the list of statements of one article as HTML; ``prefix`` starts the ids."""
    if not reading.statements:
        return f'<p class="note">{_field("none")}</p>'
    numbers = {statement.id: number for number, statement in enumerate(reading.statements, 1)}
    cards = [_render_card(reading, statement, numbers, prefix) for statement in reading.statements]
    return f'<ol class="cards">\n{"".join(cards)}</ol>'


def _render_card(reading: Reading, statement: Statement, numbers: dict[str, int], prefix: str) -> str:
    document, found = reading.document, statement.attribution
    number = numbers[statement.id]
    inner = " inner" if found.parent else ""
    content = " \u2026 ".join(shorten(span.of(document.text), LONGEST_CONTENT) for span in found.content)
    rows = "".join(
        f"<dt>{name}</dt><dd>{value}</dd>" for name, value in _find_rows(reading, statement, prefix, numbers)
    )
    return (
        f'<li class="card {found.act}{inner} c{number}" id="{prefix}-s{number}">'
        f'<div class="top"><a class="number" href="#{prefix}-t{number}" title="{_field("to_text")}">'
        f"<bdi>s{number}</bdi></a>"
        f'<span class="who">{_who(statement.speaker)}</span>'
        f'<span class="badge">{escape(label("acts", found.act))} <code>{found.act}</code></span></div>'
        f"<blockquote>{isolate_html(content)}</blockquote>"
        f"{f'<dl>{rows}</dl>' if rows else ''}"
        f"{_render_why(document, statement)}</li>\n"
    )


def _who(speaker: Speaker | None) -> str:
    return _field("unknown_speaker") if speaker is None else isolate_html(speaker.name)


def _find_rows(
    reading: Reading, statement: Statement, prefix: str, numbers: dict[str, int]
) -> Iterable[tuple[str, str]]:
    """Yield the details that a statement has, as label and HTML; what it lacks has no row."""
    document, found = reading.document, statement.attribution
    yield from _find_speaker_rows(document, statement)
    if found.channel:
        kind = f" ({escape(label('kinds', found.channel_kind))})" if found.channel_kind else ""
        yield _field("through"), _cut(document, found.channel) + kind
    if len(statement.chain) > 1:
        hops = "".join(f"<li>{_show_hop(hop)}</li>" for hop in statement.chain)
        yield _field("chain"), f'<ol class="chain">{hops}</ol>'
    if found.when:
        day = statement.when_date
        dated = f" <code>{escape(day)}</code>" if day else f" ({_field('undated')})"
        yield _field("when"), _cut(document, found.when) + dated
    if statement.times:
        shown = (_show_time(document, time) for time in statement.times)
        yield _field("times"), " \u00b7 ".join(shown)
    if statement.quantities:
        yield _field("quantities"), _cut_all(document, (quantity.span for quantity in statement.quantities))
    if found.hedges:
        yield _field("hedge"), _cut_all(document, found.hedges)
    if found.repeated:
        yield _field("repeated"), _cut(document, found.repeated)
    if found.parent in numbers:
        outer = numbers[found.parent]
        yield _field("inside"), f'<a href="#{prefix}-s{outer}"><bdi>s{outer}</bdi></a>'
    if found.heading:
        yield _field("heading"), _cut(document, found.heading)
    if found.truncated:
        yield "\u2702", _field("truncated")


def _find_speaker_rows(document: Document, statement: Statement) -> Iterable[tuple[str, str]]:
    source, speaker = statement.attribution.source, statement.speaker
    written = source.of(document.text) if source else ""
    if speaker is None or written != speaker.name:
        yield _field("as_written"), isolate_html(written) if written else _field("elided")
    if speaker is None:
        return
    details = [label("kinds", speaker.kind)] if speaker.kind else []
    for name, span in (("title", speaker.title), ("affiliation", speaker.affiliation)):
        if span and span.of(document.text) not in written:
            yield _field(name), _cut(document, span)
    if speaker.source_type:
        details.append(label("source_types", speaker.source_type))
    if details:
        entity = f" <code>{show_text(speaker.entity)}</code>" if speaker.entity else ""
        yield _field("read_as" if speaker.said_as else "kind"), escape(" \u00b7 ".join(details)) + entity
    if speaker.anonymity:
        yield _field("anonymity"), _cut(document, speaker.anonymity)
    if speaker.candidates:
        yield _field("open_speaker"), " \u00b7 ".join(isolate_html(name) for name in speaker.candidates)


def _show_time(document: Document, time: StatedTime) -> str:
    """Return a time of a content with its date, if any, and whether it is to come."""
    day = f" <code>{escape(time.date)}</code>" if time.date else ""
    return _cut(document, time.span) + day + (f" ({_field('planned')})" if time.planned else "")


def _show_hop(hop: Hop) -> str:
    kind = escape(label("kinds", hop.kind))
    if hop.name is None:
        return f"{kind} ({escape(label('statuses', hop.status))})"
    unnamed = f" ({escape(label('statuses', hop.status))})" if hop.status == "anonymous" else ""
    return f'<span title="{kind}">{isolate_html(hop.name)}</span>{unnamed}'


def _render_why(document: Document, statement: Statement) -> str:
    """Return the evidence, folded up: offsets, rules, and the words that each rule rests on."""
    found = statement.attribution
    spans = (
        ("source", [found.source] if found.source else []),
        ("cue", found.cue),
        ("content", found.content),
    )
    places = [
        f"<code>{name} {' '.join(f'{span.start}-{span.end}' for span in some)}</code>" for name, some in spans if some
    ]
    evidence = (*found.evidence, *(statement.speaker.evidence if statement.speaker else ()))
    reasons = "".join(f"<li>{_show_reason(document, reason)}</li>" for reason in evidence)
    return (
        f"<details><summary>{_field('why')}</summary><ul>"
        f"<li>{_field('offsets')}: {' '.join(places)} ({escape(label('types', found.type))})</li>"
        f"{reasons}</ul></details>"
    )


def _show_reason(document: Document, evidence: Evidence) -> str:
    words = " \u00b7 ".join(isolate_html(shorten(span.of(document.text), 80)) for span in evidence.spans)
    note = f" <small>{isolate_html(evidence.note)}</small>" if evidence.note else ""
    return f"<code>{show_text(evidence.rule)}</code> {words}{note}"


def _cut(document: Document, span: Span) -> str:
    return isolate_html(span.of(document.text))


def _cut_all(document: Document, spans: Iterable[Span]) -> str:
    return " \u00b7 ".join(_cut(document, span) for span in spans)


def _field(name: str) -> str:
    return escape(label("fields", name))
