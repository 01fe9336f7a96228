"""Ids are content hashes: they hold over runs, orders and places, and change with what they stand for."""

from dataclasses import replace
from datetime import date

from qala.model import Document, Origin
from qala.pipeline import extract
from qala.reading.plain import read_text
from qala.records import identify_document, list_records

TEXT = "قال الوزير كمال الراوي إن المصنع أغلق أبوابه، فيما نفى المدير أن يكون العمال قد سرحوا."


def test_an_id_does_not_know_where_the_file_lay() -> None:
    document = read_text(TEXT, published=date(2024, 3, 5))
    elsewhere = replace(document, origin=Origin(path="/another/place.txt"))
    assert identify_document(document) == identify_document(elsewhere)


def test_an_id_changes_with_text_outlet_and_day() -> None:
    document = read_text(TEXT, published=date(2024, 3, 5))
    others = [
        replace(document, text=TEXT + " "),
        replace(document, outlet="example"),
        replace(document, published=date(2024, 3, 6)),
        replace(document, title="عنوان"),
    ]
    ids = {identify_document(other) for other in (document, *others)}
    assert len(ids) == 5
    assert all(len(found) == 32 for found in ids)


def test_statements_of_a_reading_have_ids_of_their_own_and_name_their_document() -> None:
    reading = extract(read_text(TEXT))
    records = list(list_records(reading, run="r1"))
    assert len(records) == len(reading.statements) >= 2
    assert len({record.id for record in records}) == len(records)
    assert {record.document_id for record in records} == {identify_document(reading.document)}
    assert records == list(list_records(extract(read_text(TEXT)), run="r1"))


def test_half_a_surrogate_pair_has_an_id_too() -> None:
    assert len(identify_document(Document("a", "قال \ud800 إن الأمر انتهى."))) == 32
