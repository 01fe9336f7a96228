"""Words with their joined particles and pronouns: ``wa+li+l+X``, ``fa+sa+yaktubuna+ha``.

A cut must leave a known word, or the page's own: the rest of ``li-Pyongyang`` stands elsewhere on the
page. What cannot be decided stays whole.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from qala.model import Span
from qala.text.data import CliticRules, load_clitics
from qala.text.normalize import IGNORABLE, fold
from qala.text.words import WORD

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from qala.text.words import Words

_SHORTEST_REST = 2  # letters that a cut must leave
_SHORTEST_NAME = 4  # letters of a word that only the page itself knows
_IGNORED = re.compile(f"[{IGNORABLE}]")


class Clitics(NamedTuple):
    """The parts of a written word as lengths in letters: particles before, the stem, pronouns after."""

    proclitics: tuple[int, ...]
    stem: int
    enclitics: tuple[int, ...]


class CliticWord(NamedTuple):
    """A word of the text with the spans of its parts; ``token`` is its index among the words."""

    token: int
    proclitics: tuple[Span, ...]
    stem: Span
    enclitics: tuple[Span, ...]


def split_clitics(form: str, known: Container[str] = frozenset()) -> Clitics:
    """Return the parts of ``form``, a word without marks (as ``Words.plains`` or ``Words.forms`` has it).

    ``known`` holds folded words of the page: a preposition may be cut off one of them, too.
    """
    parts, rest = _split_by_data(form)
    if rest is None or rest not in known:
        return parts
    return Clitics((*parts.proclitics, 1), parts.stem - 1, ())


@lru_cache(maxsize=1 << 17)
def _split_by_data(form: str) -> tuple[Clitics, str | None]:
    """Return the parts of ``form`` as far as the data files alone decide.

    Beside them stands what another preposition would leave, if only the page can say whether it is a word.
    """
    rules = load_clitics()
    folded = fold(form)
    if len(folded) != len(form) or folded in rules.whole:
        return Clitics((), len(form), ()), None
    before = () if _enclitic(folded, form, rules) else _proclitics(folded, rules)
    start = sum(before)
    article = len(rules.article)
    if before[-1:] == (article,) and form[start - article] != rules.article[0]:
        before, start = before[:-1], start - article  # an alef with hamza begins no article
    has_article = before[-1:] == (article,) or before[-2:] == (1, 1)
    after = 0 if has_article else _enclitic(folded[start:], form[start:], rules)
    if not after and before[-1:] == (1,) and folded[start - 1] == rules.future:
        after = _object_of_verb(form[start:], rules)
    parts = Clitics(before, len(form) - start - after, (after,) if after else ())
    stem = folded[start:]
    if after or len(before) > 1 or has_article or stem[:1] not in rules.prepositions:
        return parts, None
    if len(stem) <= _SHORTEST_NAME or stem in rules.words or stem in rules.whole:
        return parts, None
    return parts, stem[1:]


def _proclitics(word: str, rules: CliticRules) -> tuple[int, ...]:
    """Return the lengths of the particles that ``word`` begins with."""
    if word in rules.words:
        return ()
    first, rest = word[:1], word[1:]
    if first in rules.conjunctions and len(rest) >= _SHORTEST_REST:
        if rest in rules.whole:
            return (1,)
        inner = _prepositions(rest, rules)
        if inner is not None:
            return (1, *inner)
        if _is_word(rest, rules) or (first == rules.conjunctions[0] and len(rest) > _SHORTEST_REST):
            return (1,)
    return _prepositions(word, rules) or ()


def _prepositions(word: str, rules: CliticRules) -> tuple[int, ...] | None:
    """Return the lengths of a preposition and article, an article or a future particle, else ``None``."""
    if word in rules.words or word in rules.whole:
        return None
    article, joined = rules.article, rules.article_after_l
    if word.startswith(article) and len(word) > len(article) + 1:
        return (len(article),)
    if word.startswith(joined) and len(word) > len(joined) + 1:
        return (1, 1)
    first, rest = word[:1], word[1:]
    if first in rules.prepositions:
        if rest.startswith(article) and len(rest) > len(article) + 2 and rest not in rules.words:
            return (1, len(article))
        if _is_word(rest, rules):
            return (1,)
    if first == rules.future and rest[:1] in rules.imperfect and _is_verb(rest, rules):
        return (1,)
    return None


def _is_word(rest: str, rules: CliticRules) -> bool:
    """Return whether ``rest`` can stand alone: in the data, on the page, or as one with a pronoun."""
    if len(rest) < _SHORTEST_REST:
        return False
    return rest in rules.words or rest in rules.whole or bool(_enclitic(rest, rest, rules))


def _is_verb(rest: str, rules: CliticRules) -> bool:
    """Return whether ``rest`` is a verb of the imperfect as far as can be seen."""
    return len(rest) > _SHORTEST_NAME - 1 and (_is_word(rest, rules) or len(rest) > _SHORTEST_NAME)


def _enclitic(folded: str, form: str, rules: CliticRules) -> int:
    """Return the length of the pronoun that ends a word, 0 where it has none."""
    if form[-1:] not in rules.pronoun_ends or folded in rules.whole:
        return 0
    for pronoun in rules.pronouns:
        # In folded spelling taa marbuta looks like the pronoun of one letter: the form decides.
        stem = folded[: -len(pronoun)]
        if not form.endswith(pronoun) or len(stem) < _SHORTEST_REST:
            continue
        if stem in rules.bearers:
            return len(pronoun)
        if len(pronoun) > 1 and folded in rules.takes_article:
            return 0
        return len(pronoun) if _is_stem(stem, pronoun, rules) else 0
    return 0


def _object_of_verb(form: str, rules: CliticRules) -> int:
    """Return the length of the pronoun that ends a verb after the future particle, known or not."""
    for pronoun in rules.pronouns:
        if len(pronoun) > 1 and form.endswith(pronoun) and len(form) - len(pronoun) >= _SHORTEST_NAME:
            return len(pronoun)
    return 0


def _is_stem(stem: str, pronoun: str, rules: CliticRules) -> bool:
    """Return whether ``stem`` is a word, or one whose last letter a pronoun changes."""
    if len(stem) <= _SHORTEST_REST:
        return False
    words = rules.words
    if stem in words:
        # The accusative of a word in N ends like "our": the longer word that is left decides.
        accusative = pronoun[0] != rules.pronouns[-1] and stem + pronoun[0] in words
        return pronoun[0] != stem[-1:] and not accusative
    return any(stem[:-1] + letter in words for letter in rules.restored.get(stem[-1:], ()))


def find_clitics(words: Words) -> tuple[CliticWord, ...]:
    """Return the words that have joined particles or pronouns, with spans that cover each word exactly."""
    known = frozenset(words.forms)
    found = []
    for token, (form, kind) in enumerate(zip(words.plains, words.kinds, strict=True)):
        if kind == WORD:
            parts = split_clitics(form, known)
            if parts.proclitics or parts.enclitics:
                spans = _spans_of(words, token, parts)
                if spans is not None:
                    found.append(spans)
    return tuple(found)


def _spans_of(words: Words, token: int, parts: Clitics) -> CliticWord | None:
    """Return the parts of a word as spans of the text; ``None`` where a ligature holds a border inside."""
    start, end = words.starts[token], words.ends[token]
    letters: Sequence[int] = range(start, end)
    total = sum(parts.proclitics) + parts.stem + sum(parts.enclitics)
    if end - start != total:
        letters = [at for at in letters if not _IGNORED.match(words.text[at])]
        if len(letters) != total:
            return None
    proclitics = []
    at = 0
    for length in parts.proclitics:
        at += length
        proclitics.append(Span(start, letters[at]))
        start = letters[at]
    if not parts.enclitics:
        return CliticWord(token, tuple(proclitics), Span(start, end), ())
    border = letters[at + parts.stem]
    return CliticWord(token, tuple(proclitics), Span(start, border), (Span(border, end),))
