"""What the ranker of sources looks at: a noun phrase's first and last words, what is in it, where it stands.

Many candidates share their first token, many their last: each is weighed once. Memos
(:class:`qala.extraction.ranker.Memos`) tell what the facts of a place are worth: weights, or to training names.
"""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Generic, NamedTuple

from qala.extraction.ranker import Memo, Memos, Weights, Worth, memos_of, named, spelling
from qala.extraction.reading_features import bucket, kind_of
from qala.extraction.readings import Reading
from qala.extraction.scan import Scan
from qala.extraction.sources import SourceSpan, zone_end
from qala.extraction.tallies import commas_in, counts
from qala.text.words import MARK

_Worth = Callable[[list[str]], Worth]  # what features weigh that are seldom met twice
_NO_BOND = 1 << 10  # stands for None where the weakest bond is sought; no bond is as strong


def _agreement(side: str, family: str, agree: str, morph: str, shape: str) -> tuple[str, ...]:
    """Name the shape of a source's first word, and how its gender and number agree with the cue's."""
    number = {"e": "f", "I": "f", "n": "p"}.get(shape[-1], "m")
    return f"{side}|as={shape}{family}", f"{side}|agree{agree}{number}", f"{side}|agree{agree}{number}{morph}"


def _gap_features(side: str, gap: tuple[int, str]) -> tuple[str, ...]:
    """Name how far a source stands from its cue, and the token between that touches it."""
    distance = bucket(gap[0])
    return f"{side}|g{distance}", f"{side}|g{distance}{gap[1]}"


def _gap_before(morph: str, gap: tuple[int, str]) -> tuple[str, ...]:
    return (f"pre|gm{bucket(gap[0])}{morph}{gap[1]}",)


def _rest_features(kind: str, rest: tuple[int, str, str]) -> list[str]:
    """Name what is left between a source and the content."""
    left, after = bucket(rest[0]), rest[1]
    out = [f"post|rest{left}", f"post|rest{left}{after}", f"post|{kind}rest{left}"]
    if rest[0] and after == ",":
        out.append(f"post|afterc{rest[2]}{left}")
    return out


def _inside_features(side: str, inside: tuple[int, bool]) -> tuple[str, ...]:
    """Name what stands in a source, by the counts; a verb that leads it is none of those."""
    found, led = counts(inside[0]), inside[1]
    return (
        f"{side}|c{min(found.commas, 3)}",
        f"{side}|pp{min(found.prepositions, 3)}",
        f"{side}|rel{min(found.relatives, 2)}",
        f"{side}|v{min(found.verbs - led, 2)}",
        f"{side}|t{min(found.times, 1)}",
        f"{side}|q{min(found.quotes, 2)}",
    )


def _length_features(side: str, kind: str, distance: int) -> tuple[str, ...]:
    length = bucket(distance)
    return f"{side}|L{length}", f"{side}|{kind}L{length}"


def _long_features(side: str, first: tuple[str, int]) -> tuple[str, ...]:
    return (f"{side}|kaL={first[0]}{bucket(first[1])}",)


def _full_features(kind: str, morph: str, full: tuple[bool, bool]) -> tuple[str, ...]:
    """Name whether a source begins right behind its cue, and whether it leaves words over."""
    near, over = full
    return f"post|full{near}{over}", f"post|full{near}{over}{morph}", f"post|full{near}{over}{kind}"


def _weakest_features(side: str, bonds: tuple[int, int | None]) -> tuple[str, ...]:
    """Name the weakest bond inside a source, beside that of its last word to the next."""
    weakest, behind = None if bonds[0] == _NO_BOND else bonds[0], bonds[1]
    step = None if weakest is None or behind is None else max(-3, min(3, weakest - behind))
    return f"{side}|hi{weakest}", f"{side}|hib{weakest}_{behind}", f"{side}|his{step}"


class _Starts(NamedTuple, Generic[Worth]):
    """What the facts of a source's first token are worth."""

    group: Memo[Worth]
    before: Memo[Worth]
    pair: Memo[Worth]  # groups of the token before and of the first
    shape: Memo[Worth]
    closed: Memo[Worth]  # its closed class
    cluster: Memo[Worth]
    fine: Memo[Worth]
    cluster_before: Memo[Worth]
    word_before: Memo[Worth]
    gap: Memo[Worth]
    at: Memo[Worth]  # whether it begins the sentence


def _starts(
    memos: Memos[Worth], side: str, kind: str, family: str, agree: str, morph: str, title: bool
) -> _Starts[Worth]:
    clusters = ("{0}|ka={4}", "{0}|kaf={4}{1}", "{0}|kat={4}{2}", "{0}|kag={4}{3}")
    return _Starts(
        memos.of(named, ("{0}|a={1}",), side),
        memos.of(named, ("{0}|p={2}", "{0}|p{1}{2}"), side, kind),
        memos.of(named, ("{0}|pa={1[0]}{1[1]}",), side),
        memos.of(_agreement, side, family, agree, morph),
        memos.of(named, ("{0}|cl={2}{1}",), side, family),
        memos.of(named, clusters, side, family, title, agree),
        memos.of(named, ("{0}|Ka={2}", "{0}|Kag={2}{1}"), side, agree),
        memos.of(named, ("{0}|kp={1}",), side),
        memos.of(named, ("{0}|pw={1}",), side),
        memos.of(_gap_features, side),
        memos.of(named, ("{0}|at{2}{1}",), side, family),
    )


