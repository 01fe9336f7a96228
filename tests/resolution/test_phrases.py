"""Other phrases with the head of a source: the first, the longest, none for what names somebody."""

import pytest

from qala.extraction.sources import SourceSpan
from qala.pipeline import scan_text
from qala.resolution.phrases import find_phrases, phrases_like


def phrases(text: str, source: str) -> list[str]:
    scan, _, _ = scan_text(text)
    start = text.rindex(source)
    first, last = scan.words.first_in(start), scan.words.end_before(start + len(source)) - 1
    span = SourceSpan(first, last, "post", 0)
    found = phrases_like(scan, find_phrases(scan, [span]), span)
    return [scan.words.span(one, other).of(text) for one, other in found]


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        (
            "وصل مهاجرون أفارقة إلى الجزيرة. ويقول هؤلاء المهاجرون إن البحر كان هائجا.",
            "هؤلاء المهاجرون",
            ["مهاجرون أفارقة"],
        ),
        (
            "ورد تقرير في الصباح. ونشر تقرير جمعية المزارعين الأرقام. وقال التقرير إن العدد زاد.",
            "التقرير",
            ["تقرير", "تقرير جمعية المزارعين"],
        ),
        ("اجتمع الصيادون. وقال الطباخون إن الطعام نفد.", "الطباخون", []),
        ("قال محمد سالم إن الطعام نفد.", "محمد سالم", []),
    ],
)
def test_a_source_is_found_again_by_the_stem_of_its_head(text: str, source: str, expected: list[str]) -> None:
    assert phrases(text, source) == expected


def test_a_page_of_one_word_stays_linear() -> None:
    text = "تقرير . " * 500 + "وقال التقرير إن العدد زاد."
    scan, _, _ = scan_text(text)
    last = len(scan.words) - 1
    at = next(j for j in range(last, 0, -1) if scan.words.forms[j] == "التقرير")
    found = find_phrases(scan, [SourceSpan(at, at, "post", 0)])
    assert all(len(places) <= 40 for places in found.values())


def test_few_heads_and_many_are_found_alike() -> None:
    heads = ["العمال", "المزارعون", "تقرير", "الصيادين", "وزارتها", "مدرسة", "الوفد", "بيان", "المعلمات", "سفينتان"]
    text = ". ".join(f"وصل {head} أمس. ورأى {head} البحر" for head in heads) + "."
    scan, _, _ = scan_text(text)
    at = [scan.words.first_in(text.index(head)) for head in heads]
    sources = [SourceSpan(j, j, "post", 0) for j in at]
    many = find_phrases(scan, sources)
    few = [find_phrases(scan, [source]) for source in sources]
    assert many == {key: places for found in few for key, places in found.items()}
    assert all(places for places in many.values())
