"""Every spelling of a word is found, and nearly every form of it with particles and pronouns; in both back ends.

The words, their spellings and their forms are those of ``benchmarks/search.py``, which measures the same at scale.
"""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from qala.ledger.ledger import Ledger

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "search.py"
SPELLINGS = {
    "as it is",
    "diacritics",
    "tatweel",
    "zero-width",
    "bidi marks",
    "presentation forms",
    "hamza",
    "hamza on another seat",
    "taa marbuta",
    "alef maqsura",
    "Persian letters",
}
JOINED = {"particle", "article", "pronoun", "particle and pronoun"}
LEMMAS = "كتاب لجنة مستوى أصدقاء مسؤول آلية إنتاج شؤون قضية حزب غذاء مؤتمر قال نفى يعلن يؤكد"


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("search_benchmark", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    module.TIMES = 1
    return module


@pytest.fixture(scope="module")
def planted(bench):
    return list(bench.plant(LEMMAS.split()))


@pytest.fixture(scope="module")
def sown(new_place, bench, planted):
    """A ledger of the planted statements alone."""
    with Ledger.open(new_place()) as ledger:
        extra = (f"ظهر هنا {each.written} أمس" for each in planted for _ in range(bench.TIMES))
        for batch in bench._batches(bench.PLANTED, extra):
            ledger.append(bench._prepare(batch))
        yield ledger


def test_the_corpus_has_every_class(planted):
    assert {each.kind for each in planted} == SPELLINGS | JOINED
    assert len(planted) > 800


def test_recall_of_all_forms(bench, sown, planted):
    recall, strangers = bench.measure_recall(sown, planted, "wide")
    assert {kind: recall[kind] for kind in SPELLINGS} == dict.fromkeys(SPELLINGS, 1.0)
    assert {kind: share for kind, share in recall.items() if share < 0.99} == {}
    assert strangers < 0.01


def test_narrower_breadths_find_what_they_say(bench, sown, planted):
    exact, _ = bench.measure_recall(sown, planted, "exact")
    assert {kind: exact[kind] for kind in SPELLINGS} == dict.fromkeys(SPELLINGS, 1.0)
    assert max(exact[kind] for kind in JOINED) < 0.05
    particles, _ = bench.measure_recall(sown, planted, "particles")
    assert min(particles[kind] for kind in (*SPELLINGS, "particle", "article")) >= 0.99
    assert particles["pronoun"] < 0.2
