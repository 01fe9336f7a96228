"""The ledger in Markdown: readable, right to left, the input only text."""

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from qala.exports.labels import label
from qala.exports.markdown import escape_markdown, render_markdown, render_section
from qala.model import Document, Layout, PublicationConstraint, Reading


def test_an_entry_says_who_how_what_through_whom_and_when(reading):
    text = render_section(reading)
    entry = next(line for line in text.splitlines() if line.startswith("- **s2**"))
    assert "إيلينا كاسترو" in entry and "(`assert`)" in entry and "الصفقة ربما تؤجل" in entry
    details = text.splitlines()[text.splitlines().index(entry) + 1]
    for words in ("أنباء المحيط", "أمس الاثنين", "2024-10-14", "ربما", "ماذا تقول ليما"):
        assert words in details


def test_missing_parts_are_said(reading):
    text = render_section(reading)
    assert label("fields", "unknown_speaker") in text and label("fields", "truncated") in text
    empty = Reading(Document("x.txt", "نص"), Layout((), (), (), (), ()), ())
    assert label("fields", "none") in render_section(empty)
    assert label("fields", "unpublished") in render_section(empty)


@pytest.mark.parametrize(
    "text",
    [
        "**عريض** _مائل_ `رمز` ~شطب~",
        "[رابط](http://x.example) ![صورة](y)",
        "<script>alert(1)</script> &amp; <b>",
        "# عنوان\n- بند\n> قول",
        "| a | b |",
        "http://x.example www.x.example a@x.example",
        "\\* \\\\ $x$",
    ],
)
def test_the_input_is_only_text(text):
    shown = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(f"- {escape_markdown(text)}")
    inner = shown.replace("<ul>", "").replace("</ul>", "").replace("<li>", "").replace("</li>", "")
    inner = inner.replace("<bdi>", "").replace("</bdi>", "").strip()
    assert "<" not in inner
    assert "".join(text.split("\n")).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") == inner.replace(
        " ⏎ ", ""
    ).replace("&quot;", '"')


def test_several_articles_follow_each_other(reading):
    text = render_markdown([reading, reading])
    assert text.count('<div dir="rtl" lang="ar">') == text.count("</div>") == 2
    assert text.count("## ") == 2


def test_bidi_controls_are_shown(reading):
    text = render_section(reading)
    assert "\u202e" not in text and "U\\+202E" in text


def test_event_times_and_what_the_page_tells_of_its_day(reading):
    assert f"{label('fields', 'times')}: <bdi>تؤجل</bdi> (<bdi>2024-10-20</bdi>)" in render_section(reading)
    known = PublicationConstraint(weekdays=frozenset((1,)))
    unknown = replace(reading, document=replace(reading.document, published=None), publication=known)
    assert label("weekdays", "2") in render_section(unknown)
