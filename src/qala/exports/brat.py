"""brat standoff: a zip of texts, annotations and configuration, and annotators' corrections back in.

For each page ``ID.txt`` and ``ID.ann`` (https://brat.nlplab.org/standoff.html): a statement is an event of the type
``Statement`` whose trigger is the cue, with its parts as arguments, act and type as attributes, and its record's id
in a note. Offsets are code points, as in Qala. Spans over a line end, which brat does not allow, become
discontinuous ones. Unzip it into brat's data folder.
"""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from qala.errors import ReadError
from qala.exports.corrections import Annotator, Marked, join_lines, judge_page, split_lines, with_cues
from qala.exports.encoding import make_text
from qala.exports.loss import Concept, LossReport, Tally
from qala.exports.pages import Page, read_pages
from qala.model import ACTS, Span
from qala.reading.limits import DEFAULT_LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from qala.records import Judgement, Record

FORMAT = "brat"
PARTS = ("Content", "Source", "Speaker", "Channel", "When", "Hedge")
EVENT, INSIDE, NOTE = "Statement", "Inside", "Record"
KEPT: frozenset[Concept] = frozenset(
    (
        *("text", "source", "speaker", "cue", "content", "offsets", "type", "act", "hedges", "when", "channel"),
        "parent",
    )
)

_TEXT_BOUND = re.compile(r"(T\S+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
_EVENT = re.compile(r"(E\S+)\t([^\s:]+):(\S+)((?: [^\s:]+:\S+)*) *")
_ATTRIBUTE = re.compile(r"[AM]\S*\t(\S+) (\S+)(?: (\S+))?")
_NOTE = re.compile(r"#\S*\t(\S+) (\S+)\t(.*)")
_OLDEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can name: the same for every export


class _Found(NamedTuple):
    """What one annotation file says, by its own ids."""

    spans: dict[str, tuple[str, tuple[Span, ...]]]  # T: label and spans
    events: dict[str, tuple[str, list[tuple[str, str]]]]  # E: trigger and arguments
    acts: dict[str, str]  # E: act
    records: dict[str, str]  # E: record id


def make_config() -> str:
    """Return ``annotation.conf``: what can be annotated, with the acts to choose from."""
    many = {"Content": "+", "Hedge": "*"}
    arguments = ", ".join(f"{part}{many.get(part, '?')}:{part}" for part in PARTS)
    return (
        "[entities]\n" + "\n".join(PARTS) + "\n\n[relations]\n"
        "<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>\n\n"
        f"[events]\n{EVENT}\t{arguments}, {INSIDE}?:{EVENT}\n\n"
        f"[attributes]\nAct\tArg:{EVENT}, Value:{'|'.join(ACTS)}\nType\tArg:{EVENT}, Value:direct|indirect|mixed\n"
    )


def write_brat(records: Iterable[Record], out: BinaryIO) -> LossReport:
    """Write pages as a zip archive; the same records give the same bytes."""
    tally = Tally(FORMAT, KEPT)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "annotation.conf", make_config())
        for page in read_pages(records, tally):
            _put(archive, f"{page.id}.txt", make_text(page.document.text))
            _put(archive, f"{page.id}.ann", render_page(with_cues(page, tally)))
    return tally.report()


def read_brat(
    file: BinaryIO, records: Iterable[Record], *, author: str, made: datetime, accept_unchanged: bool = False
) -> list[Judgement]:
    """Return an annotator's corrections of exported ``records``, from a zip of ``.txt`` and ``.ann`` files.

    Files may lie in folders of the archive; their names are the pages' ids. brat does not say which pages somebody
    looked at, so statements left as they were are accepted only with ``accept_unchanged``. Raises ``ReadError`` with
    file and line for what brat does not write, and for a text that is not the record's.
    """
    pages: dict[str, list[Record]] = {}
    for record in records:
        pages.setdefault(record.document_id, []).append(record)
    judgements: list[Judgement] = []
    try:
        with zipfile.ZipFile(file) as archive:
            names = {name.rpartition("/")[2]: name for name in sorted(archive.namelist())}
            for name in sorted(name for name in names if name.endswith(".ann")):
                own = name.removesuffix(".ann")
                if own not in pages:
                    raise ReadError(f"{name}: its page is not among the records")
                text = pages[own][0].document.text
                if f"{own}.txt" in names and _get(archive, names[f"{own}.txt"]) != make_text(text):
                    raise ReadError(f"{own}.txt: not the text that was exported")
                marked = _list_marked(_parse(_get(archive, names[name]), name, text), name, text)
                who = Annotator(author, made, accept_unchanged)
                judgements += judge_page(own, text, pages[own], marked, who)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise ReadError(f"not a zip archive of brat files: {error}") from None
    return judgements


