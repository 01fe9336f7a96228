"""The tags of content systems."""

import pytest

from qala.text.shortcodes import find_shortcodes

NAMES = frozenset({"caption", "gallery", "embed"})


def kinds(text: str) -> list[tuple[str, str]]:
    return [(found.kind, found.span.of(text)) for found in find_shortcodes(text, NAMES)]


def test_a_caption_with_both_tags() -> None:
    assert kinds('قبل [caption id="x" width="7"]\n\nالوزير في الحقل [/caption] بعد') == [
        ("shortcode", '[caption id="x" width="7"]'),
        ("caption", "الوزير في الحقل"),
        ("shortcode", "[/caption]"),
    ]


def test_a_closing_tag_whose_opening_is_gone() -> None:
    assert kinds("فقرة.\nالوزير في الحقل[/caption]\nفقرة") == [
        ("caption", "الوزير في الحقل"),
        ("shortcode", "[/caption]"),
    ]


def test_an_opening_tag_that_is_never_closed() -> None:
    assert kinds('[caption id="x"]الوزير في الحقل\nفقرة') == [
        ("shortcode", '[caption id="x"]'),
        ("caption", "الوزير في الحقل"),
    ]
    assert kinds('[caption id="x"]قال الوزير إن الموسم جيد.\nفقرة') == [("shortcode", '[caption id="x"]')]
    assert kinds('[caption id="x" width=\nفقرة') == [("shortcode", '[caption id="x" width=')]


def test_other_tags() -> None:
    assert kinds('نص [gallery ids="1,2"] نص [vc_box width="1"] نص') == [
        ("shortcode", '[gallery ids="1,2"]'),
        ("shortcode", '[vc_box width="1"]'),
    ]
    assert kinds("[embed]https://example.org/v[/embed]") == [
        ("shortcode", "[embed]"),
        ("shortcode", "https://example.org/v"),
        ("shortcode", "[/embed]"),
    ]


@pytest.mark.parametrize("text", ["قال [الوزير] نعم", "كذا [sic] ورد", "[1] انظر", "a[b", "[...]", "[ caption ]", "نص"])
def test_brackets_of_prose(text: str) -> None:
    assert kinds(text) == []
