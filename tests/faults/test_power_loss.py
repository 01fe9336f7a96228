"""Power cuts (FAULTS 1, 3): every state of the disk that they may leave holds all that was acknowledged, once.

A real run is recorded by apsw's SQLite on the laboratory's disk; states are opened by Python's own ``sqlite3``, as a
user would open them when the lights are on again. Controls show that the laboratory sees faults: without ``fsync``
(OFF) ledgers break, with too few (NORMAL) none breaks but acknowledged work is missing.
"""

import contextlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Literal, NamedTuple

import pytest

pytest.importorskip("apsw", reason="the laboratory's disk is made with apsw")

from lab_disk import Disk, Fault, Op
from lab_power import PATTERNS, State, list_states
from lab_size import pick
from lab_work import Sources, add_all, describe, open_ledger, small_batches, work, write_sources

from qala.errors import LedgerError
from qala.ledger import sqlite
from qala.ledger.ledger import Ledger

FSYNC = 10 | 4 << 8  # SQLITE_IOERR_FSYNC
OFTEN = "wal_autocheckpoint=60"  # pages: the log is taken over into the file again and again while batches come


class Recording(NamedTuple):
    """A run: what it did to the disk, and after how many operations each head was acknowledged."""

    ops: list[Op]
    heads: list[tuple[int, str]]

    def acknowledged(self, ops: int) -> str | None:
        """Return the last head that was acknowledged before the operation."""
        return next((head for done, head in reversed(self.heads) if done <= ops), None)


@pytest.fixture(autouse=True, scope="module")
def batches() -> Iterator[None]:
    undo = small_batches()
    yield
    undo()


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    return write_sources(tmp_path_factory.mktemp("sources"), 36, 12)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, sources: Sources) -> tuple[object, ...]:
    path = tmp_path_factory.mktemp("undisturbed") / "l.db"
    work(path, sources)
    with open_ledger(path) as ledger:
        return describe(ledger)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder in memory where there is one: thousands of small ledgers are written."""
    shared = Path("/dev/shm")
    made = Path(tempfile.mkdtemp(prefix="qala-lab-", dir=shared if shared.is_dir() else None))
    yield made
    shutil.rmtree(made)


def record(folder: Path, sources: Sources, *pragmas: str) -> Recording:
    heads: list[tuple[int, str]] = []
    with Disk() as disk:
        place = folder / "recorded"
        place.mkdir()
        work(
            place / "l.db", sources, disk.connect, pragmas, lambda ledger: heads.append((len(disk.ops), ledger.head()))
        )
        assert disk.fired == 0
        return Recording(disk.ops, heads)


def judge_state(state: State, folder: Path, recording: Recording) -> str:
    """Return what is wrong with what a power cut left, ``""`` where nothing is."""
    place = folder / "state"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    state.write(place)
    known = {head for _, head in recording.heads} | {"0-" + "0" * 64}
    kept = recording.acknowledged(state.ops)
    try:
        with open_ledger(place / "l.db") as ledger:
            if not ledger.verify().intact:
                return "damaged"
            if kept is not None and not ledger.verify(kept, structure=False).intact:
                return "lost"
            if ledger.head() not in known:
                return "in part"
            [(found, indexed)] = ledger.store.rows(
                "SELECT (SELECT count(*) FROM statements), (SELECT count(*) FROM search_keys)"
            )
            return "" if found == indexed else "index apart"
    except LedgerError:
        return "unreadable"


def judge_states(states: Iterable[State], folder: Path, recording: Recording) -> Counter[str]:
    return Counter(judge_state(state, folder, recording) for state in states)


def stream_states(recording: Recording, count: int, seed: int, behind: int = 0) -> Iterator[State]:
    """Yield some ``count`` states, spread over what the run did behind its first operations: too many to hold."""
    share = min(1.0, 0.9 * count / (4 * (len(recording.ops) - behind)))  # some five states an operation are new
    yield from list_states(recording.ops, Random(seed), share=share, behind=behind)


def test_a_power_cut_loses_nothing_that_was_acknowledged(
    folder: Path, sources: Sources, undisturbed: tuple[object, ...]
) -> None:
    recording = record(folder, sources, OFTEN)
    assert {op.kind for op in recording.ops} >= {"create", "delete", "write", "truncate", "sync"}
    wanted, ends = pick(1_100, 6_000), pick(4, 60)
    found: Counter[str] = Counter()
    patterns, chance = set(), Random(2)
    for state in stream_states(recording, wanted, seed=1):
        found[judge_state(state, folder, recording)] += 1
        patterns.add(state.pattern)
        if chance.random() < ends / wanted:  # the work is ended there
            work(folder / "state" / "l.db", sources)
            with open_ledger(folder / "state" / "l.db") as ledger:
                assert describe(ledger) == undisturbed
                assert ledger.verify(recording.acknowledged(state.ops)).intact
    print(f"\npower cuts, FULL: {found.total()} states of {len(recording.ops)} operations: {dict(found)}")
    assert set(found) == {""}
    assert found.total() >= 1_000
    assert patterns >= set(PATTERNS) - {"none"}  # which most often is like "all" before


def test_without_syncs_the_laboratory_finds_broken_ledgers(folder: Path, sources: Sources) -> None:
    """The negative control: if this run passed, the states would be too kind."""
    recording = record(folder, sources, OFTEN, "synchronous=OFF")
    found = judge_states(stream_states(recording, pick(100, 1_000), seed=3), folder, recording)
    print(f"\npower cuts, OFF: {found.total()} states: {dict(found)}")
    assert found["damaged"] + found["unreadable"] > found.total() / 4
    assert found[""] < found.total() / 2


def test_with_too_few_syncs_acknowledged_work_is_missing_and_nothing_breaks(folder: Path, sources: Sources) -> None:
    """Why the ledger is FULL and not NORMAL, which many programs take with a write-ahead log."""
    recording = record(folder, sources, OFTEN, "synchronous=NORMAL")
    found = judge_states(stream_states(recording, pick(100, 1_000), seed=4), folder, recording)
    print(f"\npower cuts, NORMAL: {found.total()} states: {dict(found)}")
    assert found["lost"] > found.total() / 20
    assert found["lost"] + found[""] == found.total()


After = Literal["once", "for ever", "on one connection"]


@pytest.mark.parametrize("after", ["once", "for ever", "on one connection"])
def test_after_a_failed_sync_a_power_cut_loses_nothing(
    folder: Path, sources: Sources, undisturbed: tuple[object, ...], after: After
) -> None:
    """The pages of a failed ``fsync`` may never reach the disk, whatever a later one says (USENIX ATC 2020).

    A process stops writing, and another goes on. For ever means: as long as the first lives. Its last ``fsync``, on
    closing, fails as well, so that the log stays, and the next process finds a commit in it that only the page
    cache holds. On one connection: ``sqlite3`` does not tell of a failed ``fsync`` while the log is
    taken over into the file, and the process goes on.
    """
    found, faults = _try_failed_syncs(folder, sources, after)
    print(f"\npower cuts after {faults} syncs failed {after}: {dict(found)}")
    assert set(found) == {""}
    with open_ledger(folder / "recorded" / "l.db") as ledger:
        assert describe(ledger) == undisturbed


def test_without_a_new_log_the_laboratory_finds_what_failed_syncs_break(
    folder: Path, sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above: what SQLite alone does with the log that it finds."""
    monkeypatch.setattr(sqlite, "settle", lambda *_: None)
    found, faults = _try_failed_syncs(folder, sources, "for ever")
    print(f"\nthe same without taking over the log, {faults} syncs: {dict(found)}")
    assert found["lost"] + found["damaged"] > 0


