"""Two names compared on the Arabic side: the same, a spelling variant, one part of the other, different, or
not comparable.

The method is word by word, never over the whole string: an edit distance over whole names calls "Kim" and
"Karim", or two princes with different fathers, close (rapidfuzz gives 86 and 89 of 100). Foreign names may
differ in the letters with which newspapers write one sound and in vowels; Arabic names may not, for there a
vowel tells Hasan from Husayn. "Not comparable" is never "the same".
"""

from functools import lru_cache
from typing import Literal, NamedTuple

from qala.lexicon.fact_files import WORDS, table_rows
from qala.lexicon.phrase_trie import phrase_words
from qala.lexicon.spelling import folded
from qala.lexicon.spelling_variants import join_compounds
from qala.text.normalize import plain

Verdict = Literal["same", "variant", "part_of", "different", "cannot_compare"]


class NameComparison(NamedTuple):
    """The outcome: ``score`` 0 … 1 (1 only for "same"), the verdict, whether ``a`` or ``b`` is the shorter,
    reasons.
    """

    score: float
    verdict: Verdict
    reasons: tuple[str, ...]
    part: Literal["a", "b"] | None = None


class _Part(NamedTuple):
    word: str
    linked: bool  # a word such as "son of" stands before it


class _Name(NamedTuple):
    parts: tuple[_Part, ...]
    generation: str  # "the father", "the third" …; empty where not said


_VARIANT, _ARTICLE, _PART = 0.9, 0.97, 0.75
_MIN_SKELETON = 2  # consonants that a foreign word needs before its vowels may differ
_MIN_LETTERS = 4  # letters that it needs
_LONG_SKELETON = 4  # consonants with which even a long "a" may be left out


def compare_names(a: str, b: str) -> NameComparison:
    """Compare two names of persons or bodies, without titles; pure, and symmetric but for ``part``.

    ``same``: equal once spelling is folded. ``variant``: every word is the same or a transliteration
    variant. ``part_of``: the words of the one stand in the other in a way that fits a short name (``part``
    says which). ``different``: some word tells them apart. ``cannot_compare``: a name is empty, in another
    script, or does not say what tells namesakes apart (father and son).
    """
    first, second = _parse(a), _parse(b)
    problem = _problem(a, first) or _problem(b, second)
    if problem:
        return NameComparison(0.0, "cannot_compare", (problem,))
    if first.generation != second.generation:
        if first.generation and second.generation:
            return NameComparison(0.0, "different", ("generation",))
        if len(first.parts) > 1 or len(second.parts) > 1:
            return NameComparison(0.0, "cannot_compare", ("one name does not say which of the namesakes",))
    if len(first.parts) != len(second.parts) and _joined(first) == _joined(second):
        return NameComparison(_ARTICLE, "variant", ("written together",))
    if len(first.parts) == len(second.parts):
        return _compare_equal(first.parts, second.parts)
    if len(first.parts) < len(second.parts):
        return _compare_part(first.parts, second.parts, "a")
    return _compare_part(second.parts, first.parts, "b")


def may_be_variants(a: str, b: str) -> bool:
    """Whether :func:`compare_names` can call two names "same" or "variant": as many words, or the same letters."""
    first, second = _parse(a), _parse(b)
    return len(first.parts) == len(second.parts) or _joined(first) == _joined(second)


def _joined(name: _Name) -> str:
    return "".join(part.word for part in name.parts)


def _problem(text: str, name: _Name) -> str:
    if not name.parts:
        return "no name"
    letters = [char for char in plain(text) if char.isalpha()]
    arabic = sum("\u0600" <= char <= "\u06ff" for char in letters)
    if arabic == 0:
        return "not in Arabic letters"
    return "letters of two scripts" if arabic < len(letters) else ""


@lru_cache(maxsize=1 << 14)
def _parse(text: str) -> _Name:
    links, generations = frozenset(folded("links", "son")), _generations()
    words = list(join_compounds(phrase_words(text)))
    generation = ""
    while len(words) > 1 and words[-1] in generations:
        generation = f"{generations[words[-1]]} {generation}".strip()
        words.pop()
    parts: list[_Part] = []
    linked = False
    for word in words:
        if word in links and word is not words[-1]:
            linked = True
            continue
        parts.append(_Part(word, linked))
        linked = False
    return _Name(tuple(parts), generation)


@lru_cache(maxsize=1)
def _generations() -> dict[str, str]:
    """Return the words that tell namesakes apart, by folded word: elder, younger, or the number itself."""
    table = {word: key for key in ("elder", "younger") for word in folded("kin", key)}
    table.update({word: word for phrase in folded("kin", "numbers") for word in phrase.split()})
    return table


def _compare_equal(first: tuple[_Part, ...], second: tuple[_Part, ...]) -> NameComparison:
    score, reasons = 1.0, []
    for left, right in zip(first, second, strict=True):
        value, reason = compare_words(left.word, right.word)
        if not value:
            return NameComparison(0.0, "different", (f"{left.word} / {right.word}",))
        if left.linked != right.linked:
            value, reason = min(value, _ARTICLE), reason or "link"
        score = min(score, value)
        if reason:
            reasons.append(f"{reason}: {left.word} / {right.word}")
    return NameComparison(score, "variant" if reasons else "same", tuple(reasons))


