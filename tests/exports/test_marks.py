"""Highlights nest and overlap; taken away, they leave the text as it was."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import qala.exports
from qala.exports.marks import (
    MOST_NESTED,
    find_lines,
    find_marks,
    isolate_html,
    place_anchors,
    render_lines,
    show_text,
)
from qala.model import Attribution, Debris, Document, Layout, Reading, Span, Statement


class Reader(HTMLParser):
    """Reads marked lines back: the text, and the text under each class; fails on crossed tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.under: dict[str, str] = {}
        self.open: list[tuple[str, list[str]]] = []
        self.deepest = 0

    def handle_starttag(self, tag, attrs):
        self.open.append((tag, (dict(attrs).get("class") or "").split()))
        self.deepest = max(self.deepest, len(self.open))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        self.text += data
        for key in {name for _, names in self.open for name in names} | {
            "content " + name for _, names in self.open if "content" in names for name in names
        }:
            self.under[key] = self.under.get(key, "") + data


def read_back(reading: Reading) -> Reader:
    reader = Reader()
    for _, body in render_lines(reading, "a1"):
        reader.feed(body)
        assert not reader.open
        reader.text += "\n"
    return reader


def build(text: str, spans: list[Span], debris: tuple[Debris, ...] = ()) -> Reading:
    statements = tuple(
        Statement(Attribution(f"s{number}", (), (span,), "indirect", "assert")) for number, span in enumerate(spans, 1)
    )
    return Reading(Document("x", text), Layout((), (), (), (), debris), statements)


def test_the_marked_text_is_the_text(reading):
    reader = read_back(reading)
    lines = [line.of(reading.document.text) for line in find_lines(reading.document.text)]
    shown = [line.replace("\u202e", "⟦U+202E⟧").replace("\u202c", "⟦U+202C⟧") for line in lines]
    assert reader.text == "".join(f"{line}\n" for line in shown)


def test_every_part_of_a_statement_is_marked(reading):
    reader = read_back(reading)
    assert reader.under["hedge"] == "ربما"
    assert reader.under["channel"] == 'وكالة "أنباء المحيط"'
    assert reader.under["when"] == "أمس الاثنين"
    assert reader.under["repeated"] == "مراراً"
    assert reader.under["debris"].startswith("[caption")
    assert reader.under["content s4"] == "علمها بالأمر"
    assert reader.under["content s3"] == "أن أوتاوا نفت علمها بالأمر"


def test_marks_come_outer_before_inner(reading):
    marks = find_marks(reading)
    assert marks == sorted(marks)
    inside = [mark for mark in marks if mark.number in (3, 4) and mark.kind == "content"]
    assert [mark.number for mark in inside] == [3, 4]


def test_an_anchor_stands_before_a_whole_word(reading):
    text = reading.document.text
    anchors = place_anchors(reading)
    (offset,) = [offset for offset, numbers in anchors.items() if 2 in numbers]
    assert text[offset:].startswith("فقالت")


def test_a_mark_may_begin_inside_a_word():
    """The text stays as it is; beside it stand the letters with joiners, for browsers that need them."""
    ((_, body),) = render_lines(build("فقالت إن", [Span(1, 5)]), "a1")
    assert '<span class="z" data-z="ف\u200d">ف</span>' in body
    assert '<span class="m content assert s1"><span class="z" data-z="\u200dقالت">قالت</span></span> إن' in body


@pytest.mark.parametrize(
    ("text", "span", "parts"),
    [
        ("وقال", Span(1, 4), []),  # waw never joins the next letter
        ("فقال", Span(1, 4), ["ف\u200d", "\u200dقال"]),
        ("فَقال", Span(2, 5), ["فَ\u200d", "\u200dقال"]),  # a vowel mark between them
        ("بالقول علنا", Span(1, 11), ["ب\u200d", "\u200dالقول"]),
        ("علبكم", Span(2, 3), ["عل\u200d", "\u200dب\u200d", "\u200dكم"]),
        ("قال إن", Span(4, 6), []),
        ("U2قال", Span(2, 5), []),
    ],
)
def test_joiners_stand_only_where_letters_are_parted(text, span, parts):
    ((_, body),) = render_lines(build(text, [span]), "a1")
    assert re.findall(r'data-z="([^"]*)"', body) == parts


def test_marks_only_colour_so_that_letters_stay_joined():
    style = (Path(qala.exports.__file__).parent / "page.css").read_text(encoding="utf-8")
    for kind in ("content", "source", "cue", "channel", "hedge", "debris"):
        rules = [
            rule
            for rule in style.split("}")
            if any(f".{kind}" == part.strip() for part in rule.split("{")[0].split(","))
        ]
        assert rules, kind
        for rule in rules:
            for banned in ("padding", "margin", "border", "font", "display", "position", "letter-spacing"):
                assert banned not in rule.split("{")[1], (kind, banned)


def test_lines_leave_out_only_line_ends_and_empty_lines():
    text = "أ\r\n\n  \nب\u2028ج"
    assert [line.of(text) for line in find_lines(text)] == ["أ", "ب", "ج"]


def test_html_of_the_input_is_text():
    assert show_text("<b>\"&'") == "&lt;b&gt;&quot;&amp;&#x27;"
    assert show_text("\x00") == '<bdi class="ctl">␀</bdi>'
    assert isolate_html("قال <i>") == '<bdi dir="rtl">قال &lt;i&gt;</bdi>'
    assert isolate_html("a") == '<bdi dir="auto">a</bdi>'


def test_a_heap_of_marks_is_shown_to_a_depth():
    text = "قال " * 50
    reader = read_back(build(text, [Span(0, len(text) - n) for n in range(1, 60)]))
    assert reader.deepest <= MOST_NESTED + 1
    assert reader.text.strip() == text.strip()


@st.composite
def marked(draw):
    text = draw(st.text(st.sampled_from("قال إن\n<&\u202e\u064b \t"), min_size=1, max_size=60))
    offsets = st.integers(0, len(text))
    spans = [Span(*sorted(pair)) for pair in draw(st.lists(st.tuples(offsets, offsets), max_size=7))]
    return build(text, spans, (Debris(spans[0], "rule"),) if spans else ())


@given(marked())
def test_any_spans_give_well_formed_marks_over_the_same_text(reading):
    text = reading.document.text
    reader = read_back(reading)
    plain = [line.of(text) for line in find_lines(text)]
    shown = "".join(f"{line}\n" for line in plain).replace("\u202e", "⟦U+202E⟧").replace("\t", " ")
    assert reader.text == shown


@given(marked())
def test_what_stands_under_a_statement_is_its_content(reading):
    text = reading.document.text
    kept = "".join(line.of(text) for line in find_lines(text))
    reader = read_back(reading)
    for number, statement in enumerate(reading.statements, 1):
        words = statement.attribution.content[0].of(text)
        under = reader.under.get(f"content s{number}", "").replace("⟦U+202E⟧", "\u202e")
        assert under.replace(" ", "") in kept.replace("\t", "").replace(" ", "")
        assert "".join(under.split()) == "".join(words.split())


@pytest.mark.parametrize("offset", [0, 3])
def test_an_empty_span_marks_nothing(offset):
    ((_, body),) = render_lines(build("قال إن", [Span(offset, offset)]), "a1")
    assert "content" not in body
