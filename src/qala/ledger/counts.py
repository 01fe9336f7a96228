"""How much of everything a ledger holds."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from qala.ledger.book import open_book
from qala.ledger.judging import is_rejected, rename_speaker
from qala.ledger.queries import list_statements, read_current
from qala.ledger.views import lay_over

if TYPE_CHECKING:
    from qala.ledger.port import Store
    from qala.records import Record


class SpeakerCount(NamedTuple):
    """One speaker: an actor of the actor base, or a name where the articles do not tell which."""

    name: str
    entity: str | None
    kind: str | None
    statements: int


@dataclass(frozen=True, slots=True)
class Stats:
    """How much of everything there is; ``statements`` and ``acts`` count current readings, before judgements."""

    documents: int
    captures: int
    runs: int
    readings: int
    statements: int
    all_statements: int
    refusals: int
    judgements: int
    entries: int
    raw_bytes: int
    size: int
    acts: dict[str, int]
    outlets: dict[str, int]
    refused: dict[str, int]


def count_all(store: Store) -> Stats:
    """Count the rows of all tables, and current statements by act."""

    def count(table: str) -> int:
        return int(str(next(store.rows(f"SELECT count(*) FROM {table}"))[0]))

    acts = _tally(store, "SELECT act, count(*) FROM current_statements GROUP BY act")
    outlets = _tally(store, "SELECT coalesce(outlet, ''), count(*) FROM documents GROUP BY coalesce(outlet, '')")
    return Stats(
        documents=count("documents"),
        captures=count("captures"),
        runs=count("runs"),
        readings=count("readings"),
        statements=sum(acts.values()),
        all_statements=count("statements"),
        refusals=count("refusals"),
        judgements=count("judgements"),
        entries=count("log"),
        raw_bytes=int(str(next(store.rows("SELECT coalesce(sum(size), 0) FROM blobs"))[0])),
        size=store.size(),
        acts=acts,
        outlets=outlets,
        refused=_tally(store, "SELECT code, count(*) FROM refusals GROUP BY code"),
    )


def _tally(store: Store, query: str) -> dict[str, int]:
    """Return name and count of each group, the largest first."""
    found = [(str(name), int(str(number))) for name, number in store.rows(query)]
    return dict(sorted(found, key=lambda each: (-each[1], each[0])))


_Key = tuple[str | None, str | None, str | None]  # entity, name, kind


def count_speakers(store: Store) -> list[SpeakerCount]:
    """Count current statements by speaker: all by the engine, those of judged documents then put right one by one."""
    query = (
        "SELECT entity, speaker, speaker_kind, count(*) FROM current_statements "
        "WHERE speaker IS NOT NULL GROUP BY entity, speaker, speaker_kind"
    )
    found: Counter[_Key] = Counter()
    for entity, name, kind, number in store.rows(query):
        found[_text(entity), _text(name), _text(kind)] += int(str(number))
    book = open_book(store)
    for document, pointers in book.by_document.items():
        for reads in read_current(store, document):
            for read, records in zip(reads, list_statements(store, reads), strict=True):
                found.subtract(_keys(records))
                shown, _ = lay_over(read, records, pointers)
                found.update(_keys([record for record in shown if not is_rejected(record)]))
    return _gather(found, book.actors)


def _keys(records: list[Record]) -> list[_Key]:
    speakers = [record.statement.speaker for record in records]
    return [(speaker.entity, speaker.name, speaker.kind) for speaker in speakers if speaker is not None]


def _gather(found: Counter[_Key], actors: dict[str, str]) -> list[SpeakerCount]:
    """Bring the names of one actor together; he is called by the most frequent."""
    groups: dict[tuple[bool, str], Counter[_Key]] = defaultdict(Counter)
    for (entity, name, kind), number in found.items():
        if number > 0:
            meant = actors.get(entity or name or "", entity)
            groups[meant is not None, meant or name or ""][entity, name, kind] += number
    rows = []
    for (known, key), names in groups.items():
        (_, name, kind), _ = min(names.items(), key=lambda each: (-each[1], str(each[0])))
        rows.append(SpeakerCount(name or key, key if known else None, kind, names.total()))
    return sorted(rows, key=lambda row: (-row.statements, row.entity or "", row.name))


def _text(value: object) -> str | None:
    return None if value is None else str(value)


__all__ = ["SpeakerCount", "Stats", "count_all", "count_speakers", "rename_speaker"]
