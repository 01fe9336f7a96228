"""The SQLite file: two writers, long readers, full and read-only disks, foreign and hostile files (FAULTS 8, 13-17)."""

import contextlib
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from qala.errors import LedgerBusyError, LedgerError, LedgerFullError, LedgerReadOnlyError
from qala.ledger import sqlite as backend
from qala.ledger.ledger import Ledger
from qala.ledger.migrations import migrate
from qala.ledger.sqlite import APPLICATION_ID, open_sqlite
from qala.model import Reading, RefusedInput

MakeReading = Callable[..., Reading]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@pytest.fixture
def filled(path: Path, make_reading: MakeReading) -> Path:
    with Ledger.open(path) as ledger:
        ledger.add_readings(
            [make_reading({"source": "الوزير", "content": "إن المصنع أغلق"}, name=f"a{n}") for n in range(20)]
        )
    return path


def ask(store: Any, pragma: str) -> Any:
    return next(store.rows(f"PRAGMA {pragma}"))[0]


def test_a_ledger_is_opened_durable_and_distrustful(path: Path) -> None:
    with Ledger.open(path) as ledger:
        store = ledger.store
        found = {name: ask(store, name) for name in ("journal_mode", "synchronous", "trusted_schema", "foreign_keys")}
        assert found == {"journal_mode": "wal", "synchronous": 2, "trusted_schema": 0, "foreign_keys": 1}
        assert ask(store, "application_id") == APPLICATION_ID
        assert ask(store, "recursive_triggers") == 1  # so that REPLACE fires the guards, too


def test_a_closed_ledger_is_one_file(filled: Path) -> None:
    assert [each.name for each in filled.parent.iterdir()] == [filled.name]


def test_replace_does_not_pass_the_guards(filled: Path) -> None:
    with Ledger.open(filled) as ledger, pytest.raises(LedgerError, match="append-only"), ledger.store.writing():
        ledger.store.change("INSERT OR REPLACE INTO log SELECT * FROM log WHERE number = 1")


def test_a_second_writer_waits_and_is_then_told(filled: Path, make_reading: MakeReading) -> None:
    with Ledger.open(filled) as first, contextlib.closing(open_sqlite(filled, busy_seconds=0.2)) as store:
        second = Ledger(store)
        with first.store.writing():
            with pytest.raises(LedgerBusyError, match="another process is writing"):
                second.add_readings([make_reading({"content": "شيء"}, name="b")])
            assert len(list(second.records())) == 20  # reading goes on
        assert second.add_readings([make_reading({"content": "شيء"}, name="b")]).documents == 1
        assert first.add_readings([make_reading({"content": "شيء"}, name="c")]).documents == 1
        assert second.verify().intact


def test_a_snapshot_does_not_see_what_comes_later(filled: Path, make_reading: MakeReading) -> None:
    with Ledger.open(filled) as writer, Ledger.open(filled, read_only=True) as reader:
        with reader.snapshot():
            before = reader.head()
            writer.add_readings([make_reading({"content": "شيء"}, name="b")])
            assert reader.head() == before
        assert reader.head() == writer.head()


def test_the_write_ahead_log_shrinks_when_a_long_reader_ends(filled: Path, make_reading: MakeReading) -> None:
    wal = filled.with_name(filled.name + "-wal")
    with Ledger.open(filled) as writer, Ledger.open(filled, read_only=True) as reader:
        with reader.snapshot():
            reader.head()
            for number in range(12):
                content = {"content": "كلمة " * 2_000}
                writer.add_readings([make_reading(*[content] * 20, name=f"long{number}")])
            grown = wal.stat().st_size
            assert grown > 8_000_000  # the reader holds it
        writer.store.checkpoint()  # type: ignore[attr-defined]
        assert wal.stat().st_size < grown / 4
        assert writer.verify().intact


