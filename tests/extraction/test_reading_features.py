"""Features of readings: what is scored by parts is what training counts, for every candidate of real text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.extraction.ranker import load_weights, score
from qala.extraction.reading_features import bucket, finite, kind_of, reading_features, score_readings
from qala.extraction.readings import Reading, find_readings
from qala.extraction.scan import Scan
from qala.pipeline import scan_text

TEXTS = [
    "قال الوزير إن المفاوضات ستبدأ غدا.",
    'وأضاف المتحدث في بيان: "لن نتراجع عن مواقفنا"، مؤكدا أن الحوار مستمر.',
    '"سنعود قريبا"، هكذا قال المدرب بعد المباراة.',
    "ووفقا لوزارة الصحة، ارتفع عدد المصابين إلى 40 شخصا، فيما دعت المنظمة إلى التهدئة.",
    "نفت الشركة تسريح عمالها واتهمت الصحيفة بالكذب، كما قال مسؤول فيها أمس.",
]


def readings_of(text: str) -> tuple[Scan, list[Reading]]:
    scan, _, _ = scan_text(text)
    return scan, [reading for cue in scan.cues for reading in find_readings(scan, cue)]


@pytest.mark.parametrize("text", TEXTS)
def test_a_score_is_the_sum_of_the_weights_of_the_features(text: str) -> None:
    scan, readings = readings_of(text)
    assert readings
    weights = load_weights("reading")
    for _ in range(2):  # first unseen, then remembered
        for reading, found in zip(readings, score_readings(scan, readings, weights), strict=True):
            assert found == pytest.approx(score(weights, reading_features(scan, reading)))


@pytest.mark.parametrize("text", TEXTS)
def test_weights_that_remember_nothing_score_the_same(text: str) -> None:
    scan, readings = readings_of(text)
    weights = load_weights("reading")
    assert score_readings(scan, readings, dict(weights)) == pytest.approx(score_readings(scan, readings, weights))


def test_features_name_the_way_and_the_opening() -> None:
    scan, readings = readings_of(TEXTS[0])
    reading = next(r for r in readings if r.kind == "comp")
    features = set(reading_features(scan, reading))
    assert {"comp|", "comp|g1", "comp|j=that", "comp|c0", "comp|rel0", "comp|r0", "comp|s+past"} & features
    assert "comp|jw=" + scan.words.forms[reading.start] in features
    assert all(feature.startswith(("comp|", "kb=", "kfe=")) for feature in features)


def test_no_feature_stands_twice_where_one_place_is_named() -> None:
    for text in TEXTS:
        scan, readings = readings_of(text)
        for reading in readings:
            features = reading_features(scan, reading)
            assert len(features) - len(set(features)) <= 1, reading.kind


def test_distances_are_coarse_and_grow() -> None:
    names = [bucket(distance) for distance in range(60)]
    assert names == sorted(names)
    assert (bucket(0), bucket(6), bucket(24), bucket(25), bucket(400)) == ("0", "6", "9", "A", "A")
    assert bucket(-1) == "0"


@given(st.text(max_size=80), st.integers(-6, 100))
def test_the_group_of_any_place_is_known(text: str, i: int) -> None:
    scan, _, _ = scan_text(text)
    group = kind_of(scan, i)
    assert (group == "^") == (not 0 <= i < len(scan.words) or scan.classes[i] == "^")
    if 0 <= i < len(scan.words):
        assert group == ("T" if scan.times[i] >= 0 else scan.classes[i] or scan.tags[i] or scan.shapes[i])


def test_finite_verbs_of_saying() -> None:
    scan, _, _ = scan_text(TEXTS[1])
    said = [scan.words.plains[i] for i in range(len(scan.words)) if finite(scan, i)]
    assert "وأضاف" in said
    assert "مؤكدا" not in said
