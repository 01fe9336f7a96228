"""STIX 2.1 by the ``stix2`` library: identities, a note for each statement, and a report for each page.

A statement is a ``note`` and not an ``opinion``: an opinion is a peer's assessment of somebody's intelligence
(STIX 2.1, 4.10), not a government's words in a newspaper. ``confidence`` is never set. What a note has no field
for (act, offsets, chain) stands in a property extension whose definition is in the bundle. Ids are version 5 UUIDs
over Qala's own ids. Needs ``pip install 'qala[stix]'``.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, BinaryIO
from uuid import NAMESPACE_URL, UUID, uuid5

from qala.exports.encoding import make_text, write_members
from qala.exports.identities import NAMESPACE, Identity, identify_hop, identify_speaker, make_iri
from qala.exports.loss import CONCEPTS, Concept, LossReport, Tally
from qala.exports.moments import EPOCH, in_utc, is_exact
from qala.exports.pages import Page, read_pages
from qala.exports.rows import join_spans
from qala.reading.extras import load_extra

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from qala.records import Record

FORMAT = "stix"
UUIDS: UUID = uuid5(NAMESPACE_URL, NAMESPACE)
"""The name space of the ids (not the one that STIX keeps for its observables)."""

_CLASSES = {"person": "individual", "group": "group"} | dict.fromkeys(
    ("government", "organisation", "outlet"), "organization"
)
_LOST: frozenset[Concept] = frozenset(
    (
        *("text", "author", "retrieved", "source of bytes", "source", "speaker details", "candidates", "anonymity"),
        *("other offsets", "hedges", "when", "channel", "times", "quantities", "repeated", "heading", "raw bytes"),
        *("truncated", "score", "evidence", "run", "judgements"),
    )
)
KEPT: frozenset[Concept] = frozenset(CONCEPTS) - _LOST
_UNKNOWN = "pages of unknown date, written as 1970-01-01 with the label qala:published=unknown"
_INEXACT = "days or moments without a zone, written as UTC with the label qala:published=DATE"


def write_stix(records: Iterable[Record], out: BinaryIO) -> LossReport:
    """Write records as one bundle; its id is that of the objects in it, in their order."""
    stix2 = load_extra("stix", "stix2")
    tally = Tally(FORMAT, KEPT)
    seen = hashlib.sha256()
    tail: dict[str, Any] = {}

    def list_objects() -> Iterator[Any]:
        for made in _list_objects(stix2, records, tally):
            seen.update(made.id.encode("ascii"))
            yield json.loads(made.serialize())
        tail["id"] = make_id("bundle", seen.hexdigest())

    write_members(out, {"type": "bundle"}, "objects", list_objects(), tail)
    return tally.report()


def make_id(kind: str, name: str) -> str:
    """Return the STIX id of a thing: the same for the same thing in every export."""
    return f"{kind}--{uuid5(UUIDS, f'{kind}:{make_text(name)}')}"


EXTENSION = f"extension-definition--{uuid5(UUIDS, 'extension-definition:statement-1')}"


def _list_objects(stix2: Any, records: Iterable[Record], tally: Tally) -> Iterator[Any]:
    software = make_id("identity", "software")
    yield stix2.Identity(id=software, created=EPOCH, modified=EPOCH, name="Qala", identity_class="system")
    yield stix2.ExtensionDefinition(
        id=EXTENSION,
        created_by_ref=software,
        created=EPOCH,
        modified=EPOCH,
        name="Qala statement",
        description="Act, type, offsets (code points of the page's text), chain and day of a reported statement.",
        schema=NAMESPACE,
        version="1.0.0",
        extension_types=["property-extension"],
    )
    seen: set[str] = set()
    for page in read_pages(records, tally):
        about = []
        for somebody in _list_identities(page):
            about.append(make_id("identity", somebody.id))
            if somebody.id not in seen:
                seen.add(somebody.id)
                yield _make_identity(stix2, somebody, software)
        report = make_id("report", page.id)
        notes = [_make_note(stix2, page, record, software, report) for record in page.records]
        yield from notes
        if notes:
            yield _make_report(stix2, page, [note.id for note in notes] + about, software, tally)


def _list_identities(page: Page) -> Iterator[Identity]:
    """Yield everybody whom a page's statements name, each once; anonymous sources are identities, too."""
    seen = set()
    for record in page.records:
        for somebody in (identify_speaker(record), *(identify_hop(record, hop) for hop in record.statement.chain)):
            if somebody is not None and somebody.id not in seen:
                seen.add(somebody.id)
                yield somebody


