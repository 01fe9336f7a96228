"""Verifying: does the ledger hold what its log says, and does the log still begin as it did?

Two directions: every entry of the log has its row and the row its content, and every row has its entry. Streams
through all tables once; what it finds is listed with table, id and reason. What this does not prove is
told in docs/ledger.md: whoever can write the file can write a whole new log, and only a head that was kept
elsewhere shows that.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from qala.errors import LedgerError
from qala.ledger.codec import write_canonical
from qala.ledger.log import Head, parse_head
from qala.ledger.merkle import START, Tree, hash_leaf, link

if TYPE_CHECKING:
    from collections.abc import Callable

    from qala.ledger.port import Store

LISTED = 1_000  # findings that a report lists; the rest is counted


class Finding(NamedTuple):
    """One thing that is not as the log says: the table, the row's id or number, and the reason."""

    table: str
    id: str
    reason: str


@dataclass(slots=True)
class Report:
    """What ``verify`` found; ``findings`` are the first of ``count``. ``size`` is bytes of content that were hashed."""

    head: str = ""
    root: str = ""
    entries: int = 0
    rows: int = 0
    size: int = 0
    count: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def intact(self) -> bool:
        """Whether everything is as the log says."""
        return self.count == 0

    def add(self, table: str, id: object, reason: str) -> None:
        """Note one finding."""
        self.count += 1
        if len(self.findings) < LISTED:
            self.findings.append(Finding(table, str(id), reason))


def verify(
    store: Store,
    head: str | None = None,
    *,
    structure: bool = True,
    progress: Callable[[str, int], object] | None = None,
) -> Report:
    """Hash everything anew and compare: log, documents, bytes, readings, statements, judgements, refusals.

    ``head`` is one that ``Ledger.head`` gave earlier: it shows a tail that was cut off, a log that was
    rewritten, and an older copy put in the ledger's place. ``structure`` also asks for the engine's own check.
    ``progress`` is told the table and the rows done now and then. Raises ``LedgerError`` for a head that is none.
    """
    kept = parse_head(head) if head else None
    told = progress or (lambda *_: None)
    report = _check(store, kept, told)
    if not report.intact:  # once more, with text that is no UTF-8 handed out instead of an error: names more rows
        with store.lenient():
            report = _check(store, kept, told)
    for complaint in store.check() if structure else ():
        report.add("structure", store.place, complaint)
    return report


def _check(store: Store, kept: Head | None, told: Callable[[str, int], object]) -> Report:
    from qala.ledger.verify_rows import check_rows

    report = Report()
    try:
        with store.reading():
            _check_log(store, report, kept)
            check_rows(store, report, told)
    except LedgerError as error:
        report.add("ledger", store.place, f"cannot be read on: {error}")
    return report


def _check_log(store: Store, report: Report, kept: Head | None) -> None:
    """Follow the chain from its beginning; note where it breaks, and whether it passes the head that was kept."""
    previous, last, tree = START, 0, Tree()
    reached = kept is None or kept.entries == 0
    try:
        for number, kind, subject, content, entry, written in store.rows(
            "SELECT number, kind, subject, content, entry, hash FROM log ORDER BY number"
        ):
            place, text = int(str(number)), str(entry)
            if place != last + 1:
                report.add("log", place, f"entry out of order: {_missing(last, place)}")
            if not _says(text, kind, subject, content):
                report.add("log", place, "the entry and the columns beside it differ, or it cannot be parsed")
            expected = link(previous, text)
            if expected.hex() != written:
                report.add("log", place, "the hash does not follow from the entry and the hash before it")
            if kept is not None and place == kept.entries:
                reached = True
                if written != kept.hash.hex() or expected != kept.hash:
                    report.add("log", place, "not the entry of the head that was kept: the log was rewritten")
            previous, last = _parse_hash(written, expected), place
            tree.add(hash_leaf(text.encode("utf-8", "surrogateescape")))
            report.size += len(text)
    except LedgerError as error:
        report.add("log", last + 1, f"unreadable: {error}")
    if kept is not None and not reached:
        report.add(
            "log", last, f"older than the head: {last} entries, and the head has {kept.entries}: the tail is missing"
        )
    report.entries, report.head, report.root = last, str(Head(last, previous)), tree.root().hex()


def _missing(last: int, place: int) -> str:
    if place <= last:
        return f"{place} after {last}"
    return f"entry {last + 1} is missing" if place == last + 2 else f"entries {last + 1} to {place - 1} are missing"


def _says(entry: str, *columns: object) -> bool:
    """Return whether an entry is canonical and holds what its columns repeat."""
    try:
        value: dict[str, Any] = orjson.loads(entry)
        return (value["kind"], value["subject"], value["content"]) == columns and write_canonical(value) == entry
    except (ValueError, KeyError, TypeError, RecursionError):
        return False


def _parse_hash(written: object, expected: bytes) -> bytes:
    try:
        found = bytes.fromhex(str(written))
    except ValueError:
        return expected
    return found if len(found) == len(expected) else expected
