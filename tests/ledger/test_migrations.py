"""Schemas: older ones migrate whole or not at all, newer ones are refused, golden ones stay (FAULTS 18, 19)."""

import contextlib
import importlib.util
import json
import os
import shutil
import signal
import sqlite3
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from qala.errors import LedgerError, LedgerReadOnlyError
from qala.ledger.ledger import Ledger
from qala.ledger.migrations import MIGRATIONS, Migration, migrate
from qala.ledger.schema import TABLES
from qala.ledger.sqlite import open_sqlite

GOLDEN = sorted((Path(__file__).parent / "golden").glob("schema*.db"))


@pytest.fixture(scope="module")
def golden() -> ModuleType:
    found = importlib.util.spec_from_file_location("golden", Path(__file__).parent / "golden" / "make.py")
    assert found and found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_every_released_schema_has_a_golden_ledger() -> None:
    assert [path.stem for path in GOLDEN] == [f"schema{step.number}" for step in MIGRATIONS]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_golden_ledger_opens_verifies_and_exports_the_same(path: Path, golden: ModuleType, tmp_path: Path) -> None:
    kept = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    with Ledger.open(shutil.copy(path, tmp_path / "old.db")) as ledger:
        assert ledger.store.version() == MIGRATIONS[-1].number
        report = ledger.verify(kept["head"])
        assert report.intact, report.findings
        assert golden.export_records(ledger) == kept["export"]
        assert ledger.set_root() == kept["set_root"]
        texts = {document.text for _, document in ledger.documents()}
        assert texts == set(golden.TEXTS)
        ledger.judge("accept", next(ledger.records()).id, author="c")
        assert ledger.verify(kept["head"]).intact


def test_a_migrated_schema_is_the_one_that_is_made_anew(tmp_path: Path) -> None:
    found = []
    for path in (Path(shutil.copy(GOLDEN[0], tmp_path / "old.db")), tmp_path / "new.db"):
        Ledger.open(path).close()
        with contextlib.closing(sqlite3.connect(path)) as connection:
            found.append(sorted(connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall(), key=str))
    assert found[0] == found[1]


def test_a_newer_schema_is_refused(ledger_place: str) -> None:
    with Ledger.open(ledger_place) as ledger, ledger.store.writing():
        ledger.store.set_version(99)
    with pytest.raises(LedgerError, match=r"newer Qala.*99"):
        Ledger.open(ledger_place)


def _extend(dialect: str) -> list[str]:
    """A step as a later version may bring: a table, a column, and a change to every row."""
    fill = [f"INSERT INTO extra VALUES ({number})" for number in range(3_000)]
    return ["CREATE TABLE extra (x integer)", *fill, "ALTER TABLE sources ADD COLUMN note text"]


NEXT = (*MIGRATIONS, Migration(MIGRATIONS[-1].number + 1, _extend))


def test_a_step_that_fails_leaves_the_version_before(ledger_place: str) -> None:
    with Ledger.open(ledger_place) as ledger:
        broken = (*MIGRATIONS, Migration(NEXT[-1].number, lambda dialect: [*_extend(dialect), "CREATE NONSENSE"]))
        with pytest.raises(LedgerError):
            migrate(ledger.store, broken)
        assert ledger.store.version() == MIGRATIONS[-1].number
        with pytest.raises(LedgerError):
            list(ledger.store.rows("SELECT * FROM extra"))
        migrate(ledger.store, NEXT)
        assert ledger.store.version() == NEXT[-1].number
        assert len(list(ledger.store.rows("SELECT * FROM extra"))) == 3_000


def test_an_older_ledger_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    Ledger.open(path).close()
    with (
        contextlib.closing(open_sqlite(path, read_only=True)) as store,
        pytest.raises(LedgerReadOnlyError, match="older"),
    ):
        migrate(store, NEXT)


def _migrate_and_die(path: Path) -> None:
    with contextlib.closing(open_sqlite(path)) as store:
        migrate(store, NEXT)


def _fork(work: Any, *arguments: Any) -> int:
    child = os.fork()
    if child == 0:
        try:
            work(*arguments)
        finally:
            os._exit(0)
    return child


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_a_kill_during_migration_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    """50 kills at moments spread over the whole migration."""
    original = tmp_path / "original.db"
    with Ledger.open(original) as ledger:
        ledger.append()
        head = ledger.head()
    path = tmp_path / "ledger.db"
    begun = time.perf_counter()
    shutil.copy(original, path)
    os.waitpid(_fork(_migrate_and_die, path), 0)
    takes = time.perf_counter() - begun
    seen = set()
    for kill in range(50):
        for old in tmp_path.glob("ledger.db*"):
            old.unlink()
        shutil.copy(original, path)
        child = _fork(_migrate_and_die, path)
        time.sleep(takes * 1.2 * kill / 50)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with contextlib.closing(open_sqlite(path)) as store:
            version = store.version()
            tables = {str(row[0]) for row in store.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")}
            assert {table.name for table in TABLES} <= tables
            assert ("extra" in tables) == (version == NEXT[-1].number)
            assert Ledger(store).verify(head, structure=False).intact
            seen.add(version)
    assert seen <= {MIGRATIONS[-1].number, NEXT[-1].number}
    assert MIGRATIONS[-1].number in seen


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_a_kill_while_a_ledger_is_made_leaves_nothing_or_a_ledger(tmp_path: Path) -> None:
    for kill in range(15):
        path = tmp_path / f"ledger{kill}.db"
        child = _fork(lambda where: Ledger.open(where).close(), path)
        time.sleep(0.004 * kill)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with Ledger.open(path) as ledger:
            ledger.append()
            assert ledger.verify().intact
