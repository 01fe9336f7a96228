"""Statements that report one act of saying: the same speaker, the same occasion, the same content.

Every pair that may be one is weighed by a log-linear model; average linkage makes the groups, and what people
judged outranks both. The result does not depend on the order of the records.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from qala.corroboration.candidates import find_candidates
from qala.corroboration.clusters import Pair, cluster, pair_of
from qala.corroboration.contents import read_contents
from qala.corroboration.contents_compared import make_vectors
from qala.corroboration.judged import Judged, read_judgements
from qala.corroboration.model import Link, Utterance
from qala.corroboration.pairs import (
    Comparison,
    Side,
    add_rivals,
    are_opposed,
    compare_sides,
    load_pair_weights,
    may_be_one,
    weigh_features,
)
from qala.corroboration.reasons import explain_pair
from qala.corroboration.speakers_compared import list_voices
from qala.records import hash_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from qala.corroboration.contents import Content
    from qala.corroboration.model import Copy
    from qala.records import Record

MODEL = "utterance_pairs"
THRESHOLD = -1.3
"""Mean log-odds from which statements are one utterance."""
_NEAR_MISS = -1.5
"""Log-odds from which a pair that was kept apart is told of."""
_MOST_NEAR_MISSES = 6  # links of pairs kept apart, for one utterance


def make_sides(records: Iterable[Record], known: Mapping[Record, Content] | None = None) -> list[Side]:
    """Return the statements with all that is compared, sorted by id; ``known`` are contents that were read before."""
    listed = sorted({record.id: record for record in records}.values(), key=lambda record: record.id)
    voices = list_voices(listed)
    return [Side(vector, voices[vector.content.id]) for vector in make_vectors(read_contents(listed, known))]


def find_utterances(
    records: Iterable[Record],
    copies: Iterable[Copy] = (),
    *,
    weights: Mapping[str, float] | None = None,
    threshold: float = THRESHOLD,
    sides: list[Side] | None = None,
) -> tuple[Utterance, ...]:
    """Return the utterances of all records, each record in one, with the reasons of every join.

    ``copies`` between documents make a pair in copied wording likelier. ``weights`` are the packaged ones unless
    given; ``sides`` are those of the records, where they are made already. Judgements on the records outrank the
    computation.
    """
    sides = make_sides(records) if sides is None else sides
    judged = read_judgements(side.vector.content.record for side in sides)
    compared = compare_candidates(sides)
    chosen = dict(weights) if weights is not None else load_pair_weights(MODEL)
    copied = _copied_pairs(sides, copies)
    scores = {
        pair: weigh_features(found.features, chosen) + (_COPIED if pair in copied else 0.0)
        for pair, found in compared.items()
    }
    by_id = {side.id: side for side in sides}
    groups = cluster(
        by_id,
        scores,
        together=judged.together,
        apart={*judged.apart, *_parents(sides), *(pair for pair, found in compared.items() if are_opposed(found))},
        threshold=threshold,
    )
    return _utterances(groups, by_id, compared, scores, judged)


_COPIED = 1.0
"""Log-odds for two statements that lie in one copied passage."""


def compare_candidates(sides: list[Side]) -> dict[Pair, Comparison]:
    """Return the comparison of every pair that is worth one."""
    by_id = {side.id: side for side in sides}
    compared = {
        pair: compare_sides(by_id[pair[0]], by_id[pair[1]])
        for pair in find_candidates(sides)
        if may_be_one(by_id[pair[0]], by_id[pair[1]])
    }
    add_rivals(compared, {side.id: side.vector.content.record.document_id for side in sides})
    return compared


def _parents(sides: list[Side]) -> set[Pair]:
    records = [side.vector.content.record for side in sides]
    return {pair_of(record.id, record.parent) for record in records if record.parent}


def _copied_pairs(sides: list[Side], copies: Iterable[Copy]) -> set[Pair]:
    """Return the pairs of statements whose contents lie in one passage that two documents share."""
    by_document: defaultdict[str, list[Side]] = defaultdict(list)
    for side in sides:
        record = side.vector.content.record
        for name in {record.document.id, record.document_id}:
            by_document[name].append(side)
    found: set[Pair] = set()
    for copy in copies:
        for passage in copy.passages:
            first = [side for side in by_document[copy.a] if _inside(side, passage.a)]
            second = [side for side in by_document[copy.b] if _inside(side, passage.b)]
            found.update(
                pair_of(a.id, b.id)
                for a in first
                for b in second
                if abs(_place(a, passage.a) - _place(b, passage.b)) < _SAME_PLACE
            )
    return found


_SAME_PLACE = 0.1  # of a passage's length


def _inside(side: Side, span: tuple[int, int]) -> bool:
    content = side.vector.content.record.statement.attribution.content
    return span[0] <= content[0].start < span[1]


def _place(side: Side, span: tuple[int, int]) -> float:
    start = side.vector.content.record.statement.attribution.content[0].start
    return (start - span[0]) / max(1, span[1] - span[0])


def _utterances(
    groups: list[tuple[str, ...]],
    sides: dict[str, Side],
    compared: dict[Pair, Comparison],
    scores: dict[Pair, float],
    judged: Judged,
) -> tuple[Utterance, ...]:
    """Return the groups as utterances with their links: every join, and the nearest pairs kept apart."""
    owner = {member: number for number, group in enumerate(groups) for member in group}
    links: defaultdict[int, list[Link]] = defaultdict(list)
    misses: defaultdict[int, list[tuple[float, Pair]]] = defaultdict(list)
    for pair in sorted({*compared, *judged.together, *judged.apart}):
        a, b = pair
        if a not in owner or b not in owner:
            continue
        if owner[a] == owner[b]:
            links[owner[a]].append(_link(pair, True, sides, compared, scores, judged))
        elif scores.get(pair, _NEAR_MISS) >= _NEAR_MISS:
            for number in {owner[a], owner[b]}:
                misses[number].append((-scores.get(pair, 0.0), pair))
    for number, found in misses.items():
        for _, pair in sorted(found)[:_MOST_NEAR_MISSES]:
            links[number].append(_link(pair, False, sides, compared, scores, judged))
    return tuple(
        Utterance(
            id="u" + hash_values("utterance", list(group))[:12],
            members=group,
            speaker=_speaker(group, sides),
            said=_said(group, sides),
            links=tuple(links[number]),
        )
        for number, group in enumerate(groups)
    )


def _link(
    pair: Pair,
    joined: bool,
    sides: dict[str, Side],
    compared: dict[Pair, Comparison],
    scores: dict[Pair, float],
    judged: Judged,
) -> Link:
    judgement = judged.together.get(pair) or judged.apart.get(pair)
    a, b = sides[pair[0]], sides[pair[1]]
    reasons = explain_pair(a, b, compared.get(pair), judgement)
    return Link(*pair, joined, round(scores.get(pair, 0.0), 3), reasons)


def _speaker(group: tuple[str, ...], sides: dict[str, Side]) -> str | None:
    """Return the name of the group's speaker: a person before a body, the oftenest, then the longest name."""
    counts = Counter(sides[member].voice for member in group if sides[member].voice.key)
    if not counts:
        return None
    return min(counts, key=lambda voice: (voice.kind != "person", -counts[voice], -len(voice.name), voice.name)).name


def _said(group: tuple[str, ...], sides: dict[str, Side]) -> date | None:
    """Return the day of the saying, where the articles that date it agree on one."""
    days = {said for member in group if (said := sides[member].vector.content.said) is not None}
    exact = {first for first, last in days if first == last}
    return next(iter(exact)) if len(exact) == 1 else None
