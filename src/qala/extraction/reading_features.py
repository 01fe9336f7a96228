"""What the ranker of readings looks at: the cue, the way to the content, and the content's first words.

Features come in parts (:data:`qala.extraction.ranker.Part`), each named from a handful of facts of the
place, so that a part seen before costs one look-up. Training spells the same parts out.
"""

from collections.abc import Sequence

from qala.extraction.ranker import Part, Weights, score, spell, sums_of, weigh
from qala.extraction.readings import Reading
from qala.extraction.scan import Cue, Scan
from qala.extraction.tallies import counts
from qala.text.words import WORD

Seen = tuple[list[Part], list[str]]
"""Parts, and single features that are too many to be remembered."""

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
    kind: str, entry: str, act: str, morph: str, agree: str, pronoun: bool, proclitics: str, listed: bool
) -> tuple[str, ...]:
    k = kind + "|"
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


def _before_features(kind: str, before: str, before2: str, morph: str, proclitics: str) -> tuple[str, ...]:
    k = kind + "|"
    return (
        k + "b=" + before,
        k + "bm=" + before + morph,
        k + "bb=" + before2 + before,
        k + "bp=" + before + proclitics + morph,
    )


def _place_features(
    kind: str, morph: str, proclitics: str, distance: str, word: str, flags: tuple[bool, ...]
) -> list[str]:
    """Name where a cue stands: how far from the sentence's start, behind which closed word, and flags."""
    first, title, quoted, debris, ambiguous = flags
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


def _cue_parts(scan: Scan, cue: Cue, kind: str) -> tuple[Part, ...]:
    """Return the parts that all readings of ``cue`` by frames of ``kind`` share."""
    i, form = cue.first, cue.form
    entry, morph, proclitics = form.entry, form.morph, cue.proclitics
    frame = _FRAME_KINDS.get(kind)
    listed = frame is None or frame in entry.frames
    groups, start = scan.groups, scan.sentence_start[i]
    closed = i > 0 and scan.words.kinds[i - 1] == WORD and scan.classes[i - 1] != ""
    flags = (
        i == start,
        i < scan.title_end,
        scan.quote_open[i] >= 0,
        scan.debris[i],
        len(scan.cue_at.get(i, ())) > 1,
    )  # fmt: skip
    return (
        (_cue_features, kind, entry.id, entry.act, morph, form.agree, form.pronoun, proclitics, listed),
        (_before_features, kind, groups[i - 1], groups[i - 2], morph, proclitics),
        (_before_clusters, kind, scan.coarse[i - 1], scan.fine[i - 1], entry.id, morph),
        (
            _place_features,
            kind,
            morph,
            proclitics,
            bucket(i - start),
            scan.words.forms[i - 1] if closed else "",
            flags,
        ),
    )


def _gap_features(kind: str, gap: str, morph: str, entry: str) -> tuple[str, ...]:
    return f"{kind}|g{gap}", f"{kind}|g{gap}{morph}", f"{kind}|ge{gap}{entry}"


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


def _first_features(kind: str, a: str, morph: str, word: str) -> list[str]:
    """Name the first token of the way; ``word`` is its form where its class is closed."""
    out = [f"{kind}|a={a}", f"{kind}|am={a}{morph}"]
    if word:
        out.append(f"{kind}|aw={word}")
    return out


def _before_clusters(kind: str, before: str, fine: str, entry: str, morph: str) -> tuple[str, ...]:
    return f"{kind}|kb={before}{morph}", f"{kind}|Kb={fine}", f"kb={before}{entry}"


def _opening_clusters(kind: str, here: str, fine: str, after: str, entry: str, morph: str) -> tuple[str, ...]:
    """Name the clusters of the content's first two words."""
    return (
        f"{kind}|kj={here}",
        f"{kind}|Kj={fine}",
        f"{kind}|kjm={here}{morph}",
        f"{kind}|kje={here}{entry}",
        f"{kind}|kjn={here}{after}",
    )


def _way_clusters(kind: str, first: str, fine: str, last: str, entry: str, morph: str) -> tuple[str, ...]:
    """Name the clusters of the first and the last word of the way."""
    return f"{kind}|kf={first}{morph}", f"{kind}|Kf={fine}", f"kfe={first}{entry}", f"{kind}|kz={last}"


