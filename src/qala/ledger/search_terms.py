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

_LAST = "\U0010ffff"
_MOST_KEPT = 1_000  # words and phrases; each stands for some 20 forms


class Vocabulary(NamedTuple):
    """The words that a ledger holds, as its engine is asked for them.

    ``kept`` is what words of earlier queries stood for, as long as the ledger stays as it is.
    """

    find_words: Callable[[Sequence[str]], set[str]]  # those of some forms that occur
    fetch: Fetch  # runs a query on the ledger
    kept: dict[tuple[Part, Breadth], dict[Phrase, float]]


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
    query: Query, words: Vocabulary, breadth: Breadth, within: Within, facets: tuple[tuple[str, ...], ...] = ()
) -> Terms:
    """Return what ``query`` asks of the index; ``words`` are those that the ledger holds.

    Raises ``SearchError`` where a beginning stands for too many words.
    """
    required = tuple(_resolve_group(parts, words, breadth) for parts in query.required)
    # What is excluded is excluded as it is written, with its particles, and no wider.
    narrow: Breadth = "exact" if breadth == "exact" else "particles"
    excluded = tuple(_resolve_group((part,), words, narrow) for part in query.excluded)
    return Terms(required, tuple(group for group in excluded if group.phrases), facets, within)


def _resolve_group(parts: Iterable[Part], words: Vocabulary, breadth: Breadth) -> Group:
    weights: dict[Phrase, float] = {}
    for part in parts:
        for phrase, weight in _recall_part(part, words, breadth).items():
            weights[phrase] = max(weight, weights.get(phrase, 0.0))
    return Group(tuple(weights), tuple(weights.values()))


def _recall_part(part: Part, words: Vocabulary, breadth: Breadth) -> dict[Phrase, float]:
    """Return what ``_resolve_part`` does, from memory where it was asked before."""
    if part.begins:  # these may be many
        return _resolve_part(part, words, breadth)
    found = words.kept.get((part, breadth))
    if found is None:
        if len(words.kept) >= _MOST_KEPT:
            words.kept.clear()
        found = words.kept[part, breadth] = _resolve_part(part, words, breadth)
    return found


def _resolve_part(part: Part, words: Vocabulary, breadth: Breadth) -> dict[Phrase, float]:
    """Return the phrases that a part stands for, of words that occur."""
    if len(part.words) == 1 and len(part.forms) == 1:
        if part.begins:
            return {(word,): 1.0 for word in _find_beginnings(part.words[0], words.fetch, breadth)}
        forms = list_word_forms(part.words[0], "exact" if part.quoted else breadth)
        known = words.find_words(list(forms))
        return {(form,): weight for form, weight in forms.items() if form in known}
    firsts = {part.forms[0]: 1.0} if breadth == "exact" else list_joined_forms(part.words[0])
    if len(part.forms) != len(part.words):
        firsts = {part.forms[0]: 1.0}
    lasts = [part.forms[-1]]
    if part.begins:
        lasts = _find_beginnings(part.words[-1], words.fetch, "exact")
    known = words.find_words([*firsts, *part.forms[1:-1], *lasts])
    if not known.issuperset(part.forms[1:-1]):
        return {}
    middle = part.forms[1:-1]
    return {
        (first, *middle, last): weight
        for first, weight in firsts.items()
        for last in lasts
        if first in known and last in known
    }


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
