"""Who speaks, compared across articles: one person, a person and the body he speaks for, two bodies of one state …

A relation is a word, never a yes or no; what cannot be told apart stays ``unknown``. Names are compared by
``qala.resolution.names``; what a title says in one article holds for the same name in the others.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from qala.corroboration.concepts import concepts_in
from qala.lexicon.actors import load_actors
from qala.lexicon.names import load_name_parts
from qala.lexicon.stems import skeleton, stem
from qala.resolution.names import compare_names
from qala.text.words import MARK, find_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qala.model import Speaker
    from qala.records import Record

Relation = Literal[
    "same",  # one entity, or one name in two spellings
    "part",  # a name and a longer one that holds it
    "voice",  # somebody who speaks for the other: a spokesman and his ministry, a minister and his capital
    "state",  # two bodies of one government
    "unnamed",  # an unnamed source of the other's government or body
    "alike",  # two descriptions that share their words
    "unknown",  # one is not named at all: "an official source"
    "other",  # two that differ
    "persons",  # two persons of different names
]
SAME: frozenset[Relation] = frozenset(("same", "part", "voice", "state", "unnamed", "alike"))
"""Relations in which one act of saying may be reported of both."""

_BODIES = frozenset(("government", "organisation", "outlet", "group"))
_STATE_BODIES = frozenset(("government",))
_STATE_ROLES = frozenset(
    (
        "president",
        "vice president",
        "monarch",
        "crown prince",
        "supreme leader",
        "spokesman",
        "spokeswoman",
        "ambassador",
        "envoy",
        "diplomat",
        "official",
        "adviser",
        "national security adviser",
        "chief of staff",
        "intelligence chief",
        "general",
    )
)
"""Roles of the actor base, beside ministers, whose bearers speak for their state."""
_SPOKESPERSON = "spokesperson"
_ALIKE = 0.5
_INQUIRY = frozenset(("investigate", "trial", "police"))
"""Concepts of those who look into one case together: investigators, prosecutors, the police."""
_SHORTEST_NAME = 7  # letters of a name in which one letter may be a slip
_LIKE_PART = 0.7  # likeness of the consonants of two parts of a foreign name that may be one
_LIKE_NAME = 0.8  # mean likeness of the parts


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker as a set of articles knows him: ``key`` is the entity's id or the folded name."""

    key: str
    name: str
    kind: str | None
    entity: str | None
    country: str | None
    bodies: frozenset[str]
    official: bool  # holds an office, or is a body of a state
    unnamed: bool
    stems: frozenset[str]
    inquiry: bool = False  # looks into a case, as name or title says
    forms: tuple[str, ...] = ()  # the folded words of the name
    parts: tuple[str, ...] = ()  # the consonants of the parts of a person's name, of who is not known
    served: frozenset[str] = frozenset()  # stems of a person's title: "director of the Observatory"


NOBODY = Voice("", "", None, None, None, frozenset(), False, False, frozenset())


def list_voices(records: Iterable[Record]) -> dict[str, Voice]:
    """Return the speaker of each record by the record's id; titles of all articles are put together by name."""
    listed = list(records)
    speakers = {record.id: record.statement.speaker for record in listed}
    profiles: defaultdict[str, list[Speaker]] = defaultdict(list)
    titles: defaultdict[str, set[str]] = defaultdict(set)
    for record in listed:
        speaker = record.statement.speaker
        if speaker is not None:
            profiles[_key(speaker)].append(speaker)
            if speaker.title is not None:
                titles[_key(speaker)].add(speaker.title.of(record.document.text))
    known = {key: _voice(key, found, titles[key]) for key, found in profiles.items()}
    return {number: NOBODY if speaker is None else known[_key(speaker)] for number, speaker in speakers.items()}


def _key(speaker: Speaker) -> str:
    if speaker.entity and speaker.kind != "anonymous":
        return speaker.entity
    words = find_words(speaker.name)
    return " ".join(form for form, kind in zip(words.forms, words.kinds, strict=True) if kind != MARK)


def _voice(key: str, found: list[Speaker], titles: set[str]) -> Voice:
    """Put together what the articles say of one speaker; equal whatever the order they came in."""
    first = min(found, key=lambda speaker: (speaker.entity is None, -len(speaker.name), speaker.name))
    countries = sorted({speaker.country for speaker in found if speaker.country})
    entity = first.entity
    country = _country_of(entity) or (countries[0] if len(countries) == 1 else None)
    bodies = {speaker.body for speaker in found if speaker.body}
    kind = first.kind
    if entity and kind in _BODIES:
        bodies.add(entity)
    offices = {speaker.office for speaker in found if speaker.office}
    official = kind in _STATE_BODIES or bool(offices) or _is_official(entity)
    words = find_words(first.name)
    stems = {stem(plain) for plain, mark in zip(words.plains, words.kinds, strict=True) if mark != MARK}
    unnamed = kind == "anonymous" or (kind == "person" and entity is None and bool(offices) and not _named(first))
    concepts = {concept.name for concept in concepts_in(first.name)} if kind != "person" or entity is None else set()
    stems = {*stems, *(f"c:{name}" for name in concepts)}
    served = _stems_of(titles) if kind == "person" else frozenset()
    duties = concepts.union(*({concept.name for concept in concepts_in(title)} for title in titles))
    return Voice(
        key,
        first.name,
        kind,
        entity,
        country,
        frozenset(bodies),
        official,
        unnamed,
        frozenset(filter(None, stems)),
        inquiry=bool(duties & _INQUIRY),
        forms=tuple(words.forms),
        parts=() if entity or kind not in (None, "person") else tuple(skeleton(word) for word in words.plains),
        served=served,
    )


