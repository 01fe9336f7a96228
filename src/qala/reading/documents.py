"""Every input to a stream of documents and refusals: what the command line and the library read with."""

from __future__ import annotations

import io
import re
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from qala.model import Document, RefusedInput
from qala.reading.charset import decode_bytes
from qala.reading.jsonl import read_json, read_json_file, read_lines
from qala.reading.limits import DEFAULT_LIMITS, Limits
from qala.reading.paths import JSON, LINES, STDIN, find_inputs, refuse_os_error, show_path
from qala.reading.plain import read_at_most, read_bytes, read_file, refuse_size

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator
    from datetime import date

_JSON_BEGINS = re.compile(rb'\{\s*(?:["}]|$)|\[\s*(?:\{|$)')  # prose may begin with a bracket, too


def read_documents(
    paths: Iterable[str | os.PathLike[str]],
    *,
    published: date | None = None,
    encoding: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    stdin: BinaryIO | None = None,
) -> Iterator[Document | RefusedInput]:
    """Yield the articles of files, folders and standard input (``-``) one by one, in order.

    By suffix: ``.jsonl`` and ``.ndjson`` are articles line by line, ``.json`` is one object or a list
    of them, everything else is plain text. Standard input is told apart by its beginning. What
    cannot be read is a ``RefusedInput`` and the others go on. ``published`` stands in where a record
    has no date of its own; ``encoding`` is that of plain text (JSON is UTF-8 by its standard).
    Raises ``ReadError`` at once for an encoding that Qala does not know.
    """
    decode_bytes(b"", encoding)
    return _read_all(paths, published, encoding, limits, stdin)


def _read_all(
    paths: Iterable[str | os.PathLike[str]],
    published: date | None,
    encoding: str | None,
    limits: Limits,
    stdin: BinaryIO | None,
) -> Iterator[Document | RefusedInput]:
    """Yield what ``read_documents`` promises."""
    for found in find_inputs(paths):
        if isinstance(found, RefusedInput):
            yield found
        elif isinstance(found, Path):
            yield from _read_path(found, published, encoding, limits)
        else:
            yield from _read_stdin(stdin or sys.stdin.buffer, published, encoding, limits)


def _read_path(
    path: Path, published: date | None, encoding: str | None, limits: Limits
) -> Iterator[Document | RefusedInput]:
    """Yield the articles of one file; an error in the midst of it ends the file, not the run."""
    suffix = path.suffix.lower()
    if suffix not in (JSON, *LINES):
        yield read_file(path, published=published, encoding=encoding, limits=limits)
        return
    read = read_json_file if suffix == JSON else read_lines
    try:
        with path.open("rb") as file:
            yield from read(file, show_path(path), published=published, limits=limits)
    except (OSError, ValueError) as error:
        yield refuse_os_error(path, error)


def _read_stdin(
    stdin: BinaryIO, published: date | None, encoding: str | None, limits: Limits
) -> Iterator[Document | RefusedInput]:
    """Yield the articles of standard input: JSON where it begins with ``{`` or ``[``, else plain text.

    A first line that is a whole object makes it JSON Lines, which are streamed.
    """
    first = stdin.readline(limits.record_bytes + 1)
    beginning = first.removeprefix(b"\xef\xbb\xbf").strip()
    is_json = _JSON_BEGINS.match(beginning) is not None
    if is_json and beginning.startswith(b"{") and beginning.endswith(b"}"):
        lines = cast("BinaryIO", _Rejoined(first, stdin))
        yield from read_lines(lines, STDIN, published=published, limits=limits)
        return
    limit = limits.record_bytes if is_json else limits.document_bytes
    rest = read_at_most(stdin, limit)
    if rest is None or len(first) + len(rest) > limit:
        yield refuse_size(STDIN, limit)
    elif is_json:
        yield from read_json(first + rest, STDIN, published=published, limits=limits)
    else:
        yield read_bytes(first + rest, path=STDIN, published=published, encoding=encoding, limits=limits)


class _Rejoined:
    """A binary stream whose first line was already taken, given back for reading by lines."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._parts = chain([io.BytesIO(first)], [rest])
        self._part: BinaryIO | None = next(self._parts)

    def readline(self, size: int = -1) -> bytes:
        """Return the next line, at most ``size`` bytes of it; ``b""`` at the end."""
        while self._part is not None:
            line = self._part.readline(size)
            if line:
                return line
            self._part = next(self._parts, None)
        return b""
