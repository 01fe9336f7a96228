from hypothesis import given
from hypothesis import strategies as st

from qala.extraction.atoms import conjoined, find_atoms, find_sense, touching
from qala.text.words import NUMBER, find_words


def atoms(text):
    return find_atoms(find_words(text))


def test_a_number_written_on_to_a_word_is_an_atom_of_its_own():
    found = atoms("تموز/يوليو2017 و20 دقيقة")
    assert found.forms[: found.size] == ["تموز", "/", "يوليو", "2017", "و", "20", "دقيقه"]
    assert found.tokens[: found.size] == [0, 1, 2, 2, 3, 3, 4]


def test_decimals_after_a_number_written_on():
    found = atoms("و8.2 ملايين و3,5 و5.")
    assert found.forms[: found.size] == ["و", "8.2", "ملايين", "و", "3,5", "و", "5", "."]
    assert found.tokens[: found.size][:3] == [0, 0, 3]


def test_a_name_with_a_number_stays_whole():
    found = atoms("طائرة F16 وكأس2018")
    assert "f16" in found.forms


def test_digits_of_both_kinds():
    found = atoms("الاثنين١٢")
    assert found.forms[:2] == ["الاثنين", "12"]
    assert found.kinds[1] == NUMBER


def test_a_conjunction_counts_only_where_it_may():
    found = atoms("والثلاثاء")
    assert find_sense(found, 0, "weekday") is None
    assert find_sense(found, 0, "weekday", joined=True).sense.value == 1


def test_a_written_on_preposition_counts_only_where_it_may():
    found = atoms("لعام 2014")
    assert find_sense(found, 0, "unit1").sense.value == "year"
    assert find_sense(found, 0, "unit1", fused=False) is None


def test_neighbours_forbid():
    assert find_sense(atoms("المصري اليوم"), 1, "day") is None
    assert find_sense(atoms("قال اليوم"), 1, "day") is not None


def test_what_and_joins():
    found = atoms("عشرة وخمسون و ستون")
    assert conjoined(found, 1) == 1
    assert conjoined(found, 2) == 3
    assert conjoined(found, 0) is None


def test_touching():
    found = atoms("5/9 2023")
    assert touching(found, 1) and touching(found, 2)
    assert not touching(found, 3)


@given(st.text(alphabet="ويوليو2017 /\u0640\u064b،الاثنين٣", max_size=40))
def test_atoms_cut_the_text_exactly(text):
    words = find_words(text)
    found = find_atoms(words)
    for i in range(found.size):
        token = found.tokens[i]
        assert words.starts[token] <= found.starts[i] < found.ends[i]
    assert all(a <= b for a, b in zip(found.ends[: found.size], found.starts[1 : found.size], strict=False))
