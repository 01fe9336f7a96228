"""How many origins stand behind a claim: an interval, with the reason for every joining and keeping apart.

A *line* is a way by which a claim came from a mouth to the pages. Printings are one line where they name the
same first-hand carrier, where their wording is one text (a copy), or where they are two tellings of one article.

* ``transmissions``: lines that name a carrier.
* ``possible``: these, and each line whose lineage is not recorded; more there cannot be.
* ``speakers``: who speaks, apart from who carried it. Unnamed sources described in the same words count once.
* ``shown``: the most lines that can be picked so that any two of them have *different* speakers **and** *different*
  carriers: a maximum matching of speakers to carriers (augmenting paths; Berge 1957). So one speaker through two
  agencies shows one origin ("independence not established"), and so do two speakers through one agency; a minister
  who told one agency and a witness who told another show two. For this count only, speakers of one
  state are one, an unnamed source may be anybody, carriers that any chain links are one, and what reached its
  first named carrier through an unnamed one shares that unnamed one with all others like it.

What the pages do not say is never filled in: an article without a recorded carrier adds to ``possible`` alone.
The counts are of what was said and say nothing about the world.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qala.corroboration.lines import Line, Lines, trace_lines
from qala.corroboration.matching import count_matching
from qala.corroboration.model import Link, Origins
from qala.corroboration.partition import Partition
from qala.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qala.corroboration.model import Claim, Copy, Sign, Utterance
    from qala.corroboration.shared_wording import CopyTable
    from qala.corroboration.transmissions import Key, Transmitted
    from qala.records import Record

NOT_RECORDED = "lineage not recorded"
NOT_ESTABLISHED = "independence not established"
NOT_NAMED = "speaker not named"

_MOST_APART = 50  # pairs of lines kept apart that the evidence spells out; explain_pair tells any other


class Independence(NamedTuple):
    """Whether two printings are one line, and why; ``shown`` that the texts show them to be independent."""

    link: Link
    shown: bool


def count_origins(
    claim: Claim,
    utterances: Iterable[Utterance] | Mapping[str, Utterance],
    records: Iterable[Record] | Mapping[str, Record],
    copies: Iterable[Copy] | CopyTable = (),
    sign: Sign = "+",
) -> Origins:
    """Return how many origins stand behind the utterances that take ``sign`` to ``claim``.

    ``records`` are found by the ids that utterances use. Members without a record are left out. Copying an
    article raises none of the counts; the order of the arguments changes nothing.
    """
    return count_lines(trace_lines(claim, utterances, records, copies, (sign,)))


def count_lines(lines: Lines) -> Origins:
    """Return the counts over the lines of a claim that :func:`~qala.corroboration.lines.trace_lines` made."""
    recorded = [line for line in lines.lines if line.recorded]
    blocks = _Blocks(lines)
    shown = blocks.count()
    mouths = [lines.speakers.find(record) for record in lines.printings]
    states = []
    if len(recorded) < len(lines.lines):
        states.append(NOT_RECORDED)
    if len(recorded) > max(shown, 1):
        states.append(NOT_ESTABLISHED)
    if any(mouth is None or mouth[0] == "anonymous" for mouth in mouths):
        states.append(NOT_NAMED)
    return Origins(
        shown=shown,
        possible=len(lines.lines),
        speakers=len({mouth for mouth in mouths if mouth is not None}),
        transmissions=len(recorded),
        states=tuple(states),
        evidence=(*lines.joined.reasons(), *lines.speakers.joined.reasons(), *_apart(lines, blocks)),
    )


def explain_pair(lines: Lines, a: str, b: str) -> Independence:
    """Return why the printings ``a`` and ``b`` (record ids) count as one line or as two.

    Raises ``KeyError`` where the lines do not hold them.
    """
    one, other = lines.line_of(a), lines.line_of(b)
    if one is other:
        reasons = lines.joined.way(("record", a), ("record", b))
        return Independence(Link(a, b, True, 0.0, tuple(reasons)), False)
    shown, why = _Blocks(lines).compare(one, other)
    return Independence(Link(a, b, False, 0.0, (why,)), shown)


class _Blocks:
    """Speakers and carriers as far as their independence is shown: joined where it is not."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.carriers: Partition[Key] = Partition()
        self.speakers: Partition[Key] = Partition()
        self._join_carriers()
        self._join_speakers()
        mouths = {self.mouth(record) for record in lines.printings}
        self.edges: set[tuple[Key, Key]] = set()
        self.unnamed = False
        for record, found in lines.printings.items():
            if record not in lines.sourced:
                continue
            mouth = self.mouth(record)
            if mouth is None or mouth[0] == "anonymous":
                self.unnamed = True
                continue
            relayers = {self.speakers.find(hop.key) for hop in found.carriers} & mouths
            if relayers - {mouth}:
                self.unnamed = True  # one of the claim's own speakers passes it on
                continue
            self.edges.add((mouth, self.carriers.find(_line_key(lines.line_of(record)))))

    def _join_carriers(self) -> None:
        for record, found in self.lines.printings.items():
            line = self.lines.line_of(record)
            if not line.recorded:
                continue
            here = _line_key(line)
            self.carriers.add(here)
            for hop in found.carriers:
                note = f"{record}: went through {hop.name}"
                spans = (hop.span,) if hop.span else ()
                self.carriers.join(here, hop.key, Evidence("origins:same-carrier", spans, note))
            if not found.first_hand and found.carriers:
                note = f"{record}: an unnamed carrier stands before {found.carriers[0].name}"
                self.carriers.join(here, ("unnamed carrier",), Evidence("origins:unnamed-carrier", (), note))

    def _join_speakers(self) -> None:
        for record, found in self.lines.printings.items():
            key = self.lines.speakers.find(record)
            if key is None or not found.named or found.speaker is None:
                continue
            self.speakers.join(key, found.speaker, Evidence("speakers:same", (), f"{record}: the same speaker"))
            if found.country:
                note = f"{record}: {found.speaker_name} speaks for the state '{found.country}'"
                self.speakers.join(key, ("state", found.country), Evidence("speakers:one-state", (), note))

    def mouth(self, record: str) -> Key | None:
        """Return the speaker of a printing, or the state for which he speaks; ``None`` where no page tells."""
        key = self.lines.speakers.find(record)
        return None if key is None else self.speakers.find(key)

    def count(self) -> int:
        """Return how many lines are shown to be independent of one another."""
        found = count_matching(self.edges)
        return found or int(self.unnamed)

    def compare(self, one: Line, other: Line) -> tuple[bool, Evidence]:
        """Return whether two lines are shown to be independent, and the reason in words."""
        names = f"{_tell(one)} / {_tell(other)}"
        for line in (one, other):
            if not line.recorded:
                return False, Evidence("origins:not-recorded", (), f"{names}: {NOT_RECORDED} for {line.members[0]}")
        spans = tuple(hop.span for line in (one, other) for hop in line.carriers[:1] if hop.span)
        ours = {mouth for mouth, carrier in self.edges if self._carries(one, carrier)}
        theirs = {mouth for mouth, carrier in self.edges if self._carries(other, carrier)}
        if self.carriers.same(_line_key(one), _line_key(other)):
            why = "; ".join(reason.note for reason in self.carriers.way(_line_key(one), _line_key(other)))
            return False, Evidence("origins:linked", spans, f"{names}: {NOT_ESTABLISHED}: {why}")
        if not ours or not theirs:
            return False, Evidence("origins:unnamed-speaker", spans, f"{names}: {NOT_ESTABLISHED}: {NOT_NAMED}")
        if len(ours | theirs) < 2:
            note = f"{names}: two carriers, one speaker: {NOT_ESTABLISHED}"
            return False, Evidence("origins:one-speaker", spans, note)
        return True, Evidence("origins:independent", spans, f"{names}: other speakers through other carriers")

    def _carries(self, line: Line, carrier: Key) -> bool:
        return self.carriers.same(_line_key(line), carrier)


def _line_key(line: Line) -> Key:
    return ("line", line.members[0])


def _apart(lines: Lines, blocks: _Blocks) -> list[Evidence]:
    """Return why lines were kept apart: each with the one before it, up to a bound that grows no faster."""
    pairs = zip(lines.lines, lines.lines[1:], strict=False)
    return [blocks.compare(one, other)[1] for one, other in list(pairs)[:_MOST_APART]]


def _tell(line: Line) -> str:
    carrier = line.carriers[0].name if line.carriers else line.agency or "no carrier recorded"
    return f"{line.members[0]} ({carrier})"


def printings_of(lines: Lines, line: Line) -> list[Transmitted]:
    """Return the printings of one line, in the order of its members."""
    return [lines.printings[member] for member in line.members]