def test_a_write_ahead_log_that_only_grows_is_told_once(
    filled: Path, make_reading: MakeReading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backend, "LOG_WARNING", 50_000)
    with Ledger.open(filled) as writer, Ledger.open(filled, read_only=True) as reader, reader.snapshot():
        reader.head()
        with pytest.warns(RuntimeWarning, match="a reader") as told:
            for number in range(4):
                writer.add_readings([make_reading(*[{"content": "كلمة " * 2_000}] * 5, name=f"b{number}")])
    assert len(told) == 1


def test_a_network_file_system_is_refused_for_writing(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backend, "find_network_filesystem", lambda folder: "nfs4")
    with pytest.raises(LedgerError, match=r"network file system \(nfs4\).*PostgreSQL"):
        Ledger.open(filled)
    with Ledger.open(filled, read_only=True) as ledger:
        assert len(list(ledger.records())) == 20


def as_nobody(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a script as a user who may write nothing here; root may write everywhere."""
    begin = (  # everything is imported before, for Python's own files may be closed to others
        "import os, sys, tempfile\n"
        "from qala.ledger.ledger import Ledger\n"
        "from qala.errors import QalaError\n"
        "with tempfile.TemporaryDirectory() as folder, Ledger.open(folder + '/x.db') as ledger:\n"
        "    ledger.append(); ledger.verify()\n"
        "os.getuid() or (os.setgid(65534), os.setuid(65534))\n"
    )
    command = [sys.executable, "-c", begin + code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


OPEN = """
with Ledger.open(sys.argv[1]) as ledger:
    print(len(list(ledger.records())), ledger.verify().intact, ledger.store.writable)
    try:
        ledger.append()
    except QalaError as error:
        print(type(error).__name__, error)
"""


def _let_others_in(path: Path) -> None:
    """Open pytest's own folders, which are closed to others."""
    for folder in path.parents:
        if folder != Path(tempfile.gettempdir()) and folder.is_relative_to(tempfile.gettempdir()):
            folder.chmod(0o755)


@pytest.mark.parametrize("mode", [0o555, 0o755])
def test_what_cannot_be_written_can_be_read(filled: Path, mode: int) -> None:
    _let_others_in(filled)
    filled.chmod(0o444)
    filled.parent.chmod(mode)
    try:
        ran = as_nobody(OPEN, str(filled))
    finally:
        filled.parent.chmod(0o755)
    assert ran.stdout.splitlines()[0] == "20 True False", ran.stderr
    assert "LedgerReadOnlyError" in ran.stdout
    assert "read-only here" in ran.stdout
    assert [each.name for each in filled.parent.iterdir()] == [filled.name]


def test_a_ledger_that_is_not_there_is_only_made_where_asked(path: Path) -> None:
    with pytest.raises(LedgerError, match="there is no ledger"):
        Ledger.open(path, create=False)
    with pytest.raises(LedgerError, match="there is no ledger"):
        Ledger.open(path, read_only=True)
    with pytest.raises(LedgerError, match="there is no folder"):
        Ledger.open(path.parent / "none" / "ledger.db")
    with pytest.raises(LedgerError, match="not a file"):
        Ledger.open(path.parent)
    assert not path.exists()


def test_read_only_means_it(filled: Path) -> None:
    with Ledger.open(filled, read_only=True) as ledger:
        with pytest.raises(LedgerReadOnlyError):
            ledger.append()
        with pytest.raises(LedgerError):
            ledger.store.change("DROP TRIGGER log_no_update")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=6m", "tmpfs", place], capture_output=True, check=False
    )
    if not made or made.returncode:
        pytest.skip("a file system can only be mounted by root")
    yield place
    subprocess.run(["umount", place], check=True)


def _fill(ledger: Ledger, make_reading: MakeReading) -> int:
    for number in range(400):
        content = {"source": "الوزير", "content": f"إن {number} " + "كلمة " * 300}
        try:
            ledger.add_readings([make_reading(*[content] * 8, name=f"a{number}")])
        except LedgerFullError as error:
            assert "no space left" in str(error)
            return number
    raise AssertionError("the disk was never full")


