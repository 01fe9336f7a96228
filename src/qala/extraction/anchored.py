"""Times told by an event: "after the meeting", "on his leaving the Games", "before the vote".

They name no day, so that they stay apart from :func:`qala.extraction.times.find_times`; they may date an
act of saying. Only phrases that end before a mark, a quotation or a complementiser count, so that a
clause's other words are never drawn in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qala.extraction.atoms import find_atoms, find_sense
from qala.extraction.time_values import Vague
from qala.extraction.times import TimeMention
from qala.lexicon.words import word_class
from qala.model import Span
from qala.text.words import MARK, WORD

if TYPE_CHECKING:
    from qala.extraction.atoms import Atoms
    from qala.text.words import Words

_LONGEST = 6  # words of the event
_ARTICLE = "\u0627\u0644"
_POSSESSIVE = ("\u0647", "\u0647\u0627", "\u0647\u0645")  # his (folded like the feminine ending), her, their


def find_anchored_times(words: Words) -> list[TimeMention]:
    """Return the phrases of ``words`` that tell a time by an event, in order and without overlap; linear."""
    atoms = find_atoms(words)
    out: list[TimeMention] = []
    i = 0
    while i < atoms.size:
        head = find_sense(atoms, i, "anchor", joined=True) if atoms.items[i] is not None else None
        end = _event(atoms, head.end) if head else None
        if head and head.sense.value == 0 and not atoms.forms[head.end].endswith(_POSSESSIVE):
            end = None  # "at" alone also means "with": only "at his leaving" is a time
        if head is None or end is None:
            i += 1
            continue
        item = atoms.items[i]
        start = atoms.starts[i] + (item.skip if item else 0)
        span = Span(start, atoms.ends[end - 1])
        value = Vague(int(head.sense.value))
        out.append(TimeMention(span, atoms.tokens[i], atoms.tokens[end - 1], value, span))
        i = end
    return out


def _event(atoms: Atoms, i: int) -> int | None:
    """Return the index after the event's noun phrase at ``i``, or ``None`` where none ends soon enough."""
    form, item = atoms.forms[i], atoms.items[i]
    if atoms.kinds[i] != WORD or word_class(form) or (item is not None and not item.readings.keys() <= {"name"}):
        return None
    definite = form.startswith(_ARTICLE) or form.endswith(_POSSESSIVE[1:])
    for end in range(i + 1, i + _LONGEST + 1):
        if atoms.kinds[end] == MARK or word_class(atoms.forms[end]) == "that":
            return end if definite else None
        definite = definite or atoms.forms[end].startswith(_ARTICLE)
        if word_class(atoms.forms[end]) in ("relative", "conjunction", "negation"):
            return None
    return None
