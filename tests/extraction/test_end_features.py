"""Features of ends: what is scored by facts is what training counts, for every candidate of a text."""

import pytest

from qala.extraction.attribution import accept_readings, settle
from qala.extraction.contents import find_ends
from qala.extraction.end_features import NOTHING_ACCEPTED, Accepted, end_features, score_ends
from qala.extraction.ranker import load_rankers, load_weights, score
from qala.extraction.readings import Reading
from qala.extraction.scan import Scan
from qala.pipeline import scan_text

TEXTS = [
    "قال الوزير إن المفاوضات ستبدأ غدا، مضيفا أن الوفد وصل، وأكد أن الموعد ثابت.",
    'وأضاف المتحدث في بيان: "لن نتراجع عن مواقفنا"، مؤكدا أن الحوار مستمر مع الجميع، فيما رفض التعليق.',
    "ذكرت الوكالة أن الرئيس، رغم نفيه الخبر، غادر البلاد أمس، وفق ما نقلت الصحيفة.",
]


def contents_of(text: str) -> tuple[Scan, list[Reading], Accepted]:
    scan, _, _ = scan_text(text)
    readings = [reading for reading, _, _ in settle(accept_readings(scan, load_rankers().reading))]
    return scan, [reading for reading in readings if reading.end < 0], Accepted.of(readings)


@pytest.mark.parametrize("text", TEXTS)
def test_a_score_is_the_sum_of_the_weights_of_the_features(text: str) -> None:
    scan, readings, around = contents_of(text)
    weights = load_weights("end")
    assert readings
    for reading in readings:
        ends = find_ends(scan, reading)
        for accepted in (around, NOTHING_ACCEPTED):
            features = end_features(scan, reading, ends, accepted)
            found = score_ends(scan, reading, ends, accepted, weights)
            assert found == pytest.approx([score(weights, each) for each in features])
            assert found == pytest.approx(score_ends(scan, reading, ends, accepted, dict(weights)))


def test_only_the_last_candidate_is_the_end_of_the_sentence() -> None:
    scan, readings, accepted = contents_of(TEXTS[0])
    ends = find_ends(scan, readings[0])
    assert len(ends) > 2
    features = end_features(scan, readings[0], ends, accepted)
    assert ["F" in each for each in features] == [False] * (len(ends) - 1) + [True]


def test_a_statement_behind_the_end_is_seen() -> None:
    scan, readings, accepted = contents_of(TEXTS[0])
    first, second = readings[:2]
    behind = [end for end in find_ends(scan, first) if end < second.cue.first][-1]
    alone, beside = (end_features(scan, first, [behind], around)[0] for around in (NOTHING_ACCEPTED, accepted))
    assert "acc" in beside
    assert "acc" not in alone
