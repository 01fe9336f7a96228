"""Label Studio JSON: pages as tasks with Qala's reading as a prediction, and annotators' corrections back in.

Regions are labelled ``Cue``, ``Content``, ``Source``, ``Speaker``, ``Channel``, ``When``, ``Hedge``; relations go from
the (first) cue of a statement to its parts; the act is a choice on the cue. Label Studio counts JavaScript string
indices, so its offsets are UTF-16 code units. Format: https://labelstud.io/guide/task_format and
https://labelstud.io/guide/predictions; ``make_config`` gives the labelling interface that fits.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from qala.errors import ReadError
from qala.exports.corrections import Annotator, Marked, judge_page, with_cues
from qala.exports.encoding import encode_json, make_text
from qala.exports.jsonl import find_version
from qala.exports.loss import Concept, LossReport, Tally
from qala.exports.pages import Page, read_pages
from qala.exports.units import Utf16Map
from qala.model import ACTS, Span
from qala.records import hash_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from qala.records import Judgement, Record

FORMAT = "label-studio"
PARTS = ("Content", "Source", "Speaker", "Channel", "When", "Hedge")
CUE, INSIDE = "Cue", "inside"
_COLOURS = ("#1f77b4", "#2ca02c", "#d62728", "#9467bd", "#ff7f0e", "#8c564b", "#7f7f7f")
KEPT: frozenset[Concept] = frozenset(
    (
        *("text", "title", "url", "outlet", "published", "source", "speaker", "cue", "content", "offsets"),
        *("act", "hedges", "when", "channel", "parent"),
    )
)


def make_config() -> str:
    """Return the labelling interface (XML) to paste into a project's settings."""
    labels = "\n".join(
        f'    <Label value="{name}" background="{colour}"/>'
        for name, colour in zip((CUE, *PARTS), _COLOURS, strict=True)
    )
    relations = "\n".join(
        f'    <Relation value="{name}"/>' for name in (*(part.lower() for part in PARTS), CUE.lower(), INSIDE)
    )
    acts = "\n".join(f'    <Choice value="{act}"/>' for act in ACTS)
    return (
        f'<View style="direction: rtl">\n  <Relations>\n{relations}\n  </Relations>\n'
        f'  <Labels name="label" toName="text">\n{labels}\n  </Labels>\n'
        f'  <Text name="text" value="$text" granularity="character"/>\n'
        f'  <Choices name="act" toName="text" perRegion="true" choice="single" '
        f'visibleWhen="region-selected" whenTagName="label" whenLabelValue="{CUE}">\n{acts}\n  </Choices>\n</View>\n'
    )


def write_label_studio(records: Iterable[Record], out: BinaryIO) -> LossReport:
    """Write pages as a JSON list of tasks, a task a line."""
    tally = Tally(FORMAT, KEPT)
    out.write(b"[")
    for number, page in enumerate(read_pages(records, tally)):
        out.write((b",\n" if number else b"\n") + encode_json(_describe_task(with_cues(page, tally))))
    out.write(b"\n]\n")
    return tally.report()


def read_label_studio(
    file: BinaryIO, records: Iterable[Record], *, author: str, made: datetime, completed_by: str | None = None
) -> list[Judgement]:
    """Return an annotator's corrections of exported ``records`` as judgements.

    ``file`` is Label Studio's full JSON export (not JSON-MIN). Tasks that nobody annotated, or that were skipped, say
    nothing. Where a task has several annotations ``completed_by`` picks the annotator by id or address. Raises
    ``ReadError`` for another file, for a text that is not the record's, and where the annotator is not clear.
    """
    pages: dict[str, list[Record]] = {}
    for record in records:
        pages.setdefault(record.document_id, []).append(record)
    try:
        tasks = json.load(file)
    except ValueError as error:
        raise ReadError(f"not JSON: {error}") from None
    judgements: list[Judgement] = []
    for number, task in enumerate(tasks if isinstance(tasks, list) else [tasks], 1):
        try:
            read = _read_task(task, pages, completed_by)
        except ReadError as error:
            raise ReadError(f"task {number}: {error}") from None
        except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
            raise ReadError(f"task {number}: not a task of an export: {type(error).__name__}: {error}") from None
        if read is not None:
            found, marked = read
            document = found[0].document
            judgements += judge_page(found[0].document_id, document.text, found, marked, Annotator(author, made))
    return judgements


