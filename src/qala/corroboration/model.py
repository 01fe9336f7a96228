"""The nouns of corroboration: copies, utterances, claims and what is known of their origins.

Members are ids of statements ("DOC:s2" in the gold's form, a record's id in a ledger). Every link
between two of them keeps its reasons. Nothing here is a verdict: counts are of what was said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from qala.model import Evidence, Span

Sign = Literal["+", "-", "0", "?"]
"""How an utterance bears on a claim: affirms, denies, declines to say, asks or doubts."""

CopyKind = Literal["wire", "outlet", "rewrite"]
ConflictKind = Literal["denial", "number", "date", "place", "agent"]


class Passage(NamedTuple):
    """A stretch of wording that two documents share: ``a`` in the one, ``b`` in the other, in code points."""

    a: Span
    b: Span
    words: int  # words that are equal after folding
    similarity: float  # equal words over the words of the longer side, 0 to 1


@dataclass(frozen=True, slots=True)
class Copy:
    """Two documents that share wording because both took it from one text."""

    a: str
    b: str
    kind: CopyKind
    passages: tuple[Passage, ...]
    agency: str | None = None  # as the pages credit it
    origin: str | None = None  # the id of the document that was first, "agency", or None where it is open
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Why two statements were joined, or kept apart where a reader might have joined them."""

    a: str
    b: str
    joined: bool
    score: float  # log-odds; only good for comparing
    reasons: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Utterance:
    """One act of saying in the world, and the statements that report it."""

    id: str
    members: tuple[str, ...]
    speaker: str | None = None
    said: date | None = None
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Stance:
    """An utterance's sign towards a claim, with the words that give it."""

    utterance: str
    sign: Sign
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two utterances that cannot both be so: what they differ in, each in its own words."""

    kind: ConflictKind
    a: str
    b: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Origins:
    """How many origins stand behind a claim: an interval, never one made-up figure.

    ``shown`` are transmissions whose independence the texts show, ``possible`` the most there can be; ``speakers``
    counts who speaks, apart from who carried it. ``states`` holds "lineage not recorded" and
    "independence not established" where they apply.
    """

    shown: int
    possible: int
    speakers: int
    transmissions: int
    states: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable proposition and the utterances that affirm, deny, decline or ask for it."""

    id: str
    gloss: str  # the proposition in a source's own words
    stances: tuple[Stance, ...]
    conflicts: tuple[Conflict, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Corroboration:
    """What a set of articles holds together: the views, recomputed and never the truth."""

    copies: tuple[Copy, ...]
    utterances: tuple[Utterance, ...]
    claims: tuple[Claim, ...]
