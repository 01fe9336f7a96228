"""Verifying: every changed byte, row and order is named, and a head shows cut tails and older copies (FAULTS 10-12)."""

import contextlib
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from qala.errors import LedgerError
from qala.ledger.ledger import Ledger
from qala.ledger.verify import LISTED, Report
from qala.model import Document, Origin, Reading, RefusedInput
from qala.pipeline import extract

MakeReading = Callable[..., Reading]


TEXT = "قال الوزير كمال الراوي لوكالة رويترز إن المصنع {} أغلق أبوابه، فيما نفى المدير أن يكون العمال قد سرحوا."


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A ledger with something in every table, and its head."""
    path = tmp_path_factory.mktemp("verify") / "ledger.db"
    with Ledger.open(path) as ledger:
        for number in range(6):
            text = TEXT.format(number)
            origin = Origin(path=f"/news/{number}.txt", raw=text.encode(), method="decoded", encoding="utf-8")
            ledger.add_readings([extract(Document(f"a{number}", text, outlet="o", title="ع", origin=origin))])
        ledger.add_readings([extract(Document("carried", "وبحسب وكالة رويترز، قال مهندس إن العمل اكتمل."))])
        ledger.add_readings([extract(Document("nul", TEXT.format("\x00")))])
        ledger.add_readings([RefusedInput("/x.pdf", "not read", "unknown_suffix"), RefusedInput("/y", "not", "no")])
        records = list(ledger.records())
        ledger.judge("act", records[0].id, author="a", value="warn", reason="لأن")
        ledger.judge("same", records[1].id, records[2].id, author="a")
        return path, ledger.head()


@pytest.fixture
def path(original: tuple[Path, str], tmp_path: Path) -> Path:
    return Path(shutil.copy(original[0], tmp_path / "ledger.db"))


def tamper(path: Path, *statements: str) -> None:
    """Change the file as the sqlite3 shell would, the guards taken off and put back."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            connection.execute(statement)
        for _, sql in guards:
            connection.execute(sql)
        connection.commit()


def check(path: Path, head: str | None = None) -> Report:
    with Ledger.open(path, read_only=True) as ledger:
        return ledger.verify(head)


def test_an_untouched_ledger_is_intact(original: tuple[Path, str]) -> None:
    path, head = original
    report = check(path, head)
    assert report.intact, report.findings
    assert (report.head, report.findings) == (head, [])
    assert report.entries == int(head.split("-")[0])
    assert report.rows > 30
    assert report.size > 5_000
    with Ledger.open(path, read_only=True) as ledger:
        assert report.root == ledger.root()


