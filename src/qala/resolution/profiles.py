"""Persons and bodies of an article: the places that name one joined, with the words that introduce it."""

from typing import NamedTuple

from qala.extraction.scan import Scan
from qala.lexicon.actors import ActorBase
from qala.lexicon.names import load_name_links
from qala.resolution.holders import NOBODY, Holder, person_of
from qala.resolution.institutions import Institution
from qala.resolution.keys import BARE, Keys, keys_of
from qala.resolution.persons import Person
from qala.resolution.short_names import find_short_names
from qala.resolution.spellings import NO_SPELLINGS, Spellings
from qala.text.words import MARK

# What keeps a page of a hundred thousand names linear; no article that was looked at reaches these.
MOST_NAMES, _MOST_PROFILES, MOST_PLACES = 2000, 80, 40


class Profile(NamedTuple):
    """A person or a body of the article: the fullest form, all names' and titles' words, every place."""

    first: int
    last: int
    keys: Keys
    context: Keys
    places: tuple[int, ...]
    lead: int  # tokens of the title before the fullest form
    begins: tuple[int, ...]  # where the phrases of these places begin, in order: a title, where one stands before
    gender: str = ""
    known: Holder = NOBODY  # what the actor base knows of a person


def profile_units(scan: Scan, units: list[Institution]) -> list[Profile]:
    """Join the places of each body: names that begin with the same word, where one holds the other's words."""
    places = [Person(unit.first, unit.last, unit.first) for unit in units]
    return _join(scan, places, [scan.words.forms[unit.first] for unit in units])


def profile_persons(
    scan: Scan, persons: list[Person], spelt: Spellings = NO_SPELLINGS, base: ActorBase | None = None
) -> list[Profile]:
    """Join the places of each person: a name that ends in the same word, and shares no contradiction, is one person.

    So are names that ``base`` knows to be one person's ("King Salman", "Salman bin Abdulaziz"). Then come the places
    where one word names one of them.
    """
    forms = scan.words.forms
    profiles = _join(scan, persons, [forms[person.last] for person in persons], spelt)
    if base is not None:
        profiles = _join_known(scan, profiles, base)
    short = find_short_names(scan, persons, [(p.first, p.last) for p in profiles], spelt)
    places: dict[int, list[int]] = {}
    for place, number in short:
        found = places.setdefault(number, [])
        if len(found) < MOST_PLACES:
            found.append(place)
    return [
        _with_places(scan, profile, places[number]) if number in places else profile
        for number, profile in enumerate(profiles)
    ]


def _with_places(scan: Scan, profile: Profile, short: list[int]) -> Profile:
    """Add the places where one word names a person, each with the title right before it."""
    begins = [j - 1 if j and scan.tags[j - 1][:1] == "t" else j for j in short]
    context = profile.context.union(*(_apposition(scan, j + 1) for j in short))
    return profile._replace(
        context=context,
        places=tuple(sorted((*profile.places, *short))),
        begins=tuple(sorted((*profile.begins, *begins))),
    )


def _join(scan: Scan, places: list[Person], words: list[str], spelt: Spellings = NO_SPELLINGS) -> list[Profile]:
    """Join places whose ``words`` are the same and whose names hold each other; in the order of the text."""
    groups: dict[str, list[tuple[Person, Keys]]] = {}
    for place, word in zip(places[:MOST_NAMES], words, strict=False):
        key = BARE[word]
        groups.setdefault(spelt.get(key, key), []).append((place, keys_of(scan, place.first, place.last, spelt)))
    profiles = [_profile(scan, cluster, spelt) for group in groups.values() for cluster in _clusters(scan, group)]
    profiles.sort(key=lambda profile: (-len(profile.places), profile.places[0]))
    return sorted(profiles[:_MOST_PROFILES], key=lambda profile: profile.places[0])


def _join_known(scan: Scan, profiles: list[Profile], base: ActorBase) -> list[Profile]:
    """Join the profiles that the actor base knows to be one person."""
    mine: dict[str, Profile] = {}
    out: list[Profile] = []
    for profile in profiles:
        key = person_of(base, scan.words, profile.first, profile.last)
        if key and key in mine:
            mine[key] = _both(mine[key], profile)
        elif key:
            mine[key] = profile
        else:
            out.append(profile)
    return sorted((*out, *mine.values()), key=lambda profile: profile.places[0])


def _both(one: Profile, other: Profile) -> Profile:
    longer = one if len(one.keys) >= len(other.keys) else other
    return longer._replace(
        context=one.context | other.context,
        places=tuple(sorted((*one.places, *other.places))),
        begins=tuple(sorted((*one.begins, *other.begins))),
    )


def _is_one(scan: Scan, one: Person, keys: Keys, other: Person, others: Keys) -> bool:
    """Whether two names of the same last word may be one person's: one holds the other, and not as its father's."""
    if keys == others:
        return True
    if keys < others:
        return not _is_father(scan, one, other)
    return others < keys and not _is_father(scan, other, one)


def _is_father(scan: Scan, short: Person, long: Person) -> bool:
    """Whether the first word of a name stands in a longer one behind a link such as "son of"."""
    forms, links = scan.words.forms, load_name_links()
    return short.last > short.first and any(
        forms[j] == forms[short.first] and forms[j - 1] in links for j in range(long.first + 1, long.last)
    )


def _clusters(scan: Scan, group: list[tuple[Person, Keys]]) -> list[list[tuple[Person, Keys]]]:
    """Part the places of one last name into persons: names of one person hold each other's words."""
    clusters: list[tuple[dict[Keys, Person], list[tuple[Person, Keys]]]] = []
    for person, keys in group:
        home = next((c for c in clusters if any(_is_one(scan, person, keys, p, k) for k, p in c[0].items())), None)
        if home is None:
            clusters.append(({keys: person}, [(person, keys)]))
        else:
            home[0].setdefault(keys, person)
            home[1].append((person, keys))
    return [members for _, members in clusters]


def _profile(scan: Scan, cluster: list[tuple[Person, Keys]], spelt: Spellings) -> Profile:
    best, keys = max(cluster, key=lambda item: (len(item[1]), -item[0].first))
    context: set[str] = set()
    for person, _ in cluster[:MOST_PLACES]:
        context |= keys_of(scan, person.title, person.first - 1, spelt)
        context |= _apposition(scan, person.last + 1)
    places = tuple(person.first for person, _ in cluster[:MOST_PLACES])
    begins = tuple(sorted(person.title for person, _ in cluster[:MOST_PLACES]))
    return Profile(best.first, best.last, keys, frozenset(context), places, best.first - best.title, begins)


def _apposition(scan: Scan, after: int) -> Keys:
    """Return the words of the phrase in apposition that follows a name, behind a comma or as a title."""
    forms = scan.words.forms
    if after + 1 >= len(forms):
        return frozenset()
    if forms[after] != ",":
        if scan.tags[after][:1] != "t":
            return frozenset()
        after -= 1
    end = after + 1
    while end < min(len(forms), after + 9) and not (
        scan.words.kinds[end] == MARK
        or scan.classes[end] in ("relative", "that")
        or (end in scan.finite and scan.tags[end][:1] != "t")
        or scan.times[end] >= 0
    ):
        end += 1
    return keys_of(scan, after + 1, end - 1)
