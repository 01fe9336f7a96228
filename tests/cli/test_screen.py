"""What is shown on a terminal: marked, wrapped, and without anything that acts."""

import os
import re
import sys

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from qala.cli.screen import (
    PIPE_CLOSED,
    Mark,
    Screen,
    cut_marked,
    enclose,
    find_screen,
    lay_out,
    print_json,
    print_json_lines,
    render,
    show,
    write,
)
from qala.exports.visible import FSI, PDI, RLI, make_visible
from qala.model import Span

TEXTS = st.text(st.sampled_from("ابتثج xyz\u202e\x1b\u0301\U0001f600\t"), max_size=120)


def make_mark(start, end, opening="[", closing="]", style="bold"):
    return Mark(Span(start, end), style, opening, closing)


@st.composite
def marked_texts(draw):
    text = draw(TEXTS)
    places = st.integers(0, len(text))
    spans = [Span(*sorted((draw(places), draw(places)))) for _ in range(draw(st.integers(0, 4)))]
    span = Span(*sorted((draw(places), draw(places))))
    return text, span, [make_mark(*each, "\ue000", "\ue001") for each in spans]


@given(marked_texts())
def test_marks_take_nothing_from_the_text_and_are_balanced(case):
    text, span, marks = case
    shown = cut_marked(text, span, marks, colour=False).plain
    assert re.sub("[\ue000\ue001]", "", shown) == make_visible(span.of(text))
    assert shown.count("\ue000") == shown.count("\ue001")
    assert cut_marked(text, span, marks, colour=True).plain.count("\ue000") == 0


def test_marks_stand_around_their_words():
    marks = [make_mark(0, 2, "((", "))"), make_mark(3, 9, "[[", "]]"), make_mark(3, 5, "<<", ">>")]
    assert cut_marked("ab cd efg", Span(0, 9), marks, colour=False).plain == "((ab)) [[<<cd>> efg]]"
    assert cut_marked("ab cd efg", Span(4, 7), marks, colour=False).plain == "[[<<d>> e]]"
    assert cut_marked("ab cd efg", Span(2, 3), marks, colour=False).plain == " "


def test_the_inmost_mark_gives_the_colour():
    marks = [make_mark(0, 9, style="red"), make_mark(3, 5, style="green")]
    styled = cut_marked("ab cd efg", Span(0, 9), marks, colour=True)
    assert [(str(span.style), styled.plain[span.start : span.end]) for span in styled.spans] == [
        ("red", "ab "),
        ("green", "cd"),
        ("red", " efg"),
    ]


@given(st.text(st.sampled_from("ابتث xyz"), max_size=300), st.integers(10, 140))
def test_lines_are_as_wide_as_the_terminal_and_isolated(text, width):
    lines = list(lay_out(Text(text), width))
    for line in lines:
        assert cell_len(line.plain.replace(RLI, "").replace(FSI, "").replace(PDI, "")) <= max(width, 28)
        assert len(re.findall(f"[{RLI}{FSI}]", line.plain)) == 1 and line.plain.endswith(PDI)
    told = "".join(line.plain for line in lines)
    assert re.sub(f"[{RLI}{FSI}{PDI} ]", "", told) == text.replace(" ", "")


def test_arabic_stands_at_the_right_edge():
    (line,) = lay_out(Text("قال علي"), 40)
    assert line.plain == f"{' ' * 33}{RLI}قال علي{PDI}"
    (line,) = lay_out(Text("abc"), 40)
    assert line.plain == f"    {FSI}abc{PDI}"


def test_text_of_others_does_not_act():
    assert show("a\x1b[2J\u202eb") == f"{FSI}a\u241b[2J\u27e6U+202E\u27e7b{PDI}"
    assert show(None) == ""
    assert enclose(Text("x"), True).plain == f"{RLI}x{PDI}"


def test_colour_only_where_it_is_wanted():
    line = Text("word", style="bold")
    assert b"".join(render([line], Screen(80, False))) == b"word\n"
    assert b"".join(render([line], Screen(80, True))) == b"\x1b[1mword\x1b[0m\n"
    assert b"".join(render([Text("[bold]x[/bold] :smile:")], Screen(80, True))) == b"[bold]x[/bold] :smile:\n"


def test_controls_that_come_through_are_replaced():
    line = Text.assemble("a\x1b[2J", ("b\u202e", "bold"), "c\n")
    assert b"".join(render([line], Screen(80, False))).decode() == "a\ufffd[2Jb\ufffdc\ufffd\n"


def test_a_long_line_is_not_cut():
    assert b"".join(render([Text("x" * 500)], Screen(40, False))) == b"x" * 500 + b"\n"


def test_a_pipe_gets_no_colour(monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    assert find_screen().colour is False


def test_json_is_one_line_each(capfdbinary):
    print_json({"a": "قال\n"})
    print_json_lines([{"b": 1}, {"c": "\ud800"}])
    assert capfdbinary.readouterr().out.decode().splitlines() == ['{"a":"قال\\n"}', '{"b":1}', '{"c":"\\ud800"}']


def test_a_closed_pipe_ends_the_command(monkeypatch):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", closefd=True) as closed:
        monkeypatch.setattr(sys, "stdout", closed)
        with pytest.raises(typer.Exit) as ended:
            write([b"x" * 100])
    assert ended.value.exit_code == PIPE_CLOSED
