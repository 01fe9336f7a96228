"""The lexicon of cues, compiled to one table of words and one automaton over words for phrases."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, NamedTuple, cast

from qala.lexicon.inflect import PARTS, inflect
from qala.lexicon.load import entry_lines, load_entries
from qala.model import Act
from qala.text.normalize import fold, fold_phrase


class CueEntry(NamedTuple):
    """One entry of the lexicon: what it does and which frames it takes."""

    id: str
    act: Act
    frames: frozenset[str]
    kind: str  # verb, according, as_said
    place: str  # file:line


class CueForm(NamedTuple):
    """A form of an entry: tense or kind, agreement, and whether a pronoun is attached."""

    entry: CueEntry
    morph: str  # past, present, participle, noun, phrase
    agree: str  # m, f, p, d, n
    pronoun: bool
    joined: bool = False  # ends in a preposition joined to the next word


class CueMatch(NamedTuple):
    """A form found at a word: ``prefix`` letters of the folded word stand before the cue."""

    form: CueForm
    prefix: int
    proclitics: str


@dataclass(slots=True)
class _Node:
    forms: list[CueForm] = field(default_factory=list)
    joined: list[CueForm] = field(default_factory=list)  # forms ending in a joined preposition
    next: dict[str, "_Node"] = field(default_factory=dict)


_JOINED = fold("\u0644")  # the one preposition that phrases end in: li-
_AND, _SO, _WILL, _TO, _BY, _AS, _THE = (
    "\u0648",
    "\u0641",
    "\u0633",
    "\u0644",
    "\u0628",
    "\u0643",
    "\u0627\u0644",
)


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """All cues: single words by folded form, phrases as a trie over folded words."""

    words: dict[str, tuple[CueForm, ...]]
    phrases: _Node
    entries: dict[str, CueEntry]

    def match_word(self, form: str) -> tuple[CueMatch, ...]:
        """Return the entries that the folded word ``form`` may be, proclitics taken off."""
        return _match_word(self, form)

    def match_phrase(self, forms: list[str], at: int) -> tuple[CueMatch, int, bool] | None:
        """Return the longest phrase starting at token ``at``: match, last token, joined."""
        return _match_phrase(self, forms, at)

    def __hash__(self) -> int:
        """Identity: there is one lexicon a process, or one an overlay."""
        return id(self)


def _frames(entry: dict[str, Any]) -> frozenset[str]:
    return frozenset(str(frame) for frame in entry.get("frames") or ())


def _verb_forms() -> Iterator[tuple[str, CueForm]]:
    for place, row in entry_lines(load_entries("verbs.yaml"), "verbs.yaml"):
        entry = CueEntry(row["id"], cast(Act, row["act"]), _frames(row), "verb", place)
        for part in PARTS:
            if part in row:
                for form in inflect(part, str(row[part])):
                    yield form.text, CueForm(entry, form.morph, form.agree, form.pronoun)


def _phrase_forms() -> Iterator[tuple[str, CueForm]]:
    for place, row in entry_lines(load_entries("phrases.yaml"), "phrases.yaml"):
        entry = CueEntry(row["id"], cast(Act, row["act"]), _frames(row), row["kind"], place)
        for text in row["forms"]:
            joined = text.endswith(" \u0644")
            yield text, CueForm(entry, "phrase", "n", False, joined)


@cache
def load_cues() -> CueLexicon:
    """Compile the packaged cue files; cached, about 60 ms the first time."""
    words: dict[str, list[CueForm]] = {}
    root = _Node()
    entries: dict[str, CueEntry] = {}
    for text, form in (*_verb_forms(), *_phrase_forms()):
        entries[form.entry.id] = form.entry
        parts = fold_phrase(text)
        if len(parts) == 1:
            known = words.setdefault(parts[0], [])
            if not any(k.entry.id == form.entry.id and k.morph == form.morph for k in known):
                known.append(form)
            continue
        node = root
        for part in parts[:-1] if form.joined else parts:
            node = node.next.setdefault(part, _Node())
        (node.joined if form.joined else node.forms).append(form)
    return CueLexicon({form: tuple(forms) for form, forms in words.items()}, root, entries)


# Proclitics that may stand before each kind of form; "" first, longest stem wins.
_PREFIXES: tuple[tuple[str, frozenset[str]], ...] = (
    ("", frozenset({"past", "present", "participle", "noun", "phrase"})),
    (_AND, frozenset({"past", "present", "participle", "noun", "phrase"})),
    (_SO, frozenset({"past", "present", "participle", "noun", "phrase"})),
    (_WILL, frozenset({"present"})),
    (_AND + _WILL, frozenset({"present"})),
    (_TO, frozenset({"present", "noun"})),
    (_TO + "\u0644", frozenset({"noun"})),
    (_THE, frozenset({"noun"})),
    (_AND + _THE, frozenset({"noun"})),
    (_BY, frozenset({"noun"})),
    (_BY + _THE, frozenset({"noun"})),
    (_AS + "\u0645\u0627", frozenset({"past"})),
)


@lru_cache(maxsize=1 << 16)
def _match_word(lexicon: CueLexicon, form: str) -> tuple[CueMatch, ...]:
    found: list[CueMatch] = []
    for prefix, morphs in _PREFIXES:
        if prefix and not form.startswith(prefix):
            continue
        for match in lexicon.words.get(form[len(prefix) :], ()):
            if match.morph in morphs:
                found.append(CueMatch(match, len(prefix), prefix))
    return tuple(found)


def _match_phrase(lexicon: CueLexicon, forms: list[str], at: int) -> tuple[CueMatch, int, bool] | None:
    first = forms[at]
    for prefix in ("", _AND, _SO):
        node = lexicon.phrases.next.get(first[len(prefix) :]) if first.startswith(prefix) else None
        best: tuple[CueMatch, int, bool] | None = None
        last = at
        while node is not None:
            if node.forms:
                best = (CueMatch(node.forms[0], len(prefix), prefix), last, False)
            follows = forms[last + 1] if last + 1 < len(forms) else ""
            if node.joined and follows.startswith(_JOINED) and len(follows) > 2:
                best = (CueMatch(node.joined[0], len(prefix), prefix), last, True)
            last += 1
            node = node.next.get(follows)
        if best is not None:
            return best
    return None