def test_a_full_disk_loses_the_batch_and_nothing_else(small_disk: Path, make_reading: MakeReading) -> None:
    filler = small_disk / "filler"
    filler.write_bytes(bytes(2_000_000))
    with Ledger.open(small_disk / "ledger.db") as ledger:
        kept = _fill(ledger, make_reading)
        head = ledger.head()
        assert ledger.stats().documents == kept > 0
        filler.unlink()
        content = {"source": "الوزير", "content": "إن شيئا"}
        assert ledger.add_readings([make_reading(content, name="after")]).documents == 1
        assert ledger.verify(head).intact
    with Ledger.open(small_disk / "ledger.db") as ledger:
        assert ledger.verify(head).intact
        assert ledger.stats().documents == kept + 1


def test_a_limit_of_the_engine_is_like_a_full_disk(filled: Path, make_reading: MakeReading) -> None:
    with Ledger.open(filled) as ledger:
        ledger.store.change(f"PRAGMA max_page_count={ask(ledger.store, 'page_count') + 40}")
        kept, before = _fill(ledger, make_reading), len(list(ledger.records()))
        assert before == 20 + 8 * kept
        ledger.store.change("PRAGMA max_page_count=100000")
        assert ledger.add_readings([make_reading({"content": "شيء"}, name="after")]).documents == 1
        assert ledger.verify().intact


def test_a_file_of_another_program_is_left_alone(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE notes (text)")
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="not a ledger of Qala's"):
        Ledger.open(path)
    assert path.read_bytes() == before
    path.write_text("قال الوزير إن المصنع أغلق أبوابه. " * 100)
    with pytest.raises(LedgerError, match="not a ledger"):
        Ledger.open(path)


def test_code_in_a_hostile_file_does_not_run(filled: Path, make_reading: MakeReading) -> None:
    """Triggers and views that call functions with effects are refused, and what stands in the schema is named."""
    with contextlib.closing(sqlite3.connect(filled)) as other:
        other.execute("CREATE TABLE loot (x)")
        other.execute(
            "CREATE TRIGGER spy AFTER INSERT ON log BEGIN INSERT INTO loot VALUES (load_extension('/tmp/x')); END"
        )
        other.execute("DROP TRIGGER documents_no_delete")
        other.commit()
    with Ledger.open(filled) as ledger:
        with pytest.raises(LedgerError):
            ledger.add_readings([make_reading({"content": "شيء"}, name="new")])
        reasons = {finding.reason for finding in ledger.verify().findings if finding.table == "structure"}
        assert len(list(ledger.records())) == 20
    assert "not of this schema: trigger spy" in reasons
    assert "not of this schema: table loot" in reasons
    assert 'missing or changed: CREATE TRIGGER "documents_no_delete"' in reasons


def test_damaged_files_give_errors_and_no_crash(filled: Path, tmp_path: Path) -> None:
    """Mutations in the manner of dbfuzz: bytes set, stretches zeroed, pages swapped, the tail cut."""
    code = (
        "for path in sys.argv[1:]:\n"
        "    try:\n"
        "        with Ledger.open(path, read_only=True) as ledger:\n"
        "            ledger.verify(); list(ledger.records()); ledger.stats()\n"
        "    except QalaError: pass\n"
        "print('survived')\n"
    )
    raw, chance = filled.read_bytes(), random.Random(17)
    paths = []
    for number in range(120):
        mutant = tmp_path / f"mutant{number}.db"
        mutant.write_bytes(_mutate(bytearray(raw), chance))
        paths.append(mutant)
    _let_others_in(paths[0])
    ran = as_nobody(code, *(str(path) for path in paths))
    assert (ran.returncode, ran.stdout) == (0, "survived\n"), ran.stderr[-2000:]


