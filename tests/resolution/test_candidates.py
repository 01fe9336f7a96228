"""Who could speak: the body behind the head of a source, other phrases with its head; how near a candidate is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.extraction.attribution import Draft, find_drafts
from qala.extraction.ranker import load_rankers
from qala.extraction.scan import Scan
from qala.lexicon.actors import load_actors
from qala.pipeline import scan_text
from qala.resolution.candidates import _gap
from qala.resolution.cast import find_cast, voices_around
from qala.resolution.echoes import find_echoes
from qala.resolution.scenes import scene_of
from qala.resolution.speaker_facts import last_before

PLACES = st.lists(st.integers(0, 60), min_size=1, max_size=8).map(lambda places: tuple(sorted(places)))


def last_draft(text: str) -> tuple[Scan, list[Draft], list[tuple[str, str]]]:
    scan, _, _ = scan_text(text)
    drafts = find_drafts(scan, load_rankers())
    cast, echoes = find_cast(scan, load_actors(), drafts), find_echoes(scan, drafts)
    found = scene_of(scan, drafts, len(drafts) - 1, [], cast, echoes).candidates
    return scan, drafts, [(c.origin, scan.words.span(c.first, c.last).of(text)) for c in found]


@pytest.mark.parametrize(
    ("text", "candidate"),
    [
        ("وجاء في تقرير وزارة الصحة أن المستشفيات امتلأت.", ("body", "وزارة الصحة")),
        ("وصل مهاجرون أفارقة إلى الجزيرة. وقال المهاجرون إن البحر كان هائجا.", ("phrase", "مهاجرون أفارقة")),
        ("قال محمد سالم إن البحر كان هائجا.", ("self", "محمد سالم")),
    ],
)
def test_who_could_speak(text: str, candidate: tuple[str, str]) -> None:
    assert candidate in last_draft(text)[2]


def test_only_the_voices_around_a_statement_are_heard() -> None:
    text = " ".join(f"قال محمد سالم إن الرقم {number} صحيح." for number in range(60))
    scan, _, _ = scan_text(text)
    drafts = find_drafts(scan, load_rankers())
    cast = find_cast(scan, load_actors(), drafts)
    assert len(cast.voices) == len(drafts) == 60
    middle = voices_around(cast, drafts[30])
    assert len(middle) == 40
    assert [voice.cue for voice in middle] == [draft.reading.cue.first for draft in drafts[10:50]]


@given(PLACES, st.integers(0, 60))
def test_the_nearest_place_counts_and_one_behind_the_cue_three_times(places: tuple[int, ...], at: int) -> None:
    assert _gap(places, at) == min(at - place if place < at else 3 * (place - at) for place in places)


@given(PLACES, st.integers(0, 60))
def test_the_last_place_before_a_cue(places: tuple[int, ...], at: int) -> None:
    assert last_before(places, at) == max((place for place in places if place < at), default=-1)
