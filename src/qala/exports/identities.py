"""Who is who across an export: one id for an actor of the base, an id of the page for everybody else.

Two men of one name on two pages are not made one: a name that the actor base does not know counts for its
page only. An anonymous source counts for the place where it stands. Joining them is for people, or for the
program that the export goes to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from qala.exports.encoding import make_text
from qala.lexicon.actors import load_actors
from qala.records import hash_values

if TYPE_CHECKING:
    from qala.model import Hop, Speaker
    from qala.records import Record

NAMESPACE = "urn:qala:ns#"
"""Of Qala's own terms in linked data; a name and not a page."""

_KINDS = {
    "person": "person",
    "state": "government",
    "government": "government",
    "group": "group",
    "agency": "outlet",
    "outlet": "outlet",
    "platform": "outlet",
    "document": "document",
    "event": "event",
}


class Identity(NamedTuple):
    """Somebody in an export: ``id`` is stable; ``name`` as the page or, for a known actor, the base gives it.

    ``kind`` is one of ``model.SpeakerKind``, or "event"; ``None`` where it is unknown. ``printed`` is the name
    as the page has it. ``entity`` is the id in the actor base.
    """

    id: str
    name: str
    printed: str
    kind: str | None
    entity: str | None = None
    country: str | None = None

    @property
    def anonymous(self) -> bool:
        """Whether the page gives no name."""
        return self.kind == "anonymous"


def identify_speaker(record: Record) -> Identity | None:
    """Return who speaks in a record; ``None`` where the page does not let one know."""
    speaker = record.statement.speaker
    if speaker is None:
        return None
    if speaker.entity:
        return _identify_actor(speaker.entity, speaker.name, speaker.kind, speaker.country)
    place: object = list(speaker.span) if speaker.kind == "anonymous" else speaker.name
    return Identity(
        f"page:{hash_values(record.document_id, place)}",
        speaker.name,
        speaker.name,
        speaker.kind,
        None,
        speaker.country,
    )


def identify_hop(record: Record, hop: Hop) -> Identity | None:
    """Return who a hop of the record's chain is; ``None`` where it is not recorded.

    The first hop is the statement's speaker, or the body that he speaks for.
    """
    speaker = record.statement.speaker
    if hop.kind == "speaker" and speaker is not None and _is_same(hop, speaker):
        return identify_speaker(record)
    name = hop.name or (hop.span.of(record.document.text) if hop.span else None)
    if hop.entity:
        return _identify_actor(hop.entity, name or hop.entity, None, None)
    if name is None:
        return None
    if hop.kind == "page" and record.document.outlet:
        return identify_outlet(name)
    kind = "anonymous" if hop.status == "anonymous" else _KINDS.get(hop.kind)
    place: object = list(hop.span) if kind == "anonymous" and hop.span else name
    return Identity(f"page:{hash_values(record.document_id, place)}", name, name, kind)


def _is_same(hop: Hop, speaker: Speaker) -> bool:
    """Tell whether a chain begins with the statement's speaker, and not with the body that he speaks for."""
    return hop.name == speaker.name or hop.span == speaker.span or (hop.entity or "") == speaker.entity


def identify_outlet(name: str) -> Identity:
    """Return an outlet that only a document's own field names; one name is one outlet."""
    return Identity(f"outlet:{hash_values('outlet', name)}", name, name, "outlet")


def _identify_actor(entity: str, printed: str, kind: str | None, country: str | None) -> Identity:
    actor = load_actors().get(entity)
    if actor is None:
        return Identity(f"actor:{entity}", printed, printed, kind, entity, country)
    known = _KINDS.get(actor.kind, "organisation")
    home = actor.id if actor.kind == "state" else actor.country
    return Identity(f"actor:{entity}", actor.name, printed, kind or known, entity, country or home)


def make_urn(kind: str, name: str) -> str:
    """Return ``urn:qala:kind:name`` (RFC 8141), everything escaped that a URN may not hold."""
    return f"urn:qala:{kind}:{quote(make_text(name), safe='')}"


def make_iri(url: str | None, document_id: str) -> str:
    """Return a document's address where it can stand in linked data (RFC 3987), else its own URN.

    Characters that no IRI may hold are percent-encoded; Arabic letters stay. Only http and https count.
    """
    address = make_text(url or "").strip()
    if not address.lower().startswith(("http://", "https://")):
        return make_urn("document", document_id)
    return "".join(quote(char) if char in _NEVER or char <= " " else char for char in address)


_NEVER = frozenset('<>"{}|\\^`\x7f\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffd\xa0')
