"""Who holds an office, as the actor base knows it: "the Afghan president" may be a person of that role and state."""

from typing import NamedTuple

from qala.extraction.scan import Scan
from qala.lexicon.actors import ActorBase
from qala.text.words import Words

_OFFICES = {
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
    "sultan": "monarch",
    "army-chief": "chief-of-staff",
    "central-banker": "central-bank-governor",
    "vice-premier": "deputy-prime-minister",
}
"""Offices by the roles that the base gives to persons, where the words differ."""

_MINISTER = "minister"
_WITHIN = 2  # tokens of a source within which its office begins


class Holder(NamedTuple):
    """What the base knows of a person: the offices of the roles, and the state."""

    offices: frozenset[str]
    country: str


class Office(NamedTuple):
    """What a source says of somebody: the id of an office, empty where it names none, and the states it names."""

    id: str
    countries: frozenset[str]


NOBODY = Holder(frozenset(), "")


def person_of(base: ActorBase, words: Words, first: int, last: int) -> str:
    """Return the id of the one person whose name these tokens may be; empty for several or none."""
    ids = {entry.actor for entry in base.lookup(words, first, last)}
    found = [key for key in ids if (actor := base.get(key)) is not None and actor.kind == "person"]
    return found[0] if len(found) == 1 else ""


def holder_of(base: ActorBase, words: Words, first: int, last: int) -> Holder:
    """Return what the base knows of the person whose name the tokens ``first`` to ``last`` are."""
    actor = base.get(person_of(base, words, first, last))
    if actor is None:
        return NOBODY
    roles = (role.replace(" ", "-") for role in actor.roles)
    return Holder(frozenset(_OFFICES.get(role, role) for role in roles), actor.country or "")


def office_of(scan: Scan, base: ActorBase, first: int, last: int) -> Office | None:
    """Return the office and the states that a source names; ``None`` where it names neither."""
    words = scan.words
    office = next((o for j in range(first, min(last, first + _WITHIN - 1) + 1) if (o := base.office_at(words, j))), "")
    countries: set[str] = set()
    for j in range(first, last + 1):
        found = base.demonym_at(words, j)
        if found is not None:
            countries.update(demonym.state for demonym in found.demonyms)
        elif scan.tags[j] in ("s1", "sb"):
            countries.update(entry.actor for entry in base.lookup(words, j, j))
    return Office(office, frozenset(countries)) if office or countries else None


def relation(office: Office, holder: Holder) -> str:
    """Name how an office fits what is known of a person: the role, then the state; c agrees, x differs, - unknown."""
    if holder is NOBODY:
        return ""
    return _role(office.id, holder.offices) + _state(office.countries, holder.country)


def _role(office: str, held: frozenset[str]) -> str:
    if not office or not held:
        return "-"
    fits = office in held or (office == _MINISTER and any(role.endswith(_MINISTER) for role in held))
    return "c" if fits else "x"


def _state(countries: frozenset[str], country: str) -> str:
    if not countries or not country:
        return "-"
    return "c" if country in countries else "x"
