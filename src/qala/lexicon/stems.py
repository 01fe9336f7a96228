"""Stems and skeletons of words: what inflected and derived forms of one word share.

Light stemming (Larkey, Ballesteros and Connell 2002) after the joined particles are cut off; the skeleton goes
on to the consonants of the root as ISRI does (Taghva, Elkhoury and Coombs 2005), without a list of roots. Both
are only for comparing and are never shown; the letters are data (``data/ar/stems.yaml``).
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, NamedTuple, cast

from qala.errors import LexiconError
from qala.lexicon.load import data_text, parse_yaml
from qala.text.clitics import split_clitics
from qala.text.normalize import fold, plain

_FILE = "stems.yaml"
_KEYS = ("suffixes", "vowels", "patterns", "together", "apart")
_SHORTEST = 3  # letters of a stem
_SHORTEST_ROOT = 2  # letters of a skeleton before which nothing more is left out
_SHORTEST_JOINED = 5  # letters of a word behind whose first one a preposition is cut off
_LAM, _HAMZA = "\u0644", "\u0623\u0625"


class StemRules(NamedTuple):
    """The letters of ``stems.yaml``, folded, and the pairs that are its tests."""

    suffixes: tuple[str, ...]
    vowels: frozenset[str]
    patterns: tuple[str, ...]
    together: tuple[tuple[str, str], ...]
    apart: tuple[tuple[str, str], ...]


@cache
def load_stem_rules() -> StemRules:
    """Return the packaged rules."""
    return parse_stem_rules(data_text(_FILE), _FILE)


def parse_stem_rules(text: str, name: str) -> StemRules:
    """Return the rules in ``text``; raises :class:`LexiconError` with ``name:line`` where it breaks the schema."""
    data: Any = parse_yaml(text, name)
    given = {key for key in data if not key.startswith("__")} if isinstance(data, dict) else set()
    if given != set(_KEYS):
        raise LexiconError(f"{name}:1: the keys are {', '.join(_KEYS)}")
    for key in _KEYS:
        if not isinstance(data[key], list) or not all(isinstance(word, str) and word.strip() for word in data[key]):
            raise LexiconError(f"{name}:{data.line_of(key)}: '{key}' is a list of words, one a line after '- '")
    for key in ("together", "apart"):
        for i, pair in enumerate(data[key]):
            if len(pair.split()) != 2:
                raise LexiconError(f"{name}:{data.line_of(key, i)}: two words are expected")
    pairs = [tuple(cast("tuple[str, str]", tuple(pair.split())) for pair in data[key]) for key in ("together", "apart")]
    return StemRules(
        tuple(fold(word) for word in data["suffixes"]),
        frozenset(fold(word) for word in data["vowels"]),
        tuple(fold(word) for word in data["patterns"]),
        *pairs,
    )


@lru_cache(maxsize=1 << 17)
def bare(word: str) -> str:
    """Return a written word folded, without joined particles and pronouns; its endings stay.

    A preposition before an alef with hamza is no article, whether the word behind it is known or not.
    """
    written = plain(word)
    parts = split_clitics(written)
    start = sum(parts.proclitics)
    if not start and len(written) >= _SHORTEST_JOINED and written[0] == _LAM and written[1] in _HAMZA:
        return fold(written[1 : parts.stem])
    return fold(written[start : start + parts.stem])


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """Return the folded stem of a written word: without joined particles, pronouns and regular endings."""
    inner = bare(word)
    for suffix in load_stem_rules().suffixes:
        if inner.endswith(suffix) and len(inner) - len(suffix) >= _SHORTEST:
            return inner[: -len(suffix)]
    return inner


@lru_cache(maxsize=1 << 17)
def skeleton(word: str) -> str:
    """Return the consonants of a written word's root, as far as its letters show them.

    Doubled letters are one; a word without three consonants keeps its stem's letters.
    """
    rules = load_stem_rules()
    inner = stem(word)
    for pattern in rules.patterns:
        rest = inner[len(pattern) :]
        if inner.startswith(pattern) and sum(letter not in rules.vowels for letter in rest) >= _SHORTEST:
            inner = rest
            break
    root = _consonants(inner, rules)
    return root if len(root) >= _SHORTEST_ROOT else inner


def _consonants(word: str, rules: StemRules) -> str:
    """Return the letters that are no long vowels, the second of two equal ones left out."""
    kept = [letter for letter in word if letter not in rules.vowels]
    if len(kept) < _SHORTEST_ROOT:
        return word
    return "".join(letter for i, letter in enumerate(kept) if not i or letter != kept[i - 1])
