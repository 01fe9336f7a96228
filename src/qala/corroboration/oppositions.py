"""Opposites among those who say one thing: "the summit is cancelled" against "it will be held", by words with poles.

A claim is affirmed one way round: that of most of its statements. Who says the opposite of the same concept takes
the sign "-", without any word of denial; who negates the opposite takes "+". Acts of denial keep their sign.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from qala.corroboration.model import Stance
from qala.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qala.corroboration.model import Sign
    from qala.corroboration.pairs import Side

_CARRYING = 0.5  # share of a claim's utterances that hold the concept, so that the claim is about it
_READ_IN_WORDS = ("act:", "negation", "pole")
_FIXED = ("act:deny", "act:decline", "act:demand")


class _Held(NamedTuple):
    """An utterance's pole of a concept, and the statements and words that hold it."""

    pole: str
    evidence: tuple[Evidence, ...]


def oppose(
    stances: Mapping[str, Stance], members: Mapping[str, Sequence[str]], sides: Mapping[str, Side]
) -> dict[str, Stance]:
    """Return the stances with the signs of those turned round who hold the opposite pole of the claim's concept.

    Denials do not choose the way round, so that one that is added turns no affirmation.
    """
    held = {name: _poles_of(members[name], sides) for name in stances}
    free = [name for name, stance in stances.items() if stance.sign == "+"]
    concept, pole = _main_pole(free, held, members)
    if not concept:
        return dict(stances)
    return {name: _turned(stance, held[name].get(concept), pole) for name, stance in stances.items()}


def _main_pole(
    free: Sequence[str], held: Mapping[str, Mapping[str, _Held]], members: Mapping[str, Sequence[str]]
) -> tuple[str, str]:
    """Return the concept of which both poles are said, the one most hold, and the pole that most statements have."""
    holders = Counter(concept for name in free for concept in held[name])
    best: tuple[int, str, str] | None = None
    for concept, count in sorted(holders.items()):
        weights: Counter[str] = Counter()
        for name in free:
            if concept in held[name]:
                weights[held[name][concept].pole] += len(members[name])
        if len(weights) < 2 or count < _CARRYING * len(free):
            continue
        main = min(weights, key=lambda pole: (-weights[pole], pole))
        if best is None or count > best[0]:
            best = (count, concept, main)
    return (best[1], best[2]) if best else ("", "")


def _poles_of(members: Sequence[str], sides: Mapping[str, Side]) -> dict[str, _Held]:
    """Return the concepts of which most of an utterance's statements that name them hold one pole."""
    found: dict[str, dict[str, list[Evidence]]] = {}
    for member in members:
        content = sides[member].vector.content
        for concept, pole in content.poles.items():
            if concept in content.conditional:
                continue
            span = content.spans[concept]
            words = span.of(content.record.document.text)
            evidence = Evidence(f"pole:{concept[2:]}{pole}", (span,), f"{member}: {words}")
            found.setdefault(concept, {}).setdefault(pole, []).append(evidence)
    kept = {}
    for concept, poles in found.items():
        main = min(poles, key=lambda pole: (-len(poles[pole]), pole))
        kept[concept] = _Held(main, tuple(poles[main]))
    return kept


def _turned(stance: Stance, held: _Held | None, main: str) -> Stance:
    rule = stance.evidence[0].rule if stance.evidence else ""
    if held is None or stance.sign not in ("+", "-") or rule in _FIXED or not rule.startswith(_READ_IN_WORDS):
        return stance
    sign: Sign = "+" if held.pole == main else "-"
    return stance if sign == stance.sign else Stance(stance.utterance, sign, (*held.evidence, *stance.evidence))
