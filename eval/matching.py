"""Gold and predicted statements side by side, paired as the gold's scorer pairs them.

The scorer only counts; reports need the pairs. The greedy pairing by overlap of content tokens (0.5 or more)
is the scorer's, built from its own functions, and ``tests/eval`` holds both to the same sums.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

    from training.gold import Article

    from eval.gold_scorer import Statement


class Match(NamedTuple):
    """A gold statement with the predicted one of the same content; ``None`` where there is no twin."""

    article: Article
    gold: Statement | None
    read: Statement | None
    speaker: bool = False  # the same speaker
    start: bool = False  # the content starts at the same word, complementisers aside
    end: bool = False  # the content ends at the same word

    @property
    def both(self) -> bool:
        """Whether the statement was found."""
        return self.gold is not None and self.read is not None


def _pairs(scorer: ModuleType, gold: list[set[int]], read: list[set[int]]) -> dict[int, int]:
    overlaps = ((scorer.iou(a, b), i, j) for i, a in enumerate(gold) for j, b in enumerate(read) if a & b)
    out: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted((found for found in overlaps if found[0] >= 0.5), reverse=True):
        if i not in out and j not in taken:
            out[i] = j
            taken.add(j)
    return out


def match_article(scorer: ModuleType, article: Article, predicted: list[Statement]) -> list[Match]:
    """Return every gold statement of an article, paired or not, then what was read and has no twin."""
    words = scorer.tokens(article.document.text)
    gold = [scorer.cover(s["content"], words) for s in article.statements]
    read = [scorer.cover(s.get("content"), words) for s in predicted]
    pairs = _pairs(scorer, gold, read)
    out = []
    for i, statement in enumerate(article.statements):
        if i not in pairs:
            out.append(Match(article, statement, None))
            continue
        j = pairs[i]
        one, other = scorer.lead_off(gold[i], words), scorer.lead_off(read[j], words)
        speaker = scorer.same_speaker(statement["speaker"], predicted[j].get("speaker"))
        start, end = (
            min(one, default=0) == min(other, default=0),
            max(one, default=0) == max(other, default=0),
        )
        out.append(Match(article, statement, predicted[j], speaker, start, end))
    free = set(range(len(predicted))) - set(pairs.values())
    return out + [Match(article, None, predicted[j]) for j in sorted(free)]


class Tally(NamedTuple):
    """Counts over matches, and the shares made of them."""

    gold: int
    read: int
    found: int  # pairs of the same content
    right: int  # pairs with the right speaker, too

    def f1(self, hits: int) -> float:
        """Return F1 for a number of hits: twice the hits over everything on both sides."""
        return 2 * hits / (self.gold + self.read) if self.gold + self.read else 0.0


def tally(matches: Iterable[Match]) -> Tally:
    """Count gold, read, found and right statements."""
    counts: Counter[str] = Counter()
    for match in matches:
        counts["gold"] += match.gold is not None
        counts["read"] += match.read is not None
        counts["found"] += match.both
        counts["right"] += match.speaker
    return Tally(counts["gold"], counts["read"], counts["found"], counts["right"])


def text_of(article: Article, spans: Any) -> str:
    """Return the text under one span or several (joined by an ellipsis), on one line; empty for ``None``."""
    if not spans:
        return ""
    pairs = [spans] if isinstance(spans[0], int) else spans
    return " ".join(" … ".join(article.document.text[a:b] for a, b in pairs).split())
