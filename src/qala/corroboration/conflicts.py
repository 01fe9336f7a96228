"""What two utterances of one claim cannot both have right: a denial, a number, a date, a place, an agent.

A conflict is told only where both sides say the thing in words that can be shown; a figure, a day or a place that
only one of them has is none.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from qala.corroboration.contents_compared import dot
from qala.corroboration.model import Conflict
from qala.lexicon.actors import load_actors
from qala.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qala.corroboration.contents import Content
    from qala.corroboration.model import ConflictKind, Stance
    from qala.corroboration.pairs import Side

_NEAR = 0.25  # likeness of two contents that may differ in one detail
_MOST = 200  # utterances of a claim that are compared for details, pair by pair
_BLAME = "c:blame"


def find_conflicts(
    stances: Sequence[Stance], members: dict[str, list[str]], sides: dict[str, Side]
) -> tuple[Conflict, ...]:
    """Return the conflicts between the utterances of a claim, sorted; each denial against what it is nearest to."""
    first = {stance.utterance: sides[members[stance.utterance][0]] for stance in stances if members[stance.utterance]}
    found = list(_denials(stances, first))
    for a, b in itertools.combinations(sorted(first)[:_MOST], 2):
        found += _details(a, b, first[a].vector.content, first[b].vector.content, first)
    return tuple(sorted(found, key=lambda conflict: (conflict.a, conflict.b, conflict.kind)))


def _denials(stances: Sequence[Stance], first: dict[str, Side]) -> Iterator[Conflict]:
    """Yield for each denial the affirmation that is likest to it, and for each affirmation its denial."""
    signs = {stance.utterance: stance for stance in stances if stance.utterance in first}
    minus = sorted(name for name, stance in signs.items() if stance.sign == "-")
    plus = sorted(name for name, stance in signs.items() if stance.sign == "+")
    if not minus or not plus:
        return
    pairs = {_nearest(name, plus, first) for name in minus} | {_nearest(name, minus, first)[::-1] for name in plus}
    for denied, affirmed in sorted(pairs):
        evidence = tuple(
            Evidence(f"{side}:{item.rule}", item.spans, item.note)
            for side, name in (("a", denied), ("b", affirmed))
            for item in signs[name].evidence[:1]
        )
        yield Conflict("denial", denied, affirmed, evidence)


def _nearest(name: str, others: Sequence[str], first: dict[str, Side]) -> tuple[str, str]:
    vector = first[name].vector
    best = max(others, key=lambda other: (dot(vector.back, first[other].vector.back), other))
    return name, best


def _details(a: str, b: str, one: Content, other: Content, first: dict[str, Side]) -> Iterator[Conflict]:
    if dot(first[a].vector.news, first[b].vector.news) < _NEAR:
        return
    if evidence := _numbers(one, other):
        yield _conflict("number", a, b, evidence)
    if evidence := _dates(one, other):
        yield _conflict("date", a, b, evidence)
    if evidence := _named("place", _places(one), _places(other), one, other):
        yield _conflict("place", a, b, evidence)
    if (
        _BLAME in one.terms
        and _BLAME in other.terms
        and (evidence := _named("agent", _blamed(one), _blamed(other), one, other))
    ):
        yield _conflict("agent", a, b, evidence)


def _conflict(kind: ConflictKind, a: str, b: str, evidence: tuple[Evidence, ...]) -> Conflict:
    return Conflict(kind, a, b, evidence)


def _numbers(one: Content, other: Content) -> tuple[Evidence, ...]:
    """Return figures of the same thing that differ: the same word is counted, no figure of it is shared."""
    first, second = ([figure for figure in content.figures if not figure.dated] for content in (one, other))
    counted = {figure.counted for figure in first} & {figure.counted for figure in second} - {""}
    for word in sorted(counted):
        left = [figure for figure in first if figure.counted == word]
        right = [figure for figure in second if figure.counted == word]
        if not {figure.value for figure in left} & {figure.value for figure in right}:
            return (
                Evidence("a:figure", tuple(figure.span for figure in left), left[0].value),
                Evidence("b:figure", tuple(figure.span for figure in right), right[0].value),
            )
    return ()


def _dates(one: Content, other: Content) -> tuple[Evidence, ...]:
    """Return days of what is spoken of that differ: both have days, and share none."""
    left = [time for time in one.record.statement.times if time.date and time.granularity == "day"]
    right = [time for time in other.record.statement.times if time.date and time.granularity == "day"]
    if not left or not right or {time.date for time in left} & {time.date for time in right}:
        return ()
    return (
        Evidence("a:day", tuple(time.span for time in left), str(left[0].date)),
        Evidence("b:day", tuple(time.span for time in right), str(right[0].date)),
    )


def _places(content: Content) -> set[str]:
    """Return the terms of towns and buildings that a content names."""
    actors = ((term, load_actors().get(term[2:])) for term in content.terms if term.startswith("o:"))
    return {term for term, actor in actors if actor is not None and actor.kind == "place"}


def _blamed(content: Content) -> set[str]:
    """Return the terms of the states that a content names, the speaker's own not among them."""
    speaker = content.record.statement.speaker
    own = f"a:{speaker.country}" if speaker and speaker.country else ""
    return {term for term in content.terms if term.startswith("a:")} - {own}


def _named(name: str, left: set[str], right: set[str], one: Content, other: Content) -> tuple[Evidence, ...]:
    """Return what two contents name where both name some and none is shared."""
    if not left or not right or left & right:
        return ()
    found = []
    for side, terms, content in (("a", left, one), ("b", right, other)):
        spans = tuple(sorted(content.spans[term] for term in terms if term in content.spans))
        words = " / ".join(span.of(content.record.document.text) for span in spans)
        found.append(Evidence(f"{side}:{name}", spans, words))
    return tuple(found)
