"""What is disputed: denials that answer one thing, and all statements that bear on what they deny.

A dispute grows from its denials: acts of denial, and words that refute. A clause that is only negated ("there is no
sign of it") says something of its own and starts none; it joins where it negates a key concept. What denials deny,
in their own words or in the words that they point back to, is summed up as a profile: concepts, actors, who denies.
Its key concepts are those that stand in the denials oftener than in the other statements of the same topic; talk
about talk ("propaganda", "accusations") is never one. A statement bears on the dispute if it denies it, says a key
concept, blames one who denies, or declines on it. No weights are learnt here: every rule has a name, which stands in
the stance's evidence.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from qala.corroboration.background import rarity
from qala.corroboration.clusters import cluster, pair_of
from qala.corroboration.contents_compared import dot, unit
from qala.corroboration.pairs import group_of
from qala.corroboration.signs import read_sign

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qala.corroboration.clusters import Pair
    from qala.corroboration.model import Sign
    from qala.corroboration.pairs import Side

_KINDS = ("c:", "a:", "p:", "o:")
_BLAME = "c:blame"  # says who is responsible; an accusation only tells that somebody does
_ACCUSATION = "c:accusation"
_DEEDS = frozenset((_BLAME, "c:perpetrate"))
_TALK = frozenset(
    f"c:{name}"
    for name in (
        "propaganda",
        "pretext",
        "accept",
        "remarks",
        "campaign",
        "information",
        "report",
        "blame",
        "accusation",
        "media",
        "evidence",
        "continue",
    )
)
"""Concepts of talk about talk, which no dispute is about."""

_POINTING = 0.5  # weight of what a denial only points back to
_ONE_SIDE = 0.25  # added to the likeness of two denials from one side, on one topic
_ONE_TOPIC = 0.12  # likeness of the topics of two articles
_OFF_TOPIC, _STRANGE = 0.04, 0.3  # likeness of topics below which two denials lose this
_ON_TOPIC, _ALIKE = 0.12, 0.5  # likeness of topic, or else to the profile, that an affirmation needs
_LIFT = 1.2  # how much oftener a key concept stands in the denials than in the other statements
_NEAR = 0.25  # likeness to the profile that a statement needs beside blame
_NEAR_KEY = 0.35  # the same beside a key concept, or of what a content points back to
_FEW, _NEAR_FEW = 3, 0.4  # denials up to which an affirmation needs this likeness by rarity around the articles
_VERY_NEAR, _SOME_HERE = 0.65, 0.3  # likeness, and likeness around the articles, that stand in for a key concept
_ONE_DISPUTE = 0.2  # mean likeness of the denials of one dispute
_WINDOW = 9  # days between denials of one dispute, and to what they deny
_TOPIC = 0.12  # likeness of the topics of a statement's article and of the denials
_OFTEN = 0.35  # share of the denials that hold a key concept
_SHARE_OF_BEST = 0.7  # of the best concept's weight that a key concept reaches
_OWN_DEED = 0.4  # share of denials of an own deed from which an affirmation must name one who denies
_ACCUSED = 0.2  # share of the denials that come from a side which a statement blames


_NEGATING = ("negation", "rejection")
"""Rules of a sign that comes from a negated clause, and from no act of denial or word that refutes."""


class Profile(NamedTuple):
    """What a group of denials denies."""

    terms: dict[str, float]  # of length 1
    here: dict[str, float]  # the same by rarity around the articles
    denials: int
    keys: frozenset[str]  # its key concepts
    sides: dict[str, float]  # countries or ids of those who deny, by their share
    own: float  # share of the denials that speak of who did it
    topic: dict[str, float]
    days: tuple[int, int] | None  # first and last day of publication, as ordinals


class Member(NamedTuple):
    """A statement that bears on a dispute: its sign, and the rule that says so."""

    side: Side
    sign: Sign
    rule: str
    weight: float  # likeness to the profile, for the choice of a gloss


def side_of(side: Side) -> str:
    """Return the country of a speaker who speaks for a state, else his own key."""
    voice = side.voice
    for_state = voice.official or voice.unnamed or (voice.entity or "").startswith(f"{voice.country}:")
    return voice.country if voice.country and for_state else voice.key


def sign_of(side: Side) -> Sign:
    """Return a statement's sign, read from act, refutations and negation."""
    return side.vector.sign


def only_negates(side: Side) -> bool:
    """Whether a statement goes the other way by a negated clause alone."""
    return read_sign(side.vector.content).evidence.rule in _NEGATING


def joins_by_negating(member: Member) -> bool:
    """Whether a statement that only negates joins a dispute it did not start: what it negates is what is denied."""
    return only_negates(member.side) and member.weight >= _ALIKE


