"""Which of the statements of a set tell of a clause, where one statement stands inside another."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from qala.corroboration.clauses import ClauseText
from qala.lexicon.actors import load_actors
from qala.text.words import find_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qala.model import Span, Speaker
    from qala.records import Record


class Row(NamedTuple):
    """A statement to be read: its document's words, and the contents of others inside it, which are theirs."""

    record: Record
    text: ClauseText
    inner: tuple[Span, ...]

    def is_inner(self, span: Span) -> bool:
        """Whether ``span`` stands in a statement inside this one."""
        return any(held.start <= span.start and span.end <= held.end for held in self.inner)


def read_rows(records: Iterable[Record]) -> Iterator[Row]:
    """Yield the statements of ``records`` in their order; records of one document that stand together share its words.

    What stands in a statement inside another is told once, for the inner speaker. A statement inside one of the same
    speaker is passed over: nobody reports himself, and what he says is told by the outer one.
    """
    rows = list(records)
    known = {record.id: record for record in rows}
    inner: dict[str, list[Span]] = {}
    own: set[str] = set()
    for record in rows:
        outer = known.get(record.parent or "")
        if outer is not None and _is_same(record.statement.speaker, outer.statement.speaker):
            own.add(record.id)
        elif record.parent:
            inner.setdefault(record.parent, []).extend(record.statement.attribution.content)
    for _, group in groupby(rows, key=lambda record: record.document_id):
        text: ClauseText | None = None
        for record in group:
            if record.id not in own:
                text = text or ClauseText(find_words(record.document.text), load_actors())
                yield Row(record, text, tuple(inner.get(record.id, ())))


def _is_same(a: Speaker | None, b: Speaker | None) -> bool:
    if a is None or b is None:
        return False
    return (a.entity or a.name) == (b.entity or b.name)
