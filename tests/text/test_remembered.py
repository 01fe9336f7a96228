"""Memories: each key is asked once, and all are forgotten where there are too many."""

from hypothesis import given
from hypothesis import strategies as st

from qala.text.remembered import Remembered


def test_a_key_is_asked_once() -> None:
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    memory = Remembered(length, 10)
    assert [memory["وزير"], memory["قال"], memory["وزير"]] == [4, 3, 4]
    assert asked == ["وزير", "قال"]


def test_a_function_is_right_to_answer_none() -> None:
    memory: Remembered[int, int | None] = Remembered(lambda number: None, 10)
    assert memory[3] is None
    assert 3 in memory


@given(st.lists(st.integers(0, 20), max_size=60), st.integers(1, 8))
def test_never_more_than_allowed_and_always_right(keys: list[int], most: int) -> None:
    memory = Remembered(lambda number: number * number, most)
    for key in keys:
        assert memory[key] == key * key
        assert len(memory) <= most