def _make_identity(stix2: Any, somebody: Identity, software: str) -> Any:
    labels = ["qala:anonymous"] if somebody.anonymous else []
    return stix2.Identity(
        id=make_id("identity", somebody.id),
        created_by_ref=software,
        created=EPOCH,
        modified=EPOCH,
        name=make_text(somebody.name),
        identity_class=_CLASSES.get(
            somebody.kind or "", "organization" if somebody.kind == "organisation" else "unknown"
        ),
        lang="ar",
        labels=labels or None,
        external_references=[{"source_name": "qala", "external_id": somebody.entity}] if somebody.entity else None,
    )


def _make_note(stix2: Any, page: Page, record: Record, software: str, report: str) -> Any:
    found, speaker = record.statement.attribution, identify_speaker(record)
    moment = _find_moment(page.document.published)
    return stix2.Note(
        id=make_id("note", record.id),
        created_by_ref=software,
        created=moment,
        modified=moment,
        abstract=f"{make_text(speaker.printed) if speaker else 'speaker unknown'}: {found.act}",
        content=make_text(join_spans(page.document.text, found.content)) or "\u2026",
        object_refs=[make_id("identity", speaker.id) if speaker else report],
        lang="ar",
        labels=[f"qala:act={found.act}"],
        external_references=[{"source_name": "qala", "external_id": record.id}],
        extensions={EXTENSION: _describe_extension(record)},
    )


def _describe_extension(record: Record) -> dict[str, Any]:
    found = record.statement.attribution
    return {
        "extension_type": "property-extension",
        "act": found.act,
        "quote_type": found.type,
        "cue": [list(span) for span in found.cue],
        "content": [list(span) for span in found.content],
        "chain": [_describe_hop(record, number) for number in range(len(record.statement.chain))],
        **({"source": list(found.source)} if found.source else {}),
        **({"said": record.statement.when_date} if record.statement.when_date else {}),
        **({"inside_ref": make_id("note", record.parent)} if record.parent else {}),
    }


def _describe_hop(record: Record, number: int) -> dict[str, str]:
    hop = record.statement.chain[number]
    somebody = identify_hop(record, hop)
    described = {"kind": hop.kind, "status": hop.status}
    return described | ({"identity_ref": make_id("identity", somebody.id)} if somebody else {})


def _make_report(stix2: Any, page: Page, refs: list[str], software: str, tally: Tally) -> Any:
    document = page.document
    if document.published is None:
        tally.change(_UNKNOWN)
    elif not is_exact(document.published):
        tally.change(_INEXACT)
    moment = _find_moment(document.published)
    given = (
        None if is_exact(document.published) else document.published.isoformat() if document.published else "unknown"
    )
    reference: dict[str, Any] = {"source_name": make_text(document.outlet or "unknown outlet"), "external_id": page.id}
    if document.url:
        reference["url"] = make_iri(document.url, page.id)
    if document.origin.raw is not None:
        reference["hashes"] = {"SHA-256": hashlib.sha256(document.origin.raw).hexdigest()}
    return stix2.Report(
        id=make_id("report", page.id),
        created_by_ref=software,
        created=moment,
        modified=moment,
        name=make_text(document.title or document.id),
        published=moment,
        object_refs=refs,
        lang="ar",
        labels=None if is_exact(document.published) else [f"qala:published={given}"],
        external_references=[reference],
    )


def _find_moment(published: date | None) -> datetime:
    return EPOCH if published is None else in_utc(published)
