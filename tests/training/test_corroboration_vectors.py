"""Word vectors of training: words that stand beside the same words come near one another."""

import numpy as np
import pytest

pytest.importorskip("scipy")

from training.corroboration_vectors import count_neighbours, reduce_dimensions, weigh_neighbours

TEXTS = [["bomb", "hit", "town", "", "rocket", "hit", "town"], ["price", "of", "oil", "", "cost", "of", "oil"]] * 20
VOCABULARY = ["hit", "town", "of", "oil", "bomb", "rocket", "price", "cost"]


def test_neighbours_are_counted_by_distance_and_not_across_texts():
    counts = count_neighbours([["bomb", "hit", "town"], ["oil"]], VOCABULARY).toarray()
    row = dict(zip(VOCABULARY, counts[VOCABULARY.index("bomb")], strict=True))
    assert (row["hit"], row["town"], row["oil"]) == (1.0, 0.5, 0.0)


def test_words_with_the_same_neighbours_are_near():
    found = reduce_dimensions(weigh_neighbours(count_neighbours(TEXTS, VOCABULARY)), 3)
    place = dict(zip(VOCABULARY, found, strict=True))
    assert np.allclose(np.linalg.norm(found, axis=1), 1.0, atol=1e-4)
    assert place["bomb"] @ place["rocket"] > 0.8 > place["bomb"] @ place["price"]
