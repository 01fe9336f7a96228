"""Records as values of FollowTheMoney entities: which entity has which property, in the page's words.

``Article`` is the page. A speaker or a named carrier is a ``Person``, ``PublicBody``, ``Organization`` or, where his
kind is unknown, a ``LegalEntity``; ``Mention`` says where a page names him. A ``Note`` is the statement.
``Documentation`` joins speaker and page, and its ``role`` alone holds the act: ``affirms``, ``denies``,
``declines_comment`` or Qala's own word, then a colon and the record's id. An ``Event`` is something with a date that
a statement speaks of, *as said*.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from qala.exports.identities import Identity, identify_hop, identify_speaker
from qala.exports.moments import format_utc, is_exact, split_range
from qala.exports.rows import join_spans
from qala.exports.visible import shorten
from qala.records import hash_values

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qala.exports.pages import Page
    from qala.model import StatedTime
    from qala.records import Record

ROLES = {"assert": "affirms", "confirm": "affirms", "deny": "denies", "decline": "declines_comment"}
"""The word for an act in ``Documentation.role``; other acts keep Qala's own."""

_SCHEMATA = {"person": "Person", "government": "PublicBody", "document": "Document"} | dict.fromkeys(
    ("organisation", "outlet", "group"), "Organization"
)
_CARRIERS = ("agency", "outlet", "platform")


LONGEST_NAME = 200  # characters of an event's name; the whole content stands in the note


class Value(NamedTuple):
    """One value of one property of an entity; ``record`` is the statement that it rests on, if any."""

    entity: str
    schema: str
    prop: str
    value: str
    record: str | None = None


def list_page_values(page: Page) -> Iterator[Value]:
    """Yield the values of the page itself. The checksum is SHA-1, as the format asks: of the bytes, else the text."""
    document = page.document
    origin, own = document.origin, f"article-{page.id}"
    raw = origin.raw if origin.raw is not None else document.text.encode("utf-8", "surrogatepass")
    values = {
        "title": document.title,
        "bodyText": document.text,
        "contentHash": hashlib.sha1(raw, usedforsecurity=False).hexdigest(),
        "publishedAt": _date(document.published),
        "retrievedAt": _date(origin.retrieved),
        "sourceUrl": document.url,
        "publisher": document.outlet,
        "author": origin.author,
        "mimeType": origin.media_type,
        "language": "ara",
    }
    return (Value(own, "Article", prop, value) for prop, value in values.items() if value)


def list_record_values(page: Page, record: Record) -> Iterator[Value]:
    """Yield the values of a statement: its note, who is named in it, its role and its events."""
    article, note = f"article-{page.id}", f"note-{record.id}"
    speaker, said = identify_speaker(record), record.statement.when_date
    content = join_spans(page.document.text, record.statement.attribution.content)
    yield Value(note, "Note", "description", content, record.id)
    yield Value(note, "Note", "proof", article, record.id)
    if page.document.url:
        yield Value(note, "Note", "sourceUrl", page.document.url, record.id)
    if page.document.outlet:
        yield Value(note, "Note", "publisher", page.document.outlet, record.id)
    if speaker is not None and not speaker.anonymous:
        yield Value(note, "Note", "entity", name_entity(speaker), record.id)
        yield from _list_role_values(page, record, speaker, content)
    for somebody in list_named(record):
        yield from _list_mention_values(page, record, somebody)
    for number, time in enumerate(record.statement.times, 1):
        if time.date:
            yield from _list_event_values(f"event-{record.id}-{number}", article, record, time, content)
    if said and speaker is None:
        yield Value(note, "Note", "notes", f"said {said}", record.id)


def list_named(record: Record) -> list[Identity]:
    """Return the speaker and the carriers that a page names, each once; nobody anonymous."""
    hops = [hop for hop in record.statement.chain if hop.kind in (*_CARRIERS, "speaker", "spokesman", "relayer")]
    named = [identify_speaker(record), *(identify_hop(record, hop) for hop in hops)]
    return list({who.id: who for who in named if who is not None and not who.anonymous}.values())


def list_actor_values(somebody: Identity) -> Iterator[Value]:
    """Yield the values of a speaker or carrier that do not depend on a page."""
    own, schema = name_entity(somebody), find_schema(somebody)
    yield Value(own, schema, "fileName" if schema == "Document" else "name", somebody.name)
    if schema == "Document":
        yield Value(own, schema, "title", somebody.name)
    elif somebody.country:
        yield Value(own, schema, "country", somebody.country)


def find_schema(somebody: Identity) -> str:
    """Return the schema for a kind of speaker."""
    return _SCHEMATA.get(somebody.kind or "", "LegalEntity")


def name_entity(somebody: Identity) -> str:
    """Return an entity id that every tool takes: letters, digits and dashes."""
    return f"actor-{hash_values('actor', somebody.id)}"


def _list_mention_values(page: Page, record: Record, somebody: Identity) -> Iterator[Value]:
    own = f"mention-{hash_values(page.id, somebody.id)}"
    yield Value(own, "Mention", "document", f"article-{page.id}", record.id)
    yield Value(own, "Mention", "name", somebody.printed, record.id)
    if find_schema(somebody) != "Document":  # the format resolves mentions to people and bodies alone
        yield Value(own, "Mention", "resolved", name_entity(somebody), record.id)
    yield Value(own, "Mention", "detectedSchema", find_schema(somebody), record.id)


def _list_role_values(page: Page, record: Record, speaker: Identity, content: str) -> Iterator[Value]:
    own, act = f"role-{record.id}", record.statement.attribution.act
    yield Value(own, "Documentation", "document", f"article-{page.id}", record.id)
    yield Value(own, "Documentation", "entity", name_entity(speaker), record.id)
    yield Value(own, "Documentation", "role", f"{ROLES.get(act, act)}:{record.id}", record.id)
    yield Value(own, "Documentation", "summary", content, record.id)
    yield from _list_dates(own, "Documentation", record.statement.when_date, record.id)


def _list_event_values(own: str, article: str, record: Record, time: StatedTime, content: str) -> Iterator[Value]:
    """Yield an event by the words of the statement: nothing says that it took place."""
    speaker = record.statement.speaker
    yield Value(own, "Event", "name", shorten(content, LONGEST_NAME), record.id)
    yield Value(own, "Event", "proof", article, record.id)
    yield Value(own, "Event", "notes", f"as said by: {speaker.name if speaker else 'not recorded'}", record.id)
    yield Value(own, "Event", "keywords", "planned" if time.planned else "as said", record.id)
    yield from _list_dates(own, "Event", time.date, record.id)


def _list_dates(own: str, schema: str, value: str | None, record: str) -> Iterator[Value]:
    """Yield a date, or the start and end of a range; partial dates (``2023-09``) are the format's own."""
    found = split_range(value)
    if found is None:
        return
    first, last = found
    if first == last:
        yield Value(own, schema, "date", first, record)
    else:
        yield Value(own, schema, "startDate", first, record)
        yield Value(own, schema, "endDate", last, record)


def _date(moment: date | None) -> str | None:
    if moment is None:
        return None
    return format_utc(moment).removesuffix("Z") if is_exact(moment) else moment.isoformat()
