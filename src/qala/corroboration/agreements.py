"""Utterances that say one thing: pairs of statements weighed, grouped by average linkage.

The weights (``data/models/claim_pairs.json``) are learnt from annotated event sets (``training/corroboration.py``),
over pairs of which neither denies. The statements of one utterance stay together; denials join last and take nothing
away. Speakers and days matter little here, the content is all: concepts, rare words, and what it points back to.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from qala.corroboration.candidates import find_candidates
from qala.corroboration.clusters import Pair, cluster, pair_of
from qala.corroboration.contents_compared import compare_contents, shared_terms
from qala.corroboration.model import Link
from qala.corroboration.pairs import group_of, load_pair_weights, weigh_features
from qala.corroboration.reasons import shared_evidence
from qala.corroboration.speakers_compared import compare_speakers
from qala.corroboration.word_vectors import compare_sums, join_sums

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qala.corroboration.model import Utterance
    from qala.corroboration.pairs import Side
    from qala.corroboration.word_vectors import Sum

MODEL = "claim_pairs"
THRESHOLD = -2.0
_ABSENT = -4.0
_LEAD = 400  # code points of an article within which its news stands
_OFF_TOPIC = 0.06  # likeness of the articles' titles and first lines
_MOST_LINKS = 12  # of one claim


class Agreement(NamedTuple):
    """A group of statements that bear on one proposition."""

    members: tuple[str, ...]
    weights: dict[str, float]  # mean log-odds with the others
    links: tuple[Link, ...]


def claim_features(a: Side, b: Side, words: float = 0.0) -> dict[str, float]:
    """Return the features of a pair of statements of different utterances; symmetric, between 0 and 1.

    ``words`` is how near the words of both utterances come, as :func:`compare_words` tells it.
    """
    first, second = a.vector.content, b.vector.content
    groups = sorted(group_of(content.record.statement.attribution.act) for content in (first, second))
    likeness = compare_contents(a.vector, b.vector)
    return {
        "bias": 1.0,
        "news": likeness.news,
        "set": likeness.here,
        "held": likeness.held,
        "context": likeness.context,
        "concepts": likeness.concepts,
        "actors": likeness.actors,
        "pairs of words": likeness.grams,
        "quote": likeness.quote,
        "words": words,
        "off topic": float(likeness.topic < _OFF_TOPIC),
        "same speaker": float(compare_speakers(a.voice, b.voice) in ("same", "part")),
        "both lead": float(first.place < _LEAD and second.place < _LEAD),
        "one conditional": float(bool(first.conditional) != bool(second.conditional)),
        "one asks": float(("asks" in groups) and groups[0] != groups[1]),
        "one judges": float(("judges" in groups) and groups[0] != groups[1]),
        "one warns": float(("warns" in groups) and groups[0] != groups[1]),
    }


def place_utterances(sides: Mapping[str, Side], owner: Mapping[str, str]) -> dict[str, Sum]:
    """Return the place of each utterance among the words: that of all its statements together."""
    members: defaultdict[str, list[str]] = defaultdict(list)
    for member in sorted(sides):
        members[owner.get(member, member)].append(member)
    return {name: join_sums(sides[member].vector.words for member in found) for name, found in members.items()}


def compare_words(a: Sum, b: Sum) -> float:
    """Return how near the words of two utterances come, 0 to 1; what points away counts as nothing."""
    return max(0.0, compare_sums(a, b))


def score_pairs(sides: dict[str, Side], owner: Mapping[str, str], weights: Mapping[str, float]) -> dict[Pair, float]:
    """Return the log-odds of every pair of statements of different utterances that is worth comparing."""
    chosen = dict(weights)
    places = place_utterances(sides, owner)
    near: dict[Pair, float] = {}
    scores: dict[Pair, float] = {}
    for a, b in find_candidates(sides.values(), speakers=False):
        if a in owner and owner[a] == owner.get(b):
            continue
        pair = pair_of(owner.get(a, a), owner.get(b, b))
        if pair not in near:
            near[pair] = compare_words(places[pair[0]], places[pair[1]])
        scores[a, b] = weigh_features(claim_features(sides[a], sides[b], near[pair]), chosen)
    return scores


def find_agreements(
    sides: dict[str, Side],
    utterances: Sequence[Utterance],
    *,
    weights: Mapping[str, float] | None = None,
    threshold: float = THRESHOLD,
) -> list[Agreement]:
    """Return the groups of at least two utterances that say one thing."""
    owner = {member: found.id for found in utterances for member in found.members if member in sides}
    scores = score_pairs(sides, owner, load_pair_weights(MODEL) if weights is None else weights)
    together = {
        pair_of(found.members[0], member)
        for found in utterances
        for member in found.members[1:]
        if member in sides and found.members[0] in sides
    }
    denials = {number for number, side in sides.items() if side.vector.sign == "-"}
    said = _grouped(sides.keys() - denials, scores, together, threshold)
    denied = _grouped(denials, scores, together, threshold)
    groups = _with_denials(said, denied, scores, threshold)
    return [
        _agreement(group, scores, sides) for group in groups if len({owner.get(member, member) for member in group}) > 1
    ]


def _grouped(
    ids: Iterable[str], scores: Mapping[Pair, float], together: set[Pair], threshold: float
) -> list[tuple[str, ...]]:
    return cluster(ids, scores, together=together, threshold=threshold, absent=_ABSENT)


def _with_denials(
    said: list[tuple[str, ...]], denied: list[tuple[str, ...]], scores: Mapping[Pair, float], threshold: float
) -> list[tuple[str, ...]]:
    """Return the groups with each group of denials added to what it is nearest to; none takes anything away."""
    owner = {member: number for number, group in enumerate(said) for member in group}
    denier = {member: number for number, group in enumerate(denied) for member in group}
    sums: defaultdict[int, defaultdict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for (a, b), score in sorted(scores.items()):
        for one, other in ((a, b), (b, a)):
            if one in denier and other in owner:
                sums[denier[one]][owner[other]].append(score)
    added: defaultdict[int, list[str]] = defaultdict(list)
    rest: list[tuple[str, ...]] = []
    for number, group in enumerate(denied):
        means = []
        for target, values in sums[number].items():
            size = len(group) * len(said[target])
            means.append(((sum(values) + _ABSENT * (size - len(values))) / size, -target))
        best = max(means, default=(_ABSENT, 0))
        if best[0] > threshold:
            added[-best[1]] += group
        else:
            rest.append(group)
    return [tuple(sorted((*group, *added[number]))) for number, group in enumerate(said)] + rest


def _agreement(group: tuple[str, ...], scores: Mapping[Pair, float], sides: dict[str, Side]) -> Agreement:
    pairs = [pair for pair in itertools.combinations(group, 2) if pair in scores]
    weights = {member: _mean(scores[pair] for pair in pairs if member in pair) for member in group}
    best = sorted(pairs, key=lambda pair: (-scores[pair], pair))[:_MOST_LINKS]
    return Agreement(group, weights, tuple(_link(pair, scores[pair], sides) for pair in best))


def _mean(values: Iterable[float]) -> float:
    listed = sorted(values)
    return sum(listed) / len(listed) / 10 if listed else -1.0


def _link(pair: Pair, score: float, sides: dict[str, Side]) -> Link:
    a, b = sides[pair[0]], sides[pair[1]]
    terms = shared_terms(a.vector, b.vector)
    reasons = shared_evidence(terms, a.vector.content, b.vector.content)
    return Link(*pair, True, round(score, 3), tuple(reasons))
