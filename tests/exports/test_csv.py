"""CSV: safe in a spreadsheet, and back without a loss in both forms."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qala.errors import ReadError
from qala.exports.csv import MARKED, is_active, read_csv, write_csv
from qala.exports.rows import COLUMNS, describe_row
from qala.model import Speaker

ATTACKS = [
    '=HYPERLINK("http://x.example","y")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20a",
    "\uff1b=1",
    ";=1",
    "|calc",
    " =1",
    "\u200f=1",
    "\ufeff=1",
    "\x00=1",
]


def write(records, **options):
    out = io.BytesIO()
    report = write_csv(records, out, **options)
    return out.getvalue(), report


def named(records, name):
    """Return the first record with another title and speaker's name."""
    record = records[0]
    speaker = Speaker(name, record.statement.speaker.span)
    changed = replace(record, document=replace(record.document, title=name, outlet=None))
    return [replace(changed, statement=replace(record.statement, speaker=speaker))]


def cells_of(raw):
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("lossless", [False, True])
def test_rows_read_back_as_they_were(records, lossless):
    raw, report = write(records, lossless=lossless)
    assert list(read_csv(io.BytesIO(raw))) == [describe_row(record) for record in records]
    assert raw == write(records, lossless=lossless)[0]
    assert ("text" in report.lost) and "act" not in report.lost


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_starts_a_formula(records, attack):
    raw, report = write(named(records, attack))
    (row,) = cells_of(raw)
    assert row["speaker"] == "'" + attack and row["title"] == "'" + attack
    assert {"speaker", "title"} <= set(row[MARKED].split())
    assert sum(report.changed.values()) == len(row[MARKED].split())
    assert not any(is_active(cell) for cell in row.values())
    (back,) = read_csv(io.BytesIO(raw))
    assert back["speaker"] == attack


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_lossless_form_changes_nothing(records, attack):
    raw, report = write(named(records, attack), lossless=True)
    (row,) = cells_of(raw)
    assert row["speaker"] == attack and MARKED not in row and not report.changed


def test_ordinary_words_are_left_alone():
    for cell in ("قال", '"اقتباس"', "«=»", "'a", "", "12", "[[1,2]]", "(-)"):
        assert not is_active(cell), cell


def test_every_cell_is_quoted_and_lines_end_in_cr_lf(records):
    raw, _ = write(records)
    assert raw.startswith(b'\xef\xbb\xbf"record_id","document_id"')
    assert raw.endswith(b'"\r\n')
    assert write(records, lossless=True)[0].startswith(b'"record_id"')
    assert write(records, bom=False)[0].startswith(b'"record_id"')
    assert next(csv.reader(io.StringIO(raw.decode("utf-8-sig")))) == [*COLUMNS, MARKED]


@settings(max_examples=80, deadline=None)
@given(name=st.text(st.characters(exclude_categories=("Cs",)), min_size=1), lossless=st.booleans())
def test_any_name_survives(records, name, lossless):
    raw, _ = write(named(records, name), lossless=lossless)
    (row,) = read_csv(io.BytesIO(raw))
    assert row["speaker"] == name


def test_long_cells_are_read(records):
    long = "ا" * 200_000
    (row,) = read_csv(io.BytesIO(write(named(records, long))[0]))
    assert row["title"] == long


def test_figures_of_any_size_are_read(records):
    quantity = records[1].statement.quantities[0]._replace(low=10**30, high=2.5)
    record = replace(records[1], statement=replace(records[1].statement, quantities=(quantity,)))
    (row,) = read_csv(io.BytesIO(write([record])[0]))
    assert (row["quantities"][0]["low"], row["quantities"][0]["high"]) == (10**30, 2.5)


def test_the_callers_file_stays_open(records):
    file = io.BytesIO(write(records)[0])
    list(read_csv(file))
    assert not file.closed


@pytest.mark.parametrize(
    "raw",
    [b"a,b\r\n1,2\r\n", b"", b'"record_id"\r\n'],
)
def test_another_table_is_refused(raw):
    with pytest.raises(ReadError, match="line 1"):
        list(read_csv(io.BytesIO(raw)))


def test_a_spoiled_row_is_named(records):
    raw = write(records, lossless=True)[0]
    with pytest.raises(ReadError, match="not a row of records"):
        list(read_csv(io.BytesIO(raw + b'"only","three","cells"\r\n')))
    with pytest.raises(ReadError, match="not a row of records"):
        list(read_csv(io.BytesIO(raw + b'"never closed')))


def test_half_a_surrogate_pair_is_replaced_and_counted(records):
    raw, report = write(named(records, "ا\ud800"), lossless=True)
    assert "ا\ufffd".encode() in raw
    assert any("U+FFFD" in what for what in report.changed)
