"""What the ranker of readings looks at: the cue, the way to the content, and the content's first words.

Each function names the features of one fact of the place; :class:`qala.extraction.ranker.Memos` tell what they
are worth, their weights where readings are scored and their names where they are trained.
"""

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple

from qala.extraction.ranker import Memo, Memos, Weights, Worth, memos_of, named, spelling
from qala.extraction.readings import Reading
from qala.extraction.scan import Cue, Scan
from qala.extraction.tallies import counts
from qala.lexicon.cues import CueEntry
from qala.text.words import WORD

_NEAR: tuple[str, ...] = (*"0123456677788888", *"9" * 9)


def bucket(distance: int) -> str:
    """Return a coarse name for a distance in tokens; nothing is below 0."""
    if 0 <= distance < len(_NEAR):
        return _NEAR[distance]
    return "A" if distance > 0 else "0"


def kind_of(scan: Scan, i: int) -> str:
    """Return the group of token ``i`` (see :class:`Scan`); "^" outside the text."""
    return scan.groups[i] if 0 <= i < len(scan.groups) else "^"


def finite(scan: Scan, i: int) -> bool:
    """Whether the lexicon can read token ``i`` as a finite verb of saying."""
    return i in scan.finite


def _cue_features(
    kind: str, entry: str, act: str, morph: str, proclitics: str, listed: bool, form: tuple[str, bool]
) -> tuple[str, ...]:
    k = kind + "|"
    agree, pronoun = form
    return (
        k,
        k + "e=" + entry,
        k + "e=" + entry + morph,
        k + "act" + act + morph,
        k + "m=" + morph + agree,
        k + "p=" + proclitics,
        k + "em=" + entry + proclitics,
        k + "pron" + morph + str(pronoun),
        k + "listed" + str(listed),
    )


_FRAME_KINDS = {"comp": "that", "colon": "speech", "quote": "speech", "bi": "with", "li": "for"}


def _place_features(kind: str, morph: str, proclitics: str, place: tuple[str, str, tuple[bool, ...]]) -> list[str]:
    """Name where a cue stands: how far from the sentence's start, behind which closed word, and flags."""
    distance, word, (first, title, quoted, debris, ambiguous) = place
    k = kind + "|"
    out = [k + "s=" + distance + morph, k + "s0" + proclitics + morph if first else k + "s+" + morph]
    if word:
        out.append(k + "bw=" + word)
    if title:
        out.append(k + "title" + morph)
    if quoted:
        out.append(k + "quoted" + morph)
    if debris:
        out.append(k + "debris")
    if ambiguous:
        out.append(k + "ambiguous")
    return out


class _CueMemos(NamedTuple, Generic[Worth]):
    """What the facts of a cue are worth that all its readings of one kind share."""

    itself: Memo[Worth]
    before: Memo[Worth]
    pair: Memo[Worth]
    cluster: Memo[Worth]
    fine: Memo[Worth]
    place: Memo[Worth]


def _cue_memos(memos: Memos[Worth], kind: str, entry: CueEntry, morph: str, proclitics: str) -> _CueMemos[Worth]:
    frame = _FRAME_KINDS.get(kind)
    listed = frame is None or frame in entry.frames
    return _CueMemos(
        memos.of(_cue_features, kind, entry.id, entry.act, morph, proclitics, listed),
        memos.of(named, ("{0}|b={3}", "{0}|bm={3}{1}", "{0}|bp={3}{2}{1}"), kind, morph, proclitics),
        memos.of(named, ("{0}|bb={1[0]}{1[1]}",), kind),
        memos.of(named, ("{0}|kb={3}{1}", "kb={3}{2}"), kind, morph, entry.id),
        memos.of(named, ("{0}|Kb={1}",), kind),
        memos.of(_place_features, kind, morph, proclitics),
    )