class _Region(NamedTuple):
    id: str
    label: str
    span: Span
    record: str | None


def _describe_task(page: Page) -> dict[str, Any]:
    document = page.document
    data = {
        "text": make_text(document.text),
        "document_id": page.id,
        "title": document.title,
        "outlet": document.outlet,
        "url": document.url,
        "published": document.published and document.published.isoformat(),
    }
    prediction = {"model_version": f"qala {find_version() or ''}".strip(), "result": list(_list_results(page))}
    return {"data": data, "predictions": [prediction]}


def _list_results(page: Page) -> Iterator[dict[str, Any]]:
    """Yield regions, acts and relations of a page; a part that statements share is one region."""
    text, units = page.document.text, Utf16Map(page.document.text)
    seen: set[str] = set()
    for record in page.records:
        found, cues = record.statement.attribution, _name_cues(record)
        for number, (own, span) in enumerate(zip(cues, found.cue, strict=True)):
            region = _describe_region(text, units, own, CUE, span)
            yield region | {"meta": {"text": [record.id]}}
            if number:
                yield _relate(cues[0], own, CUE.lower())
        place = _describe_value(text, units, found.cue[0])
        yield {**_head(cues[0], "act", "choices"), "value": place | {"choices": [found.act]}}
        for label, span in _list_parts(record):
            own = hash_values(page.id, label, list(span))[:16]
            if own not in seen:
                seen.add(own)
                yield _describe_region(text, units, own, label, span)
            yield _relate(cues[0], own, label.lower())
    names = {record.id: _name_cues(record) for record in page.records}
    for record in page.records:
        outer = names.get(record.parent or "")
        if outer and names[record.id]:
            yield _relate(names[record.id][0], outer[0], INSIDE)


def _name_cues(record: Record) -> list[str]:
    return [f"{record.id[:24]}-{number}" for number in range(len(record.statement.attribution.cue))]


def _list_parts(record: Record) -> Iterator[tuple[str, Span]]:
    found, speaker = record.statement.attribution, record.statement.speaker
    yield from (("Content", span) for span in found.content)
    single = (
        ("Source", found.source),
        ("Speaker", None if speaker is None else speaker.span),
        ("Channel", found.channel),
        ("When", found.when),
    )
    yield from ((label, span) for label, span in single if span is not None)
    yield from (("Hedge", span) for span in found.hedges)


def _head(own: str, control: str, kind: str) -> dict[str, Any]:
    return {"id": own, "from_name": control, "to_name": "text", "type": kind}


def _describe_region(text: str, units: Utf16Map, own: str, label: str, span: Span) -> dict[str, Any]:
    return {**_head(own, "label", "labels"), "value": {**_describe_value(text, units, span), "labels": [label]}}


def _describe_value(text: str, units: Utf16Map, span: Span) -> dict[str, Any]:
    return {"start": units.unit(span.start), "end": units.unit(span.end), "text": make_text(span.of(text))}


def _relate(start: str, end: str, label: str) -> dict[str, Any]:
    return {"type": "relation", "from_id": start, "to_id": end, "direction": "right", "labels": [label]}


def _find_result(task: dict[str, Any], completed_by: str | None) -> list[dict[str, Any]] | None:
    """Return what the annotator left on a task, ``None`` where nobody finished it."""
    done = [each for each in task.get("annotations", ()) if not each.get("was_cancelled")]
    if completed_by is not None:
        done = [each for each in done if completed_by in _name_annotator(each.get("completed_by"))]
    if len(done) > 1:
        names = sorted({name for each in done for name in _name_annotator(each.get("completed_by"))})
        raise ReadError(f"{len(done)} annotations; say which with completed_by: {', '.join(names)}")
    if not done:
        return None
    result: list[dict[str, Any]] = done[0]["result"]
    return result


