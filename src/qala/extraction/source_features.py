"""What the ranker of sources looks at: a noun phrase's first and last words, what is in it, where it stands.

Many candidates share their first token, many their last: each is weighed once, and once a part
(:data:`qala.extraction.ranker.Part`).
"""

from collections.abc import Sequence

from qala.extraction.ranker import Part, Weights, score, spell, sums_of, weigh
from qala.extraction.reading_features import Seen, bucket, kind_of
from qala.extraction.readings import Reading
from qala.extraction.scan import Scan
from qala.extraction.sources import SourceSpan, zone_end
from qala.extraction.tallies import counts
from qala.text.words import MARK


def _cue_features(side: str, kind: str, family: str, entry: str) -> tuple[str, ...]:
    return f"{side}|", f"{side}|{kind}", f"{side}|{family}", f"{side}|{entry}"


def _start_features(side: str, before: str, a: str, kind: str) -> tuple[str, ...]:
    return f"{side}|a={a}", f"{side}|p={before}", f"{side}|pa={before}{a}", f"{side}|p{kind}{before}"


def _head_features(side: str, shape: str, group: str, family: str, agree: str, morph: str) -> tuple[str, ...]:
    number = {"e": "f", "I": "f", "n": "p"}.get(shape[-1], "m")
    return (
        f"{side}|as={shape}{family}",
        f"{side}|agree{agree}{number}",
        f"{side}|agree{agree}{number}{morph}",
        f"{side}|cl={group or '-'}{family}",
    )


def _first_clusters(side: str, before: str, a: str, fine: str, family: str, title: bool, agree: str) -> tuple[str, ...]:
    """Name the clusters of a source's first word and of the one before it."""
    return (
        f"{side}|ka={a}",
        f"{side}|Ka={fine}",
        f"{side}|kp={before}",
        f"{side}|kpa={before}{a}",
        f"{side}|kaf={a}{family}",
        f"{side}|kat={a}{title}",
        f"{side}|kag={a}{agree}",
        f"{side}|Kag={fine}{agree}",
    )


def _last_clusters(side: str, last: str, after: str, after2: str, fine: str, fine_after: str) -> tuple[str, ...]:
    """Name the clusters of a source's last word and of the two that follow."""
    return (
        f"{side}|kb={last}",
        f"{side}|kn={after}",
        f"{side}|kbn={last}{after}",
        f"{side}|Kb={fine}",
        f"{side}|Kn={fine_after}",
        f"{side}|knn={after}{after2}",
    )


def _bond_features(side: str, bond: int | None, bond2: int | None, last: str, after: str) -> tuple[str, ...]:
    """Name how strongly a source's last word holds the next, and that the one behind it."""
    return (
        f"{side}|h{bond}",
        f"{side}|hn{bond}{after}",
        f"{side}|hb{bond}{last}",
        f"{side}|hh{bond}_{bond2}",
    )


def _gap_features(side: str, gap: str, near: str) -> tuple[str, ...]:
    """Name how far a source stands from its cue; ``near`` is the token between that touches it."""
    return f"{side}|g{gap}", f"{side}|g{gap}{near}"


def _end_features(side: str, last: str, after: str, after2: str, word: str) -> tuple[str, ...]:
    """Name a source's last token and what follows; ``word`` is the next form where its class is closed."""
    return (
        f"{side}|b={last}",
        f"{side}|n={after}",
        f"{side}|bn={last}{after}",
        f"{side}|nn={after}{after2}",
        f"{side}|nw={word}",
    )


def _rest_features(kind: str, rest: int, after: str, after2: str) -> list[str]:
    """Name what is left between a source and the content."""
    left = bucket(rest)
    out = [f"post|rest{left}", f"post|rest{left}{after}", f"post|{kind}rest{left}"]
    if rest and after == ",":
        out.append(f"post|afterc{after2}{left}")
    return out


def _inside_features(side: str, difference: int, led: bool) -> tuple[str, ...]:
    """Name what stands in a source, by the counts; a verb that leads it (``led``) is none of those."""
    found = counts(difference)
    return (
        f"{side}|c{min(found.commas, 3)}",
        f"{side}|pp{min(found.prepositions, 3)}",
        f"{side}|rel{min(found.relatives, 2)}",
        f"{side}|v{min(found.verbs - led, 2)}",
        f"{side}|t{min(found.times, 1)}",
        f"{side}|q{min(found.quotes, 2)}",
    )


