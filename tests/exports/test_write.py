"""Files of every format: whole or not at all, with their loss report, the same bytes for the same records."""

import hashlib
import io
import json
import os
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qala.errors import QalaError
from qala.exports.records_jsonl import read_records
from qala.exports.write import EXPORT_FORMATS, WRITERS, write_export, write_stream
from qala.records import Judgement

NEVER = ("ClaimReview", "verified", "confirmed", "probability")


def test_every_format_has_a_writer_and_a_suffix_of_its_own():
    assert tuple(WRITERS) == EXPORT_FORMATS
    assert len({writer.suffix for writer in WRITERS.values()}) == len(WRITERS)


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_a_file_and_its_report(records, tmp_path, name):
    path = tmp_path / f"out{WRITERS[name].suffix}"
    report = write_export(records, path, name)
    assert json.loads((tmp_path / f"{path.name}.loss.json").read_text()) == report.describe()
    assert (report.format, report.documents, report.records) == (name, 2, len(records))
    assert sorted(each.name for each in tmp_path.iterdir()) == [path.name, f"{path.name}.loss.json"]
    out = io.BytesIO()
    assert write_stream(iter(records), out, name) == report
    assert out.getvalue() == path.read_bytes()


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_what_was_rejected_is_left_out_and_counted(records, tmp_path, name):
    """One of the first page's statements, and all of the second's."""
    first = records[0].document_id
    gone = {records[0].id, *(record.id for record in records if record.document_id != first)}
    judged = [_reject(record) if record.id in gone else record for record in records]
    report = write_export(judged, tmp_path / "out", name, rejected=False)
    assert (report.documents, report.records) == (2, len(records))
    assert report.left_out["rejected by a person"] == len(gone)
    assert json.loads((tmp_path / "out.loss.json").read_text()) == report.describe()
    again = write_export(judged, tmp_path / "out", name)
    assert ("rejected by a person" in again.left_out) != WRITERS[name].verdicts


def test_rejected_rows_are_written_with_their_verdict_where_they_are_wanted(records):
    judged = [_reject(record) for record in records]
    for rejected in (True, False):
        out = io.BytesIO()
        write_stream(judged, out, "records", rejected=rejected)
        assert len(list(read_records(io.BytesIO(out.getvalue())))) == (len(records) if rejected else 0)


def _reject(record):
    made = datetime(2024, 6, 1, tzinfo=UTC)
    judgement = Judgement("0" * 32, "reject", (record.id,), "m", made, document=record.document_id)
    return replace(record, judgements=(judgement,))


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_an_empty_ledger_gives_a_valid_empty_file(tmp_path, name):
    report = write_export([], tmp_path / "none", name)
    assert report.lossless and report.records == 0


@pytest.mark.parametrize("name", sorted(set(EXPORT_FORMATS) - {"brat", "parquet"}))
def test_no_export_judges(records, name):
    out = io.BytesIO()
    write_stream(records, out, name)
    assert not [word for word in NEVER if word.encode() in out.getvalue()]


def test_bytes_do_not_depend_on_the_process(records, tmp_path):
    """The order of sets changes with the hash seed of a process; no export may show it."""
    write_export(records, tmp_path / "records", "records")
    code = (
        "import hashlib, io, sys\n"
        "from qala.exports.records_jsonl import read_records\n"
        "from qala.exports.write import EXPORT_FORMATS, write_stream\n"
        "records = list(read_records(open(sys.argv[1], 'rb')))\n"
        "for name in EXPORT_FORMATS:\n"
        "    out = io.BytesIO()\n"
        "    write_stream(records, out, name)\n"
        "    print(name, hashlib.sha256(out.getvalue()).hexdigest())\n"
    )
    env = {**os.environ, "PYTHONHASHSEED": "1"}
    command = [sys.executable, "-c", code, str(tmp_path / "records")]
    ran = subprocess.run(command, capture_output=True, text=True, env=env, check=True)
    here = []
    for name in EXPORT_FORMATS:
        out = io.BytesIO()
        write_stream(records, out, name)
        here.append(f"{name} {hashlib.sha256(out.getvalue()).hexdigest()}")
    assert ran.stdout.splitlines() == here


hostile = st.text(
    st.characters() | st.sampled_from(["\ud800", "\u202e", "\x00", "\n", "\t", '"', "<", "\U0001f600", "=", "\u064b"]),
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(hostile, hostile, hostile)
def test_no_text_stops_an_export(records, name, url, text):
    """Whatever a page holds, every format is written, and what is JSON can be read."""
    record = records[1]
    document = replace(
        record.document, text=record.document.text + text, title=name, outlet=name, url=f"https://x.example/{url}"
    )
    statement = replace(record.statement, speaker=replace(record.statement.speaker, name=name))
    changed = [replace(record, document=document, statement=statement)]
    for format in EXPORT_FORMATS:
        out = io.BytesIO()
        assert write_stream(changed, out, format).records == 1
        if WRITERS[format].suffix.endswith("jsonld") or format in ("stix", "label-studio"):
            json.loads(out.getvalue())
        elif format in ("records", "ftm", "gqg", "passim"):
            assert all(json.loads(line) for line in out.getvalue().split(b"\n") if line)


def test_a_failed_export_leaves_the_old_file_and_nothing_else(records, tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("old")

    def fail():
        yield records[0]
        raise RuntimeError("the ledger went away")

    with pytest.raises(RuntimeError):
        write_export(fail(), path, "csv")
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]


def test_files_are_readable_as_others_are(records, tmp_path):
    path = tmp_path / "out.csv"
    write_export(records, path, "csv")
    (tmp_path / "plain").write_text("")
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE((tmp_path / "plain").stat().st_mode)


def test_csv_alone_has_a_lossless_switch(records, tmp_path):
    write_export(records, tmp_path / "out.csv", "csv", lossless=True)
    assert b"apostrophe" not in (tmp_path / "out.csv").read_bytes()
    with pytest.raises(QalaError, match="only csv has a lossless switch"):
        write_stream(records, io.BytesIO(), "gqg", lossless=True)


def test_unknown_formats_and_places_are_named(records, tmp_path):
    with pytest.raises(QalaError, match="no such format: 'xlsx'; there are records, csv"):
        write_export(records, tmp_path / "x", "xlsx")
    with pytest.raises(QalaError, match="cannot be written"):
        write_export(records, tmp_path / "nowhere" / "x.csv", "csv")