def _stems_of(titles: Iterable[str]) -> frozenset[str]:
    """Return the stems of the shortest title that has two words or more: a long one tells too much of others."""
    listed = (find_words(title) for title in titles)
    stems = (
        frozenset(stem(plain) for plain, mark in zip(words.plains, words.kinds, strict=True) if mark != MARK)
        for words in listed
    )
    return min(
        (found for found in stems if len(found) > 1), key=lambda found: (len(found), sorted(found)), default=_NONE
    )


_NONE: frozenset[str] = frozenset()


def _named(speaker: Speaker) -> bool:
    """Whether a person's name is a name: "a spokesman of the ministry" is none."""
    return not (speaker.office or "").endswith(_SPOKESPERSON) or speaker.title is not None


@lru_cache(maxsize=1 << 12)
def _country_of(entity: str | None) -> str | None:
    actor = load_actors().get(entity) if entity else None
    return actor.country if actor else None


@lru_cache(maxsize=1 << 12)
def _is_official(entity: str | None) -> bool:
    """Whether the actor base knows the person as one who speaks for a state."""
    actor = load_actors().get(entity) if entity else None
    if actor is None or actor.kind != "person":
        return False
    return any(role in _STATE_ROLES or role.endswith("minister") for role in actor.roles)


def compare_speakers(a: Voice, b: Voice) -> Relation:
    """Return how two speakers are related; symmetric."""
    if not a.key or not b.key:
        return "unknown"
    if a.key == b.key:
        return "alike" if a.unnamed and b.unnamed else "same"
    persons = (_is_person(a), _is_person(b))
    if a.entity and b.entity and all(persons):
        return "persons"
    if not (a.entity and b.entity) and not (a.unnamed or b.unnamed):
        named = _compare_named(*sorted((a.name, b.name)))
        if named is not None:
            return named
    if _one_slip(a, b) or _alike_abroad(a, b):
        return "part"
    if all(persons):
        return "persons"
    return _compare_roles(a, b, persons)


def _one_slip(a: Voice, b: Voice) -> bool:
    """Whether the name of one who is not known differs from the other's by one letter: a slip of the pen."""
    one, other = "".join(a.forms), "".join(b.forms)
    if (a.entity and b.entity) or abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < _SHORTEST_NAME:
        return False
    if one == other:
        return True
    at = next((i for i, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), min(len(one), len(other)))
    slip = any(one[at + i :] == other[at + j :] for i, j in ((1, 1), (0, 1), (1, 0)))
    return slip and not _differ_by_names(a, b)


def _alike_abroad(a: Voice, b: Voice) -> bool:
    """Whether two names of several parts may be one foreign name written twice, part by part by their consonants."""
    if len(a.parts) != len(b.parts) or len(a.parts) < 2 or _differ_by_names(a, b):
        return False
    pairs = (sorted(pair) for pair in zip(a.parts, b.parts, strict=True))
    likeness = [float(SequenceMatcher(None, one, other).ratio()) for one, other in pairs]
    return min(likeness) >= _LIKE_PART and sum(likeness) / len(likeness) >= _LIKE_NAME


def _differ_by_names(a: Voice, b: Voice) -> bool:
    """Whether a word in which two names differ is a common part of names: those are two names, however alike."""
    differing = set(a.forms) ^ set(b.forms)
    return bool(differing & load_name_parts())


def _is_person(voice: Voice) -> bool:
    """Whether a speaker is a person with a name; "the team of investigators" is a description."""
    described = voice.entity is None and any(word.startswith("c:") for word in voice.stems)
    return voice.kind == "person" and not voice.unnamed and not described


def _compare_roles(a: Voice, b: Voice, persons: tuple[bool, bool]) -> Relation:
    """Return how two speakers of different names are related by country, body and words."""
    one_state = a.country is not None and a.country == b.country and a.official and b.official
    one_body = bool(a.bodies & b.bodies)
    if a.inquiry and b.inquiry and not all(persons) and not (a.official and b.official and a.country != b.country):
        return "voice" if any(persons) else "alike"
    if (a.unnamed or b.unnamed) and (one_body or (a.country is not None and a.country == b.country)):
        return "unnamed"
    if any(voice.unnamed and not voice.country and not voice.bodies for voice in (a, b)):
        return "unknown"
    if _serves(a, b) or _serves(b, a):
        return "voice"
    if one_body or one_state:
        if all(persons):
            return "persons"
        return "voice" if any(persons) else "state"
    shared = len(a.stems & b.stems)
    if shared and shared / min(len(a.stems), len(b.stems)) >= _ALIKE and not any(persons):
        return "alike"
    return "other"


def _serves(person: Voice, body: Voice) -> bool:
    """Whether a person's title names a body by the first words of its name: a role, and nothing that is not in it."""
    if not person.served or body.unnamed or _is_person(body) or not _is_person(person) or not body.forms:
        return False
    if person.country and body.country and person.country != body.country:
        return False
    head = stem(body.forms[0])
    return head in person.served and len(person.served - body.stems) == 1


@lru_cache(maxsize=1 << 15)
def _compare_named(a: str, b: str) -> Relation | None:
    verdict = compare_names(a, b).verdict
    return "same" if verdict in ("same", "variant") else "part" if verdict == "part_of" else None
