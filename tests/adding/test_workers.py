"""Workers that die: their work is done again, and the one item that kills them is found (FAULTS 6)."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from types import ModuleType

import pytest

from qala.adding.workers import AHEAD, Workers
from qala.errors import QalaError

WORK = '''
import os, signal, sys, time
from pathlib import Path

def double(items):
    return [number * 2 for number in items]

def die(items):
    """Even numbers are done; 13 kills the process; 99 kills it once; 77 never ends."""
    for number in items:
        if number == 13:
            os.kill(os.getpid(), signal.SIGKILL)
        if number == 77:
            time.sleep(60)
        mark = Path(sys.path[0]) / f"died{number}"
        if number == 99 and not mark.exists():
            mark.touch()
            os._exit(3)
    return [number * 2 for number in items]

def leave_mark(items):
    for number in items:
        (Path(sys.path[0]) / f"mark{number}").touch()
    return items

def refuse(number):
    return -number
'''


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Functions that a spawned process can import."""
    (tmp_path / "deadly_work.py").write_text(WORK)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "deadly_work", raising=False)
    import importlib

    return importlib.import_module("deadly_work")


def test_results_come_in_order_and_no_process_is_left(work: ModuleType) -> None:
    with Workers(2, work.double, work.refuse) as workers:
        assert list(workers.map([[1, 2], [], [3], [4, 5, 6]])) == [[2, 4], [], [6], [8, 10, 12]]
        assert list(workers.map(iter([[7]]))) == [[14]]
        processes = [worker.process for worker in workers._workers]
    assert not any(process.is_alive() for process in processes)


def test_one_death_is_nobodys_fault_and_two_are_and_what_never_ends_is_ended(work: ModuleType) -> None:
    chunks = [[1, 2, 3, 4], [10, 99, 11, 12], [5, 13, 6, 7, 8], [77], [9]]
    with Workers(1, work.die, work.refuse, seconds=0.5) as workers:
        found = list(workers.map(chunks))
    assert found == [[2, 4, 6, 8], [20, 198, 22, 24], [10, -13, 12, 14, 16], [-77], [18]]


def test_a_worker_killed_from_outside_costs_nothing(work: ModuleType) -> None:
    with Workers(2, work.double, work.refuse) as workers:
        results = workers.map([[number] for number in range(40)])
        found = [next(results)]
        for worker in workers._workers:
            os.kill(worker.process.pid or 0, signal.SIGKILL)
        assert found + list(results) == [[number * 2] for number in range(40)]


def test_workers_go_on_while_the_caller_is_busy(work: ModuleType, tmp_path: Path) -> None:
    """Nobody asks for the second result before the work of all later ones is done."""
    with Workers(1, work.leave_mark, work.refuse) as workers:
        results = workers.map([[number] for number in range(AHEAD)])
        found = [next(results)]
        end = monotonic() + 60
        while not (tmp_path / f"mark{AHEAD - 1}").exists() and monotonic() < end:
            sleep(0.01)
        assert (tmp_path / f"mark{AHEAD - 1}").exists()
        assert found + list(results) == [[number] for number in range(AHEAD)]


def test_only_a_few_chunks_are_taken_ahead(work: ModuleType) -> None:
    taken: list[int] = []

    def chunks() -> Iterator[list[int]]:
        for number in range(100):
            taken.append(number)
            yield [number]

    with Workers(2, work.double, work.refuse) as workers:
        for at, _ in enumerate(workers.map(chunks())):
            assert len(taken) <= at + 1 + 2 * AHEAD


def test_an_interruption_ends_the_workers_at_once(work: ModuleType) -> None:
    with pytest.raises(KeyboardInterrupt), Workers(1, work.die, work.refuse) as workers:
        process = workers._workers[0].process

        def chunks() -> object:
            yield [77]
            raise KeyboardInterrupt

        list(workers.map(chunks()))  # type: ignore[arg-type]
    assert not process.is_alive()


def test_workers_that_cannot_start_say_so(work: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "deadly_work.py").write_text("raise SystemExit(5)")
    with pytest.raises(QalaError, match="cannot start"), Workers(1, work.double, work.refuse) as workers:
        list(workers.map([[1]]))
