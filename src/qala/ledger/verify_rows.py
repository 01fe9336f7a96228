"""The rows against the log, table by table: two streams by number, each checked for what the other has."""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from qala.errors import LedgerError
from qala.ledger.rows import SHOWN_NUL, hash_capture, hash_document, hash_row, hash_statement
from qala.ledger.schema import TABLE, quote
from qala.ledger.writer import hash_reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qala.ledger.port import Row, Store, Value
    from qala.ledger.verify import Report

    Told = Callable[[str, int], object]

EVERY = 2_000  # rows between two reports of progress


class Expected(NamedTuple):
    """What the log says of one row."""

    number: int
    id: str
    content: str
    entry: dict[str, Any]


def check_rows(store: Store, report: Report, told: Told) -> None:
    """Compare all tables with the log."""
    hidden = _check_documents(store, report, told)
    _check_blobs(store, report, told, hidden)
    _check_plain(store, report, told, "runs", "run")
    _check_captures(store, report, told)
    _check_readings(store, report, told)
    _check_statements(store, report, told)
    _check_plain(store, report, told, "refusals", "refusal")
    _check_plain(store, report, told, "judgements", "judgement")
    _check_subjects(store, report)


def read_expected(store: Store, kind: str) -> Iterator[Expected]:
    """Yield what the log's entries of one kind say, in order; entries that cannot be read were reported before."""
    for (entry,) in store.rows("SELECT entry FROM log WHERE kind = ? ORDER BY number", (kind,)):
        try:
            value = orjson.loads(str(entry))
            yield Expected(int(value["number"]), str(value["subject"]), str(value["content"]), value)
        except (ValueError, KeyError, TypeError, RecursionError):
            continue


def scan(store: Store, report: Report, told: Told, table: str, query: str, last: int) -> Iterator[Row]:
    """Yield the rows of ``query``, which has ``{where}``, by number; where a page cannot be read, row by row.

    ``last`` is the highest number that the log knows: beyond it nobody looks for unreadable rows.
    """
    at = 0
    try:
        for row in store.rows(query.format(where=f"ORDER BY {table}.number")):
            at = _whole(row[0])
            report.rows += 1
            if report.rows % EVERY == 0:
                told(table, report.rows)
            yield row
        return
    except LedgerError:
        pass
    for number in range(at + 1, last + 1):
        try:
            yield from list(store.rows(query.format(where=f"WHERE {table}.number = ?"), (number,)))
        except LedgerError as error:
            report.add(table, number, f"unreadable: {error}")


def match(
    report: Report, table: str, expected: Iterator[Expected], found: Iterator[Row]
) -> Iterator[tuple[Expected, Row]]:
    """Yield entry and row that belong together by number; report rows without entry and entries without row."""
    row = next(found, None)
    for entry in expected:
        while row is not None and _whole(row[0]) < entry.number:
            report.add(table, _name(row), "not in the log: the row was added past it")
            row = next(found, None)
        if row is None or _whole(row[0]) > entry.number:
            report.add(table, entry.id, f"missing: the log has it as number {entry.number}")
        else:
            yield entry, row
            row = next(found, None)
    while row is not None:
        report.add(table, _name(row), "not in the log: the row was added past it")
        row = next(found, None)


def _name(row: Row) -> str:
    return str(row[1]) if len(row) > 1 and isinstance(row[1], str) else str(row[0])


def _whole(value: Value) -> int:
    return value if isinstance(value, int) else -1


def _last(store: Store, kind: str) -> int:
    """Return the highest row number that the log's last entry of a kind speaks of."""
    highest = 0
    for entry in read_expected(store, kind):
        highest = max(highest, entry.number)
    return highest


def _select(table: str, alias: str = "") -> str:
    return ", ".join(f"{alias or table}.{quote(name)}" for name in TABLE[table].names)


def _hash(make: Callable[..., str], *values: Any) -> str:
    """Return a content hash, or nothing where damage left values that cannot be hashed at all."""
    try:
        return make(*values)
    except (TypeError, ValueError, IndexError):
        return ""


def _check_plain(store: Store, report: Report, told: Told, table: str, kind: str) -> None:
    """Check a table whose rows are hashed as they stand, from ``id`` on."""
    query = f"SELECT {_select(table)} FROM {table} {{where}}"
    rows = scan(store, report, told, table, query, _last(store, kind))
    for entry, row in match(report, table, read_expected(store, kind), rows):
        if row[1] != entry.id or _hash(hash_row, row[1:]) != entry.content:
            report.add(table, entry.id, "content changed")