def _start(scan: Scan, reading: Reading, a: int, side: str, known: _Starts[Worth], worth: _Worth[Worth]) -> Worth:
    """Return what a source's first token ``a`` is worth, whatever its last."""
    groups, classes, forms, near = scan.groups, scan.classes, scan.words.forms, scan.coarse
    before, here, cue = groups[a - 1], groups[a], reading.cue
    total = (
        known.group[here]
        + known.before[before]
        + known.pair[before, here]
        + known.shape[scan.shapes[a]]
        + known.closed[classes[a] or "-"]
        + known.cluster[near[a]]
        + known.fine[scan.fine[a]]
        + known.cluster_before[near[a - 1]]
        + worth([f"{side}|kpa={near[a - 1]}{near[a]}", f"{side}|w={forms[a]}"])
    )
    if side == "post":
        total += known.gap[a - cue.last - 1, before]
        if classes[a - 1] or a - 1 == cue.last:
            total += known.word_before[forms[a - 1]]
    else:
        total += known.at[a == scan.sentence_start[cue.first]]
        if classes[a - 1] and a:
            total += known.word_before[forms[a - 1]]
    return total


class _Ends(NamedTuple, Generic[Worth]):
    """What the facts of a source's last token are worth, and of what follows it."""

    group: Memo[Worth]
    after: Memo[Worth]
    pair: Memo[Worth]
    follow: Memo[Worth]  # groups of the two tokens behind
    word: Memo[Worth]  # the next form where its class is closed
    bonds: Memo[Worth]
    cluster: Memo[Worth]
    cluster_after: Memo[Worth]
    fine: Memo[Worth]
    fine_after: Memo[Worth]
    rest: Memo[Worth]  # what is left before the content
    gap: Memo[Worth]
    gap_form: Memo[Worth]


def _ends(memos: Memos[Worth], side: str, kind: str, morph: str) -> _Ends[Worth]:
    return _Ends(
        memos.of(named, ("{0}|b={1}",), side),
        memos.of(named, ("{0}|n={1}",), side),
        memos.of(named, ("{0}|bn={1[0]}{1[1]}",), side),
        memos.of(named, ("{0}|nn={1[0]}{1[1]}",), side),
        memos.of(named, ("{0}|nw={1}",), side),
        memos.of(named, ("{0}|h{1[0]}", "{0}|hh{1[0]}_{1[1]}"), side),
        memos.of(named, ("{0}|kb={1}",), side),
        memos.of(named, ("{0}|kn={1}",), side),
        memos.of(named, ("{0}|Kb={1}",), side),
        memos.of(named, ("{0}|Kn={1}",), side),
        memos.of(_rest_features, kind),
        memos.of(_gap_features, side),
        memos.of(_gap_before, morph),
    )


def _end(scan: Scan, reading: Reading, b: int, rest: int, known: _Ends[Worth], worth: _Worth[Worth]) -> Worth:
    """Return what a source's last token ``b`` is worth, whatever its first; ``rest`` is below 0 before the cue."""
    side = "post" if rest >= 0 else "pre"
    groups, near, bonds = scan.groups, scan.coarse, scan.bonds
    last, after, after2 = groups[b], groups[b + 1], groups[b + 2]
    closed = b + 1 < len(scan.classes) and scan.classes[b + 1]
    total = (
        known.group[last]
        + known.after[after]
        + known.pair[last, after]
        + known.follow[after, after2]
        + known.word[scan.words.forms[b + 1] if closed else "-"]
        + known.bonds[bonds[b], bonds[b + 1]]
        + known.cluster[near[b]]
        + known.cluster_after[near[b + 1]]
        + known.fine[scan.fine[b]]
        + known.fine_after[scan.fine[b + 1]]
        + worth(
            [
                f"{side}|hn{bonds[b]}{after}",
                f"{side}|hb{bonds[b]}{last}",
                f"{side}|kbn={near[b]}{near[b + 1]}",
                f"{side}|knn={near[b + 1]}{near[b + 2]}",
            ]
        )
    )
    if rest >= 0:
        return total + known.rest[rest, after, after2]
    gap = reading.cue.first - b - 1, after
    return total + known.gap[gap] + known.gap_form[gap]


class _Wholes(NamedTuple, Generic[Worth]):
    """What the facts of a source as a whole are worth."""

    length: Memo[Worth]
    inside: Memo[Worth]
    groups: Memo[Worth]  # of the first token and the last
    long: Memo[Worth]
    weakest: Memo[Worth]
    second: Memo[Worth]  # groups of the first two tokens
    seconds: Memo[Worth]  # their clusters
    full: Memo[Worth]
    name: Memo[Worth]  # what name follows


