"""Two statements as features: who speaks, on which occasion, what is said and which way.

The features are few numbers between 0 and 1, the same for a pair in either order; a log-linear model weighs them
(``data/models/utterance_pairs.json``, learnt by ``training/corroboration.py``).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import orjson

from qala.corroboration.contents_compared import Likeness, Vector, compare_contents
from qala.corroboration.speakers_compared import SAME, Relation, Voice, compare_speakers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from qala.corroboration.contents import Content
    from qala.model import Act

_NEAR: frozenset[Relation] = frozenset(("same", "part"))
_WEAK: frozenset[Relation] = frozenset(("unknown",))
MAY_JOIN: frozenset[Relation] = SAME | _WEAK
"""Relations of speakers whose statements may be one utterance."""

_TWIN = 0.75  # share of the pairs of words from which two contents are one wording
_FAR = 3  # days
_NEVER = 9  # days between publications after which one saying is not news
_GROUPS: dict[Act, str] = {
    "assert": "says",
    "confirm": "says",
    "believe": "says",
    "accuse": "says",
    "deny": "denies",
    "decline": "declines",
    "demand": "asks",
    "warn": "warns",
    "threaten": "warns",
    "promise": "warns",
    "condemn": "judges",
    "praise": "judges",
}
"""Acts that newspapers take for one another."""


class Side(NamedTuple):
    """One statement with all that is compared."""

    vector: Vector
    voice: Voice

    @property
    def id(self) -> str:
        """The record's id."""
        return self.vector.content.id


class Comparison(NamedTuple):
    """A pair of statements: the relation of the speakers, the likeness of the contents, the features."""

    relation: Relation
    likeness: Likeness
    features: dict[str, float]


@cache
def load_pair_weights(name: str) -> dict[str, float]:
    """Return the packaged weights of a model of pairs; an untrained one is empty."""
    path = files("qala") / "data" / "models" / f"{name}.json"
    if not path.is_file():
        return {}
    weights: dict[str, float] = orjson.loads(path.read_bytes())["weights"]
    return weights


def counts_of(content: Content) -> set[str]:
    """Return the figures of a content that count something: no years, no days of a month."""
    return {figure.value for figure in content.figures if not figure.dated}


def group_of(act: Act) -> str:
    """Return the group of an act: says, denies, declines, asks, warns or judges."""
    return _GROUPS[act]


def may_be_one(a: Side, b: Side) -> bool:
    """Whether two statements may report one utterance at all: cheap, and so before everything else.

    Never one that denies and one that does not, so that a denial changes no affirmation; what is only condemned,
    with the words of a report or without, may be one.
    """
    first, second = a.vector.content, b.vector.content
    acts = {side.vector.content.record.statement.attribution.act for side in (a, b)}
    if (a.vector.sign == "-") != (b.vector.sign == "-") and acts != {"condemn"}:
        return False
    if first.record.parent == second.id or second.record.parent == first.id:
        return False
    if first.said and second.said and _days_between(first.said, second.said) > 1:
        return False  # a night between two clocks is none
    if first.published and second.published and abs((first.published - second.published).days) > _NEVER:
        return False
    return compare_speakers(a.voice, b.voice) in MAY_JOIN


def _days_between(a: tuple[date, date], b: tuple[date, date]) -> int:
    return max((b[0] - a[1]).days, (a[0] - b[1]).days, 0)


def compare_sides(a: Side, b: Side) -> Comparison:
    """Return the relation, likeness and features of two statements."""
    relation = compare_speakers(a.voice, b.voice)
    likeness = compare_contents(a.vector, b.vector)
    return Comparison(relation, likeness, pair_features(a, b, relation, likeness))


