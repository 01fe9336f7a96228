"""Names compared: pairs of transliterations that are one name, pairs that are two persons, and what cannot
be said.
"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.lexicon.actors import load_actors
from qala.resolution.names import compare_names, compare_words, sound_key
from qala.text.normalize import fold

ROWS = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "name_pairs.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def test_there_are_enough_pairs() -> None:
    assert len(ROWS) >= 150
    assert {row[0] for row in ROWS} == {"same", "variant", "different", "part_of", "cannot_compare"}


@pytest.mark.parametrize(("verdict", "a", "b"), ROWS, ids=[f"{i}-{row[0]}" for i, row in enumerate(ROWS)])
def test_pairs(verdict: str, a: str, b: str) -> None:
    there, back = compare_names(a, b), compare_names(b, a)
    assert there.verdict == verdict, there
    assert back.verdict == verdict, back
    assert there.score == back.score


@pytest.mark.parametrize(("verdict", "a", "b"), ROWS)
def test_only_the_same_scores_one_and_what_cannot_be_compared_low(verdict: str, a: str, b: str) -> None:
    score = compare_names(a, b).score
    assert (score == 1.0) == (verdict == "same")
    if verdict in ("different", "cannot_compare"):
        assert score < 0.5
    if verdict == "part_of":
        assert 0.5 < score < 0.9


def test_the_shorter_name_is_said() -> None:
    assert compare_names("بوتين", "فلاديمير بوتين").part == "a"
    assert compare_names("فلاديمير بوتين", "بوتين").part == "b"
    assert compare_names("بوتين", "بوتن").part is None


def test_reasons_name_the_words() -> None:
    assert compare_names("سيرغي لافروف", "سيرجي لافروف").reasons == ("sounds: سيرغي / سيرجي",)
    assert "father" in compare_names("سلمان", "محمد بن سلمان").reasons[0]


def test_words_of_one_name_share_a_key() -> None:
    for a, b in (("غوتيريش", "جوتيريس"), ("نتنياهو", "نتانياهو"), ("تشافيز", "شافيز"), ("القذافي", "قذافي")):
        assert sound_key(fold(a)) == sound_key(fold(b))
    assert compare_words(fold("كيم"), fold("كريم")) == (0.0, "")


def test_no_two_persons_of_the_base_have_variants_of_one_full_name() -> None:
    """Two persons whose full names compare as one would be merged: only known namesakes may."""
    persons = [actor for actor in load_actors().actors.values() if actor.kind == "person"]
    table: dict[str, list[tuple[str, str]]] = {}
    for person in persons:
        table.setdefault(sound_key(fold(person.name.split()[-1])), []).append((person.name, person.id))
    close = {
        frozenset((a[1], b[1]))
        for names in table.values()
        for i, a in enumerate(names)
        for b in names[i + 1 :]
        if compare_names(a[0], b[0]).verdict in ("same", "variant")
    }
    assert close <= {frozenset(("george-w-bush", "george-h-w-bush"))}


@given(st.text(alphabet="ابتجدرسعغفقكلمنهوي \u064b\u0640", max_size=25))
def test_a_name_is_never_different_from_itself(name: str) -> None:
    assert compare_names(name, name).verdict in ("same", "cannot_compare")


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_text_gives_a_verdict_and_a_score(a: str, b: str) -> None:
    result = compare_names(a, b)
    assert 0.0 <= result.score <= 1.0
    assert result.verdict == compare_names(b, a).verdict
