"""Where a content ends: every place that could end it."""

from qala.extraction.readings import Reading
from qala.extraction.scan import Scan
from qala.text.words import MARK

_LONGEST = 400  # tokens; the gold's longest content has 176
_MOST = 40  # candidates
_MARKS = frozenset(',;:-()[]"\u00ab\u201c\u201d\u00bb')
_PHRASAL = frozenset(("bare", "prep", "bi", "li"))


def content_limit(scan: Scan, start: int) -> int:
    """Return the token index before which the content that begins at ``start`` must end.

    The sentence's end; where the content lies inside a quotation that holds its cue too, the quotation's.
    """
    return min(scan.sentence_end[start], start + _LONGEST)


def find_ends(scan: Scan, reading: Reading) -> list[int]:
    """Return the candidate last tokens of the content of ``reading``, nearest first, the sentence's end last."""
    start = reading.start
    limit = content_limit(scan, start)
    inside = scan.quote_open[reading.cue.first] >= 0
    if inside:
        limit = min(limit, scan.quote_close[reading.cue.first])
    forms, classes, kinds = scan.words.forms, scan.classes, scan.words.kinds
    phrasal = reading.kind in _PHRASAL
    ends: list[int] = []
    for j in range(start, limit - 1):
        follows = j + 1
        if scan.debris[follows] and not scan.debris[start]:
            limit = follows  # no content runs on into debris
            break
        if kinds[follows] == MARK:
            if forms[follows] in _MARKS:
                if kinds[j] != MARK or scan.quote_close[j] == j or forms[j] == ")":
                    ends.append(j)
                if scan.quote_close[follows] == follows and follows < limit - 1 and follows not in ends:
                    ends.append(follows)
        elif kinds[j] == MARK:
            if scan.quote_close[j] == j:
                ends.append(j)
        elif (
            follows in scan.cue_at
            or classes[follows] in ("conjunction", "relative")
            or (phrasal and classes[follows] == "preposition")
            or scan.times[follows] >= 0 > scan.times[j]
            or (scan.shapes[follows][0] in "wW" and j > start)
        ):
            ends.append(j)
        if len(ends) >= _MOST:
            break
    last = max(start, limit - 1)
    while last > start and kinds[last] == MARK and forms[last] in ",;:-.":
        last -= 1
    ends = sorted({e for e in ends if e < last})[: _MOST - 1]
    return [*ends, last]
