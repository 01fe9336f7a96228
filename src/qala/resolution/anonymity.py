"""The words in which a page says why it does not name a source: "on condition of anonymity, for he is not …".

The phrases are in ``data/ar/anonymity.yaml``: openers, what is withheld, the name or identity, the reason.
"""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from qala.extraction.attribution import Draft
from qala.lexicon.load import load_parts
from qala.lexicon.phrase_trie import PhraseTrie, phrase_words
from qala.lexicon.words import load_classes
from qala.text.words import MARK, WORD, Words

_FILE = "anonymity.yaml"
_PARTS = ("opener", "because", "withholding", "identity", "reason", "examples")
_SINGLE = ("opener", "because")
_MOST_OPENERS = 6
_LONGEST_REASON = 14  # tokens after the phrase that begins it


class Withheld(NamedTuple):
    """Tokens ``first`` to ``last`` in which a page says that, or why, a source is not named.

    ``alone`` is a reason without the words that say what is withheld; beside a named source it means nothing.
    """

    first: int
    last: int
    alone: bool = False


class AnonymityWords(NamedTuple):
    """The parts of such phrases, folded; phrases by their first word."""

    openers: frozenset[str]
    because: frozenset[str]
    withholding: PhraseTrie[str]
    identity: PhraseTrie[str]
    reason: PhraseTrie[str]


@cache
def load_anonymity() -> AnonymityWords:
    """Return the packaged phrases; raises :class:`LexiconError` with ``file:line`` for an unknown key."""
    tries: dict[str, PhraseTrie[str]] = {part: PhraseTrie() for part in _PARTS}
    single: dict[str, set[str]] = {part: set() for part in _SINGLE}
    for part, entry in load_parts(_FILE, _PARTS):
        for form in entry.get("forms", ()):
            words = phrase_words(str(form))
            if part in single:
                single[part].add(words[0])
            else:
                tries[part].add(words, str(entry["id"]))
    openers, because = (frozenset(single[part]) for part in _SINGLE)
    return AnonymityWords(openers, because, tries["withholding"], tries["identity"], tries["reason"])


def find_withheld(words: Words) -> list[Withheld]:
    """Return every such phrase of a text, in order, without overlap; linear in the text."""
    data = load_anonymity()
    withholding, reasons = data.withholding.root.next, data.reason.root.next
    out: list[Withheld] = []
    if withholding.keys().isdisjoint(words.forms) and reasons.keys().isdisjoint(words.forms):
        return out
    taken = -1
    for i, form in enumerate(words.forms):
        if i <= taken or (form not in withholding and form not in reasons):
            continue
        found = _withheld_at(words, i, data)
        if found is not None:
            out.append(found)
            taken = found.last
    return out


def _withheld_at(words: Words, i: int, data: AnonymityWords) -> Withheld | None:
    reason = data.reason.longest(words, i)
    if reason:
        return Withheld(i, _clause_end(words, reason.last), alone=True)
    act = data.withholding.longest(words, i)
    object_ = data.identity.longest(words, act.last + 1) if act and act.last + 1 < len(words) else None
    if object_ is None:
        return None
    first = i
    while first > 0 and i - first < _MOST_OPENERS and words.forms[first - 1] in data.openers:
        first -= 1
    first += next((k for k, form in enumerate(words.forms[first : i + 1]) if len(form) > 2), 0)
    last = object_.last
    after = last + 1 + (last + 1 < len(words) and words.forms[last + 1] == ",")
    if after < len(words) and words.forms[after] in data.because:
        last = _clause_end(words, after)
    return Withheld(first, last)


def _clause_end(words: Words, last: int) -> int:
    """Return the last token of the clause of a reason: before a mark or a complementiser."""
    that = load_classes()["that"]
    end = last
    for j in range(last + 1, min(len(words), last + 1 + _LONGEST_REASON)):
        if (words.kinds[j] == MARK and words.forms[j] not in '"()') or words.forms[j] in that:
            break
        end = j if words.kinds[j] == WORD else end
    return end


def without_withheld(drafts: Sequence[Draft], withheld: Sequence[Withheld], classes: Sequence[str]) -> list[Draft]:
    """Leave out the drafts that such words alone have made ("asked not to be named" is no demand), and end a
    source before them. ``classes`` are the closed classes of the tokens.
    """
    phrases = [item for item in withheld if not item.alone]
    if not phrases:
        return list(drafts)
    begins = [item.first for item in phrases]
    out: list[Draft] = []
    for draft in drafts:
        before = bisect_right(begins, draft.reading.cue.first) - 1
        if before >= 0 and draft.reading.cue.first <= phrases[before].last:
            continue
        source = draft.source
        after = bisect_right(begins, source.first) if source else len(begins)
        if source and after < len(begins) and begins[after] <= source.last:
            last = begins[after] - 1
            while last > source.first and classes[last] in ("relative", ","):
                last -= 1
            draft = draft._replace(source=source._replace(last=last))
        out.append(draft)
    return out
