"""Readings in a notebook."""

import html

from qala.exports.html import render_html
from qala.exports.notebook import show


def test_a_notebook_gets_the_page_in_a_sandboxed_frame(reading):
    shown = show(reading)._repr_html_()
    assert shown.startswith('<iframe sandbox="" srcdoc="')
    inner = shown.split('srcdoc="')[1].split('" title="')[0]
    assert html.unescape(inner) == render_html([reading])


def test_plain_python_gets_the_table(reading):
    assert "deny" in repr(show([reading, reading]))
    assert repr(show([reading, reading])).count("5 statements") == 2


def test_height_is_a_number(reading):
    assert "height:300px" in show(reading, height=300)._repr_html_()
