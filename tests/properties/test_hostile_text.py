"""Hostile texts end, and what they give grows no faster than they do.

No wall time: the work is counted by a tracer's look at how often lines of the code run, over a text
and one of twice the length.
"""

from collections.abc import Callable
from typing import Any

import pytest

from qala.model import Layout
from qala.reading.charset import decode_bytes, is_mojibake
from qala.text.clean import find_debris
from qala.text.clitics import find_clitics
from qala.text.quotes import find_quotations
from qala.text.segment import find_layout
from qala.text.words import find_words


def read(text: str) -> Layout:
    words = find_words(text)
    debris = find_debris(words)
    layout = find_layout(words, debris, find_quotations(words, debris))
    find_clitics(words)
    return layout


HOSTILE = {
    "unclosed angles": "«كلام ",
    "angles alone": "«",
    "closings alone": "» ",
    "straight marks": '"',
    "straight marks spaced": ' " ',
    "nested": "« " + "“ ",
    "alternating": "«\"“'",
    "marks on lines": "«\n",
    "closed late": '"نعم\n',
    "line ends": "\n",
    "carriage returns": "\r\n",
    "dots": ".",
    "questions": "؟!",
    "stops and closings": '!"،',
    "one long line": "كلام طويل، ",
    "combining": "\u064e",
    "combined letters": "ب\u064e\u0651",
    "tatweel": "\u0640",
    "zero width": "\u200d\u200f",
    "brackets": "[",
    "open tags": "[caption a=",
    "tags": "[caption a=b]",
    "closing tags": "[/caption]",
    "closing tags on a line": "نص [/caption] ",
    "dashed lines": "- نعم\n",
    "related": "اقرأ أيضا:\n",
    "headlines": "للمزيد: عنوان خبر من الأخبار\n",
    "datelines": "دبي (CNN)\n",
    "places": "دبي، ",
    "agencies": "رويترز - ",
    "numbers": "1. ",
    "abbreviations": "أ.",
    "letters": "بي.",
    "unfinished": "من ",
    "repeated": "سطر من ست كلمات لا غير هنا\n",
    "conjunctions": "و",
    "mojibake": "Ø§",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_twice_the_text_is_twice_the_work(piece: str, work: Callable[[Callable[[], Any]], int]) -> None:
    once, twice = piece * 400, piece * 800
    read(once), read(twice)  # caches are warm
    first, second = work(lambda: read(once)), work(lambda: read(twice))
    assert 0 < second < 2.3 * first + 500
    assert work(lambda: is_mojibake(twice)) < 100_000


@pytest.mark.parametrize("piece", ["«", '"', "\u064e", "\n", "كلام ", "[/caption]", "؟", "«\n", "- \n"])
def test_a_long_text_ends_and_gives_no_more_than_it_has(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    words = find_words(text)
    layout = read(text)
    assert len(layout.sentences) <= len(words)
    assert len(layout.quotations) <= len(words)
    assert sum(span.end - span.start for span in layout.sentences) <= len(text)


def test_depth_is_bounded() -> None:
    text = "«" * 50_000 + "قال" + "»" * 50_000
    quotations = read(text).quotations
    assert quotations
    assert max(quotation.depth for quotation in quotations) < 10
    assert all(quotation.closed for quotation in quotations)


def test_unclosed_marks_are_few_so_that_nothing_after_can_be_quadratic() -> None:
    layout = read("«كلام " * 50_000)
    assert sum(span.end - span.start for span, _, _ in layout.quotations) <= 4 * 300_000


@pytest.mark.parametrize(
    "raw",
    [b"\xff" * 300_000, b"\xd9" * 300_001, b"\x06\x27" * 100_000, b"\xe2\x80" * 100_000, b"\x00" * 300_000],
)
def test_bytes_without_sense_are_mapped(raw: bytes) -> None:
    decoded = decode_bytes(raw)
    assert decoded.offsets.byte_offset(len(decoded.text)) == len(raw)
    assert decoded.offsets.code_point(len(raw)) == len(decoded.text)