def _opening_features(kind: str, here: str, shape: str, entry: str, word: str) -> list[str]:
    """Name the first token of the content; ``word`` is its form where it is a complementiser or the like."""
    out = [f"{kind}|j={here}", f"{kind}|js={shape}", f"{kind}|je={here}{entry}"]
    if word:
        out += [f"{kind}|jw={word}", f"{kind}|jwe={word}{entry}"]
    return out


_NAMED_OPENINGS = frozenset(("that", "preposition", "relative"))


def _forward(scan: Scan, reading: Reading) -> Seen:
    """Return what is seen of a content that follows its cue: the way to it, and its first tokens."""
    cue, kind, j = reading.cue, reading.kind, reading.start
    forms, classes, groups = scan.words.forms, scan.classes, scan.groups
    entry, morph = cue.form.entry.id, cue.form.morph
    first, here = cue.last + 1, groups[j]
    gap = bucket(j - first)
    parts: list[Part] = [
        (_gap_features, kind, gap, morph, entry),
        (_way_features, kind, scan.tally[j] - scan.tally[first]),
        (
            _opening_features,
            kind,
            here,
            scan.shapes[j],
            entry,
            forms[j] if classes[j] in _NAMED_OPENINGS else "",
        ),
        (_opening_clusters, kind, scan.coarse[j], scan.fine[j], scan.coarse[j + 1], entry, morph),
    ]
    features = [f"{kind}|r{reading.rank}", f"{kind}|jn={here}{groups[j + 1]}"]
    if j > first:
        a, z = groups[first], groups[j - 1]
        parts.append((_first_features, kind, a, morph, forms[first] if classes[first] else ""))
        way = scan.coarse[first], scan.fine[first], scan.coarse[j - 1]
        parts.append((_way_clusters, kind, *way, entry, morph))
        features += [f"{kind}|z={z}", f"{kind}|az={a}{z}{gap}"]
    if j in scan.cue_at:
        features.append(f"{kind}|jcue{scan.cue_at[j][0].form.morph}")
    if reading.particle >= 0:
        features.append(f"{kind}|pw={forms[reading.particle]}{entry}")
    return parts, features


def _backward(scan: Scan, reading: Reading) -> list[str]:
    """Features of a content that stands before its cue or after an attributing phrase's source."""
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
        k + "kj=" + scan.coarse[reading.start],
        k + "kn=" + scan.coarse[cue.last + 1],
        k + "Kn=" + scan.fine[cue.last + 1],
    ]
    if reading.end >= 0:
        verbs = sum(1 for j in range(reading.start, reading.end) if j in scan.cue_at and finite(scan, j))
        out += [k + "verbs" + str(min(verbs, 3)), k + "first" + str(reading.start in scan.cue_at)]
        source = min(cue.last + 1, len(scan.tags) - 1)
        carrier = scan.tags[source][:1] in ("m", "c", "w")
        opens = any(
            j in scan.cue_at and finite(scan, j) for j in range(reading.start, min(reading.start + 3, reading.end))
        )
        out += [f"{k}carrier{carrier}{opens}{min(verbs, 2)}", f"{k}carrier{scan.tags[source]}{verbs > 0}"]
    else:
        out.append(k + "gap" + bucket(reading.start - cue.last))
        out.append(k + "sp=" + kind_of(scan, reading.start - 2))
    return out


def _own(scan: Scan, reading: Reading) -> Seen:
    """Return what tells ``reading`` from the other readings of its cue by frames of its kind."""
    if reading.kind in ("qbefore", "cbefore", "cafter"):
        return [], _backward(scan, reading)
    return _forward(scan, reading)


def reading_features(scan: Scan, reading: Reading) -> list[str]:
    """Return the features of one candidate reading."""
    parts, features = _own(scan, reading)
    return spell([*_cue_parts(scan, reading.cue, reading.kind), *parts]) + features


def score_readings(scan: Scan, readings: Sequence[Reading], weights: Weights) -> list[float]:
    """Return the scores of ``readings``, in which those of one cue stand together."""
    sums = sums_of(weights)
    scores: list[float] = []
    cue: Cue | None = None
    shared: dict[str, float] = {}
    for reading in readings:
        kind = reading.kind
        if reading.cue is not cue:
            cue, shared = reading.cue, {}
        if kind not in shared:
            shared[kind] = weigh(weights, sums, _cue_parts(scan, reading.cue, kind))
        parts, features = _own(scan, reading)
        scores.append(shared[kind] + weigh(weights, sums, parts) + score(weights, features))
    return scores
