"""SIGKILL of a real ``qala add`` at random moments (FAULTS 5, 6): nothing lost, nothing twice, the same export.

One article in six comes twice, one line is no article. A run is killed, and the same command is given again, until one
comes to its end; then another round begins with an empty ledger.
"""

import contextlib
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from lab_process import START, Forked, Forker, start_interpreter
from lab_size import pick
from lab_work import text_of, write_lines

from qala.adding.ingest import add_paths
from qala.exports.write import write_stream
from qala.ledger.ledger import Ledger

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks, and asks /proc")

INPUTS = pick(300, 12_000)
KILLS = pick(20, 200)
LONGEST = pick(8, 60) / 100  # seconds from a commit that others saw to the kill
REFUSED = 3  # qala's exit code where some input was refused
DONE = (0, REFUSED)  # the refused line may be behind an earlier run already


class Content(NamedTuple):
    """What must be equal, killed or not: counts, the export's bytes, the hash over everything."""

    counts: dict[str, int]
    export: bytes
    root: str


def look(path: Path) -> Content:
    out = io.BytesIO()
    tables = ("documents", "captures", "readings", "statements", "refusals", "search_keys", "blobs")
    with Ledger.open(path, create=False) as ledger:
        counts = {name: int(str(next(ledger.store.rows(f"SELECT count(*) FROM {name}"))[0])) for name in tables}
        write_stream(ledger.records(), out, "records")
        return Content(counts, out.getvalue(), ledger.set_root())


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_lines(tmp_path_factory.mktemp("source") / "news.jsonl", 0, INPUTS, refused=True)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, source: Path) -> Content:
    path = tmp_path_factory.mktemp("undisturbed") / "l.db"
    with Ledger.open(path) as ledger:
        add_paths(ledger, [source])
    content = look(path)
    assert content.counts["documents"] == INPUTS - INPUTS // 6
    assert content.counts["refusals"] == 1
    return content


@pytest.fixture(scope="module")
def forker() -> Iterator[Forker]:
    with Forker() as running:
        yield running


def read_log(path: Path) -> tuple[int, str]:
    """Return the last entry's number and hash, by another connection; (0, "") where there is none."""
    try:
        with sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5) as other:
            found = other.execute("SELECT number, hash FROM log ORDER BY number DESC LIMIT 1").fetchone()
        other.close()
    except sqlite3.Error:
        return 0, ""
    return found or (0, "")


def kill_at_random(
    running: Forked | subprocess.Popen[bytes], path: Path, known: int | None, seconds: float
) -> tuple[int, str, int]:
    """Kill some seconds after the log has grown beyond ``known`` entries, or (``None``) after the start.

    Returns the log's end as others saw it just before, and the exit code.
    """
    seen = read_log(path)
    patience = time.monotonic() + 30
    while known is not None and seen[0] <= known and time.monotonic() < patience and is_alive(running.pid):
        time.sleep(0.01)
        seen = read_log(path)
    time.sleep(seconds)
    seen = max(seen, read_log(path))
    with contextlib.suppress(ProcessLookupError):
        os.kill(running.pid, signal.SIGKILL)
    return *seen, running.wait()


def is_alive(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def test_killed_again_and_again_the_ledger_is_that_of_an_undisturbed_run(
    tmp_path: Path, source: Path, undisturbed: Content, forker: Forker
) -> None:
    chance = Random(2024)
    kills = rounds = in_work = 0
    while kills < KILLS:
        rounds += 1
        path = tmp_path / f"round{rounds}.db"
        known = 0
        while True:
            rows, jobs = chance.choice([(30, 1), (30, 1), (60, 1), (60, 1), (400, 1), (30, 2)])
            arguments = ("add", source, "--ledger", path, "--jobs", jobs)
            fresh = chance.random() < 0.15
            running = start_interpreter(rows, *arguments) if fresh else forker.start(rows, *arguments)
            if kills == KILLS:
                assert running.wait() in DONE
                break
            early = chance.random() < 0.2
            wait = chance.uniform(0.0, 2.0 if early and fresh else LONGEST)
            number, hash_, code = kill_at_random(running, path, None if early else known, wait)
            if code != -signal.SIGKILL:
                assert code in DONE
                break
            kills += 1
            kept = look_after_kill(path, number, hash_, thorough=kills % pick(3, 20) == 0)
            in_work += kept > known
            known = kept
        assert look(path) == undisturbed
        with Ledger.open(path) as ledger:
            assert ledger.verify().intact
    print(f"\n{kills} kills in {rounds} rounds of {INPUTS} inputs, {in_work} behind new commits")
    assert kills == KILLS
    assert in_work > KILLS / 2


def look_after_kill(path: Path, number: int, hash_: str, *, thorough: bool) -> int:
    """Check that what others could see before the kill is there; return the entries of the log."""
    if not path.exists() or path.stat().st_size == 0:
        assert number == 0
        return 0
    with Ledger.open(path) as ledger:
        kept = int(ledger.head().partition("-")[0])
        assert kept >= number
        if number:
            assert list(ledger.store.rows("SELECT hash FROM log WHERE number = ?", (number,))) == [(hash_,)]
        if thorough:
            assert ledger.verify().intact
        return kept


POISON = """
import os, signal
try:
    from qala.adding import prepare
except ImportError:
    pass
else:
    def prepare_job(job, real=prepare.prepare_job):
        if "POISON" in getattr(job.item, "text", ""):
            with open(os.environ["QALA_DEATHS"], "a") as deaths:
                deaths.write("x")
            os.kill(os.getpid(), signal.SIGKILL)
        return real(job)
    prepare.prepare_job = prepare_job
"""


def find_workers(parent: int) -> list[int]:
    """Return the worker processes of a process."""
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [pid for pid in map(int, found) if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def test_a_poison_article_is_refused_alone_while_other_workers_are_killed(
    tmp_path: Path, source: Path, undisturbed: Content
) -> None:
    """An article that kills each process that reads it, in the real command with two workers."""
    lines = source.read_text(encoding="utf-8").splitlines()
    lines.insert(101, json.dumps({"id": "poison", "text": text_of(5_000) + " POISON"}, ensure_ascii=False))
    poisoned = tmp_path / "news.jsonl"
    poisoned.write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(POISON)
    deaths, path = tmp_path / "deaths", tmp_path / "l.db"
    command = [sys.executable, "-c", START, "60", "add", poisoned, "--ledger", path, "--jobs", "2", "--json"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "QALA_DEATHS": str(deaths)}
    running = subprocess.Popen(
        [str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True
    )
    killed = 0
    while running.poll() is None and killed < pick(1, 5):
        time.sleep(0.05)
        if read_log(path)[0] > 100 * killed:  # some batches on
            for worker in find_workers(running.pid)[:1]:
                os.kill(worker, signal.SIGKILL)
                killed += 1
    out, _ = running.communicate(timeout=120)
    assert running.returncode == REFUSED
    assert killed >= 1
    told = json.loads(out)
    assert told["refusals"] == {"bad_json": 1, "worker_died": 1}
    assert told["inputs"] == INPUTS + 2
    assert 3 <= len(deaths.read_text()) <= 8  # twice as part of a chunk of eight, and then in ever smaller parts
    with Ledger.open(path) as ledger:
        assert ledger.verify().intact
        assert [item.code for item in ledger.refusals()].count("worker_died") == 1
    found = look(path)
    assert found.counts["documents"] == undisturbed.counts["documents"]
    ids = {record["id"] for record in map(json.loads, found.export.splitlines()) if "id" in record}
    assert ids == {record["id"] for record in map(json.loads, undisturbed.export.splitlines()) if "id" in record}
