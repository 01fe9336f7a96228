"""Closed classes of words around a source: titles, anonymous sources, words that introduce a carrier, given
names.

Tables of ``data/ar/actors`` with the columns ``form class gender number source``; which class of which
table a row belongs to is told by its file for the packaged ones and by its class for an overlay's.
"""

from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from qala.errors import LexiconError
from qala.lexicon.fact_files import WORDS, Row, table_rows
from qala.lexicon.joined import split_particles
from qala.lexicon.phrase_trie import Found, Node, PhraseTrie, phrase_words
from qala.text.remembered import Remembered
from qala.text.words import Words

Table = Literal["title", "anonymous", "carrier", "given", "head"]

_CLASSES: dict[str, Table] = {
    **dict.fromkeys(("honorific", "academic", "cleric", "royal", "rank", "office", "role", "kin"), "title"),
    **dict.fromkeys(
        (
            "source",
            "security source",
            "medical source",
            "diplomat",
            "official",
            "witness",
            "analyst",
            "activist",
            "media",
        ),
        "anonymous",
    ),
    **dict.fromkeys(("agency", "outlet", "document", "event", "platform"), "carrier"),
    **dict.fromkeys(("head of government", "head of organisation", "head of group"), "head"),
    "given": "given",  # Arabic given names
    "foreign given": "given",
}


class SourceWord(NamedTuple):
    """What a word or phrase says: its table and class, gender (m, f) and number (s, d, p)."""

    table: Table
    kind: str  # the class: "office", "rank", "agency", "security source" …
    gender: str
    number: str


class SourceWordAt(NamedTuple):
    """A phrase of a closed class at a place of a text: tokens ``first`` to ``last``, letters of particles
    cut.
    """

    first: int
    last: int
    cut: int
    words: tuple[SourceWord, ...]

    def of(self, table: Table) -> SourceWord | None:
        """Return the reading in ``table``, the first where there are several, or ``None``."""
        return next((word for word in self.words if word.table == table), None)


_Nodes = tuple[tuple[int, Node[SourceWord]], ...]
_ALL: tuple[Table, ...] = ("title", "carrier", "anonymous", "head", "given")


class SourceWords:
    """The closed classes, looked up by folded words, longest phrase first."""

    __slots__ = ("_tries", "begun")

    def __init__(self, rows: tuple[Row, ...]) -> None:
        """Compile the rows; raises :class:`LexiconError` with ``file:line`` for an unknown class, gender or
        number.
        """
        self._tries: dict[Table, PhraseTrie[SourceWord]] = {}
        for row in rows:
            form, kind, gender, number, _source = row.cells
            table = _CLASSES.get(kind)
            if table is None:
                raise LexiconError(f"{row.place}: unknown class '{kind}'; allowed: {', '.join(sorted(_CLASSES))}")
            if gender not in ("m", "f") or number not in ("s", "d", "p"):
                raise LexiconError(f"{row.place}: gender is m or f and number s, d or p, not '{gender}' '{number}'")
            phrase = phrase_words(form)
            if not phrase:
                raise LexiconError(f"{row.place}: no word in '{form}'")
            self._tries.setdefault(table, PhraseTrie()).add(phrase, SourceWord(table, kind, gender, number))
        self.begun: Remembered[str, dict[Table, _Nodes]] = Remembered(self._begin, 1 << 16)
        """Where phrases go on that begin with a folded word, by table; empty for most words."""

    def first_words(self, table: Table) -> frozenset[str]:
        """Return the folded words with which the phrases of a table begin."""
        trie = self._tries.get(table)
        return frozenset(trie.root.next) if trie else frozenset()

    def at(self, words: Words, i: int, *tables: Table) -> SourceWordAt | None:
        """Return the longest phrase at token ``i``, as written or after joined particles; ``None`` where
        there is none.

        Of ``tables`` the first that knows the word wins; without ``tables`` title, carrier, anonymous,
        head, given.
        """
        begun = self.begun[words.forms[i]]
        if not begun:
            return None
        for table in tables or _ALL:
            if table in begun:
                found = _longest(begun[table], words, i)
                if found:
                    return found
        return None

    def _begin(self, form: str) -> dict[Table, _Nodes]:
        """Return where phrases of each table go on that begin with ``form``, with the letters cut off it."""
        begun: dict[Table, _Nodes] = {}
        splits = split_particles(form)
        for table, trie in self._tries.items():
            roots = trie.root.next
            nodes = tuple([(cut, roots[rest]) for cut, rest in splits if rest in roots])
            if nodes:
                begun[table] = nodes
        return begun


def _longest(nodes: _Nodes, words: Words, i: int) -> SourceWordAt | None:
    """Return the longest phrase at token ``i`` through any of ``nodes``."""
    best: tuple[int, Found[SourceWord]] | None = None
    for cut, node in nodes:
        found = PhraseTrie.walk(words, i, node)
        if found and (best is None or found.last > best[1].last):
            best = (cut, found)
    return best and SourceWordAt(i, best[1].last, best[0], best[1].values)


@cache
def load_source_words(overlay: Path | None = None) -> SourceWords:
    """Return the closed classes of the package and of a user's folder; cached by folder."""
    return SourceWords(table_rows(overlay, WORDS))
