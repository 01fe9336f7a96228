"""JSON Lines of records: what is written reads back equal, whatever it holds."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qala.errors import ReadError
from qala.exports.records_jsonl import read_records, write_records
from qala.model import (
    ACTS,
    Attribution,
    Document,
    Evidence,
    Hop,
    Origin,
    Quantity,
    Span,
    Speaker,
    StatedTime,
    Statement,
)
from qala.records import Judgement, Record


def write(records):
    out = io.BytesIO()
    report = write_records(records, out)
    return out.getvalue(), report


def read(raw):
    return list(read_records(io.BytesIO(raw)))


def test_records_read_back_equal_and_nothing_is_lost(records):
    raw, report = write(records)
    assert read(raw) == records
    assert report.lossless and (report.documents, report.records) == (2, len(records))


def test_a_text_stands_once_and_bytes_are_the_same_each_time(records):
    raw, _ = write(records)
    lines = [json.loads(line) for line in raw.splitlines()]
    assert [next(iter(line)) for line in lines] == ["document"] + ["record"] * 5 + ["document"] + ["record"] * 4
    assert raw == write(records)[0]


def test_judgements_travel_with_their_records(records):
    made = datetime(2024, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=3)))
    judgement = Judgement(
        "j1", "act", (records[0].id,), "منى", made, "assert", "سبب", "j0", "d", (Span(0, 0), Span(3, 9))
    )
    judged = [replace(records[0], judgements=(judgement,))]
    assert read(write(judged)[0]) == judged


spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: Span(min(pair), max(pair)))
maybe = st.one_of(st.none(), spans)
words = st.text(max_size=8)
reasons = st.lists(st.builds(Evidence, words, st.lists(spans, max_size=2).map(tuple), words), max_size=2).map(tuple)
speakers = st.builds(
    Speaker,
    name=words,
    span=spans,
    title=maybe,
    affiliation=maybe,
    kind=st.sampled_from([None, "person", "anonymous"]),
    entity=st.none() | words,
    candidates=st.lists(words, max_size=2).map(tuple),
    evidence=reasons,
    anonymity=maybe,
    said_as=st.none() | words,
)
attributions = st.builds(
    Attribution,
    id=words,
    cue=st.lists(spans, max_size=2).map(tuple),
    content=st.lists(spans, max_size=2).map(tuple),
    type=st.sampled_from(["direct", "indirect", "mixed"]),
    act=st.sampled_from(ACTS),
    source=maybe,
    hedges=st.lists(spans, max_size=2).map(tuple),
    channel=maybe,
    when=maybe,
    parent=st.none() | words,
    truncated=st.booleans(),
    score=st.floats(allow_nan=False, allow_infinity=False),
    evidence=reasons,
)
figures = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
hops = st.builds(Hop, st.just("agency"), st.just("named"), st.none() | words, maybe, st.none() | words)
times = st.builds(StatedTime, spans, st.none() | words, st.none(), st.booleans(), st.none())
quantities = st.builds(Quantity, spans, figures, figures, words)
statements = st.builds(
    Statement,
    attributions,
    st.none() | speakers,
    st.none() | words,
    st.lists(hops, max_size=2).map(tuple),
    st.lists(times, max_size=2).map(tuple),
    st.lists(quantities, max_size=2).map(tuple),
)
moments = st.none() | st.dates() | st.datetimes() | st.datetimes(timezones=st.just(UTC))
documents = st.builds(
    Document,
    id=words,
    text=words,
    published=moments,
    outlet=st.none() | words,
    origin=st.builds(Origin, path=st.none() | words, raw=st.none() | st.binary(max_size=8), flags=st.just(("a",))),
)


@settings(max_examples=60, deadline=None)
@given(documents, st.lists(statements, max_size=3))
def test_any_record_reads_back_equal(document, found):
    records = [Record(f"r{n}", "d1", document, statement, None, None) for n, statement in enumerate(found)]
    assert read(write(records)[0]) == records


def test_half_a_surrogate_pair_survives():
    document = Document("a", "قال \ud800 كذا", date(2024, 1, 1))
    statement = Statement(Attribution("s1", (Span(0, 3),), (Span(4, 5),), "indirect", "assert"))
    records = [Record("r", "d", document, statement)]
    assert read(write(records)[0]) == records


@pytest.mark.parametrize(
    ("spoil", "line"),
    [
        (lambda lines: lines[1:], 1),
        (lambda lines: [lines[0], b'{"record": 3}', *lines[2:]], 2),
        (lambda lines: [lines[0], lines[1][:40]], 2),
        (lambda lines: [lines[0], b"[]"], 2),
    ],
)
def test_a_spoiled_line_is_named(records, spoil, line):
    lines = write(records)[0].splitlines()
    with pytest.raises(ReadError, match=f"^line {line}: "):
        read(b"\n".join(spoil(lines)))
