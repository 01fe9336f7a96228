"""What the ranker of readings looks at: the cue, the way to the content, and the content's first words."""

from functools import lru_cache

from qala.extraction.readings import Reading
from qala.extraction.scan import Cue, Scan
from qala.text.words import MARK, WORD

_BUCKETS = (0, 1, 2, 3, 4, 5, 6, 6, 7, 7, 7, 8, 8, 8, 8, 8)


def bucket(distance: int) -> str:
    """Return a coarse name for a distance in tokens."""
    if distance < len(_BUCKETS):
        return str(_BUCKETS[distance])
    return "9" if distance < 25 else "A"


def kind_of(scan: Scan, i: int) -> str:
    """Return the class of token ``i``: its closed class, its mark, "T" for a time, its tag, else its shape."""
    if i < 0 or i >= len(scan.classes):
        return "^"
    if scan.times[i] >= 0:
        return "T"
    return scan.classes[i] or scan.tags[i] or scan.shapes[i]


def finite(scan: Scan, i: int) -> bool:
    """Whether the lexicon can read token ``i`` as a finite verb of saying."""
    return any(cue.form.morph in ("past", "present") for cue in scan.cue_at.get(i, ()))


@lru_cache(maxsize=1 << 12)
def _cue_features(
    kind: str, entry: str, morph: str, agree: str, pronoun: bool, proclitics: str, listed: bool
) -> tuple[str, ...]:
    k = kind + "|"
    return (
        k,
        k + "e=" + entry,
        k + "e=" + entry + morph,
        k + "m=" + morph + agree,
        k + "p=" + proclitics,
        k + "em=" + entry + proclitics,
        k + "pron" + morph + str(pronoun),
        k + "listed" + str(listed),
    )


_FRAME_KINDS = {"comp": "that", "colon": "speech", "quote": "speech", "bi": "with", "li": "for"}


def _context(scan: Scan, cue: Cue, kind: str) -> list[str]:
    """Features of what stands before the cue."""
    i = cue.first
    k = kind + "|"
    before, before2 = kind_of(scan, i - 1), kind_of(scan, i - 2)
    morph = cue.form.morph
    start = scan.sentence_start[i]
    out = [
        k + "b=" + before,
        k + "bm=" + before + morph,
        k + "bb=" + before2 + before,
        k + "bp=" + before + cue.proclitics + morph,
        k + "s=" + bucket(i - start) + morph,
        k + "s0" + cue.proclitics + morph if i == start else k + "s+" + morph,
    ]
    if i and scan.words.kinds[i - 1] == WORD and scan.classes[i - 1]:
        out.append(k + "bw=" + scan.words.forms[i - 1])
    if i < scan.title_end:
        out.append(k + "title" + morph)
    if scan.quote_open[i] >= 0:
        out.append(k + "quoted" + morph)
    if scan.debris[i]:
        out.append(k + "debris")
    if len(scan.cue_at.get(i, ())) > 1:
        out.append(k + "ambiguous")
    return out


def _way(scan: Scan, reading: Reading) -> list[str]:
    """Features of the tokens between the cue and its content."""
    cue, kind, start = reading.cue, reading.kind, reading.start
    forms, kinds = scan.words.forms, scan.words.kinds
    k = kind + "|"
    first, last = cue.last + 1, start - 1
    gap = start - first
    g = bucket(gap)
    commas = relatives = verbs = complementisers = prepositions = quotes = 0
    for j in range(first, start):
        if kinds[j] == MARK:
            if forms[j] == ",":
                commas += 1
            elif scan.quote_open[j] == j:
                quotes += 1
        else:
            group = scan.classes[j]
            if group == "relative":
                relatives += 1
            elif group == "that":
                complementisers += 1
            elif group == "preposition":
                prepositions += 1
            elif j in scan.cue_at and finite(scan, j):
                verbs += 1
    out = [
        k + "g" + g,
        k + "g" + g + cue.form.morph,
        k + "ge" + g + cue.form.entry.id,
        k + "r" + str(reading.rank),
        k + "c" + str(min(commas, 4)),
        k + "rel" + str(min(relatives, 2)),
        k + "v" + str(min(verbs, 2)),
        k + "that" + str(min(complementisers, 2)),
        k + "vr" + str(min(verbs, 2)) + str(min(relatives, 2)) + str(min(complementisers, 2)),
        k + "pp" + str(min(prepositions, 3)),
        k + "q" + str(min(quotes, 2)),
    ]
    if gap:
        a, z = kind_of(scan, first), kind_of(scan, last)
        out += [k + "a=" + a, k + "z=" + z, k + "az=" + a + z + g, k + "am=" + a + cue.form.morph]
        if scan.classes[first]:
            out.append(k + "aw=" + forms[first])
    return out


def _opening(scan: Scan, reading: Reading) -> list[str]:
    """Features of the content's first tokens."""
    k, j = reading.kind + "|", reading.start
    forms = scan.words.forms
    here, after = kind_of(scan, j), kind_of(scan, j + 1)
    entry = reading.cue.form.entry.id
    out = [k + "j=" + here, k + "jn=" + here + after, k + "je=" + here + entry, k + "js=" + scan.shapes[j]]
    if scan.classes[j] in ("that", "preposition", "relative"):
        out += [k + "jw=" + forms[j], k + "jwe=" + forms[j] + entry]
    if j in scan.cue_at:
        out.append(k + "jcue" + scan.cue_at[j][0].form.morph)
    if reading.particle >= 0:
        out.append(k + "pw=" + forms[reading.particle] + entry)
    return out


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
    ]
    if reading.end >= 0:
        verbs = sum(1 for j in range(reading.start, reading.end) if j in scan.cue_at and finite(scan, j))
        out += [k + "verbs" + str(min(verbs, 3)), k + "first" + str(reading.start in scan.cue_at)]
        source = min(cue.last + 1, len(scan.tags) - 1)
        carrier = scan.tags[source][:1] in ("m", "c", "w")
        opens = any(j in scan.cue_at and finite(scan, j) for j in range(reading.start, min(reading.start + 3, reading.end)))
        out += [f"{k}carrier{carrier}{opens}{min(verbs, 2)}", f"{k}carrier{scan.tags[source]}{verbs > 0}"]
    else:
        out.append(k + "gap" + bucket(reading.start - cue.last))
        out.append(k + "sp=" + kind_of(scan, reading.start - 2))
    return out


def reading_features(scan: Scan, reading: Reading) -> list[str]:
    """Return the features of one candidate reading."""
    cue, kind = reading.cue, reading.kind
    form = cue.form
    listed = kind not in _FRAME_KINDS or _FRAME_KINDS[kind] in form.entry.frames
    out = list(
        _cue_features(kind, form.entry.id, form.morph, form.agree, form.pronoun, cue.proclitics, listed)
    )
    out += _context(scan, cue, kind)
    if kind in ("qbefore", "cbefore", "cafter"):
        out += _backward(scan, reading)
    else:
        out += _way(scan, reading)
        out += _opening(scan, reading)
    return out
