"""JSON as bytes: streamed, safe inside a page, whatever the text holds."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.exports.encoding import encode_for_page, encode_json, make_text, write_array, write_members

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(values)
def test_values_read_back(value):
    assert json.loads(encode_json(value)) == value
    written = encode_for_page(value)
    assert json.loads(written) == value and b"<" not in written


def test_no_text_closes_a_script_element():
    assert b"</script>" not in encode_for_page({"text": "</script><script>alert(1)</script>"})


@pytest.mark.parametrize("items", [[], [1], [{"a": "ا"}, None, "x"]])
def test_arrays_and_objects_are_streamed(items):
    out = io.BytesIO()
    write_array(out, iter(items))
    assert json.loads(out.getvalue()) == items
    out, tail = io.BytesIO(), {}

    def list_items():
        yield from items
        tail["count"] = len(items)  # known only at the end

    write_members(out, {"type": "x"}, "items", list_items(), tail)
    assert json.loads(out.getvalue()) == {"type": "x", "items": items, "count": len(items)}


@given(st.text(st.characters()))
def test_text_can_be_utf_8_and_keeps_its_length_but_for_surrogate_pairs(text):
    made = make_text(text)
    made.encode("utf-8")
    if not any("\ud800" <= char <= "\udfff" for char in text):
        assert made == text


def test_half_a_pair_becomes_a_replacement_character():
    assert make_text("ا\ud800ب\udc00") == "ا\ufffdب\ufffd"
