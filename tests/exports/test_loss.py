"""Loss reports: what is counted, and that every format accounts for every concept."""

from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module

import pytest

from qala.exports.loss import CONCEPTS, Tally, measure_document, measure_record
from qala.exports.write import WRITERS
from qala.model import Document, Hop
from qala.records import Judgement


def count(record):
    return dict(measure_record(record))


def test_values_are_counted_by_concept(records):
    denial, mixed, elided, inner, cut = records[:5]
    assert count(denial) | {"repeated": 1, "heading": 1, "score": 1, "evidence": 2, "run": 1} == count(denial)
    assert count(mixed) | {"hedges": 1, "carriers": 1, "hop status": 3, "times": 1, "quantities": 1} == count(mixed)
    assert count(mixed)["said"] == count(mixed)["when"] == count(mixed)["channel"] == 1
    assert count(elided)["source"] == 0 and count(elided)["speaker"] == 1
    assert count(inner)["parent"] == 1 and count(inner)["candidates"] == 2
    assert count(cut)["truncated"] == 1 and "speaker" not in count(cut)


def test_every_concept_is_measured(records):
    judgement = Judgement("j", "accept", (records[1].id,), "منى", datetime(2024, 1, 1, tzinfo=UTC))
    measured = {*count(replace(records[1], judgements=(judgement,))), *count(records[0])}
    document = records[-1].document
    full = replace(document, origin=replace(document.origin, retrieved=datetime(2024, 1, 1, tzinfo=UTC)))
    assert measured | {*measure_document(full)} == {*CONCEPTS}


def test_an_empty_document_has_nothing_to_lose():
    assert list(measure_document(Document("a", ""))) == []


def test_only_what_a_format_does_not_hold_is_lost(records):
    tally = Tally("some", frozenset({"act", "text"}))
    tally.add_document(records[0].document)
    tally.add_record(records[0])
    lost = tally.report().lost
    assert lost["speaker"] == 1 and lost["title"] == 1
    assert "act" not in lost and "text" not in lost and "hedges" not in lost
    assert list(lost) == sorted(lost)
    assert not tally.report().lossless


def test_an_empty_export_loses_nothing():
    report = Tally("some", frozenset()).report()
    assert report.lossless and report.describe()["records"] == 0


@pytest.mark.parametrize("name", WRITERS)
def test_formats_keep_known_concepts_and_only_records_keeps_all(name):
    module = import_module(f"qala.exports.{WRITERS[name].module}")
    kept = getattr(module, "KEPT", frozenset(CONCEPTS))
    assert kept <= {*CONCEPTS}
    assert (kept == {*CONCEPTS}) == (name == "records")


def test_a_chain_of_speaker_and_page_has_no_carriers(records):
    statement = replace(
        records[0].statement, chain=(Hop("speaker", "named", "ا", None), Hop("page", "named", "ب", None))
    )
    measured = count(replace(records[0], statement=statement))
    assert measured["carriers"] == 0 and measured["hop status"] == 2