def _of_cue(scan: Scan, cue: Cue, kind: str, memos: Memos[Worth]) -> Worth:
    """Return what all readings of ``cue`` by frames of ``kind`` share."""
    i, form = cue.first, cue.form
    groups, start = scan.groups, scan.sentence_start[i]
    closed = i > 0 and scan.words.kinds[i - 1] == WORD and scan.classes[i - 1] != ""
    flags = (
        i == start,
        i < scan.title_end,
        scan.quote_open[i] >= 0,
        scan.debris[i],
        len(scan.cue_at.get(i, ())) > 1,
    )  # fmt: skip
    known: _CueMemos[Worth] = memos.once(_cue_memos, kind, form.entry, form.morph, cue.proclitics)
    return (
        known.itself[form.agree, form.pronoun]
        + known.before[groups[i - 1]]
        + known.pair[groups[i - 2], groups[i - 1]]
        + known.cluster[scan.coarse[i - 1]]
        + known.fine[scan.fine[i - 1]]
        + known.place[bucket(i - start), scan.words.forms[i - 1] if closed else "", flags]
    )


def _way_features(kind: str, difference: int) -> tuple[str, ...]:
    """Name what stands between the cue and its content, by the counts of the tokens there."""
    found = counts(difference)
    verbs, relatives, thats = (min(count, 2) for count in (found.lone_verbs, found.relatives, found.complementisers))
    return (
        f"{kind}|c{min(found.commas, 4)}",
        f"{kind}|rel{relatives}",
        f"{kind}|v{verbs}",
        f"{kind}|that{thats}",
        f"{kind}|vr{verbs}{relatives}{thats}",
        f"{kind}|pp{min(found.prepositions, 3)}",
        f"{kind}|q{min(found.quotes, 2)}",
    )


def _first_features(scan: Scan, cue: Cue, kind: str) -> list[str]:
    """Name the first token of the way, the same for all contents behind a cue."""
    first, entry, morph = cue.last + 1, cue.form.entry.id, cue.form.morph
    a, cluster = scan.groups[first], scan.coarse[first]
    out = [f"{kind}|a={a}", f"{kind}|am={a}{morph}", f"{kind}|kf={cluster}{morph}", f"{kind}|Kf={scan.fine[first]}"]
    if scan.classes[first]:
        out.append(f"{kind}|aw={scan.words.forms[first]}")
    return [*out, f"kfe={cluster}{entry}"]


_NAMED_OPENINGS = frozenset(("that", "preposition", "relative"))


class _WayMemos(NamedTuple, Generic[Worth]):
    """What the facts of a content behind its cue are worth: the way to it, and its first tokens."""

    gap: Memo[Worth]  # the way's length
    rank: Memo[Worth]
    way: Memo[Worth]  # what stands on it
    group: Memo[Worth]  # of the content's first token
    shape: Memo[Worth]
    word: Memo[Worth]  # the first token itself, where it is a complementiser or the like
    pair: Memo[Worth]  # groups of the first two tokens
    cluster: Memo[Worth]
    fine: Memo[Worth]
    cue: Memo[Worth]  # the first token is a cue itself
    particle: Memo[Worth]
    last: Memo[Worth]  # its last
    last_cluster: Memo[Worth]


def _way_memos(memos: Memos[Worth], kind: str, entry: str, morph: str) -> _WayMemos[Worth]:
    return _WayMemos(
        memos.of(named, ("{0}|g{3}", "{0}|g{3}{2}", "{0}|ge{3}{1}"), kind, entry, morph),
        memos.of(named, ("{0}|r{1}",), kind),
        memos.of(_way_features, kind),
        memos.of(named, ("{0}|j={2}", "{0}|je={2}{1}"), kind, entry),
        memos.of(named, ("{0}|js={1}",), kind),
        memos.of(named, ("{0}|jw={2}", "{0}|jwe={2}{1}"), kind, entry),
        memos.of(named, ("{0}|jn={1[0]}{1[1]}",), kind),
        memos.of(named, ("{0}|kj={2}", "{0}|kjm={2}{1}"), kind, morph),
        memos.of(named, ("{0}|Kj={1}",), kind),
        memos.of(named, ("{0}|jcue{1}",), kind),
        memos.of(named, ("{0}|pw={2}{1}",), kind, entry),
        memos.of(named, ("{0}|z={1}",), kind),
        memos.of(named, ("{0}|kz={1}",), kind),
    )


