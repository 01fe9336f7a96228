"""From a real ledger out to annotators and back: what they corrected is what the next export shows."""

import hashlib
import io
import json
import zlib
from datetime import UTC, date, datetime

import pytest

from qala.errors import LedgerError
from qala.exports.brat import read_brat, write_brat
from qala.exports.label_studio import read_label_studio, write_label_studio
from qala.exports.records_jsonl import read_records, write_records
from qala.exports.write import EXPORT_FORMATS, WRITERS, write_stream
from qala.ledger.ledger import Ledger
from qala.model import Document, Origin
from qala.pipeline import extract
from qala.reading.plain import read_text

TEXT = """\
قال الوزير كمال الراوي \U0001f600 إن "المصنع أغلق أبوابه"، فيما نفى المدير سامي حداد أن يكون العمال قد سرحوا.
وأضاف الراوي أن القرار نهائي. وقال مصدر أمني إن التحقيق مستمر.
"""
MADE = datetime(2024, 6, 1, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path):
    with Ledger.open(tmp_path / "ledger.db") as opened:
        opened.add_readings([extract(read_text(TEXT, published=date(2024, 5, 31)))])
        yield opened


def annotate(ledger):
    """Return a Label Studio export in which an act and a content were changed and the last statement taken off."""
    out = io.BytesIO()
    write_label_studio(ledger.records(), out)
    (task,) = json.loads(out.getvalue())
    result = task["predictions"][0]["result"]
    denied = next(each for each in result if each["type"] == "choices" and each["value"]["choices"] == ["deny"])
    denied["value"]["choices"] = ["decline"]
    content = next(each for each in result if each["type"] == "labels" and each["value"]["text"] == "أن القرار نهائي")
    content["value"] |= {"start": content["value"]["start"] + 3, "text": "القرار نهائي"}
    last = [each for each in result if each["type"] == "labels" and each["value"]["labels"] == ["Cue"]][-1]["id"]
    task["annotations"] = [
        {
            "completed_by": 1,
            "result": [each for each in result if last not in (each.get("id"), each.get("from_id"), each.get("to_id"))],
        }
    ]
    return io.BytesIO(json.dumps([task]).encode())


def test_corrections_reach_the_ledger_and_the_next_export(ledger):
    before = list(ledger.records())
    assert len(before) == 4
    judgements = read_label_studio(annotate(ledger), before, author="منى", made=MADE)
    assert sorted(each.kind for each in judgements) == ["accept", "act", "reject", "span"]
    assert ledger.add_judgements(judgements) == 4
    assert ledger.add_judgements(judgements) == 0  # the same file once more

    after = list(ledger.records())
    assert [record.statement.attribution.act for record in after] == ["assert", "decline", "assert"]
    assert [span.of(TEXT) for span in after[2].statement.attribution.content] == ["القرار نهائي"]
    assert ledger.unattached() == [] and ledger.verify().intact

    out = io.BytesIO()
    write_stream(ledger.records(), out, "gqg")
    assert "القرار" not in json.loads(out.getvalue())["quotes"][0]["quote"]
    out = io.BytesIO()
    report = write_stream(ledger.records(rejected=True), out, "web-annotation")
    assert report.left_out == {"rejected by a person": 1} and len(json.loads(out.getvalue())["items"]) == 3


def test_a_statement_that_an_annotator_adds_is_a_row(ledger):
    import zipfile

    out = io.BytesIO()
    write_brat(ledger.records(), out)
    with zipfile.ZipFile(out) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    name = next(name for name in files if name.endswith(".ann"))
    cue, content = TEXT.index("القرار"), TEXT.index("نهائي")
    files[name] += f"T90\tStatement {cue} {cue + 6}\tx\nT91\tContent {content} {content + 5}\tx\n"
    files[name] += "E90\tStatement:T90 Content:T91\nA90\tAct E90 warn\n"
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as archive:
        for each, text in files.items():
            archive.writestr(each, text)
    judgements = read_brat(changed, ledger.records(), author="منى", made=MADE)
    assert [each.kind for each in judgements] == ["span", "act"]
    assert ledger.add_judgements(judgements) == 2
    added = [record for record in ledger.records() if record.statement.attribution.act == "warn"]
    assert [record.id for record in added] == [judgements[0].subjects[0]]
    assert len(list(ledger.records())) == 5


def test_bytes_and_their_hashes_are_exported_where_they_are_asked_for(tmp_path):
    raw = b"\xef\xbb\xbf" + TEXT.encode()
    origin = Origin("a.txt", raw, "utf-8", media_type="text/plain", method="decoded")
    with Ledger.open(tmp_path / "raw.db") as ledger:
        ledger.add_readings([extract(Document("a", TEXT, origin=origin)), extract(Document("b", TEXT))])
        assert {record.document.origin.raw for record in ledger.records()} == {None}
        given = list(ledger.records(raw=True))
        assert {(record.document.id, record.document.origin.raw) for record in given} == {("a", raw), ("b", None)}
        written = {}
        for name, writer in WRITERS.items():
            out = io.BytesIO()
            write_stream(ledger.records(raw=writer.raw), out, name)
            written[name] = out.getvalue()
        for name, writer in WRITERS.items():  # and no other format would be another with them
            out = io.BytesIO()
            write_stream(given, out, name)
            assert writer.raw or name == "brat" or out.getvalue() == written[name]
    assert hashlib.sha1(raw).hexdigest().encode() in written["ftm"]
    assert hashlib.sha1(raw).hexdigest().encode() in written["ftm-statements"]
    assert hashlib.sha256(raw).hexdigest().encode() in written["stix"]
    documents = {record.document.id: record.document for record in read_records(io.BytesIO(written["records"]))}
    assert (documents["a"].origin.raw, documents["b"].origin.raw) == (raw, None)


def test_damaged_bytes_are_told_and_not_exported(ledger, tmp_path):
    origin = Origin("a.txt", TEXT.encode(), "utf-8")
    ledger.add_readings([extract(Document("a", TEXT, origin=origin))])
    ledger.store.change("DROP TRIGGER blobs_no_update")
    ledger.store.change("UPDATE blobs SET content = ?", (zlib.compress(b"other"),))
    assert len(list(ledger.records())) == 8
    with pytest.raises(LedgerError, match="not what its name says"):
        list(ledger.records(raw=True))


def test_records_of_a_ledger_read_back(ledger):
    ledger.add_judgements(read_label_studio(annotate(ledger), ledger.records(), author="منى", made=MADE))
    out = io.BytesIO()
    assert write_records(ledger.records(rejected=True), out).lossless
    out.seek(0)
    assert list(read_records(out)) == list(ledger.records(rejected=True))


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_every_format_takes_a_ledgers_rows(ledger, name):
    out = io.BytesIO()
    assert write_stream(ledger.records(), out, name).records == 4
    again = io.BytesIO()
    write_stream(ledger.records(), again, name)
    assert out.getvalue() == again.getvalue()
