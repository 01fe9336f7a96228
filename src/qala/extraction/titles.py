"""Headlines of the form «SOURCE: CONTENT», where the colon is the cue."""

from qala.extraction.ranker import Weights, choose
from qala.extraction.reading_features import bucket, kind_of
from qala.extraction.readings import Reading
from qala.extraction.scan import Cue, Scan
from qala.lexicon.cues import CueEntry, CueForm
from qala.text.words import MARK

_COLON = CueForm(CueEntry("colon", "assert", frozenset(("speech",)), "title", "titles"), "colon", "n", False)
_LONGEST = 14  # tokens of a headline's source
_LINE = 40  # tokens; longer lines are no headlines


def _lines(scan: Scan) -> list[tuple[int, int]]:
    """Return the lines that may be headlines: the title and short lines without a final stop."""
    forms = scan.words.forms
    lines: list[tuple[int, int]] = []
    start = 0
    while start < len(forms):
        end = scan.paragraph_end[start]
        if start == 0 and scan.title_end:
            end = scan.title_end
        if 3 < end - start <= _LINE and forms[end - 1] not in ".":
            lines.append((start, end))
        start = end + 1
    return lines


def title_candidates(scan: Scan) -> list[Reading]:
    """Return the readings of headlines as «SOURCE: CONTENT»."""
    out: list[Reading] = []
    for start, end in _lines(scan):
        for colon in range(start + 1, min(end - 1, start + _LONGEST)):
            if scan.words.forms[colon] == ":" and not scan.debris[colon]:
                out.append(Reading(Cue(colon, colon, _COLON, 0, ""), "title", colon + 1, end - 1, rank=start))
                break
    return out


def title_features(scan: Scan, reading: Reading) -> list[str]:
    """Return the features of a headline's reading."""
    start, colon, end = reading.rank, reading.cue.first, reading.end
    forms, kinds = scan.words.forms, scan.words.kinds
    out = [
        "title|",
        "title|L" + bucket(colon - start),
        "title|C" + bucket(end - colon),
        "title|first" + str(start == 0 and scan.title_end > 0),
        "title|a=" + kind_of(scan, start),
        "title|z=" + kind_of(scan, colon - 1),
        "title|az=" + kind_of(scan, start) + kind_of(scan, colon - 1) + bucket(colon - start),
        "title|j=" + kind_of(scan, colon + 1),
        "title|jn=" + kind_of(scan, colon + 1) + kind_of(scan, colon + 2),
        "title|w=" + forms[start],
        "title|pw=" + forms[colon - 1],
        "title|ka=" + scan.coarse[start],
        "title|Ka=" + scan.fine[start],
        "title|kz=" + scan.coarse[colon - 1],
        "title|kj=" + scan.coarse[colon + 1],
        "title|debris" + str(scan.debris[colon]),
    ]
    later = range(end, min(len(forms), end + 400))
    named = set(forms[start:colon])
    sources = sum(1 for j in later if forms[j] in named and kinds[j] != MARK)
    spoken = sum(
        1
        for j in later
        if forms[j] in named and kinds[j] != MARK and any(i in scan.cue_at for i in (j - 1, j - 2, j + 1))
    )
    out += ["title|again" + str(min(sources, 3)), "title|spoken" + str(min(spoken, 2))]
    if any(j in scan.cue_at for j in range(start, colon)):
        out.append("title|cue")
    if any(kinds[j] == MARK for j in range(start, colon)):
        out.append("title|mark")
    return out


def find_title_readings(scan: Scan, weights: Weights) -> list[tuple[Reading, float]]:
    """Return the headlines that attribute, with their scores."""
    out: list[tuple[Reading, float]] = []
    for reading in title_candidates(scan):
        choice = choose(weights, [title_features(scan, reading)])
        if choice.index >= 0:
            out.append((reading, choice.score))
    return out