def _check_documents(store: Store, report: Report, told: Told) -> set[str]:
    """Check the articles; return the names of blobs that hold texts which a column cannot."""
    hidden: set[str] = set()
    query = f"SELECT {_select('documents')} FROM documents {{where}}"
    rows = scan(store, report, told, "documents", query, _last(store, "document"))
    for entry, row in match(report, "documents", read_expected(store, "document"), rows):
        if row[1] != entry.id or _hash(hash_document, row[1:]) != entry.content:
            report.add("documents", entry.id, "content changed")
        text, name = str(row[7]), str(row[8])
        raw = text.encode("utf-8", "surrogateescape")
        report.size += len(raw)
        if hashlib.sha256(raw).hexdigest() == name:
            continue
        if SHOWN_NUL in text:
            hidden.add(name)
            if _shows(store, name, text):
                continue
        report.add("documents", entry.id, "text changed")
    return hidden


def _shows(store: Store, name: str, text: str) -> bool:
    """Return whether the exact text in ``blobs`` is shown by ``text``."""
    try:
        for (content,) in store.rows("SELECT content FROM blobs WHERE sha256 = ?", (name,)):
            return zlib.decompress(bytes(content)).decode("utf-8").replace("\0", SHOWN_NUL) == text  # type: ignore[arg-type]
    except (LedgerError, zlib.error, UnicodeDecodeError, TypeError):
        return False
    return False


def _check_blobs(store: Store, report: Report, told: Told, hidden: set[str]) -> None:
    """Check that all bytes are what their names say, that none is missing and none is left over."""
    last, done = "", 0
    while True:  # begun again behind each blob that cannot be read
        try:
            for name, size, content in store.rows(
                "SELECT sha256, size, content FROM blobs WHERE sha256 > ? ORDER BY sha256", (last,)
            ):
                last, done = str(name), done + 1
                report.rows += 1
                if done % EVERY == 0:
                    told("blobs", done)
                _check_blob(report, last, size, content)
            break
        except LedgerError as error:
            following = _next_name(store, last)
            report.add("blobs", following or f"after {last}", f"unreadable: {error}")
            if following is None:
                break
            last = following
    _check_references(store, report, hidden)


def _next_name(store: Store, last: str) -> str | None:
    """Return the next name after ``last`` from the index of names alone."""
    try:
        found = next(store.rows("SELECT min(sha256) FROM blobs WHERE sha256 > ?", (last,)))[0]
    except LedgerError:
        return None
    return None if found is None else str(found)


def _check_blob(report: Report, name: str, size: Value, content: Value) -> None:
    try:
        raw = zlib.decompress(bytes(content))  # type: ignore[arg-type]
    except (zlib.error, TypeError, ValueError) as error:
        report.add("blobs", name, f"cannot be decompressed: {error}")
        return
    report.size += len(raw)
    if hashlib.sha256(raw).hexdigest() != name:
        report.add("blobs", name, "content changed: it is not what its name says")
    elif len(raw) != size:
        report.add("blobs", name, "size changed")


def _check_references(store: Store, report: Report, hidden: set[str]) -> None:
    """Report bytes that captures name and that are not there, and bytes that nothing names."""
    try:
        for (name,) in store.rows(
            "SELECT DISTINCT raw FROM captures WHERE raw IS NOT NULL "
            "AND NOT EXISTS (SELECT 1 FROM blobs WHERE blobs.sha256 = captures.raw)"
        ):
            report.add("blobs", name, "missing: a capture names it")
        for (name,) in store.rows(
            "SELECT sha256 FROM blobs WHERE NOT EXISTS (SELECT 1 FROM captures WHERE captures.raw = blobs.sha256)"
        ):
            if str(name) not in hidden:
                report.add("blobs", name, "not in the log: nothing names it")
    except LedgerError as error:
        report.add("blobs", "", f"unreadable: {error}")


def _check_captures(store: Store, report: Report, told: Told) -> None:
    query = (
        f"SELECT {_select('captures')}, documents.id FROM captures "
        "LEFT JOIN documents ON documents.number = captures.document {where}"
    )
    rows = scan(store, report, told, "captures", query, _last(store, "capture"))
    for entry, row in match(report, "captures", read_expected(store, "capture"), rows):
        if row[1] != entry.id or _hash(hash_capture, row[-1], row[3:-1]) != entry.content:
            report.add("captures", entry.id, "content changed")


