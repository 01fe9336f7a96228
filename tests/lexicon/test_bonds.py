"""The bonds of words: packed and read alike, strong inside a name, weak at its border."""

from array import array
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.lexicon.bonds import MAGIC, bond, load_bonds, pack, vocabulary


@pytest.mark.parametrize(
    ("inside", "border"),
    [
        (("الجامعه", "العربيه"), ("العربيه", "وزير")),
        (("وزير", "الخارجيه"), ("الامن", "قال")),
        (("الامم", "المتحده"), ("المتحده", "مدينه")),
        (("مجلس", "الامن"), ("الامن", "مدينه")),
    ],
)
def test_words_of_a_name_hold_each_other(inside: tuple[str, str], border: tuple[str, str]) -> None:
    held, parted = bond(*inside), bond(*border)
    assert held is not None and parted is not None
    assert held >= 4 > 0 > parted


def test_a_word_that_no_one_knows_has_no_bond() -> None:
    assert bond("قخغظ", "وزير") is None
    assert bond("وزير", "قخغظ") is None


def test_the_table_is_of_the_words_of_the_clusters() -> None:
    table = load_bonds()
    assert list(table.words) == vocabulary()
    assert len(table.common) == len(table.words)
    assert len(table.pairs) == len(table.bits) > 100_000
    assert all(one < other for one, other in zip(table.pairs[:-1], table.pairs[1:], strict=True))
    assert max(table.pairs) >> 16 < len(table.words)
    assert all(-11 <= bits <= 12 for bits in table.bits)


@given(st.lists(st.tuples(st.integers(0, 2**32 - 1), st.integers(-4, 12)), unique_by=lambda row: row[0]))
def test_pack_keeps_every_pair(rows: list[tuple[int, int]]) -> None:
    rows.sort()
    words = ["ا", "ب"]
    data = pack(words, [-7, -9], [key for key, _ in rows], [bits for _, bits in rows])
    head = len(MAGIC)
    numbers = array("I", data[head : head + 12])
    assert list(numbers) == [crc32(b"\xd8\xa7\n\xd8\xa8"), 2, len(rows)]
    pairs = array("I", data[head + 14 : head + 14 + 4 * len(rows)])
    assert list(zip(pairs, array("b", data[head + 14 + 4 * len(rows) :]), strict=True)) == rows
