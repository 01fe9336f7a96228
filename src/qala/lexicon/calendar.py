"""Words of time, number and measure: one look-up from a folded word to all it can be.

``calendar.yaml`` and ``numbers.yaml`` share one shape of entry (described at their heads), ``units.tsv``
holds a unit a line. Everything is compiled once into :class:`Calendar`: each word also with the
conjunctions and prepositions that are written together with it, so that a text costs one dictionary
look-up a word.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple
from unicodedata import is_normalized

from qala.errors import LexiconError
from qala.lexicon.load import LINE, data_text, load_entries
from qala.text.normalize import fold
from qala.text.words import find_words

FILES = ("calendar.yaml", "numbers.yaml")
_KEYS = {
    "id",
    "kind",
    "value",
    "forms",
    "article",
    "guard",
    "not_after",
    "not_before",
    "examples",
    "nonexamples",
    LINE,
}
KINDS = frozenset(
    (
        "day", "night", "weekday", "daypart", "midnight", "month", "hijri", "unit1", "unit2", "unit3",
        "nth", "dir", "this", "part", "edge", "season", "decade", "feast", "vague", "distance",
        "window", "lasting", "several", "from", "until", "dateword", "era", "years", "days", "clock",
        "zone", "name", "stop", "ones", "ten", "tens", "hundred", "hundreds", "scale", "scales",
        "scale2", "fraction", "fractions", "ordinal", "ordinal1", "bound", "percent", "permille",
        "minus", "point", "to", "ratio", "measure", "anchor", "function",
    )
)  # fmt: skip
"""What an entry can be; the grammars of ``qala.extraction`` know the kinds by these names."""

# Kinds whose words take no written-on preposition, or neither preposition nor conjunction.
_NO_PREPOSITION = frozenset(
    (
        "dir", "era", "zone", "vague", "distance", "window", "from", "until", "percent", "permille",
        "to", "bound", "function",
    )
)  # fmt: skip
_ALONE = frozenset(("dir", "era", "zone", "measure", "percent", "permille", "function"))
_WAW, _FA, _BA, _LAM, _KAF = "\u0648", "\u0641", "\u0628", "\u0644", "\u0643"
_ARTICLE = "\u0627\u0644"


@dataclass(frozen=True, slots=True)
class Sense:
    """What a word or phrase means: ``kind`` and ``value``, and the neighbours that forbid it."""

    kind: str
    value: int | str | Fraction
    definite: bool = False
    guard: str = ""
    not_after: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()


class Reading(NamedTuple):
    """One way to read a first word: the folded words that must follow it, and the sense."""

    rest: list[str]
    sense: Sense


@dataclass(frozen=True, slots=True)
class Item:
    """All that one written word can open: readings by kind, longest first.

    ``skip`` counts the letters of a conjunction written on to the word, ``preposition`` is the one
    written on after it, or empty. ``alone`` are the kinds that need no further word; where the next word goes
    on with a phrase, ``before`` holds the kinds that are possible there, those among them.
    """

    readings: dict[str, list[Reading]]
    skip: int = 0
    preposition: str = ""
    alone: tuple[str, ...] = ()
    before: dict[str, tuple[str, ...]] = field(default_factory=dict)


class Example(NamedTuple):
    """A sentence of a data file: marked text, what must come of it, and where it stands."""

    place: str
    text: str
    expected: str | None  # an ISO date or a number as text; None where nothing may be found
    planned: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """The compiled lexicon of times, numbers and units."""

    items: dict[str, Item]
    examples: tuple[Example, ...] = field(repr=False, default=())


def _value(raw: Any, place: str) -> int | str | Fraction:
    if isinstance(raw, int):
        return raw
    if not isinstance(raw, str):
        raise LexiconError(f"{place}: value must be a number or a word")
    head, _, tail = raw.partition("/")
    if tail and head.isdigit() and tail.isdigit():
        return Fraction(int(head), int(tail))
    return int(raw) if raw.isdigit() else raw


def _folded(entry: dict[str, Any], key: str) -> frozenset[str]:
    return frozenset(fold(word) for word in entry.get(key) or ())


def _phrases(entry: dict[str, Any], place: str) -> list[tuple[list[str], Sense]]:
    """Return the phrases of an entry as folded words with their sense; checks the entry's shape."""
    unknown = set(entry) - _KEYS
    if unknown:
        raise LexiconError(f"{place}: unknown key {sorted(unknown)[0]!r}; allowed: {', '.join(sorted(_KEYS - {LINE}))}")
    for key in ("id", "kind", "value", "forms"):
        if key not in entry:
            raise LexiconError(f"{place}: the key {key!r} is missing")
    if entry["kind"] not in KINDS:
        raise LexiconError(f"{place}: unknown kind {entry['kind']!r}")
    value, guard = _value(entry["value"], place), entry.get("guard", "")
    after, before = _folded(entry, "not_after"), _folded(entry, "not_before")
    out = []
    for form in entry["forms"]:
        words = find_words(form).forms
        if not words:
            raise LexiconError(f"{place}: an empty form")
        if not is_normalized("NFC", form):
            raise LexiconError(f"{place}: the form {form!r} is not in NFC")
        definite = words[0].startswith(_ARTICLE)
        out.append((words, Sense(entry["kind"], value, definite, guard, after, before)))
        if entry.get("article"):
            out.append(([_ARTICLE + words[0], *words[1:]], Sense(entry["kind"], value, True, guard, after, before)))
    return out


