"""A statement whose speaker is sought, with all that is looked at: reading and training see the same scene."""

from collections.abc import Sequence
from typing import NamedTuple

from qala.extraction.attribution import Draft
from qala.extraction.scan import Scan
from qala.resolution.candidates import Candidate, list_candidates, named_before
from qala.resolution.cast import Cast, Voice, voices_around
from qala.resolution.echoes import Echo
from qala.resolution.spellings import Spellings

MEMORY = 40
"""Statements back that are remembered; no antecedent of the gold lies farther."""


class Scene(NamedTuple):
    """The statement ``draft``, its possible speakers, and what stands around it."""

    draft: Draft
    candidates: Sequence[Candidate]
    priors: Sequence[Candidate]  # the speakers of the statements before it, in order
    drafts: Sequence[Draft]  # these statements, and it as the last
    echoes: Sequence[Echo]  # those of the article that say the same
    voices: Sequence[Voice]  # the written sources around it
    documents: list[int]  # where the document that is its source was named before
    spelt: Spellings  # words of names that the article spells in several ways


def scene_of(
    scan: Scan, drafts: list[Draft], number: int, priors: list[Candidate], cast: Cast, echoes: list[list[Echo]]
) -> Scene:
    """Return the scene of ``drafts[number]``; ``priors`` are the speakers chosen before it, ``echoes`` each draft's."""
    draft, recent = drafts[number], priors[-MEMORY:]
    around = drafts[max(0, number - MEMORY) : number + 1]
    documents = named_before(scan, draft)
    candidates = list_candidates(scan, draft, recent, cast, around, echoes[number], documents)
    return Scene(draft, candidates, recent, around, echoes[number], voices_around(cast, draft), documents, cast.spelt)
