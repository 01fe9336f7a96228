"""Debris: the rules' own examples with all rules loaded, and what no rule may touch."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.model import Debris, Document, Span
from qala.pipeline import extract
from qala.text.clean import find_debris
from qala.text.data import load_debris
from qala.text.lines import find_lines, split_at_gaps
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


def test_lines_that_were_joined_by_spaces() -> None:
    """As pages are saved whose line ends were lost: stamp, headline and caption in one line, links in another."""
    text = (
        "1400 (GMT+04:00) - 05/10/09     الحكومة تبحث خطة الموسم الجديد     قالت الحكومة إن الخطة جاهزة\n"
        "بغداد، العراق (CNN) -- قال الوزير سالم الراوي إن الموسم جيد، وإن الحكومة ستدعم المزارعين في الشمال والجنوب.   "
        "روابط ذات علاقة    وزير الزراعة: الموسم ضعيف هذا العام    وأضاف الراوي أن المخازن ممتلئة."
    )
    assert found(text) == [
        ("dateline", "1400 (GMT+04:00) - 05/10/09"),
        ("caption", "قالت الحكومة إن الخطة جاهزة"),
        ("dateline", "بغداد، العراق (CNN) --"),
        ("related", "روابط ذات علاقة"),
        ("related", "وزير الزراعة: الموسم ضعيف هذا العام"),
    ]
    speakers = [statement.speaker.name for statement in extract(Document("a", text)).statements if statement.speaker]
    assert len(speakers) == 2 and all("الراوي" in name for name in speakers)


def test_two_spaces_part_nothing_and_a_third_piece_is_no_caption_without_a_stamp() -> None:
    assert found("انتهت الجلسة.  روابط ذات علاقة") == []
    assert found("الحكومة تبحث الخطة     وزير الزراعة في العاصمة     قالت الحكومة إن الخطة جاهزة") == []
    stamped = "1400 (GMT+04:00) - 05/10/09     خطة الموسم     قالت الحكومة إن الخطة جاهزة."
    assert [kind for kind, _ in found(stamped)] == ["dateline"]  # a sentence of the article, by its full stop


@given(st.lists(st.sampled_from(["اقرأ أيضا:", "قال الوزير إن الموسم جيد.", " ", "   ", "\t\t\t", "\n", "منوعات"])))
def test_gaps_change_nothing_but_debris(parts: list[str]) -> None:
    text = "".join(parts)
    spans = [debris.span for debris in find_debris(find_words(text))]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    pieces = list(split_at_gaps(find_words(text), find_lines(find_words(text))))
    assert [token for piece in pieces for token in range(piece.first, piece.end)] == [
        token for line in find_lines(find_words(text)) for token in range(line.first, line.end)
    ]


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