def _mutate(raw: bytearray, chance: random.Random) -> bytes:
    kind, pages = chance.randrange(4), len(raw) // 4096
    if kind == 0:
        for _ in range(chance.randrange(1, 60)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
    elif kind == 1:
        start = chance.randrange(len(raw))
        raw[start : start + 500] = bytes(len(raw[start : start + 500]))
    elif kind == 2:
        a, b = chance.randrange(1, pages) * 4096, chance.randrange(1, pages) * 4096
        raw[a : a + 4096], raw[b : b + 4096] = raw[b : b + 4096], raw[a : a + 4096]
    else:
        del raw[chance.randrange(len(raw)) :]
    return bytes(raw)


def test_the_store_runs_over_apsw(tmp_path: Path, make_reading: MakeReading) -> None:
    """A laboratory may open the same store through apsw, with a file system of its own beneath."""
    apsw = pytest.importorskip("apsw")
    path = tmp_path / "ledger.db"
    store = open_sqlite(path, connect=lambda name: apsw.Connection(name))
    migrate(store)
    with Ledger(store) as ledger:
        reading = make_reading({"source": "الوزير", "content": "إن المصنع أغلق"})
        assert ledger.add_readings([reading]).statements == 1
        assert ledger.verify(ledger.head()).intact
        with pytest.raises(LedgerError, match="append-only"), ledger.store.writing():
            ledger.store.change("DELETE FROM log")
        other = apsw.Connection(str(path))
        other.execute("BEGIN IMMEDIATE")
        ledger.store.change("PRAGMA busy_timeout=100")
        with pytest.raises(LedgerBusyError):
            ledger.append([], refusals=[])
        other.close()


@pytest.mark.parametrize(("code", "stops"), [(10 | 4 << 8, True), (10 | 3 << 8, True), (10 | 1 << 8, False)])
def test_after_a_failed_write_or_sync_nothing_more_is_written(filled: Path, code: int, stops: bool) -> None:
    """The engine's own error of a failed fsync, raised by a connection that is otherwise the real one."""

    class Failing(sqlite3.Connection):
        failing = False

        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            if sql == "COMMIT" and Failing.failing:
                Failing.failing = False
                error = sqlite3.OperationalError("disk I/O error")
                error.sqlite_errorcode = code
                raise error
            return super().execute(sql, *values)

    def connect(name: str) -> sqlite3.Connection:
        return sqlite3.connect(name, isolation_level=None, factory=Failing)

    with Ledger(open_sqlite(filled, connect=connect)) as ledger:
        head = ledger.head()
        Failing.failing = True
        with pytest.raises(LedgerError, match="the disk failed"):
            ledger.add_readings([RefusedInput("/x", "y", "z")])
        assert ledger.head() == head
        if stops:
            with pytest.raises(LedgerError, match="writing stopped"):
                ledger.append()
        else:
            ledger.append()
    with Ledger.open(filled) as ledger:
        assert ledger.verify(head).intact
        assert ledger.judge("accept", next(ledger.records()).id, author="a")


def test_the_file_reads_well_in_datasette(filled: Path) -> None:
    """Tables with labels, foreign keys that lead on, and the index found."""
    pytest.importorskip("datasette")
    ask_for = "/ledger/statements.json?_size=1&_labels=on&_shape=objects"
    command = [sys.executable, "-m", "datasette", str(filled), "--get"]
    ran = subprocess.run([*command, ask_for], capture_output=True, text=True, check=True, timeout=60)
    row = json.loads(ran.stdout)["rows"][0]
    assert row["document"]["value"] == 1
    assert row["content"] == "إن المصنع أغلق"
    ran = subprocess.run([*command, "/ledger.json"], capture_output=True, text=True, check=True, timeout=60)
    tables = {table["name"]: table for table in json.loads(ran.stdout)["tables"]}
    keys = {(key["column"], key["other_table"]) for key in tables["statements"]["foreign_keys"]["outgoing"]}
    assert keys == {("reading", "readings"), ("document", "documents"), ("parent", "statements")}
