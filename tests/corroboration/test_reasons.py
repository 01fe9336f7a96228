"""Reasons: in words, with spans of the article that they name."""

from qala.corroboration.pairs import compare_sides
from qala.corroboration.reasons import explain_pair
from qala.corroboration.utterances import make_sides


def test_speaker_shared_words_and_figures(press):
    a, b = make_sides(
        [
            *press("A", ("موسكو", "قالت", "إن الصاروخ قتل 40 مدنيا في القرية")),
            *press("B", ("روسيا", "قالت", "إن الصاروخ قتل 70 مدنيا في القرية"), day="2021-05-05"),
        ]
    )
    found = {reason.rule: reason for reason in explain_pair(a, b, compare_sides(a, b))}
    assert found["speaker:same"].note == "the same speaker"
    assert found["a:speaker"].note == "موسكو"
    assert "الصاروخ" in found["a:shared"].note
    assert (found["a:figures differ"].note, found["b:figures differ"].note) == ("40", "70")
    assert found["published"].note == "2 days apart"
    text = b.vector.content.record.document.text
    assert found["b:figures differ"].spans[0].of(text) == "70"


def test_without_a_comparison_only_what_people_said():
    assert explain_pair(None, None, None) == ()
