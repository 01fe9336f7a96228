"""Every span cuts exactly its text out of ``Document.text`` and, decoded, out of the raw bytes.

Documents are mixtures of what pages hold, in the seven encodings, each held to what it can write.
"""

import codecs
import json
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qala.model import Document, Span
from qala.reading.charset import decode_bytes
from qala.reading.jsonl import read_json
from qala.reading.plain import is_blank, read_bytes
from qala.text.clean import find_debris
from qala.text.clitics import find_clitics
from qala.text.quotes import find_quotations
from qala.text.segment import find_layout
from qala.text.words import find_words

PIECES = [
    "قال الوزير إن الموسم جيد",
    "وأضاف أن الحكومة ستدعم المزارعين للمرة الأولى",
    "قَالَ مُحَمَّدٌ",
    "قـــــال",
    "ﻭﻗﺎﻝ ﷲ ﷺ",
    "قا\u200dل محم\u200bد\u200f",
    "\u202eمقلوب\u202c \u2067معزول\u2069",
    "😀👨\u200d👩\u200d👧",
    "Reuters said (CNN)--",
    "é à ç ü",
    "«", "»", '"', "“", "”", "„", "''", "‹", "›", "'", "’", "(", ")", "[", "]", "-", "؟", "!", ".", "..",
    "…", "،", ":",
    "«نعم»", '"لا"', "إن\" كلام\"", "بـ\"رد\"",
    "\n", "\n\n", "\r\n", " ", "\u00a0", "\t", "\x00", "\x0b", "\u2028",
    "[caption id=\"a\" width=\"7\"]", "[/caption]", "للمزيد: خبر", "اقرأ أيضا:", "-----", "***",
    "دبي، الإمارات (CNN)--", "3.5", "١٢٣", "۴۵", "د. سالم", "العربية.نت", "ﻻ", "\u0651\u064e",
    "\ufffd", "\ufeff",
]  # fmt: skip
MIXTURES = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=40).map(" ".join)
TIGHT = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256", "iso-8859-6"]
BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def held(text: str, encoding: str) -> bytes:
    """Encode what of ``text`` the encoding holds; a text that starts like a byte order mark would be one."""
    return text.lstrip("\ufeff").encode(encoding, "ignore")


def spans_of(text: str) -> list[Span]:
    """Return every span that the text floor finds, having checked how they lie."""
    words = find_words(text)
    debris = find_debris(words)
    layout = find_layout(words, debris, find_quotations(words, debris))
    headings = [heading.span for heading in layout.headings]
    quotations = [quotation.span for quotation in layout.quotations]
    clitics = [span for word in find_clitics(words) for span in (*word.proclitics, word.stem, *word.enclitics)]
    for row in (layout.sentences, layout.paragraphs, headings, [one.span for one in debris], clitics):
        assert all(one.end <= other.start for one, other in pairwise(row))
    assert quotations == sorted(quotations, key=lambda span: (span.start, -span.end))
    found = [*layout.sentences, *layout.paragraphs, *headings, *quotations, *clitics]
    assert all(span.start < span.end for span in found)
    check_cover(words, layout.sentences, [one.span for one in debris])
    return found + [one.span for one in debris] + [words.span(token, token) for token in range(len(words))]


def check_cover(words, sentences, debris) -> None:  # type: ignore[no-untyped-def]
    """Every token but line ends stands in exactly one sentence or piece of debris."""
    count = [0] * len(words)
    for span in (*sentences, *debris):
        for token in range(words.first_in(span.start), words.end_before(span.end) if span.start < span.end else 0):
            count[token] += 1
    assert all(n == 1 for n, form in zip(count, words.forms, strict=True) if form != "\n")


@pytest.mark.parametrize("encoding", ENCODINGS)
@settings(max_examples=60, deadline=None)
@given(text=MIXTURES | TIGHT)
def test_every_span_cuts_its_text_out_of_the_bytes(encoding: str, text: str) -> None:
    raw = held(text, encoding)
    document = read_bytes(raw, encoding=encoding)
    if not isinstance(document, Document):
        return
    stored = document.origin.encoding
    assert stored is not None
    start = next((len(mark) for mark in BOMS if raw.startswith(mark)), 0)
    assert document.text == raw[start:].decode(stored)
    for span in spans_of(document.text):
        assert 0 <= span.start <= span.end <= len(document.text)
        assert document.origin.bytes_of(span).decode(stored) == span.of(document.text)


@pytest.mark.parametrize("encoding", ENCODINGS)
@settings(max_examples=40, deadline=None)
@given(text=MIXTURES)
def test_news_in_each_encoding_is_detected(encoding: str, text: str) -> None:
    lead = "قال الوزير إن الموسم جيد وإن الحكومة ستدعم المزارعين في كل المناطق. " * 12
    raw = held(lead + text, encoding)
    decoded = decode_bytes(raw)
    assert decoded.text.startswith(lead)
    assert "encoding_errors" not in decoded.flags
    for position in range(0, len(decoded.text), 7):
        offset = decoded.offsets.byte_offset(position)
        assert raw[offset:].decode(decoded.encoding) == decoded.text[position:]


@settings(max_examples=200, deadline=None)
@given(parts=st.lists(st.binary(max_size=6) | MIXTURES.map(str.encode), max_size=12))
@example(parts=[b"\xe2\x80", b"\xef\xbf\xbd", b"\xf0\x9f\x98\xff"])
def test_malformed_utf8_is_replaced_as_python_does_and_mapped(parts: list[bytes]) -> None:
    raw = "قال الوزير إن الموسم جيد. ".encode() * 4 + b"".join(parts)
    decoded = decode_bytes(raw, "utf-8")
    if decoded.encoding != "utf-8" or raw.startswith(BOMS):
        return
    assert decoded.text == raw.decode("utf-8", "replace")
    last = 0
    for position, character in enumerate(decoded.text):
        first, after = decoded.offsets.byte_offset(position), decoded.offsets.byte_offset(position + 1)
        assert first == last and raw[first:after].decode("utf-8", "replace") == character
        last = after
    assert last == len(raw)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@settings(max_examples=80, deadline=None)
@given(
    parts=st.lists(st.sampled_from(["\ud800", "\udc00", "\ud83d\ude00", "قال", "a"]), max_size=12),
    tail=st.binary(max_size=1),
)
def test_malformed_utf16_is_mapped(encoding: str, parts: list[str], tail: bytes) -> None:
    raw = "".join(["قال الوزير إن الموسم جيد وكذا "] * 3 + parts).encode(encoding, "surrogatepass") + tail
    decoded = decode_bytes(raw, encoding)
    assert decoded.text == raw.decode(encoding, "replace")
    last = 0
    for position in range(len(decoded.text)):
        assert decoded.offsets.byte_offset(position) == last
        last = decoded.offsets.byte_offset(position + 1)
    assert last == len(raw)


@settings(max_examples=100, deadline=None)
@given(text=MIXTURES, ascii_only=st.booleans())
def test_a_json_field_is_the_text_as_it_stands(text: str, ascii_only: bool) -> None:
    [document] = read_json(json.dumps({"text": text}, ensure_ascii=ascii_only).encode("utf-8", "replace"), "f")
    if isinstance(document, Document):
        assert document.text == text
    else:
        assert is_blank(text)
