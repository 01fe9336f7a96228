"""Who says it, as written at the statement: candidate noun phrases and what the ranker looks at there."""

from typing import NamedTuple

from qala.extraction.reading_features import bucket, finite, kind_of
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
_HEADS_NOT = frozenset(
    ("preposition", "conjunction", "relative", "that", "negation", "verbal", "addition", "pronoun")
)
_ENDS_NOT = frozenset(("preposition", "that", "relative", "conjunction", "negation", "verbal"))
_OPENERS = frozenset(("conjunction", "that", "verbal", "preposition", "relative", "pronoun", "negation", "addition"))
# "from", "tongue", "side", "part" of relayed words and passives: the source follows them
_ABOUT = frozenset(("\u0639\u0646", "\u0644\u0633\u0627\u0646", "\u0642\u0628\u0644", "\u062c\u0627\u0646\u0628"))


def _zone_end(scan: Scan, reading: Reading) -> int:
    cue = reading.cue
    if reading.end >= 0:
        return min(scan.sentence_end[cue.last], cue.last + 1 + _LONGEST)
    return min(reading.particle if reading.particle >= 0 else reading.start, cue.last + 1 + 45)


def _post(scan: Scan, reading: Reading) -> list[SourceSpan]:
    """Noun phrases between the cue and its content, or after the cue where the content stands before it."""
    cue = reading.cue
    begin, end = cue.last + 1, _zone_end(scan, reading)
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


def _agreement(scan: Scan, token: int, agree: str) -> str:
    tail = scan.shapes[token][-1]
    number = {"e": "f", "I": "f", "n": "p"}.get(tail, "m")
    return agree + number


def source_features(scan: Scan, reading: Reading, spans: list[SourceSpan]) -> list[list[str]]:
    """Return the features of each candidate of ``spans``, and last those of "it is left out"."""
    cue = reading.cue
    forms, kinds, classes = scan.words.forms, scan.words.kinds, scan.classes
    morph, agree = cue.form.morph, cue.form.agree
    kind = reading.kind
    family = cue.form.entry.kind + morph
    out: list[list[str]] = []
    for a, b, side, zone in spans:
        s = side + "|"
        ka, kb, kn, kp = kind_of(scan, a), kind_of(scan, b), kind_of(scan, b + 1), kind_of(scan, a - 1)
        length = b - a
        commas = prepositions = relatives = verbs = times = quotes = 0
        for j in range(a, b + 1):
            if kinds[j] == MARK:
                commas += forms[j] == ","
                quotes += scan.quote_open[j] == j
            else:
                group = classes[j]
                prepositions += group == "preposition"
                relatives += group == "relative"
                times += scan.times[j] >= 0
                verbs += j in scan.cue_at and j > a and finite(scan, j)
        features = [
            s,
            s + kind,
            s + family,
            s + cue.form.entry.id,
            s + "L" + bucket(length),
            s + kind + "L" + bucket(length),
            s + "a=" + ka,
            s + "b=" + kb,
            s + "n=" + kn,
            s + "p=" + kp,
            s + "bn=" + kb + kn,
            s + "nn=" + kn + kind_of(scan, b + 2),
            s + "ab=" + ka + kb,
            s + "pa=" + kp + ka,
            s + "p" + kind + kp,
            s + "as=" + scan.shapes[a] + family,
            s + "c" + str(min(commas, 3)),
            s + "pp" + str(min(prepositions, 3)),
            s + "rel" + str(min(relatives, 2)),
            s + "v" + str(min(verbs, 2)),
            s + "t" + str(min(times, 1)),
            s + "q" + str(min(quotes, 2)),
            s + "agree" + _agreement(scan, a, agree),
            s + "agree" + _agreement(scan, a, agree) + morph,
            s + "w=" + forms[a],
            s + "nw=" + (forms[b + 1] if b + 1 < len(forms) and classes[b + 1] else "-"),
            s + "cl=" + (classes[a] or "-") + family,
        ]
        if length:
            features.append(s + "a2=" + ka + kind_of(scan, a + 1))
            features.append(s + "w1=" + forms[a] + "L" + str(min(length, 4)))
        if side == "post":
            gap = a - cue.last - 1
            rest = zone - b - 1
            features += [
                s + "g" + bucket(gap),
                s + "g" + bucket(gap) + kp,
                s + "rest" + bucket(rest),
                s + "rest" + bucket(rest) + kn,
                s + kind + "rest" + bucket(rest),
            ]
            if rest and kn == ",":
                features.append(s + "afterc" + kind_of(scan, b + 2) + bucket(rest))
            if classes[a - 1] or a - 1 == cue.last:
                features.append(s + "pw=" + forms[a - 1])
        else:
            gap = cue.first - b - 1
            features += [
                s + "g" + bucket(gap),
                s + "g" + bucket(gap) + kn,
                s + "gm" + bucket(gap) + morph + kn,
                s + "at" + str(a == scan.sentence_start[cue.first]) + family,
                s + "zone" + bucket(_zone_end(scan, reading) - cue.last - 1) + kind,
                s + "cb=" + kind_of(scan, cue.first - 1) + morph + cue.proclitics,
            ]
            if classes[a - 1] and a:
                features.append(s + "pw=" + forms[a - 1])
        out.append(features)
    out.append(_left_out_features(scan, reading, spans))
    return out


def _left_out_features(scan: Scan, reading: Reading, spans: list[SourceSpan]) -> list[str]:
    """Return the features of a source that the Arabic leaves out or replaces by a pronoun."""
    cue, form = reading.cue, reading.cue.form
    gap = _zone_end(scan, reading) - cue.last - 1
    before = kind_of(scan, cue.first - 1)
    first = kind_of(scan, cue.last + 1) if gap > 0 else "0"
    where = str(cue.first == scan.sentence_start[cue.first])
    posts = sum(1 for span in spans if span.side == "post")
    return [
        "0", "0" + form.morph + form.agree, "0" + form.entry.id, "0" + form.entry.id + form.morph, "0" + reading.kind,
        "0g" + bucket(gap) + reading.kind, "0g" + bucket(gap) + form.morph, "0b=" + before, "0b=" + before + form.morph + cue.proclitics,
        "0a=" + first, "0a=" + first + form.morph, "0ab=" + first + before, "0at" + where + cue.proclitics + form.morph,
        "0posts" + str(min(posts, 2)) + form.morph, "0pres" + str(min(len(spans) - posts, 2)) + form.morph + before,
        "0pron" + str(form.pronoun) + form.morph, "0w=" + (scan.words.forms[cue.last + 1] if gap > 0 and scan.classes[cue.last + 1] else "-"),
        "0bw=" + (scan.words.forms[cue.first - 1] if cue.first and scan.classes[cue.first - 1] else "-") + form.morph,
        "0quoted" + str(scan.quote_open[cue.first] >= 0), "0title" + str(cue.first < scan.title_end) + form.morph,
    ]
