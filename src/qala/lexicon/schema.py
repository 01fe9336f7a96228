"""What an entry of the cue files may hold: keys, kinds of values, allowed words (docs/linguists.md)."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from qala.lexicon.inflect import PARTS
from qala.lexicon.load import LINE, Entry, load_entries
from qala.model import ACTS

KINDS = ("verb", "according", "as_said")
"""A phrase stands like a verb, like "according to" before a source, or like "as" before a verb."""


class Problem(NamedTuple):
    """One thing that is wrong in a data file: where (``file:line``), and what is allowed instead."""

    place: str
    message: str

    def __str__(self) -> str:
        """Return the problem as one line."""
        return f"{self.place}: {self.message}"


class Key(NamedTuple):
    """A key of an entry: ``text`` or ``flag`` or a list of texts (``list``); words it may hold, or any."""

    kind: str
    needed: bool = False
    allowed: tuple[str, ...] = ()


@cache
def frame_ids() -> tuple[str, ...]:
    """Return the ids of ``frames.yaml``."""
    return tuple(str(entry["id"]) for entry in load_entries("frames.yaml"))


@cache
def cue_keys(name: str) -> dict[str, Key]:
    """Return the keys of the entries of ``verbs.yaml`` or ``phrases.yaml``."""
    keys = {
        "id": Key("text", needed=True),
        "gloss": Key("text", needed=True),
        "act": Key("text", needed=True, allowed=ACTS),
        "frames": Key("list", allowed=frame_ids()),
        "examples": Key("list", needed=True),
        "nonexamples": Key("list"),
        "shares": Key("list"),
        "hard": Key("flag"),
    }
    if name == "verbs.yaml":
        parts = {part: Key("text") for part in PARTS}
        return {
            **keys,
            **parts,
            "needs": Key("list"),
            "except": Key("list"),
            "frames": keys["frames"]._replace(needed=True),
        }
    return {**keys, "kind": Key("text", needed=True, allowed=KINDS), "forms": Key("list", needed=True)}


def find_entry_problems(entry: Entry, name: str, file: str) -> Iterator[Problem]:
    """Yield what is wrong with the keys and values of an entry of ``name`` (verbs.yaml, phrases.yaml)."""
    keys = cue_keys(name)
    for key, value in entry.items():
        if key == LINE:
            continue
        place = f"{file}:{entry.line_of(key)}"
        if key not in keys:
            yield Problem(place, f"unknown key '{key}'; allowed: {', '.join(sorted(keys))}")
        else:
            yield from _value_problems(entry, key, value, keys[key], file)
    for key, rule in keys.items():
        if rule.needed and key not in entry:
            yield Problem(f"{file}:{entry[LINE]}", f"the key '{key}' is missing")
    if name == "verbs.yaml" and not any(part in entry for part in PARTS):
        yield Problem(f"{file}:{entry[LINE]}", f"no principal part; at least one of: {', '.join(PARTS)}")
    if name == "phrases.yaml" and entry.get("kind") == "verb" and not entry.get("frames"):
        yield Problem(f"{file}:{entry[LINE]}", f"a phrase of kind 'verb' needs 'frames', of: {', '.join(frame_ids())}")


def _value_problems(entry: Entry, key: str, value: Any, rule: Key, file: str) -> Iterator[Problem]:
    place = f"{file}:{entry.line_of(key)}"
    if rule.kind == "flag":
        if value is not True:
            yield Problem(place, f"'{key}' is 'true' or left out")
        return
    if rule.kind == "text":
        if not isinstance(value, str) or not value.strip():
            yield Problem(place, f"'{key}' is a text (yes, no, on, off and numbers need quotation marks)")
        else:
            yield from _text_problems(value, key, place, rule)
        return
    if not isinstance(value, list) or not value:
        yield Problem(place, f"'{key}' is a list, one item a line, each after '- '")
        return
    seen: set[str] = set()
    for i, item in enumerate(value):
        place = f"{file}:{entry.line_of(key, i)}"
        if not isinstance(item, str) or not item.strip():
            yield Problem(place, f"an item of '{key}' is a text; put it in quotation marks if it holds a colon")
        elif item in seen:
            yield Problem(place, f"'{item}' stands twice in '{key}'")
        else:
            seen.add(item)
            yield from _text_problems(item, key, place, rule)


def _text_problems(value: str, key: str, place: str, rule: Key) -> Iterator[Problem]:
    if rule.allowed and value not in rule.allowed:
        yield Problem(place, f"unknown {key} '{value}'; allowed: {', '.join(rule.allowed)}")
    if not unicodedata.is_normalized("NFC", value):
        yield Problem(place, f"'{key}' is not in Unicode's NFC form")
    if value != value.strip() or "  " in value:
        yield Problem(place, f"'{key}' has spaces at its border or two in a row")
