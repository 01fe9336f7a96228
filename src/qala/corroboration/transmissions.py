"""What the chain of a statement records of its transmission: the speaker, the first-hand carrier, the others.

Read from ``Statement.chain``. The page itself is no carrier: that it printed a thing does not say how it came to
it. Only where its own dateline names it ("Paris (AFP)" on AFP's page), which a chain leaves out, does it carry.
An event ("in a press conference") is where a thing was said and carries it nowhere. What the speaker published
himself (a document, a post on a platform) is carried by him: it is first hand.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from qala.lexicon.actors import load_actors
from qala.model import Document
from qala.resolution.carriers import find_outlet, page_hops
from qala.text.clean import find_debris
from qala.text.normalize import fold_phrase
from qala.text.words import find_words

if TYPE_CHECKING:
    from qala.model import Hop, Span
    from qala.records import Record

CARRYING = frozenset(("relayer", "agency", "outlet", "platform", "document"))
"""Kinds of hops that bring a statement on its way."""

_OWN = frozenset(("platform", "document"))
_HEAD = 400  # characters of a page in which its dateline stands

Key = tuple[str, ...]
"""What a speaker or a carrier is known by: ("id", actor), ("name", folded words), ("anonymous", folded words) …"""


class CarrierHop(NamedTuple):
    """A named carrier of one statement. ``own`` says that it is the speaker's own publication."""

    key: Key
    name: str
    span: Span | None
    own: bool


class Transmitted(NamedTuple):
    """One printing of a statement: whose words, through whom, on which page.

    ``carriers`` are the named ones in the order of transmission, none where the lineage is not recorded.
    ``first_hand`` is ``False`` where an unnamed carrier stands before the first named one.
    ``country`` is that of a speaker who speaks for a state; ``person`` says that a person is named, not a body.
    """

    record: str
    document: str
    outlet: Key | None
    speaker: Key | None
    speaker_name: str
    named: bool
    person: bool
    country: str | None
    carriers: tuple[CarrierHop, ...]
    first_hand: bool


def read_transmission(record: Record, member: str | None = None) -> Transmitted:
    """Return what the chain of ``record`` records; ``member`` is the id that utterances use for it."""
    speaker, name, named = _speaker(record)
    found = record.statement.speaker
    carriers: list[CarrierHop] = []
    first_hand = True
    for hop in record.statement.chain:
        if hop.kind not in CARRYING:
            continue
        if hop.status != "named" or not hop.name:
            first_hand = first_hand and bool(carriers)
            continue
        own = hop.kind in _OWN and not carriers and first_hand
        key = ("own", *(speaker or ())) if own else key_of(hop)
        if all(key != other.key for other in carriers):
            carriers.append(CarrierHop(key, hop.name, hop.span, own))
    outlet = _outlet(record.document.outlet)
    if outlet is not None and outlet[0] == "id" and all(outlet != other.key for other in carriers):
        dateline = _own_dateline(record.document.text[:_HEAD], outlet[1])
        if dateline is not None:
            carriers.append(CarrierHop(outlet, dateline[0], dateline[1], False))
    return Transmitted(
        record=member or record.id,
        document=record.document_id,
        outlet=outlet,
        speaker=speaker,
        speaker_name=name,
        named=named,
        person=named and found is not None and found.kind == "person" and found.name == name,
        country=_country(record),
        carriers=tuple(carriers),
        first_hand=first_hand,
    )


def key_of(hop: Hop) -> Key:
    """Return what a named hop is known by: its actor, else its folded name."""
    return ("id", hop.entity) if hop.entity else ("name", *fold_phrase(hop.name or ""))


def carrier_key(name: str) -> Key:
    """Return what an outlet or agency is known by that is given by name or id ("AFP", "Reuters" in Arabic)."""
    return _outlet(name) or ("name",)


@lru_cache(maxsize=1 << 12)
def _outlet(name: str | None) -> Key | None:
    if not name or not name.strip():
        return None
    entity = find_outlet(name, load_actors())
    return ("id", entity) if entity else ("name", *fold_phrase(name.casefold()))


@lru_cache(maxsize=1 << 12)
def _own_dateline(head: str, outlet: str) -> tuple[str, Span | None] | None:
    """Return the words in which the dateline of a page of ``outlet`` (an actor's id) names that outlet itself."""
    base = load_actors()
    for hop in page_hops(Document("", head), find_debris(find_words(head)), base)[:-1]:
        if hop.entity == outlet and hop.name:
            return hop.name, hop.span
    return None


def _speaker(record: Record) -> tuple[Key | None, str, bool]:
    """Return the key of whose words they are, his name, and whether he is named.

    The first hop of the chain is the body where a spokesman speaks for it; a statement without a chain has
    the speaker alone.
    """
    chain, speaker = record.statement.chain, record.statement.speaker
    kind: Literal["anonymous"] | None = None
    hop = chain[0] if chain and chain[0].kind == "speaker" else None
    if speaker is not None and speaker.kind == "anonymous":
        kind = "anonymous"
    if hop is not None and hop.status != "not recorded" and hop.name:
        if hop.status == "anonymous" or kind:
            return ("anonymous", *fold_phrase(hop.name)), hop.name, False
        return key_of(hop), hop.name, True
    if speaker is None or not speaker.name:
        return None, "", False
    if kind:
        return ("anonymous", *fold_phrase(speaker.name)), speaker.name, False
    key: Key = ("id", speaker.entity) if speaker.entity else ("name", *fold_phrase(speaker.name))
    return key, speaker.name, True


def _country(record: Record) -> str | None:
    """Return the state for which the speaker speaks: a government, or a person who holds an office of one."""
    speaker = record.statement.speaker
    if speaker is None or not speaker.country:
        return None
    official = any(":" in (held or "") for held in (speaker.office, speaker.body))
    return speaker.country if speaker.kind == "government" or official else None
