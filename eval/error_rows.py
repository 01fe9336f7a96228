"""What the error report knows of each statement: its cue's entry, its construction, how it was missed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from training.groups import Decision, reading_decisions

from eval.gaps import outlet_of, year_of
from eval.matching import Match, text_of
from qala.extraction.ranker import load_weights, score

if TYPE_CHECKING:
    from training.gold import Article

    from eval.gold_scorer import Statement

NO_CUE = "(cue not in the lexicon)"
NO_READING = "(no construction reaches it)"


class Keys(NamedTuple):
    """Under which headings a statement is counted."""

    act: str
    cue: str  # id of the lexicon's entry
    construction: str  # kind of frame
    outlet: str
    year: str


class Row(NamedTuple):
    """A pair with the headings of either side; ``miss`` says how a missed statement was missed.

    ``near`` is what the other side has at the same cue with another content, for a statement without a twin.
    """

    match: Match
    gold: Keys | None
    read: Keys | None
    miss: str = ""  # "no cue", "out of reach", "refused", "read otherwise"
    refusal: float = 0.0  # log-odds by which the shipped ranker refuses the right reading
    near: Statement | None = None


def rule_of(statement: Statement, prefix: str) -> str:
    """Return the first rule of a read statement or its speaker that begins with ``prefix``, without it."""
    details = statement.get("speaker_details") or {}
    notes = [*(statement.get("evidence") or ()), *(details.get("evidence") or ())]
    rules = (note["rule"] for note in notes)
    return next((rule.removeprefix(prefix) for rule in rules if rule.startswith(prefix)), "?")


def _entries(article: Article, statement: Statement) -> list[str]:
    """Return the lexicon's entries that stand where the gold has the cue, the first word's first."""
    scan = article.scan
    found = []
    for first, cues in sorted(scan.cue_at.items()):
        start, end = scan.words.starts[first], scan.words.ends[max(cue.last for cue in cues)]
        if any(start < b and end > a for a, b in statement["cue"]):
            found += [cue.form.entry.id for cue in cues]
    return found


def _refusal(decision: Decision) -> float:
    weights = load_weights("reading")
    return -max(score(weights, decision.group.candidates[i]) for i in decision.group.right)


class _Gold(NamedTuple):
    cue: str
    construction: str
    refusal: float


def _gold_side(article: Article, decisions: dict[str, Decision], statement: Statement) -> _Gold:
    decision = decisions.get(statement["id"])
    if decision is not None:
        reading = decision.readings[min(decision.group.right)]
        return _Gold(reading.cue.form.entry.id, reading.kind, _refusal(decision))
    entries = _entries(article, statement)
    return _Gold(entries[0], NO_READING, 0.0) if entries else _Gold(NO_CUE, NO_CUE, 0.0)


def _near(statement: Statement, others: list[Statement]) -> Statement | None:
    """Return the first of ``others`` that has its cue where ``statement`` has it."""
    mine = statement["cue"]
    touching = (s for s in others if any(a < d and b > c for a, b in s["cue"] for c, d in mine))
    return next(touching, None)


def _miss(gold: _Gold, near: Statement | None) -> str:
    if near is not None:
        return "read otherwise"
    if gold.cue == NO_CUE:
        return "no cue"
    return "out of reach" if gold.construction == NO_READING else "refused"


def make_rows(matches: list[Match]) -> list[Row]:
    """Return a row for every match, articles in order."""
    by_article: defaultdict[str, list[Match]] = defaultdict(list)
    for match in matches:
        by_article[match.article.document.id].append(match)
    return [row for found in by_article.values() for row in _article_rows(found)]


def _article_rows(matches: list[Match]) -> list[Row]:
    article = matches[0].article
    decisions = {d.statement["id"]: d for d in reading_decisions(article) if d.statement is not None}
    read = [match.read for match in matches if match.read is not None]
    gold = [match.gold for match in matches if match.gold is not None]
    outlet, year = outlet_of(article), year_of(article)
    out = []
    for match in matches:
        gold_keys = read_keys = None
        miss, refusal, near = "", 0.0, None
        if match.read is not None:
            kind, cue = rule_of(match.read, "frame:"), rule_of(match.read, "cue:")
            read_keys = Keys(match.read["act"], cue, kind, outlet, year)
            near = None if match.gold is not None else _near(match.read, gold)
        if match.gold is not None:
            side = _gold_side(article, decisions, match.gold)
            gold_keys = Keys(match.gold["act"], side.cue, side.construction, outlet, year)
            if match.read is None:
                near = _near(match.gold, read)
                miss, refusal = _miss(side, near), side.refusal
        out.append(Row(match, gold_keys, read_keys, miss, refusal, near))
    return out


def sentence_of(match: Match, longest: int = 700) -> str:
    """Return the sentences that cue and content of either side stand in, on one line, cut in the middle."""
    spans = [
        span
        for statement in (match.gold, match.read)
        if statement is not None
        for span in [*statement["cue"], *statement["content"]]
    ]
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    around = [s for s in match.article.layout.sentences if s.start < last and s.end > first]
    first, last = min([first, *(s.start for s in around)]), max([last, *(s.end for s in around)])
    text = text_of(match.article, [first, last])
    return text if len(text) <= longest else f"{text[: longest // 2]} […] {text[-longest // 2 :]}"
