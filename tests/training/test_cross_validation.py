"""The folds: always the same, each article in one, whatever the order in which they are read."""

import random

import pytest

pytest.importorskip("scipy")

from training.cross_validation import FOLDS, folds_of
from training.gold import Article, make_article


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return [
        make_article({"id": f"a{i:03}", "text": "قال الوزير إن الموسم جيد.", "statements": []}, "made up")
        for i in range(23)
    ]


def by_id(articles: list[Article]) -> dict[str, int]:
    return {article.document.id: fold for article, fold in zip(articles, folds_of(articles), strict=True)}


def test_folds_do_not_change(articles: list[Article]) -> None:
    assert folds_of(articles) == folds_of(articles)


def test_folds_do_not_hang_on_the_order_of_the_articles(articles: list[Article]) -> None:
    shuffled = articles[:]
    random.Random(1).shuffle(shuffled)
    assert by_id(shuffled) == by_id(articles)


def test_folds_are_of_one_size(articles: list[Article]) -> None:
    folds = folds_of(articles)
    sizes = [folds.count(fold) for fold in range(FOLDS)]
    assert sum(sizes) == len(articles)
    assert max(sizes) - min(sizes) <= 1


def test_folds_are_no_run_of_ids(articles: list[Article]) -> None:
    """Articles of one day and outlet have neighbouring ids; they must not make up a fold."""
    folds = folds_of(articles)
    assert folds != sorted(folds)
    assert len(set(folds[:FOLDS])) > 1


def test_no_articles_no_folds() -> None:
    assert folds_of([]) == []
