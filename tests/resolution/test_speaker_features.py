"""What the ranker of speakers sees beside a candidate, named for training and weighed for reading alike."""

import pytest

from qala.extraction.attribution import find_drafts
from qala.extraction.ranker import load_rankers, score
from qala.lexicon.actors import load_actors
from qala.pipeline import scan_text
from qala.resolution.candidates import Candidate
from qala.resolution.cast import find_cast
from qala.resolution.coreference import heard
from qala.resolution.echoes import find_echoes
from qala.resolution.scenes import scene_of
from qala.resolution.speaker_features import candidate_features, score_candidates

PAGE = (
    "قال المحلل في معهد البحار سامي حداد إن السفن قديمة.\n\n"
    "وأضاف حداد، الذي زار الميناء، أن العمال مضربون. وذكر بيان لوزارة النقل أن الميناء مفتوح.\n\n"
    "وقالت الوزارة إن السفن جديدة. وأوضح البيان أن العمال يعملون. والتقى الوفد مدير المرفأ ليلى منصور، "
    "التي أكدت أن السفن قديمة، مشيرة إلى أن التقرير صدر أمس. وقال هؤلاء العمال إنهم مضربون."
)


def decisions(text: str) -> list[tuple[list[Candidate], list[list[str]], list[float]]]:
    """Return the candidates of each statement with their features and their scores, the best of them chosen."""
    scan, _, _ = scan_text(text)
    weights = load_rankers().speaker
    drafts = find_drafts(scan, load_rankers())
    cast, echoes = find_cast(scan, load_actors(), drafts), find_echoes(scan, drafts)
    priors: list[Candidate] = []
    out = []
    for number, draft in enumerate(drafts):
        scene = scene_of(scan, drafts, number, priors, cast, echoes)
        found, features = list(scene.candidates), candidate_features(scan, scene)
        scores = score_candidates(scan, scene, weights)
        out.append((found, features, scores))
        priors.append(heard(scan, draft, found[scores.index(max(scores))] if found else None, cast.spelt))
    return out


def test_what_is_weighed_is_what_training_counts() -> None:
    """A score is the sum of the weights of the named features; all origins but a few stand on the page."""
    weights = load_rankers().speaker
    found = decisions(PAGE)
    assert {c.origin for candidates, _, _ in found for c in candidates} >= {"self", "prior", "person", "unit", "near"}
    for _, features, scores in found:
        assert scores == pytest.approx([score(weights, names) for names in features], abs=1e-6)
        assert all(names for names in features)


def test_candidates_of_equal_weight_have_equal_scores() -> None:
    """Weights have three decimals, and so have their sums: no rounding decides between equals."""
    for _, _, scores in decisions(PAGE):
        assert all(round(value * 1000) == pytest.approx(value * 1000, abs=1e-6) for value in scores)


@pytest.mark.parametrize("names", [("S", "self"), ("S", "prior0"), ("N", "person")])
def test_the_origin_heads_the_names(names: tuple[str, str]) -> None:
    explicit, origin = names
    every = {name for _, features, _ in decisions(PAGE) for group in features for name in group}
    assert f"{explicit}{origin}|" in every


def test_pages_without_a_source_have_no_words_to_hold_against() -> None:
    for candidates, features, _ in decisions("وأضاف أن الموسم جيد."):
        for c, group in zip(candidates, features, strict=True):
            assert c.origin != "self"
            assert not any("head=" in name for name in group)
