"""Who says it, as written at the statement: candidate noun phrases."""

from typing import NamedTuple

from qala.extraction.readings import Reading
from qala.extraction.scan import Scan
from qala.text.words import MARK, WORD


class SourceSpan(NamedTuple):
    """A candidate source: tokens ``first`` to ``last``, and on which side of the cue it stands."""

    first: int
    last: int
    side: str  # "post" or "pre"
    zone: int  # the token before which (post) or from which (pre) sources are sought


_LONGEST = 28  # tokens; the gold's longest source has 24
_BACK = 45  # tokens a source may stand before its cue
_HEADS_NOT = frozenset(("preposition", "conjunction", "relative", "that", "negation", "verbal", "addition", "pronoun"))
_ENDS_NOT = frozenset(("preposition", "that", "relative", "conjunction", "negation", "verbal"))
_OPENERS = frozenset(("conjunction", "that", "verbal", "preposition", "relative", "pronoun", "negation", "addition"))
# "from", "tongue", "side", "part" of relayed words and passives: the source follows them
_ABOUT = frozenset(("\u0639\u0646", "\u0644\u0633\u0627\u0646", "\u0642\u0628\u0644", "\u062c\u0627\u0646\u0628"))


def zone_end(scan: Scan, reading: Reading) -> int:
    """Return the token before which a source behind the cue must end."""
    cue = reading.cue
    if reading.end >= 0:
        return min(scan.sentence_end[cue.last], cue.last + 1 + _LONGEST)
    return min(reading.particle if reading.particle >= 0 else reading.start, cue.last + 1 + 45)


def _post(scan: Scan, reading: Reading) -> list[SourceSpan]:
    """Noun phrases between the cue and its content, or after the cue where the content stands before it."""
    cue = reading.cue
    begin, end = cue.last + 1, zone_end(scan, reading)
    forms, classes, kinds = scan.words.forms, scan.classes, scan.words.kinds
    while begin < end and classes[begin] in ("preposition", "addition"):
        begin += 1
    starts = [begin]
    for j in range(begin, end):
        if (
            forms[j] in _ABOUT
            or forms[j] == ","
            or (scan.quote_close[j] == j and j > begin)
            or (scan.times[j] >= 0 and (j + 1 == end or scan.times[j + 1] < 0))
        ):
            starts.append(j + 1)
    if begin < end and scan.shapes[begin][0] == "l":
        starts.append(begin + 1)
    out: list[SourceSpan] = []
    for a in starts[:6]:
        while a < end and kinds[a] == MARK and forms[a] in "#,:-":
            a += 1
        if a >= end or (kinds[a] == MARK and scan.quote_open[a] != a) or scan.times[a] >= 0:
            continue
        if kinds[a] == WORD and classes[a] in _HEADS_NOT:
            continue
        limit = min(end, a + _LONGEST)
        for b in range(a, limit):
            if _may_end(scan, b) and (a == begin or b + 1 >= limit or _border(scan, b)):
                out.append(SourceSpan(a, b, "post", end))
    return out[:70]


def _may_end(scan: Scan, b: int) -> bool:
    """Whether a noun phrase can end in token ``b``; words of a hashtag or of a known name are not parted."""
    if scan.words.forms[b + 1 : b + 2] == ["_"] or scan.tags[b][1:] in ("b", "i"):
        return False
    if scan.words.kinds[b] == MARK:
        return scan.quote_close[b] == b or scan.words.forms[b] == ")"
    return scan.classes[b] not in _ENDS_NOT


def _border(scan: Scan, b: int) -> bool:
    """Whether the token after ``b`` can stand behind a whole noun phrase."""
    follows = b + 1
    return (
        follows >= len(scan.classes)
        or scan.words.kinds[follows] == MARK
        or scan.classes[follows] in _HEADS_NOT
        or scan.times[follows] >= 0 > scan.times[b]
        or follows in scan.cue_at
        or scan.shapes[follows][0] in "lLwWbyt"
    )


def _pre(scan: Scan, reading: Reading) -> list[SourceSpan]:
    """Noun phrases that stand before the cue in its sentence: those nearest to it, and the sentence's subject."""
    cue = reading.cue
    forms, classes, kinds = scan.words.forms, scan.classes, scan.words.kinds
    begin = max(scan.sentence_start[cue.first], cue.first - _BACK)
    if scan.quote_open[cue.first] >= 0:
        begin = max(begin, scan.quote_open[cue.first] + 1)
    while begin < cue.first and (scan.debris[begin] or forms[begin] in "\n-"):
        begin += 1
    last = cue.first - 1
    while last >= begin and (
        classes[last] in ("verbal", "negation", "addition", "conjunction", "pronoun") or scan.times[last] >= 0
    ):
        last -= 1
    ends: list[int] = []
    for b in range(last, begin - 1, -1):
        if _may_end(scan, b) and (b == last or _border(scan, b)):
            ends.append(b)
            if len(ends) >= 8:
                break
    starts = [j for j in range(begin, last + 1) if _may_start(scan, j, begin)][-8:]
    out = [SourceSpan(a, b, "pre", begin) for b in ends for a in starts if a <= b < a + _LONGEST]
    known = {(span.first, span.last) for span in out}
    for a in (begin, begin + 1):
        if a > last or (kinds[a] == MARK and scan.quote_open[a] != a) or classes[a] in _HEADS_NOT:
            continue
        subjects = [b for b in range(a, min(last + 1, a + 14)) if _may_end(scan, b) and _border(scan, b)][:4]
        out += [SourceSpan(a, b, "pre", begin) for b in subjects if (a, b) not in known]
    return out


def _may_start(scan: Scan, j: int, begin: int) -> bool:
    """Whether a noun phrase can start at token ``j`` of a clause that begins at ``begin``."""
    if scan.words.kinds[j] == MARK:
        return scan.quote_open[j] == j
    if scan.classes[j] in _HEADS_NOT or scan.tags[j][1:] in ("i", "e"):
        return False
    before = j - 1
    return (
        j == begin
        or scan.words.kinds[before] == MARK
        or scan.classes[before] in _OPENERS
        or scan.words.forms[before] in _ABOUT
        or scan.times[before] >= 0
        or before in scan.cue_at
        or scan.shapes[j][0] in "wWlL"
        or scan.shapes[before][0] in "yt"
    )


def find_sources(scan: Scan, reading: Reading) -> list[SourceSpan]:
    """Return the candidate sources of ``reading``; a left-out source is the absence of any."""
    return [*_post(scan, reading), *_pre(scan, reading)]