def _wholes(memos: Memos[Worth], side: str, kind: str, morph: str) -> _Wholes[Worth]:
    return _Wholes(
        memos.of(_length_features, side, kind),
        memos.of(_inside_features, side),
        memos.of(named, ("{0}|ab={1[0]}{1[1]}",), side),
        memos.of(_long_features, side),
        memos.of(_weakest_features, side),
        memos.of(named, ("{0}|a2={1[0]}{1[1]}",), side),
        memos.of(named, ("{0}|k2={1[0]}{1[1]}",), side),
        memos.of(_full_features, kind, morph),
        memos.of(named, ("post|name{0[0]}{0[1]}",)),
    )


def _whole(scan: Scan, span: SourceSpan, held: Sequence[int], known: _Wholes[Worth], worth: _Worth[Worth]) -> Worth:
    """Return what a source as a whole is worth; ``held`` are the bonds of its words but the last."""
    a, b, side, _ = span
    lengths, insides, heads, long, weakest, second, seconds, _, _ = known
    groups, near, length = scan.groups, scan.coarse, b - a
    first, head = near[a], groups[a]
    total = (
        lengths[length]
        + insides[scan.tally[b + 1] - scan.tally[a], a in scan.finite]
        + heads[head, groups[b]]
        + long[first, length]
    )
    rare = [f"{side}|kab={first}{near[b]}", f"{side}|kan={first}{near[b + 1]}"]
    if length:
        total += weakest[min(held), scan.bonds[b]] + second[head, groups[a + 1]] + seconds[first, near[a + 1]]
        rare.append(f"{side}|w1={scan.words.forms[a]}L{min(length, 4)}")
    return total + worth(rare)


def _shared(scan: Scan, reading: Reading, side: str) -> list[str]:
    """Return the features that all candidates on one side of the cue share."""
    cue, form = reading.cue, reading.cue.form
    out = [f"{side}|", f"{side}|{reading.kind}", f"{side}|{form.entry.kind}{form.morph}", f"{side}|{form.entry.id}"]
    if side == "pre":
        zone = bucket(zone_end(scan, reading) - cue.last - 1)
        out += [f"pre|zone{zone}{reading.kind}", f"pre|cb={scan.groups[cue.first - 1]}{form.morph}{cue.proclitics}"]
    return out


def _of_side(scan: Scan, reading: Reading, side: str, spans: list[SourceSpan], memos: Memos[Worth]) -> list[Worth]:
    """Return what each candidate of one side of the cue is worth."""
    cue, form, kind, post = reading.cue, reading.cue.form, reading.kind, side == "post"
    family = form.entry.kind + form.morph
    at_start = memos.once(_starts, side, kind, family, form.agree, form.morph, cue.first < scan.title_end)
    at_end, wholes = memos.once(_ends, side, kind, form.morph), memos.once(_wholes, side, kind, form.morph)
    zone, offset = spans[0].zone, min(span.first for span in spans)
    held = [_NO_BOND if bond is None else bond for bond in scan.bonds[offset : max(span.last for span in spans)]]
    last_word = zone - 1
    while post and last_word >= 0 and scan.words.kinds[last_word] == MARK:
        last_word -= 1
    worth = memos.worth
    shared = worth(_shared(scan, reading, side))
    starts: dict[int, Worth] = {}
    ends: dict[int, Worth] = {}
    names: dict[int, str] = {}
    out: list[Worth] = []
    for span in spans:
        a, b, _, _ = span
        if a not in starts:
            starts[a] = shared + _start(scan, reading, a, side, at_start, worth)
        if b not in ends:
            ends[b] = _end(scan, reading, b, zone - b - 1 if post else -1, at_end, worth)
            names[b] = _name_follows(scan, b, zone) if post else ""
        total = starts[a] + ends[b] + _whole(scan, span, held[a - offset : b - offset], wholes, worth)
        if post:
            listed = scan.groups[b] == "NN" and commas_in(scan.tally[b + 1] - scan.tally[a]) > 0
            total += wholes.full[a == cue.last + 1, last_word > b] + wholes.name[names[b], listed]
        out.append(total)
    return out


def _worths(scan: Scan, reading: Reading, spans: Sequence[SourceSpan], memos: Memos[Worth]) -> list[Worth]:
    """Return what each candidate of ``spans`` is worth, those of one side together, and last "it is left out"."""
    out: list[Worth] = []
    for side, found in groupby(spans, key=_side_of):
        out += _of_side(scan, reading, side, list(found), memos)
    out.append(memos.worth(_left_out_features(scan, reading, spans)))
    return out


def _side_of(span: SourceSpan) -> str:
    return span.side


def source_features(scan: Scan, reading: Reading, spans: Sequence[SourceSpan]) -> list[list[str]]:
    """Return the features of each candidate of ``spans``, and last those of "it is left out"."""
    return [list(features) for features in _worths(scan, reading, spans, spelling())]


def score_sources(scan: Scan, reading: Reading, spans: Sequence[SourceSpan], weights: Weights) -> list[float]:
    """Return the score of each candidate of ``spans``, and last that of "it is left out"."""
    return _worths(scan, reading, spans, memos_of(weights))


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
