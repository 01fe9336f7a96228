"""Worker processes that may die: their work is done again, and what kills them is found and named.

Each worker has a pipe of its own, so that a death is known to be that worker's and its task's. A task that
lost its worker is tried once more; one that loses a second is halved, and its halves are tried, until the single
item stands alone that no worker survives (or that takes longer than ``seconds``): it is refused and the others
are kept.
"""

from __future__ import annotations

import signal
import sys
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import connection, get_context
from time import monotonic
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from qala.errors import QalaError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 3  # tasks for each worker that may be read and not yet written
SECONDS = 300.0  # a task of a few articles takes a tenth of one
MOST_DEATHS = 2
_FAILED_STARTS = 3
_MEMORY = 4 << 30  # bytes of address space of a worker


@dataclass(slots=True)
class _Slot(Generic[R]):
    """The results of one chunk, in the order of its items, while they come in."""

    results: list[R | None]
    missing: int


@dataclass(slots=True)
class _Task(Generic[T, R]):
    """Some items of a chunk, where their results go, and how many workers they have cost."""

    items: Sequence[T]
    slot: _Slot[R]
    start: int
    deaths: int = 0


@dataclass(slots=True)
class _Worker(Generic[T, R]):
    process: BaseProcess
    pipe: Connection[Any, Any]
    ready: bool = False
    task: _Task[T, R] | None = None
    since: float = field(default_factory=monotonic)


class Workers(Generic[T, R]):
    """``count`` processes that each turn a list of items into a list of as many results.

    ``work`` must be a function of a module (processes are spawned); ``refuse`` makes the result of an item that no
    worker survives. Use as a context manager: at its end no process is left.
    """

    def __init__(
        self,
        count: int,
        work: Callable[[Sequence[T]], list[R]],
        refuse: Callable[[T], R],
        seconds: float = SECONDS,
    ) -> None:
        self._work = work
        self._refuse = refuse
        self._seconds = seconds
        self._failed = 0
        self._count = count
        self._workers: list[_Worker[T, R]] = []

    def __enter__(self) -> Workers[T, R]:
        """Start the processes."""
        self._workers = [self._start() for _ in range(self._count)]
        return self

    def __exit__(self, *_: object) -> None:
        """End all processes at once, whatever they do."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join(5)
            worker.pipe.close()

    def map(self, chunks: Iterable[Sequence[T]]) -> Iterator[list[R]]:
        """Yield the results of each chunk, in the order of the chunks; only a few are taken ahead."""
        source = iter(chunks)
        slots: deque[_Slot[R]] = deque()
        todo: deque[_Task[T, R]] = deque()
        while True:
            while len(slots) < self._count * AHEAD and (chunk := next(source, None)) is not None:
                slot: _Slot[R] = _Slot([None] * len(chunk), len(chunk))
                slots.append(slot)
                if chunk:
                    todo.append(_Task(chunk, slot, 0))
            if not slots:
                return
            self._assign(todo)
            if slots[0].missing:
                self._wait(todo)
            else:
                yield [result for result in slots.popleft().results if result is not None]

    def _assign(self, todo: deque[_Task[T, R]]) -> None:
        """Give every idle worker a task."""
        for worker in self._workers:
            if worker.ready and worker.task is None and todo:
                worker.task, worker.since = todo.popleft(), monotonic()
                with suppress(OSError):  # it is dead: waiting will find that out
                    worker.pipe.send(worker.task.items)

    def _wait(self, todo: deque[_Task[T, R]]) -> None:
        """Wait for a worker to say something, to die, or to take too long."""
        pipes = {worker.pipe: place for place, worker in enumerate(self._workers)}
        for pipe in connection.wait(list(pipes), timeout=0.5):
            place = pipes[pipe]  # type: ignore[index]
            worker = self._workers[place]
            try:
                said = worker.pipe.recv()
            except (EOFError, OSError):
                self._replace(place, todo)
                continue
            if not worker.ready:
                worker.ready, self._failed = True, 0
            elif worker.task is not None:
                task, worker.task = worker.task, None
                _fill(task, said)
        for worker in self._workers:
            if worker.task is not None and monotonic() - worker.since > self._seconds:
                worker.process.kill()

    def _replace(self, place: int, todo: deque[_Task[T, R]]) -> None:
        """Put a new process in the place of one that died, and its task back."""
        worker = self._workers[place]
        worker.process.join(5)
        worker.pipe.close()
        if not worker.ready:
            self._failed += 1
            if self._failed >= _FAILED_STARTS:
                raise QalaError(f"worker processes cannot start (exit code {worker.process.exitcode}); try --jobs 1")
        self._workers[place] = self._start()
        if worker.task is not None:
            for task in self._after_death(worker.task):
                todo.appendleft(task)

    def _after_death(self, task: _Task[T, R]) -> list[_Task[T, R]]:
        """Return what is to be tried of a task whose worker died."""
        task.deaths += 1
        if task.deaths < MOST_DEATHS:
            return [task]
        if len(task.items) == 1:
            _fill(task, [self._refuse(task.items[0])])
            return []
        half = len(task.items) // 2
        return [
            _Task(task.items[half:], task.slot, task.start + half, MOST_DEATHS - 1),
            _Task(task.items[:half], task.slot, task.start, MOST_DEATHS - 1),
        ]

    def _start(self) -> _Worker[T, R]:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._work), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)


def _fill(task: _Task[T, R], results: Sequence[R]) -> None:
    task.slot.results[task.start : task.start + len(results)] = results
    task.slot.missing -= len(results)


def _serve(pipe: Connection[Any, Any], work: Callable[[Sequence[Any]], list[Any]]) -> None:
    """Work until the pipe is closed, by its owner or by its owner's death."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _limit_memory()
    try:
        pipe.send(None)
        while True:
            pipe.send(work(pipe.recv()))
    except (EOFError, OSError):
        return


def _limit_memory() -> None:
    """Let one article fail for want of memory, and not the machine; where the system can."""
    if sys.platform == "linux":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        limit = _MEMORY if most == resource.RLIM_INFINITY else min(_MEMORY, most)
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))
