"""The words that introduce a person: his title before the name or behind it, and the body named in it."""

from functools import lru_cache
from typing import NamedTuple

from qala.extraction.scan import Scan
from qala.lexicon.actors import ActorBase
from qala.model import Span
from qala.resolution.entities import mentions_in, name_words
from qala.resolution.profiles import Profile
from qala.resolution.source_kinds import kind_of
from qala.text.words import MARK, Words, find_words

_LONGEST = 16  # tokens of a title
_INNER = frozenset('"()_#')
_WITHIN = frozenset(("\u0641\u064a", "\u0628\u0627\u0633\u0645", "\u0644\u062f\u064a", "\u0639\u0646"))
"""Prepositions inside a title, folded: in, in the name of, at, for."""
_BREAKS = frozenset(("that", "relative", "conjunction", "negation", "verbal", "pronoun", "demonstrative"))
_PLACES = frozenset(("state", "place", "building"))
_RANKS = frozenset(("honorific", "academic", "cleric", "royal", "rank"))
_RULERS = frozenset(("president", "monarch", "emir"))
_STATE_OFFICES = _RULERS | {"vice-president", "crown-prince", "head-of-government", "supreme-leader"}
_MINISTER = "minister"  # every office of a minister, the first of them included, ends so
_WHERE = "\u0641\u064a"  # in
SPOKESMAN = "spokesperson"
"""The office of those who speak for a body."""
_NO_BODIES = frozenset(("person", "office", "platform"))


class Introduction(NamedTuple):
    """What a title says: the office's id, the body's place in the title and its id, the country."""

    office: str | None = None
    affiliation: Span | None = None  # counted in the title
    body: str | None = None
    country: str | None = None


def title_of(scan: Scan, profile: Profile) -> Span | None:
    """Return the words that introduce a person, at the fullest form of the name, else at another place."""
    places = dict.fromkeys((profile.first, *profile.places))
    for first in places:
        begin = _title_before(scan, first)
        if begin < first:
            last = first - 1
            while last > begin and scan.words.kinds[last] == MARK and scan.quote_close[last] != last:
                last -= 1
            return scan.words.span(begin, last)
    return _title_behind(scan, profile.last)


def _title_before(scan: Scan, first: int) -> int:
    """Return the first token of the title that leads up to the name at ``first``, or ``first``.

    It begins with the farthest title word from which nothing but words of a noun phrase lead to the name.
    """
    forms = scan.words.forms
    best, before = first, first - 1
    if before >= 0 and forms[before] == ",":
        before -= 1
    for j in range(before, max(-1, scan.sentence_start[first] - 1, first - _LONGEST), -1):
        if _breaks(scan, j) or (scan.classes[j] == "preposition" and scan.tags[best] == "toffice"):
            break  # "an adviser to the president N. N." is somebody else
        if scan.tags[j][:1] == "t" and forms[j] not in _WITHIN:
            best = j
    return best


def _breaks(scan: Scan, j: int) -> bool:
    """Whether token ``j`` cannot be inside a title."""
    if scan.words.kinds[j] == MARK:
        return scan.words.forms[j] not in _INNER
    if scan.classes[j] == "preposition":
        return scan.words.forms[j] not in _WITHIN
    if scan.classes[j] in _BREAKS or scan.times[j] >= 0 or scan.tags[j][:1] == "p" or scan.debris[j]:
        return True
    return any(cue.form.morph in ("past", "present") for cue in scan.cue_at.get(j, ()))


def _title_behind(scan: Scan, last: int) -> Span | None:
    """Return the title in apposition behind a name: after a comma and up to the next mark."""
    words = scan.words
    first = last + 2
    if first >= len(words) or words.forms[last + 1] != "," or scan.tags[first][:1] != "t":
        return None
    end = first
    for j in range(first, min(len(words), first + _LONGEST)):
        if _breaks(scan, j) and scan.classes[j] != "preposition":
            break
        end = j
    return words.span(first, end)


