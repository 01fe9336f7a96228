"""Which of a ledger's statements an annotator had before him: the articles that his file is about, and no others."""

from __future__ import annotations

import json
import re
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from qala.ledger.book import open_book
from qala.ledger.judging import is_rejected, rename_speaker
from qala.ledger.queries import list_statements, read_current
from qala.ledger.views import lay_over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qala.exports.corrections import Annotator
    from qala.ledger.book import Book
    from qala.ledger.ledger import Ledger
    from qala.ledger.port import Store
    from qala.records import Record

_LONGEST_NOTES = 64 << 20  # bytes of an annotation file that are looked at
_ID = re.compile(r"\b[0-9a-f]{32}\b")


class Exported(NamedTuple):
    """Ids of the articles in a tool's file, and all ids that stand in it, those of statements among them."""

    articles: frozenset[str]
    ids: frozenset[str]


def find_pages(file: BinaryIO, format: str) -> Exported:
    """Return what a Label Studio or brat file is about; of a file that is neither, nothing (its reader says why)."""
    return _find_in_zip(file) if format == "brat" else _find_in_json(file)


def _find_in_json(file: BinaryIO) -> Exported:
    text = file.read().decode("utf-8", "replace")
    articles = set()
    with suppress(ValueError, RecursionError):
        tasks = json.loads(text)
        for task in tasks if isinstance(tasks, list) else [tasks]:
            data = task.get("data") if isinstance(task, dict) else None
            if isinstance(data, dict):
                articles.add(str(data.get("document_id")))
    return Exported(frozenset(articles), frozenset(_ID.findall(text)))


def _find_in_zip(file: BinaryIO) -> Exported:
    articles, ids = set(), set()
    with suppress(zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError), zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            own = name.rpartition("/")[2]
            if own.endswith(".ann"):
                articles.add(own.removesuffix(".ann"))
                with archive.open(name) as member:
                    ids |= set(_ID.findall(member.read(_LONGEST_NOTES).decode("utf-8", "replace")))
    return Exported(frozenset(articles), frozenset(ids))


def list_exported(ledger: Ledger, exported: Exported, who: Annotator) -> list[Record]:
    """Return the statements of the file's articles as an export gives them, without what the file itself brought.

    Judgements of the same author and moment are the file's own, from an earlier import: what they changed must not
    be taken for what the annotator was shown. A statement that somebody rejected is there only where the file
    names it: it was exported before that, and must not be taken for a new one.
    """
    with ledger.snapshot():
        book = open_book(ledger.store)
        return [
            rename_speaker(record, book.actors)
            for article in sorted(exported.articles)
            for record in _list_article(ledger.store, article, book, who)
            if record.id in exported.ids or not is_rejected(record)
        ]


def _list_article(store: Store, article: str, book: Book, who: Annotator) -> Iterator[Record]:
    others = [
        pointer
        for pointer in book.by_document.get(article, ())
        if (pointer.judgement.author, pointer.judgement.made) != (who.author, who.made)
    ]
    for reads in read_current(store, article):
        for read, records in zip(reads, list_statements(store, reads), strict=True):
            yield from lay_over(read, records, others)[0]
