"""Counts of errors by act, cue, construction, outlet or year, as the tables of the error report."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eval.error_rows import NO_CUE, Keys, Row, rule_of
from eval.matching import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADINGS = {
    "act": "Acts",
    "cue": "Cues (entries of the lexicon)",
    "construction": "Constructions",
    "outlet": "Outlets",
    "year": "Years",
}
MISSES = {
    "no cue": "the lexicon has no such cue",
    "out of reach": "the cue is known, but no construction reaches the content",
    "refused": "a reading was there and was refused",
    "read otherwise": "the cue was read, with another content",
}


@dataclass(slots=True)
class Counts:
    """The statements under one heading."""

    gold: int = 0
    found: int = 0  # of gold, found by Qala under whatever heading
    read: int = 0
    right: int = 0  # of read, the gold has them under whatever heading
    speaker: int = 0  # of right, with the wrong speaker
    end: int = 0  # of right, with another last word
    start: int = 0  # of right, with another first word
    act: int = 0  # of right, with another act

    @property
    def errors(self) -> int:
        """Everything wrong, to put the worst first: missed, false, wrong speaker, wrong end."""
        return (self.gold - self.found) + (self.read - self.right) + self.speaker + self.end


def count_rows(rows: list[Row], heading: str) -> dict[str, Counts]:
    """Count ``rows`` under one of the fields of :class:`Keys`.

    Recall counts the gold's statements where the gold puts them, precision what was read where Qala puts it;
    wrong speakers, ends and acts are counted where Qala puts them.
    """
    index = Keys._fields.index(heading)
    out: defaultdict[str, Counts] = defaultdict(Counts)
    for row in rows:
        both = row.match.both
        if row.gold is not None:
            mine = out[row.gold[index]]
            mine.gold += 1
            mine.found += both
        if row.read is not None:
            mine = out[row.read[index]]
            mine.read += 1
            mine.right += both
            if row.gold is not None:
                mine.speaker += not row.match.speaker
                mine.start += not row.match.start
                mine.end += not row.match.end
                mine.act += row.gold.act != row.read.act
    return dict(out)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "–"


def count_table(rows: list[Row], heading: str) -> Iterator[str]:
    """Yield a table, the headings with most errors first."""
    wrong = "wrong speaker | wrong start | wrong end | wrong act"
    yield f"| {heading} | gold | read | precision | recall | {wrong} |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    counts = count_rows(rows, heading)
    for name, c in sorted(counts.items(), key=lambda item: (-item[1].errors, item[0])):
        shares = f"{_share(c.right, c.read)} | {_share(c.found, c.gold)}"
        yield f"| {name} | {c.gold} | {c.read} | {shares} | {c.speaker} | {c.start} | {c.end} | {c.act} |"


def confusion_lines(rows: list[Row]) -> Iterator[str]:
    """Yield which act was read for which, the most frequent first."""
    pairs = Counter(
        (row.gold.act, row.read.act) for row in rows if row.gold and row.read and row.gold.act != row.read.act
    )
    for (gold, read), count in sorted(pairs.items(), key=lambda item: (-item[1], item[0])):
        yield f"- {gold} read as {read}: {count}"


def speaker_table(rows: list[Row]) -> Iterator[str]:
    """Yield how often speakers of found statements are right, by what Qala read as the source and by rule."""
    right: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if row.match.gold is not None and row.match.read is not None:
            key = (rule_of(row.match.read, "source:"), rule_of(row.match.read, "speaker:"))
            found[key] += 1
            right[key] += row.match.speaker
    yield "| source | speaker found by | statements | wrong speaker | share right |"
    yield "|---|---|--:|--:|--:|"
    for key in sorted(found, key=lambda key: (right[key] - found[key], key)):
        wrong = found[key] - right[key]
        yield f"| {key[0]} | {key[1]} | {found[key]} | {wrong} | {_share(right[key], found[key])} |"


def miss_lines(rows: list[Row]) -> Iterator[str]:
    """Yield how statements were missed, how many false ones are near, and the cues that the lexicon lacks."""
    counts = Counter(row.miss for row in rows if row.miss)
    for name, reason in MISSES.items():
        yield f"- {reason}: {counts[name]}"
    false = [row for row in rows if row.gold is None]
    near = sum(row.near is not None for row in false)
    yield ""
    yield f"Of {len(false)} false statements, {near} stand at a cue of the gold, with another content."
    lacking = Counter(
        text_of(row.match.article, row.match.gold["cue"])
        for row in rows
        if row.match.gold is not None and row.gold is not None and row.gold.cue == NO_CUE and row.miss
    )
    if lacking:
        yield ""
        yield "Cues of the gold that the lexicon lacks (with how often they were missed):"
        yield ""
        for cue, count in sorted(lacking.items(), key=lambda item: (-item[1], item[0]))[:60]:
            yield f"- \u2068{cue}\u2069 · {count}"
