"""Who a source is: the same article's fullest form of it, or the antecedent where the Arabic leaves it out.

Candidates are listed, a ranker chooses among them (trained as :mod:`qala.extraction.ranker` says);
a source that names itself is one of its own candidates.
"""

from qala.extraction.attribution import Draft
from qala.extraction.ranker import Weights, best_of
from qala.extraction.scan import Scan
from qala.resolution.candidates import Candidate
from qala.resolution.cast import Cast
from qala.resolution.echoes import find_echoes
from qala.resolution.keys import keys_of
from qala.resolution.scenes import scene_of
from qala.resolution.speaker_features import score_candidates
from qala.resolution.spellings import Spellings


def choose_speakers(scan: Scan, drafts: list[Draft], cast: Cast, weights: Weights) -> list[Candidate | None]:
    """Return the speaker of each draft, in order; each choice sees the ones before it."""
    chosen: list[Candidate | None] = []
    priors: list[Candidate] = []
    echoes = find_echoes(scan, drafts)
    for number, draft in enumerate(drafts):
        scene = scene_of(scan, drafts, number, priors, cast, echoes)
        index = best_of(score_candidates(scan, scene, weights), none=False).index
        speaker = scene.candidates[index] if index >= 0 else None
        chosen.append(speaker)
        priors.append(heard(scan, draft, speaker, cast.spelt))
    return chosen


_NOBODY = Candidate(0, 0, "self", 0, frozenset(), frozenset())


def heard(scan: Scan, draft: Draft, speaker: Candidate | None, spelt: Spellings) -> Candidate:
    """Return a speaker as later statements see him: with the words by which this one calls him."""
    if speaker is None:
        return _NOBODY
    source = draft.source
    called = keys_of(scan, source.first, source.last, spelt) if source else frozenset()
    form, gender = draft.reading.cue.form, speaker.gender
    if source is not None and form.morph in ("past", "present") and form.agree in ("m", "f"):
        gender = form.agree
    return speaker._replace(context=speaker.context | called, cue=draft.reading.cue.first, gender=gender)
