"""From paths to inputs, each with its file and place; what a ledger has of a file is passed over.

How far a file was read, its cursor says. It counts for the file as it was (size, time of change), for the version
that read it, and for the options it was read with: other options may give other articles, so that under them
the file is read anew.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from qala.model import Document, RefusedInput
from qala.reading.documents import read_documents
from qala.reading.paths import estimate_text, find_inputs, kind_of, show_path
from qala.records import hash_values

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    from qala.ledger.ledger import Ledger
    from qala.ledger.runs import Run
    from qala.ledger.writer import Cursor

_BESIDE = ("", "-wal", "-shm", "-journal")  # an SQLite file, and what the engine keeps beside it


class Source(NamedTuple):
    """A file as it was when reading began; ``key`` names its cursor: the path, and what it was read with."""

    path: str
    size: int
    modified: int  # nanoseconds since 1970
    key: str


class Item(NamedTuple):
    """One input, the file that it is from, and its place there, from 1; no input marks the file's end.

    ``resumed`` is the offset behind which reading of the file began; ``known`` is about how many bytes of text were
    passed over before this input, because the ledger has them.
    """

    item: Document | RefusedInput | None
    source: Source | None = None
    place: int = 0
    resumed: int | None = None
    known: int = 0


class KnownFile(NamedTuple):
    """A file that was read to its end before; ``size`` is about how many bytes of text it holds."""

    size: int


def read_paths(
    ledger: Ledger, run: Run, paths: Iterable[str | os.PathLike[str]], options: dict[str, Any], *, again: bool = False
) -> Iterator[Item | KnownFile]:
    """Yield the inputs of all files, each with its place, without what was read of them before.

    With ``again`` everything is read, whatever the ledger has. The ledger's own files in a folder are passed over.
    """
    mark = mark_options(options)
    for found in find_inputs(paths, leave=_list_own_files(ledger)):
        if isinstance(found, RefusedInput):
            yield Item(found)
        elif isinstance(found, Path):
            source = _look_at(found, mark)
            done = None if again else _find_done(ledger, run, source)
            if done is not None and done.complete:
                yield KnownFile(estimate_text(found, done.size))
                continue
            yield from _read_file(found, source, done, options)
        else:
            yield from map(Item, read_documents((found,), **options))


def mark_options(options: dict[str, Any]) -> str:
    """Return what stands behind a file's path in the name of its cursor: nothing where no option is given."""
    given = sorted((name, repr(value)) for name, value in options.items() if value is not None)
    return f"?options={hash_values(*given)[:16]}" if given else ""


def _list_own_files(ledger: Ledger) -> tuple[Path, ...]:
    if ledger.store.dialect != "sqlite":
        return ()
    return tuple(Path(ledger.store.place + suffix) for suffix in _BESIDE)


def _read_file(path: Path, source: Source | None, done: Cursor | None, options: dict[str, Any]) -> Iterator[Item]:
    """Yield what is left of one file: behind the offset that is done, or, without offsets, behind so many inputs."""
    place = done.items if done is not None else 0
    last = done.offset if done is not None else None
    known = 0
    if last is None:
        inputs = read_documents((path,), **options)
        known = sum(map(weigh_input, islice(inputs, place)))
    else:
        inputs = _read_behind(path, last, options)
        known = _estimate_known(path, source, last)
    for item in inputs:
        place += 1
        yield Item(item, source, place, last, known)
        known = 0
    if source is not None:
        yield Item(None, source, place, last, known)


def _read_behind(path: Path, last: int, options: dict[str, Any]) -> Iterator[Document | RefusedInput]:
    """Yield the inputs behind the record at the offset ``last``; all of them, where there is no such record.

    Records are counted off one by one: in an archive of several records a member, offsets do not only grow.
    """
    passed = False

    def skip(_container: str, offset: int) -> bool:
        nonlocal passed
        if passed:
            return False
        passed = offset == last
        return True

    yield from read_documents((path,), skip=skip, **options)
    if not passed:
        yield from read_documents((path,), **options)


def _estimate_known(path: Path, source: Source | None, last: int) -> int:
    """Return about how many bytes of text stand before the offset ``last``; 0 where that counts no bytes."""
    kind = kind_of(path)
    if source is None or kind in ("json", "parquet"):
        return 0
    return min(estimate_text(path, last) if kind == "archive" else last, estimate_text(path, source.size))


def weigh_input(item: Document | RefusedInput) -> int:
    """Return the bytes that an article was read from, or else those of its text."""
    if not isinstance(item, Document):
        return 0
    raw = item.origin.raw
    return len(raw) if raw is not None else len(item.text.encode("utf-8", "replace"))


def _look_at(path: Path, mark: str) -> Source | None:
    """Return the file's state; ``None`` for what is no ordinary file, or has gone."""
    try:
        status = path.stat()
    except OSError:
        return None
    if not path.is_file():
        return None
    shown = show_path(path.absolute())
    return Source(shown, status.st_size, status.st_mtime_ns, shown + mark)


def _find_done(ledger: Ledger, run: Run, source: Source | None) -> Cursor | None:
    """Return how far this file, unchanged, was read."""
    if source is None:
        return None
    cursor = ledger.cursor(source.key, run)
    same = cursor is not None and (cursor.size, cursor.modified) == (source.size, source.modified)
    return cursor if same else None
