"""The choice among readings: which cues attribute, where their contents begin and end, and to whom."""

from collections.abc import Sequence
from itertools import accumulate
from math import exp
from typing import NamedTuple

from qala.extraction.contents import find_ends
from qala.extraction.end_features import Accepted, score_ends
from qala.extraction.ranker import Rankers, Weights, best_of
from qala.extraction.reading_features import score_readings
from qala.extraction.readings import Reading, find_readings
from qala.extraction.scan import Cue, Scan
from qala.extraction.source_features import score_sources
from qala.extraction.sources import SourceSpan, find_sources
from qala.extraction.titles import find_title_readings
from qala.text.words import MARK

_RIVALS = 3
_EVEN = 1e-9  # differences by which floating point alone may part two scores
# What an exact end counts for, beside every end that leaves content and truth to share half of their words. Over 9,704
# annotated contents, cross-validated, 0.5 kept 94.2 % by half and 87.8 % exactly; the likeliest end 93.3 % and 89.0 %.
_EXACT = 0.5

ACCEPT = -0.3 - _EVEN
"""The log-odds above which a reading is a statement; chosen by cross-validation for the best attribution F1.

Weights have three decimals, so that a reading can meet -0.3 exactly; it is accepted in whatever order they are added.
"""


class Rival(NamedTuple):
    """A source that was not chosen, and by how much its log-odds fell short."""

    span: SourceSpan
    margin: float


class Draft(NamedTuple):
    """An accepted reading with what was chosen for it; token indices throughout."""

    reading: Reading
    score: float
    end: int
    source: SourceSpan | None
    cues: tuple[Cue, ...]  # more than one where cues meet on one content ("went on, saying")
    rivals: tuple[Rival, ...] = ()  # what else could be the source, best first
    carrier: SourceSpan | None = None  # a news carrier that a phrase of its own names: "as agency X relayed"


def accept_readings(scan: Scan, weights: Weights, at_least: float = ACCEPT) -> list[tuple[Reading, float]]:
    """Return the best reading of each cue that beats "no statement", with its score."""
    accepted: list[tuple[Reading, float]] = []
    for first, cues in scan.cue_at.items():
        if scan.debris[first]:
            continue
        readings = [reading for cue in cues for reading in find_readings(scan, cue)]
        choice = best_of(score_readings(scan, readings, weights), at_least=at_least)
        if choice.index >= 0:
            accepted.append((readings[choice.index], choice.score))
    return [*find_title_readings(scan, weights), *accepted]


def settle(accepted: list[tuple[Reading, float]]) -> list[tuple[Reading, float, tuple[Cue, ...]]]:
    """Keep one reading a content: the best; a rival whose cue stands just before it joins its cue."""
    kept: dict[tuple[int, bool], tuple[Reading, float, tuple[Cue, ...]]] = {}
    for reading, log_odds in sorted(accepted, key=lambda item: (-item[1], item[0].cue.first)):
        fixed = reading.end >= 0
        near = ((reading.start + step, fixed) for step in (0, -1, 1))
        rival = next((key for key in near if key in kept), None)
        if rival is None:
            kept[reading.start, fixed] = (reading, log_odds, (reading.cue,))
            continue
        winner, best, cues = kept[rival]
        if 0 <= winner.cue.first - reading.cue.last <= 1 or 0 <= reading.cue.first - winner.cue.last <= 1:
            kept[rival] = (winner, best, tuple(sorted({*cues, reading.cue}, key=lambda cue: cue.first)))
    return sorted(kept.values(), key=lambda item: (item[0].cue.first, item[0].start))


def choose_end(scan: Scan, reading: Reading, accepted: Accepted, weights: Weights) -> int:
    """Return the last token of the content of ``reading``."""
    if reading.end >= 0:
        return reading.end
    ends = find_ends(scan, reading)
    if len(ends) == 1:
        return ends[0]
    scores = score_ends(scan, reading, ends, accepted, weights)
    return ends[safest_end([end - reading.start + 1 for end in ends], scores)]


def safest_end(lengths: Sequence[int], scores: Sequence[float]) -> int:
    """Return the index of the end of least expected harm, for contents of ascending ``lengths`` in tokens.

    An end counts its own probability, ``_EXACT`` times, and that of every end that would leave a content of half to
    double the length (least Bayes risk; Kumar and Byrne 2004): where a long and a short reading are even, what they
    share is kept.
    """
    highest = max(scores)
    chances = [exp(value - highest) for value in scores]
    sums = list(accumulate(chances, initial=0.0))
    low = high = best = 0
    most = 0.0
    for i, length in enumerate(lengths):
        while 2 * lengths[low] < length:
            low += 1
        while high < len(lengths) and lengths[high] <= 2 * length:
            high += 1
        worth = _EXACT * chances[i] + sums[high] - sums[low]
        if worth > most + _EVEN:
            best, most = i, worth
    return best


