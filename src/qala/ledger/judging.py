"""Judgements laid over statements when they are looked at: the rows themselves stay as they were read.

A judgement finds its statement by the record's id; where a newer version reads other offsets, by the spans
that were judged: the same document, a cue that overlaps, and contents that share at least half of the
characters of both together (intersection over union >= 0.5), the nearest first. What finds nothing
is listed as unattached. Between judgements on one thing that do not replace each other, the later
row decides; all stay on the record.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, cast

from qala.lexicon.actors import load_actors
from qala.model import ACTS, Attribution, Evidence, Span, Speaker, Statement
from qala.records import Judgement, Record, identify_statement
from qala.resolution.entities import speaker_kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qala.lexicon.actor_facts import Actor
    from qala.model import Act, Document

NEAR = 0.5
ON_ACTORS = frozenset({"merge", "part"})
GROUPS = {
    "accept": "reading",
    "reject": "reading",
    "unsure": "reading",
    "same": "utterance",
    "different": "utterance",
    "merge": "actors",
    "part": "actors",
}
"""Kinds that answer one question: the later answer stands. The others are groups of their own."""


class Spans(NamedTuple):
    """By what a judged statement is found again."""

    source: Span | None
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


class Pointer(NamedTuple):
    """One subject of a judgement, with the spans under which it was judged, where they are known."""

    judgement: Judgement
    subject: str
    spans: Spans | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What judgements make of one document's statements: records to show, and pointers that found none."""

    records: tuple[Record, ...]
    lost: tuple[Pointer, ...]


def find_active(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return the judgements that none takes back, in their order."""
    every = list(judgements)
    replaced = {judgement.replaces for judgement in every}
    return [judgement for judgement in every if judgement.id not in replaced]


def spans_of(statement: Statement) -> Spans:
    """Return the spans by which ``statement`` is found again."""
    found = statement.attribution
    return Spans(found.source, found.cue, found.content)


def spans_in(judgement: Judgement) -> Spans | None:
    """Return the spans that a judgement itself keeps: source (empty where there is none), cue, contents."""
    if len(judgement.spans) < 3:
        return None
    source, cue, *content = judgement.spans
    return Spans(source if source.start < source.end else None, (cue,), tuple(content))


def keep_spans(statement: Statement) -> tuple[Span, ...]:
    """Return ``statement``'s spans as a judgement keeps them."""
    found = statement.attribution
    cue = found.cue[0] if found.cue else Span(0, 0)
    return (found.source or Span(cue.start, cue.start), cue, *found.content)


def compare_contents(a: Sequence[Span], b: Sequence[Span]) -> float:
    """Return the characters in both over the characters in either, 0 to 1; spans of one side do not overlap."""
    both = sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)
    either = sum(span.end - span.start for span in (*a, *b)) - both
    return both / either if either else 0.0


def find_again(spans: Spans, records: Sequence[Record]) -> Record | None:
    """Return the record that a statement of these spans has become, or ``None``."""
    best, found = NEAR, None
    for record in records:
        there = spans_of(record.statement)
        if any(x.start < y.end and y.start < x.end for x in spans.cue for y in there.cue):
            near = compare_contents(spans.content, there.content)
            if near >= best and (found is None or near > best):
                best, found = near, record
    return found


def apply_judgements(records: Sequence[Record], pointers: Sequence[Pointer]) -> Judged:
    """Return one document's records with the judgements laid over them; none is left out."""
    by_id = {record.id: record for record in records}
    attached: dict[str, list[Judgement]] = {}
    lost = []
    for pointer in pointers:
        record = by_id.get(pointer.subject) or (find_again(pointer.spans, records) if pointer.spans else None)
        if record is None and pointer.judgement.kind == "span" and (value := parse_spans(pointer.judgement.value)):
            record = find_again(value, records)
        if record is None:
            lost.append(pointer)
        else:
            attached.setdefault(record.id, []).append(pointer.judgement)
    shown = tuple(_correct(record, attached[record.id]) if record.id in attached else record for record in records)
    return Judged(shown, tuple(lost))


def is_rejected(record: Record) -> bool:
    """Return whether people hold that nobody says this here."""
    answers = [judgement.kind for judgement in record.judgements if GROUPS.get(judgement.kind) == "reading"]
    return bool(answers) and answers[-1] == "reject"


