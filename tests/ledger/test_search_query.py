"""What is typed becomes words, phrases and exclusions, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.errors import SearchError
from qala.ledger.search_index import make_facet
from qala.ledger.search_query import MOST_WORDS, parse_query


def show(text: str) -> str:
    """Write a query as its groups: ``a|b`` one of them, ``"a b"`` a phrase, ``a*`` a beginning, ``-a`` excluded."""
    query = parse_query(text)

    def write(part) -> str:
        inside = " ".join(part.forms) + "*" * part.begins
        return f'"{inside}"' if part.quoted or len(part.forms) > 1 else inside

    groups = ["|".join(map(write, group)) for group in query.required]
    return " ".join([*groups, *(f"-{write(part)}" for part in query.excluded)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("كوريا الشمالية", "كوريا الشماليه"),
        ('"كوريا الشمالية"', '"كوريا الشماليه"'),
        ("«كوريا الشمالية» روسيا", '"كوريا الشماليه" روسيا'),
        ("“a b”c", '"a b" c'),
        ('"a b', '"a b"'),
        ("a -b", "a -b"),
        ('a -"b c"', 'a -"b c"'),
        ("a - b", "a b"),
        ("a--b", '"a b"'),
        ("-a", "-a"),
        ("a-b", '"a b"'),
        ("col:x", '"col x"'),
        ("NEAR(a b, 3)", '"near a" b 3'),
        ("a AND b OR c", "a and b or c"),
        ("صوار*", "صوار*"),
        ("صوار**", "صوار*"),
        ("* صوار", "صوار"),
        ('"صوار*"', '"صوار"'),
        ("a | b", "a|b"),
        ("a|b c", "a|b c"),
        ("| a |", "a"),
        ("a | | b", "a|b"),
        ("3,000", "3000"),
        ("", ""),
        ('""', ""),
        ("،؛؟ …", ""),
    ],
)
def test_queries(text, expected):
    assert show(text) == expected


@pytest.mark.parametrize("text", ["ا*", "-a*", "a | ب*", "x-ا*"])
def test_a_beginning_has_two_letters(text):
    with pytest.raises(SearchError, match="at least 2 letters"):
        parse_query(text)


def test_too_many_words():
    assert len(parse_query("ا " * MOST_WORDS).required) == MOST_WORDS
    with pytest.raises(SearchError, match=f"more than {MOST_WORDS} words"):
        parse_query("ا " * (MOST_WORDS + 1))


@given(st.text(st.sampled_from("اب a*-|\"«»'()&!:<>{}^+\\\x00ـ,1\u064b\ud800٠ﷺ") | st.characters(), max_size=40))
def test_whatever_is_typed_gives_letters_and_digits(text):
    try:
        query = parse_query(text)
    except SearchError:
        return
    for part in (*(part for group in query.required for part in group), *query.excluded):
        assert part.words
        assert part.forms
        assert all(form.isalnum() for form in part.forms)


@given(st.text(max_size=30))
def test_facets_are_one_word_that_no_text_holds(value):
    facet = make_facet("who", value)
    assert facet.startswith("who·")
    assert all(letter.isalnum() or letter == "·" for letter in facet)
    assert len(facet.encode()) < 2_000


@given(st.text(max_size=12), st.text(max_size=12))
def test_different_values_have_different_facets(one, other):
    if one.casefold() != other.casefold():
        assert make_facet("via", one) != make_facet("via", other)
