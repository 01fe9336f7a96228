"""A ledger in Markdown, for notes and reports: one list entry a statement, right to left.

Loses: offsets, evidence and scores; the page (html) and the lines (jsonl) keep them.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape

from qala.exports.labels import label, tell_publication
from qala.exports.visible import make_visible
from qala.model import Document, Reading, Span, StatedTime, Statement

# ASCII punctuation that Markdown or GitHub's dialect may act on inside a line.
_ACTIVE = re.compile(r"([\\`*_{}\[\]()#+!|~$@])")
_LINKED = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=www)\.", re.ASCII)


def render_markdown(readings: Iterable[Reading]) -> str:
    """Return the readings as one Markdown text, an article a section."""
    return "".join(render_section(reading) for reading in readings)


def render_section(reading: Reading) -> str:
    """Return one article: its title, where it is from, and its statements in the text's order."""
    document = reading.document
    title = escape_markdown(document.title or document.origin.path or document.id)
    lines = ['<div dir="rtl" lang="ar">', "", f"## {title}", "", " \u00b7 ".join(_find_meta(reading)), ""]
    for statement in reading.statements:
        lines += _render_entry(document, statement)
    if not reading.statements:
        lines.append(_field("none"))
    return "\n".join([*lines, "", "</div>", "", ""])


def escape_markdown(text: str) -> str:
    """Return text of the input so that Markdown and HTML show it and do nothing else with it."""
    text = escape(make_visible(text), quote=False)
    text = _LINKED.sub(lambda match: "\\" + match.group(), _ACTIVE.sub(r"\\\1", text))
    return f"<bdi>{text}</bdi>"


def _find_meta(reading: Reading) -> Iterator[str]:
    document, published = reading.document, reading.document.published
    yield f"{_field('published')}: <bdi>{published.isoformat()}</bdi>" if published else _field("unpublished")
    if reading.publication and tell_publication(reading.publication):
        yield tell_publication(reading.publication)
    if document.outlet:
        yield f"{_field('outlet')}: {escape_markdown(document.outlet)}"
    if document.url:
        yield escape_markdown(document.url)


def _render_entry(document: Document, statement: Statement) -> list[str]:
    found = statement.attribution
    who = escape_markdown(statement.speaker.name) if statement.speaker else _field("unknown_speaker")
    content = " \u2026 ".join(_cut(document, span) for span in found.content)
    lines = [
        f"- **{found.id}** \u00b7 **{who}** \u00b7 {label('acts', found.act)} (`{found.act}`): {content}",
    ]
    details = " \u00b7 ".join(f"{name}: {value}" for name, value in _find_details(document, statement))
    if details:
        lines.append(f"  <br><small>{details}</small>")
    return lines


def _find_details(document: Document, statement: Statement) -> Iterator[tuple[str, str]]:
    found = statement.attribution
    if found.channel:
        yield _field("through"), _cut(document, found.channel)
    if found.when:
        day = f" (<bdi>{statement.when_date}</bdi>)" if statement.when_date else ""
        yield _field("when"), _cut(document, found.when) + day
    if statement.speaker and statement.speaker.anonymity:
        yield _field("anonymity"), _cut(document, statement.speaker.anonymity)
    if statement.times:
        yield _field("times"), " \u00b7 ".join(_show_time(document, time) for time in statement.times)
    if found.hedges:
        yield _field("hedge"), " \u00b7 ".join(_cut(document, span) for span in found.hedges)
    if found.repeated:
        yield _field("repeated"), _cut(document, found.repeated)
    if found.parent:
        yield _field("inside"), found.parent
    if found.heading:
        yield _field("heading"), _cut(document, found.heading)
    if found.truncated:
        yield "\u2702", _field("truncated")


def _show_time(document: Document, time: StatedTime) -> str:
    return _cut(document, time.span) + (f" (<bdi>{time.date}</bdi>)" if time.date else "")


def _cut(document: Document, span: Span) -> str:
    return escape_markdown(span.of(document.text).strip())


def _field(name: str) -> str:
    return label("fields", name)
