"""The time of a saying and the carrier it came through."""

import pytest

from qala.extraction.attribution import Draft, find_drafts
from qala.extraction.circumstances import (
    choose_channel,
    choose_when,
    find_channels,
    find_whens,
    phrase_features,
)
from qala.extraction.ranker import load_rankers
from qala.extraction.scan import Scan
from qala.pipeline import scan_text


def read(text: str) -> tuple[Scan, Draft]:
    scan, _, _ = scan_text(text)
    return scan, find_drafts(scan, load_rankers())[0]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("قال الوزير أمس الاثنين إن المفاوضات صعبة.", "أمس الاثنين"),
        ("قال الوزير يوم الخميس إن الحكومة باقية.", "يوم الخميس"),
        ("قال الوزير إن الحكومة باقية.", None),
    ],
)
def test_the_time_of_a_saying(text: str, when: str | None) -> None:
    scan, draft = read(text)
    phrase = choose_when(scan, draft, load_rankers().when)
    assert (scan.words.span(phrase.first, phrase.last).of(text) if phrase else None) == when


def test_a_time_inside_the_content_is_no_candidate() -> None:
    scan, draft = read("قال الوزير إن المفاوضات ستبدأ غدا في المدينة.")
    inside = range(draft.reading.start, draft.end + 1)
    assert not [phrase for phrase in find_whens(scan, draft) if phrase.first in inside]


@pytest.mark.parametrize(
    ("text", "first", "kind"),
    [
        ("قال الوزير عبر تويتر إن المفاوضات صعبة.", "تويتر", "platform"),
        ("قال الوزير في بيان إن المفاوضات صعبة.", "بيان", "document"),
    ],
)
def test_the_carrier_of_a_saying(text: str, first: str, kind: str) -> None:
    scan, draft = read(text)
    groups = {scan.words.plains[phrase.first]: phrase.group for phrase in find_channels(scan, draft)}
    assert groups[first] == kind
    found = choose_channel(scan, draft, load_rankers().channel)
    assert found is not None
    assert found[1] == kind


def test_each_candidate_has_features_that_name_its_place() -> None:
    scan, draft = read("وقال المحلل لوكالة رويترز أمس إن الأسعار سترتفع.")
    phrases = [*find_whens(scan, draft), *find_channels(scan, draft)]
    for phrase, features in zip(phrases, phrase_features(scan, draft, phrases), strict=True):
        assert features[0] == phrase.place + "|"
        assert all(feature.startswith(phrase.place + "|") for feature in features)


def test_there_are_never_too_many_candidates() -> None:
    scan, draft = read("قال الوزير " + "لوكالة الأنباء وقناة الأخبار " * 12 + "إن المفاوضات صعبة.")
    assert len(find_channels(scan, draft)) <= 40


@pytest.mark.parametrize(
    ("text", "carrier"),
    [
        ("ونقلت وسائل إعلام محلية عن مسؤولين قولهم إن القرويين هاجموا المزرعة.", "وسائل إعلام محلية"),
        ("ونقل الموقع على لسان النائب سامي حداد قوله إن اللجنة سترسل وفدا.", "الموقع"),
        ("ونقلت الصديقة عن سامي حداد قوله إن اللجنة سترسل وفدا.", "الصديقة"),
    ],
)
def test_who_passes_words_on_may_be_the_carrier(text: str, carrier: str) -> None:
    scan, draft = read(text)
    spans = [scan.words.span(phrase.first, phrase.last).of(text) for phrase in find_channels(scan, draft)]
    assert carrier in spans


def test_a_carrier_does_not_run_on_into_the_source() -> None:
    text = "ونقلت وسائل إعلام محلية عن مسؤولين قولهم إن القرويين هاجموا المزرعة."
    scan, draft = read(text)
    assert draft.source is not None
    assert all(
        phrase.last < draft.source.first or phrase.first > draft.source.last for phrase in find_channels(scan, draft)
    )
