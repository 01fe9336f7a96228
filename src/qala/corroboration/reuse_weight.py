"""How much a shared stretch of words says: names, titles, set phrases and quoted speech say less than prose.

Fifteen equal words are a copied passage when they are prose. They are none when they are one long title ("His
Royal Highness Prince … Minister of Defence" has eighteen), a set phrase of the trade, or the same report of
another day with other figures. A person's words between quotation marks may have been heard by both writers.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from qala.corroboration.fingerprints import GRAM
from qala.corroboration.model import Passage
from qala.corroboration.reuse_common import how_common
from qala.lexicon.actors import load_actors
from qala.lexicon.phrase_trie import phrase_words
from qala.lexicon.words import word_class

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set

    from qala.corroboration.alignment import Gram, Stretch
    from qala.corroboration.reuse import Page

BAR = 14.0  # words of prose, as weighed, in one passage that two pages share
TOGETHER = 25.0  # the same in several passages of at least SHORT each
SHORT = 8.0
NAMES = 6  # words in a row without any function word that count; what is longer is a name, a title or a list
AFTER = 4  # the same after a preposition: titles run on over one ("supervisor of the centre of …")
QUOTED = 0.7  # what a word counts that stands between quotation marks on both sides
COMMON = 0.4  # what a word counts in a stretch that many unrelated pages of the same days carry
FORMULAIC = 0.12  # of a page's fingerprints that recur: what makes it a page of set phrases
WHOLE = 0.9  # of the words of the shorter page that stand on the other: taken over whole, whatever the words
TELEPHONE = 5  # digits of a number that is one to write or to call
_NOTHING: Mapping[Gram, float] = MappingProxyType({})
OTHER = 6.0  # what other figures, or another state, in the same place take off


class Weight(NamedTuple):
    """What a stretch weighs: its ``words`` that are no names or set phrases, and as ``prose``, speech discounted."""

    words: float
    prose: float


def find_passages(
    stretches: Sequence[Stretch],
    a: Page,
    b: Page,
    recurring: Set[int] = frozenset(),
    common: Mapping[Gram, float] = _NOTHING,
) -> tuple[Passage, ...]:
    """Return the passages that make ``b`` share a text with ``a``, in the order of ``a``; none where they do not.

    One passage of :data:`BAR` words of prose is enough, quoted speech counted for less; or several of :data:`SHORT`
    with :data:`TOGETHER` in all, in which quoted speech counts in full: who heard a speech himself does not choose the
    same two quotations and cut them alike. ``recurring`` are set phrases. Two pages that are made of them (the
    weather, a verdict carried out) must share half of what else the shorter one says; or it stands on the other whole.
    ``common`` tells of four words each how many unrelated pages of these days carry them (:mod:`.reuse_common`).
    """
    weights = [weigh(stretch, a, b, recurring, common) for stretch in stretches]
    if not _is_enough(weights) or (recurring and not _says_the_same(weights, a, b, recurring)):
        shorter = min(len(a.wording), len(b.wording))
        if not recurring or sum(stretch.equal for stretch in stretches) < WHOLE * shorter:
            return ()
        weights = [weigh(stretch, a, b) for stretch in stretches]
        if not _is_enough(weights):
            return ()
    return tuple(
        Passage(
            a.wording.span(stretch.a, stretch.a_end - 1),
            b.wording.span(stretch.b, stretch.b_end - 1),
            stretch.equal,
            round(stretch.similarity, 3),
        )
        for stretch, weight in zip(stretches, weights, strict=True)
        if weight.words >= SHORT
    )


def _is_enough(weights: Sequence[Weight]) -> bool:
    """Return whether stretches of these weights are copied passages."""
    telling = [weight.words for weight in weights if weight.words >= SHORT]
    best = max((weight.prose for weight in weights), default=0.0)
    together = sum(telling) + sum(min(weight.words, 0.0) for weight in weights)
    return best >= BAR or (len(telling) > 1 and together >= TOGETHER)


def _says_the_same(weights: Sequence[Weight], a: Page, b: Page, recurring: Set[int]) -> bool:
    """Return whether pages that are both made of set phrases share half of their other words; others do."""
    shares = [sum(value in recurring for value in page.values) / max(1, len(page.values)) for page in (a, b)]
    if min(shares) < FORMULAIC:
        return True
    left = min(len(page.wording) * (1 - share) for page, share in zip((a, b), shares, strict=True))
    return sum(weight.words for weight in weights if weight.words >= SHORT) >= left / 2


def weigh(
    stretch: Stretch, a: Page, b: Page, recurring: Set[int] = frozenset(), common: Mapping[Gram, float] = _NOTHING
) -> Weight:
    """Return the weight of a stretch that ``a`` and ``b`` share; below 0 where their figures or states differ."""
    fixed_a = _covered(a, recurring, stretch.a, stretch.a_end)
    fixed_b = _covered(b, recurring, stretch.b, stretch.b_end)
    pairs = [(run.a + step, run.b + step) for run in stretch.runs for step in range(run.size)]
    free = [
        pair
        for pair in pairs
        if pair[0] not in fixed_a and pair[1] not in fixed_b and not _is_address(a.wording.forms[pair[0]])
    ]
    counted = _without_names(a.wording.forms, free)
    spoken = sum(a.wording.quoted[x] and b.wording.quoted[y] for x, y in counted)
    other = _others(stretch, a.wording.forms, b.wording.forms)
    discount = 1 - (1 - COMMON) * how_common(a.wording.forms, stretch, common)
    words = discount * len(counted) - OTHER * other
    return Weight(words, words - discount * (1 - QUOTED) * spoken)


def _covered(page: Page, recurring: Set[int], first: int, end: int) -> set[int]:
    """Return the words from ``first`` to before ``end`` that a recurring fingerprint covers."""
    found: set[int] = set()
    if not recurring:
        return found
    for value, position in zip(page.values, page.positions, strict=True):
        if first - GRAM < position < end and value in recurring:
            found.update(range(position, position + GRAM))
    return found


def _is_address(form: str) -> bool:
    """Return whether a word is Latin or a long number: of an address or a telephone below a column, not of prose."""
    return form.isascii() and not (form[0].isdigit() and len(form) < TELEPHONE)


def _without_names(forms: Sequence[str], pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the pairs of equal words, of a long row without function words only the first few."""
    kept = []
    left = NAMES
    for pair in pairs:
        found = word_class(forms[pair[0]])
        left = left - 1 if not found else AFTER if found == "preposition" else NAMES
        if left >= 0:
            kept.append(pair)
    return kept


