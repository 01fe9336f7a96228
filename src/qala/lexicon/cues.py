"""The lexicon of cues, compiled to one table of words and one automaton over words for phrases."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple, cast

from qala.lexicon.inflect import PARTS, inflect
from qala.lexicon.load import Entry
from qala.lexicon.needs import NeededWords
from qala.lexicon.overlay import PlacedEntry, merged_entries
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
    needy: NeededWords[CueForm] | None = None  # forms that another word must follow
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
        """Return the longest phrase starting at token ``at``: match, last token, joined.

        A form that needs a later word ("directed … a call") is found at its verb alone, or with the word
        where that follows at once and does not belong to the content; :meth:`needed_word` tells where it is.
        """
        return _match_phrase(self, forms, at)

    def needed_word(self, forms: list[str], at: int, form: CueForm) -> int:
        """Return the token of the word that ``form``, found at token ``at``, needs; ``-1`` if none."""
        for _, node in _phrase_starts(self, forms[at]):
            found = node.needy.find(forms, at) if node.needy is not None else None
            if found is not None and found.value.entry.id == form.entry.id:
                return found.last
        return -1

    def __hash__(self) -> int:
        """Identity: there is one lexicon a process, or one an overlay."""
        return id(self)


def _cue_entry(placed: PlacedEntry) -> CueEntry:
    row = placed.entry
    frames = frozenset(str(frame) for frame in row.get("frames") or ())
    return CueEntry(row["id"], cast("Act", row["act"]), frames, row.get("kind", "verb"), placed.place)


def _verb_forms(row: Entry, entry: CueEntry) -> Iterator[tuple[str, CueForm]]:
    left_out = {fold_phrase(text) for text in row.get("except") or ()}
    for part in PARTS:
        for form in inflect(part, row[part]) if part in row else ():
            if not left_out or fold_phrase(form.text) not in left_out:
                yield form.text, CueForm(entry, form.morph, form.agree, form.pronoun)


def _phrase_forms(row: Entry, entry: CueEntry) -> Iterator[tuple[str, CueForm]]:
    for text in row["forms"]:
        yield text, CueForm(entry, "phrase", "n", False, text.endswith(" " + _JOINED))


def entry_forms(placed: PlacedEntry) -> Iterator[tuple[str, CueForm]]:
    """Yield every written form of an entry, with what it is."""
    entry = _cue_entry(placed)
    return (_verb_forms if placed.name == "verbs.yaml" else _phrase_forms)(placed.entry, entry)


@cache
def load_cues(overlay: Path | None = None) -> CueLexicon:
    """Compile the packaged cue files, a user's folder laid over them; cached, about 0.3 s the first time.

    Raises :class:`~qala.errors.LexiconError` with ``file:line`` where an entry breaks the schema.
    """
    words: dict[str, list[CueForm]] = {}
    root = _Node()
    entries: dict[str, CueEntry] = {}
    for placed in merged_entries(overlay):
        for text, form in entry_forms(placed):
            entries[form.entry.id] = form.entry
            parts = fold_phrase(text)
            if "needs" in placed.entry:
                if not form.pronoun:
                    _add_needy(root, parts, form, placed.entry["needs"])
            elif len(parts) == 1:
                known = words.setdefault(parts[0], [])
                if not any(k.entry.id == form.entry.id and k.morph == form.morph for k in known):
                    known.append(form)
            else:
                node = _descend(root, parts[:-1] if form.joined else parts)
                (node.joined if form.joined else node.forms).append(form)
    return CueLexicon({form: tuple(forms) for form, forms in words.items()}, root, entries)


def _descend(node: _Node, parts: tuple[str, ...]) -> _Node:
    for part in parts:
        node = node.next.setdefault(part, _Node())
    return node


def _add_needy(root: _Node, parts: tuple[str, ...], form: CueForm, needs: list[str]) -> None:
    node = _descend(root, parts)
    if node.needy is None:
        node.needy = NeededWords()
    for text in needs:
        node.needy.add(fold_phrase(text), form)


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
    (_AND + _BY, frozenset({"noun"})),
    (_AND + _TO, frozenset({"noun"})),
    (_AS + "\u0645\u0627", frozenset({"past"})),
)
_PREFIXED = frozenset(prefix[0] for prefix, _ in _PREFIXES if prefix)


@lru_cache(maxsize=1 << 16)
def _match_word(lexicon: CueLexicon, form: str) -> tuple[CueMatch, ...]:
    found: list[CueMatch] = []
    for prefix, morphs in _PREFIXES if form[:1] in _PREFIXED else _PREFIXES[:1]:
        if prefix and not form.startswith(prefix):
            continue
        for match in lexicon.words.get(form[len(prefix) :], ()):
            if match.morph in morphs:
                found.append(CueMatch(match, len(prefix), prefix))
    return tuple(found)


@lru_cache(maxsize=1 << 16)
def _phrase_starts(lexicon: CueLexicon, form: str) -> tuple[tuple[str, _Node], ...]:
    """Return the places in the trie that the folded word ``form`` leads to, with the letters before it."""
    prefixes = (prefix for prefix in ("", _AND, _SO) if form.startswith(prefix))
    found = ((prefix, lexicon.phrases.next.get(form[len(prefix) :])) for prefix in prefixes)
    return tuple((prefix, node) for prefix, node in found if node is not None)


def _match_phrase(lexicon: CueLexicon, forms: list[str], at: int) -> tuple[CueMatch, int, bool] | None:
    for prefix, start in _phrase_starts(lexicon, forms[at]):
        best: tuple[CueMatch, int, bool] | None = None
        if start.needy is not None:
            best = _match_needy(start.needy, forms, at, prefix)
        node: _Node | None = start
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


def _match_needy(
    needy: NeededWords[CueForm], forms: list[str], at: int, prefix: str
) -> tuple[CueMatch, int, bool] | None:
    found = needy.find(forms, at)
    if found is None:
        return None
    form = found.value
    # The word that an object frame needs ("his thanks") opens the content and stays out of the cue.
    together = found.first == at + 1 and "object" not in form.entry.frames
    return CueMatch(form, len(prefix), prefix), found.last if together else at, False
