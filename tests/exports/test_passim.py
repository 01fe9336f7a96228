"""Pages for passim."""

import io
import json
from dataclasses import replace

from qala.exports.passim import write_passim


def write(records):
    out = io.BytesIO()
    report = write_passim(records, out)
    return [json.loads(line) for line in out.getvalue().splitlines()], report


def test_a_page_is_a_line_with_its_whole_text(records):
    lines, report = write(records)
    assert [line["id"] for line in lines] == [records[0].document_id, records[-1].document_id]
    assert [line["text"] for line in lines] == [records[0].document.text, records[-1].document.text]
    assert [line["series"] for line in lines] == ["demo.example", "صحيفة المثال"]
    assert lines[1]["date"] == "2024-10-15"
    assert "text" not in report.lost and report.lost["act"] == len(records)


def test_pages_of_unknown_outlets_are_compared_with_all(records):
    unknown = [replace(record, document=replace(record.document, outlet=None, published=None)) for record in records]
    lines, _ = write(unknown)
    assert len({line["series"] for line in lines}) == 2
    assert not any("date" in line for line in lines)
