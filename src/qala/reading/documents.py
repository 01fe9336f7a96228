"""Every input to a stream of documents and refusals: what the command line and the library read with."""

from __future__ import annotations

import io
import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from qala.model import Document, RefusedInput
from qala.reading.archive import read_archive
from qala.reading.charset import decode_bytes
from qala.reading.compressed import HEAD, GzipDamageError, find_foreign, is_gzip, open_gzip
from qala.reading.csv_table import read_csv_file
from qala.reading.feed import read_feed, read_feed_file
from qala.reading.jsonl import read_json, read_json_file, read_lines
from qala.reading.limits import DEFAULT_LIMITS, Limits
from qala.reading.mhtml import read_mhtml
from qala.reading.page import is_page, read_page
from qala.reading.parquet import read_parquet_file
from qala.reading.paths import STDIN, Kind, find_inputs, kind_of, refuse_os_error, show_path
from qala.reading.plain import read_at_most, read_bytes, refuse_size

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from qala.reading.columns import ColumnMapping

_JSON_BEGINS = re.compile(rb'\{\s*(?:["}]|$)|\[\s*(?:\{|$)')  # prose may begin with a bracket, too
_FEED_BEGINS = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_BUFFER = 1 << 16  # bytes that are looked at without being taken


@dataclass(frozen=True, slots=True)
class _Options:
    """What the caller of ``read_documents`` wants."""

    published: date | None
    encoding: str | None
    limits: Limits
    columns: ColumnMapping | None
    skip: Callable[[str, int], bool] | None


def read_documents(
    paths: Iterable[str | os.PathLike[str]],
    *,
    published: date | None = None,
    encoding: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    stdin: BinaryIO | None = None,
    columns: ColumnMapping | None = None,
    outlet: str | None = None,
    skip: Callable[[str, int], bool] | None = None,
) -> Iterator[Document | RefusedInput]:
    """Yield the articles of files, folders and standard input (``-``) one by one, in order.

    What a file is, its suffix says (``paths.KINDS``), also before ``.gz``; a file without a known one is plain text
    unless its first bytes are those of a page, a feed, an archive or a table. Standard input is told apart by its
    beginning. What cannot be read is a ``RefusedInput`` and the others go on.

    ``published`` stands in where a record has no date of its own, ``outlet`` where an article names none;
    ``encoding`` is that of plain text, pages and CSV (JSON is UTF-8 by its standard); ``columns`` maps the columns of
    tables. Records for which ``skip(container, offset)`` holds are passed over unread, with the container and offset
    of their ``Origin`` (a file that is one document: its path and 0).
    Raises ``ReadError`` at once for an encoding that Qala does not know, and ``MissingPackageError`` at the first
    input that needs an extra which is not installed.
    """
    decode_bytes(b"", encoding)
    found = _read_all(paths, _Options(published, encoding, limits, columns, skip), stdin)
    return found if outlet is None else (_with_outlet(item, outlet) for item in found)


def _with_outlet(item: Document | RefusedInput, outlet: str) -> Document | RefusedInput:
    """Return an article that names no outlet with the one given; others, and refusals, as they are."""
    return replace(item, outlet=outlet) if isinstance(item, Document) and item.outlet is None else item


def _read_all(
    paths: Iterable[str | os.PathLike[str]], options: _Options, stdin: BinaryIO | None
) -> Iterator[Document | RefusedInput]:
    """Yield what ``read_documents`` promises."""
    for found in find_inputs(paths):
        if isinstance(found, RefusedInput):
            yield found
        elif isinstance(found, Path):
            yield from _read_path(found, options)
        else:
            yield from _read_stdin(stdin or sys.stdin.buffer, options)


def _read_path(path: Path, options: _Options) -> Iterator[Document | RefusedInput]:
    """Yield the articles of one file; an error in the midst of it ends the file, not the run."""
    place = show_path(path)
    try:
        with path.open("rb", buffering=_BUFFER) as file:
            head = cast("io.BufferedReader", file).peek(HEAD)[:_BUFFER]
            kind = kind_of(path)
            if kind in (None, "text"):
                kind = _kind_by_bytes(head, kind)
            if kind == "archive" or not is_gzip(head):
                yield from _read_kind(file, head, place, kind, options)
                return
            content = cast("io.BufferedReader", open_gzip(file, options.limits))
            inner = content.peek(HEAD)[:_BUFFER]
            kind = kind if kind not in (None, "text") else _kind_by_bytes(inner, kind)
            whole = kind == "archive"  # which reads its members one by one
            yield from _read_kind(file if whole else content, inner, place, kind, options)
    except GzipDamageError as error:
        yield RefusedInput(place, f"{error}; what follows was not read", error.code)
    except (OSError, ValueError) as error:
        yield refuse_os_error(path, error)