@lru_cache(maxsize=1 << 14)
def read_title(title: str, base: ActorBase, home: str | None = None) -> Introduction:
    """Return what a title says: its office, the body named in it, the country. Cached by its words.

    ``home`` is the country of the person where it is known from elsewhere: "the president" alone is his.
    """
    words = name_words(title)
    reading = kind_of(words, base)
    office = reading.office
    affiliation, body = _affiliation(words, base, _office_end(words, base))
    if office is not None and affiliation is not None and office.rpartition(":")[2] in _RULERS:
        named = base.get(body) if body else None
        office = office if named is not None and named.kind in _PLACES else None  # who heads a body heads no state
    if office is not None and affiliation is None:
        if home and ":" not in office and (office in _STATE_OFFICES or office.endswith(_MINISTER)):
            office = f"{home}:{office}"
        body = _body_of(office, base)
    return Introduction(office, affiliation, body, reading.country)


def _office_end(words: Words, base: ActorBase) -> int:
    """Return the token after the name of the office that opens a title: the body in it ("minister of foreign
    affairs") is no affiliation beside it.
    """
    head = next((i for i, kind in enumerate(words.kinds) if kind != MARK), -1)
    whole = base.office_at(words, head) if head >= 0 else None
    if whole is None:
        return head + 1
    for end in range(head + 1, len(words)):
        part = find_words(words.text[: words.ends[end - 1]])
        if base.office_at(part, head) == whole:
            return end
    return len(words)


def _body_of(office: str, base: ActorBase) -> str | None:
    """Return the institution behind an office of a state ("ru:foreign-minister"), where the base has both."""
    state, _, key = office.rpartition(":")
    actor = base.get(key)
    if actor is None or actor.of is None or not state or key == SPOKESMAN:
        return None
    body = actor.of if ":" in actor.of else f"{state}:{actor.of}"
    return body if base.get(body) is not None else None


def _affiliation(words: Words, base: ActorBase, begin: int) -> tuple[Span | None, str | None]:
    """Return the body named in a title from token ``begin`` on: an actor of the base, or a word such as
    "institute" that begins the name of one; up to the next title or the end, a state or place alone.
    """
    last = max((i for i, kind in enumerate(words.kinds) if kind != MARK), default=-1)
    named = {mention.first: mention for mention in mentions_in(words, base)}
    for first, mention in named.items():
        if first > begin and (found := base.get(mention.ids[0])) is not None and found.kind == "person":
            last = min(last, first - 1)  # "the commissioner of the Union N. N.": no name is part of a body's
    for i in range(begin, last + 1):
        if words.kinds[i] == MARK:
            continue
        here = named.get(i)
        actor = base.get(here.ids[0]) if here else None
        if here is not None and actor is not None and actor.kind not in _NO_BODIES:
            if actor.kind in _PLACES and words.forms[i - 1] == _WHERE:
                continue
            end = here.last if actor.kind in _PLACES else _body_end(words, here.last, last, base)
            whose = ":" in here.ids[0] or actor.country is not None or actor.kind != "government"
            known = here.ids[0] if len(here.ids) == 1 and whose else None
            if actor.kind == "building":
                known = actor.of  # a palace stands for an office
            return Span(here.span.start, words.ends[end]), known
        head = base.words.at(words, i, "head")
        if head is not None:
            start = words.after_letters(i, head.cut) if head.cut else words.starts[i]
            return Span(start, words.ends[_body_end(words, i, last, base)]), None
    return None, None


def _body_end(words: Words, first: int, last: int, base: ActorBase) -> int:
    """Return the last token of a body's name: before another title ("of the forces, Colonel")."""
    for j in range(first + 1, last + 1):
        if words.forms[j] == ",":
            return j - 1
        at = base.words.at(words, j, "title") if words.kinds[j] != MARK else None
        if at is not None and not at.cut and any(word.kind in _RANKS for word in at.words):
            return j - 1
    return last