def pair_features(a: Side, b: Side, relation: Relation, likeness: Likeness) -> dict[str, float]:
    """Return the features of a pair."""
    first, second = a.vector.content, b.vector.content
    one, other = first.record.statement.attribution, second.record.statement.attribution
    near = float(relation in _NEAR)
    groups = {group_of(one.act), group_of(other.act)}
    here = first.record.document_id == second.record.document_id
    dated = first.published is not None and second.published is not None
    gap = abs((first.published - second.published).days) if first.published and second.published else _FAR
    figures = counts_of(first), counts_of(second)
    shorter = min(len(first.words), len(second.words))
    return {
        "bias": 1.0,
        "near speaker": near,
        "speaker unknown": float(relation in _WEAK),
        "same document": float(here),
        "news": likeness.news,
        "set": likeness.here,
        "held": likeness.held,
        "context": likeness.context,
        "pairs of words": likeness.grams,
        "run": likeness.run,
        "quote": likeness.quote,
        "topic": 0.0 if here else likeness.topic,
        "concepts": likeness.concepts,
        "actors": likeness.actors,
        "set, near": likeness.here * near,
        "same act": float(one.act == other.act),
        "same group": float(len(groups) == 1),
        "denied by one": float("denies" in groups and len(groups) == 2),
        "days apart": min(gap, _FAR) / _FAR if dated else 0.5,
        "same day said": float(first.said is not None and first.said == second.said),
        "figures shared": float(bool(figures[0] & figures[1])),
        "figures differ": float(bool(figures[0]) and bool(figures[1]) and not figures[0] & figures[1]),
        "one figure": float(bool(figures[0]) != bool(figures[1])),
        "negation differs": float(bool(first.negators) != bool(second.negators)),
        "poles differ": float(_poles_differ(first.poles, second.poles)),
        "one conditional": float(bool(first.conditional) != bool(second.conditional)),
        "both hedged": float(one.hedged and other.hedged),
        "one hedged": float(one.hedged != other.hedged),
        "short": float(shorter <= 4),
    }


class Standing(NamedTuple):
    """What of a pair's likeness its rivals are measured by."""

    here: float
    grams: float


def add_rivals(compared: Mapping[tuple[str, str], Comparison], documents: Mapping[str, str]) -> None:
    """Add to every pair how well it stands among its rivals; ``documents`` gives each statement's document."""
    standings = {pair: Standing(found.likeness.here, found.likeness.grams) for pair, found in compared.items()}
    for pair, features in rival_features(standings, documents):
        compared[pair].features.update(features)


def rival_features(
    standings: Mapping[tuple[str, str], Standing], documents: Mapping[str, str]
) -> Iterator[tuple[tuple[str, str], dict[str, float]]]:
    """Yield for every pair how well it stands among its rivals: 1 where each is the other's best in its article.

    Rivals are statements of one article that might be the other article's statement. ``documents`` gives each
    statement's document. A statement that stands in the other article word for word is not also its neighbour there.
    """
    best: dict[tuple[str, str], float] = {}
    twins: set[tuple[str, str]] = set()
    for (a, b), found in standings.items():
        for key in ((a, documents[b]), (b, documents[a])):
            best[key] = max(best.get(key, 0.0), found.here)
            if found.grams >= _TWIN:
                twins.add(key)
    for (a, b), found in standings.items():
        top = max(best[a, documents[b]], best[b, documents[a]])
        apart = documents[a] != documents[b]
        elsewhere = (a, documents[b]) in twins or (b, documents[a]) in twins
        yield (
            (a, b),
            {
                "best": found.here / top if top and apart else 0.0,
                "twin elsewhere": float(apart and elsewhere and found.grams < _TWIN),
                "mutual best": float(apart and top > 0 and found.here == top),
            },
        )


def are_opposed(found: Comparison) -> bool:
    """Whether a pair holds opposite poles of a concept: "is cancelled" and "will be held" are two sayings."""
    return found.features["poles differ"] > 0


def _poles_differ(a: dict[str, str], b: dict[str, str]) -> bool:
    return any(b.get(term, pole) != pole for term, pole in a.items())


def weigh_features(features: dict[str, float], weights: dict[str, float]) -> float:
    """Return the log-odds that a log-linear model gives to features."""
    return sum(value * weights.get(name, 0.0) for name, value in sorted(features.items()))
