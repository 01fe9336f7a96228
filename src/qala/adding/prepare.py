"""One input to its rows: reading, and refusing what cannot be read, never raising; what workers run."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from qala.errors import QalaError
from qala.ledger.rows import PreparedDocument, PreparedReading, prepare_document, prepare_reading
from qala.model import Document, RefusedInput
from qala.pipeline import extract

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_AGAIN = 0.25  # CPU seconds between two alarms
SECONDS = 30.0  # CPU seconds that one article may take; an ordinary one takes 0.03


class Job(NamedTuple):
    """One input; ``read`` is False where the ledger has its reading and only the place is new."""

    item: Document | RefusedInput
    read: bool = True


Prepared = PreparedReading | PreparedDocument | RefusedInput


class _TooSlowError(Exception):
    pass


def strip_map(document: Document) -> Document:
    """Leave the map to raw bytes behind: it cannot travel to another process, and no row needs it."""
    return replace(document, origin=replace(document.origin, byte_offset=None))


def prepare_jobs(jobs: Sequence[Job]) -> list[Prepared]:
    """Return the rows of each input, or why there are none."""
    return [prepare_job(job) for job in jobs]


def prepare_job(job: Job) -> Prepared:
    """Return the rows of one input; an error of any kind is its refusal."""
    item = job.item
    if isinstance(item, RefusedInput):
        return item
    try:
        if not job.read:
            return prepare_document(item)
        with _deadline(SECONDS):
            return prepare_reading(extract(item))
    except _TooSlowError:
        return RefusedInput(place_of(item), f"took more than {SECONDS:.0f} seconds to read", "too_slow")
    except MemoryError:
        return RefusedInput(place_of(item), "took more memory than a worker may have", "too_large")
    except QalaError as error:
        return RefusedInput(place_of(item), str(error), "bad_text")
    except Exception as error:
        told = " ".join(str(error).split())[:300]
        return RefusedInput(place_of(item), f"unexpected {type(error).__name__}: {told}", "unexpected")


def refuse_deadly(job: Job) -> RefusedInput:
    """Return the refusal of an input that no worker survives."""
    if isinstance(job.item, RefusedInput):
        return job.item
    return RefusedInput(place_of(job.item), "the process that read it died, twice", "worker_died")


def place_of(document: Document) -> str:
    """Return where an article stands, for people."""
    origin = document.origin
    return origin.path or origin.container or document.id


@contextmanager
def _deadline(seconds: float) -> Iterator[None]:
    """Raise after so many CPU seconds, where the system has such a clock and this thread hears it."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise _TooSlowError

    before = signal.signal(signal.SIGVTALRM, stop)
    # Again and again, for what is raised in a callback of the garbage collector is only printed.
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