def _correct(record: Record, judgements: Sequence[Judgement]) -> Record:
    statement = record.statement
    for judgement in judgements:
        if judgement.kind == "act" and judgement.value in ACTS:
            act = cast("Act", judgement.value)
            statement = replace(statement, attribution=_noted(replace(statement.attribution, act=act), judgement))
        elif judgement.kind == "span" and (spans := parse_spans(judgement.value)):
            moved = replace(statement.attribution, source=spans.source, cue=spans.cue, content=spans.content)
            statement = replace(statement, attribution=_noted(moved, judgement))
        elif judgement.kind == "speaker" and judgement.value:
            statement = replace(statement, speaker=_name(record.document, statement, judgement))
    return replace(record, statement=statement, judgements=tuple(judgements))


def _noted(found: Attribution, judgement: Judgement) -> Attribution:
    return replace(found, evidence=(*found.evidence, _reason(judgement)))


def _reason(judgement: Judgement) -> Evidence:
    return Evidence(f"judgement:{judgement.kind}", (), f"{judgement.id} by {judgement.author}")


def _name(document: Document, statement: Statement, judgement: Judgement) -> Speaker:
    """Return the speaker that a person names: by an actor's id, or in words of the article or his own."""
    read, value = statement.speaker, judgement.value or ""
    evidence = (*(read.evidence if read else ()), _reason(judgement))
    found = statement.attribution
    here = found.source or (found.cue[0] if found.cue else Span(0, 0))
    actor = find_actor(value)
    if actor is not None:
        kept = read is not None and read.entity in (None, actor.id)
        name, span = (read.name, read.span) if read and kept else (actor.name, here)
        return Speaker(name, span, kind=speaker_kind(actor), entity=actor.id, country=actor.country, evidence=evidence)
    place = document.text.find(value)
    return Speaker(value, Span(place, place + len(value)) if place >= 0 else here, evidence=evidence)


def find_actor(value: str) -> Actor | None:
    """Return the actor of the actor base whose id ``value`` is."""
    return load_actors().get(value)


def merge_actors(judgements: Iterable[Judgement]) -> dict[str, str]:
    """Return for each actor's id (or name without id) the one that stands for it, after people's merges and parts."""
    stands: dict[str, str] = {}
    for judgement in judgements:
        if judgement.kind == "merge" and judgement.value:
            members = {*judgement.subjects} - {judgement.value}
            stands |= dict.fromkeys(members, judgement.value)
            stands.pop(judgement.value, None)
        elif judgement.kind == "part":
            for subject in judgement.subjects:
                if stands.get(subject) in judgement.subjects or len(judgement.subjects) == 1:
                    stands.pop(subject, None)
    return {actor: _follow(stands, actor) for actor in stands}


def _follow(stands: dict[str, str], actor: str) -> str:
    seen = {actor}
    while (following := stands.get(actor)) is not None and following not in seen:
        seen.add(following)
        actor = following
    return actor


def rename_speaker(record: Record, stands: dict[str, str]) -> Record:
    """Return ``record`` with its speaker's entity as people merged it."""
    speaker = record.statement.speaker
    if speaker is None:
        return record
    meant = stands.get(speaker.entity or speaker.name)
    if meant is None:
        return record
    actor = find_actor(meant)
    evidence = (*speaker.evidence, Evidence("judgement:merge", (), f"{speaker.entity or speaker.name} is {meant}"))
    merged = replace(
        speaker,
        entity=meant,
        kind=speaker_kind(actor) if actor else speaker.kind,
        country=actor.country if actor else speaker.country,
        evidence=evidence,
    )
    return replace(record, statement=replace(record.statement, speaker=merged))


def add_by_hand(read_document: Document, document_id: str, judgement: Judgement) -> Record | None:
    """Return the statement that a person found where Qala reads none: a ``span`` judgement that attaches to nothing."""
    spans = parse_spans(judgement.value)
    if spans is None or max(span.end for span in (*spans.cue, *spans.content)) > len(read_document.text):
        return None
    found = Attribution(
        "", spans.cue, spans.content, "indirect", "assert", source=spans.source, evidence=(_reason(judgement),)
    )
    speaker = Speaker(spans.source.of(read_document.text), spans.source) if spans.source else None
    id_ = identify_statement(document_id, found)
    statement = Statement(replace(found, id=f"j{judgement.id[:8]}"), speaker)
    return Record(id_, document_id, read_document, statement, judgements=(judgement,))


def parse_spans(value: str | None) -> Spans | None:
    """Return the spans of a ``span`` judgement's value, ``None`` where it is not of that form."""
    try:
        found = json.loads(value or "")
        source = found.get("source")
        spans = Spans(
            Span(*map(int, source)) if source else None,
            tuple(Span(*map(int, pair)) for pair in found["cue"]),
            tuple(Span(*map(int, pair)) for pair in found["content"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return spans if spans.cue and spans.content and all(s.start < s.end for s in spans.cue + spans.content) else None