def group_denials(sides: Iterable[Side]) -> list[list[Side]]:
    """Return the denials in groups that answer one thing, near in time; sorted, each denial in one group."""
    denials = {side.id: side for side in sides if sign_of(side) == "-" and not only_negates(side)}
    vectors = {
        number: unit({term: weight for term, weight in side.vector.back.items() if term.startswith(_KINDS)})
        for number, side in denials.items()
    }
    scores = {
        pair: dot(vectors[pair[0]], vectors[pair[1]]) + _of_one_side(a, b)
        for pair in _near_pairs(denials.values())
        for a, b in [(denials[pair[0]], denials[pair[1]])]
    }
    groups = cluster(denials, scores, threshold=_ONE_DISPUTE, absent=0.0)
    return [[denials[number] for number in group] for group in groups]


def _of_one_side(a: Side, b: Side) -> float:
    """Return what two denials gain that come from one side, on one topic, or lose where the topics are strange."""
    topic = dot(a.vector.topic, b.vector.topic)
    if topic < _OFF_TOPIC:
        return -_STRANGE
    return _ONE_SIDE if side_of(a) == side_of(b) and topic >= _ONE_TOPIC else 0.0


def _near_pairs(denials: Iterable[Side]) -> Iterable[Pair]:
    """Yield the pairs of denials within the window that share a side or a term that is no country's."""
    index: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    seen: set[Pair] = set()
    for side in sorted(denials, key=lambda side: (_day(side) or 0, side.id)):
        day = _day(side) or 0
        heavy = sorted(side.vector.back.items(), key=lambda item: (-item[1], item[0]))
        for key in (f"side {side_of(side)}", *[term for term, _ in heavy if term.startswith(_KINDS)][:10]):
            for then, other in reversed(index[key]):
                if then < day - _WINDOW:
                    break
                pair = pair_of(side.id, other)
                if pair not in seen:
                    seen.add(pair)
                    yield pair
            index[key].append((day, side.id))


def _day(side: Side) -> int | None:
    published = side.vector.content.published
    return published.toordinal() if published else None


class DayIndex:
    """Statements by the day of their article, so that a dispute looks at its own days and not at the ledger."""

    def __init__(self, sides: Iterable[Side]) -> None:
        """Sort the statements into days; the undated ones are near everything."""
        self._days: defaultdict[int | None, list[Side]] = defaultdict(list)
        for side in sorted(sides, key=lambda side: side.id):
            self._days[_day(side)].append(side)

    def near(self, denials: Sequence[Side]) -> list[Side]:
        """Return the statements of the days on which a dispute may be answered, sorted by id."""
        days = _days(denials)
        known = [day for day in self._days if _within(day, days)]
        return sorted((side for day in known for side in self._days[day]), key=lambda side: side.id)


def find_pool(denials: Sequence[Side], sides: Iterable[Side]) -> list[Side]:
    """Return the statements of the same days and topic as a group of denials, the denials with them."""
    topic = _sum_topics(denials)
    days = _days(denials)
    ids = {side.id for side in denials}
    return [
        side
        for side in sides
        if side.id in ids or (_within(_day(side), days) and dot(side.vector.topic, topic) >= _TOPIC)
    ]


def _sum_topics(denials: Sequence[Side]) -> dict[str, float]:
    topic: defaultdict[str, float] = defaultdict(float)
    for side in sorted(denials, key=lambda side: side.id):
        for term, weight in side.vector.topic.items():
            topic[term] += weight
    return unit(topic)


def _days(denials: Sequence[Side]) -> tuple[int, int] | None:
    days = [day for side in denials if (day := _day(side)) is not None]
    return (min(days), max(days)) if days else None


def _within(day: int | None, days: tuple[int, int] | None) -> bool:
    return day is None or days is None or days[0] - _WINDOW <= day <= days[1] + _WINDOW


def profile_denials(denials: Sequence[Side], pool: Sequence[Side]) -> Profile:
    """Return the profile of a group of denials among the statements of their topic."""
    terms: defaultdict[str, float] = defaultdict(float)
    here: defaultdict[str, float] = defaultdict(float)
    sides: Counter[str] = Counter()
    for side in sorted(denials, key=lambda side: side.id):
        own = side.vector.content.terms
        for term, weight in side.vector.back.items():
            if term.startswith(_KINDS):
                terms[term] += weight * (1.0 if term in own else _POINTING)
        for term, weight in _named(side.vector.here).items():
            here[term] += weight
        sides[side_of(side)] += 1
    shares = {key: count / len(denials) for key, count in sorted(sides.items())}
    keys = _key_concepts(denials, pool)
    deeds = sum(map(_of_own_deed, denials)) / len(denials)
    return Profile(unit(terms), unit(here), len(denials), keys, shares, deeds, _sum_topics(denials), _days(denials))


