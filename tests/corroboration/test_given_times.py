"""Given statements get the times and figures of their contents, so that dates and numbers can be compared."""

from qala.corroboration.claims import find_claims
from qala.corroboration.utterances import find_utterances


def test_times_and_quantities_of_a_content(press):
    (record,) = press("A", ("الوزارة", "قالت", "إن الانفجار وقع يوم 2 مايو وأسفر عن مقتل 40 مدنيا"))
    (time,) = record.statement.times
    assert time.date == "2021-05-02"
    assert time.span.of(record.document.text).endswith("مايو")
    assert [quantity.low for quantity in record.statement.quantities] == [40]


def test_without_a_day_of_publication_days_stay_open(press):
    (record,) = press("A", ("الوزارة", "قالت", "إن الانفجار وقع أمس"), day=None)
    assert [time.date for time in record.statement.times] in ([], [None])


def test_each_statement_has_what_stands_in_its_own_content(press):
    first, second = press("A", ("الوزارة", "قالت", "إن 40 مدنيا قتلوا"), ("الجيش", "قال", "إن الوضع هادئ"))
    assert len(first.statement.quantities) == 1
    assert second.statement.quantities == second.statement.times == ()


def test_days_that_differ_are_a_conflict(press):
    records = [
        *press("A", ("وزارة الصحة", "قالت", "إن الانفجار في مستشفى الياسمين وقع يوم 1 مايو")),
        *press("B", ("الدفاع المدني", "أعلن", "أن الانفجار في مستشفى الياسمين وقع يوم 2 مايو")),
    ]
    claims = find_claims(records, find_utterances(records))
    assert "date" in {conflict.kind for claim in claims for conflict in claim.conflicts}