def _others(stretch: Stretch, a: Sequence[str], b: Sequence[str]) -> int:
    """Return how often both sides have figures, or states, between the same equal words, and different ones."""
    states = _state_words()
    found = 0
    for run, after in zip(stretch.runs, stretch.runs[1:], strict=False):
        in_a, in_b = a[run.a + run.size : after.a], b[run.b + run.size : after.b]
        if in_a and in_b:
            found += _differ(_figures(in_a), _figures(in_b))
            found += _differ(
                {states[form] for form in in_a if form in states}, {states[f] for f in in_b if f in states}
            )
    return found


def _figures(forms: Sequence[str]) -> set[str]:
    """Return the figures among words, a decimal comma written as a point."""
    return {form.replace(",", ".") for form in forms if form[0].isdigit()}


def _differ(a: set[str], b: set[str]) -> bool:
    """Return whether both are there and nothing is in both."""
    return bool(a and b and not a & b)


@cache
def _state_words() -> dict[str, str]:
    """Return the states' ids by their names of one folded word, as they are and after "li" or "bi"."""
    found: dict[str, str] = {}
    for actor in load_actors().actors.values():
        if actor.kind == "state":
            for form in (actor.name, *(form.text for form in actor.forms)):
                words = phrase_words(form)
                for word in words if len(words) == 1 else ():
                    found.update((particle + word, actor.id) for particle in ("", "\u0644", "\u0628", "\u0648"))
    return found