def _of_own_deed(side: Side) -> bool:
    """Whether a denial speaks of who did it, and not only of whether it happened."""
    return bool(_DEEDS & side.vector.content.terms.keys()) or f"a:{side_of(side)}" in side.vector.content.terms


def _named(terms: Mapping[str, float]) -> dict[str, float]:
    """Return the concepts and actors among weighted terms."""
    return {term: weight for term, weight in terms.items() if term.startswith(_KINDS)}


def _concepts(side: Side) -> set[str]:
    content = side.vector.content
    return {term for term in (*content.terms, *content.context) if term.startswith("c:")} - _TALK


def _key_concepts(denials: Sequence[Side], pool: Sequence[Side]) -> frozenset[str]:
    """Return the concepts that stand in the denials often, and oftener than in the other statements."""
    inside = Counter(term for side in denials for term in _concepts(side))
    outside = Counter(term for side in pool for term in _concepts(side))
    weights: dict[str, float] = {}
    for term, count in inside.items():
        share = count / len(denials)
        lift = share / (outside[term] / len(pool))
        if share >= _OFTEN and lift >= _LIFT:
            weights[term] = share * math.log2(lift) * rarity(term)
    best = max(weights.values(), default=0.0)
    return frozenset(term for term, weight in weights.items() if weight >= _SHARE_OF_BEST * best)


def find_members(pool: Iterable[Side], profile: Profile) -> list[Member]:
    """Return the statements of a pool that bear on a dispute, sorted by id."""
    found = []
    for side in sorted(pool, key=lambda side: side.id):
        weight = dot(unit(_named(side.vector.news)), profile.terms)
        rule = _rule(side, profile, weight)
        if not rule:
            continue
        if rule.startswith("points"):
            weight = dot(unit(_named(side.vector.back)), profile.terms)
        if rule.startswith("denies") or _is_near(side, profile, rule, weight):
            found.append(Member(side, sign_of(side), rule, weight))
    return found


def _is_near(side: Side, profile: Profile, rule: str, weight: float) -> bool:
    """Whether a statement is as near to what is denied as its rule asks; a claim grows by cohesion, not by a word."""
    if rule.startswith("points"):
        return weight >= _NEAR_KEY
    if _is_too_far(side, profile):
        return False
    least = _NEAR if rule.endswith("who denies") else _NEAR_KEY
    return weight >= _ALIKE or (weight >= least and dot(side.vector.topic, profile.topic) >= _ON_TOPIC)


def _is_too_far(side: Side, profile: Profile) -> bool:
    """Whether a statement shares only common words with a few denials: they tell little of what is disputed."""
    return profile.denials <= _FEW and _likeness_here(side, profile) < _NEAR_FEW


def _near_here(side: Side, profile: Profile) -> bool:
    return _likeness_here(side, profile) >= _SOME_HERE


def _likeness_here(side: Side, profile: Profile) -> float:
    """Return the likeness to the profile by rarity around the articles."""
    return dot(unit(_named(side.vector.here)), profile.here)


def _rule(side: Side, profile: Profile, weight: float) -> str:
    """Return why a statement bears on a dispute, or an empty string.

    Where no concept marks the denials off from the other statements, because all speak of one thing, a content as
    near to what they deny as ``_VERY_NEAR`` stands in for a key concept. Where they deny a deed of their own, only
    those that name one of them affirm it.
    """
    content = side.vector.content
    reading = read_sign(content)
    said = content.terms.keys() - content.conditional
    key = bool(profile.keys & said) or (not profile.keys and weight >= _VERY_NEAR and _near_here(side, profile))
    blame = _BLAME in said
    if reading.sign == "-":
        blame = blame or _ACCUSATION in said
        if reading.evidence.rule in _NEGATING:
            return "denies:key concept" if key else "denies:blame" if blame else ""
        if key or blame:
            return "denies:key concept" if key else "denies:blame"
        return "denies:what was said" if content.thin or content.reports or content.refutations else ""
    if group_of(content.record.statement.attribution.act) not in ("says", "declines"):
        return ""
    if profile.sides.get(side_of(side), 0.0) >= _ACCUSED:
        return ""  # who denies it mostly, and now affirms something, affirms something else
    if content.accused and not any(f"a:{country}" in content.accused for country in profile.sides):
        return ""  # it accuses somebody else
    named = {term[2:] for term in content.accused or (*content.terms, *content.context) if term.startswith("a:")}
    accused = sum(share for country, share in profile.sides.items() if country in named)
    if key and (accused >= _ACCUSED or profile.own < _OWN_DEED):
        return "says:key concept"
    if blame and accused >= _ACCUSED:
        return "says:blames who denies"
    if content.thin and profile.keys & content.context.keys():
        return "points back:key concept"
    return ""
