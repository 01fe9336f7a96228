"""Offsets in the units of others: checked against Python's own UTF-16 and Unicode's grapheme clusters."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from qala.exports.units import Utf16Map, context_after, context_before, may_cut, widen
from qala.model import Span

PIECES = [
    *("ب", "\u064f", "\u0651", "ـ", " ", "\n", "\r", "\r\n", "a", "\u0600", "\u06dd", "é", "e\u0301"),
    *("\U0001f600", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f1ea\U0001f1ec", "\U0001f44d\U0001f3fd"),
    *("\u1100\u1161\u11a8", "\u0915\u094d\u0937", "\u0e01\u0e33", "\u200d", "\u200c", "\ufe0f", "\u0903"),
]
texts = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@given(texts)
def test_code_units_are_those_of_utf_16(text):
    units = Utf16Map(text)
    for point in range(len(text) + 1):
        unit = len(text[:point].encode("utf-16-le")) // 2
        assert units.unit(point) == unit
        assert units.point(unit) == point


def test_an_offset_inside_a_character_or_outside_the_text_is_refused():
    units = Utf16Map("a\U0001f600b")
    assert [units.unit(point) for point in range(4)] == [0, 1, 3, 4]
    for unit in (2, 5, -1):
        with pytest.raises(IndexError):
            units.point(unit)
    with pytest.raises(IndexError):
        units.unit(4)


def test_half_a_surrogate_pair_is_one_unit():
    units = Utf16Map("\U0001f600\ud800b")
    assert [units.unit(point) for point in range(4)] == [0, 2, 3, 4]


@given(texts)
def test_a_place_that_may_be_cut_is_a_boundary_of_clusters(text):
    boundaries = {match.start() for match in regex.finditer(r"\X", text)} | {len(text)}
    assert {place for place in range(len(text) + 1) if may_cut(text, place)} <= boundaries


def test_no_single_character_is_parted_from_its_neighbour():
    cluster = regex.compile(r"\X")
    for code in [*range(0xD800), *range(0xE000, 0x11000), *range(0x1F000, 0x1FB00)]:
        for pair in ("a" + chr(code), chr(code) + "a"):
            assert cluster.match(pair).end() == 1 or not may_cut(pair, 1), hex(code)


def test_ordinary_arabic_can_be_cut_between_any_two_letters():
    text = "قال الوزير"
    assert all(may_cut(text, place) for place in range(len(text) + 1))


@given(texts, st.data())
def test_contexts_begin_and_end_at_boundaries(text, data):
    place = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 10))
    before, after = context_before(text, place, length), context_after(text, place, length)
    boundaries = {match.start() for match in regex.finditer(r"\X", text)} | {len(text)}
    assert text[:place].endswith(before) and text[place:].startswith(after)
    assert len(before) <= length and len(after) <= length
    assert place - len(before) in boundaries or not before
    assert place + len(after) in boundaries or not after


@given(texts, st.data())
def test_widening_holds_the_span_and_cuts_no_cluster(text, data):
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    wide = widen(text, span)
    assert wide.start <= span.start and span.end <= wide.end
    assert (may_cut(text, wide.start) and may_cut(text, wide.end)) or wide == span


def test_a_flood_of_marks_is_left_as_it_is():
    text = "ب" + "\u064e" * 10_000 + "ب"
    assert widen(text, Span(5000, 5001)) == Span(5000, 5001)
    assert context_before(text, 5000, 32) == ""
