"""The clocks are kept apart, and what overlaps has no order."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from qala.corroboration.clocks import Moment, day_of, first_printed, printed_on, said_on
from qala.corroboration.model import Utterance
from qala.model import Attribution, Document, Span, Statement
from qala.records import Record


def record(key, published=None, when=None):
    found = Attribution("s1", (Span(0, 3),), (Span(4, 8),), "indirect", "assert")
    return Record(key, key, Document(key, "قال إن السد امتلأ", published), Statement(found, None, when))


@pytest.mark.parametrize(
    ("a", "b", "order"),
    [
        ("2024-03-04", "2024-03-05", True),
        ("2024-03-05", "2024-03-04", False),
        ("2024-03", "2024-03-05", None),
        ("2024-02", "2024-03-05", True),
        ("2024-03-04", "2024-03-04", None),
        ("2024-03-01/2024-03-04", "2024-03-05", True),
        ("2024-03-01/2024-03-05", "2024-03-05", None),
        ("2024-03-04T10:00:00", "2024-03-04T11:00:00", True),
        ("2024-03-04T10:00:00", "2024-03-04", None),
        ("2023", "2024-03-04T10:00:00", True),
    ],
)
def test_order_of_times(a, b, order):
    assert Moment("said", a).before(Moment("said", b)) is order


def test_two_clocks_have_no_order():
    assert Moment("said", "2024-03-04").before(Moment("published", "2024-03-09")) is None


def test_saying_is_never_the_day_of_printing():
    rows = {"d1": record("d1", date(2024, 3, 5))}
    assert said_on(Utterance("u", ("d1",)), rows) is None
    rows["d2"] = record("d2", date(2024, 3, 6), "2024-03-04")
    assert said_on(Utterance("u", ("d1", "d2", "gone")), rows) == Moment("said", "2024-03-04")
    rows["d3"] = record("d3", date(2024, 3, 6), "2024-03-03")
    assert said_on(Utterance("u", ("d2", "d3")), rows) is None
    assert said_on(Utterance("u", ("d2", "d3"), said=date(2024, 3, 4)), rows) == Moment("said", "2024-03-04")


def test_moments_of_printing_meet_in_utc():
    east = timezone(timedelta(hours=4))
    early = record("d1", datetime(2024, 3, 5, 13, 0, tzinfo=east))
    late = replace(early, id="d2", document=replace(early.document, published=datetime(2024, 3, 5, 10, tzinfo=UTC)))
    assert printed_on(early).text == "2024-03-05T09:00:00"
    assert first_printed(("d2", "d1", "gone"), {"d1": early, "d2": late}) == ("d1", printed_on(early))
    assert first_printed(("d3",), {"d3": record("d3")}) is None
    assert day_of(datetime(2024, 3, 5, 13)) == "2024-03-05"
    assert day_of(None) is None
