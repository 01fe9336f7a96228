"""Which printings of a claim are copies of one another: by the passages of ``Copy``, down to the statement.

An article can be copied in one sentence and its own in the next, so two statements count as one text only
where a shared passage lies over the content of both, or where the pages are copies and the contents read alike.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from qala.model import Evidence, Span
from qala.text.words import MARK, find_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qala.corroboration.model import Copy, Passage
    from qala.records import Record

_WHOLE = Evidence("origins:copy", (), "the articles are copies as a whole")
_COVERED = 0.5  # the share of one of the two contents that a passage must cover


class CopyTable:
    """The copies of a set of articles by document, made once and asked for each claim. Immutable."""

    def __init__(self, copies: Iterable[Copy]) -> None:
        """Index ``copies`` by both of their documents; linear."""
        self._by_document: dict[str, list[Copy]] = defaultdict(list)
        for copy in copies:
            for document in {copy.a, copy.b}:
                self._by_document[document].append(copy)

    def among(self, documents: Iterable[str]) -> list[Copy]:
        """Return the copies both of whose documents are among ``documents``, in a fixed order."""
        wanted = set(documents)
        found = {
            (copy.a, copy.b, copy.kind): copy
            for document in wanted
            for copy in self._by_document.get(document, ())
            if copy.a in wanted and copy.b in wanted and copy.a != copy.b
        }
        return [found[key] for key in sorted(found)]


def find_shared(
    records: Mapping[str, Record], table: CopyTable, utterance_of: Mapping[str, str]
) -> Iterator[tuple[str, str, Copy, Evidence]]:
    """Yield pairs of ``records`` (ids) whose words are one text, with the copy and the passage that shows it.

    Spans in the evidence are those of the passage, first in the first record's document. A copy names its
    documents by ``Record.document_id`` or by ``Document.id``. Where a copy tells no passages, the statements of
    one utterance (``utterance_of``) are taken to be copied.
    """
    by_document: dict[str, dict[str, Record]] = defaultdict(dict)
    for key, record in records.items():
        for name in {record.document_id, record.document.id}:
            by_document[name][key] = record
    for copy in table.among(by_document):
        ours, theirs = by_document[copy.a], by_document[copy.b]
        for a, one in sorted(ours.items()):
            for b, other in sorted(theirs.items()):
                if one.document_id == other.document_id:
                    continue
                why = _shared(one, other, copy.passages)
                if why is None and not copy.passages and a in utterance_of:
                    why = _WHOLE if utterance_of[a] == utterance_of.get(b) else None
                if why is not None:
                    wire = copy.agency if copy.kind == "wire" else None  # of another kind, a page merely names it
                    note = f"{a} and {b}: {why.note}" + (f", credited to {wire}" if wire else "")
                    yield a, b, copy, why._replace(note=note)


def _shared(one: Record, other: Record, passages: Sequence[Passage]) -> Evidence | None:
    ours, theirs = _content(one), _content(other)
    for passage in passages:
        aligned = tuple(_aligned(span, passage) for span in ours)
        if max(_overlap(theirs, aligned), _overlap(aligned, theirs)) >= _COVERED:
            note = f"one text in {passage.words} words"
            return Evidence("origins:copy", (passage.a, passage.b), note)
    if _alike(one, other):
        return Evidence("origins:copy", (ours[0], theirs[0]), "the same words on two pages that share text")
    return None


def _content(record: Record) -> tuple[Span, ...]:
    found = record.statement.attribution
    return found.content or found.cue


def _aligned(span: Span, passage: Passage) -> Span:
    """Return where the part of ``span`` that a passage covers stands on its other side, by proportion."""
    (start, end), other = passage.a, passage.b
    scale = (other.end - other.start) / max(end - start, 1)
    first, last = (other.start + round((min(max(at, start), end) - start) * scale) for at in span)
    return Span(first, last)


def _overlap(spans: Sequence[Span], others: Sequence[Span]) -> float:
    """Return the share of ``spans`` that ``others`` cover, 0 to 1."""
    length = sum(span.end - span.start for span in spans)
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in spans for b in others)
    return shared / length if length else 0.0


def _alike(one: Record, other: Record) -> bool:
    """Whether two contents are equal once spelling is folded and marks are left out."""
    return _folded(one) == _folded(other)


def _folded(record: Record) -> tuple[str, ...]:
    found: list[str] = []
    for span in _content(record):
        words = find_words(span.of(record.document.text))
        found += [form for form, kind in zip(words.forms, words.kinds, strict=True) if kind != MARK]
    return tuple(found)
