"""Which way a statement goes: it affirms its content, denies it, declines to say, or asks and leaves open.

The act comes first, then words in the content: refutations ("baseless", "nothing to do with it"), a negated main
clause, reserve ("is checking whether"). Quotation and negation are near in every vector space; here a sign never
comes from likeness.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qala.model import Evidence

if TYPE_CHECKING:
    from qala.corroboration.contents import Content
    from qala.corroboration.model import Sign
    from qala.model import Span

_MAIN = 4  # words of a content within which a negator turns its main clause round
_OPENING = 1  # words before a content's clause: "that"
_AND = "\u0648"
_SAYING = frozenset(("assert", "confirm", "believe", "accuse"))
_ACCEPT = "c:accept"
_JUDGING = frozenset(("condemn", "praise"))


class Reading(NamedTuple):
    """A sign with the words that give it."""

    sign: Sign
    evidence: Evidence


def read_sign(content: Content) -> Reading:
    """Return the sign of a statement towards what it speaks of; deterministic, one statement alone."""
    attribution = content.record.statement.attribution
    if attribution.act == "deny":
        return Reading("-", Evidence("act:deny", attribution.cue))
    if attribution.act == "decline":
        return Reading("0", Evidence("act:decline", attribution.cue))
    if attribution.act == "demand":
        return Reading("?", Evidence("act:demand", attribution.cue))
    if content.refutations:
        return Reading("-", Evidence("refutation", content.refutations))
    if content.reserves and attribution.act in _SAYING:
        return Reading("?", Evidence("reserve", content.reserves))
    main = main_negators(content)
    if main and attribution.act in _SAYING:
        return Reading("-", Evidence("negation", main))
    if content.poles.get(_ACCEPT) == "-" and attribution.act in (*_SAYING, *_JUDGING):
        return Reading("-", Evidence("rejection", (content.spans[_ACCEPT],)))
    if attribution.act == "condemn" and content.reports:
        return Reading("-", Evidence("act:condemn", (*attribution.cue, *content.reports)))
    return Reading("+", Evidence(f"act:{attribution.act}", attribution.cue))


def main_negators(content: Content) -> tuple[Span, ...]:
    """Return the negators that stand in the first words of a content and so turn its main clause round.

    One that is joined to words before it by "and" begins a second clause.
    """
    attribution = content.record.statement.attribution
    text = content.record.document.text
    start = attribution.content[0].start
    found = ((span, len(text[start : span.start].split())) for span in content.negators)
    return tuple(
        span for span, before in found if before <= _MAIN and not (before > _OPENING and text[span.start] == _AND)
    )
