"""What the ranker of sources looks at: a noun phrase, its borders, and its place between cue and content."""

from typing import NamedTuple

from qala.extraction.reading_features import bucket, finite, kind_of
from qala.extraction.readings import Reading
from qala.extraction.scan import Scan
from qala.extraction.sources import SourceSpan, zone_end
from qala.text.words import MARK


class _Counts(NamedTuple):
    """What a noun phrase holds."""

    commas: int
    prepositions: int
    relatives: int
    verbs: int
    times: int
    quotes: int


def source_features(scan: Scan, reading: Reading, spans: list[SourceSpan]) -> list[list[str]]:
    """Return the features of each candidate of ``spans``, and last those of "it is left out"."""
    out: list[list[str]] = []
    for span in spans:
        counts = _count(scan, span)
        features = _phrase(scan, reading, span, counts)
        features += _behind(scan, reading, span, counts) if span.side == "post" else _before(scan, reading, span)
        out.append(features)
    out.append(_left_out(scan, reading, spans))
    return out


def _count(scan: Scan, span: SourceSpan) -> _Counts:
    forms, kinds, classes = scan.words.forms, scan.words.kinds, scan.classes
    commas = prepositions = relatives = verbs = times = quotes = 0
    for j in range(span.first, span.last + 1):
        if kinds[j] == MARK:
            commas += forms[j] == ","
            quotes += scan.quote_open[j] == j
            continue
        prepositions += classes[j] == "preposition"
        relatives += classes[j] == "relative"
        times += scan.times[j] >= 0
        verbs += j > span.first and j in scan.cue_at and finite(scan, j)
    return _Counts(commas, prepositions, relatives, verbs, times, quotes)


def _agreement(scan: Scan, token: int, agree: str) -> str:
    return agree + {"e": "f", "I": "f", "n": "p"}.get(scan.shapes[token][-1], "m")


def _phrase(scan: Scan, reading: Reading, span: SourceSpan, counts: _Counts) -> list[str]:
    """The phrase itself: its first and last words, its neighbours, what it holds."""
    a, b, s = span.first, span.last, span.side + "|"
    forms, classes = scan.words.forms, scan.classes
    form, kind = reading.cue.form, reading.kind
    family = form.entry.kind + form.morph
    ka, kb, kn, kp = kind_of(scan, a), kind_of(scan, b), kind_of(scan, b + 1), kind_of(scan, a - 1)
    length = bucket(b - a)
    agreement = _agreement(scan, a, form.agree)
    features = [
        s,
        s + kind,
        s + family,
        s + form.entry.id,
        s + "L" + length,
        s + kind + "L" + length,
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
        s + "c" + str(min(counts.commas, 3)),
        s + "pp" + str(min(counts.prepositions, 3)),
        s + "rel" + str(min(counts.relatives, 2)),
        s + "v" + str(min(counts.verbs, 2)),
        s + "t" + str(min(counts.times, 1)),
        s + "q" + str(min(counts.quotes, 2)),
        s + "agree" + agreement,
        s + "agree" + agreement + form.morph,
        s + "w=" + forms[a],
        s + "nw=" + (forms[b + 1] if b + 1 < len(forms) and classes[b + 1] else "-"),
        s + "cl=" + (classes[a] or "-") + family,
    ]
    if b > a:
        features.append(s + "a2=" + ka + kind_of(scan, a + 1))
        features.append(s + "w1=" + forms[a] + "L" + str(min(b - a, 4)))
    return features


def _behind(scan: Scan, reading: Reading, span: SourceSpan, counts: _Counts) -> list[str]:
    """A source behind its cue: what stands before it, and what it leaves of the way to the content."""
    a, b, s = span.first, span.last, span.side + "|"
    forms, kinds = scan.words.forms, scan.words.kinds
    kn, kp = kind_of(scan, b + 1), kind_of(scan, a - 1)
    gap, rest = a - reading.cue.last - 1, span.zone - b - 1
    left = any(kinds[j] != MARK for j in range(b + 1, span.zone))
    features = [
        s + "g" + bucket(gap),
        s + "g" + bucket(gap) + kp,
        s + "rest" + bucket(rest),
        s + "rest" + bucket(rest) + kn,
        s + reading.kind + "rest" + bucket(rest),
        f"{s}full{gap == 0}{left}",
        f"{s}full{gap == 0}{left}{reading.cue.form.morph}",
        f"{s}full{gap == 0}{left}{reading.kind}",
        f"{s}name{_name_follows(scan, b, span.zone)}{counts.commas > 0 and kind_of(scan, b) == 'NN'}",
    ]
    if rest and kn == ",":
        features.append(s + "afterc" + kind_of(scan, b + 2) + bucket(rest))
    if scan.classes[a - 1] or a - 1 == reading.cue.last:
        features.append(s + "pw=" + forms[a - 1])
    return features


