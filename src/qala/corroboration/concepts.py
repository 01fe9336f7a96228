"""What a word of a content is about: concepts of news events with their poles, and words that turn a sign.

The words are data: ``data/ar/concepts.tsv`` (form, concept, pole) and ``data/ar/signs.yaml`` (parts with
examples). A form meets a text by its stem, so that "strikes" meets "strike"; phrases go before single words.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from qala.errors import LexiconError
from qala.lexicon.load import LINE, data_text, load_entries
from qala.lexicon.stems import bare, stem
from qala.text.data import load_clitics
from qala.text.normalize import fold
from qala.text.words import MARK, find_words

if TYPE_CHECKING:
    from qala.lexicon.load import Entry
    from qala.text.words import Words

_CONCEPTS, _SIGNS = "concepts.tsv", "signs.yaml"
_NONE = "-"
_POLES = ("", "+", "-")
_SHORTEST_VERB = 3  # letters of a verb of the imperfect without the letter of its person
_SIGN_KEYS = frozenset(("id", "gloss", "part", "forms", "examples", "nonexamples", LINE))
SignPart = Literal[
    "negation",
    "no_negation",
    "condition",
    "reserve",
    "refutation",
    "uninvolved",
    "report",
    "empty",
    "event",
    "basis",
]


class Concept(NamedTuple):
    """A concept as a form names it; ``pole`` is "+" or "-" where it has an opposite, else empty."""

    name: str
    pole: str = ""


class ConceptAt(NamedTuple):
    """A concept in a text: tokens ``first`` to ``last``, both included."""

    first: int
    last: int
    concept: Concept


class ConceptWords(NamedTuple):
    """The forms of ``concepts.tsv`` by their stems, and single words as they are written, for the imperfect."""

    phrases: dict[tuple[str, ...], Concept]
    written: dict[str, Concept]
    blocked: frozenset[str]  # words without joined particles that only look like one
    longest: int


@cache
def load_concepts() -> ConceptWords:
    """Return the packaged concepts."""
    return parse_concepts(data_text(_CONCEPTS), _CONCEPTS)


def parse_concepts(text: str, name: str) -> ConceptWords:
    """Return the concepts of a table; raises :class:`LexiconError` with ``name:line``.

    Refused are rows without three cells, unknown poles, and a form (by its stems) that names two concepts.
    """
    phrases: dict[tuple[str, ...], Concept] = {}
    blocked: set[str] = set()
    written: dict[str, Concept] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 3 or cells[2] not in _POLES or not cells[0].strip() or not cells[1].strip():
            raise LexiconError(f"{name}:{number}: a row is form, concept and pole (+, - or empty), parted by tabs")
        words = cells[0].split()
        if cells[1] == _NONE:
            blocked.add(bare(words[0]))
            continue
        concept = Concept(cells[1], cells[2])
        key = tuple(stem(word) for word in words)
        if phrases.get(key, concept) != concept:
            raise LexiconError(f"{name}:{number}: '{cells[0]}' names two concepts (by its stem)")
        phrases[key] = concept
        if len(words) == 1:
            written[fold(words[0])] = concept
    return ConceptWords(phrases, written, frozenset(blocked), max((len(key) for key in phrases), default=0))


def find_concepts(words: Words, first: int, last: int) -> list[ConceptAt]:
    """Return the concepts of the tokens ``first`` to ``last``, in order, longest phrase first, none overlapping."""
    table = load_concepts()
    tokens = [i for i in range(first, last + 1) if words.kinds[i] != MARK]
    stems = [stem(words.plains[i]) for i in tokens]
    found: list[ConceptAt] = []
    at = 0
    while at < len(tokens):
        length, concept = _longest(stems, at, table)
        if length < 2 and bare(words.plains[tokens[at]]) in table.blocked:
            length, concept = 1, None
        elif not length:
            length, concept = 1, _of_imperfect(stems[at], table)
        if concept is not None:
            found.append(ConceptAt(tokens[at], tokens[at + length - 1], concept))
        at += length
    return found


def _longest(stems: list[str], at: int, table: ConceptWords) -> tuple[int, Concept | None]:
    """Return the length of the longest phrase at ``at`` and its concept; 0 where none begins there."""
    for length in range(min(table.longest, len(stems) - at), 0, -1):
        key = tuple(stems[at : at + length])
        if key in table.phrases:
            return length, table.phrases[key]
    return 0, None


def _of_imperfect(inner: str, table: ConceptWords) -> Concept | None:
    """Return the concept of a verb of the imperfect: its person's letter off, the alef of the past put back."""
    rules = load_clitics()
    rest = inner[1:]
    if inner[:1] not in rules.imperfect or inner[:1] == rules.article[0] or len(rest) < _SHORTEST_VERB:
        return None
    return table.written.get(rules.article[0] + rest) or table.written.get(rest)


@cache
def load_signs() -> dict[SignPart, frozenset[tuple[str, ...]]]:
    """Return the folded phrases of ``signs.yaml`` by part; raises :class:`LexiconError` with ``file:line``."""
    found: dict[SignPart, set[tuple[str, ...]]] = {part: set() for part in get_args(SignPart)}
    for entry in load_entries(_SIGNS):
        found[_part_of(entry)] |= {tuple(map(fold, str(form).split())) for form in entry["forms"]}
    return {part: frozenset(phrases) for part, phrases in found.items()}


def _part_of(entry: Entry) -> SignPart:
    part: SignPart = entry.get("part", "")
    if part not in get_args(SignPart) or not entry.keys() <= _SIGN_KEYS or not entry.get("forms"):
        allowed = ", ".join(get_args(SignPart))
        raise LexiconError(f"{_SIGNS}:{entry[LINE]}: unknown part or key, or no forms; parts: {allowed}")
    return part


def find_sign_words(words: Words, first: int, last: int, part: SignPart) -> list[tuple[int, int]]:
    """Return the token ranges (both ends included) of the phrases of one part, longest first, none overlapping.

    The conjunction of one letter that is written on to a word does not hide it.
    """
    phrases = load_signs()[part]
    longest = max(map(len, phrases))
    found: list[tuple[int, int]] = []
    at = first
    while at <= last:
        if words.kinds[at] == MARK:
            at += 1
            continue
        for length in range(min(longest, last + 1 - at), 0, -1):
            forms = tuple(words.forms[at : at + length])
            if forms in phrases or ((forms[0][1:], *forms[1:]) in phrases and forms[0][:1] in _JOINED):
                found.append((at, at + length - 1))
                at += length
                break
        else:
            at += 1
    return found


_JOINED = ("\u0648", "\u0641", "\u0628", "\u0644")
"""The particles of one letter, folded, behind which a sign word may stand: and, so, with, for."""


def concepts_in(text: str) -> list[Concept]:
    """Return the concepts of a text, in order; for looking at the data."""
    words = find_words(text)
    return [found.concept for found in find_concepts(words, 0, len(words) - 1)]
