"""What an export loses, counted: every exporter says which of Qala's concepts its format cannot hold.

A *concept* is one kind of thing that a record knows (its speaker, its chain, its hedges …). ``measure_record``
counts the values of each in one record; what a format does not keep of them is lost, and said.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qala.model import Document, Speaker, Statement
    from qala.records import Record

Concept = Literal[
    "text",  # the article's text
    "raw bytes",
    "title",
    "url",
    "outlet",
    "author",  # the byline
    "published",
    "retrieved",
    "source of bytes",  # path, encoding, media type, container …
    "source",  # the noun phrase as written
    "speaker",
    "speaker details",  # kind, title, affiliation, office, body, country, type of anonymous source …
    "entity",  # the actor's id
    "candidates",  # speakers between which Qala does not choose
    "anonymity",  # why the page gives no name
    "cue",
    "content",
    "offsets",  # of source, cue and content
    "other offsets",  # of title, affiliation, hedges, channel, the words for a date …
    "type",  # direct, indirect, mixed
    "act",
    "hedges",
    "said",  # the day of saying
    "when",  # the words for it
    "carriers",  # the hops between the speaker and the page
    "hop status",  # named, anonymous, not recorded
    "channel",
    "parent",
    "times",
    "quantities",
    "repeated",
    "heading",
    "truncated",
    "score",
    "evidence",
    "run",
    "judgements",
]
CONCEPTS: tuple[Concept, ...] = get_args(Concept)


@dataclass(frozen=True, slots=True)
class LossReport:
    """What an export was given and what of it the format could not hold.

    ``documents`` and ``records`` count what was given. ``lost`` counts values by concept, ``changed`` values that
    were written in another form, ``left_out`` records that were not written, by reason. Nothing else was lost.
    """

    format: str
    documents: int
    records: int
    lost: Mapping[str, int] = field(default_factory=dict)
    changed: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def lossless(self) -> bool:
        """Whether all that the records hold stands in the export."""
        return not (self.lost or self.changed or self.left_out)

    def describe(self) -> dict[str, Any]:
        """Return the report as plain values, for JSON."""
        return {
            "format": self.format,
            "documents": self.documents,
            "records": self.records,
            "lossless": self.lossless,
            "lost": dict(self.lost),
            "changed": dict(self.changed),
            "left_out": dict(self.left_out),
        }


class Tally:
    """Counts what an export loses while it is written; ``report`` gives the result."""

    def __init__(self, format: str, kept: frozenset[Concept]) -> None:
        """Count for ``format``, which can hold the concepts ``kept``."""
        self.format = format
        self.kept = kept
        self.documents = 0
        self.records = 0
        self._lost: Counter[str] = Counter()
        self._changed: Counter[str] = Counter()
        self._left_out: Counter[str] = Counter()

    def add_document(self, document: Document) -> None:
        """Count a document, once for each run of records that stand in it."""
        self.documents += 1
        self._lost.update(concept for concept in measure_document(document) if concept not in self.kept)

    def add_record(self, record: Record) -> None:
        """Count a record that was written."""
        self.records += 1
        for concept, count in measure_record(record):
            if count and concept not in self.kept:
                self._lost[concept] += count

    def lose(self, concept: Concept, count: int = 1) -> None:
        """Count values of a concept that the format holds in other records, but not here."""
        self._lost[concept] += count

    def change(self, what: str, count: int = 1) -> None:
        """Count values that were written in another form: ``what`` says how, for people."""
        self._changed[what] += count

    def leave_out(self, reason: str, count: int = 1) -> None:
        """Count records that were not written."""
        self._left_out[reason] += count

    def report(self) -> LossReport:
        """Return what was counted so far; the names are in order, so that reports can be compared."""
        parts = (self._lost, self._changed, self._left_out)
        lost, changed, left_out = ({name: part[name] for name in sorted(part) if part[name]} for part in parts)
        return LossReport(self.format, self.documents, self.records, lost, changed, left_out)


def measure_document(document: Document) -> Iterator[Concept]:
    """Yield the concepts that a document has a value for."""
    origin = document.origin
    known: tuple[tuple[Concept, object], ...] = (
        ("text", document.text),
        ("raw bytes", origin.raw),
        ("title", document.title),
        ("url", document.url),
        ("outlet", document.outlet),
        ("author", origin.author),
        ("published", document.published),
        ("retrieved", origin.retrieved),
        ("source of bytes", any((origin.path, origin.encoding, origin.media_type, origin.method, origin.container))),
    )
    return (concept for concept, value in known if value)


def measure_record(record: Record) -> Iterator[tuple[Concept, int]]:
    """Yield the number of values that a record has of each concept, the document's own apart."""
    statement = record.statement
    found = statement.attribution
    yield "source", found.source is not None
    yield from _measure_speaker(statement.speaker)
    yield "cue", len(found.cue)
    yield "content", len(found.content)
    yield "offsets", len(found.cue) + len(found.content) + (found.source is not None)
    yield "other offsets", _count_other_spans(statement)
    yield "type", 1
    yield "act", 1
    yield "hedges", len(found.hedges)
    yield "said", statement.when_date is not None
    yield "when", found.when is not None
    yield from _measure_chain(statement)
    yield "channel", found.channel is not None
    yield "parent", record.parent is not None
    yield "times", len(statement.times)
    yield "quantities", len(statement.quantities)
    yield "repeated", found.repeated is not None
    yield "heading", found.heading is not None
    yield "truncated", found.truncated
    yield "score", found.score != 0
    yield "evidence", len(found.evidence) + len(statement.speaker.evidence if statement.speaker else ())
    yield "run", record.run is not None
    yield "judgements", len(record.judgements)


def _measure_speaker(speaker: Speaker | None) -> Iterator[tuple[Concept, int]]:
    if speaker is None:
        return
    details = (speaker.kind, speaker.title, speaker.affiliation, speaker.office, speaker.body, speaker.country)
    yield "speaker", 1
    yield "speaker details", sum(map(bool, (*details, speaker.source_type, speaker.said_as, speaker.read_by)))
    yield "entity", speaker.entity is not None
    yield "candidates", len(speaker.candidates)
    yield "anonymity", speaker.anonymity is not None


def _measure_chain(statement: Statement) -> Iterator[tuple[Concept, int]]:
    yield "carriers", sum(hop.kind not in ("speaker", "page") for hop in statement.chain)
    yield "hop status", len(statement.chain)


def _count_other_spans(statement: Statement) -> int:
    found, speaker = statement.attribution, statement.speaker
    single = [found.channel, found.when, found.repeated, found.heading]
    if speaker is not None:
        single += [speaker.title, speaker.affiliation, speaker.anonymity]
    return len(found.hedges) + sum(span is not None for span in single)
