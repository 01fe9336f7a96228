"""What all candidate speakers of one statement have in common: its cue and source, the statements around it."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from qala.extraction.attribution import Draft
from qala.extraction.scan import Scan
from qala.lexicon.actors import load_actors
from qala.resolution.candidates import Candidate
from qala.resolution.cast import Voice
from qala.resolution.echoes import Echo
from qala.resolution.holders import Office, office_of
from qala.resolution.keys import BARE, Keys, keys_of
from qala.resolution.scenes import Scene

_HEARD = 3  # beyond so many statements of one candidate their number says nothing more


class Voices(NamedTuple):
    """The written sources before a cue and after it, one bit each, in their order."""

    keys: dict[Keys, int]  # the sources with these words
    tokens: dict[int, int]  # the sources that hold this token
    before: int  # how many stand before the cue; the others' bits are above theirs
    follows: bool  # whether one stands after it


class Written(NamedTuple):
    """The source that a draft writes, against which names and titles are held."""

    own: Keys
    head: str  # the first word, without its article
    tag: str
    coarse: str
    definite: bool
    title: bool  # the cue stands in the headline
    documents: list[int]  # where the document that is the source was named before
    office: Office | None  # the office and the states that it names


class Frame(NamedTuple):
    """What is the same for all candidates of one draft."""

    draft: Draft
    at: int  # the cue's first token
    start: int  # of the cue's sentence
    explicit: str  # S: a source is written, N: it is left out
    where: str  # how the draft stands to the one before it
    written: Written | None
    holder: Draft | None
    by_cue: dict[int, Draft]
    counts: dict[Keys, int]
    contexts: dict[Keys, Keys]
    begins: list[int]  # where the phrases of the sentence's candidates begin that stand before the cue, in order
    antecedent: int  # the last token before a relative pronoun that the cue follows ("X, who said"), or -1
    voices: Voices


def frame_of(scan: Scan, scene: Scene) -> Frame:
    """Return what the candidates of a scene have in common."""
    draft, drafts = scene.draft, scene.drafts
    at = draft.reading.cue.first
    start = scan.sentence_start[at]
    explicit = "S" if draft.source else "N"
    counts: dict[Keys, int] = {}
    for prior in scene.priors:
        counts[prior.keys] = counts.get(prior.keys, 0) + 1
    return Frame(
        draft,
        at,
        start,
        explicit,
        explicit + _after_last(scan, at, drafts),
        _written(scan, scene),
        holder_of(drafts, draft),
        {d.reading.cue.first: d for d in drafts},
        counts,
        {c.keys: c.context for c in scene.candidates if c.context},
        sorted({begin for c in scene.candidates for begin in c.begins if start <= begin < at}),
        antecedent_of(scan, at),
        _voices_of(scene.voices, at),
    )


def _after_last(scan: Scan, at: int, drafts: Sequence[Draft]) -> str:
    """Name how a cue stands to the statement before it: in its sentence, its paragraph, its content."""
    if len(drafts) < 2:
        return "xo"
    last = drafts[-2]
    said = last.reading.cue.first
    inside = "i" if last.reading.start <= at <= last.end else "o"
    if scan.sentence_start[said] == scan.sentence_start[at]:
        return "s" + inside
    return ("p" if scan.paragraph_end[said] == scan.paragraph_end[at] else "x") + inside


def _written(scan: Scan, scene: Scene) -> Written | None:
    draft = scene.draft
    source = draft.source
    if source is None:
        return None
    first = source.first
    return Written(
        keys_of(scan, first, source.last, scene.spelt),
        BARE[scan.words.forms[first]],
        scan.tags[first],
        scan.coarse[first],
        scan.shapes[first][0] in "AL",
        draft.reading.cue.first < scan.title_end,
        scene.documents,
        office_of(scan, load_actors(), first, source.last),
    )


def _voices_of(voices: Sequence[Voice], at: int) -> Voices:
    """Number the voices before and after the cue at ``at``; its own is none of them."""
    heard = [voice for voice in voices if voice.cue != at]
    keys: dict[Keys, int] = {}
    tokens: dict[int, int] = {}
    before = 0
    for number, voice in enumerate(heard):
        bit = 1 << number
        before += voice.cue < at
        keys[voice.keys] = keys.get(voice.keys, 0) | bit
        for token in range(voice.first, voice.last + 1):
            tokens[token] = tokens.get(token, 0) | bit
    return Voices(keys, tokens, before, len(heard) > before)


Heard = tuple[int, int, str]
"""How often a candidate is written as a source before and after a statement, and whether it is so next."""


def heard_as(voices: Voices, c: Candidate) -> Heard:
    """Return how often the article writes a candidate as a source before and after, and whether it does so next."""
    if not voices.keys:
        return 0, 0, ""
    words = c.keys | c.context
    same = 0
    for keys, bits in voices.keys.items():
        if keys <= words:
            same |= bits
    tokens = voices.tokens
    for place in (c.first, *c.places):
        if place in tokens:
            same |= tokens[place]
    after = same >> voices.before
    following = ("next" if after & 1 else "other") if voices.follows else ""
    before = (same & (1 << voices.before) - 1).bit_count()
    return min(before, _HEARD), min(after.bit_count(), 2), following


def echoed(c: Candidate, echoes: Sequence[Echo]) -> tuple[float, bool]:
    """Return how much a statement whose source names the candidate says the same, and whether it comes later."""
    best, later = 0.0, False
    if echoes and c.origin not in ("self", "name", "body"):
        places = (c.first, *c.places)
        for echo in echoes:
            if echo.share > best and echo.names(places):
                best, later = echo.share, echo.later
    return best, later


def antecedent_of(scan: Scan, cue: int) -> int:
    """Return the last token before the relative pronoun that stands right before a cue, or -1 where none does."""
    j = cue - 1
    while j > 0 and scan.classes[j] in ("verbal", "negation", "addition"):
        j -= 1
    if j < 1 or scan.classes[j] != "relative":
        return -1
    j -= 1
    return j - 1 if j > 0 and scan.words.forms[j] in ",-" else j


def holder_of(drafts: Sequence[Draft], draft: Draft) -> Draft | None:
    """Return the draft with the smallest content that holds the cue of ``draft``."""
    at = draft.reading.cue.first
    holders = [d for d in drafts if d is not draft and d.reading.start <= at <= d.end]
    return min(holders, key=lambda d: d.end - d.reading.start) if holders else None


def relation_of(frame: Frame, drafts: Sequence[Draft], c: Candidate) -> str:
    """Return how the statement in which a prior speaker was heard stands to this one."""
    said = frame.by_cue.get(c.cue)
    if said is None:
        return "other"
    if said is frame.holder:
        return "parent"
    return "same" if holder_of(drafts, said) is frame.holder else "deeper"


def last_before(places: tuple[int, ...], at: int) -> int:
    """Return the last of ``places``, which are in order, before token ``at``; -1 where there is none."""
    found = bisect_left(places, at)
    return places[found - 1] if found else -1


def sentences_back(scan: Scan, place: int, start: int) -> str:
    """Return how many sentences before the one that starts at ``start`` a token stands: 0, 1, or 2 for more."""
    if scan.sentence_start[place] == start:
        return "0"
    return "1" if scan.sentence_end[place] + 1 >= start else "2"
