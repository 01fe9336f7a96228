"""From records to views as ordinary calls in order: copies, utterances, claims; and what people ask of them.

A view depends on the records and documents alone: arrival in another order, or in parts, gives the same one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qala.corroboration.claims import find_claims
from qala.corroboration.copies import DAYS, CopyIndex
from qala.corroboration.model import Corroboration
from qala.corroboration.utterances import find_utterances, make_sides
from qala.errors import QalaError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qala.corroboration.contents import Content
    from qala.corroboration.model import Claim, Copy, Utterance
    from qala.model import Document
    from qala.records import Record


class NotFoundError(QalaError):
    """An id that no claim, utterance or statement has, or that several begin with."""


@dataclass(frozen=True, slots=True)
class Views:
    """What a set of articles holds together, and the rows that it was made of, by their ids.

    Documents go by their content's hash (``Record.document_id``), in copies too.
    """

    corroboration: Corroboration
    records: Mapping[str, Record]
    documents: Mapping[str, Document]

    @property
    def copies(self) -> tuple[Copy, ...]:
        """The pairs of articles that share a passage."""
        return self.corroboration.copies

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        """The acts of saying; every statement is in one."""
        return self.corroboration.utterances

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The propositions on which at least two utterances bear."""
        return self.corroboration.claims


class Corroborator:
    """Makes views, and keeps what was read of each article and each pair, so that a set that grows is not read anew.

    What is kept goes by content: a statement that a person corrected is read again, an article that is no longer in
    the set is let go. Not for two threads at once.
    """

    def __init__(self, days: int = DAYS) -> None:
        """Make one that has seen nothing; articles more than ``days`` apart are not compared for copies."""
        self._index = CopyIndex(days)
        self._contents: dict[Record, Content] = {}

    def view(self, records: Iterable[Record], documents: Mapping[str, Document] | None = None) -> Views:
        """Return the views over ``records``, all that there are, and ``documents`` by their records' ids.

        Documents without statements may share passages; those of the records need not be given. Raises
        :class:`QalaError` where two records of one id differ.
        """
        rows = _by_id(records)
        pages = {record.document_id: record.document for record in rows.values()} | dict(documents or {})
        self._index.retain(pages)
        self._index.extend(replace(pages[key], id=key) for key in sorted(pages))
        copies = tuple(self._index.copies())
        listed = [rows[key] for key in sorted(rows)]
        sides = make_sides(listed, self._contents)
        utterances = find_utterances(listed, copies, sides=sides)
        claims = find_claims(listed, utterances, sides=sides)
        self._contents = {side.vector.content.record: side.vector.content for side in sides}
        return Views(Corroboration(copies, utterances, claims), rows, pages)


def _by_id(records: Iterable[Record]) -> dict[str, Record]:
    rows: dict[str, Record] = {}
    for record in records:
        if rows.setdefault(record.id, record) != record:
            raise QalaError(f"two different statements have the id {record.id!r}")
    return rows


def corroborate(
    records: Iterable[Record], documents: Mapping[str, Document] | None = None, *, days: int = DAYS
) -> Views:
    """Return copies, utterances and claims of ``records``; the order in which they come changes nothing.

    ``documents`` are further articles by content hash; those of the records are known. Pure.
    """
    return Corroborator(days).view(records, documents)


def name_documents(corroboration: Corroboration, names: Mapping[str, str]) -> Corroboration:
    """Return the same with the documents of copies under other names; ``names`` maps each id to its new one."""
    copies = tuple(
        replace(copy, a=names[copy.a], b=names[copy.b], origin=names.get(copy.origin or "", copy.origin))
        for copy in corroboration.copies
    )
    return replace(corroboration, copies=tuple(sorted(copies, key=lambda copy: (copy.a, copy.b))))
