"""JSON Lines: the gold's keys first, in the gold's form, then Qala's own."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime

from qala.exports.jsonl import describe_reading, describe_statement, render_jsonl, render_line
from qala.model import Document, Evidence, Layout, PublicationConstraint, Reading, Span

GOLD_KEYS = [
    "id",
    "source",
    "speaker",
    "cue",
    "content",
    "type",
    "act",
    "hedged",
    "channel",
    "channel_kind",
    "when",
    "when_date",
    "parent",
]


def test_one_article_is_one_line(reading):
    lines = render_jsonl([reading, reading]).decode("utf-8").splitlines()
    assert len(lines) == 2
    record = json.loads(lines[0])
    assert record["id"] == "demo-1"
    assert len(record["statements"]) == 5


def test_the_gold_keys_come_first_and_in_order(reading):
    for statement in reading.statements:
        assert list(describe_statement(statement))[: len(GOLD_KEYS)] == GOLD_KEYS


def test_values_are_in_the_gold_form(reading):
    record = json.loads(render_line(reading))
    text = reading.document.text
    first, second, third, fourth, fifth = record["statements"]
    assert second == second | {
        "id": "s2",
        "speaker": "إيلينا كاسترو",
        "type": "mixed",
        "act": "assert",
        "hedged": True,
        "channel_kind": "agency",
        "when_date": "2024-10-14",
        "parent": None,
    }
    (start, end) = second["source"]
    assert text[start:end] == "وزيرة النقل إيلينا كاسترو"
    assert [text[start:end] for start, end in second["cue"]] == ["قالت"]
    assert [text[start:end] for start, end in first["content"]] == ["شراء السفن"]
    assert third["source"] is None and third["speaker"] == "إيلينا كاسترو"
    assert fourth["parent"] == "s3"
    assert fifth["speaker"] is None and fifth["speaker_details"] is None and fifth["truncated"] is True


def test_further_fields_say_why_and_through_whom(reading):
    first, second, *_ = describe_reading(reading)["statements"]
    assert first["evidence"][0] == {
        "rule": "cue:nafa",
        "spans": [list(reading.statements[0].attribution.cue[0])],
        "note": "",
    }
    assert first["evidence"][1]["note"] == "a note"
    assert first["speaker_details"]["entity"] == "pe"
    assert [hop["kind"] for hop in second["chain"]] == ["speaker", "agency", "page"]
    assert second["chain"][2] == {
        "kind": "page",
        "status": "not recorded",
        "name": None,
        "span": None,
        "entity": None,
    }
    assert describe_reading(reading)["debris"][0]["kind"] == "shortcode"
    assert describe_reading(reading)["headings"][1]["question"] is True


def test_the_text_is_named_by_its_hash_and_left_out(reading):
    record = describe_reading(reading)
    assert "text" not in record
    assert record["text_sha256"] == hashlib.sha256(reading.document.text.encode()).hexdigest()
    assert record["length"] == len(reading.document.text)
    assert describe_reading(reading, with_text=True)["text"] == reading.document.text


def test_day_and_moment_of_publication(reading):
    assert describe_reading(reading)["published"] == "2024-10-15"
    moment = replace(reading.document, published=datetime(2024, 10, 15, 9, 30, tzinfo=UTC))
    assert describe_reading(replace(reading, document=moment))["published"] == "2024-10-15T09:30:00+00:00"


def test_half_a_surrogate_pair_does_not_end_the_run():
    reading = Reading(Document("x", "قال \ud800"), Layout((), (), (), (), ()), ())
    line = render_line(reading, with_text=True)
    assert json.loads(line)["text"] == "قال \ud800"
    assert line.endswith(b"\n") and line.isascii()


def test_the_same_reading_gives_the_same_bytes(reading):
    assert render_line(reading) == render_line(reading)


def test_event_times_quantities_and_offices_are_written(reading):
    _, second, *_ = describe_reading(reading)["statements"]
    (time,), (quantity,) = second["times"], second["quantities"]
    text = reading.document.text
    assert text[slice(*time.pop("span"))] == "تؤجل"
    assert time == {"date": "2024-10-20", "granularity": "day", "planned": True, "clock": None}
    assert (quantity["low"], quantity["high"], quantity["unit"], quantity["bound"]) == (3, 5, "USD", "about")
    assert quantity["modifier"] is None and quantity["candidates"] == []
    assert second["speaker_details"]["office"] == "pe:transport-minister"
    assert second["speaker_details"]["country"] == "pe"


def test_what_a_page_tells_of_its_day_is_written_only_where_it_is_not_given(reading):
    assert describe_reading(reading)["publication"] is None
    known = PublicationConstraint(
        weekdays=frozenset((1,)),
        month_days=frozenset(((9, 5),)),
        earliest=date(2023, 1, 1),
        evidence=(Evidence("published:counted-day", (Span(0, 4),), "Tuesday"),),
    )
    told = describe_reading(replace(reading, publication=known))["publication"]
    assert told["weekdays"] == [2] and told["month_days"] == ["--09-05"] and told["earliest"] == "2023-01-01"
    assert told["day"] is None and told["days"] == [] and told["conflicting"] is False
    assert told["evidence"] == [{"rule": "published:counted-day", "spans": [[0, 4]], "note": "Tuesday"}]