@pytest.mark.parametrize(
    ("change", "table"),
    [
        ("UPDATE statements SET act = 'deny' WHERE number = 3", "statements"),
        ("UPDATE statements SET score = score + 1e-12 WHERE number = 3", "statements"),
        ("UPDATE statements SET parent = 1 WHERE number = 3", "statements"),
        ("UPDATE statements SET speaker = NULL WHERE number = 3", "statements"),
        ("UPDATE statements SET document = 1 WHERE number = 5", "statements"),
        ("UPDATE statements SET position = 9 WHERE number = 5", "statements"),
        ("UPDATE statements SET details = replace(details, 'assert', 'accuse') WHERE number = 1", "statements"),
        ("UPDATE documents SET text = text || ' ' WHERE number = 2", "documents"),
        ("UPDATE documents SET text = replace(text, '\u2400', 'x')", "documents"),
        ("UPDATE documents SET published = '2024-01-01' WHERE number = 2", "documents"),
        ("UPDATE documents SET outlet = 'p' WHERE number = 2", "documents"),
        ("UPDATE captures SET path = '/other' WHERE number = 2", "captures"),
        ("UPDATE captures SET document = 1 WHERE number = 2", "captures"),
        ("UPDATE captures SET raw = NULL WHERE number = 2", "captures"),
        ("UPDATE readings SET details = '{}x' WHERE number = 2", "readings"),
        ("UPDATE runs SET version = '9' WHERE number = 1", "runs"),
        ("UPDATE runs SET sequence = '9' WHERE number = 1", "runs"),
        ("UPDATE carriers SET name = 'x' WHERE status = 'named'", "statements"),
        ("UPDATE blobs SET content = zeroblob(10) WHERE rowid = 1", "blobs"),
        ("UPDATE blobs SET size = size + 1 WHERE rowid = 1", "blobs"),
        ("UPDATE refusals SET reason = 'x' WHERE number = 1", "refusals"),
        ("UPDATE judgements SET value = 'deny' WHERE number = 1", "judgements"),
        ("UPDATE judgements SET author = 'b' WHERE number = 1", "judgements"),
        ("UPDATE judgement_subjects SET subject = 'x' WHERE judgement = 1", "judgement_subjects"),
        ("UPDATE log SET entry = replace(entry, 'document', 'documenu') WHERE number = 2", "log"),
        ("UPDATE log SET hash = '00' WHERE number = 4", "log"),
        ("UPDATE log SET content = '00' WHERE number = 4", "log"),
        ("UPDATE log SET kind = 'batch' WHERE number = 4", "log"),
        ("DELETE FROM statements WHERE number = 4", "statements"),
        ("DELETE FROM carriers", "statements"),
        ("DELETE FROM blobs WHERE rowid = 1", "blobs"),
        ("DELETE FROM refusals WHERE number = 2", "refusals"),
        ("DELETE FROM judgements WHERE number = 2", "judgements"),
        ("DELETE FROM log WHERE number = 5", "log"),
        ("INSERT INTO refusals SELECT 9, 'x', place, reason, code, source FROM refusals WHERE number = 1", "refusals"),
        ("INSERT INTO blobs VALUES ('ff', 1, x'00')", "blobs"),
        (
            "INSERT INTO carriers SELECT statement, 9, kind, status, name, entity, 0, 0 FROM carriers LIMIT 1",
            "statements",
        ),
        (
            "INSERT INTO documents SELECT 99, 'x', given_id, outlet, url, title, published, text, text_sha256, length"
            " FROM documents LIMIT 1",
            "documents",
        ),
    ],
)
def test_every_change_of_a_row_is_named(path: Path, change: str, table: str) -> None:
    tamper(path, change)
    report = check(path)
    assert not report.intact
    assert table in {finding.table for finding in report.findings}, report.findings
    assert all(finding.id and finding.reason for finding in report.findings)


def test_rows_that_changed_places_are_found(path: Path) -> None:
    tamper(
        path,
        "UPDATE log SET number = -1 WHERE number = 3",
        "UPDATE log SET number = 3 WHERE number = 4",
        "UPDATE log SET number = 4 WHERE number = -1",
    )
    assert {finding.table for finding in check(path).findings} == {"log"}


def test_statements_that_changed_places_are_found(path: Path) -> None:
    tamper(
        path,
        "UPDATE statements SET number = -1 WHERE number = 1",
        "UPDATE statements SET number = 1 WHERE number = 2",
        "UPDATE statements SET number = 2 WHERE number = -1",
    )
    assert "statements" in {finding.table for finding in check(path).findings}


def cut_tail(path: Path) -> None:
    """Take the last batch away, with its entries: the judgement that was made last."""
    tamper(
        path,
        "DELETE FROM judgement_subjects WHERE judgement = 2",
        "DELETE FROM judgements WHERE number = 2",
        "DELETE FROM log WHERE number > (SELECT max(number) - 2 FROM log)",
    )


def test_a_cut_tail_is_found_with_the_head_and_only_so(original: tuple[Path, str], path: Path) -> None:
    cut_tail(path)
    assert check(path).intact
    report = check(path, original[1])
    assert [finding.table for finding in report.findings] == ["log"]
    assert "older than the head" in report.findings[0].reason


def test_an_older_copy_in_the_ledgers_place_is_found_with_the_head(path: Path, tmp_path: Path) -> None:
    backup = shutil.copy(path, tmp_path / "backup.db")
    with Ledger.open(path) as ledger:
        ledger.judge("accept", next(ledger.records()).id, author="c")
        head = ledger.head()
        assert ledger.verify(head).intact
    assert check(backup).intact
    assert "older than the head" in check(backup, head).findings[0].reason