def _name_follows(scan: Scan, last: int, zone: int) -> str:
    """Whether behind a comma after ``last`` a person's name stands, and whether it ends the zone."""
    at = last + 2
    if last + 1 >= len(scan.shapes) or scan.words.forms[last + 1] != "," or at >= zone:
        return "-"
    end = at
    while end < zone and (scan.shapes[end][0] in "NR" or scan.tags[end][:1] == "p"):
        end += 1
    if end == at:
        return "-"
    return "whole" if end == zone or (end + 1 == zone and scan.words.kinds[end] == MARK) else "part"


def _before(scan: Scan, reading: Reading, span: SourceSpan) -> list[str]:
    """A source before its cue: how far it is, and whether the way to the content is empty."""
    a, b, s = span.first, span.last, span.side + "|"
    cue = reading.cue
    kn, morph = kind_of(scan, b + 1), cue.form.morph
    gap = bucket(cue.first - b - 1)
    features = [
        s + "g" + gap,
        s + "g" + gap + kn,
        s + "gm" + gap + morph + kn,
        s + "at" + str(a == scan.sentence_start[cue.first]) + cue.form.entry.kind + morph,
        s + "zone" + bucket(zone_end(scan, reading) - cue.last - 1) + reading.kind,
        s + "cb=" + kind_of(scan, cue.first - 1) + morph + cue.proclitics,
    ]
    if a and scan.classes[a - 1]:
        features.append(s + "pw=" + scan.words.forms[a - 1])
    return features


def _left_out(scan: Scan, reading: Reading, spans: list[SourceSpan]) -> list[str]:
    """A source that the Arabic leaves out or replaces by a pronoun: the way to the content is empty."""
    cue, form, kind = reading.cue, reading.cue.form, reading.kind
    forms, classes = scan.words.forms, scan.classes
    gap = zone_end(scan, reading) - cue.last - 1
    before = kind_of(scan, cue.first - 1)
    first = kind_of(scan, cue.last + 1) if gap > 0 else "0"
    posts = sum(1 for span in spans if span.side == "post")
    zone = range(cue.last + 1, cue.last + 1 + max(gap, 0))
    nouns = sum(1 for j in zone if scan.words.kinds[j] != MARK and not classes[j] and scan.times[j] < 0)
    free, way = str(min(3, nouns)), bucket(gap)
    return [
        "0",
        "0" + form.morph + form.agree,
        "0" + form.entry.id,
        "0" + form.entry.id + form.morph,
        "0" + kind,
        "0free" + free,
        "0free" + free + form.morph,
        "0free" + free + kind,
        "0g" + way + kind,
        "0g" + way + form.morph,
        "0b=" + before,
        "0b=" + before + form.morph + cue.proclitics,
        "0a=" + first,
        "0a=" + first + form.morph,
        "0ab=" + first + before,
        "0at" + str(cue.first == scan.sentence_start[cue.first]) + cue.proclitics + form.morph,
        "0posts" + str(min(posts, 2)) + form.morph,
        "0pres" + str(min(len(spans) - posts, 2)) + form.morph + before,
        "0pron" + str(form.pronoun) + form.morph,
        "0w=" + (forms[cue.last + 1] if gap > 0 and classes[cue.last + 1] else "-"),
        "0bw=" + (forms[cue.first - 1] if cue.first and classes[cue.first - 1] else "-") + form.morph,
        "0quoted" + str(scan.quote_open[cue.first] >= 0),
        "0title" + str(cue.first < scan.title_end) + form.morph,
    ]
