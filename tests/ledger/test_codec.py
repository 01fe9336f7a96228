"""A statement comes back from its canonical JSON as it went in, to the last field and bit."""

import json
from dataclasses import fields, is_dataclass
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.ledger.codec import decode_layout, decode_statement, encode_layout, encode_statement, write_canonical
from qala.model import (
    ACTS,
    Attribution,
    Debris,
    Evidence,
    Heading,
    Hop,
    HopKind,
    Layout,
    Quantity,
    Span,
    Speaker,
    SpeakerKind,
    StatedTime,
    Statement,
)
from qala.pipeline import extract
from qala.reading.plain import read_text

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
spans = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(lambda pair: Span(*sorted(pair)))
many = st.lists(spans, max_size=3).map(tuple)
maybe_span, maybe_word = st.none() | spans, st.none() | words
reasons = st.lists(st.builds(Evidence, words, many, words), max_size=2).map(tuple)
floats = st.floats(allow_nan=False, allow_infinity=False).map(lambda number: number + 0.0)  # -0.0 is written 0.0
numbers = st.integers(-(10**30), 10**30) | floats

attributions = st.builds(
    Attribution,
    id=words,
    cue=many,
    content=many,
    type=st.sampled_from(["direct", "indirect", "mixed"]),
    act=st.sampled_from(ACTS),
    source=maybe_span,
    hedges=many,
    channel=maybe_span,
    channel_kind=st.none() | st.sampled_from(["agency", "outlet", "platform", "document", "event"]),
    when=maybe_span,
    parent=maybe_word,
    repeated=maybe_span,
    heading=maybe_span,
    truncated=st.booleans(),
    score=floats,
    evidence=reasons,
)
speakers = st.builds(
    Speaker,
    name=words,
    span=spans,
    title=maybe_span,
    affiliation=maybe_span,
    kind=st.none() | st.sampled_from(get_args(SpeakerKind)),
    entity=maybe_word,
    candidates=st.lists(words, max_size=2).map(tuple),
    evidence=reasons,
    office=maybe_word,
    body=maybe_word,
    country=maybe_word,
    source_type=maybe_word,
    anonymity=maybe_span,
    said_as=maybe_word,
    read_by=maybe_word,
)
hops = st.builds(
    Hop,
    st.sampled_from(get_args(HopKind)),
    st.sampled_from(["named", "anonymous", "not recorded"]),
    maybe_word,
    maybe_span,
    maybe_word,
)
times = st.builds(StatedTime, spans, maybe_word, maybe_word, st.booleans(), maybe_word)
quantities = st.builds(
    Quantity,
    spans,
    numbers,
    numbers,
    words,
    maybe_word,
    st.lists(words, max_size=2).map(tuple),
    words,
    maybe_span,
    maybe_span,
    maybe_span,
)
statements = st.builds(
    Statement,
    attributions,
    st.none() | speakers,
    maybe_word,
    st.lists(hops, max_size=3).map(tuple),
    st.lists(times, max_size=2).map(tuple),
    st.lists(quantities, max_size=2).map(tuple),
)


@given(statements)
def test_a_statement_comes_back_whole(statement: Statement) -> None:
    written = encode_statement(statement)
    found = decode_statement(written)
    assert found == statement
    assert repr(found) == repr(statement)  # 0 is not 0.0, True is not 1
    assert encode_statement(found) == written
    assert written == write_canonical(json.loads(written))


def test_equal_statements_are_equal_bytes_whatever_the_sign_of_nought() -> None:
    below, above = (
        Statement(
            Attribution("s1", (), (), "direct", "assert", score=zero),
            quantities=(Quantity(Span(0, 1), zero, zero),),
        )
        for zero in (-0.0, 0.0)
    )
    assert below == above
    assert encode_statement(below) == encode_statement(above)


def test_the_properties_build_every_field() -> None:
    """A field that is added to the nouns must be added here and to the codec."""
    expected = {Attribution: 16, Speaker: 15, Statement: 6}
    assert {noun: len(fields(noun)) for noun in expected if is_dataclass(noun)} == expected
    assert {noun: len(noun._fields) for noun in (Hop, StatedTime, Quantity, Evidence)} == {
        Hop: 5,
        StatedTime: 5,
        Quantity: 10,
        Evidence: 3,
    }


def test_what_is_unknown_is_left_out_and_keys_are_those_of_the_format() -> None:
    reading = extract(read_text("قال الوزير كمال الراوي إن المصنع أغلق أبوابه بعد 3 سنوات."))
    value = json.loads(encode_statement(reading.statements[0]))
    assert {"act", "chain", "content", "cue", "evidence", "id", "score", "source", "speaker", "type"} <= value.keys()
    assert "parent" not in value
    assert "hedges" not in value
    assert None not in value.values()


def test_numbers_beyond_64_bits_keep_their_digits() -> None:
    statement = Statement(
        Attribution("s1", (Span(0, 1),), (Span(1, 2),), "direct", "assert"),
        quantities=(Quantity(Span(0, 1), 10**25, 10**25 + 1),),
    )
    assert decode_statement(encode_statement(statement)) == statement


@pytest.mark.parametrize("score", [float("nan"), float("inf")])
def test_numbers_that_are_not_finite_are_refused(score: float) -> None:
    with pytest.raises(ValueError, match="not finite"):
        encode_statement(Statement(Attribution("s1", (), (), "direct", "assert", score=score)))


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogate"):
        encode_statement(Statement(Attribution("\ud800", (), (), "direct", "assert")))


@pytest.mark.parametrize(
    "written", ["", "[]", "{}", '{"id":"s1"}', '{"id":1,"type":"x","act":"y","score":0,"cue":[1]}']
)
def test_what_is_no_statement_is_a_value_error(written: str) -> None:
    with pytest.raises(ValueError):
        decode_statement(written)


def test_headings_and_debris_come_back() -> None:
    reading = extract(read_text("ماذا بعد؟\n\nقال الوزير إن المصنع أغلق أبوابه أمس.\n\nاقرأ أيضا: خبر آخر"))
    layout = Layout((), (Heading(Span(0, 9), True), Heading(Span(9, 10), False)), (), (), (Debris(Span(3, 4), "rule"),))
    assert decode_layout(encode_layout(reading)) == (reading.layout.headings, reading.layout.debris)
    from dataclasses import replace

    assert decode_layout(encode_layout(replace(reading, layout=layout))) == (layout.headings, layout.debris)
