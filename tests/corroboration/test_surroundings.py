"""How common terms are around an article: counted among its own days and topic, and nowhere else."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.corroboration.contents import read_contents
from qala.corroboration.surroundings import DAYS, Article, list_articles, read_surroundings

EVENT = {"w:harbour": 0.8, "w:fire": 0.6}
OTHER = {"w:summit": 1.0}


def make(id, day=100, topic=EVENT, terms=("w:harbour",), statements=1):
    return Article(id, day, topic, Counter(dict.fromkeys(terms, statements)), statements)


def rarity(articles, id, term):
    ordered = sorted(articles, key=lambda article: (article.day, article.id))
    return read_surroundings(ordered)[id].rarity(term)


def test_the_words_of_an_event_are_common_in_it_however_rare_elsewhere():
    event = [make(f"a{number}") for number in range(9)]
    rest = [make(f"b{number}", topic=OTHER, terms=("w:summit",)) for number in range(200)]
    assert rarity([*event, *rest], "a0", "w:harbour") < rarity([*event, *rest], "a0", "w:fire")
    assert rarity([*event, *rest], "b0", "w:harbour") > rarity([*event, *rest], "a0", "w:harbour")


def test_other_days_and_topics_change_nothing_much():
    event = [make(f"a{number}", terms=("w:harbour", f"w:own{number}")) for number in range(30)]
    alone = rarity(event, "a0", "w:harbour")
    later = [make(f"c{number}", day=100 + DAYS + 1, terms=("w:ship",)) for number in range(30)]
    assert rarity([*event, *later], "a0", "w:harbour") == pytest.approx(alone, abs=0.12)


def test_what_stands_nowhere_near_counts_as_in_the_whole_set():
    articles = [make("a"), make("b", topic=OTHER, terms=("w:summit",))]
    whole = read_surroundings(articles)
    assert whole["a"].rarity("w:summit") < whole["a"].rarity("w:unseen")
    assert whole[""].total == 2


@given(order=st.permutations(range(8)))
def test_the_order_of_the_articles_changes_nothing(order):
    articles = [
        make(f"a{number}", day=100 + number % 3, topic=EVENT if number % 2 else OTHER, terms=(f"w:{number % 4}",))
        for number in range(8)
    ]
    found = read_surroundings(sorted((articles[number] for number in order), key=lambda each: (each.day, each.id)))
    assert found == read_surroundings(sorted(articles, key=lambda each: (each.day, each.id)))


def test_articles_are_listed_by_day(dispute):
    contents = read_contents(dispute)
    topics = {content.record.document_id: EVENT for content in contents}
    found = list_articles(contents, topics)
    assert [(article.day, article.id) for article in found] == sorted((each.day, each.id) for each in found)
    assert sum(article.statements for article in found) == len(contents)
    assert list_articles(reversed(contents), topics) == found
