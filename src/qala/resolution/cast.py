"""Who is named in an article: its persons and its bodies, each with all its places and the words that introduce it."""

from bisect import bisect_left
from typing import NamedTuple

from qala.extraction.attribution import Draft
from qala.extraction.scan import Scan, is_rare
from qala.extraction.sources import SourceSpan
from qala.lexicon.actors import ActorBase
from qala.lexicon.names import load_name_links
from qala.resolution.holders import NOBODY, Holder, holder_of, person_of
from qala.resolution.institutions import Institution, find_institutions
from qala.resolution.persons import Person, find_persons
from qala.resolution.phrases import Phrases, find_phrases
from qala.resolution.short_names import find_short_names, without_tails
from qala.resolution.spellings import Spellings, find_spellings
from qala.text.remembered import Remembered
from qala.text.words import MARK, WORD

Keys = frozenset[str]


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


class Voice(NamedTuple):
    """A source that is written in the article: its tokens, the words of its name, and the cue of its statement."""

    cue: int
    first: int
    last: int
    keys: Keys


class Cast(NamedTuple):
    """Who is named in an article."""

    persons: list[Profile]
    units: list[Profile]  # bodies
    phrases: Phrases  # where else a source's head word stands
    voices: list[Voice]  # in the order of the cues
    spelt: Spellings  # words of names that the article spells in several ways


# What keeps a page of a hundred thousand names linear; no article that was looked at reaches these.
_MOST_NAMES, _MOST_PROFILES, MOST_PLACES, _HEARD = 2000, 80, 40, 20


_ARTICLES = ("\u0627\u0644", "\u0644\u0644")  # the second has swallowed the article behind "li"
_INFLECTED = (
    ("\u064a\u0647", "\u064a"),
    ("\u064a\u064a\u0646", "\u064a"),
    ("\u064a\u0648\u0646", "\u064a"),
    ("\u0648\u0646", "\u064a\u0646"),
)
"""Endings of adjectives of origin, and of plurals in their two cases, each with the one that stands for it."""
_STEM = 3  # letters that an ending must leave


def strip_article(form: str) -> str:
    """Return a folded word as names are compared: without article and joined preposition, in one gender and case."""
    if form.startswith(_ARTICLES) and len(form) > 4:
        form = form[2:]
    for ending, one in _INFLECTED:
        if form.endswith(ending) and len(form) >= _STEM + len(ending):
            return form[: -len(ending)] + one
    return form


_STRIPPED = Remembered(strip_article, 1 << 16)
_NO_KEYS: Keys = frozenset()
_NO_SPELLINGS: Spellings = {}


def keys_of(scan: Scan, first: int, last: int, spelt: Spellings = _NO_SPELLINGS) -> Keys:
    """Return the words of a span under which names are compared, names as the article spells them first."""
    if last < first:
        return _NO_KEYS
    kinds, forms = scan.words.kinds, scan.words.forms
    keys = [_STRIPPED[forms[j]] for j in range(first, last + 1) if kinds[j] != MARK]
    return frozenset([spelt.get(key, key) for key in keys] if spelt else keys)


def find_cast(scan: Scan, base: ActorBase, drafts: list[Draft]) -> Cast:
    """Return the persons and the bodies that an article names, with the gender in which ``drafts`` have them speak."""
    found = without_tails(scan, find_persons(scan))
    sources = [draft.source for draft in drafts if draft.source is not None]
    spelt = _spellings(scan, found, sources)
    persons = profile_persons(scan, found, spelt, base)
    heard_as = [
        (draft.source.first, draft.source.last, draft.reading.cue.form.agree)
        for draft in drafts
        if draft.source is not None and draft.reading.cue.form.morph in ("past", "present")
    ]
    persons = [
        person._replace(
            gender=_gender(scan, base, person, heard_as), known=holder_of(base, scan.words, person.first, person.last)
        )
        for person in persons
    ]
    units = profile_units(scan, find_institutions(scan, base))
    return Cast(persons, units, find_phrases(scan, sources), _voices(scan, drafts, spelt), spelt)


def _spellings(scan: Scan, persons: list[Person], sources: list[SourceSpan]) -> Spellings:
    """Return how the article spells words of names otherwise than at first: in its names and in its sources."""
    forms, kinds = scan.words.forms, scan.words.kinds
    names = [
        _STRIPPED[forms[j]]
        for person in persons[:_MOST_NAMES]
        for j in range(person.first, person.last + 1)
        if kinds[j] == WORD
    ]
    if not names:
        return _NO_SPELLINGS
    others = {
        forms[j]: None
        for source in sources
        for j in range(source.first, source.last + 1)
        if kinds[j] == WORD and not scan.classes[j] and is_rare(scan, j)
    }
    return find_spellings(names, others)


def voices_around(cast: Cast, draft: Draft) -> list[Voice]:
    """Return the written sources nearest to a statement, those before it and those after."""
    at = bisect_left(cast.voices, draft.reading.cue.first, key=lambda voice: voice.cue)
    return cast.voices[max(0, at - _HEARD) : at + _HEARD]


def _voices(scan: Scan, drafts: list[Draft], spelt: Spellings) -> list[Voice]:
    sources = [(draft.reading.cue.first, draft.source) for draft in drafts if draft.source is not None]
    return sorted(Voice(cue, s.first, s.last, keys_of(scan, s.first, s.last, spelt)) for cue, s in sources)


def _gender(scan: Scan, base: ActorBase, person: Profile, heard_as: list[tuple[int, int, str]]) -> str:
    """Return the gender of a person: of the verbs beside the name, else of the title, else of the given name."""
    votes = 0
    for first, last, agree in heard_as:
        if agree in ("m", "f") and any(first <= place <= last for place in person.places):
            votes += 1 if agree == "f" else -1
    if votes:
        return "f" if votes > 0 else "m"
    for j in (*range(person.first - person.lead, person.first), person.first):
        found = base.words.at(scan.words, j, "title", "given")
        if found is not None and found.words[0].gender in ("m", "f"):
            return found.words[0].gender
    return ""


def profile_units(scan: Scan, units: list[Institution]) -> list[Profile]:
    """Join the places of each body: names that begin with the same word, where one holds the other's words."""
    places = [Person(unit.first, unit.last, unit.first) for unit in units]
    return _join(scan, places, [scan.words.forms[unit.first] for unit in units])


def profile_persons(
    scan: Scan, persons: list[Person], spelt: Spellings = _NO_SPELLINGS, base: ActorBase | None = None
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


def _join(scan: Scan, places: list[Person], words: list[str], spelt: Spellings = _NO_SPELLINGS) -> list[Profile]:
    """Join places whose ``words`` are the same and whose names hold each other; in the order of the text."""
    groups: dict[str, list[tuple[Person, Keys]]] = {}
    for place, word in zip(places[:_MOST_NAMES], words, strict=False):
        key = strip_article(word)
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
