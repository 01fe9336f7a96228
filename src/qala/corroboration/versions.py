"""What changed between the printings of one utterance: its wording, its figures, its hedges, its act, its credit.

Each article is one version (its longest telling). Versions are compared in the order of publication, each with the
page that it copies where that is known, else with the first one; so that the question "who changed what, when" has an
answer. That the wording differs between two reporters is no fault of either; it is said, not judged.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qala.corroboration.clocks import printed_on
from qala.corroboration.transmissions import CARRYING
from qala.model import Evidence
from qala.text.normalize import fold
from qala.text.words import MARK, find_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qala.corroboration.model import Copy, Utterance
    from qala.model import Quantity, Span
    from qala.records import Record

ChangeKind = Literal["wording", "number", "hedge dropped", "hedge added", "act", "carrier dropped", "carrier added"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference of a later printing from an earlier one: ids, the words of each, and when the later came.

    ``before`` and ``after`` are texts of the pages (or acts); the evidence holds the spans, of the later page.
    """

    kind: ChangeKind
    utterance: str
    earlier: str
    later: str
    before: str
    after: str
    published: str | None
    outlet: str | None
    evidence: Evidence


def find_changes(
    utterance: Utterance, records: Mapping[str, Record], partners: Mapping[str, set[str]] | None = None
) -> list[Change]:
    """Return the changes between the versions of an utterance, in the order of publication. Linear in the versions.

    A version whose day is unknown comes last and is compared all the same. ``partners`` is what
    :func:`copy_partners` makes of the copies.
    """
    versions = _versions(utterance, records)
    took_from = partners or {}
    found: list[Change] = []
    for place, later in enumerate(versions[1:], 1):
        found += _compare(utterance.id, _earlier(versions[:place], later, took_from), later)
    return found


class _Version:
    """A printing with what is compared; made once."""

    def __init__(self, key: str, record: Record) -> None:
        self.key, self.record = key, record
        self.text = record.document.text
        self.content = record.statement.attribution.content or record.statement.attribution.cue
        self.words = tuple(form for span in self.content for form in _forms(span, self.text))

    def tell(self, spans: Sequence[Span]) -> str:
        """Return the words under ``spans``."""
        return " \u2026 ".join(span.of(self.text).strip() for span in spans)


def _forms(span: Span, text: str) -> list[str]:
    words = find_words(span.of(text))
    return [form for form, kind in zip(words.forms, words.kinds, strict=True) if kind != MARK]


def _versions(utterance: Utterance, records: Mapping[str, Record]) -> list[_Version]:
    """Return one version a document, the longest content of each, in the order of publication."""
    best: dict[str, _Version] = {}
    for member in sorted(utterance.members):
        if member not in records:
            continue
        version = _Version(member, records[member])
        held = best.get(version.record.document_id)
        if held is None or len(version.words) > len(held.words):
            best[version.record.document_id] = version

    def order(version: _Version) -> tuple[bool, str, str]:
        moment = printed_on(version.record)
        return moment is None, moment.text if moment else "", version.key

    return sorted(best.values(), key=order)


def copy_partners(copies: Iterable[Copy]) -> dict[str, set[str]]:
    """Return the documents with which each document shares text, by their ids."""
    found: dict[str, set[str]] = {}
    for copy in copies:
        found.setdefault(copy.a, set()).add(copy.b)
        found.setdefault(copy.b, set()).add(copy.a)
    return found


def _earlier(versions: Sequence[_Version], later: _Version, took_from: Mapping[str, set[str]]) -> _Version:
    """Return the version to compare with: the last earlier one of the same text, else the first of all."""
    names = {later.record.document_id, later.record.document.id}
    partners = set().union(*(took_from.get(name, set()) for name in names))
    if partners:
        for version in reversed(versions):
            if {version.record.document_id, version.record.document.id} & partners:
                return version
    return versions[0]


def _compare(utterance: str, one: _Version, other: _Version) -> Iterator[Change]:
    moment = printed_on(other.record)

    def change(kind: ChangeKind, before: str, after: str, spans: Sequence[Span]) -> Change:
        note = f"{one.key}: {before or 'nothing'} / {other.key}: {after or 'nothing'}"
        return Change(
            kind,
            utterance,
            one.key,
            other.key,
            before,
            after,
            moment.text if moment else None,
            other.record.document.outlet,
            Evidence(f"history:{kind.replace(' ', '-')}", tuple(spans), note),
        )

    ours, theirs = one.record.statement, other.record.statement
    for before, after in _changed_figures(one, other):
        yield change("number", before.span.of(one.text), after.span.of(other.text), (after.span,))
    if ours.attribution.act != theirs.attribution.act:
        yield change("act", ours.attribution.act, theirs.attribution.act, theirs.attribution.cue)
    if ours.attribution.hedges and not theirs.attribution.hedges:
        yield change("hedge dropped", one.tell(ours.attribution.hedges), "", other.content)
    if theirs.attribution.hedges and not ours.attribution.hedges:
        spans = theirs.attribution.hedges
        yield change("hedge added", "", other.tell(spans), spans)
    carried, carries = _carriers(one.record), _carriers(other.record)
    if carried and not carries:
        yield change("carrier dropped", ", ".join(carried), "", other.content)
    if carries and not carried:
        yield change("carrier added", "", ", ".join(carries), other.content)
    if Counter(one.words) != Counter(other.words):
        yield change("wording", one.tell(one.content), other.tell(other.content), other.content)


def _carriers(record: Record) -> list[str]:
    return [hop.name for hop in record.statement.chain if hop.kind in CARRYING and hop.status == "named" and hop.name]


def _changed_figures(one: _Version, other: _Version) -> Iterator[tuple[Quantity, Quantity]]:
    """Yield figures of one thing that differ: the thing is told by kind, unit and the word counted or measured.

    Only what each version gives one figure for is compared; more are not paired by guess.
    """
    ours, theirs = _figures(one), _figures(other)
    for thing, figures in ours.items():
        others = theirs.get(thing, [])
        if len(figures) == len(others) == 1:
            a, b = figures[0], others[0]
            if (a.low, a.high) != (b.low, b.high):
                yield a, b


def _figures(version: _Version) -> dict[tuple[str | None, ...], list[Quantity]]:
    found: dict[tuple[str | None, ...], list[Quantity]] = {}
    for figure in version.record.statement.quantities:
        named = figure.counted or figure.of
        thing = fold(named.of(version.text)) if named else None
        if thing is None and figure.unit is None:
            continue  # a bare number says not of what
        found.setdefault((figure.kind, figure.unit, thing), []).append(figure)
    return found
