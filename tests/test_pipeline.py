"""The whole program on short pages: what each statement is given, and what stays open."""

import json
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from qala.exports.jsonl import render_line
from qala.model import Document
from qala.pipeline import extract

PAGE = (
    "قالت المتحدثة باسم وزارة النقل ليلى منصور أمس الاثنين إن السفينة ستبحر الجمعة"
    " وعلى متنها حوالي 3000 كيلوغرام من القمح.\nوقال الكرملين اليوم الثلاثاء إنه لا يعلم بالأمر."
)


def read(text, published=None, outlet=None):
    return extract(Document("d", text, published, outlet))


def test_a_day_that_is_not_given_is_told_by_the_page_and_never_made_up():
    reading = read(PAGE)
    assert reading.publication is not None
    assert reading.publication.weekdays == {1}
    assert reading.publication.day is None
    assert [statement.when_date for statement in reading.statements] == [None, None]
    assert all(time.date is None for statement in reading.statements for time in statement.times)


def test_with_the_day_given_there_is_no_constraint_and_dates_are_resolved():
    reading = read(PAGE, date(2023, 9, 5))
    assert reading.publication is None
    assert [statement.when_date for statement in reading.statements] == ["2023-09-04", "2023-09-05"]


def test_a_day_of_publication_may_be_a_moment_with_a_zone():
    moment = datetime(2023, 9, 5, 23, 30, tzinfo=UTC)
    assert read(PAGE, moment).statements[0].when_date == "2023-09-04"


def test_event_times_and_quantities_are_kept_apart_from_the_saying():
    first = read(PAGE, date(2023, 9, 5)).statements[0]
    assert [(time.span.of(PAGE), time.date, time.planned) for time in first.times] == [("الجمعة", "2023-09-08", True)]
    (figure,) = first.quantities
    assert (figure.low, figure.unit, figure.bound, figure.of.of(PAGE)) == (3000, "kg", "about", "القمح")


def test_every_statement_ends_at_the_page():
    for outlet in (None, "المنارة"):
        for statement in read(PAGE, outlet=outlet).statements:
            assert statement.chain[-1].kind == "page"
            assert statement.chain[-1].name == outlet


def test_a_vague_time_has_no_date():
    reading = read("قال الوزير في وقت سابق إن السفينة غرقت.", date(2023, 9, 5))
    assert [statement.when_date for statement in reading.statements] == [None]


def test_an_empty_page_has_nothing():
    reading = read("")
    assert reading.statements == ()
    assert reading.publication is not None and not reading.publication.evidence


PIECES = (
    "قال", "وأضاف", "مصدر أمني", "الكرملين", "المتحدث باسم", "الوزير", "طلب عدم ذكر اسمه", "إن", "أن", "نفى",
    "حسب ما نقلته", "وكالة رويترز", "«", "»", '"', "،", ".", "\n", "أمس الاثنين", "ستعقد", "الجمعة",
    "3 ملايين دولار", "(أ ف ب)", "في بيان", "سيرغي لافروف", "لوكالة", "بحسب", ":", "خلال يومين",
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.none() | st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_every_span_lies_in_the_text_and_every_line_is_json(pieces, published):
    text = " ".join(pieces)
    reading = read(text, published)
    for statement in reading.statements:
        spans = [hop.span for hop in statement.chain] + [time.span for time in statement.times]
        for quantity in statement.quantities:
            spans += [quantity.span, quantity.modifier, quantity.counted, quantity.of]
        if statement.speaker:
            known = statement.speaker
            spans += [known.span, known.title, known.affiliation, known.anonymity]
        assert all(0 <= span.start < span.end <= len(text) for span in spans if span is not None)
    assert json.loads(render_line(reading))["length"] == len(text)
