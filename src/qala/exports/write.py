"""Records into a file of any format, whole or not at all, with its loss report beside it."""

from __future__ import annotations

import os
from dataclasses import replace
from importlib import import_module
from itertools import groupby
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple, cast, get_args

import orjson

from qala.errors import QalaError
from qala.exports.pages import REJECTED
from qala.ledger.judging import is_rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from qala.exports.loss import LossReport
    from qala.records import Record

ExportFormat = Literal[
    "records",
    "csv",
    "parquet",
    "web-annotation",
    "schema-org",
    "ftm",
    "ftm-statements",
    "stix",
    "prov",
    "label-studio",
    "brat",
    "gqg",
    "passim",
]
EXPORT_FORMATS: tuple[ExportFormat, ...] = get_args(ExportFormat)


class Writer(NamedTuple):
    """Where a format's writer is, how its files are usually named, and what it is to be given.

    ``raw`` says that it writes the documents' bytes, or hashes of them: ask ``Ledger.records`` for them, which is
    slower. ``verdicts`` says that it can write what people rejected, with their verdict; others leave that out.
    """

    module: str
    function: str
    suffix: str
    raw: bool = False
    verdicts: bool = False


WRITERS: dict[ExportFormat, Writer] = {
    "records": Writer("records_jsonl", "write_records", ".records.jsonl", raw=True, verdicts=True),
    "csv": Writer("csv", "write_csv", ".csv", verdicts=True),
    "parquet": Writer("parquet", "write_parquet", ".parquet", verdicts=True),
    "web-annotation": Writer("web_annotation", "write_web_annotation", ".anno.jsonld"),
    "schema-org": Writer("schema_org", "write_schema_org", ".schema.jsonld"),
    "ftm": Writer("ftm", "write_ftm", ".ftm.json", raw=True),
    "ftm-statements": Writer("ftm", "write_ftm_statements", ".statements.csv", raw=True),
    "stix": Writer("stix", "write_stix", ".stix.json", raw=True),
    "prov": Writer("prov", "write_prov", ".prov.jsonld"),
    "label-studio": Writer("label_studio", "write_label_studio", ".label-studio.json"),
    "brat": Writer("brat", "write_brat", ".brat.zip"),
    "gqg": Writer("gqg", "write_gqg", ".gqg.json"),
    "passim": Writer("passim", "write_passim", ".passim.json"),
}
"""Where each writer is: loaded when it is asked for, so that one format's package is not needed for another."""


def write_stream(
    records: Iterable[Record], out: BinaryIO, format: str, *, lossless: bool = False, rejected: bool = True
) -> LossReport:
    """Write records to an open file in a format by its name; ``lossless`` is CSV's switch (see ``csv.py``).

    Without ``rejected`` what people rejected is left out of the formats that would write it with their verdict, and
    counted as the other formats count it. Raises ``QalaError`` for an unknown format, for a switch that it does not
    have, and where its package is missing.
    """
    writer = next((found for name, found in WRITERS.items() if name == format), None)
    if writer is None:
        raise QalaError(f"no such format: {format!r}; there are {', '.join(EXPORT_FORMATS)}")
    if lossless and format != "csv":
        raise QalaError(f"only csv has a lossless switch; {format} says in its loss report what it loses")
    module = import_module(f"qala.exports.{writer.module}")
    write = cast("Callable[..., LossReport]", getattr(module, writer.function))
    given = records if rejected or not writer.verdicts else _Accepted(records)
    report = write(given, out, lossless=True) if lossless else write(given, out)
    return given.complete(report) if isinstance(given, _Accepted) else report


class _Accepted:
    """The records that nobody rejected; counts the others, and the documents that have no other."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = records
        self._left_out = self._documents = 0

    def __iter__(self) -> Iterator[Record]:
        for _, run in groupby(self._records, key=lambda record: record.document_id):
            given = False
            for record in run:
                if is_rejected(record):
                    self._left_out += 1
                else:
                    given = True
                    yield record
            self._documents += not given

    def complete(self, report: LossReport) -> LossReport:
        """Return the writer's report with what it was not given."""
        if not self._left_out:
            return report
        return replace(
            report,
            documents=report.documents + self._documents,
            records=report.records + self._left_out,
            left_out={**report.left_out, REJECTED: self._left_out},
        )


def write_export(
    records: Iterable[Record], path: str | Path, format: str, *, lossless: bool = False, rejected: bool = True
) -> LossReport:
    """Write records to ``path`` in a format by its name, and the loss report to ``path`` + ``.loss.json``.

    ``lossless`` and ``rejected`` are those of :func:`write_stream`. Both files appear whole or not at all: they are
    written beside, synced, and put in place, the report first, so that no export stands without one. Raises
    ``QalaError`` as ``write_stream`` does, and where the file cannot be written.
    """
    target = Path(path)
    beside = target.with_name(target.name + ".loss.json")
    made: list[tuple[Path, Path]] = []
    try:
        with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name[:80]}.", delete=False) as file:
            made.append((Path(file.name), target))
            report = write_stream(records, cast("BinaryIO", file), format, lossless=lossless, rejected=rejected)
            _sync(cast("BinaryIO", file))
        with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name[:80]}.", delete=False) as file:
            made.append((Path(file.name), beside))
            file.write(orjson.dumps(report.describe(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
            _sync(cast("BinaryIO", file))
        for written, place in reversed(made):
            written.chmod(0o666 & ~_find_mask())
            written.replace(place)
    except OSError as error:
        raise QalaError(f"{target}: cannot be written: {error.strerror or error}") from None
    finally:
        for written, _ in made:
            written.unlink(missing_ok=True)
    return report


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _find_mask() -> int:
    """Return the process's mask for new files, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
