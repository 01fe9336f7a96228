"""Records as rows of a table."""

from dataclasses import replace
from datetime import UTC, datetime

from qala.exports.rows import COLUMNS, describe_row
from qala.records import Judgement


def test_every_row_has_the_columns_in_their_order(records):
    assert {tuple(describe_row(record)) for record in records} == {tuple(COLUMNS)}


def test_cells_hold_what_their_column_says(records):
    types = {"text": (str, type(None)), "flag": bool, "number": float}
    for record in records:
        for name, cell in describe_row(record).items():
            assert isinstance(cell, types.get(COLUMNS[name], list)), name


def test_words_stand_beside_offsets(records):
    row = describe_row(records[1])
    text = records[1].document.text
    assert [text[start:end] for start, end in row["content_spans"]] == [row["content"]]
    assert (row["speaker"], row["speaker_title"]) == ("إيلينا كاسترو", "وزيرة النقل")
    assert (row["said"], row["when"], row["channel_kind"]) == ("2024-10-14", "أمس الاثنين", "agency")
    assert row["hedges"] == ["ربما"] and row["run"] == "run-1" and row["statement"] == "s2"
    assert describe_row(records[3])["parent_id"] == records[2].id
    assert describe_row(records[4])["speaker"] is None


def test_an_interrupted_content_shows_the_gap(records):
    found = records[0].statement.attribution
    changed = replace(found, content=(found.cue[0], found.content[0]))
    row = describe_row(replace(records[0], statement=replace(records[0].statement, attribution=changed)))
    assert row["content"] == "نفت \u2026 شراء السفن"


def test_reasons_say_what_they_are_for(records):
    reasons = describe_row(records[1])["evidence"]
    assert [reason["of"] for reason in reasons] == ["speaker"]
    assert [reason["of"] for reason in describe_row(records[0])["evidence"]] == ["statement", "statement"]


def test_the_verdict_is_the_last_one(records):
    made = datetime(2024, 1, 1, tzinfo=UTC)
    kinds = ("reject", "act", "accept")
    judgements = tuple(Judgement(kind, kind, (records[0].id,), "منى", made) for kind in kinds)
    assert describe_row(replace(records[0], judgements=judgements))["verdict"] == "accept"
    assert describe_row(replace(records[0], judgements=judgements[:2]))["verdict"] == "reject"
    assert describe_row(records[0])["verdict"] is None