def render_page(page: Page) -> str:
    """Return the annotation file of a page: text-bound lines first, then events, attributes and notes."""
    text = page.document.text
    names: dict[tuple[str, tuple[Span, ...]], str] = {}  # a part that statements share is one line
    bound: list[str] = []
    rest: list[str] = []

    def bind(label: str, spans: Iterable[Span], shared: bool = True) -> str | None:
        cut = split_lines(text, spans)
        if not cut:
            return None
        if shared and (label, cut) in names:
            return names[label, cut]
        names[label, cut] = own = f"T{len(bound) + 1}"
        where = ";".join(f"{start} {end}" for start, end in cut)
        bound.append(f"{own}\t{label} {where}\t{' '.join(make_text(span.of(text)) for span in cut)}\n")
        return own

    events = {record.id: f"E{number}" for number, record in enumerate(page.records, 1)}
    for number, record in enumerate(page.records, 1):
        trigger = bind(EVENT, record.statement.attribution.cue, shared=False)
        parts = [(label, bind(label, spans)) for label, spans in _list_parts(record)]
        arguments = [f"{role}:{own}" for role, own in _number_roles(parts)]
        if record.parent in events:
            arguments.append(f"{INSIDE}:{events[record.parent]}")
        rest.append(f"E{number}\t{' '.join([f'{EVENT}:{trigger}', *arguments])}\n")
        rest.append(f"A{2 * number - 1}\tAct E{number} {record.statement.attribution.act}\n")
        rest.append(f"A{2 * number}\tType E{number} {record.statement.attribution.type}\n")
        rest.append(f"#{number}\t{NOTE} E{number}\t{record.id}\n")
    return "".join(bound + rest)


def _list_parts(record: Record) -> Iterator[tuple[str, tuple[Span, ...]]]:
    found, speaker = record.statement.attribution, record.statement.speaker
    single = (
        ("Source", found.source),
        ("Speaker", None if speaker is None else speaker.span),
        ("Channel", found.channel),
        ("When", found.when),
    )
    yield from (("Content", (span,)) for span in found.content)
    yield from ((label, (span,)) for label, span in single if span is not None)
    yield from (("Hedge", (span,)) for span in found.hedges)


def _number_roles(parts: Iterable[tuple[str, str | None]]) -> Iterator[tuple[str, str]]:
    """Yield arguments as brat writes them: ``Content``, ``Content2``, ``Content3`` …"""
    seen: dict[str, int] = defaultdict(int)
    for label, own in parts:
        if own is not None:
            seen[label] += 1
            yield f"{label}{seen[label] if seen[label] > 1 else ''}", own


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    member = zipfile.ZipInfo(name, _OLDEST)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    archive.writestr(member, text.encode("utf-8"))


def _get(archive: zipfile.ZipFile, name: str) -> str:
    """Return a member's text; raises ``ReadError`` where it is too large or not UTF-8."""
    with archive.open(name) as member:
        raw = member.read(DEFAULT_LIMITS.record_bytes + 1)
    if len(raw) > DEFAULT_LIMITS.record_bytes:
        raise ReadError(f"{name}: larger than the limit of {DEFAULT_LIMITS.record_bytes:,} bytes")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReadError(f"{name}: not UTF-8 at byte {error.start}") from None


def _parse(annotations: str, name: str, text: str) -> _Found:
    """Return what an annotation file says; relations, equivalences and normalisations are passed over."""
    found = _Found({}, {}, {}, {})
    for number, line in enumerate(annotations.split("\n"), 1):
        line = line.rstrip("\r")
        kind = line[:1]
        if not line or kind in "RN*":
            continue
        if not _parse_line(found, kind, line, text):
            raise ReadError(f"{name}:{number}: not a line of brat standoff: {line[:60]!r}")
    return found


def _parse_line(found: _Found, kind: str, line: str, text: str) -> bool:
    """Put one line where it belongs; tell whether it could be read."""
    if kind == "T" and (match := _TEXT_BOUND.fullmatch(line)):
        own, label, where, _ = match.groups()
        spans = [Span(*map(int, part.split())) for part in where.split(";")]
        if not all(span.start < span.end <= len(text) for span in spans):
            return False
        found.spans[own] = (label, join_lines(text, spans))
    elif kind == "E" and (match := _EVENT.fullmatch(line)):
        own, _, trigger, arguments = match.groups()
        pairs = [each.split(":", 1) for each in arguments.split()]
        found.events[own] = (trigger, [(role, other) for role, other in pairs])
    elif kind in "AM" and (match := _ATTRIBUTE.fullmatch(line)):
        if match[1] == "Act":
            found.acts[match[2]] = match[3] or ""
    elif kind == "#" and (match := _NOTE.fullmatch(line)):
        if match[1] == NOTE:
            found.records[match[2]] = match[3].strip()
    else:
        return False
    return True


def _list_marked(found: _Found, name: str, text: str) -> Iterator[Marked]:
    """Yield the statements of an annotation file; raises ``ReadError`` for what points nowhere."""
    for own, (trigger, arguments) in found.events.items():
        parts: dict[str, list[Span]] = defaultdict(list)
        for role, other in arguments:
            label = role.rstrip("0123456789")
            if label == INSIDE:
                continue
            if other not in found.spans:
                raise ReadError(f"{name}: {own} points at {other}, which is not there")
            parts[label] += found.spans[other][1]
        act = found.acts.get(own)
        known = next((each for each in ACTS if each == act), None)
        if trigger not in found.spans or (act and known is None):
            raise ReadError(f"{name}: {own} has no trigger, or an act that is none: {act!r}")
        source, speaker = (sorted(parts[label]) for label in ("Source", "Speaker"))
        yield Marked(
            cue=found.spans[trigger][1],
            content=tuple(sorted(parts["Content"])),
            source=Span(source[0].start, source[-1].end) if source else None,
            speaker=text[speaker[0].start : speaker[-1].end] if speaker else None,
            act=known,
            record=found.records.get(own),
        )
