"""An annotator's statements against the exported ones: every kind of change becomes its judgement."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.exports.corrections import Annotator, Marked, find_speaker_text, join_lines, judge_page, split_lines
from qala.ledger.book import check_judgement, identify_judgement
from qala.ledger.judging import parse_spans, spans_in
from qala.model import Attribution, Span
from qala.records import identify_statement

WHO = Annotator("منى", datetime(2024, 5, 6, 7, 8, tzinfo=UTC))


def mark(record, **changes):
    """Return a record as an annotator leaves it who touches nothing but ``changes``."""
    found = record.statement.attribution
    left = Marked(found.cue, found.content, found.source, find_speaker_text(record), found.act, record.id)
    return left._replace(**changes)


def judge(records, marked, who=WHO):
    page = [record for record in records if record.document_id == records[0].document_id]
    judgements = judge_page(page[0].document_id, page[0].document.text, page, marked, who)
    for judgement in judgements:
        check_judgement(judgement)
        assert judgement.id == identify_judgement(judgement)
        assert (judgement.author, judgement.made, judgement.document) == ("منى", WHO.made, page[0].document_id)
    return judgements


def first(records):
    return [record for record in records if record.document_id == records[0].document_id]


def changes(judgements):
    return [(each.kind, each.value) for each in judgements if each.kind != "accept"]


def test_what_is_left_as_it_was_is_accepted_or_says_nothing(records):
    marked = [mark(record) for record in first(records)]
    assert [each.kind for each in judge(records, marked)] == ["accept"] * 5
    assert judge(records, marked, WHO._replace(accepts=False)) == []


def test_what_is_gone_is_rejected(records):
    judgements = judge(records, [mark(record) for record in first(records)[1:]])
    assert judgements[0].kind == "reject" and judgements[0].subjects == (records[0].id,)
    assert changes(judgements) == [("reject", None)]


def test_another_act_speaker_or_span(records):
    denial, mixed, *rest = first(records)
    cue = mixed.statement.attribution.cue[0]
    moved = mark(mixed, content=(Span(cue.start, cue.end + 1),))
    judgements = judge(records, [mark(denial, act="decline", speaker="بيرو"), moved, *map(mark, rest)])
    assert changes(judgements)[:2] == [("act", "decline"), ("speaker", "بيرو")]
    (_, value) = changes(judgements)[2]
    assert json.loads(value)["content"] == [[cue.start, cue.end + 1]]
    spans = parse_spans(value)
    assert spans.source == mixed.statement.attribution.source and spans.cue == mixed.statement.attribution.cue
    kept = spans_in(judgements[0])
    assert kept.cue == denial.statement.attribution.cue and kept.content == denial.statement.attribution.content


def test_a_new_statement_has_the_id_that_the_ledger_gives_to_it(records):
    new = Marked((Span(0, 4),), (Span(5, 12),), None, "ليما", "warn")
    judgements = judge(records, [*map(mark, first(records)), new])
    expected = identify_statement(records[0].document_id, Attribution("", new.cue, new.content, "indirect", "warn"))
    assert changes(judgements) == [
        ("span", json.dumps({"content": [[5, 12]], "cue": [[0, 4]], "source": None}, separators=(",", ":"))),
        ("act", "warn"),
        ("speaker", "ليما"),
    ]
    assert {each.subjects for each in judgements if each.kind != "accept"} == {(expected,)}


def test_half_done_work_is_left_open(records):
    judgements = judge(
        records,
        [mark(records[0], content=()), mark(records[1], speaker=None), Marked((Span(0, 4),), ())]
        + [mark(record) for record in first(records)[2:]],
    )
    opened = [each for each in judgements if each.kind == "unsure"]
    assert [each.reason for each in opened] == [
        "the annotator left no content",
        "the annotator took the speaker off",
        "the annotator marked a cue without a content",
    ]


def test_statements_are_found_again_without_their_ids(records):
    marked = [mark(record)._replace(record=None) for record in first(records)]
    assert [each.kind for each in judge(records, marked)] == ["accept"] * 5
    cue = records[0].statement.attribution.cue[0]
    wider = mark(records[0], cue=(Span(cue.start, cue.end + 2),))._replace(record=None)
    judgements = judge(records, [wider, *marked[1:]])
    assert [kind for kind, _ in changes(judgements)] == ["span"]
    assert judgements[0].subjects == (records[0].id,)


def test_an_id_that_stands_twice_is_a_new_statement_the_second_time(records):
    again = mark(records[0], content=(Span(0, 3),))
    judgements = judge(records, [*map(mark, first(records)), again])
    assert [kind for kind, _ in changes(judgements)] == ["span", "act", "speaker"]
    assert judgements[-1].subjects != (records[0].id,)


def test_the_same_corrections_have_the_same_ids(records):
    marked = [mark(records[0], act="warn")]
    assert judge(records, marked) == judge(records, marked)


texts = st.text(st.sampled_from("اب \n\r"), max_size=30)


@given(texts, st.data())
def test_lines_are_cut_and_put_together(text, data):
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    cut = split_lines(text, [span])
    assert all(not set(part.of(text)) & set("\r\n") and part.start < part.end for part in cut)
    assert "".join(part.of(text) for part in cut) == span.of(text).replace("\n", "").replace("\r", "")
    joined = join_lines(text, cut)
    assert len(joined) <= 1
    assert split_lines(text, joined) == cut


@pytest.mark.parametrize("text", ["ا\n" * 50_000, "\r" * 100_000])
def test_many_lines_are_cut_and_put_together(text):
    cut = split_lines(text, [Span(0, len(text))])
    assert len(cut) == text.count("ا")
    assert len(join_lines(text, cut)) == (1 if cut else 0)
