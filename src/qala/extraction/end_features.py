"""What the ranker of ends looks at: what follows a candidate, and how the content stands to its quotation."""

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from qala.extraction.contents import content_limit
from qala.extraction.reading_features import bucket, finite, kind_of
from qala.extraction.readings import Reading
from qala.extraction.scan import Scan
from qala.text.words import WORD


class Accepted(NamedTuple):
    """The readings accepted in a first pass, by the first token of their cue, and those tokens in order."""

    by_cue: dict[int, Reading]
    cues: list[int]  # without headlines

    @classmethod
    def of(cls, readings: list[Reading]) -> "Accepted":
        """Index ``readings``."""
        by_cue = {reading.cue.first: reading for reading in readings}
        return cls(by_cue, sorted(first for first, reading in by_cue.items() if reading.kind != "title"))

    def between(self, after: int, last: int) -> int:
        """Return how many cues stand behind token ``after`` up to token ``last``."""
        return bisect_right(self.cues, last) - bisect_left(self.cues, after + 1)


NOTHING_ACCEPTED = Accepted({}, [])


class _Frame(NamedTuple):
    """What is the same for all ends of one content."""

    reading: Reading
    key: str
    quote: int  # the closing mark of the quotation that the content opens with, or -1
    quoted: str  # Q: it opens with one, R: behind a word or two, N: it does not
    limit: int


def _frame(scan: Scan, reading: Reading) -> _Frame:
    start, size = reading.start, len(scan.classes)
    opened = start
    while opened < start + 3 and opened < size and scan.quote_open[opened] != opened:
        opened += 1
    opens = opened < start + 3 and opened < size and scan.quote_open[opened] == opened
    quoted = ("R" if opened > start + 1 else "Q") if opens else "N"
    quote = scan.quote_close[opened] if opens else -1
    return _Frame(reading, reading.kind + "|", quote, quoted, content_limit(scan, start))


def end_features(scan: Scan, reading: Reading, ends: list[int], accepted: Accepted) -> list[list[str]]:
    """Return the features of each candidate end of ``ends``; ``accepted`` are the statements around it."""
    frame = _frame(scan, reading)
    forms = scan.words.forms
    out: list[list[str]] = []
    verbs = commas = 0
    counted = reading.start
    for rank, end in enumerate(ends):
        for j in range(counted, end + 1):
            commas += forms[j] == ","
            verbs += j > reading.start and j in scan.cue_at and finite(scan, j)
        counted = end + 1
        final = rank == len(ends) - 1
        features = _shape(scan, frame, end, rank, commas, verbs)
        if final:
            features += _final(frame, end)
        if commas <= 2 and kind_of(scan, end + 1) == ",":
            features += _opening(scan, frame, end, commas)
        features += _quotation(scan, frame, end, final)
        features += _neighbours(scan, frame, end, accepted)
        features += _following(scan, frame, end)
        out.append(features)
    return out


def _shape(scan: Scan, frame: _Frame, end: int, rank: int, commas: int, verbs: int) -> list[str]:
    """How long the content would be, what it holds and what kinds of words follow."""
    k, quoted, cue = frame.key, frame.quoted, frame.reading.cue
    n1, n2, n3 = kind_of(scan, end + 1), kind_of(scan, end + 2), kind_of(scan, end + 3)
    length = bucket(end - frame.reading.start)
    return [
        "L" + length,
        k + "L" + length,
        "n=" + n1,
        "nn=" + n1 + n2,
        "nnn=" + n1 + n2 + n3,
        k + "n=" + n1,
        k + "nn=" + n1 + n2,
        quoted + "n=" + n1,
        "rest" + bucket(frame.limit - 1 - end),
        "commas" + str(min(commas, 4)) + n1,
        "last=" + kind_of(scan, end),
        k + "rank" + str(min(rank, 5)) + quoted,
        "m" + cue.form.morph + n1,
        "e" + cue.form.entry.id + n1,
        "verbs" + str(min(verbs, 2)) + n1,
    ]


def _final(frame: _Frame, end: int) -> list[str]:
    """The last candidate is the end of the sentence."""
    form = frame.reading.cue.form
    length = bucket(end - frame.reading.start)
    return ["F", frame.key + "F", frame.quoted + "F", "Fm" + form.morph, "Fe" + form.entry.id, "FL" + length]


def _opening(scan: Scan, frame: _Frame, end: int, commas: int) -> list[str]:
    """A clause that opens with a subordinate one ("despite its denial, …") does not end at its first comma."""
    start = frame.reading.start
    words = (scan.words.forms[j] for j in range(start + 1, min(start + 4, end + 1)) if scan.classes[j])
    opening = next(words, "-")
    return [f"open{opening}{commas}", f"{frame.key}open{opening}{commas}"]


def _quotation(scan: Scan, frame: _Frame, end: int, final: bool) -> list[str]:
    """Where the end stands to the quotation marks."""
    n1 = kind_of(scan, end + 1)
    if frame.quote >= 0:
        side = "at" if end == frame.quote else ("in" if end < frame.quote else "out")
        nn = n1 + kind_of(scan, end + 2)
        return ["q" + side, frame.key + "q" + side, "q" + side + nn, "q" + side + frame.quoted + str(final)]
    if scan.quote_open[end] > frame.reading.start and scan.quote_close[end] != end:
        return ["cuts"]
    if scan.quote_close[end] == end:
        return ["closes" + n1, "closes" + frame.key]
    return []


def _neighbours(scan: Scan, frame: _Frame, end: int, accepted: Accepted) -> list[str]:
    """Whether another statement begins right behind the end, and how many the content would run over."""
    n1 = kind_of(scan, end + 1)
    follow = end + 2 if n1 == "," else end + 1
    reach = (follow, follow + 1) if n1 == "," else (follow, follow + 1, follow + 2)
    found = (accepted.by_cue.get(j) for j in reach)
    near = next((reading for reading in found if reading is not None), None)
    passed = str(min(accepted.between(frame.reading.start, end), 2))
    features = ["passed" + passed, frame.quoted + "passed" + passed, "passed" + passed + n1]
    if near is not None and near is not frame.reading:
        form = near.cue.form
        features += ["acc" + form.morph + n1, "acc" + near.kind, frame.key + "acc" + form.entry.kind, "acc"]
    return features


def _following(scan: Scan, frame: _Frame, end: int) -> list[str]:
    """The word behind the end, over a comma: function words by themselves, cues by their entry."""
    n1, n3 = kind_of(scan, end + 1), kind_of(scan, end + 3)
    forms = scan.words.forms
    follow = end + 2 if forms[end + 1 : end + 2] == [","] else end + 1
    if follow >= len(forms) or scan.words.kinds[follow] != WORD:
        return []
    features: list[str] = []
    if scan.classes[follow]:
        features += ["nw=" + n1 + forms[follow], "nw2=" + n1 + forms[follow] + n3]
    for found in scan.cue_at.get(follow, ())[:2]:
        form = found.form
        features += [
            "nc=" + n1 + form.morph + found.proclitics,
            "nce=" + form.entry.id + form.morph + n1,
            frame.key + "nc=" + form.morph + found.proclitics + n1,
            "nck" + form.entry.kind,
        ]
    features.append("ns=" + n1 + scan.shapes[follow] + kind_of(scan, follow + 1))
    return features
