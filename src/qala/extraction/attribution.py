"""The choice among readings: which cues attribute, where their contents begin and end, and to whom."""

from typing import NamedTuple

from qala.extraction.contents import Accepted, end_features, find_ends
from qala.extraction.ranker import Rankers, Weights, choose, score
from qala.extraction.reading_features import reading_features
from qala.extraction.readings import Reading, find_readings
from qala.extraction.scan import Cue, Scan
from qala.extraction.sources import SourceSpan, find_sources, source_features
from qala.extraction.titles import find_title_readings


_RIVALS = 3

ACCEPT = -0.3
"""The log-odds above which a reading is a statement; chosen by cross-validation for the best attribution F1."""


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


def accept_readings(scan: Scan, weights: Weights, at_least: float = ACCEPT) -> list[tuple[Reading, float]]:
    """Return the best reading of each cue that beats "no statement", with its score."""
    accepted: list[tuple[Reading, float]] = []
    for cues in scan.cue_at.values():
        readings = [reading for cue in cues for reading in find_readings(scan, cue)]
        choice = choose(weights, [reading_features(scan, reading) for reading in readings], at_least=at_least)
        if choice.index >= 0:
            accepted.append((readings[choice.index], choice.score))
    return [*find_title_readings(scan, weights), *accepted]


def _same_content(one: Reading, other: Reading) -> bool:
    return abs(one.start - other.start) <= 1 and (one.end < 0) == (other.end < 0)


def settle(accepted: list[tuple[Reading, float]]) -> list[tuple[Reading, float, tuple[Cue, ...]]]:
    """Keep one reading a content: the best; a rival whose cue stands just before it joins its cue."""
    kept: list[tuple[Reading, float, tuple[Cue, ...]]] = []
    for reading, log_odds in sorted(accepted, key=lambda item: (-item[1], item[0].cue.first)):
        rival = next((i for i, item in enumerate(kept) if _same_content(item[0], reading)), None)
        if rival is None:
            kept.append((reading, log_odds, (reading.cue,)))
            continue
        winner, best, cues = kept[rival]
        if 0 <= winner.cue.first - reading.cue.last <= 1 or 0 <= reading.cue.first - winner.cue.last <= 1:
            kept[rival] = (winner, best, tuple(sorted({*cues, reading.cue}, key=lambda cue: cue.first)))
    return sorted(kept, key=lambda item: (item[0].cue.first, item[0].start))


def choose_end(scan: Scan, reading: Reading, accepted: Accepted, weights: Weights) -> int:
    """Return the last token of the content of ``reading``."""
    if reading.end >= 0:
        return reading.end
    ends = find_ends(scan, reading)
    if len(ends) == 1:
        return ends[0]
    return ends[choose(weights, end_features(scan, reading, ends, accepted), none=False).index]


def choose_source(scan: Scan, reading: Reading, weights: Weights) -> tuple[SourceSpan | None, tuple[Rival, ...]]:
    """Return the source of ``reading``, or ``None`` where the Arabic leaves it out, and what else it could be."""
    if reading.kind == "title":
        return SourceSpan(reading.rank, reading.cue.first - 1, "pre", 0), ()
    spans = find_sources(scan, reading)
    if not spans:
        return None, ()
    scores = [score(weights, features) for features in source_features(scan, reading, spans)]
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
    accepted = {reading.cue.first: reading for reading, _, _ in settled}
    drafts: list[Draft] = []
    for reading, log_odds, cues in settled:
        end = choose_end(scan, reading, accepted, rankers.end)
        source, rivals = choose_source(scan, reading, rankers.source)
        drafts.append(Draft(reading, log_odds, end, source, cues, rivals))
    return drafts
