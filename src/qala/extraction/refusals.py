"""Contents by which a plain verb of saying declines to comment, to confirm or to tell (``data/ar/refusals.yaml``)."""

from functools import cache
from typing import NamedTuple

from qala.extraction.scan import Scan
from qala.lexicon.load import load_parts
from qala.lexicon.phrase_trie import phrase_words
from qala.text.words import MARK

_FILE = "refusals.yaml"
_PARTS = ("refusal", "unable", "told")
_OPENING = 3  # words of a content before which it must begin to decline
_NEAR = 3  # words behind "is not able to" within which stands what is not told


class Refusals(NamedTuple):
    """The folded phrases of each part, as tuples of words."""

    refusal: frozenset[tuple[str, ...]]
    unable: frozenset[tuple[str, ...]]
    told: frozenset[tuple[str, ...]]
    longest: int  # words


@cache
def load_refusals() -> Refusals:
    """Return the packaged phrases; raises :class:`LexiconError` with ``file:line`` for an unknown part or key."""
    found: dict[str, set[tuple[str, ...]]] = {part: set() for part in _PARTS}
    for part, entry in load_parts(_FILE, _PARTS):
        found[part] |= {phrase_words(str(form)) for form in entry["forms"]}
    longest = max(len(phrase) for phrases in found.values() for phrase in phrases)
    return Refusals(frozenset(found["refusal"]), frozenset(found["unable"]), frozenset(found["told"]), longest)


def declines(scan: Scan, start: int, end: int) -> bool:
    """Whether the content in tokens ``start`` to ``end`` begins by declining to say something."""
    data = load_refusals()
    kinds, forms = scan.words.kinds, scan.words.forms
    words: list[str] = []
    for j in range(start, end + 1):
        if kinds[j] != MARK:
            words.append(forms[j])
        if len(words) == _OPENING + data.longest + _NEAR:
            break
    for at in range(min(_OPENING, len(words))):
        for last in range(at + 1, min(at + data.longest, len(words)) + 1):
            phrase = tuple(words[at:last])
            if phrase in data.refusal:
                return True
            if phrase in data.unable and any((word,) in data.told for word in words[last : last + _NEAR]):
                return True
    return False
