"""Why two statements were joined or kept apart: in words, with the spans of either article.

A reason's rule begins with ``a:`` or ``b:`` where its spans are of the one or the other article.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qala.corroboration.contents_compared import shared_terms
from qala.model import Evidence, Span

if TYPE_CHECKING:
    from qala.corroboration.contents import Content
    from qala.corroboration.pairs import Comparison, Side
    from qala.records import Judgement

_RELATIONS = {
    "same": "the same speaker",
    "part": "a shorter form of the name",
    "voice": "one speaks for the other's body or government",
    "state": "two bodies of one government",
    "unnamed": "an unnamed source of the other's side",
    "alike": "sources described in the same words",
    "unknown": "one speaker is not named",
    "other": "different speakers",
    "persons": "two persons",
}
_COPIED = 0.99  # of the run of words that is taken for copied wording
_QUOTED = 0.8  # of a quotation


def explain_pair(
    a: Side, b: Side, comparison: Comparison | None, judgement: Judgement | None = None
) -> tuple[Evidence, ...]:
    """Return what speaks for and against two statements being one utterance."""
    found: list[Evidence] = []
    if judgement is not None:
        found.append(Evidence(f"judged:{judgement.kind}", (), judgement.reason or judgement.author))
    if comparison is None:
        return tuple(found)
    first, second = a.vector.content, b.vector.content
    found.append(Evidence(f"speaker:{comparison.relation}", (), _RELATIONS[comparison.relation]))
    found += _sources("a", first) + _sources("b", second)
    terms = shared_terms(a.vector, b.vector)
    found += shared_evidence(terms, first, second)
    if comparison.likeness.run >= _COPIED:
        found.append(Evidence("wording", (), "a run of the same words"))
    if comparison.likeness.quote >= _QUOTED:
        found.append(Evidence("quotation", (), "quoted words of the one stand in the other"))
    found += _against(first, second, comparison)
    return tuple(found)


def shared_evidence(terms: tuple[str, ...], first: Content, second: Content) -> list[Evidence]:
    """Return the shared terms as written in either article, with their spans."""
    found = []
    for side, content in (("a", first), ("b", second)):
        spans = tuple(sorted({content.spans[term] for term in terms if term in content.spans}))
        if spans:
            words = " / ".join(span.of(content.record.document.text) for span in spans)
            found.append(Evidence(f"{side}:shared", spans, words))
    return found


def _sources(side: str, content: Content) -> list[Evidence]:
    speaker = content.record.statement.speaker
    return [Evidence(f"{side}:speaker", (speaker.span,), speaker.name)] if speaker else []


def _against(first: Content, second: Content, comparison: Comparison) -> list[Evidence]:
    found: list[Evidence] = []
    features = comparison.features
    if features["figures differ"]:
        for side, content in (("a", first), ("b", second)):
            spans: tuple[Span, ...] = tuple(figure.span for figure in content.figures)
            found.append(Evidence(f"{side}:figures differ", spans, ", ".join(f.value for f in content.figures)))
    if features["denied by one"]:
        found.append(Evidence("act", (), "one denies, the other does not"))
    if features["days apart"] and first.published and second.published:
        apart = abs((first.published - second.published).days)
        found.append(Evidence("published", (), f"{apart} days apart"))
    return found