def _compare_part(short: tuple[_Part, ...], long: tuple[_Part, ...], part: Literal["a", "b"]) -> NameComparison:
    """Compare a name with a longer one: its words must stand there in order, and the first not as a
    father's name.
    """
    matched: list[int] = []
    score = _PART
    for item in short:
        begin = matched[-1] + 1 if matched else 0
        values = ((j, compare_words(item.word, long[j].word)[0]) for j in range(begin, len(long)))
        found = next(((j, value) for j, value in values if value), None)
        if found is None:
            return NameComparison(0.0, "different", (f"{item.word} is not in the longer name",))
        matched.append(found[0])
        score = min(score, _PART * found[1])
    if long[matched[0]].linked and not short[0].linked and matched[0] > 0:
        return NameComparison(0.0, "different", ("the longer name has it as a father's name",))
    if matched[0] > 0 and matched[-1] < len(long) - 1 and len(short) == 1 and not short[0].linked:
        return NameComparison(0.2, "cannot_compare", ("only a middle name in common",))
    reason = "surname" if matched[0] > 0 else "first names"
    return NameComparison(score, "part_of", (reason,), part)


@lru_cache(maxsize=1 << 16)
def compare_words(a: str, b: str) -> tuple[float, str]:
    """Return how alike two folded words of names are, 0 … 1, and why: empty where they are equal or differ.

    "article": one has the Arabic article. "sounds", "vowels": transliterations of one foreign name.
    """
    if a == b:
        return 1.0, ""
    article = folded("particles", "article")[0]
    bare_a, bare_b = _without(a, article), _without(b, article)
    if bare_a == bare_b:
        return _ARTICLE, "article"
    if _doubled(a) == _doubled(b):
        return _VARIANT, "double letter"
    if is_native(a) or is_native(b):
        return 0.0, ""
    reason = _transliterated(a, b)
    return (_VARIANT, reason) if reason else (0.0, "")


def _without(word: str, article: str) -> str:
    return word[len(article) :] if word.startswith(article) and len(word) > len(article) + 2 else word


def _doubled(word: str) -> str:
    return "".join(char for i, char in enumerate(word) if not i or char != word[i - 1])


@lru_cache(maxsize=1)
def _native_names() -> frozenset[str]:
    """Return the folded Arabic given names, among which a vowel or a letter tells persons apart."""
    rows = table_rows(None, WORDS)
    return frozenset(word for row in rows if row.cells[1] == "given" for word in phrase_words(row.cells[0]))


def is_native(word: str) -> bool:
    """Whether a folded word is an Arabic name, in which a vowel or a letter tells persons apart."""
    return (
        word.startswith(folded("particles", "article"))
        or word in _native_names()
        or any(letter in word for letter in folded("silent", "native"))
    )


@lru_cache(maxsize=1)
def _sound_pairs() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair.split()) for pair in folded("sounds", "pairs"))


@lru_cache(maxsize=1)
def _one_sounds() -> tuple[tuple[str, str], ...]:
    pairs = (pair.split() for pair in folded("sounds", "written_as_one"))
    return tuple((two, one) for two, one in pairs)


@lru_cache(maxsize=1)
def _representatives() -> dict[str, str]:
    """Return one letter for all that the pairs of sounds join, directly or through others."""
    table: dict[str, str] = {}
    for pair in _sound_pairs():
        group = {table.get(letter, letter) for letter in pair}
        chosen = min(group)
        for letter in {*pair, *(known for known, root in table.items() if root in group)}:
            table[letter] = chosen
    return table


def sound_key(word: str) -> str:
    """Return the consonants of a folded word, letters of one sound read as one: variants of a name share
    it.
    """
    article = folded("particles", "article")[0]
    table = _representatives()
    return "".join(table.get(char, char) for char in _sounds_of(_without(word, article))[0])


@lru_cache(maxsize=1 << 14)
def _sounds_of(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the consonants of a foreign word, and the vowel letters between them (one more than
    consonants).
    """
    for two, one in _one_sounds():
        word = word.replace(two, one)
    vowels, final = folded("silent", "vowels"), folded("silent", "final")
    consonants: list[str] = []
    between = [""]
    for i, char in enumerate(word):
        if char in vowels or (char in final and i == len(word) - 1):
            between[-1] += char
        elif not consonants or between[-1] or consonants[-1] != char:
            consonants.append(char)
            between.append("")
    return tuple(consonants), tuple(between)


def _transliterated(a: str, b: str) -> str:
    """Return why two foreign words may be one name, or an empty string."""
    (left, left_vowels), (right, right_vowels) = _sounds_of(a), _sounds_of(b)
    if len(left) != len(right) or not left:
        return ""
    pairs = _sound_pairs()
    changed = [x for x, y in zip(left, right, strict=True) if x != y]
    if any(frozenset((x, y)) not in pairs for x, y in zip(left, right, strict=True) if x != y):
        return ""
    differing = [(x, y) for x, y in zip(left_vowels, right_vowels, strict=True) if x != y]
    if not differing:
        return "sounds" if min(len(a), len(b)) > 2 or not changed else ""
    if not _vowels_may_differ(a, b, left, differing):
        return ""
    return "sounds, vowels" if changed else "vowels"


def _vowels_may_differ(a: str, b: str, consonants: tuple[str, ...], differing: list[tuple[str, str]]) -> bool:
    """Whether vowel letters differ as in transliterations: the one word leaves some out that the other
    writes, or has one at another place (Dimitri, Dmitri).

    A long "a" is left out only in longer words (Trump), for elsewhere it tells names apart (Park, Barack).
    """
    if len(consonants) < _MIN_SKELETON or min(len(a), len(b)) < _MIN_LETTERS:
        return False
    left_out = all(x in y for x, y in differing) or all(y in x for x, y in differing)
    moved = "".join(x for x, _ in differing) == "".join(y for _, y in differing) and len(consonants) >= _LONG_SKELETON
    if moved:
        return True
    if not left_out or len(differing) > max(1, len(consonants) - 2):
        return False
    long_a = folded("silent", "vowels")[0]
    lost_a = any((long_a in x) != (long_a in y) for x, y in differing)
    return len(consonants) >= _LONG_SKELETON or not lost_a
