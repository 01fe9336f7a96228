"""Claims: propositions that utterances affirm, deny, decline or ask for, with the conflicts between them.

Two ways lead to a claim. A dispute grows from its denials (``disputes.py``). An agreement is a group of utterances
that say one thing, found by pairs and average linkage (``agreements.py``).
An utterance may bear on several claims. Nothing depends on the order of the records, and a denial that is added
takes no affirmation away: it only adds stances.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from qala.corroboration.agreements import find_agreements
from qala.corroboration.conflicts import find_conflicts
from qala.corroboration.disputes import (
    DayIndex,
    find_members,
    find_pool,
    group_denials,
    joins_by_negating,
    profile_denials,
)
from qala.corroboration.model import Claim, Stance
from qala.corroboration.oppositions import oppose
from qala.corroboration.signs import read_sign
from qala.corroboration.utterances import make_sides
from qala.lexicon.words import word_class
from qala.model import Evidence
from qala.records import hash_values
from qala.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qala.corroboration.model import Link, Sign, Utterance
    from qala.corroboration.pairs import Side
    from qala.records import Record

_SMALLEST = 2  # utterances of a claim
_HALF = 0.5  # share of an utterance's statements that bear on a claim, so that the utterance does
_ORDER: tuple[Sign, ...] = ("-", "+", "0", "?")
"""Which sign an utterance takes where as many of its members have the one as the other."""


class _Draft:
    """A claim while it is put together: the members' signs with their evidence, by utterance."""

    def __init__(self, weights: dict[str, float], links: Sequence[Link] = ()) -> None:
        self.stances: dict[str, Stance] = {}
        self.weights = weights  # how near each member's content is to the claim, for the gloss
        self.links = tuple(links)


def find_claims(
    records: Iterable[Record],
    utterances: Sequence[Utterance],
    *,
    weights: Mapping[str, float] | None = None,
    sides: Iterable[Side] | None = None,
) -> tuple[Claim, ...]:
    """Return the claims on which at least two utterances bear, with their stances and conflicts, sorted by id.

    ``weights`` are those of the packaged model of agreeing pairs unless given; ``sides`` are those of the records,
    where they are made already.
    """
    by_id = {side.id: side for side in (make_sides(records) if sides is None else sides)}
    owner = {member: found.id for found in utterances for member in found.members if member in by_id}
    members = {found.id: tuple(member for member in found.members if member in by_id) for found in utterances}
    disputes = [draft for draft in _disputes(by_id, owner, members) if len(draft.stances) >= _SMALLEST]
    covering = _by_utterance(disputes)
    agreements = [
        draft
        for draft in _agreements(by_id, utterances, owner, members, weights)
        if len(draft.stances) >= _SMALLEST and not _is_covered(draft, covering)
    ]
    claims = [_finish(draft, by_id, members) for draft in (*disputes, *agreements)]
    return tuple(sorted(claims, key=lambda claim: claim.id))


def _disputes(sides: dict[str, Side], owner: dict[str, str], members: dict[str, tuple[str, ...]]) -> Iterable[_Draft]:
    everything = DayIndex(sides.values())
    for denials in group_denials(sides.values()):
        pool = find_pool(denials, everything.near(denials))
        found = find_members(pool, profile_denials(denials, pool))
        kept = [member for member in found if member.sign != "-" or member.side in denials or joins_by_negating(member)]
        if not any(member.sign != "-" for member in kept) and len(kept) < _SMALLEST:
            continue
        draft = _Draft({member.side.id: member.weight for member in kept})
        rules = {member.side.id: member.rule for member in kept}
        for utterance in sorted({owner[number] for number in rules if number in owner}):
            bearing = sum(member in rules for member in members[utterance])
            if bearing >= _HALF * len(members[utterance]):
                draft.stances[utterance] = _stance(utterance, members[utterance], sides, rules)
        yield draft