def choose_source(scan: Scan, reading: Reading, weights: Weights) -> tuple[SourceSpan | None, tuple[Rival, ...]]:
    """Return the source of ``reading``, or ``None`` where the Arabic leaves it out, and what else it could be."""
    if reading.kind == "title":
        return SourceSpan(reading.rank, reading.cue.first - 1, "pre", 0), ()
    spans = find_sources(scan, reading)
    if not spans:
        return None, ()
    scores = score_sources(scan, reading, spans, weights)
    best = max(range(len(scores)), key=scores.__getitem__)
    chosen = spans[best] if best < len(spans) else None
    rivals: list[Rival] = []
    for i in sorted(range(len(spans)), key=lambda i: -scores[i]):
        span = spans[i]
        taken = [chosen, *(rival.span for rival in rivals)]
        if any(other and other.first <= span.last and span.first <= other.last for other in taken):
            continue
        rivals.append(Rival(span, scores[best] - scores[i]))
        if len(rivals) == _RIVALS:
            break
    return chosen, tuple(rivals)


def find_drafts(scan: Scan, rankers: Rankers) -> list[Draft]:
    """Return the attributions of a document in the order of their cues."""
    settled = settle(accept_readings(scan, rankers.reading))
    accepted = Accepted.of([reading for reading, _, _ in settled])
    drafts: list[Draft] = []
    for reading, log_odds, cues in settled:
        end = choose_end(scan, reading, accepted, rankers.end)
        if all(scan.words.kinds[j] == MARK for j in range(reading.start, end + 1)):
            continue  # nothing is said: the page breaks off behind the cue
        source, rivals = choose_source(scan, reading, rankers.source)
        drafts.append(_without_carrier(scan, Draft(reading, log_odds, end, source, cues, rivals)))
    return _relay(scan, drafts)


def _without_carrier(scan: Scan, draft: Draft) -> Draft:
    """Return a draft whose content stops before the phrase that names its carrier ("…, as agency X relayed")."""
    reading = draft.reading
    if reading.end >= 0:
        return draft
    for j in range(max(reading.start + 1, draft.end - _LONGEST_CARRIER), draft.end):
        cue = next((c for c in scan.cue_at.get(j, ()) if c.form.entry.kind in _RELAYING), None)
        if cue is None or scan.quote_open[j] >= 0 or not _ends_with_carrier(scan, cue.last + 1, draft.end):
            continue
        return draft._replace(
            end=_end_before(scan, reading.start, j), carrier=SourceSpan(cue.last + 1, draft.end, "post", 0)
        )
    return draft


def _end_before(scan: Scan, start: int, phrase: int) -> int:
    """Return where a content from ``start`` ends before a phrase that names its carrier: commas and "that" aside."""
    last = phrase - 1
    while last > start and (scan.words.forms[last] in ",-" or scan.classes[last] == "conjunction"):
        last -= 1
    return last


def _ends_with_carrier(scan: Scan, first: int, last: int) -> bool:
    """Whether tokens ``first`` to ``last`` are the name of a carrier and nothing else."""
    inside = range(first, last + 1)
    return (
        first <= last
        and _is_carrier(scan, first)
        and not any(scan.words.forms[j] in ",:;" or scan.classes[j] in _BREAKS or scan.times[j] >= 0 for j in inside)
        and not any(j in scan.finite for j in inside)
    )


_LONGEST_CARRIER = 12  # tokens of such a phrase
_PHRASE_BEHIND = frozenset(("cbefore", "cinner"))  # readings of a phrase that stands behind its content
_RELAYING = frozenset(("as_said", "according"))
_BREAKS = frozenset(("that", "relative", "conjunction", "preposition", "negation"))


def _relay(scan: Scan, drafts: list[Draft]) -> list[Draft]:
    """Return ``drafts`` without phrases that only name the carrier of a statement: the carrier goes to the statement.

    "Washington said that …, according to agency X" is one statement; a phrase by another body is a statement of its
    own (guidelines, settled case 10).
    """
    out = list(drafts)
    opened = {d.reading.cue.first: n for n, d in enumerate(drafts)}
    started = {d.reading.start: n for n, d in enumerate(drafts) if d.reading.end < 0}
    for draft in drafts:
        reading, source = draft.reading, draft.source
        if reading.kind not in _PHRASE_BEHIND or source is None or not _is_carrier(scan, source.first):
            continue
        near = range(reading.start, min(reading.start + _OPENING, reading.end))
        number = next((opened[j] for j in near if j in opened), None)
        beside = (started.get(reading.start + step) for step in (0, -1, 1))
        same = next((n for n in beside if n is not None and drafts[n] is not draft), None)
        number = number if same is None else same
        if number is None or out[number].reading.end >= 0:
            continue
        told = out[number]
        if told.reading.start >= reading.cue.first:
            continue  # its content stands behind the phrase
        last = _end_before(scan, told.reading.start, reading.cue.first)
        # One content read from both sides reaches to the phrase; another ends where it ended, before the phrase.
        out[number] = told._replace(carrier=source, end=last if same is not None else min(told.end, last))
        out[opened[reading.cue.first]] = draft._replace(score=float("-inf"))
    return [draft for draft in out if draft.score != float("-inf")]


_OPENING = 3  # tokens of a clause within which its verb of saying stands first


def _is_carrier(scan: Scan, token: int) -> bool:
    tag = scan.tags[token]
    return tag[:1] == "m" or tag in ("cagency", "coutlet")
