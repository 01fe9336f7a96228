"""A parsed query as the words that an index is asked for: only forms that the ledger holds, and facets.

Back ends write :class:`Terms` in their own syntax (``search_sqlite.py``, ``postgres_search.py``). All words are letters
and digits of ``search_form``, all facets come from ``make_facet``; both may be quoted without escaping.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from qala.errors import SearchError
from qala.ledger.search_words import list_joined_forms, list_word_forms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from qala.ledger.port import Row, Value
    from qala.ledger.search_query import Part, Query
    from qala.ledger.search_words import Breadth

    Fetch = Callable[[str, Sequence[Value]], Iterable[Row]]

Within = Literal[
    "statement",  # what is said, who says it, and the word of saying
    "content",  # what is said
    "source",  # who says it, and the word of saying
    "title",  # the article's title
    "everything",
]
WITHIN: tuple[Within, ...] = get_args(Within)
FIELDS: dict[Within, tuple[str, ...]] = {
    "statement": ("content", "source"),
    "content": ("content",),
    "source": ("source",),
    "title": ("article",),
    "everything": ("content", "source", "article"),
}
"""The columns of the index that each stands for."""

Phrase = tuple[str, ...]

MOST_BEGINNINGS = 1_000
"""Words that a beginning with a star may stand for."""

_BATCH, _STEP = 512, 64  # of few sizes, so that the engine compiles few queries
_LAST = "\U0010ffff"


class Group(NamedTuple):
    """Phrases of which one must stand in a statement, with their weights in ranking."""

    phrases: tuple[Phrase, ...]
    weights: tuple[float, ...]


class Terms(NamedTuple):
    """What an index is asked for: one of each group, one facet of each, none of the excluded."""

    required: tuple[Group, ...] = ()
    excluded: tuple[Group, ...] = ()
    facets: tuple[tuple[str, ...], ...] = ()
    within: Within = "statement"

    @property
    def hopeless(self) -> bool:
        """Whether a word is looked for that the ledger does not hold in any form."""
        return any(not group.phrases for group in self.required)


def resolve_terms(
    query: Query, fetch: Fetch, breadth: Breadth, within: Within, facets: tuple[tuple[str, ...], ...] = ()
) -> Terms:
    """Return what ``query`` asks of the index; ``fetch`` runs a query on the ledger.

    Raises ``SearchError`` where a beginning stands for too many words.
    """
    required = tuple(_resolve_group(parts, fetch, breadth) for parts in query.required)
    # What is excluded is excluded as it is written, with its particles, and no wider.
    narrow: Breadth = "exact" if breadth == "exact" else "particles"
    excluded = tuple(_resolve_group((part,), fetch, narrow) for part in query.excluded)
    return Terms(required, tuple(group for group in excluded if group.phrases), facets, within)


def _resolve_group(parts: Iterable[Part], fetch: Fetch, breadth: Breadth) -> Group:
    weights: dict[Phrase, float] = {}
    for part in parts:
        for phrase, weight in _resolve_part(part, fetch, breadth).items():
            weights[phrase] = max(weight, weights.get(phrase, 0.0))
    return Group(tuple(weights), tuple(weights.values()))


def _resolve_part(part: Part, fetch: Fetch, breadth: Breadth) -> dict[Phrase, float]:
    """Return the phrases that a part stands for, of words that occur."""
    if len(part.words) == 1 and len(part.forms) == 1:
        if part.begins:
            return {(word,): 1.0 for word in _find_beginnings(part.words[0], fetch, breadth)}
        forms = list_word_forms(part.words[0], "exact" if part.quoted else breadth)
        known = find_known(fetch, forms)
        return {(form,): weight for form, weight in forms.items() if form in known}
    firsts = {part.forms[0]: 1.0} if breadth == "exact" else list_joined_forms(part.words[0])
    if len(part.forms) != len(part.words):
        firsts = {part.forms[0]: 1.0}
    lasts = [part.forms[-1]]
    if part.begins:
        lasts = _find_beginnings(part.words[-1], fetch, "exact")
    known = find_known(fetch, [*firsts, *part.forms[1:-1], *lasts])
    if not known.issuperset(part.forms[1:-1]):
        return {}
    middle = part.forms[1:-1]
    return {
        (first, *middle, last): weight
        for first, weight in firsts.items()
        for last in lasts
        if first in known and last in known
    }


def find_known(fetch: Fetch, forms: Iterable[str]) -> set[str]:
    """Return those of ``forms`` that occur in the ledger."""
    wanted = list(dict.fromkeys(forms))
    known: set[str] = set()
    for at in range(0, len(wanted), _BATCH):
        batch = wanted[at : at + _BATCH]
        batch += batch[-1:] * (-len(batch) % _STEP)
        query = f"SELECT word FROM search_words WHERE word IN ({', '.join('?' * len(batch))})"
        known.update(str(row[0]) for row in fetch(query, batch))
    return known


def _find_beginnings(written: str, fetch: Fetch, breadth: Breadth) -> list[str]:
    """Return the words that begin with ``written``, after particles where ``breadth`` allows them."""
    stems = list_word_forms(written, "exact")
    if breadth != "exact":
        for stem in list(stems):
            stems = {**stems, **list_joined_forms(stem)}
    found: dict[str, None] = {}
    for stem in stems:
        rows = fetch(
            "SELECT word FROM search_words WHERE word >= ? AND word < ? ORDER BY word LIMIT ?",
            [stem, stem + _LAST, MOST_BEGINNINGS + 1],
        )
        found.update((str(row[0]), None) for row in rows)
        if len(found) > MOST_BEGINNINGS:
            raise SearchError(f"more than {MOST_BEGINNINGS:,} words begin like this: write more letters before '*'")
    return list(found)
