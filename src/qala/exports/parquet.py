"""Parquet of records: the columns of ``rows.py`` with real types, for pandas, DuckDB, Spark and R.

Needs ``pyarrow`` (``pip install 'qala[tables]'``). The schema never depends on the data: an export without
a single quantity has the same columns. Text is dictionary-encoded and compressed with Zstandard.
"""

from __future__ import annotations

import math
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from qala.errors import ReadError
from qala.exports.encoding import make_text
from qala.exports.loss import LossReport, Tally
from qala.exports.rows import COLUMNS, KEPT, Row, describe_row
from qala.reading.extras import load_extra

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qala.records import Record

FORMAT = "parquet"
_ROUNDED = "figures that no double holds exactly"
_ROWS = 10_000  # of a row group: a few megabytes


def write_parquet(records: Iterable[Record], out: BinaryIO) -> LossReport:
    """Write records as one Parquet file; raises ``QalaError`` where pyarrow is not installed."""
    pa, pq = _load()
    schema = make_schema()
    tally = Tally(FORMAT, KEPT)
    rows = _count(records, tally)
    with pq.ParquetWriter(out, schema, compression="zstd", version="2.6") as writer:
        while batch := list(islice(rows, _ROWS)):
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
    return tally.report()


def read_parquet(file: BinaryIO) -> Iterator[Row]:
    """Yield the rows of a file that ``write_parquet`` wrote, as ``describe_row`` gave them."""
    pa, pq = _load()
    try:
        table = pq.ParquetFile(file)
        if table.schema_arrow.names != list(COLUMNS):
            raise ReadError("not the columns of an export of records")
        for batch in table.iter_batches(_ROWS):
            yield from map(_as_written, batch.to_pylist())
    except pa.ArrowInvalid as error:
        raise ReadError(f"not a Parquet file: {str(error).splitlines()[0]}") from None


def make_schema() -> Any:
    """Return the Arrow schema of an export: one field for each of ``COLUMNS``, in order."""
    pa, _ = _load()
    text, flag, number, span = pa.string(), pa.bool_(), pa.float64(), pa.list_(pa.int64())
    spans = pa.list_(span)
    hop = {"kind": text, "status": text, "name": text, "span": span, "entity": text}
    time = {"span": span, "date": text, "granularity": text, "planned": flag, "clock": text}
    quantity = {
        "span": span,
        "low": number,
        "high": number,
        "kind": text,
        "unit": text,
        "candidates": pa.list_(text),
        "bound": text,
        "modifier": span,
        "counted": span,
        "of": span,
    }
    reason = {"of": text, "rule": text, "spans": spans, "note": text}
    judgement = {
        "id": text,
        "kind": text,
        "subjects": pa.list_(text),
        "author": text,
        "made": text,
        "value": text,
        "reason": text,
        "replaces": text,
        "document": text,
        "spans": spans,
    }
    nested = {"hops": hop, "times": time, "quantities": quantity, "reasons": reason, "judgements": judgement}
    types = {"text": text, "flag": flag, "number": number, "spans": spans, "texts": pa.list_(text)}
    types |= {name: pa.list_(pa.struct(list(fields.items()))) for name, fields in nested.items()}
    return pa.schema([pa.field(name, types[kind]) for name, kind in COLUMNS.items()])


def _load() -> tuple[Any, Any]:
    return load_extra("tables", "pyarrow"), load_extra("tables", "pyarrow.parquet")


def _count(records: Iterable[Record], tally: Tally) -> Iterator[Row]:
    document_id = None
    for record in records:
        if record.document_id != document_id:
            tally.add_document(record.document)
            document_id = record.document_id
        tally.add_record(record)
        row = {name: _clean(value) for name, value in describe_row(record).items()}
        yield row | {"quantities": [_widen(quantity, tally) for quantity in row["quantities"]]}


def _clean(value: Any) -> Any:
    """Return a value with every text in it as UTF-8 can hold it."""
    if isinstance(value, str):
        return make_text(value)
    if isinstance(value, dict):
        return {key: _clean(each) for key, each in value.items()}
    return [_clean(each) for each in value] if isinstance(value, list) else value


def _widen(quantity: Row, tally: Tally) -> Row:
    """Return a quantity with its figures as doubles; one that no double holds exactly is counted."""
    figures = {}
    for name in ("low", "high"):
        try:
            figures[name] = float(quantity[name])
        except OverflowError:
            figures[name] = math.inf if quantity[name] > 0 else -math.inf
        if figures[name] != quantity[name]:
            tally.change(_ROUNDED)
    return quantity | figures


def _as_written(row: Row) -> Row:
    """Return a row with whole numbers as such: a column of figures has one type, 3 and 3.0 are one value."""
    for quantity in row["quantities"]:
        for name in ("low", "high"):
            quantity[name] = int(quantity[name]) if quantity[name].is_integer() else quantity[name]
    return row
