"""Debris: the rules' own examples with all rules loaded, and what no rule may touch."""

import re
from itertools import pairwise

import pytest

from qala.model import Debris, Span
from qala.text.clean import find_debris
from qala.text.data import load_debris
from qala.text.words import find_words

CASES = [(rule, text) for rule in load_debris().rules for text in (*rule.examples, *rule.nonexamples)]


def parse(example: str) -> tuple[str, list[Span]]:
    text, spans = "", []
    for part in re.split(r"(</?d>)", example):
        if part == "<d>":
            spans.append(Span(len(text), len(text)))
        elif part == "</d>":
            spans[-1] = Span(spans[-1].start, len(text))
        else:
            text += part
    return text, spans


@pytest.mark.parametrize(("rule", "example"), CASES, ids=[f"{rule.id}-{n}" for n, (rule, _) in enumerate(CASES)])
def test_the_examples_of_the_rules(rule: object, example: str) -> None:
    text, wanted = parse(example)
    found = find_debris(find_words(text))
    assert [debris.span.of(text).strip() for debris in found] == [span.of(text).strip() for span in wanted]
    assert {debris.kind for debris in found} <= {rule.kind}  # type: ignore[attr-defined]


def found(text: str) -> list[tuple[str, str]]:
    return [(debris.kind, debris.span.of(text)) for debris in find_debris(find_words(text))]


def test_every_rule_has_an_example_and_a_nonexample() -> None:
    for rule in load_debris().rules:
        assert rule.examples and rule.nonexamples, rule.id
        assert all("<d>" in example for example in rule.examples)
        assert not any("<d>" in example for example in rule.nonexamples)


def test_a_page_saved_from_a_content_system() -> None:
    text = (
        'قال الوزير إن الموسم جيد.\n[caption id="attachment_1" width="768"]\n\n'
        "مزارع يجمع القمح في حقل قرب العاصمة[/caption]\n"
        "وأضاف أن الحكومة ستدعم المزارعين.\nوتنتظر الأسواق أن ترتفع الأسعار في\n"
        "مزارع يجمع القمح في حقل قرب العاصمة[/caption]"
    )
    assert [kind for kind, _ in found(text)] == [
        "shortcode",
        "caption",
        "shortcode",
        "truncation",
        "caption",
        "shortcode",
    ]
    cut = next(debris for debris in find_debris(find_words(text)) if debris.kind == "truncation")
    assert cut.span == Span(text.index("في\nمزارع") + 2, text.index("في\nمزارع") + 2)


def test_rules_of_dashes_and_stars() -> None:
    assert found("نص الخبر هنا.\n------------\n***\n×××\nنص آخر هنا.") == [
        ("rule", "------------"),
        ("rule", "***"),
        ("rule", "×××"),
    ]
    assert found("- نعم\n-- لا") == []


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("وقال الوزير إن الحكومة ستدعم المزارعين من", ""),
        ("وقال الوزير إن الحكومة ستدعم المزارعين،", ""),
        ("وقال الوزير إن الحكومة ستدعم المزارعين في...", "..."),
        ("وقال الوزير إن الحكومة ستدعم […]", "[…]"),
        ("وقال الوزير إن الحكومة ستدعم المزارعين [...]", "[...]"),
    ],
)
def test_a_last_paragraph_that_breaks_off(text: str, cut: str) -> None:
    assert found("أول الخبر.\n" + text)[-1] == ("truncation", cut)


@pytest.mark.parametrize(
    "text",
    [
        "وقال الوزير إن الحكومة ستدعم المزارعين",
        "وقال الوزير إن الأمر انتهى...",
        "قال الوزير إن الأمر في يد الله.",
        "من أين؟",
        "في",
    ],
)
def test_a_last_paragraph_that_only_lacks_its_stop(text: str) -> None:
    assert found("أول الخبر.\n" + text) == []


def test_repeated_lines_are_captions_but_refrains_and_prose_are_not() -> None:
    line = "مزارع يجمع القمح في حقل قرب العاصمة"
    assert found(f"{line}\n\nقال الوزير نعم.\n{line}\nوأضاف.") == [("caption", line)]
    assert found("وعاد العيد يا وطني\nنعم\nوعاد العيد يا وطني\nنعم هنا") == []
    assert found(f"{line} {line}.\nوقال.\n{line} {line}.\nوقال.") == []


def test_a_list_of_related_headlines_ends_where_prose_begins() -> None:
    headlines = [f"عنوان رقم {n} من أخبار اليوم" for n in range(4)]
    text = (
        "قال نعم.\nاقرأ أيضا:\n"
        + "\n".join(headlines)
        + "\nوقال الوزير إن الموسم جيد.\nعنوان فرعي من أربع كلمات\nوقال."
    )
    assert [debris for _, debris in found(text)] == ["اقرأ أيضا:", *headlines]


def test_spans_are_ordered_and_apart() -> None:
    text = '[caption id="a"]للمزيد: خبر[/caption]\nللمزيد: خبر ثان\n---\nتصوير: فلان\nفرانس24/ أ ف ب'
    debris = find_debris(find_words(text))
    assert all(one.span.end <= other.span.start for one, other in pairwise(debris))
    assert all(isinstance(one, Debris) for one in debris)


@pytest.mark.parametrize("text", ["", "\n\n", " ", "«", "-", "[", "*", "...", "للمزيد", "؟"])
def test_next_to_nothing(text: str) -> None:
    find_debris(find_words(text))
