"""How near a candidate is named to a cue."""

from hypothesis import given
from hypothesis import strategies as st

from qala.resolution.candidates import _gap
from qala.resolution.speaker_facts import last_before

PLACES = st.lists(st.integers(0, 60), min_size=1, max_size=8).map(lambda places: tuple(sorted(places)))


@given(PLACES, st.integers(0, 60))
def test_the_nearest_place_counts_and_one_behind_the_cue_three_times(places: tuple[int, ...], at: int) -> None:
    assert _gap(places, at) == min(at - place if place < at else 3 * (place - at) for place in places)


@given(PLACES, st.integers(0, 60))
def test_the_last_place_before_a_cue(places: tuple[int, ...], at: int) -> None:
    assert last_before(places, at) == max((place for place in places if place < at), default=-1)