def _check_readings(store: Store, report: Report, told: Told) -> None:
    query = (
        "SELECT readings.number, documents.id, runs.id, readings.statements, readings.details FROM readings "
        "LEFT JOIN documents ON documents.number = readings.document "
        "LEFT JOIN runs ON runs.number = readings.run {where}"
    )
    rows = scan(store, report, told, "readings", query, _last(store, "reading"))
    for entry, row in match(report, "readings", read_expected(store, "reading"), rows):
        _, document, run, count, details = row
        hashes = entry.entry.get("statements", [])
        same = (document, run, count) == (entry.id, entry.entry.get("run"), len(hashes))
        if not same or _hash(hash_reading, document, run, details, hashes) != entry.content:
            report.add("readings", entry.id, f"content changed (number {entry.number})")


def _list_statements(store: Store) -> Iterator[Expected]:
    """Yield what the log says of statements, by number: the hash of each, and in ``entry`` its reading and place."""
    for reading in read_expected(store, "reading"):
        first = int(reading.entry.get("first", 0))
        for place, content in enumerate(reading.entry.get("statements", ())):
            about = {"reading": reading.number, "position": place + 1, "first": first}
            yield Expected(first + place, f"{reading.id}:s{place + 1}", str(content), about)


def _check_statements(store: Store, report: Report, told: Told) -> None:
    query = (
        f"SELECT {_select('statements')}, readings.document FROM statements "
        "LEFT JOIN readings ON readings.number = statements.reading {where}"
    )
    last = max((entry.number for entry in _list_statements(store)), default=0)
    rows = scan(store, report, told, "statements", query, last)
    carriers = _Carriers(store, report)
    for entry, row in match(report, "statements", _list_statements(store), rows):
        number, id_, reading, document, position, parent = row[:6]
        about = entry.entry
        report.size += len(str(row[-2]))
        place = None if parent is None else _whole(parent) - about["first"] + 1
        content = _hash(hash_statement, id_, position, place, row[6:-1], carriers.take(_whole(number)))
        if (reading, position, document) != (about["reading"], about["position"], row[-1]) or content != entry.content:
            report.add("statements", id_, f"content changed (number {entry.number}, read as {entry.id})")
    carriers.finish()


class _Carriers:
    """The rows of ``carriers`` in the order of their statements, taken statement by statement."""

    def __init__(self, store: Store, report: Report) -> None:
        self._report = report
        self._rows = store.rows(f"SELECT {_select('carriers')} FROM carriers ORDER BY statement, position")
        self._next: Row | None = None
        self._advance()

    def take(self, number: int) -> list[Row]:
        """Return the rows of one statement, without its number; rows of statements passed by are extra."""
        found = []
        while self._next is not None and _whole(self._next[0]) <= number:
            if self._next[0] == number:
                found.append(self._next[1:])
            else:
                self._report.add("carriers", self._next[0], "not in the log: of no statement that it knows")
            self._advance()
        return found

    def finish(self) -> None:
        """Report what is left."""
        while self._next is not None:
            self._report.add("carriers", self._next[0], "not in the log: of no statement that it knows")
            self._advance()

    def _advance(self) -> None:
        try:
            self._next = next(self._rows, None)
        except LedgerError as error:
            self._report.add("carriers", self._next[0] if self._next else 0, f"unreadable from here on: {error}")
            self._next = None


def _check_subjects(store: Store, report: Report) -> None:
    """Check that ``judgement_subjects`` repeats what the judgements say."""
    query = "SELECT judgement, subject FROM judgement_subjects ORDER BY judgement, position"
    found: dict[int, list[str]] = {}
    try:
        for number, subject in store.rows(query):
            found.setdefault(_whole(number), []).append(str(subject))
        for number, id_, subjects in store.rows("SELECT number, id, subjects FROM judgements ORDER BY number"):
            if found.pop(_whole(number), []) != json.loads(str(subjects)):
                report.add("judgement_subjects", str(id_), "does not repeat the judgement's subjects")
    except (LedgerError, ValueError) as error:
        report.add("judgement_subjects", "", f"unreadable: {error}")
    for number in found:
        report.add("judgement_subjects", number, "of no judgement")
