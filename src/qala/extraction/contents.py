"""Where a content ends: every place that could end it, and what the ranker looks at there."""

from qala.extraction.reading_features import bucket, finite, kind_of
from qala.extraction.readings import Reading
from qala.extraction.scan import Scan
from qala.text.words import MARK, WORD

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
    last = limit - 1
    while last > start and kinds[last] == MARK and forms[last] in ",;:-.":
        last -= 1
    ends = sorted({e for e in ends if e < last})[: _MOST - 1]
    return [*ends, last]


Accepted = dict[int, Reading]
"""The readings that were accepted in a first pass, by the first token of their cue."""


def end_features(scan: Scan, reading: Reading, ends: list[int], accepted: Accepted) -> list[list[str]]:
    """Return the features of each candidate end of ``ends``; ``accepted`` are the statements around it."""
    start, cue = reading.start, reading.cue
    forms, kinds = scan.words.forms, scan.words.kinds
    k = reading.kind + "|"
    opened = start
    while opened < start + 3 and opened < len(forms) and scan.quote_open[opened] != opened:
        opened += 1
    quote = (
        scan.quote_close[opened]
        if opened < start + 3 and opened < len(forms) and scan.quote_open[opened] == opened
        else -1
    )
    quoted = "Q" if quote >= 0 else "N"
    if quote >= 0 and opened > start + 1:
        quoted = "R"
    limit = content_limit(scan, start)
    out: list[list[str]] = []
    verbs = 0
    counted = start
    commas = 0
    for rank, end in enumerate(ends):
        for j in range(counted, end + 1):
            commas += forms[j] == ","
            if j in scan.cue_at and finite(scan, j) and j > start:
                verbs += 1
        counted = end + 1
        n1, n2, n3 = kind_of(scan, end + 1), kind_of(scan, end + 2), kind_of(scan, end + 3)
        final = rank == len(ends) - 1
        length = bucket(end - start)
        features = [
            "L" + length,
            k + "L" + length,
            "n=" + n1,
            "nn=" + n1 + n2,
            "nnn=" + n1 + n2 + n3,
            k + "n=" + n1,
            k + "nn=" + n1 + n2,
            quoted + "n=" + n1,
            "rest" + bucket(limit - 1 - end),
            "commas" + str(min(commas, 4)) + n1,
            "last=" + kind_of(scan, end),
            k + "rank" + str(min(rank, 5)) + quoted,
            "m" + cue.form.morph + n1,
            "e" + cue.form.entry.id + n1,
            "verbs" + str(min(verbs, 2)) + n1,
        ]
        if final:
            features += [
                "F",
                k + "F",
                quoted + "F",
                "Fm" + cue.form.morph,
                "Fe" + cue.form.entry.id,
                "FL" + length,
            ]
        if quote >= 0:
            side = "at" if end == quote else ("in" if end < quote else "out")
            features += ["q" + side, k + "q" + side, "q" + side + n1 + n2, "q" + side + quoted + str(final)]
        elif scan.quote_open[end] >= 0 and scan.quote_close[end] != end and scan.quote_open[end] > start:
            features.append("cuts")
        elif scan.quote_close[end] == end:
            features += ["closes" + n1, "closes" + k]
        follow = end + 1
        if forms[follow : follow + 1] == [","]:
            follow += 1
        near = accepted.get(follow) or accepted.get(follow + 1) or (accepted.get(follow + 2) if n1 != "," else None)
        if near is not None and near is not reading:
            features += ["acc" + near.cue.form.morph + n1, "acc" + near.kind, k + "acc" + near.cue.form.entry.kind, "acc"]
        passed = sum(1 for a in accepted if start < a <= end and accepted[a].kind != "title")
        features += ["passed" + str(min(passed, 2)), quoted + "passed" + str(min(passed, 2)), "passed" + str(min(passed, 2)) + n1]
        if follow < len(forms):
            if kinds[follow] == WORD:
                if scan.classes[follow]:
                    features.append("nw=" + n1 + forms[follow])
                    features.append("nw2=" + n1 + forms[follow] + n3)
                for found in scan.cue_at.get(follow, ())[:2]:
                    form = found.form
                    features += [
                        "nc=" + n1 + form.morph + found.proclitics,
                        "nce=" + form.entry.id + form.morph + n1,
                        k + "nc=" + form.morph + found.proclitics + n1,
                        "nck" + form.entry.kind,
                    ]
                features.append("ns=" + n1 + scan.shapes[follow] + kind_of(scan, follow + 1))
        out.append(features)
    return out