def _units() -> list[tuple[list[str], Sense]]:
    """Return the units of ``units.tsv``; the value of each is "unit kind"."""
    out = []
    for number, line in enumerate(data_text("units.tsv").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 3:
            raise LexiconError(f"units.tsv:{number}: three cells are expected: form, unit, kind")
        out.append((find_words(cells[0]).forms, Sense("measure", f"{cells[1]} {cells[2]}")))
    return out


def _variants(word: str, sense: Sense) -> list[tuple[str, int, str]]:
    """Return ``word`` with what may be written on to it: (form, letters to skip, preposition)."""
    if sense.kind in _ALONE:
        return []
    spelt = [("", word)]
    if sense.kind not in _NO_PREPOSITION:
        spelt += [(_BA, _BA + word), (_KAF, _KAF + word), (_LAM, _LAM + word)]
        if sense.definite and word.startswith(_ARTICLE):
            stem = word[2:]
            spelt[-1] = (_LAM, _LAM + stem if stem.startswith(_LAM) else _LAM + _LAM + stem)
    out = [(form, 0, mark) for mark, form in spelt[1:]]
    for conjunction in (_WAW, _FA):
        out += [(conjunction + form, 1, mark) for mark, form in spelt]
    return out


def _compile(phrases: list[tuple[list[str], Sense]]) -> dict[str, Item]:
    items: dict[str, Item] = {}
    for words, sense in phrases:
        item = items.setdefault(words[0], Item({}))
        item.readings.setdefault(sense.kind, []).append(Reading(words[1:], sense))
    plain = frozenset(items)
    for words, sense in phrases:
        for form, skip, mark in _variants(words[0], sense):
            if form in plain:
                continue
            item = items.setdefault(form, Item({}, skip, mark))
            if (item.skip, item.preposition) == (skip, mark):
                item.readings.setdefault(sense.kind, []).append(Reading(words[1:], sense))
    for item in items.values():
        for readings in item.readings.values():
            readings.sort(key=lambda reading: -len(reading.rest))
    for words, sense in phrases:
        if sense.kind == "stop":
            items.pop(words[0], None)
    return {form: _indexed(item) for form, item in items.items()}


def _indexed(item: Item) -> Item:
    """Return ``item`` with its kinds by the word that follows; as most words open phrases of one word, cheaply."""
    alone = tuple(kind for kind, readings in item.readings.items() if not readings[-1].rest)
    nexts = {rest[0] for readings in item.readings.values() for rest, _ in readings if rest}
    before = {
        form: tuple(k for k, found in item.readings.items() if k in alone or any(r.rest[0] == form for r in found))
        for form in nexts
    }
    return replace(item, alone=alone, before=before)


def _examples(entry: dict[str, Any], place: str, key: str) -> list[Example]:
    found = [
        Example(place, str(example["text"]), str(example[key]), bool(example.get("planned", False)))
        for example in entry.get("examples") or ()
    ]
    return found + [Example(place, str(text), None, False) for text in entry.get("nonexamples") or ()]


@cache
def load_calendar() -> Calendar:
    """Return the lexicon of times, numbers and units; raises :class:`LexiconError` with ``file:line``."""
    phrases: list[tuple[list[str], Sense]] = []
    examples: list[Example] = []
    seen: set[str] = set()
    for name in FILES:
        for entry in load_entries(name):
            place = f"{name}:{entry[LINE]}"
            phrases += _phrases(entry, place)
            if entry["id"] in seen:
                raise LexiconError(f"{place}: the id {entry['id']!r} stands twice")
            seen.add(entry["id"])
            examples += _examples(entry, place, "iso" if name == "calendar.yaml" else "value")
    return Calendar(_compile(phrases + _units()), tuple(examples))
