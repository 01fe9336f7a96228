"""Which of a ledger's statements an annotator had before him: the articles that his file is about, and no others."""

from __future__ import annotations

import json
import re
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from qala.ledger.judging import is_rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qala.ledger.ledger import Ledger
    from qala.records import Record

ALONE = 50  # articles that are asked for one by one; of more, the ledger is read through once
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


def list_exported(ledger: Ledger, exported: Exported) -> list[Record]:
    """Return the statements of the file's articles as they stand now, as an export gives them.

    One that somebody rejected is among them only where the file names it: it was exported before that, and
    must not be taken for a new one.
    """
    with ledger.snapshot():
        return [
            record for record in _list_all(ledger, exported) if record.id in exported.ids or not is_rejected(record)
        ]


def _list_all(ledger: Ledger, exported: Exported) -> Iterator[Record]:
    if len(exported.articles) <= ALONE:
        for article in sorted(exported.articles):
            yield from ledger.records(document=article, rejected=True)
        return
    for record in ledger.records(rejected=True):
        if record.document_id in exported.articles:
            yield record