def _agreements(
    sides: dict[str, Side],
    utterances: Sequence[Utterance],
    owner: dict[str, str],
    members: dict[str, tuple[str, ...]],
    weights: Mapping[str, float] | None,
) -> Iterable[_Draft]:
    for agreement in find_agreements(sides, utterances, weights=weights):
        draft = _Draft(agreement.weights, agreement.links)
        rules = dict.fromkeys(agreement.members, "says:the same")
        for utterance in sorted({owner[number] for number in agreement.members if number in owner}):
            draft.stances[utterance] = _stance(utterance, members[utterance], sides, rules)
        draft.stances = oppose(draft.stances, {name: members[name] for name in draft.stances}, sides)
        yield draft


def _stance(utterance: str, members: Iterable[str], sides: dict[str, Side], rules: dict[str, str]) -> Stance:
    """Return the sign of an utterance from those of its members that bear on the claim."""
    readings: defaultdict[Sign, list[tuple[str, Evidence]]] = defaultdict(list)
    for member in members:
        if member in rules:
            reading = read_sign(sides[member].vector.content)
            readings[reading.sign].append((member, reading.evidence))
    sign = min(readings, key=lambda sign: (-len(readings[sign]), _ORDER.index(sign)))
    evidence = []
    for member, found in readings[sign]:
        text = sides[member].vector.content.record.document.text
        words = " / ".join(span.of(text) for span in found.spans)
        evidence += [
            Evidence(found.rule, found.spans, f"{member}: {words}"),
            Evidence(rules[member], (), member),
        ]
    return Stance(utterance, sign, tuple(evidence))


def _by_utterance(disputes: Iterable[_Draft]) -> dict[str, list[_Draft]]:
    found: defaultdict[str, list[_Draft]] = defaultdict(list)
    for dispute in disputes:
        for name in dispute.stances:
            found[name].append(dispute)
    return found


def _is_covered(draft: _Draft, disputes: Mapping[str, Sequence[_Draft]]) -> bool:
    """Whether a dispute already holds all utterances of an agreement, with the same signs."""
    return any(
        all(
            name in dispute.stances and dispute.stances[name].sign == stance.sign
            for name, stance in draft.stances.items()
        )
        for dispute in disputes.get(next(iter(draft.stances)), ())
    )


def _finish(draft: _Draft, sides: dict[str, Side], members: dict[str, tuple[str, ...]]) -> Claim:
    stances = tuple(draft.stances[name] for name in sorted(draft.stances))
    weighed = {
        stance.utterance: [number for number in members[stance.utterance] if number in draft.weights]
        for stance in stances
    }
    return Claim(
        id="c" + hash_values("claim", sorted((stance.utterance, stance.sign) for stance in stances))[:12],
        gloss=_gloss(stances, weighed, draft.weights, sides),
        stances=stances,
        conflicts=find_conflicts(stances, weighed, sides),
        links=draft.links,
    )


_SHORTEST, _LONGEST = 4, 18  # words of a good gloss
_CLAUSE = 0.2  # for a content that begins with "that" and so is a sentence of its own


def _gloss(
    stances: Sequence[Stance], weighed: dict[str, list[str]], weights: dict[str, float], sides: dict[str, Side]
) -> str:
    """Return the words of the source that say the proposition best: affirmed, near the claim, short and whole."""
    best: tuple[float, int, str, str] | None = None
    for stance in stances:
        for member in weighed[stance.utterance]:
            content = sides[member].vector.content
            text = " ".join(
                span.of(content.record.document.text) for span in content.record.statement.attribution.content
            )
            words = len(content.words)
            fits = _SHORTEST <= words <= _LONGEST
            score = weights[member] + (0.3 if stance.sign == "+" else 0.0) + (0.3 if fits else 0.0)
            score += _CLAUSE if word_class(fold(text.split()[0] if text.split() else "")) == "that" else 0.0
            score -= (0.5 if content.thin else 0.0) + (0.02 * max(0, words - _LONGEST))
            key = (-score, words, member, " ".join(text.split()))
            if best is None or key < best:
                best = key
    return best[3] if best else ""
