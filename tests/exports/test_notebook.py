"""Readings in a notebook."""

import html

from qala.exports.html import render_html
from qala.exports.notebook import show
from qala.model import RefusedInput


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


def test_refused_inputs_are_listed(reading):
    view = show([RefusedInput("a<b>.txt", "too large", "too_large"), reading])
    assert view.readings == (reading,)
    assert "<li>a&lt;b&gt;.txt: too large [too_large]</li>" in view._repr_html_()
    assert repr(view).endswith("a<b>.txt: too large [too_large]\n")