def _name_annotator(given: Any) -> set[str]:
    """Return the names under which an export gives an annotator: a number, or an object with ``id`` and ``email``."""
    if isinstance(given, dict):
        return {str(given[key]) for key in ("id", "email") if given.get(key) is not None}
    return set() if given is None else {str(given)}


def _read_task(
    task: dict[str, Any], pages: dict[str, list[Record]], completed_by: str | None
) -> tuple[list[Record], list[Marked]] | None:
    """Return the records of a task's page and what was marked on it; ``None`` where nobody finished it."""
    result = _find_result(task, completed_by)
    if result is None:
        return None
    records = pages.get(task["data"]["document_id"])
    if records is None:
        raise ReadError(f"its page {task['data']['document_id']!r} is not among the records")
    text = records[0].document.text
    if task["data"]["text"] != make_text(text):
        raise ReadError("its text is not the text that was exported")
    units = Utf16Map(text)
    regions = {each["id"]: _read_region(each, text, units) for each in result if each["type"] == "labels"}
    acts = {each["id"]: each["value"]["choices"][0] for each in result if each["type"] == "choices"}
    relations = [_read_relation(each) for each in result if each["type"] == "relation"]
    return records, list(_list_marked(text, regions, acts, relations))


def _read_region(value: dict[str, Any], text: str, units: Utf16Map) -> _Region:
    where = value["value"]
    label = where["labels"][0]
    if label not in (CUE, *PARTS):
        raise ReadError(f"no such label: {label!r}")
    span = Span(units.point(where["start"]), units.point(where["end"]))
    shown = where.get("text")
    if shown is not None and _squeeze(shown) != _squeeze(make_text(span.of(text))):
        raise ReadError(f"region {value['id']}: offsets {where['start']}-{where['end']} do not hold its text")
    notes = [note for note in value.get("meta", {}).get("text", ()) if note]
    return _Region(value["id"], label, span, notes[0] if notes else None)


def _squeeze(text: str) -> str:
    """Return ``text`` without white space: Label Studio writes line ends in more than one way."""
    return "".join(text.replace("\\n", "").split())


def _read_relation(value: dict[str, Any]) -> tuple[str, str, str]:
    start, end = value["from_id"], value["to_id"]
    label = (value.get("labels") or [""])[0]
    return (end, start, label) if value.get("direction") == "left" else (start, end, label)


def _list_marked(
    text: str, regions: dict[str, _Region], acts: dict[str, str], relations: list[tuple[str, str, str]]
) -> Iterator[Marked]:
    """Yield a statement for each cue that is not a further part of another; parts hang on it in either direction."""
    linked: dict[str, list[_Region]] = {}
    further = set()
    for start, end, label in relations:
        one, other = regions[start], regions[end]
        if one.label == other.label == CUE:
            if label != INSIDE:
                further.add(other.id)
                linked.setdefault(one.id, []).append(other)
        elif CUE in (one.label, other.label):
            cue, part = (one, other) if one.label == CUE else (other, one)
            linked.setdefault(cue.id, []).append(part)
    for region in regions.values():
        if region.label == CUE and region.id not in further:
            parts = linked.get(region.id, [])
            act = acts.get(region.id)
            known = next((each for each in ACTS if each == act), None)
            if act is not None and known is None:
                raise ReadError(f"no such act: {act!r}")
            speakers = _spans(parts, "Speaker")
            yield Marked(
                cue=tuple(sorted({region.span, *_spans(parts, CUE)})),
                content=_spans(parts, "Content"),
                source=next(iter(_spans(parts, "Source")), None),
                speaker=speakers[0].of(text) if speakers else None,
                act=known,
                record=region.record,
            )


def _spans(parts: list[_Region], label: str) -> tuple[Span, ...]:
    return tuple(sorted({part.span for part in parts if part.label == label}))