def test_a_log_that_was_written_anew_is_found_with_the_head(original: tuple[Path, str], path: Path) -> None:
    """Whoever can write the file can forge a log without a flaw; not one that has the head's hash."""
    with Ledger.open(path) as ledger:
        readings = [extract(document) for _, document in ledger.documents()]
    forged = path.with_name("forged.db")
    with Ledger.open(forged) as ledger:
        for reading in readings:
            ledger.add_readings([reading])
        for number in range(30):
            ledger.add_readings([RefusedInput(f"/{number}", "x", "y")])
    assert check(forged).intact
    assert "rewritten" in check(forged, original[1]).findings[0].reason


def test_an_earlier_head_still_holds_when_more_was_added(original: tuple[Path, str], path: Path) -> None:
    with Ledger.open(path) as ledger:
        ledger.judge("accept", next(ledger.records()).id, author="c")
        assert ledger.verify(original[1]).intact
        assert ledger.head() != original[1]
        with pytest.raises(LedgerError, match="not a head"):
            ledger.verify("yesterday")


def test_bit_rot_in_content_is_found_every_time(path: Path, tmp_path: Path) -> None:
    """Flip single bits inside the stored bytes of articles, statements, blobs and log entries: all are found."""
    raw = path.read_bytes()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        needles = [
            bytes(value) if isinstance(value, bytes) else str(value).encode()
            for table, column in (
                ("documents", "text"),
                ("statements", "details"),
                ("statements", "content"),
                ("blobs", "content"),
                ("log", "entry"),
                ("log", "hash"),
                ("captures", "path"),
                ("judgements", "spans"),
            )
            for (value,) in connection.execute(f"SELECT {column} FROM {table}")
        ]
    places = [
        start + offset
        for needle in needles
        if len(needle) > 20 and (start := raw.find(needle)) > 0
        for offset in (0, len(needle) // 2)
    ]
    chance = random.Random(10)
    chosen = chance.sample(places, 60)
    damaged = tmp_path / "rot.db"
    for place in chosen:
        copy = bytearray(raw)
        copy[place] ^= 1 << chance.randrange(8)
        damaged.write_bytes(copy)
        report = check(damaged)
        named = [finding for finding in report.findings if finding.table != "structure"]
        assert named, (place, raw[place - 20 : place + 20])


def test_bit_rot_anywhere_is_found_or_touches_no_content(
    path: Path, original: tuple[Path, str], tmp_path: Path
) -> None:
    """Where verify says nothing, what a reader sees is as it was."""
    with Ledger.open(path, read_only=True) as ledger:
        before = list(ledger.records())
    raw, chance = path.read_bytes(), random.Random(11)
    found = 0
    damaged = tmp_path / "rot.db"
    for _ in range(120):
        copy = bytearray(raw)
        copy[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        damaged.write_bytes(copy)
        try:
            intact = check(damaged, original[1]).intact
        except LedgerError:
            intact = False
        found += not intact
        if intact:
            with Ledger.open(damaged, read_only=True) as ledger:
                assert list(ledger.records()) == before
    assert found > 15


def test_findings_are_counted_when_they_are_too_many_to_list(tmp_path: Path, make_reading: MakeReading) -> None:
    path = tmp_path / "many.db"
    statements = [{"content": f"شيء {number}"} for number in range(LISTED + 100)]
    with Ledger.open(path) as ledger:
        ledger.add_readings([make_reading(*statements)])
    tamper(path, "UPDATE statements SET act = 'deny'")
    report = check(path)
    assert report.count == LISTED + 100
    assert len(report.findings) == LISTED


def test_progress_is_told(path: Path) -> None:
    told: list[tuple[str, int]] = []
    with Ledger.open(path) as ledger:
        ledger.verify(progress=lambda table, rows: told.append((table, rows)))
    assert told == []  # fewer rows than are told at once
