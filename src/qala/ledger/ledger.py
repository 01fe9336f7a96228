"""The ledger: what was read, kept so that nothing is lost, found again, and every change shows.

One class over a back end (``port.py``); what it does is written in the modules beside it.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from qala.errors import LedgerError
from qala.ledger import counts, queries
from qala.ledger.book import add_judgements, check_judgement, complete_judgement, list_judgements, open_book
from qala.ledger.judging import ON_ACTORS, find_active
from qala.ledger.log import Head, hash_log, hash_set, list_leaves, read_head
from qala.ledger.merkle import Proof, prove_inclusion
from qala.ledger.migrations import migrate
from qala.ledger.origins import restore_origin
from qala.ledger.rows import prepare_reading
from qala.ledger.runs import Run, describe_run
from qala.ledger.search import find_statements
from qala.ledger.verify import verify
from qala.ledger.views import find_unattached, view_records
from qala.ledger.writer import (
    Added,
    Cursor,
    add_documents,
    add_readings,
    add_refusals,
    add_run,
    begin_batch,
    close_batch,
    find_read,
    move_cursors,
    read_cursor,
)
from qala.model import RefusedInput
from qala.records import Judgement, JudgementKind, Record

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from qala.ledger.counts import SpeakerCount, Stats
    from qala.ledger.port import Store
    from qala.ledger.rows import PreparedDocument, PreparedReading
    from qala.ledger.search import Page, Search
    from qala.ledger.verify import Report
    from qala.model import Document, Reading

_POSTGRES = ("postgresql://", "postgres://")


def _now() -> datetime:
    return datetime.now(UTC)


class Ledger:
    """An open ledger. Use it as a context manager, or close it; not for two threads at once.

    ``clock`` says when things are noted; nothing is ever ordered by it.
    """

    def __init__(self, store: Store, *, clock: Callable[[], datetime] = _now) -> None:
        self.store = store
        self._clock = clock
        self._held = 0  # snapshots, one inside the other

    @classmethod
    def open(
        cls,
        place: str | os.PathLike[str],
        *,
        create: bool = True,
        read_only: bool = False,
        clock: Callable[[], datetime] = _now,
    ) -> Self:
        """Open the ledger in a file, or at a ``postgresql://`` URL, and bring its schema up to date.

        A ledger that is not there is made, unless ``create`` is off. Raises ``LedgerError`` where there is none,
        where the place is no ledger, was made by a newer Qala, or cannot be used safely (a network
        file system), and ``LedgerReadOnlyError`` where one would have to be written and cannot be.
        """
        name = str(place)
        store: Store
        if name.startswith(_POSTGRES):
            from qala.ledger.postgres import open_postgres

            store = open_postgres(name, create=create, read_only=read_only)
        else:
            from qala.ledger.sqlite import open_sqlite

            store = open_sqlite(Path(place), create=create, read_only=read_only)
        try:
            migrate(store)
        except BaseException:
            store.close()
            raise
        return cls(store, clock=clock)

    def close(self) -> None:
        """Close the ledger; harmless when repeated."""
        self.store.close()

    def __enter__(self) -> Self:
        """Return the ledger itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the ledger."""
        self.close()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Hold one state of the ledger: everything asked inside sees it as it stood at the first question.

        Nothing can be written inside.
        """
        with self.store.reading():
            self._held += 1
            try:
                yield
            finally:
                self._held -= 1

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if self._held:
            raise LedgerError(f"{self.store.place}: a snapshot is held: end it before writing")
        with self.store.writing():
            yield

    # Adding

    def append(
        self,
        readings: Sequence[PreparedReading] = (),
        *,
        run: Run | None = None,
        seen: Sequence[PreparedDocument] = (),
        refusals: Sequence[tuple[RefusedInput, str | None]] = (),
        cursors: Iterable[Cursor] = (),
    ) -> Added:
        """Add a batch in one transaction: on stable storage when this returns, or not there at all.

        ``readings`` are of ``run`` (the installed version unless given); ``seen`` are documents that were met
        again; ``refusals`` each with the file that it came from; ``cursors`` say how far that brings the files.
        What is there already is passed over. Raises ``LedgerBusyError``, ``LedgerFullError``, ``LedgerError``.
        """
        run = run or describe_run()
        moment = self._clock().isoformat()
        with self._writing():
            batch = begin_batch(self.store)
            number = add_run(batch, run, moment)
            added = add_readings(batch, run, number, readings) + add_documents(batch, seen)
            added += add_refusals(batch, refusals)
            close_batch(batch, moment)
            move_cursors(self.store, number, cursors)
        return added

    def add_readings(self, readings: Iterable[Reading | RefusedInput], run: Run | None = None) -> Added:
        """Add readings that are at hand, and refusals, in one transaction."""
        found = list(readings)
        return self.append(
            [prepare_reading(each) for each in found if not isinstance(each, RefusedInput)],
            run=run,
            refusals=[(each, None) for each in found if isinstance(each, RefusedInput)],
        )

    def find_read(self, document_ids: Iterable[str], run: Run) -> set[str]:
        """Return which of the documents this run has read already."""
        return find_read(self.store, document_ids, run.id)

    def cursor(self, path: str, run: Run) -> Cursor | None:
        """Return how far ``run`` has read the file at ``path``."""
        return read_cursor(self.store, path, run.id)

    # Looking

    def records(self, *, document: str | None = None, rejected: bool = False, raw: bool = False) -> Iterator[Record]:
        """Yield the current statements, sorted by document id and by where the cue stands, judgements applied.

        "Current" is what the newest run read of each document. A rejected statement is left out unless
        ``rejected``; corrections of speaker, act and spans are laid over what was read, which the rows keep.
        The same content gives the same sequence, in whatever order it was added. Streams, some documents at a
        time; others may write meanwhile, and so may the loop's own body (within ``snapshot`` nothing comes between).
        Documents come without their bytes, unless ``raw``.
        """
        yield from view_records(self.store, document=document, rejected=rejected, raw=raw)

    def record(self, id: str) -> Record:
        """Return the statement with this id or unique beginning of one; older readings are found, too.

        Raises ``LedgerError`` where there is none or several.
        """
        found = self.find_record(id)
        if found is None:
            raise LedgerError(f"no statement {id!r} in this ledger")
        return found

    def find_record(self, id: str) -> Record | None:
        """Return the statement with this id or unique beginning of one, ``None`` where there is none."""
        known = queries.find_statement(self.store, id)
        if known is None:
            by_hand = (each for each in self._records_by_hand() if each.id.startswith(id))
            return next(by_hand, None) if id else None
        full, document_id = known
        with self.store.reading():
            for record in self.records(document=document_id, rejected=True):
                if record.id == full:
                    return record
            return next((each for each in reversed(list(self.history(document_id))) if each.id == full), None)

    def _records_by_hand(self) -> Iterator[Record]:
        for document_id in open_book(self.store).by_document:
            for record in self.records(document=document_id, rejected=True):
                if record.run is None:
                    yield record

    def history(self, document_id: str) -> Iterator[Record]:
        """Yield what every run read of one document, the oldest run first, judgements not applied."""
        for reads in queries.read_history(self.store, document_id):
            for records in queries.list_statements(self.store, reads):
                yield from records

    def document(self, id: str) -> Document:
        """Return the document with this id, unique beginning of one, or given id, with its bytes.

        Where the text was decoded from bytes alone, its map back to them is there, too. Raises
        ``LedgerError`` where there is none or several.
        """
        found = queries.find_document_ids(self.store, id)
        if len(found) != 1:
            raise LedgerError(f"{'several documents' if found else 'no document'} {id!r} in this ledger")
        read = next(read for reads in queries.read_all(self.store, found[0]) for read in reads)
        return restore_origin(self.store, read)

    def documents(self) -> Iterator[tuple[str, Document]]:
        """Yield id and document of every article, by id, without their bytes."""
        for reads in queries.read_all(self.store):
            for read in reads:
                yield read.id, read.document

    def runs(self) -> list[Run]:
        """Return the runs, the oldest first: what reads newest is current."""
        rows = self.store.rows("SELECT version, lexicon, models, started FROM runs ORDER BY sequence")
        return [Run(*(str(value) for value in row)) for row in rows]

    def refusals(self) -> Iterator[RefusedInput]:
        """Yield what was not read, with its place and reason, in the order in which it came."""
        for place, reason, code in self.store.rows("SELECT place, reason, code FROM refusals ORDER BY number"):
            yield RefusedInput(str(place), str(reason), str(code))

    def speakers(self) -> list[SpeakerCount]:
        """Return who speaks and in how many current statements, judgements applied, the most frequent first."""
        with self.store.reading():
            return counts.count_speakers(self.store)

    def search(self, search: Search) -> Page:
        """Return the statements that ``search`` asks for, newest first or ranked (``search.py``)."""
        return find_statements(self.store, search)

    def stats(self) -> Stats:
        """Return how much of everything there is."""
        with self.store.reading():
            return counts.count_all(self.store)

    # Judging

    def judge(
        self,
        kind: JudgementKind,
        *subjects: str,
        author: str,
        value: str | None = None,
        reason: str = "",
        replaces: str | None = None,
    ) -> Judgement:
        """Keep what a person decided about statements (ids or unique beginnings) or, for merge and part, actors.

        A later answer of the same author to the same question takes the earlier one back. Raises ``LedgerError``
        for a statement that is not there and for a value that the kind cannot have.
        """
        on_actors = kind in ON_ACTORS
        found = [] if on_actors else [self.record(subject) for subject in subjects]
        names = subjects if on_actors else tuple(record.id for record in found)
        judgement = Judgement("", kind, names, author, self._clock(), value, reason, replaces)
        check_judgement(judgement)
        with self._writing():
            active = find_active(list_judgements(self.store))
            judgement = complete_judgement(judgement, found[0] if found else None, active)
            self._keep([judgement])
        return judgement

    def add_judgements(self, judgements: Iterable[Judgement]) -> int:
        """Add judgements from elsewhere; return how many were new. Each keeps its id, author and time."""
        with self._writing():
            active = find_active(list_judgements(self.store))
            return self._keep([complete_judgement(judgement, None, active) for judgement in judgements])

    def _keep(self, judgements: Sequence[Judgement]) -> int:
        batch = begin_batch(self.store)
        new = add_judgements(batch, judgements)
        close_batch(batch, self._clock().isoformat())
        return new

    def judgements(self, *, replaced: bool = False) -> list[Judgement]:
        """Return the judgements that stand, in the order in which they came; with ``replaced`` all of them."""
        every = list(list_judgements(self.store))
        return every if replaced else find_active(every)

    def unattached(self) -> list[Judgement]:
        """Return the judgements that stand but find no statement in the current readings."""
        with self.store.reading():
            return find_unattached(self.store)

    # Proving

    def head(self) -> str:
        """Return the head: keep it elsewhere, and ``verify`` shows whether all up to here is still there."""
        return str(self._head())

    def _head(self) -> Head:
        return read_head(self.store)

    def root(self) -> str:
        """Return the Merkle root over all entries of the log, in hexadecimal (RFC 6962)."""
        return hash_log(self.store)

    def set_root(self) -> str:
        """Return the Merkle root over what is held, equal for the same content added in any order or in shards."""
        return hash_set(self.store)

    def verify(
        self,
        head: str | None = None,
        *,
        structure: bool = True,
        progress: Callable[[str, int], object] | None = None,
    ) -> Report:
        """Hash everything anew and compare with the log (``verify.py``); ``head`` is one that was kept elsewhere."""
        return verify(self.store, head, structure=structure, progress=progress)

    def prove(self, subject: str) -> list[tuple[str, Proof]]:
        """Return for each log entry about ``subject`` (an id) the entry and its inclusion proof under the root."""
        with self.store.reading():
            leaves = list_leaves(self.store)
            rows = self.store.rows("SELECT number, entry FROM log WHERE subject = ? ORDER BY number", (subject,))
            return [(str(entry), prove_inclusion(leaves, int(str(number)) - 1)) for number, entry in rows]
