"""Parquet: a schema that does not depend on the data, and rows that read back."""

import io
import json
import sys
from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from qala.errors import QalaError, ReadError
from qala.exports.parquet import make_schema, read_parquet, write_parquet
from qala.exports.rows import COLUMNS, describe_row


def write(records):
    out = io.BytesIO()
    report = write_parquet(records, out)
    return out.getvalue(), report


def test_rows_read_back_as_they_were(records):
    raw, report = write(records)
    assert list(read_parquet(io.BytesIO(raw))) == [describe_row(record) for record in records]
    assert report.records == len(records) and "act" not in report.lost and report.lost["text"] == 2


def test_the_same_records_give_the_same_bytes(records):
    assert write(records)[0] == write(records)[0]


def test_the_schema_is_the_same_with_and_without_rows(records):
    full, empty = (pq.ParquetFile(io.BytesIO(write(some)[0])) for some in (records, []))
    assert full.schema_arrow.equals(empty.schema_arrow)
    assert full.schema_arrow.names == make_schema().names == list(COLUMNS)
    assert list(read_parquet(io.BytesIO(write([])[0]))) == []


def test_it_opens_as_a_table_with_types(records):
    table = pq.read_table(io.BytesIO(write(records)[0]))
    assert table.column("act").to_pylist()[:2] == ["deny", "assert"]
    assert table.column("cue_spans").to_pylist()[0] == [list(records[0].statement.attribution.cue[0])]
    assert str(table.schema.field("truncated").type) == "bool"
    assert table.column("quantities").to_pylist()[1][0]["unit"] == "USD"


FIGURES = {"3": True, "2.5": True, str(2**60): True, str(2**60 + 1): False, "1" + "0" * 400: False}


@pytest.mark.parametrize(("written", "exact"), FIGURES.items(), ids=lambda value: str(value)[:20])
def test_figures_that_no_double_holds_are_counted(records, written, exact):
    figure = json.loads(written)
    quantity = records[1].statement.quantities[0]._replace(low=figure, high=figure)
    record = replace(records[1], statement=replace(records[1].statement, quantities=(quantity,)))
    raw, report = write([record])
    assert bool(report.changed) != exact
    (row,) = read_parquet(io.BytesIO(raw))
    assert (row["quantities"][0]["low"] == figure) == exact


def test_half_a_surrogate_pair_is_replaced_wherever_it_stands(records):
    changed = replace(records[3].statement.speaker, candidates=("ا\ud800",))
    record = replace(records[3], statement=replace(records[3].statement, speaker=changed))
    (row,) = read_parquet(io.BytesIO(write([record])[0]))
    assert row["speaker_candidates"] == ["ا\ufffd"]


def test_what_is_no_export_is_refused(records):
    with pytest.raises(ReadError, match="not a Parquet file"):
        list(read_parquet(io.BytesIO(b"PAR1 and nothing else")))
    import pyarrow as pa

    other = io.BytesIO()
    pq.write_table(pa.table({"a": [1]}), other)
    with pytest.raises(ReadError, match="columns"):
        list(read_parquet(other))


def test_a_missing_package_is_named(records, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(QalaError, match=r"pip install 'qala\[tables\]'"):
        write_parquet(records, io.BytesIO())
