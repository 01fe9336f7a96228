"""A disk that fails (FAULTS 2, 3, 4): every single write, sync and read of a run, once, and writes and syncs for ever.

Whatever fails: the caller gets a ledger's error or the call did its work, a batch is there whole or not at all, what
was acknowledged is there, a process whose write or fsync failed writes no more, and the next process ends the work with
the same ledger as if nothing had been.
"""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

pytest.importorskip("apsw", reason="the laboratory's disk is made with apsw")

from lab_disk import Disk, Fault
from lab_size import pick
from lab_work import Connect, describe, open_ledger, text_of

from qala.errors import LedgerError, LedgerFullError
from qala.ledger.ledger import Ledger
from qala.ledger.rows import PreparedReading, prepare_reading
from qala.ledger.writer import Cursor
from qala.model import Document, RefusedInput
from qala.pipeline import extract

IOERR, FULL = 10, 13
READ, WRITE, FSYNC = IOERR | 1 << 8, IOERR | 3 << 8, IOERR | 4 << 8
NOTHING = "0-" + "0" * 64
BATCHES, PER_BATCH = 4, 3

Note = Callable[[Ledger], object]


@pytest.fixture(scope="module")
def readings() -> list[PreparedReading]:
    return [prepare_reading(extract(Document(f"a{n}", text_of(n)))) for n in range(BATCHES * PER_BATCH)]


def add_batch(ledger: Ledger, readings: list[PreparedReading], batch: int) -> None:
    some = readings[batch * PER_BATCH : (batch + 1) * PER_BATCH]
    cursor = Cursor("/news.jsonl", 1_000, 1, (batch + 1) * PER_BATCH, batch == BATCHES - 1)
    ledger.append(some, refusals=[(RefusedInput(f"/x{batch}", "gone", "not_found"), None)], cursors=[cursor])


def work(
    path: Path, readings: list[PreparedReading], connect: Connect | None = None, note: Note = lambda _: None
) -> None:
    """Add all batches, half of them before the ledger is closed and opened anew; read everything; judge."""
    for half in (range(BATCHES // 2), range(BATCHES // 2, BATCHES)):
        with open_ledger(path, connect, ("wal_autocheckpoint=25", "cache_size=8")) as ledger:
            note(ledger)
            for batch in half:
                add_batch(ledger, readings, batch)
                note(ledger)
            records = list(ledger.records())
            if not ledger.judgements():
                ledger.judge("reject", records[0].id, author="a", reason="a caption")
                note(ledger)


class Reference(NamedTuple):
    """A run that nothing disturbed."""

    counts: Counter[str]
    heads: list[str]
    content: tuple[object, ...]


@pytest.fixture(scope="module")
def reference(readings: list[PreparedReading], tmp_path_factory: pytest.TempPathFactory) -> Reference:
    path = tmp_path_factory.mktemp("reference") / "l.db"
    heads = [NOTHING]
    with Disk() as disk:
        work(path, readings, disk.connect, lambda ledger: heads.append(ledger.head()))
    with open_ledger(path) as ledger:
        return Reference(disk.counts, heads, describe(ledger))


@pytest.fixture
def folder() -> Iterator[Path]:
    shared = Path("/dev/shm")
    made = Path(tempfile.mkdtemp(prefix="qala-lab-", dir=shared if shared.is_dir() else None))
    yield made
    shutil.rmtree(made)


def disturb(path: Path, readings: list[PreparedReading], reference: Reference, fault: Fault) -> str:
    """Run the work with a fault, look at what it left, and end the work; return how the run ended."""
    acknowledged = [NOTHING]
    ended = "unharmed"
    with Disk(fault) as disk:
        try:
            work(path, readings, disk.connect, lambda ledger: acknowledged.append(ledger.head()))
        except LedgerError as error:  # anything else is a fault of ours
            ended = type(error).__name__
            assert str(path) in str(error)
            assert "\n" not in str(error)
        assert disk.fired
    if path.exists() and path.stat().st_size:
        with open_ledger(path) as ledger:
            assert ledger.verify().intact, ledger.verify().findings
            assert ledger.verify(acknowledged[-1]).intact
            assert ledger.head() in reference.heads
    work(path, readings)
    with open_ledger(path) as ledger:
        assert describe(ledger) == reference.content
        assert ledger.verify(acknowledged[-1]).intact
    return ended


def disturb_each(
    folder: Path, readings: list[PreparedReading], reference: Reference, faults: list[Fault]
) -> Counter[str]:
    ended: Counter[str] = Counter()
    for place, fault in enumerate(faults):
        (folder / str(place)).mkdir()
        ended[disturb(folder / str(place) / "l.db", readings, reference, fault)] += 1
        shutil.rmtree(folder / str(place))
    return ended


@pytest.mark.parametrize(("kind", "code"), [("write", WRITE), ("write", FULL), ("sync", FSYNC), ("read", READ)])
@pytest.mark.parametrize("for_ever", [False, True])
def test_whatever_fails_nothing_is_in_part_and_the_next_run_ends_the_work(
    folder: Path, readings: list[PreparedReading], reference: Reference, kind: str, code: int, for_ever: bool
) -> None:
    every = range(1, reference.counts[kind] + 1)
    some = sorted(Random(code).sample(every, min(len(every), pick(30, 1_000_000))))
    faults = [Fault(kind, number, code, for_ever) for number in some]  # type: ignore[arg-type]
    ended = disturb_each(folder, readings, reference, faults)
    print(f"\n{kind} {code} fails {'for ever' if for_ever else 'once'}, {len(faults)} of {len(every)}: {dict(ended)}")
    assert sum(ended.values()) - ended["unharmed"] > len(faults) / 2
    assert set(ended) <= {"unharmed", "LedgerFullError" if code == FULL else "LedgerError"}


@pytest.mark.parametrize(
    ("kind", "code", "stops"), [("write", WRITE, True), ("sync", FSYNC, True), ("write", FULL, False)]
)
def test_a_process_whose_write_or_sync_failed_writes_no_more(
    folder: Path, readings: list[PreparedReading], reference: Reference, kind: str, code: int, stops: bool
) -> None:
    """Once is enough, although the disk would take the next write; a full disk is another matter."""
    path = folder / "l.db"
    with Disk() as disk, open_ledger(path, disk.connect) as ledger:
        add_batch(ledger, readings, 0)
        head = ledger.head()
        disk.fault = Fault(kind, disk.counts[kind] + 1, code)  # type: ignore[arg-type]
        with pytest.raises(LedgerFullError if code == FULL else LedgerError):
            add_batch(ledger, readings, 1)
        before = Counter(disk.counts)
        assert ledger.head() == head
        if stops:
            for batch in (1, 2):
                with pytest.raises(LedgerError, match="writing stopped"):
                    add_batch(ledger, readings, batch)
            assert (disk.counts["write"], disk.counts["sync"]) == (before["write"], before["sync"])
            assert len(list(ledger.records())) == len(reference.content[0]) / BATCHES  # type: ignore[arg-type]
        else:
            add_batch(ledger, readings, 1)
    work(path, readings)
    with open_ledger(path) as ledger:
        assert ledger.verify(head).intact
        assert describe(ledger)[1] == reference.content[1]
