"""Judgements: laid over the rows, found again by a newer reading, superseded and never lost."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.errors import LedgerError
from qala.ledger.judging import compare_contents, merge_actors
from qala.ledger.ledger import Ledger
from qala.ledger.rows import prepare_reading
from qala.ledger.runs import Run
from qala.model import Reading, Span
from qala.records import Judgement, Record

OLD, NEW = Run("0.1.0", "a", "b"), Run("0.2.0", "a", "b")
MakeReading = Callable[..., Reading]
THREE = (
    {"source": "الوزير", "content": "إن المصنع أغلق أبوابه أمس"},
    {"source": "المدير", "content": "إن العمال لم يسرحوا بعد", "act": "deny"},
    {"source": "الناطق", "content": "إن الجسر سيفتح غدا صباحا"},
)


@pytest.fixture
def judged(ledger: Ledger, make_reading: MakeReading) -> tuple[Ledger, Reading, list[Record]]:
    reading = make_reading(*THREE)
    ledger.append([prepare_reading(reading)], run=OLD)
    return ledger, reading, list(ledger.records())


def move(reading: Reading, number: int, start: int, end: int) -> Reading:
    """Return the reading with the content of one statement cut or stretched at its ends."""
    statements = list(reading.statements)
    found = statements[number].attribution
    content = Span(found.content[0].start + start, found.content[0].end + end)
    statements[number] = replace(statements[number], attribution=replace(found, content=(content,)))
    return replace(reading, statements=tuple(statements))


def test_a_rejected_statement_is_hidden_and_kept(judged: tuple[Ledger, Reading, list[Record]]) -> None:
    ledger, _, (first, *others) = judged
    ledger.judge("reject", first.id[:12], author="a", reason="a heading")
    assert [record.id for record in ledger.records()] == [record.id for record in others]
    assert len(list(ledger.records(rejected=True))) == 3
    assert ledger.record(first.id).judgements[0].reason == "a heading"
    ledger.judge("accept", first.id, author="b")  # somebody else, later
    assert len(list(ledger.records())) == 3
    assert [judgement.kind for judgement in ledger.record(first.id).judgements] == ["reject", "accept"]


def test_corrections_lie_over_what_was_read(judged: tuple[Ledger, Reading, list[Record]]) -> None:
    ledger, reading, (first, *_) = judged
    found = first.statement.attribution
    spans = {
        "source": None,
        "cue": [list(found.cue[0])],
        "content": [[found.content[0].start, found.content[0].end - 4]],
    }
    ledger.judge("act", first.id, author="a", value="warn")
    ledger.judge("speaker", first.id, author="a", value="المدير")
    ledger.judge("span", first.id, author="a", value=json.dumps(spans))
    shown = ledger.record(first.id)
    assert shown.id == first.id
    assert shown.statement.attribution.act == "warn"
    assert shown.statement.attribution.source is None
    assert shown.statement.attribution.content == (Span(found.content[0].start, found.content[0].end - 4),)
    assert shown.statement.speaker is not None
    assert shown.statement.speaker.name == "المدير" == shown.statement.speaker.span.of(reading.document.text)
    assert [e.rule for e in shown.statement.attribution.evidence] == ["judgement:act", "judgement:span"]
    assert next(ledger.history(first.document_id)).statement == first.statement
    assert ledger.verify().intact


def test_a_speaker_can_be_named_by_an_actors_id(judged: tuple[Ledger, Reading, list[Record]]) -> None:
    ledger, _, (first, *_) = judged
    ledger.judge("speaker", first.id, author="a", value="un")
    speaker = ledger.record(first.id).statement.speaker
    assert speaker is not None
    assert (speaker.entity, speaker.kind, speaker.name) == ("un", "organisation", "الوزير")


def test_a_later_answer_of_the_same_person_takes_the_earlier_back(judged: tuple[Ledger, Reading, list[Record]]) -> None:
    ledger, _, (first, *_) = judged
    one = ledger.judge("reject", first.id, author="a")
    two = ledger.judge("accept", first.id, author="a")
    assert two.replaces == one.id
    assert ledger.judgements() == [two]
    assert ledger.judgements(replaced=True) == [one, two]
    three = ledger.judge("unsure", first.id, author="b", replaces=two.id)
    assert ledger.judgements() == [three]
    assert len(list(ledger.records())) == 3


def test_judgements_survive_a_newer_reading(judged: tuple[Ledger, Reading, list[Record]]) -> None:
    ledger, reading, (first, second, third) = judged
    ledger.judge("act", first.id, author="a", value="warn")
    ledger.judge("act", second.id, author="a", value="confirm")
    gone = ledger.judge("act", third.id, author="a", value="promise")
    newer = move(reading, 1, 3, 0)  # other offsets: another id, the same statement
    newer = replace(newer, statements=newer.statements[:2])
    ledger.append([prepare_reading(newer)], run=NEW)
    found = list(ledger.records())
    assert [record.statement.attribution.act for record in found] == ["warn", "confirm"]
    assert found[0].id == first.id
    assert found[1].id != second.id
    assert ledger.unattached() == [gone]
    ledger.append([prepare_reading(reading)], run=Run("0.3.0", "a", "b"))
    assert ledger.unattached() == []
    assert [record.statement.attribution.act for record in ledger.records()] == ["warn", "confirm", "promise"]


def test_a_content_that_shares_less_than_half_is_another_statement(
    judged: tuple[Ledger, Reading, list[Record]],
) -> None:
    ledger, reading, (first, *_) = judged
    judgement = ledger.judge("act", first.id, author="a", value="warn")
    length = first.statement.attribution.content[0].end - first.statement.attribution.content[0].start
    ledger.append([prepare_reading(move(reading, 0, length // 2 + 2, 0))], run=NEW)
    assert ledger.unattached() == [judgement]
    assert next(ledger.records()).statement.attribution.act == "assert"


def test_a_statement_that_a_person_found_stands_with_the_others(judged: tuple[Ledger, Reading, list[Record]]) -> None:
    ledger, reading, (first, *_) = judged
    text = reading.document.text
    cue = Span(text.index("أبوابه"), text.index("أبوابه") + 6)
    content = Span(text.index("الجسر"), text.index("الجسر") + 5)
    value = json.dumps({"source": None, "cue": [list(cue)], "content": [list(content)]})
    given = Judgement(
        "", "span", ("f" * 32,), "a", datetime(2024, 1, 1, tzinfo=UTC), value, document=first.document_id, spans=()
    )
    assert ledger.add_judgements([given]) == 1
    found = [record for record in ledger.records() if record.run is None]
    assert [record.statement.attribution.content for record in found] == [(content,)]
    assert ledger.unattached() == []
    assert ledger.record(found[0].id[:12]).id == found[0].id
    ledger.judge("act", found[0].id, author="b", value="threaten")
    again = ledger.record(found[0].id)
    assert again.statement.attribution.act == "threaten"
    assert len(again.judgements) == 2
    ledger.judge("reject", found[0].id, author="c")
    assert all(record.run for record in ledger.records())


def test_judgements_from_elsewhere_are_kept_once_and_listed_where_they_find_nothing(
    judged: tuple[Ledger, Reading, list[Record]],
) -> None:
    ledger, _, (first, *_) = judged
    made = datetime(2024, 1, 1, tzinfo=UTC)
    fits = Judgement("j1", "act", (first.id,), "a", made, "deny")
    lost = Judgement("j2", "accept", ("0" * 32,), "a", made)
    assert ledger.add_judgements([fits, lost]) == 2
    assert ledger.add_judgements([fits, lost]) == 0
    assert ledger.judgements() == [fits, lost]
    assert ledger.unattached() == [lost]
    assert next(ledger.records()).statement.attribution.act == "deny"
    with pytest.raises(LedgerError, match="not in this ledger"):
        ledger.add_judgements([Judgement("j3", "accept", (first.id,), "a", made, replaces="j9")])


def test_actors_are_merged_and_parted_at_sight(judged: tuple[Ledger, Reading, list[Record]]) -> None:
    ledger, _, _ = judged
    ledger.judge("merge", "الوزير", "المدير", author="a", value="x.one")
    names = [record.statement.speaker.entity for record in ledger.records() if record.statement.speaker]
    assert names == ["x.one", "x.one", None]
    ledger.judge("part", "الوزير", author="b")
    names = [record.statement.speaker.entity for record in ledger.records() if record.statement.speaker]
    assert names == [None, "x.one", None]


def test_merges_follow_each_other_and_do_not_circle() -> None:
    made = datetime(2024, 1, 1, tzinfo=UTC)

    def merge(value: str, *subjects: str) -> Judgement:
        return Judgement("", "merge", subjects, "a", made, value)

    assert merge_actors([merge("b", "a", "b"), merge("c", "b")]) == {"a": "c", "b": "c"}
    assert merge_actors([merge("b", "a"), merge("a", "b")]) == {"b": "a"}


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        ("act", "lie", "no such act"),
        ("speaker", " ", "who speaks"),
        ("span", "{}", "spans are given"),
        ("span", '{"cue": [[3, 3]], "content": [[1, 2]]}', "spans are given"),
        ("doubt", None, "no such judgement"),
        ("same", None, "two statements"),
        ("act", "den\x00y", "no such act"),
    ],
)
def test_a_judgement_that_says_nothing_is_refused(
    judged: tuple[Ledger, Reading, list[Record]], kind: str, value: str | None, message: str
) -> None:
    ledger, _, (first, *_) = judged
    head = ledger.head()
    with pytest.raises(LedgerError, match=message):
        ledger.judge(kind, first.id, author="a", value=value)  # type: ignore[arg-type]
    assert ledger.head() == head


def test_a_judgement_needs_an_author_a_subject_and_a_statement_that_is_there(
    judged: tuple[Ledger, Reading, list[Record]],
) -> None:
    ledger, _, (first, *_) = judged
    with pytest.raises(LedgerError, match="author"):
        ledger.judge("accept", first.id, author=" ")
    with pytest.raises(LedgerError, match="about"):
        ledger.judge("accept", author="a")
    with pytest.raises(LedgerError, match="no statement"):
        ledger.judge("accept", "0" * 32, author="a")


pieces = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), min_size=1, max_size=3)


def _apart(found: list[tuple[int, int]]) -> list[Span]:
    """Spans one behind the other, so that they do not overlap."""
    spans, at = [], 0
    for gap, length in found:
        spans.append(Span(at + gap, at + gap + length))
        at = spans[-1].end
    return spans


@given(pieces.map(_apart), pieces.map(_apart))
def test_likeness_of_contents_is_that_of_sets_of_characters(a: list[Span], b: list[Span]) -> None:
    one, two = ({place for span in spans for place in range(*span)} for spans in (a, b))
    assert compare_contents(a, b) == pytest.approx(len(one & two) / len(one | two))
    assert compare_contents(a, b) == compare_contents(b, a)
    assert compare_contents(a, a) == 1
