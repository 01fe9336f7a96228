"""PLOVER-like event records, one JSON object a line (the PLOVER codebook's JSON form; FORMATS 9.5).

Every record says according to whom: ``comment`` names the statement, its speaker, the modality and the chain's first
carrier, for PLOVER has no field for them; a reader who drops it turns "X says that Y shelled Z" into an event. Codes
of actors: ``code`` is the country, two letters in capitals,
``identifier_text`` the actor's id there. The loss report counts what has no field.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import orjson

from qala.exports.loss import LossReport

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import BinaryIO

    from qala.corroboration.events import Event
    from qala.corroboration.exchange import Party
    from qala.records import Record

CODER = "qala"
CODEBOOK = "PLOVER 0.8 types, REQUEST and CONCEDE as in POLECAT"


def write_plover(events: Iterable[Event], records: Mapping[str, Record], out: BinaryIO) -> LossReport:
    """Write ``events`` to ``out``, one line each in their order; return what the form could not hold.

    An event without a date is left out and counted, since PLOVER requires one: the day of publication is not the
    day of an event. An event whose record is not among ``records`` raises ``KeyError``.
    """
    lost: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    seen: set[str] = set()
    documents: set[str] = set()
    written: Counter[str] = Counter()
    for event in events:
        record = records[event.record]
        seen.add(event.record)
        documents.add(record.document_id)
        if event.time is None:
            left_out["no date of the event"] += 1
            continue
        written[event.record] += 1
        row = event_row(event, record, written[event.record])
        out.write(orjson.dumps(row) + b"\n")
        lost["carriers"] += len(record.statement.chain) > 1
        lost["hedges"] += event.hedged
        lost["evidence"] += len(event.evidence)
        lost["speaker"] += event.according_to is not None and not event.by_saying
    return LossReport("plover", len(documents), len(seen), dict(+lost), {}, dict(+left_out))


def event_row(event: Event, record: Record, number: int) -> dict[str, Any]:
    """Return one event as a PLOVER record; ``number`` counts the events of its statement."""
    document = record.document
    start, _, end = (event.time or "").partition("/")
    content = record.statement.attribution.content
    row: dict[str, Any] = {
        "id": f"{record.id}_{event.type}_{number}",
        "has_event": True,
        "date": start,
        "actor": _entities(event.agent),
        "recipient": _entities(event.recipient),
        "event": [event.type],
        "event_text": [event.cue.of(document.text)],
        "quad_code": event.quad,
        "mode": [event.mode] if event.mode else [],
        "text": " \u2026 ".join(span.of(document.text) for span in content),
        "text_info": {"start": event.cue.start, "end": event.cue.end},
        "cite_info": {
            "url": document.url,
            "title": document.title,
            "publication": document.outlet,
            "language": "ar",
            "coder": CODER,
            "codebook": CODEBOOK,
        },
        "comment": _comment(event, record),
    }
    if end:
        row["enddate"] = end
    if event.place is not None:
        row["event_loc"] = {"extracted_place": event.place.words}
    return row


def _entities(party: Party | None) -> list[dict[str, Any]]:
    if party is None:
        return []
    found: dict[str, Any] = {"entity_text": party.words}
    if party.country:
        found["code"] = party.country.upper()
    if len(party.ids) == 1:
        found["identifier_text"] = party.ids[0]
    return [found]


def _comment(event: Event, record: Record) -> str:
    carrier = next((hop.name for hop in record.statement.chain[1:] if hop.kind not in ("page", "spokesman")), None)
    who = event.according_to or "not recorded"
    parts = [f"statement {record.id}", f"modality: {event.modality}"]
    parts.append("the statement itself is the event" if event.by_saying else f"according to: {who}")
    parts.append(f"carried by: {carrier or 'not recorded'}")
    if event.hedged:
        parts.append("hedged")
    return "; ".join(parts)
