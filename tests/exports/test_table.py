"""The table for the terminal: columns keep their places, the input cannot act."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from qala.exports.table import render_article, render_table, wrap
from qala.exports.visible import FSI, PDI, RLI
from qala.model import Act, Attribution, Document, Layout, PublicationConstraint, Reading, Span, Statement

ANSI = re.compile(r"\x1b\[[0-9;]*m")


def rows(text: str) -> list[str]:
    return text.split("\n")


@pytest.mark.parametrize("width", [40, 72, 80, 100, 112, 120, 200])
def test_no_line_is_wider_than_the_terminal(reading, width):
    # the heading lines are left to the terminal to wrap
    for line in rows(render_table([reading], width=width))[2:]:
        assert cell_len(line) <= width, line


def test_everything_of_a_row_is_there(reading):
    shown = render_table([reading], width=140)
    for words in ("act", "speaker", "content", "through", "when"):
        assert words in rows(shown)[2]
    for words in (
        "deny",
        "repeated",
        "hedged",
        "cut off",
        "in s3",
        "إيلينا كاسترو",
        "شراء السفن",
        "2024-10-14",
    ):
        assert words in shown
    assert 'وكالة "أنباء المحيط"' in shown
    assert "أمس الاثنين" in shown


def test_every_isolate_is_closed_on_its_line(reading):
    for width in (60, 80, 130):
        for line in rows(render_table([reading], width=width, why=True)):
            depth = 0
            for char in line:
                depth += (char in RLI + FSI) - (char == PDI)
                assert 0 <= depth <= 1
            assert depth == 0


def test_input_cannot_act(reading):
    shown = render_table([reading], width=130, why=True)
    assert "\u202e" not in shown and "⟦U+202E⟧" in shown
    hostile = replace(reading.document, title="عنوان\x1b[2J\nسطر", outlet="\x07\u202e", id="a\nb")
    shown = render_table([replace(reading, document=hostile)], width=130)
    assert "\x1b" not in shown and "\x07" not in shown
    assert rows(shown)[0] == f"{RLI}عنوان␛[2J ⏎ سطر{PDI}"


def test_rich_markup_in_the_input_is_text():
    text = "قال [bold]علي[/bold] إن :smile: [/]"
    attribution = Attribution("s1", (Span(0, 3),), (Span(22, len(text)),), "indirect", "assert", Span(4, 21))
    reading = Reading(Document("x", text), Layout((), (), (), (), ()), (Statement(attribution),))
    assert "[/]" in render_article(reading) and ":smile:" in render_article(reading)


def test_colour_only_where_asked_for(reading):
    assert not ANSI.search(render_table([reading]))
    coloured = render_table([reading], colour=True)
    assert ANSI.search(coloured)
    assert [line.rstrip() for line in rows(ANSI.sub("", coloured))] == rows(render_table([reading]))


def test_why_names_rules_words_and_offsets(reading):
    shown = render_table([reading], why=True)
    statement = reading.statements[0].attribution
    start, end = statement.cue[0]
    assert f"cue:nafa  {start}-{end} {RLI}نفت{PDI}" in shown
    assert "a note" in shown and "speaker:named" in shown


def test_an_article_without_statements_says_so():
    empty = Reading(Document("empty", "نص بلا أقوال"), Layout((), (), (), (), ()), ())
    shown = render_article(empty)
    assert "0 statements" in shown and "no attributed statement found" in shown
    assert "day of publication unknown" in shown


def test_right_to_left_contents_stand_at_the_right_edge(reading):
    line = next(line for line in rows(render_article(reading, width=120)) if "شراء السفن" in line)
    content = line.index("شراء السفن")
    assert line[content - 10 : content - 1].isspace()


def test_long_words_are_cut_only_where_they_must_be():
    assert wrap("ab cd ef", 5) == ["ab cd", "ef"]
    assert wrap("abcdefgh", 3) == ["abc", "def", "gh"]
    assert wrap("", 5) == [""]


@given(st.text(max_size=200), st.integers(2, 40))
def test_wrapping_keeps_every_character(text, width):
    lines = wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.replace("\u200b", " ").split())


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=300), st.integers(20, 140), st.sampled_from(Act.__args__))
def test_any_text_fits(text, width, act):
    attribution = Attribution("s1", (), (Span(0, len(text)),), "indirect", act, Span(0, len(text)))
    reading = Reading(Document("x", text), Layout((), (), (), (), ()), (Statement(attribution),))
    shown = render_article(reading, width=width)
    assert shown.encode("utf-8")
    assert "\x1b" not in shown


def test_why_tells_event_times_quantities_and_the_chain(reading):
    shown = render_article(reading, width=200, why=True)
    assert "event time" in shown and "(\u20682024-10-20 planned\u2069)" in shown
    assert "quantity" in shown
    assert "chain  speaker" in shown and "page (not recorded)" in shown


def test_an_unknown_day_is_told_by_the_words_of_the_page(reading):
    known = PublicationConstraint(weekdays=frozenset((1,)), months=frozenset((9,)))
    unknown = replace(reading, document=replace(reading.document, published=None), publication=known)
    assert "day of publication unknown (by its words: Tuesday, September)" in render_article(unknown)
    silent = replace(unknown, publication=PublicationConstraint())
    assert "(by its words" not in render_article(silent)