def _kind_by_bytes(head: bytes, kind: Kind | None) -> Kind | None:
    """Return what a file without a telling suffix is by its first bytes; ``kind`` where they tell nothing."""
    if head.startswith(b"WARC/"):
        return "archive"
    if head.startswith(b"PAR1"):
        return "parquet"
    if is_page(head):
        return "page"
    return "feed" if _FEED_BEGINS.match(head.removeprefix(b"\xef\xbb\xbf")) else kind


def _read_kind(
    file: BinaryIO, head: bytes, place: str, kind: Kind | None, options: _Options
) -> Iterator[Document | RefusedInput]:
    """Yield the articles of an open file of a known kind."""
    published, limits, skip = options.published, options.limits, options.skip
    foreign = find_foreign(head)
    if foreign is not None:
        yield RefusedInput(place, *foreign)
    elif kind == "lines":
        yield from read_lines(file, place, published=published, limits=limits, skip=skip)
    elif kind == "json":
        yield from read_json_file(file, place, published=published, limits=limits, skip=skip)
    elif kind == "feed" and not is_page(head):
        yield from read_feed_file(file, place, published=published, limits=limits, skip=skip)
    elif kind == "csv":
        yield from read_csv_file(
            file,
            place,
            columns=options.columns,
            published=published,
            encoding=options.encoding,
            limits=limits,
            skip=skip,
        )
    elif kind == "parquet":
        if not file.seekable():
            yield RefusedInput(place, "Parquet within gzip: unpack it first", "compressed")
            return
        yield from read_parquet_file(
            file, place, columns=options.columns, published=published, limits=limits, skip=skip
        )
    elif kind == "archive":
        yield from read_archive(file, place, published=published, limits=limits, skip=skip)
    elif skip is None or not skip(place, 0):
        yield _read_whole(file, place, "page" if kind == "feed" else kind, options)


def _read_whole(file: BinaryIO, place: str, kind: Kind | None, options: _Options) -> Document | RefusedInput:
    """Return the one article of a file that is plain text or a page."""
    limits = options.limits
    limit = limits.record_bytes if kind == "mhtml" else limits.document_bytes
    raw = read_at_most(file, limit)
    if raw is None:
        return refuse_size(place, limit)
    if kind == "page":
        return read_page(raw, place, published=options.published, encoding=options.encoding, limits=limits)
    if kind == "mhtml":
        return read_mhtml(raw, place, published=options.published, limits=limits)
    return read_bytes(raw, path=place, published=options.published, encoding=options.encoding, limits=limits)


def _read_stdin(stdin: BinaryIO, options: _Options) -> Iterator[Document | RefusedInput]:
    """Yield the articles of standard input: JSON, a page or a feed by its beginning, else plain text.

    A first line that is a whole object makes it JSON Lines, which are streamed.
    """
    published, limits = options.published, options.limits
    first = stdin.readline(limits.record_bytes + 1)
    beginning = first.removeprefix(b"\xef\xbb\xbf").strip()
    is_json = _JSON_BEGINS.match(beginning) is not None
    if is_json and beginning.startswith(b"{") and beginning.endswith(b"}"):
        lines = cast("BinaryIO", io.BufferedReader(_Rejoined(first, stdin), _BUFFER))
        yield from read_lines(lines, STDIN, published=published, limits=limits, skip=options.skip)
        return
    limit = limits.record_bytes if is_json else limits.document_bytes
    rest = read_at_most(stdin, limit)
    if rest is None or len(first) + len(rest) > limit:
        yield refuse_size(STDIN, limit)
        return
    raw = first + rest
    kind = _kind_by_bytes(raw[:_BUFFER], None)
    foreign = find_foreign(raw[:_BUFFER])
    if foreign is not None or is_gzip(raw):
        yield RefusedInput(STDIN, *(foreign or ("gzip on standard input: name the file", "compressed")))
    elif is_json:
        yield from read_json(raw, STDIN, published=published, limits=limits, skip=options.skip)
    elif kind == "feed":
        yield from read_feed(raw, STDIN, published=published, limits=limits, skip=options.skip)
    elif kind == "archive":
        yield from read_archive(io.BytesIO(raw), STDIN, published=published, limits=limits, skip=options.skip)
    else:
        yield _read_whole(io.BytesIO(raw), STDIN, kind, options)


class _Rejoined(io.RawIOBase):
    """A binary stream whose first line was already taken, given back."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        super().__init__()
        self._first = first
        self._rest = rest

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, at most ``size``; ``b""`` at the end."""
        if self._first:
            piece, self._first = self._first[:size], self._first[size:] if size >= 0 else b""
            return piece
        return self._rest.readline(size)

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` with what is there."""
        piece = self.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)
