"""Word clusters: which words of the news stand in like surroundings, for words that no list of ours knows.

The clusters of ``word_clusters.tsv`` are counted over unannotated news (:mod:`training.clusters`), coarse and
fine; a ranker that has learnt what "ministers" do after a verb of saying then knows it of "envoys" too
(Koo, Carreras and Collins 2008; Turian, Ratinov and Bengio 2010).
"""

from functools import cache, lru_cache
from sys import intern
from typing import NamedTuple

from qala.lexicon.load import data_text

_CONJUNCTIONS_AND_PREPOSITIONS = "\u0648\u0641\u0628\u0644\u0643"
_LAM_LAM, _ARTICLE = "\u0644\u0644", "\u0627\u0644"


class Cluster(NamedTuple):
    """The cluster of a word: one of some 250, and one of some 1,600 that are parts of those."""

    coarse: str
    fine: str


UNKNOWN = Cluster("?", "?")


@cache
def load_clusters() -> dict[str, Cluster]:
    """Return the cluster of each folded word of ``word_clusters.tsv``."""
    rows = (row.split("\t") for row in data_text("word_clusters.tsv").splitlines() if not row.startswith("#"))
    return {form: _cluster(f"c{coarse}", f"f{fine}") for form, coarse, fine in rows}


@cache
def _cluster(coarse: str, fine: str) -> Cluster:
    """Return one object a cluster, of names that are one object each, for fifty thousand words share few of them."""
    return Cluster(intern(coarse), intern(fine))


@lru_cache(maxsize=1 << 16)
def cluster_of(form: str) -> Cluster:
    """Return the cluster of a folded word; "+" marks that of a word behind a joined particle."""
    known = load_clusters()
    found = known.get(form)
    if found is not None or len(form) < 4 or form[0] not in _CONJUNCTIONS_AND_PREPOSITIONS:
        return found or UNKNOWN
    found = known.get(form[1:])
    if found is None and form.startswith(_LAM_LAM):
        found = known.get(_ARTICLE + form[2:])
    return _cluster("+" + found.coarse, "+" + found.fine) if found else UNKNOWN
