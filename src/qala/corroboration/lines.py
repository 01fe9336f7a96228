"""The lines of transmission of a claim: its printings, brought together where the texts make them one.

Joined are: printings that name the same first-hand carrier; printings whose wording is one text; a carrier and
the one that, for the same utterance, another page names before it; and two tellings in one article by one
speaker, where one of them names no carrier. docs/glossary.md and :mod:`qala.corroboration.origins` say what is counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qala.corroboration.partition import Partition
from qala.corroboration.shared_wording import CopyTable, find_shared
from qala.corroboration.speakers_joined import Speakers, join_speakers
from qala.corroboration.transmissions import carrier_key, read_transmission
from qala.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from qala.corroboration.model import Claim, Copy, Sign, Utterance
    from qala.corroboration.transmissions import CarrierHop, Key, Transmitted
    from qala.records import Record


AFFIRMS: tuple[Sign, ...] = ("+",)


@dataclass(frozen=True, slots=True)
class Line:
    """One way from a mouth to the pages. ``members`` are its printings, ``carriers`` the named first-hand ones.

    ``agency`` is the one to which copies of its text are credited; where no chain of the line names a carrier,
    that alone does not make it recorded, so that a copy which comes to light adds no origin.
    """

    members: tuple[str, ...]
    carriers: tuple[CarrierHop, ...] = ()
    agency: str | None = None

    @property
    def recorded(self) -> bool:
        """Whether the pages name a carrier."""
        return bool(self.carriers)


@dataclass(frozen=True, slots=True)
class Lines:
    """All lines of a claim, with the joins behind them. Read it with :mod:`qala.corroboration.origins`."""

    lines: tuple[Line, ...]
    printings: Mapping[str, Transmitted]
    utterance_of: Mapping[str, str]
    sourced: frozenset[str]  # printings that name a carrier, or one text with which does
    speakers: Speakers
    joined: Partition[Key]
    _line_of: Mapping[str, Line] = field(repr=False)

    def line_of(self, record: str) -> Line:
        """Return the line of a printing; raises ``KeyError`` where the claim does not hold it."""
        return self._line_of[record]


def by_id(utterances: Iterable[Utterance] | Mapping[str, Utterance]) -> Mapping[str, Utterance]:
    """Return utterances by their ids."""
    return utterances if isinstance(utterances, Mapping) else {found.id: found for found in utterances}


def records_by_id(records: Iterable[Record] | Mapping[str, Record]) -> Mapping[str, Record]:
    """Return records by their ids, or as they are given by the ids that utterances use."""
    return records if isinstance(records, Mapping) else {found.id: found for found in records}


def trace_lines(
    claim: Claim,
    utterances: Iterable[Utterance] | Mapping[str, Utterance],
    records: Iterable[Record] | Mapping[str, Record],
    copies: Iterable[Copy] | CopyTable = (),
    signs: Collection[Sign] = AFFIRMS,
) -> Lines:
    """Return the lines behind the utterances that take one of ``signs`` to ``claim``.

    Linear in the printings, the copies among their pages and the carriers that they name.
    """
    known, rows = by_id(utterances), records_by_id(records)
    said = sorted({stance.utterance for stance in claim.stances if stance.sign in signs} & known.keys())
    held = {member: rows[member] for key in said for member in known[key].members if member in rows}
    utterance_of: dict[str, str] = {}
    for key in said:
        for member in known[key].members:
            utterance_of.setdefault(member, key)
    printings = {member: read_transmission(held[member], member) for member in sorted(held)}
    tracing = _Tracing(printings, utterance_of, join_speakers(printings.values(), utterance_of))
    tracing.join_copies(held, copies if isinstance(copies, CopyTable) else CopyTable(copies))
    tracing.join_carriers()
    tracing.join_upstream()
    tracing.join_tellings()
    return tracing.finish()


class _Tracing:
    """The joins in the making; nodes are ("record", id) and the keys of carriers."""

    def __init__(self, printings: dict[str, Transmitted], utterance_of: Mapping[str, str], speakers: Speakers) -> None:
        self.printings = printings
        self.utterance_of = utterance_of
        self.speakers = speakers
        self.joined: Partition[Key] = Partition(("record", record) for record in printings)
        self.copied: Partition[str] = Partition(printings)
        self.silent: set[str] = set()
        self.agencies: dict[str, str] = {}  # printing: the agency to which a copy is credited
        self.first: dict[str, CarrierHop | None] = {
            record: found.carriers[0] if found.carriers else None for record, found in printings.items()
        }

    def join_copies(self, held: Mapping[str, Record], table: CopyTable) -> None:
        """Join what is one text; a carrier that is only another page of that text, itself unsourced, shows nothing."""
        for a, b, copy, why in find_shared(held, table, self.utterance_of):
            self.joined.join(("record", a), ("record", b), why)
            self.copied.join(a, b, why)
            if copy.agency and copy.kind == "wire":
                self.agencies[a] = min(copy.agency, self.agencies.get(a, copy.agency))
        silent: dict[str, set[Key]] = defaultdict(set)
        for record, found in self.printings.items():
            if found.outlet and not found.carriers:
                silent[self.copied.find(record)].add(found.outlet)
        for record, hop in self.first.items():
            if hop is not None and hop.key in silent.get(self.copied.find(record), ()):
                self.silent.add(record)

    def join_carriers(self) -> None:
        """Join printings with the first-hand carrier that they name, and copies with the agency they credit."""
        for record, hop in self.first.items():
            if hop is not None:
                key = self._own(record, hop)
                spans = (hop.span,) if hop.span else ()
                note = f"{record}: carried by {'the speaker himself, ' if hop.own else ''}{hop.name}"
                self.joined.join(key, ("record", record), Evidence("origins:carrier", spans, note))
        named = {hop.key for hop in self.first.values() if hop is not None}
        for record, agency in sorted(self.agencies.items()):
            if carrier_key(agency) not in named:
                continue
            note = f"{record}: the copy is credited to {agency}"
            self.joined.join(carrier_key(agency), ("record", record), Evidence("origins:credit", (), note))

    def _own(self, record: str, hop: CarrierHop) -> Key:
        """Return a carrier's key; the speaker's own publication goes by the speaker, whatever name he has there."""
        if not hop.own:
            return hop.key
        return ("own", *(self.speakers.find(record) or (record,)))

    def join_upstream(self) -> None:
        """Join a carrier with the one before it: "X told AFP" on the page of an outlet that others name for it."""
        later: set[Key] = set()
        for record, found in self.printings.items():
            hop = self.first[record]
            keys = [other.key for other in found.carriers[1:]]
            for key in (*keys, *((found.outlet,) if found.outlet else ())) if hop else ():
                if hop is None or key == hop.key:
                    continue
                here = ("later", self.utterance_of.get(record, record), *key)
                later.add(here)
                note = f"{record}: {hop.name} stands before {' '.join(key[1:])} in the chain"
                self.joined.join(here, self._own(record, hop), Evidence("origins:upstream", (), note))
        for record, hop in self.first.items():
            if hop is None:
                continue
            here = ("later", self.utterance_of.get(record, record), *hop.key)
            if here in later:
                note = f"{record}: another page names a carrier before {hop.name}"
                self.joined.join(here, hop.key, Evidence("origins:upstream", (), note))

    def join_tellings(self) -> None:
        """Join the tellings of one article by one speaker: those that name no carrier go with one that does."""
        told: dict[tuple[str, Key], str] = {}
        order = sorted(self.printings, key=lambda record: (self._unsourced(record), record))
        for record in order:
            found = self.printings[record]
            speaker = self.speakers.find(record) or ("utterance", self.utterance_of[record])
            first = told.setdefault((found.document, speaker), record)
            if first != record and self._unsourced(record):
                note = f"{first} and {record} stand in one article and have one speaker"
                self.joined.join(("record", first), ("record", record), Evidence("origins:one-article", (), note))

    def _unsourced(self, record: str) -> bool:
        return self.first[record] is None or record in self.silent

    def finish(self) -> Lines:
        """Return the lines in the order of their first members."""
        groups: dict[Key, list[str]] = defaultdict(list)
        for record in self.printings:
            groups[self.joined.find(("record", record))].append(record)
        lines: dict[str, Line] = {}
        for members in groups.values():
            hops: dict[Key, CarrierHop] = {}
            for member in members:
                hop = self.first[member]
                if hop is not None and member not in self.silent:
                    hops.setdefault(hop.key, hop)
            agency = next((self.agencies[member] for member in members if member in self.agencies), None)
            line = Line(tuple(members), tuple(hops.values()), agency)
            lines.update(dict.fromkeys(members, line))
        ordered = tuple({id(line): line for line in (lines[record] for record in self.printings)}.values())
        texts = {self.copied.find(record) for record in self.printings if not self._unsourced(record)}
        sourced = frozenset(record for record in self.printings if self.copied.find(record) in texts)
        return Lines(ordered, self.printings, self.utterance_of, sourced, self.speakers, self.joined, lines)
