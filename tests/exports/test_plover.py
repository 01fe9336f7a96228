"""PLOVER lines: the required fields, according to whom, and what was left out."""

import io
import json
from datetime import date

from qala.corroboration.events import find_events
from qala.exports.plover import write_plover
from qala.model import Document
from qala.pipeline import extract
from qala.records import list_records

TEXT = (
    "قال الوزير كمال الراوي إن روسيا قصفت أوكرانيا يوم السبت الماضي، وفق ما نقلته وكالة رويترز. "
    "وقالت سعاد العبدلي إن تركيا قصفت سوريا."
)


def export(text=TEXT):
    records = list(
        list_records(extract(Document("d", text, date(2018, 4, 10), "paper", "https://example.org/1", "خبر")))
    )
    out = io.BytesIO()
    events = list(find_events(records))
    report = write_plover(events, {record.id: record for record in records}, out)
    return [json.loads(line) for line in out.getvalue().splitlines()], report, events


def test_required_fields_and_codes():
    (row,), _, _ = export()
    assert {"id", "date", "actor", "recipient", "event"} <= set(row)
    assert row["date"] == "2018-04-07"
    assert row["event"] == ["ASSAULT"]
    assert row["quad_code"] == 4
    assert row["actor"] == [{"entity_text": "روسيا", "code": "RU", "identifier_text": "ru"}]
    assert row["recipient"][0]["code"] == "UA"
    assert TEXT[row["text_info"]["start"] : row["text_info"]["end"]] == "قصفت"


def test_every_line_says_according_to_whom_and_how_it_is_meant():
    (row,), _, _ = export()
    assert "according to: كمال الراوي" in row["comment"]
    assert "modality: asserted" in row["comment"]
    assert "carried by: وكالة رويترز" in row["comment"]


def test_undated_events_are_left_out_and_counted():
    rows, report, events = export()
    assert len(events) == 2
    assert len(rows) == 1
    assert report.left_out == {"no date of the event": 1}
    assert report.lost["speaker"] == 1
    assert (report.documents, report.records) == (1, 2)


def test_the_same_records_give_the_same_bytes_and_other_ids():
    assert export()[0] == export()[0]
    assert export("لا شيء هنا.")[0] == []
