"""Of which kind a copy is and which side was first: by outlet, credit, wording and time, each with its reason.

Nobody sees the desk at which a text was taken over, so this says no more than the pages do. Two pages of one
outlet: the earlier is the origin. A page that credits the other's outlet: that one. Else both took the passage from
an agency, named where a page names it at the passage, in a dateline or in a byline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qala.corroboration.credits import find_near, outlet_id
from qala.corroboration.model import Copy, CopyKind, Passage
from qala.lexicon.actors import load_actors
from qala.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qala.corroboration.credits import Credit
    from qala.corroboration.reuse import Page

REWORDED = 0.7  # equal words over all words of the passages: below it the words were changed
WHOLE = 0.9  # of a page's words that stand on the other page: taken over whole
AGENCY = "agency"


class Verdict(NamedTuple):
    """Kind, agency and origin of a copy with the reasons."""

    kind: CopyKind
    agency: str | None
    origin: str | None
    evidence: tuple[Evidence, ...]


def judge_kind(
    a: Page, b: Page, passages: tuple[Passage, ...], credits_a: Sequence[Credit], credits_b: Sequence[Credit]
) -> Copy:
    """Return the copy that two pages with shared ``passages`` are; the credits are those of the whole pages."""
    near_a = find_near(credits_a, [passage.a for passage in passages], a.article.text)
    near_b = find_near(credits_b, [passage.b for passage in passages], b.article.text)
    found = (
        _same_outlet(a, b, near_a, near_b) or _credited_outlet(a, b, near_a, near_b) or _agency(a, b, near_a, near_b)
    )
    shared = (_extent(a, b, passages), *_inclusion(a, b, passages))
    kind = found.kind
    if kind == "wire" and _similarity(passages) < REWORDED:
        kind = "rewrite"
    return Copy(a.id, b.id, kind, passages, found.agency, found.origin, (*shared, *found.evidence))


def _same_outlet(a: Page, b: Page, near_a: list[Credit], near_b: list[Credit]) -> Verdict | None:
    """Return the verdict on two pages of one outlet: the earlier is the origin; an agency that they credit is kept."""
    base = load_actors()
    home = outlet_id(a.outlet, base)
    if home is None or home != outlet_id(b.outlet, base):
        return None
    first = find_earlier(a, b)
    why = Evidence("copy:same-outlet", note=f"both pages are of {a.outlet}")
    sent = _agency(a, b, near_a, near_b)
    credits = sent.evidence if sent.agency else ()
    return Verdict("outlet", sent.agency, first.id if first else None, (why, _timing(first), *credits))


def _credited_outlet(a: Page, b: Page, near_a: list[Credit], near_b: list[Credit]) -> Verdict | None:
    """Return the verdict where one page credits the outlet of the other at the passage or at its head."""
    base = load_actors()
    home_a, home_b = outlet_id(a.outlet, base), outlet_id(b.outlet, base)
    of_a = next((credit for credit in near_b if credit.entity == home_a), None)
    of_b = next((credit for credit in near_a if credit.entity == home_b), None)
    if (of_a is None) == (of_b is None):
        return None
    origin, crediting, credit = (a, b, of_a) if of_a else (b, a, of_b)
    assert credit is not None
    is_agency = credit.kind == "agency"
    why = _credit_evidence(credit, crediting)
    return Verdict("wire" if is_agency else "outlet", credit.name if is_agency else None, origin.id, (why,))


def _agency(a: Page, b: Page, near_a: list[Credit], near_b: list[Credit]) -> Verdict:
    """Return the verdict on two outlets of which neither credits the other: an agency, named or not."""
    named_a = {credit.entity: credit for credit in reversed(near_a) if credit.kind == AGENCY}
    named_b = {credit.entity: credit for credit in reversed(near_b) if credit.kind == AGENCY}
    both = [entity for entity in named_a if entity in named_b]
    evidence: list[Evidence] = []
    agency = None
    if both:
        credit = named_a[both[-1]]
        agency = credit.name
        evidence = [_credit_evidence(credit, a), _credit_evidence(named_b[credit.entity], b)]
    elif len({*named_a, *named_b}) == 1:
        credit, page = next((c, p) for named, p in ((named_a, a), (named_b, b)) for c in named.values())
        agency = credit.name
        evidence = [_credit_evidence(credit, page)]
    elif named_a or named_b:
        names = " / ".join(credit.name for credit in (*named_a.values(), *named_b.values()))
        evidence = [Evidence("copy:credits-differ", note=names)]
    else:
        evidence = [Evidence("copy:no-credit", note="neither page credits the other, and none names an agency here")]
    return Verdict("wire", agency, AGENCY, tuple(evidence))


def find_earlier(a: Page, b: Page) -> Page | None:
    """Return the page that was published first; ``None`` where the times are unknown, equal or too coarse to tell."""
    if a.moment is not None and b.moment is not None:
        return None if a.moment == b.moment else min(a, b, key=lambda page: page.moment or 0.0)
    if a.day is None or b.day is None or a.day == b.day:
        return None
    return min(a, b, key=lambda page: page.day or 0)


def _timing(first: Page | None) -> Evidence:
    if first is None:
        return Evidence("copy:order-open", note="the times of publication do not say which was first")
    return Evidence("copy:earlier", note=f"{first.id} was published first: {first.article.published}")


def _credit_evidence(credit: Credit, page: Page) -> Evidence:
    spans = (credit.span,) if credit.span else ()
    return Evidence(f"copy:credit-{credit.place}", spans, f"{page.id} names {credit.name}")


def _extent(a: Page, b: Page, passages: Sequence[Passage]) -> Evidence:
    words = sum(passage.words for passage in passages)
    places = f"{len(a.wording)} of {a.id}, {len(b.wording)} of {b.id}"
    return Evidence("copy:shared-words", tuple(p.a for p in passages), f"{words} equal words; {places}")


def _inclusion(a: Page, b: Page, passages: Sequence[Passage]) -> list[Evidence]:
    """Say which page stands nearly whole on the other."""
    words = sum(passage.words for passage in passages)
    whole = [page.id for page in (a, b) if words >= WHOLE * len(page.wording)]
    return [Evidence("copy:inclusion", note=f"nearly all of {key} stands on the other page") for key in whole]


def _similarity(passages: Sequence[Passage]) -> float:
    """Return the share of equal words in all passages together."""
    words = sum(passage.words for passage in passages)
    return words / sum(passage.words / passage.similarity for passage in passages)