def _length_features(side: str, kind: str, length: str) -> tuple[str, ...]:
    return f"{side}|L{length}", f"{side}|{kind}L{length}"


def _full_features(kind: str, morph: str, near: bool, over: bool) -> tuple[str, ...]:
    """Name whether a source begins right behind its cue, and whether it leaves words over."""
    return f"post|full{near}{over}", f"post|full{near}{over}{morph}", f"post|full{near}{over}{kind}"


def _start(scan: Scan, reading: Reading, side: str, a: int) -> Seen:
    """Return what is seen of a source's first token ``a``, whatever its last."""
    cue, form = reading.cue, reading.cue.form
    groups, classes, forms = scan.groups, scan.classes, scan.words.forms
    family = form.entry.kind + form.morph
    before = groups[a - 1]
    parts: list[Part] = [
        (_cue_features, side, reading.kind, family, form.entry.id),
        (_start_features, side, before, groups[a], reading.kind),
        (_head_features, side, scan.shapes[a], classes[a], family, form.agree, form.morph),
        (
            _first_clusters,
            side,
            scan.coarse[a - 1],
            scan.coarse[a],
            scan.fine[a],
            family,
            cue.first < scan.title_end,
            form.agree,
        ),
    ]
    features = [f"{side}|w={forms[a]}"]
    if side == "post":
        parts.append((_gap_features, side, bucket(a - cue.last - 1), before))
        if classes[a - 1] or a - 1 == cue.last:
            features.append(f"{side}|pw={forms[a - 1]}")
    else:
        zone = bucket(zone_end(scan, reading) - cue.last - 1)
        features += [
            f"{side}|at{a == scan.sentence_start[cue.first]}{family}",
            f"{side}|zone{zone}{reading.kind}",
            f"{side}|cb={groups[cue.first - 1]}{form.morph}{cue.proclitics}",
        ]
        if classes[a - 1] and a:
            features.append(f"{side}|pw={forms[a - 1]}")
    return parts, features


def _end(scan: Scan, reading: Reading, side: str, b: int, zone: int) -> Seen:
    """Return what is seen of a source's last token ``b``, whatever its first."""
    groups = scan.groups
    after, after2 = groups[b + 1], groups[b + 2]
    closed = b + 1 < len(scan.classes) and scan.classes[b + 1]
    word = scan.words.forms[b + 1] if closed else "-"
    near, fine = scan.coarse, scan.fine
    parts: list[Part] = [
        (_end_features, side, groups[b], after, after2, word),
        (_bond_features, side, scan.bonds[b], scan.bonds[b + 1], groups[b], after),
        (_last_clusters, side, near[b], near[b + 1], near[b + 2], fine[b], fine[b + 1]),
    ]
    if side == "post":
        parts.append((_rest_features, reading.kind, zone - b - 1, after, after2))
        return parts, []
    gap, morph = bucket(reading.cue.first - b - 1), reading.cue.form.morph
    parts.append((_gap_features, side, gap, after))
    return parts, [f"{side}|gm{gap}{morph}{after}"]


def _whole(scan: Scan, reading: Reading, span: SourceSpan) -> Seen:
    """Return what is seen of a source as a whole."""
    a, b, side, zone = span
    groups, length = scan.groups, b - a
    parts: list[Part] = [
        (_length_features, side, reading.kind, bucket(length)),
        (_inside_features, side, scan.tally[b + 1] - scan.tally[a], a in scan.finite),
    ]
    near = scan.coarse
    features = [
        f"{side}|ab={groups[a]}{groups[b]}",
        f"{side}|kab={near[a]}{near[b]}",
        f"{side}|kan={near[a]}{near[b + 1]}",
        f"{side}|kaL={near[a]}{bucket(length)}",
    ]
    if side == "post":
        kinds, cue = scan.words.kinds, reading.cue
        over = any(kinds[j] != MARK for j in range(b + 1, zone))
        parts.append((_full_features, reading.kind, cue.form.morph, a == cue.last + 1, over))
        commas = counts(scan.tally[b + 1] - scan.tally[a]).commas
        features.append(f"post|name{_name_follows(scan, b, zone)}{commas > 0 and groups[b] == 'NN'}")
    if length:
        inside = [bond for bond in scan.bonds[a:b] if bond is not None]
        weakest, behind = min(inside, default=None), scan.bonds[b]
        step = None if weakest is None or behind is None else max(-3, min(3, weakest - behind))
        features += [
            f"{side}|hi{weakest}",
            f"{side}|hib{weakest}_{behind}",
            f"{side}|his{step}",
            f"{side}|a2={groups[a]}{groups[a + 1]}",
            f"{side}|k2={near[a]}{near[a + 1]}",
            f"{side}|w1={scan.words.forms[a]}L{min(length, 4)}",
        ]
    return parts, features


