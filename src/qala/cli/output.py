"""Where results go: standard output as UTF-8 bytes, or a file that appears whole or not at all."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO

from qala.errors import QalaError


class WriteError(QalaError):
    """An output that cannot be written, with the reason."""


def say(line: str) -> None:
    """Write one line for people to standard error, whatever the locale's encoding is."""
    stream = sys.stderr
    stream.flush()
    stream.write(line.encode(stream.encoding or "ascii", "backslashreplace").decode(stream.encoding or "ascii"))
    stream.write("\n")
    stream.flush()


@contextmanager
def open_output(path: Path | None) -> Iterator[IO[bytes] | BinaryIO]:
    """Open standard output, or ``path`` so that it is replaced only once everything was written.

    The new file is made beside the old one and moved over it, with the old one's permissions.
    What is no ordinary file (a pipe, a device) is written directly. Raises ``WriteError``.
    """
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            with target.open("wb") as direct:
                yield direct
            return
        with _replace(target) as whole:
            yield whole
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WriteError(f"cannot write {str(path)!r}: {(error.strerror or str(error)).lower()}") from error


@contextmanager
def _replace(target: Path) -> Iterator[IO[bytes]]:
    """Yield a new file beside ``target`` that takes its place at the end, and is removed on errors."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:50]}.", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_find_mode(target))
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _find_mode(target: Path) -> int:
    """Return the permissions of ``target``, or those that a new file gets here."""
    if target.exists():
        return target.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
