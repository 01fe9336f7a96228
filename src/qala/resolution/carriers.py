"""Carriers by name: which agency, outlet or platform the words of a channel, a dateline or a page name."""

from functools import lru_cache
from typing import NamedTuple, cast

from qala.lexicon.actors import ActorBase
from qala.model import Debris, Document, Hop, HopKind, Span
from qala.resolution.entities import resolve_entity
from qala.text.data import load_debris
from qala.text.datelines import match_phrase
from qala.text.words import MARK, Words, find_words

_CARRIERS = frozenset(("agency", "outlet", "platform"))
_LAM_ARTICLE, _ARTICLE = "\u0644\u0644", "\u0627\u0644"


class Carrier(NamedTuple):
    """A carrier: its name without joined particles and halves of quotations, its kind and id where known."""

    name: str
    kind: HopKind | None = None
    entity: str | None = None


@lru_cache(maxsize=1 << 14)
def read_carrier(written: str, base: ActorBase) -> Carrier:
    """Return the carrier that the words of a channel name; the actor base knows kind and id, or neither."""
    words = find_words(written)
    kind: HopKind | None = None
    entity: str | None = None
    for mention in base.find(words):
        actor = base.get(mention.ids[0])
        if actor is not None and actor.kind in _CARRIERS:
            kind = cast("HopKind", actor.kind)
            entity = mention.ids[0] if len(mention.ids) == 1 else None
            break
    return Carrier(_without_particle(written, words, base), kind, entity)


def _without_particle(written: str, words: Words, base: ActorBase) -> str:
    """Return a carrier's name without a preposition joined to its first word and without half a quotation."""
    name = written
    first = next((i for i, kind in enumerate(words.kinds) if kind != MARK), None)
    if first == 0 and len(words):
        at = base.words.at(words, 0, "carrier")
        named = next((mention for mention in base.find(words) if mention.first == 0), None)
        cut = at.cut if at else named.cut if named else 0
        if cut and words.plains[0].startswith(_LAM_ARTICLE):
            name = _ARTICLE + written[words.after_letters(0, 2) :]
        elif cut:
            name = written[words.after_letters(0, cut) :]
    for opening, closing in (('"', '"'), ("\u00ab", "\u00bb"), ("\u201c", "\u201d"), ("(", ")")):
        whole = name.count(opening) % 2 == 0 if opening == closing else name.count(opening) == name.count(closing)
        if not whole:
            name = name.strip(opening + closing)
    return name.strip()


def page_hops(document: Document, debris: tuple[Debris, ...], base: ActorBase) -> tuple[Hop, ...]:
    """Return the hops that every statement of a page shares: the agencies of its datelines and bylines, then
    the page's outlet. A dateline that names a place alone is no carrier.
    """
    outlet = document.outlet
    home = find_outlet(outlet, base) if outlet else None
    hops: list[Hop] = []
    for piece in debris:
        if piece.kind != "dateline":
            continue
        for name, kind, entity, (first, last) in _read_dateline(piece.span.of(document.text), base):
            hop = Hop(kind, "named", name, Span(piece.span.start + first, piece.span.start + last), entity)
            seen = (home, *(other.entity for other in hops))
            known = hop.entity is not None and hop.entity in seen
            if not known and all(hop.name != other.name for other in hops):
                hops.append(hop)
    page = Hop("page", "named", outlet, None, home) if outlet else Hop("page", "not recorded", None, None)
    return (*hops, page)


@lru_cache(maxsize=1 << 10)
def find_outlet(outlet: str, base: ActorBase) -> str | None:
    """Return the id of a document's outlet, which may be given by its name in any script, or by an id."""
    key = "-".join(outlet.casefold().split())
    actor = base.get(key)
    if actor is not None and actor.kind in ("agency", "outlet"):
        return key
    return read_carrier(outlet, base).entity or resolve_entity(outlet, base).id


@lru_cache(maxsize=1 << 10)
def _read_dateline(written: str, base: ActorBase) -> tuple[tuple[str, HopKind, str | None, Span], ...]:
    """Return name, kind, id and place of each carrier in a dateline: by the actor base, else by the agencies
    of ``debris.yaml``.
    """
    words = find_words(written)
    found: list[tuple[str, HopKind, str | None, Span]] = []
    for mention in base.find(words):
        actor = base.get(mention.ids[0])
        if actor is not None and actor.kind in ("agency", "outlet"):
            entity = mention.ids[0] if len(mention.ids) == 1 else None
            found.append((mention.span.of(written), cast("HopKind", actor.kind), entity, mention.span))
    if found:
        return tuple(found)
    agencies = load_debris().agencies
    for i in range(len(words)):
        after = match_phrase(words.forms, i, len(words), agencies)
        if after > i:
            span = words.span(i, after - 1)
            entity = read_carrier(span.of(written), base).entity or resolve_entity(span.of(written), base).id
            actor = base.get(entity) if entity else None
            kind = actor.kind if actor and actor.kind in _CARRIERS else "agency"
            return ((span.of(written), cast("HopKind", kind), entity, span),)
    return ()
