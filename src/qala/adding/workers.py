"""Worker processes that may die: their work is done again, and what kills them is found and named.

Each worker has a pipe of its own, so that a death is known to be that worker's and its task's. A task that
lost its worker is tried once more; one that loses a second is halved, and its halves are tried, until the single
item stands alone that no worker survives (or that takes longer than ``seconds``): it is refused and the others
are kept.

A thread hands the tasks out and takes the results in, so that no worker waits while the caller commits a batch, which
takes a third of the time of adding. The caller's own thread reads the chunks: it alone has the ledger's connection.
"""

from __future__ import annotations

import gc
import signal
import sys
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import connection, get_context
from threading import Condition, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from qala.errors import QalaError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 6  # tasks for each worker that may be read and not yet written: as many as are done during one commit
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
        self._todo: deque[_Task[T, R]] = deque()
        self._changed = Condition()  # guards what both threads change: ``_todo`` and the slots
        self._failure: BaseException | None = None
        self._stopped = False
        self._woken, self._wake = get_context("spawn").Pipe(duplex=False)
        self._thread = Thread(target=self._serve_all, daemon=True)

    def __enter__(self) -> Workers[T, R]:
        """Start the processes, and the thread that serves them."""
        self._workers = [self._start() for _ in range(self._count)]
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End all processes at once, whatever they do."""
        self._stopped = True
        for worker in list(self._workers):
            worker.process.kill()
        self._wake.send_bytes(b".")
        self._thread.join()
        for worker in self._workers:
            worker.process.kill()
            worker.process.join(5)
            worker.pipe.close()
        self._woken.close()
        self._wake.close()

    def map(self, chunks: Iterable[Sequence[T]]) -> Iterator[list[R]]:
        """Yield the results of each chunk, in the order of the chunks; only a few are taken ahead."""
        source = iter(chunks)
        slots: deque[_Slot[R]] = deque()
        while True:
            while len(slots) < self._count * AHEAD and (chunk := next(source, None)) is not None:
                slot: _Slot[R] = _Slot([None] * len(chunk), len(chunk))
                slots.append(slot)
                if chunk:
                    self._put(_Task(chunk, slot, 0))
            if not slots:
                return
            self._wait_for(slots[0])
            yield [result for result in slots.popleft().results if result is not None]

    def _put(self, task: _Task[T, R]) -> None:
        """Have the thread give ``task`` to a worker."""
        with self._changed:
            self._todo.append(task)
        self._wake.send_bytes(b".")

    def _wait_for(self, slot: _Slot[R]) -> None:
        """Wait until ``slot`` is full; raises what the thread failed with."""
        with self._changed:
            while slot.missing:
                if self._failure is not None:
                    raise self._failure
                self._changed.wait(0.5)  # a wait without an end cannot be interrupted everywhere

    # From here on in the thread that serves the workers

    def _serve_all(self) -> None:
        """Give out tasks and take in results until the end; a failure is left for the caller's thread."""
        try:
            while not self._stopped:
                self._assign()
                self._wait()
        except BaseException as error:  # raised again by ``_wait_for``
            with self._changed:
                self._failure = error
                self._changed.notify_all()

    def _assign(self) -> None:
        """Give every idle worker a task."""
        for worker in self._workers:
            if not worker.ready or worker.task is not None:
                continue
            with self._changed:
                if not self._todo:
                    return
                worker.task, worker.since = self._todo.popleft(), monotonic()
            with suppress(OSError):  # it is dead: waiting will find that out
                worker.pipe.send(worker.task.items)

    def _wait(self) -> None:
        """Wait for a worker to say something, to die, or to take too long; or for a new task."""
        pipes = {worker.pipe: place for place, worker in enumerate(self._workers)}
        for pipe in connection.wait([*pipes, self._woken], timeout=0.5):
            if pipe is self._woken:
                self._woken.recv_bytes()
                continue
            place = pipes[pipe]  # type: ignore[index]
            worker = self._workers[place]
            try:
                said = worker.pipe.recv()
            except (EOFError, OSError):
                if not self._stopped:
                    self._replace(place)
                continue
            if not worker.ready:
                worker.ready, self._failed = True, 0
            elif worker.task is not None:
                task, worker.task = worker.task, None
                self._fill(task, said)
        for worker in self._workers:
            if worker.task is not None and monotonic() - worker.since > self._seconds:
                worker.process.kill()

    def _fill(self, task: _Task[T, R], results: Sequence[R]) -> None:
        """Put results where they belong, and tell the caller's thread."""
        with self._changed:
            task.slot.results[task.start : task.start + len(results)] = results
            task.slot.missing -= len(results)
            self._changed.notify_all()

    def _replace(self, place: int) -> None:
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
            again = self._after_death(worker.task)
            with self._changed:
                self._todo.extendleft(again)

    def _after_death(self, task: _Task[T, R]) -> list[_Task[T, R]]:
        """Return what is to be tried of a task whose worker died."""
        task.deaths += 1
        if task.deaths < MOST_DEATHS:
            return [task]
        if len(task.items) == 1:
            self._fill(task, [self._refuse(task.items[0])])
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


def _serve(pipe: Connection[Any, Any], work: Callable[[Sequence[Any]], list[Any]]) -> None:
    """Work until the pipe is closed, by its owner or by its owner's death."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _limit_memory()
    try:
        pipe.send(None)
        pipe.send(work(pipe.recv()))
        gc.collect()
        gc.freeze()  # what is loaded by now (lexicon, weights) never dies: no collection need walk it
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
