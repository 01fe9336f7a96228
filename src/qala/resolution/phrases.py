"""Other places where an article names the head of a source: "migrants from Eritrea" for "these migrants"."""

from collections.abc import Iterable

from qala.extraction.scan import Scan
from qala.extraction.sources import SourceSpan
from qala.lexicon.stems import stem
from qala.resolution.institutions import phrase_end
from qala.text.words import WORD

Phrases = dict[str, list[tuple[int, int]]]
"""The noun phrases that begin with a word, by its stem, in the order of the text: first and last token."""

_FEW = 8  # stems that are searched one by one in every word
_MOST_PLACES = 40  # of one stem, so that a page of one word repeated stays linear


def find_phrases(scan: Scan, sources: Iterable[SourceSpan]) -> Phrases:
    """Return the noun phrases of an article that begin with the head of one of ``sources``."""
    places: Phrases = {}
    for source in sources:
        head = _head_of(scan, source)
        if head >= 0:
            places[stem(scan.words.plains[head])] = []
    if not places:
        return places
    plains = scan.words.plains
    for j in _alike(scan, places):
        if not _is_noun(scan, j):
            continue
        found = places.get(stem(plains[j]))
        if found is not None and len(found) < _MOST_PLACES:
            found.append((j, phrase_end(scan, j)))
    return places


def _alike(scan: Scan, stems: Iterable[str]) -> Iterable[int]:
    """Return the tokens that may have one of ``stems``: those whose folded form holds it, where stems are few.

    The stem of a word that was not met before costs far more than a search in its letters.
    """
    forms, few = scan.words.forms, list(stems)
    if len(few) > _FEW:
        return range(len(forms))
    return sorted({j for sought in few for j, form in enumerate(forms) if sought in form})


def phrases_like(scan: Scan, phrases: Phrases, source: SourceSpan) -> list[tuple[int, int]]:
    """Return the first phrase outside ``source`` that begins with its head, and the longest if it is another."""
    head = _head_of(scan, source)
    if head < 0:
        return []
    found = [p for p in phrases.get(stem(scan.words.plains[head]), ()) if not source.first <= p[0] <= source.last]
    if not found:
        return []
    longest = max(found, key=lambda p: (p[1] - p[0], -p[0]))
    return [found[0]] if longest == found[0] else [found[0], longest]


def _head_of(scan: Scan, source: SourceSpan) -> int:
    """Return the first noun of a source, behind words such as "these"; -1 where there is none."""
    return next((j for j in range(source.first, source.last + 1) if _is_noun(scan, j)), -1)


def _is_noun(scan: Scan, j: int) -> bool:
    """Whether a token can be a common noun: no name, no word of a closed class, no time."""
    plain = scan.words.kinds[j] == WORD and not scan.classes[j] and scan.times[j] < 0 and not scan.debris[j]
    return plain and scan.tags[j][:1] != "p" and scan.shapes[j] != "NN" and j not in scan.finite
