"""The ledger over both back ends: adding once, looking, judging, proving."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from qala.errors import LedgerError
from qala.ledger.codec import encode_statement
from qala.ledger.ledger import Ledger
from qala.ledger.log import parse_head
from qala.ledger.merkle import check_inclusion, hash_leaf
from qala.ledger.rows import prepare_document, prepare_reading
from qala.ledger.runs import Run, describe_run
from qala.ledger.writer import Added, Cursor
from qala.model import Document, Origin, Reading, RefusedInput
from qala.pipeline import extract
from qala.reading.plain import read_bytes
from qala.records import identify_document, list_records

TEXTS = [
    "قال الوزير كمال الراوي إن المصنع أغلق أبوابه، فيما نفى المدير أن يكون العمال قد سرحوا.",
    "نفت سلمى الخالدي، المتحدثة باسم الشركة، أن تكون الشركة قد باعت أسهمها. وأضافت أن السوق هادئة.",
    "أعلن رئيس البلدية أن الجسر سيفتح غدا. وبحسب وكالة رويترز، قال مهندس إن العمل اكتمل.",
]
OLD, NEW = Run("0.1.0", "a", "b"), Run("0.2.0", "a", "b")


def read(number: int, **more: Any) -> Reading:
    document = read_bytes(TEXTS[number].encode(), path=f"/news/{number}.txt", published=date(2024, 3, 5 + number))
    assert isinstance(document, Document)
    return extract(replace(document, **more))


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return [read(number) for number in range(len(TEXTS))]


def export(ledger: Ledger) -> bytes:
    """A sorted export of everything that a reader sees."""
    rows = [
        [
            record.id,
            record.document_id,
            record.parent,
            record.run,
            encode_statement(record.statement),
            record.document.id,
        ]
        for record in ledger.records()
    ]
    return json.dumps(rows, ensure_ascii=False).encode()


def test_what_was_added_comes_back(ledger: Ledger, readings: list[Reading]) -> None:
    added = ledger.add_readings([*readings, RefusedInput("/x.pdf", "not read", "unknown_suffix")])
    statements = sum(len(reading.statements) for reading in readings)
    assert added == Added(documents=3, readings=3, statements=statements, captures=3, refusals=1)
    expected = [record for reading in readings for record in list_records(reading, run=describe_run().id)]
    expected.sort(key=lambda record: (record.document_id, record.statement.attribution.cue[0].start, record.id))
    found = list(ledger.records())
    assert [replace(record, document=None) for record in found] == [
        replace(record, document=None) for record in expected
    ]  # type: ignore[arg-type]
    assert [record.document.text for record in found] == [record.document.text for record in expected]
    assert list(ledger.refusals()) == [RefusedInput("/x.pdf", "not read", "unknown_suffix")]
    stats = ledger.stats()
    assert (stats.documents, stats.statements, stats.refusals, stats.runs) == (3, statements, 1, 1)
    assert sum(stats.acts.values()) == statements
    assert stats.raw_bytes == sum(len(text.encode()) for text in TEXTS)
    assert stats.size > 0


def test_a_document_comes_back_with_its_bytes_and_the_way_to_them(ledger: Ledger, readings: list[Reading]) -> None:
    ledger.add_readings(readings)
    given = readings[0].document
    found = ledger.document(identify_document(given)[:12])
    assert found == given
    assert found.origin.raw == TEXTS[0].encode()
    cue = readings[0].statements[0].attribution.cue[0]
    assert found.origin.bytes_of(cue).decode() == cue.of(found.text)
    assert ledger.document(given.id) == given
    with pytest.raises(LedgerError, match="no document"):
        ledger.document("0000")


def test_every_field_of_an_origin_is_kept(ledger: Ledger) -> None:
    origin = Origin(
        path="/a.warc.gz:12",
        raw=b"<html>",
        encoding="utf-8",
        flags=("encoding_errors",),
        media_type="text/html",
        method="trafilatura 2.1",
        container="/a.warc.gz",
        offset=12_345_678_901,
        digest="sha1:ABC",
        retrieved=datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC),
        author="كاتب",
    )
    given = Document(
        "a", "قال الوزير إن المصنع أغلق أبوابه.", datetime(2024, 1, 1, 8, tzinfo=UTC), "o", "u", "t", origin
    )
    ledger.add_readings([extract(given)])
    assert ledger.document("a") == given
    assert next(ledger.documents())[1] == replace(given, origin=replace(origin, raw=None))


def test_the_null_character_survives(ledger: Ledger) -> None:
    given = Document("a", "قال الوزير\x00 إن المصنع أغلق\x00 أبوابه. \u2400")
    ledger.add_readings([extract(given)])
    assert ledger.document("a").text == given.text
    assert ledger.verify().intact


def test_adding_twice_adds_once(ledger: Ledger, readings: list[Reading]) -> None:
    refusal = RefusedInput("/x.pdf", "not read", "unknown_suffix")
    ledger.add_readings([*readings, refusal])
    head = ledger.head()
    assert ledger.add_readings([*readings, refusal, readings[0]]) == Added()
    assert ledger.head() == head


def test_the_same_document_at_another_place_is_one_document_with_two_captures(ledger: Ledger) -> None:
    one, two = read(0), read(0, origin=Origin(path="/archive/0.txt"))
    ledger.add_readings([one])
    assert ledger.add_readings([two]) == Added(captures=1)
    assert len(list(ledger.documents())) == 1
    assert ledger.document(one.document.id).origin.path == "/archive/0.txt"  # the first by name, whatever came first


def test_a_place_can_be_added_without_reading_again(ledger: Ledger, readings: list[Reading]) -> None:
    ledger.add_readings(readings)
    again = prepare_document(replace(readings[0].document, origin=Origin(path="/b")))
    assert ledger.append(seen=[again]) == Added(captures=1)
    assert ledger.find_read([again.id, "f" * 32], describe_run()) == {again.id}
    assert ledger.find_read([again.id], NEW) == set()


def test_order_and_batches_do_not_matter(ledger: Ledger, readings: list[Reading], tmp_path: Any) -> None:
    ledger.add_readings(readings)
    mixed = list(readings)
    random.Random(5).shuffle(mixed)
    with Ledger.open(tmp_path / "other.db") as other:
        for reading in reversed(mixed):
            other.add_readings([reading])
        assert export(other) == export(ledger)
        assert other.set_root() == ledger.set_root()
        assert other.root() != ledger.root()


def test_a_newer_run_stands_beside_the_older_and_is_current(ledger: Ledger, readings: list[Reading]) -> None:
    shorter = [replace(reading, statements=reading.statements[:1]) for reading in readings]
    ledger.append([prepare_reading(reading) for reading in shorter], run=NEW)
    ledger.append([prepare_reading(reading) for reading in readings], run=OLD)  # added later, and older all the same
    assert {record.run for record in ledger.records()} == {NEW.id}
    assert [run.version for run in ledger.runs()] == ["0.1.0", "0.2.0"]
    document = identify_document(readings[0].document)
    history = list(ledger.history(document))
    assert [record.run for record in history].count(OLD.id) == len(readings[0].statements)
    assert history[-1].run == NEW.id
    assert ledger.record(history[1].id).run == OLD.id  # only the older run read this one
    assert ledger.stats().statements == 3
    assert ledger.stats().all_statements == 3 + sum(len(reading.statements) for reading in readings)


def test_order_is_by_sequence_when_the_clock_jumps_back(ledger_place: str, readings: list[Reading]) -> None:
    moment = [datetime(2024, 1, 1, 12, tzinfo=UTC)]
    with Ledger.open(ledger_place, clock=lambda: moment[0]) as ledger:
        ledger.append([prepare_reading(readings[0])], run=Run("0.1.0", "one", "m"))
        record = next(ledger.records())
        first = ledger.judge("act", record.id, author="a", value="deny")
        moment[0] -= timedelta(hours=1)
        later = Run("0.1.0", "two", "m")
        ledger.append([prepare_reading(readings[0])], run=later)
        second = ledger.judge("act", record.id, author="b", value="warn")
        assert second.made < first.made
        found = next(ledger.records())
        assert (found.run, found.statement.attribution.act) == (later.id, "warn")
        assert [run.lexicon for run in ledger.runs()] == ["one", "two"]
        assert ledger.runs()[1].started < ledger.runs()[0].started  # type: ignore[operator]
        assert ledger.verify().intact


def test_a_loop_over_the_records_may_judge_them(ledger: Ledger, readings: list[Reading]) -> None:
    ledger.add_readings(readings)
    for record in ledger.records():
        ledger.judge("accept", record.id, author="a")
    assert len(ledger.judgements()) == len(list(ledger.records()))
    assert all(record.judgements for record in ledger.records())
    with ledger.snapshot(), pytest.raises(LedgerError, match="a snapshot is held"):
        ledger.append()


def test_a_record_is_found_by_the_beginning_of_its_id(ledger: Ledger, readings: list[Reading]) -> None:
    ledger.add_readings(readings)
    records = list(ledger.records())
    assert ledger.record(records[1].id[:10]) == ledger.record(records[1].id)
    for unknown in ("", "zz", "f" * 40):
        with pytest.raises(LedgerError, match=r"no statement|several"):
            ledger.record(unknown)
    firsts = {record.id[0] for record in records}
    double = next((letter for letter in firsts if sum(each.id[0] == letter for each in records) > 1), None)
    if double:
        with pytest.raises(LedgerError, match="several"):
            ledger.record(double)


def test_a_cursor_says_how_far_a_file_is_read(ledger: Ledger, readings: list[Reading]) -> None:
    run = describe_run()
    assert ledger.cursor("/a", run) is None
    ledger.append([prepare_reading(readings[0])], cursors=[Cursor("/a", 10, 20, 1, False)])
    assert ledger.cursor("/a", run) == Cursor("/a", 10, 20, 1, False)
    ledger.append(cursors=[Cursor("/a", 10, 20, 7, True, 99), Cursor("/b", 1, 2, 3, True)])
    assert ledger.cursor("/a", run) == Cursor("/a", 10, 20, 7, True, 99)
    assert ledger.cursor("/a", NEW) is None


def test_a_batch_is_there_whole_or_not_at_all(ledger: Ledger, readings: list[Reading]) -> None:
    ledger.add_readings(readings[:1])
    before, head = export(ledger), ledger.head()
    good = prepare_reading(readings[1])
    bad = prepare_reading(readings[2])
    bad = bad._replace(statements=tuple(each._replace(row=(*each.row[:-1], None)) for each in bad.statements))
    with pytest.raises(LedgerError):
        ledger.append([good, bad], cursors=[Cursor("/a", 1, 1, 2, True)])
    assert (export(ledger), ledger.head()) == (before, head)
    assert ledger.cursor("/a", describe_run()) is None
    assert ledger.append([good]).readings == 1


@pytest.mark.parametrize("table", ["documents", "statements", "log", "judgements", "blobs", "carriers", "refusals"])
@pytest.mark.parametrize("act", ["DELETE FROM {}", "UPDATE {} SET {} = {}"])
def test_rows_are_guarded_against_slips(ledger: Ledger, readings: list[Reading], table: str, act: str) -> None:
    ledger.add_readings([*readings, RefusedInput("/x", "y", "z")])
    ledger.judge("accept", next(ledger.records()).id, author="a")
    column = {"blobs": "size", "carriers": "position"}.get(table, "number")
    with pytest.raises(LedgerError, match="append-only"), ledger.store.writing():
        ledger.store.change(act.format(table, column, column))


def test_entries_can_be_proved_without_the_ledger(ledger: Ledger, readings: list[Reading]) -> None:
    ledger.add_readings(readings)
    root = bytes.fromhex(ledger.root())
    record = next(ledger.records())
    proofs = ledger.prove(record.document_id)
    assert {json.loads(entry)["kind"] for entry, _ in proofs} == {"document", "reading"}
    for entry, proof in proofs:
        assert check_inclusion(proof, hash_leaf(entry.encode()), root)
        assert not check_inclusion(proof, hash_leaf(entry.encode() + b" "), root)
        assert proof.size == parse_head(ledger.head()).entries


def test_an_empty_ledger_answers(ledger: Ledger) -> None:
    assert list(ledger.records()) == list(ledger.documents()) == list(ledger.refusals()) == ledger.speakers() == []
    assert ledger.stats().statements == 0
    assert ledger.verify(ledger.head()).intact
    assert ledger.append() == Added(0, 0, 0, 0, 0)


def test_speakers_are_counted_by_actor_and_by_name(ledger: Ledger, make_reading: Callable[..., Reading]) -> None:
    ledger.add_readings(
        [
            make_reading(
                {"source": "كمال الراوي", "content": "أ"},
                {"source": "كمال الراوي", "content": "ب"},
                {"source": "الراوي", "content": "ج", "entity": "x.rawi"},
                {"source": "كمال", "content": "د", "entity": "x.rawi"},
                {"source": "الراوي", "content": "هـ", "entity": "x.rawi"},
                {"content": "و"},
            )
        ]
    )
    assert [(row.name, row.entity, row.statements) for row in ledger.speakers()] == [
        ("الراوي", "x.rawi", 3),
        ("كمال الراوي", None, 2),
    ]
    ledger.judge("merge", "كمال الراوي", "x.rawi", author="a", value="x.rawi")
    assert [(row.name, row.entity, row.statements) for row in ledger.speakers()] == [("الراوي", "x.rawi", 5)]
    rejected = next(record for record in ledger.records() if record.statement.speaker)
    ledger.judge("reject", rejected.id, author="a")
    assert [row.statements for row in ledger.speakers()] == [4]
