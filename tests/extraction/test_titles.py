"""Headlines of the form SOURCE: CONTENT."""

from hypothesis import given
from hypothesis import strategies as st

from qala.extraction.ranker import load_weights
from qala.extraction.titles import find_title_readings, title_candidates, title_features
from qala.pipeline import scan_text

BODY = "\n\nقال الوزير خالد منصور أمس إن المفاوضات ستبدأ في الأسبوع المقبل.\n"


def test_a_title_with_a_colon_is_a_candidate() -> None:
    scan, _, _ = scan_text("وزير الخارجية: المفاوضات ستبدأ قريبا" + BODY)
    (reading,) = title_candidates(scan)
    assert reading.kind == "title"
    assert scan.words.plains[reading.start] == "المفاوضات"
    assert reading.rank == 0
    assert scan.words.plains[reading.end] == "قريبا"


def test_a_line_with_a_final_stop_or_without_a_colon_is_none() -> None:
    for title in ("وزير الخارجية: المفاوضات ستبدأ قريبا.", "المفاوضات ستبدأ قريبا في المدينة", "كلمة:"):
        scan, _, _ = scan_text(title + BODY)
        assert not title_candidates(scan)


def test_what_the_body_says_again_counts() -> None:
    scan, _, _ = scan_text("الوزير: المفاوضات ستبدأ قريبا" + BODY)
    features = title_features(scan, title_candidates(scan)[0])
    assert "title|again1" in features
    assert "title|spoken1" in features


def test_accepted_headlines_score_above_nothing() -> None:
    scan, _, _ = scan_text("وزير الخارجية: المفاوضات ستبدأ قريبا" + BODY)
    for reading, score in find_title_readings(scan, load_weights("reading")):
        assert reading.kind == "title"
        assert score > 0


@given(st.lists(st.sampled_from(["الوزير", ":", "قال", "\n", "\n\n", ".", "12"]), max_size=40))
def test_headlines_stay_in_their_line(pieces: list[str]) -> None:
    scan, _, _ = scan_text(" ".join(pieces))
    for reading in title_candidates(scan):
        assert reading.rank < reading.cue.first < reading.start <= reading.end
        assert "\n" not in scan.words.forms[reading.rank : reading.end + 1]
