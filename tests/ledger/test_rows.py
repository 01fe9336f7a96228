"""Readings to rows: what a column shows, what is exact, and hashes that are the same in every ledger."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from qala.errors import ReadError
from qala.ledger.ledger import Ledger
from qala.ledger.rows import prepare_document, prepare_reading, show_moment
from qala.ledger.schema import TABLE
from qala.model import Document, Origin, Quantity, Reading, Span
from qala.pipeline import extract
from qala.reading.plain import read_text

TEXT = "قال الوزير كمال الراوي لوكالة فرانس برس أمس إن المصنع أغلق أبوابه، فيما نفى المدير أن يكون العمال قد سرحوا."


def test_rows_have_the_columns_of_the_schema() -> None:
    reading = prepare_reading(extract(read_text(TEXT, published=date(2024, 3, 5), outlet="example")))
    statement = reading.statements[0]
    assert len(reading.document.row) == len(TABLE["documents"].columns) - 1
    assert len(reading.document.capture) == len(TABLE["captures"].columns) - 3
    assert len(statement.row) == len(TABLE["statements"].columns) - 6
    shown = dict(zip(TABLE["statements"].names[6:], statement.row, strict=True))
    assert str(shown["speaker"]).endswith("كمال الراوي")
    assert str(shown["content"]).endswith("المصنع أغلق أبوابه")
    assert shown["outlet"] == "example"
    assert (shown["when_date"], shown["said_from"], shown["said_to"]) == ("2024-03-04", "2024-03-04", "2024-03-04")
    assert shown["published"] == "2024-03-05"
    assert TEXT[shown["cue_start"] :].startswith("قال")  # type: ignore[misc]
    assert TEXT[shown["content_start"] : shown["content_end"]] == shown["content"]  # type: ignore[misc]


def test_carriers_are_the_chain_without_its_ends() -> None:
    reading = extract(read_text(TEXT, outlet="example"))
    prepared = prepare_reading(reading)
    names = TABLE["statements"].names[6:]
    carried = prepared.statements[0]
    assert {hop.kind for hop in reading.statements[0].chain} >= {"speaker", "agency", "page"}
    assert [row[1] for row in carried.carriers] == ["agency"]
    assert "فرانس برس" in str(carried.row[names.index("carrier")])


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("2023-09-05", "2023-09-05", "2023-09-05"),
        ("2023-09-01/2023-10", "2023-09-01", "2023-10-31"),
        ("--09-05", None, None),
        ("2023-13", None, None),
        (None, None, None),
    ],
)
def test_a_date_of_saying_becomes_two_days_or_none(written: str | None, first: str | None, last: str | None) -> None:
    reading = extract(read_text(TEXT))
    reading = replace(reading, statements=(replace(reading.statements[0], when_date=written),))
    row = dict(zip(TABLE["statements"].names[6:], prepare_reading(reading).statements[0].row, strict=True))
    assert (row["said_from"], row["said_to"]) == (first, last)


def test_a_moment_is_kept_in_the_outlets_own_time() -> None:
    early = datetime(2023, 9, 5, 1, 0, tzinfo=timezone(timedelta(hours=3)))
    assert show_moment(early) == "2023-09-05T01:00:00"
    assert show_moment(early.astimezone(UTC)) == "2023-09-04T22:00:00"
    assert show_moment(date(2023, 9, 5)) == "2023-09-05"
    assert show_moment(None) is None


def test_a_score_below_nought_by_its_sign_alone_is_hashed_as_the_engine_gives_it_back(tmp_path: Path) -> None:
    below, above = (_with_figures(extract(read_text(TEXT)), figure) for figure in (-0.0, 0.0))
    assert prepare_reading(below) == prepare_reading(above)
    with Ledger.open(tmp_path / "l.db") as ledger:
        ledger.add_readings([below])
        assert ledger.verify().intact


@pytest.mark.parametrize("score", [5e-324, 1e300, -1.7976931348623157e308, 3.0, 0.1 + 0.2, 2.0**53 + 2])
def test_a_score_comes_back_to_the_last_bit(tmp_path: Path, score: float) -> None:
    with Ledger.open(tmp_path / "l.db") as ledger:
        ledger.add_readings([_with_scores(extract(read_text(TEXT)), score)])
        assert ledger.verify().intact
        assert {record.statement.attribution.score for record in ledger.records()} == {score}


@pytest.mark.parametrize("score", [float("nan"), float("inf"), float("-inf")])
def test_a_score_that_is_no_number_is_refused(score: float) -> None:
    with pytest.raises(ValueError, match="not finite"):
        prepare_reading(_with_scores(extract(read_text(TEXT)), score))


def _with_figures(reading: Reading, figure: float) -> Reading:
    reading = _with_scores(reading, figure)
    quantity = Quantity(Span(0, 1), figure, 0)
    return replace(reading, statements=tuple(replace(each, quantities=(quantity,)) for each in reading.statements))


def _with_scores(reading: Reading, score: float) -> Reading:
    statements = (replace(each, attribution=replace(each.attribution, score=score)) for each in reading.statements)
    return replace(reading, statements=tuple(statements))


def test_the_null_character_is_shown_and_kept_exactly() -> None:
    document = Document("a", "قال\x00 الوزير")
    prepared = prepare_document(document)
    assert prepared.row[6] == "قال\u2400 الوزير"
    assert [blob.sha256 for blob in prepared.blobs] == [prepared.row[7]]
    assert prepare_document(replace(document, text="قال\u2400 الوزير")).id != prepared.id


@pytest.mark.parametrize("field", ["id", "outlet", "url", "title"])
def test_the_null_character_outside_the_text_is_refused(field: str) -> None:
    with pytest.raises(ReadError, match=r"U\+0000"):
        prepare_document(replace(Document("a", "نص"), **{field: "x\x00"}))


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(ReadError, match="surrogate"):
        prepare_document(Document("a", "نص \ud800"))


def test_a_file_name_of_no_encoding_is_escaped() -> None:
    origin = Origin(path="/tmp/\udcff.txt", flags=("odd\x00",))
    capture = prepare_document(Document("a", "نص", origin=origin)).capture
    assert capture[0] == "/tmp/\\udcff.txt"
    assert capture[6] == '["odd\u2400"]'


def test_hashes_do_not_hang_on_where_the_file_lay() -> None:
    one, two = (replace(read_text(TEXT), origin=Origin(path=path, raw=b"x")) for path in ("/a", "/b"))
    first, second = prepare_reading(extract(one)), prepare_reading(extract(two))
    assert first.document.id == second.document.id
    assert first.document.capture_id != second.document.capture_id
    assert [each.content for each in first.statements] == [each.content for each in second.statements]
