"""The words in which a page says why it does not name a source: "on condition of anonymity, for he is not …".

The phrases are in ``data/ar/anonymity.yaml``: openers, what is withheld, the name or identity, the reason.
"""

from functools import cache
from typing import NamedTuple

from qala.errors import LexiconError
from qala.lexicon.load import LINE, load_entries
from qala.lexicon.phrase_trie import PhraseTrie, phrase_words
from qala.lexicon.words import load_classes
from qala.text.words import MARK, WORD, Words

_FILE = "anonymity.yaml"
_PARTS = ("opener", "withholding", "identity", "reason", "examples")
_KEYS = frozenset(("id", "gloss", "part", "forms", "examples", "nonexamples", LINE))
_MOST_OPENERS = 6
_LONGEST_REASON = 14  # tokens after the phrase that begins it


class Withheld(NamedTuple):
    """Tokens ``first`` to ``last`` in which a page says that, or why, a source is not named."""

    first: int
    last: int


class AnonymityWords(NamedTuple):
    """The parts of such phrases, folded; phrases by their first word."""

    openers: frozenset[str]
    withholding: PhraseTrie[str]
    identity: PhraseTrie[str]
    reason: PhraseTrie[str]


@cache
def load_anonymity() -> AnonymityWords:
    """Return the packaged phrases; raises :class:`LexiconError` with ``file:line`` for an unknown key or part."""
    tries: dict[str, PhraseTrie[str]] = {part: PhraseTrie() for part in _PARTS}
    openers: set[str] = set()
    for entry in load_entries(_FILE):
        part = entry.get("part")
        if part not in _PARTS or not entry.keys() <= _KEYS:
            allowed = ", ".join((*_PARTS, *sorted(_KEYS - {LINE})))
            raise LexiconError(f"{_FILE}:{entry[LINE]}: unknown part or key; allowed: {allowed}")
        for form in entry.get("forms", ()):
            words = phrase_words(str(form))
            if part == "opener":
                openers.add(words[0])
            else:
                tries[part].add(words, str(entry["id"]))
    return AnonymityWords(frozenset(openers), tries["withholding"], tries["identity"], tries["reason"])


def find_withheld(words: Words) -> list[Withheld]:
    """Return every such phrase of a text, in order, without overlap; linear in the text."""
    data = load_anonymity()
    withholding, reasons = data.withholding.root.next, data.reason.root.next
    out: list[Withheld] = []
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
        return Withheld(i, _clause_end(words, reason.last))
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
    reason = data.reason.longest(words, after) if after < len(words) else None
    return Withheld(first, _clause_end(words, reason.last) if reason else last)


def _clause_end(words: Words, last: int) -> int:
    """Return the last token of the clause of a reason: before a mark or a complementiser."""
    that = load_classes()["that"]
    end = last
    for j in range(last + 1, min(len(words), last + 1 + _LONGEST_REASON)):
        if (words.kinds[j] == MARK and words.forms[j] not in '"()') or words.forms[j] in that:
            break
        end = j if words.kinds[j] == WORD else end
    return end

