"""One spelling of a name for an article that writes it in several: "Lepen" is read as the "Le Pen" named before it."""

from collections.abc import Iterable

from qala.resolution.names import compare_words, sound_key
from qala.text.remembered import Remembered

Spellings = dict[str, str]
"""Words of names that the article first spells otherwise, by the word as compared: the first spelling."""

NO_SPELLINGS: Spellings = {}

_SOUND = Remembered(sound_key, 1 << 16)
# What keeps a page of names linear: words of one sound, words in which a slip is sought, names that it may be.
_MOST_ALIKE, _MOST_SLIPS, _MOST_KNOWN = 20, 300, 500
_LONG = 5  # letters of a word in which one wrong letter leaves no doubt which word is meant


def find_spellings(names: Iterable[str], others: Iterable[str]) -> Spellings:
    """Return how words of ``names`` were spelt first, and which of them each of ``others`` misspells.

    Both come without article; transliterations may differ as :func:`compare_words` allows, and one of the others
    also by one letter too few, too many or wrong.
    """
    found: Spellings = {}
    by_sound: dict[str, list[str]] = {}
    known: dict[str, None] = {}
    for word in names:
        if word in known:
            continue
        known[word] = None
        same = by_sound.setdefault(_SOUND[word], [])
        first = _alike(word, same)
        if first is not None:
            found[word] = first
        elif len(same) < _MOST_ALIKE:
            same.append(word)
    likely = list(known)[:_MOST_KNOWN]
    for word in list(others)[:_MOST_SLIPS]:
        if word in known:
            continue
        first = _alike(word, by_sound.get(_SOUND[word], ())) or _misspelt(word, likely)
        if first is not None:
            found[word] = found.get(first, first)
    return found


def _alike(word: str, others: Iterable[str]) -> str | None:
    return next((other for other in others if compare_words(word, other)[0]), None)


def _misspelt(word: str, known: Iterable[str]) -> str | None:
    if len(word) < _LONG:
        return None
    fit = [other for other in known if len(other) >= _LONG and word[0] == other[0] and _one_off(word, other)]
    return fit[0] if len(fit) == 1 else None


def _one_off(a: str, b: str) -> bool:
    """Whether two words differ by one letter, or by two neighbours that changed places."""
    if abs(len(a) - len(b)) > 1:
        return False
    i = 0
    while i < min(len(a), len(b)) and a[i] == b[i]:
        i += 1
    if len(a) == len(b):
        return a[i + 1 :] == b[i + 1 :] or (a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :])
    return a[i + 1 :] == b[i:] or a[i:] == b[i + 1 :]