def _spelt(seen: Seen) -> list[str]:
    return spell(seen[0]) + seen[1]


def source_features(scan: Scan, reading: Reading, spans: list[SourceSpan]) -> list[list[str]]:
    """Return the features of each candidate of ``spans``, and last those of "it is left out"."""
    out = [
        _spelt(_start(scan, reading, span.side, span.first))
        + _spelt(_end(scan, reading, span.side, span.last, span.zone))
        + _spelt(_whole(scan, reading, span))
        for span in spans
    ]
    return [*out, _left_out_features(scan, reading, spans)]


def score_sources(scan: Scan, reading: Reading, spans: Sequence[SourceSpan], weights: Weights) -> list[float]:
    """Return the score of each candidate of ``spans``, and last that of "it is left out"."""
    sums = sums_of(weights)

    def weight(seen: Seen) -> float:
        return weigh(weights, sums, seen[0]) + score(weights, seen[1])

    starts: dict[tuple[str, int], float] = {}
    ends: dict[tuple[str, int], float] = {}
    scores: list[float] = []
    for span in spans:
        first, last, side, zone = span
        start, end = (side, first), (side, last)
        if start not in starts:
            starts[start] = weight(_start(scan, reading, side, first))
        if end not in ends:
            ends[end] = weight(_end(scan, reading, side, last, zone))
        scores.append(starts[start] + ends[end] + weight(_whole(scan, reading, span)))
    return [*scores, score(weights, _left_out_features(scan, reading, spans))]


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


def _left_out_features(scan: Scan, reading: Reading, spans: Sequence[SourceSpan]) -> list[str]:
    """Return the features of a source that the Arabic leaves out or replaces by a pronoun."""
    cue, form = reading.cue, reading.cue.form
    gap = zone_end(scan, reading) - cue.last - 1
    before = kind_of(scan, cue.first - 1)
    first = kind_of(scan, cue.last + 1) if gap > 0 else "0"
    where = str(cue.first == scan.sentence_start[cue.first])
    posts = sum(1 for span in spans if span.side == "post")
    zone = range(cue.last + 1, cue.last + 1 + max(gap, 0))
    free = str(min(3, sum(scan.words.kinds[j] != MARK and not scan.classes[j] and scan.times[j] < 0 for j in zone)))
    return [
        "0",
        "0" + form.morph + form.agree,
        "0" + form.entry.id,
        "0" + form.entry.id + form.morph,
        "0" + reading.kind,
        "0free" + free,
        "0free" + free + form.morph,
        "0free" + free + reading.kind,
        "0g" + bucket(gap) + reading.kind,
        "0g" + bucket(gap) + form.morph,
        "0b=" + before,
        "0b=" + before + form.morph + cue.proclitics,
        "0a=" + first,
        "0a=" + first + form.morph,
        "0ab=" + first + before,
        "0at" + where + cue.proclitics + form.morph,
        "0posts" + str(min(posts, 2)) + form.morph,
        "0pres" + str(min(len(spans) - posts, 2)) + form.morph + before,
        "0pron" + str(form.pronoun) + form.morph,
        "0w=" + (scan.words.forms[cue.last + 1] if gap > 0 and scan.classes[cue.last + 1] else "-"),
        "0bw=" + (scan.words.forms[cue.first - 1] if cue.first and scan.classes[cue.first - 1] else "-") + form.morph,
        "0quoted" + str(scan.quote_open[cue.first] >= 0),
        "0title" + str(cue.first < scan.title_end) + form.morph,
        "0ka=" + (scan.coarse[cue.last + 1] if gap > 0 else "0"),
        "0Ka=" + (scan.fine[cue.last + 1] if gap > 0 else "0"),
        "0kb=" + scan.coarse[cue.first - 1] + form.morph,
    ]
