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
    Standing,
    add_rivals,
    are_opposed,
    compare_sides,
    load_pair_weights,
    may_be_one,
    rival_features,
    weigh_features,
)
from qala.corroboration.partition import Partition
from qala.corroboration.reasons import explain_pair
from qala.corroboration.speakers_compared import list_voices
from qala.model import Evidence
from qala.records import hash_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
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
_LINKS = 6  # links of joined pairs, for each member of an utterance


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
    scores, opposed = score_candidates(sides, load_pair_weights(MODEL) if weights is None else weights)
    for pair in _copied_pairs(sides, copies) & scores.keys():
        scores[pair] += _COPIED
    by_id = {side.id: side for side in sides}
    apart = {*judged.apart, *_parents(sides), *opposed}
    groups = cluster(by_id, scores, together=judged.together, apart=apart, threshold=threshold)
    return _utterances(groups, by_id, scores, judged)


_COPIED = 1.0
"""Log-odds for two statements that lie in one copied passage."""


def score_candidates(sides: list[Side], weights: Mapping[str, float]) -> tuple[dict[Pair, float], set[Pair]]:
    """Return the log-odds of every pair that is worth comparing, and the pairs that hold opposite poles.

    Of each pair only these are kept, and what its rivals are measured by: there are many, and few are told of.
    """
    chosen = dict(weights)
    scores: dict[Pair, float] = {}
    standings: dict[Pair, Standing] = {}
    opposed: set[Pair] = set()
    for pair, found in _compare_pairs(sides):
        scores[pair] = weigh_features(found.features, chosen)
        standings[pair] = Standing(found.likeness.here, found.likeness.grams)
        if are_opposed(found):
            opposed.add(pair)
    for pair, features in rival_features(standings, _documents_of(sides)):
        scores[pair] += weigh_features(features, chosen)
    return scores, opposed


def compare_candidates(sides: list[Side]) -> dict[Pair, Comparison]:
    """Return the comparison of every pair that is worth one, with its rivals; for training, as it keeps them all."""
    compared = dict(_compare_pairs(sides))
    add_rivals(compared, _documents_of(sides))
    return compared


def _compare_pairs(sides: list[Side]) -> Iterator[tuple[Pair, Comparison]]:
    by_id = {side.id: side for side in sides}
    for pair in find_candidates(sides):
        a, b = by_id[pair[0]], by_id[pair[1]]
        if may_be_one(a, b):
            yield pair, compare_sides(a, b)


def _documents_of(sides: list[Side]) -> dict[str, str]:
    return {side.id: side.vector.content.record.document_id for side in sides}


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
    groups: list[tuple[str, ...]], sides: dict[str, Side], scores: dict[Pair, float], judged: Judged
) -> tuple[Utterance, ...]:
    """Return the groups as utterances with their links: the joins that tell most, and the nearest pairs kept apart."""
    owner = {member: number for number, group in enumerate(groups) for member in group}
    joined: defaultdict[int, list[Pair]] = defaultdict(list)
    misses: defaultdict[int, list[tuple[float, Pair]]] = defaultdict(list)
    for pair in sorted({*scores, *judged.together, *judged.apart}):
        a, b = pair
        if a not in owner or b not in owner:
            continue
        if owner[a] == owner[b]:
            joined[owner[a]].append(pair)
        elif scores.get(pair, _NEAR_MISS) >= _NEAR_MISS:
            for number in {owner[a], owner[b]}:
                misses[number].append((-scores.get(pair, 0.0), pair))
    found = []
    for number, group in enumerate(groups):
        kept = _telling(joined[number], scores, judged, len(group))
        apart = [pair for _, pair in sorted(misses[number])[:_MOST_NEAR_MISSES]]
        links = (
            *(_link(pair, True, sides, scores, judged) for pair in kept),
            *(_link(pair, False, sides, scores, judged) for pair in apart),
        )
        identity = "u" + hash_values("utterance", list(group))[:12]
        found.append(Utterance(identity, group, _speaker(group, sides), _said(group, sides), links))
    return tuple(found)


def _telling(pairs: list[Pair], scores: Mapping[Pair, float], judged: Judged, members: int) -> list[Pair]:
    """Return the pairs of a group that say why it is one: all judged, and of the others the best, so many a member.

    A pair that brings two parts of the group together is always among them, so that a way leads from any member to
    any other; the number of links grows with the members and not with their pairs.
    """
    ranked = sorted(pairs, key=lambda pair: (pair not in judged.together, -scores.get(pair, 0.0), pair))
    parts: Partition[str] = Partition()
    kept = {pair for pair in ranked if parts.join(*pair, _JOIN) or pair in judged.together or pair in judged.apart}
    rest = [pair for pair in ranked if pair not in kept]
    return sorted([*kept, *rest[: max(0, _LINKS * members - len(kept))]])


_JOIN = Evidence("join")


def _link(pair: Pair, joined: bool, sides: dict[str, Side], scores: dict[Pair, float], judged: Judged) -> Link:
    judgement = judged.together.get(pair) or judged.apart.get(pair)
    a, b = sides[pair[0]], sides[pair[1]]
    reasons = explain_pair(a, b, compare_sides(a, b) if pair in scores else None, judgement)
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
