"""Records page by page, and without those that people rejected."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from qala.errors import QalaError
from qala.exports.loss import Tally
from qala.exports.pages import REJECTED, read_pages
from qala.records import Judgement


def judged(record, *kinds):
    made = datetime(2024, 1, 1, tzinfo=UTC)
    judgements = tuple(Judgement(f"j{n}", kind, (record.id,), "منى", made) for n, kind in enumerate(kinds))
    return replace(record, judgements=judgements)


def test_pages_hold_their_records_in_order(records):
    tally = Tally("some", frozenset())
    pages = list(read_pages(iter(records), tally))
    assert [page.id for page in pages] == [records[0].document_id, records[-1].document_id]
    assert [record for page in pages for record in page.records] == records
    assert (tally.report().documents, tally.report().records) == (2, len(records))


def test_the_rejected_are_left_out_and_counted(records):
    tally = Tally("some", frozenset())
    changed = [judged(records[0], "reject"), judged(records[1], "reject", "accept"), *records[2:]]
    (first, _) = read_pages(changed, tally)
    assert [record.id for record in first.records] == [record.id for record in records[1:5]]
    report = tally.report()
    assert report.left_out == {REJECTED: 1} and report.records == len(records)
    assert report.lost["speaker"] == sum(record.statement.speaker is not None for record in records[1:])


def test_one_page_is_held_at_a_time(records):
    taken = []

    def watch():
        for record in records:
            taken.append(record)
            yield record

    next(read_pages(watch(), Tally("some", frozenset())))
    assert len(taken) == 6  # the first of the next page ends the first


def test_a_record_of_another_text_is_refused(records):
    moved = replace(records[0], document=replace(records[0].document, text="short"))
    with pytest.raises(QalaError, match=f"record {records[0].id}: .* lies outside its text of 5 characters"):
        list(read_pages([moved], Tally("some", frozenset())))
