"""Word clusters: words that stand in like surroundings share one, and joined particles are seen."""

import pytest

from qala.extraction.scan import scan
from qala.lexicon.clusters import UNKNOWN, cluster_of, load_clusters
from qala.lexicon.cues import load_cues
from qala.text.normalize import fold
from qala.text.words import find_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ترامب", "ترمب"),  # two spellings of one name
        ("الأربعاء", "الخميس"),
        ("واشنطن", "موسكو"),
        ("قال", "أكد"),
    ],
)
def test_words_used_alike_share_a_coarse_cluster(one, other):
    assert cluster_of(fold(one)).coarse == cluster_of(fold(other)).coarse


def test_unlike_words_are_apart():
    assert cluster_of(fold("الخميس")).coarse != cluster_of(fold("واشنطن")).coarse


def test_a_fine_cluster_lies_within_one_coarse_cluster():
    parents = {}
    for cluster in load_clusters().values():
        assert parents.setdefault(cluster.fine, cluster.coarse) == cluster.coarse
    assert len(set(parents.values())) <= 250
    assert len(parents) <= 1600


def test_a_word_behind_a_joined_particle_is_marked():
    known = load_clusters()
    form = next(form for form in known if len(form) > 6 and "و" + form not in known)
    assert cluster_of("و" + form) == ("+" + known[form].coarse, "+" + known[form].fine)


def test_a_word_that_no_news_uses_has_none():
    assert cluster_of("زغقفثصض") == UNKNOWN


def test_every_token_of_a_text_has_a_cluster_and_what_lies_beyond_too():
    words = find_words("قال 12 وزيرا: لا تعليق.")
    found = scan(words, (), (), [-1] * len(words), [""] * len(words), load_cues())
    assert len(found.coarse) == len(found.fine) == len(words) + 4
    assert found.coarse[1] == "#"
    assert found.coarse[3] == ":"
    assert found.coarse[-1] == found.coarse[-4] == "^"
