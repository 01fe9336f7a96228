"""The chains of a claim laid out as a tree: from whose words they are, through whom, to the pages.

The root is the claim. Below it stands each utterance with its sign, then its hops in the order of transmission,
equal hops of one utterance merged, and at the ends the pages. What no page tells is a node of its own, "not
recorded", so that a tree shows its holes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qala.corroboration.lines import by_id, records_by_id
from qala.corroboration.transmissions import CARRYING, key_of
from qala.model import Hop

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from qala.corroboration.model import Claim, Sign, Utterance
    from qala.model import HopKind, Span
    from qala.records import Record

NodeKind = Literal["claim", "utterance"]
Status = Literal["named", "anonymous", "not recorded"]


@dataclass(frozen=True, slots=True)
class ChainNode:
    """A node of the tree. ``members`` are the printings that pass through it, ``spans`` the hop's words in each.

    ``name`` is the fullest that the printings give; ``sign``, ``said`` stand at an utterance, ``outlet``,
    ``published`` and ``quote`` at a page. Carriers that no page tells have the kind "agency" and no name.
    """

    kind: HopKind | NodeKind
    status: Status
    name: str | None
    entity: str | None = None
    members: tuple[str, ...] = ()
    spans: tuple[tuple[str, Span], ...] = ()
    children: tuple[ChainNode, ...] = ()
    sign: Sign | None = None
    said: str | None = None
    published: str | None = None
    url: str | None = None


class _Draft:
    """A node in the making: the hop, who passes through it, and what follows by key."""

    def __init__(self, hop: Hop) -> None:
        self.hop = hop
        self.spans: list[tuple[str, Span]] = []
        self.members: list[str] = []
        self.next: dict[tuple[str, ...], _Draft] = {}
        self.record: Record | None = None


def lay_out_chains(
    claim: Claim,
    utterances: Iterable[Utterance] | Mapping[str, Utterance],
    records: Iterable[Record] | Mapping[str, Record],
) -> ChainNode:
    """Return the tree of all chains of a claim; linear in their hops. Members without a record are left out.

    Utterances stand in the order of their signs (+ - 0 ?), then of the days of saying, else of printing, then of their
    ids, and pages in the order of publication; so the tree does not depend on the order of arrival.
    """
    known, rows = by_id(utterances), records_by_id(records)
    told = [(known[stance.utterance], stance.sign) for stance in claim.stances if stance.utterance in known]
    told = list(dict.fromkeys(told))
    told.sort(key=lambda pair: ("+-0?".index(pair[1]), _first_day(pair[0], rows), pair[0].id))
    found = (lay_out_utterance(utterance, sign, rows) for utterance, sign in told)
    children = tuple(node for node in found if node.members)
    members = tuple(dict.fromkeys(member for node in children for member in node.members))
    return ChainNode("claim", "named", claim.gloss, members=members, children=children)


def _first_day(utterance: Utterance, records: Mapping[str, Record]) -> str:
    """Return the day of saying, else of the first printing; what has neither comes last."""
    if utterance.said is not None:
        return utterance.said.isoformat()
    days = (_day(records[member].document.published) for member in utterance.members if member in records)
    return min((day for day in days if day), default="~")


def lay_out_utterance(utterance: Utterance, sign: Sign, records: Mapping[str, Record]) -> ChainNode:
    """Return the tree of one utterance: its speaker with all ways by which his words reached the pages."""
    root = _Draft(Hop("speaker", "not recorded", None, None))
    for member in sorted(utterance.members):
        record = records.get(member)
        if record is not None:
            _take(root, member, record)
    return _finish(root, utterance, sign, records)


def _take(root: _Draft, member: str, record: Record) -> None:
    """Add the chain of one printing; its first hop is the utterance's speaker whatever he is called."""
    chain = list(record.statement.chain)
    if chain and chain[0].kind == "speaker":
        root.hop = _fuller(root.hop, chain[0])
        if chain[0].span is not None:
            root.spans.append((member, chain[0].span))
        chain = chain[1:]
    root.members.append(member)
    if not any(hop.kind in CARRYING for hop in chain):
        at = next((place for place, hop in enumerate(chain) if hop.kind == "page"), len(chain))
        chain.insert(at, Hop("agency", "not recorded", None, None))
    if not chain or chain[-1].kind != "page":
        outlet = record.document.outlet
        chain.append(Hop("page", "named" if outlet else "not recorded", outlet, None))
    here = root
    for hop in chain:
        here = here.next.setdefault(_key(hop, record), _Draft(hop))
        here.hop = _fuller(here.hop, hop)
        here.members.append(member)
        if hop.span is not None:
            here.spans.append((member, hop.span))
    here.record = record


def _key(hop: Hop, record: Record) -> tuple[str, ...]:
    """Return what hops must share to be merged; a page is a document, and unnamed hops of a kind are one."""
    if hop.kind == "page":
        return ("page", record.document_id)
    if hop.status != "named" or not hop.name:
        return (hop.kind, hop.status)
    return (hop.kind, *key_of(hop))


def _fuller(one: Hop, other: Hop) -> Hop:
    """Return the hop that tells more: named before unnamed, known to the base before unknown, the longer name."""

    def tells(hop: Hop) -> tuple[bool, bool, int, str]:
        return hop.status == "named", hop.entity is not None, len(hop.name or ""), hop.name or ""

    return max(one, other, key=tells)


def _finish(root: _Draft, utterance: Utterance, sign: Sign, records: Mapping[str, Record]) -> ChainNode:
    """Return the drafts as nodes, children before parents, without recursion: a chain may be long."""
    order: list[_Draft] = [root]
    for draft in order:
        order.extend(draft.next.values())
    made: dict[int, ChainNode] = {}
    for draft in reversed(order):
        below = [(made[id(draft.next[key])], key) for key in draft.next]
        children = tuple(node for node, _ in sorted(below, key=lambda pair: (pair[0].published or "~", pair[1])))
        document = draft.record.document if draft.record is not None else None
        said = [records[member].statement.when_date for member in draft.members]
        made[id(draft)] = ChainNode(
            kind="utterance" if draft is root else draft.hop.kind,
            status=draft.hop.status,
            name=draft.hop.name or (utterance.speaker if draft is root else None),
            entity=draft.hop.entity,
            members=tuple(draft.members),
            spans=tuple(draft.spans),
            children=children,
            sign=sign if draft is root else None,
            said=_said(utterance, said) if draft is root else None,
            published=_day(document.published) if document else None,
            url=document.url if document else None,
        )
    return made[id(root)]


def _said(utterance: Utterance, found: list[str | None]) -> str | None:
    """Return the day on which it was said: the utterance's, else the one that its printings agree on."""
    if utterance.said is not None:
        return utterance.said.isoformat()
    days = {day for day in found if day}
    return days.pop() if len(days) == 1 else None


def _day(published: datetime | date | None) -> str | None:
    return None if published is None else published.isoformat()[:10]