def _forward(scan: Scan, reading: Reading, known: _WayMemos[Worth], worth: Callable[[list[str]], Worth]) -> Worth:
    """Return what a content that follows its cue is worth; what is seldom met twice is named at once by ``worth``."""
    gaps, ranks, ways, heres, shapes, words, pairs, near, fine, cues, particles, last, last_cluster = known
    cue, kind, j, _, particle, rank = reading
    forms, classes, groups, coarse, tally = scan.words.forms, scan.classes, scan.groups, scan.coarse, scan.tally
    first, here, cluster, entry = cue.last + 1, groups[j], coarse[j], cue.form.entry.id
    gap = bucket(j - first)
    total = (
        gaps[gap]
        + ranks[rank]
        + ways[tally[j] - tally[first]]
        + heres[here]
        + shapes[scan.shapes[j]]
        + pairs[here, groups[j + 1]]
        + near[cluster]
        + fine[scan.fine[j]]
    )
    rare = [f"{kind}|kjn={cluster}{coarse[j + 1]}", f"{kind}|kje={cluster}{entry}"]
    if classes[j] in _NAMED_OPENINGS:
        total += words[forms[j]]
    if j > first:
        z = groups[j - 1]
        total += last[z] + last_cluster[coarse[j - 1]]
        rare.append(f"{kind}|az={groups[first]}{z}{gap}")
    if j in scan.cue_at:
        total += cues[scan.cue_at[j][0].form.morph]
    if particle >= 0:
        total += particles[forms[particle]]
    return total + worth(rare)


def _backward(scan: Scan, reading: Reading) -> list[str]:
    """Features of a content that stands before its cue."""
    k, cue = reading.kind + "|", reading.cue
    out = [
        k + "r" + str(reading.rank),
        k + "len" + bucket(max(reading.end - reading.start, 0)),
        k + "j=" + kind_of(scan, reading.start),
        k + "jp=" + kind_of(scan, reading.start - 1),
        k + "n=" + kind_of(scan, cue.last + 1),
        k + "ne=" + kind_of(scan, cue.last + 1) + cue.form.entry.id,
        k + "at" + str(scan.sentence_start[cue.first] == reading.start),
        k + "left" + bucket(scan.sentence_end[cue.last] - cue.last - 1),
        k + "b=" + scan.groups[cue.first - 1],
        k + "kj=" + scan.coarse[reading.start],
        k + "kn=" + scan.coarse[cue.last + 1],
        k + "Kn=" + scan.fine[cue.last + 1],
    ]
    verbs = sum(1 for j in range(reading.start, reading.end) if j in scan.cue_at and finite(scan, j))
    source = min(cue.last + 1, len(scan.tags) - 1)
    carrier = scan.tags[source][:1] in ("m", "c", "w")
    opens = any(j in scan.cue_at and finite(scan, j) for j in range(reading.start, min(reading.start + 3, reading.end)))
    return [
        *out,
        k + "verbs" + str(min(verbs, 3)),
        k + "first" + str(reading.start in scan.cue_at),
        f"{k}carrier{carrier}{opens}{min(verbs, 2)}",
        f"{k}carrier{scan.tags[source]}{verbs > 0}",
    ]


_BEHIND = frozenset(("qbefore", "cbefore", "cinner"))


def _worths(scan: Scan, readings: Sequence[Reading], memos: Memos[Worth]) -> list[Worth]:
    """Return what ``readings`` are worth, in which those of one cue stand together."""
    out: list[Worth] = []
    cue: Cue | None = None
    shared: dict[str, tuple[Worth, _WayMemos[Worth]]] = {}
    firsts: dict[str, Worth] = {}
    for reading in readings:
        kind = reading.kind
        if reading.cue is not cue:
            cue, shared, firsts = reading.cue, {}, {}
        if kind not in shared:
            form = reading.cue.form
            known: _WayMemos[Worth] = memos.once(_way_memos, kind, form.entry.id, form.morph)
            shared[kind] = _of_cue(scan, reading.cue, kind, memos), known
        total, known = shared[kind]
        if kind in _BEHIND:
            out.append(total + memos.worth(_backward(scan, reading)))
            continue
        if reading.start > reading.cue.last + 1:
            if kind not in firsts:
                firsts[kind] = total + memos.worth(_first_features(scan, reading.cue, kind))
            total = firsts[kind]
        out.append(total + _forward(scan, reading, known, memos.worth))
    return out


def reading_features(scan: Scan, reading: Reading) -> list[str]:
    """Return the features of one candidate reading."""
    return list(_worths(scan, [reading], spelling())[0])


def score_readings(scan: Scan, readings: Sequence[Reading], weights: Weights) -> list[float]:
    """Return the scores of ``readings``, in which those of one cue stand together."""
    return _worths(scan, readings, memos_of(weights))