def _try_failed_syncs(folder: Path, sources: Sources, after: After) -> tuple[Counter[str], int]:
    """Let one sync after the other fail; return what is wrong with the states behind, and how many were tried."""
    syncs = [op for op in record(folder, sources, OFTEN).ops if op.kind == "sync"]
    every = range(1, len(syncs) + 1)
    one = after == "on one connection"  # which has fewer syncs, and must have been opened before
    numbers = list(every[6:-10] if one else every)
    found: Counter[str] = Counter()
    numbers = Random(5).sample(numbers, min(len(numbers), pick(4, 24)))
    for number in numbers:
        recording, behind = _fail_and_go_on(folder, sources, number, after)
        found += judge_states(stream_states(recording, pick(20, 40), number, behind), folder, recording)
    return found, len(numbers)


def _fail_and_go_on(folder: Path, sources: Sources, number: int, after: After) -> tuple[Recording, int]:
    """Let syncs fail, the process end or not, and the work be done; record all, and where it went on."""
    heads: list[tuple[int, str]] = []
    place = folder / "recorded"
    shutil.rmtree(place)
    place.mkdir()
    path = place / "l.db"
    with Disk(Fault("sync", number, FSYNC, after == "for ever")) as disk:

        def note(ledger: Ledger) -> None:
            heads.append((len(disk.ops), ledger.head()))

        if after == "on one connection":
            with open_ledger(path, disk.connect, (OFTEN,)) as ledger:
                with contextlib.suppress(LedgerError):
                    add_all(ledger, sources, note)
                note(ledger)  # a batch may be there whose taking over failed
                ledger.store._broken = ""  # type: ignore[attr-defined]
                add_all(ledger, sources, note)
        else:
            with pytest.raises(LedgerError):
                work(path, sources, disk.connect, (OFTEN,), note)
        assert disk.fired >= 1
        disk.fault = None
        behind = next(done for done, op in enumerate(disk.ops, 1) if op.kind == "failed sync")
        work(path, sources, disk.connect, (OFTEN,), note)
        return Recording(disk.ops, heads), behind
