"""Who is named in an article: its persons and its bodies, each with all its places and the words that introduce it."""

from bisect import bisect_left
from typing import NamedTuple

from qala.extraction.attribution import Draft
from qala.extraction.scan import Scan
from qala.lexicon.actors import ActorBase
from qala.resolution.institutions import Institution, find_institutions
from qala.resolution.persons import Person, find_persons
from qala.resolution.phrases import Phrases, find_phrases
from qala.text.remembered import Remembered
from qala.text.words import MARK

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


# What keeps a page of a hundred thousand names linear; no article that was looked at reaches these.
_MOST_NAMES, _MOST_PROFILES, MOST_PLACES, _HEARD = 2000, 80, 20, 20


def strip_article(form: str) -> str:
    """Return a folded word without article and joined preposition, as names are compared."""
    if form.startswith("\u0627\u0644") and len(form) > 4:
        return form[2:]
    if form.startswith("\u0644\u0644") and len(form) > 4:
        return form[2:]
    return form


_STRIPPED = Remembered(strip_article, 1 << 16)
_NO_KEYS: Keys = frozenset()


def keys_of(scan: Scan, first: int, last: int) -> Keys:
    """Return the words of a span under which names are compared."""
    if last < first:
        return _NO_KEYS
    kinds, forms = scan.words.kinds, scan.words.forms
    return frozenset([_STRIPPED[forms[j]] for j in range(first, last + 1) if kinds[j] != MARK])


def find_cast(scan: Scan, base: ActorBase, drafts: list[Draft]) -> Cast:
    """Return the persons and the bodies that an article names, with the gender in which ``drafts`` have them speak."""
    persons = profile_persons(scan, find_persons(scan))
    heard_as = [
        (draft.source.first, draft.source.last, draft.reading.cue.form.agree)
        for draft in drafts
        if draft.source is not None and draft.reading.cue.form.morph in ("past", "present")
    ]
    persons = [person._replace(gender=_gender(scan, base, person, heard_as)) for person in persons]
    units = profile_units(scan, find_institutions(scan, base))
    sources = [draft.source for draft in drafts if draft.source is not None]
    return Cast(persons, units, find_phrases(scan, sources), _voices(scan, drafts))


def voices_around(cast: Cast, draft: Draft) -> list[Voice]:
    """Return the written sources nearest to a statement, those before it and those after."""
    at = bisect_left(cast.voices, draft.reading.cue.first, key=lambda voice: voice.cue)
    return cast.voices[max(0, at - _HEARD) : at + _HEARD]


def _voices(scan: Scan, drafts: list[Draft]) -> list[Voice]:
    sources = [(draft.reading.cue.first, draft.source) for draft in drafts if draft.source is not None]
    return sorted(Voice(cue, s.first, s.last, keys_of(scan, s.first, s.last)) for cue, s in sources)


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


def profile_persons(scan: Scan, persons: list[Person]) -> list[Profile]:
    """Join the places of each person: a name that ends in the same word, and shares no contradiction, is one person."""
    return _join(scan, persons, [scan.words.forms[person.last] for person in persons])


def _join(scan: Scan, places: list[Person], words: list[str]) -> list[Profile]:
    """Join places whose ``words`` are the same and whose names hold each other; in the order of the text."""
    groups: dict[str, list[tuple[Person, Keys]]] = {}
    for place, word in zip(places[:_MOST_NAMES], words, strict=False):
        groups.setdefault(strip_article(word), []).append((place, keys_of(scan, place.first, place.last)))
    profiles = [_profile(scan, cluster) for group in groups.values() for cluster in _clusters(group)]
    profiles.sort(key=lambda profile: (-len(profile.places), profile.places[0]))
    return sorted(profiles[:_MOST_PROFILES], key=lambda profile: profile.places[0])


def _clusters(group: list[tuple[Person, Keys]]) -> list[list[tuple[Person, Keys]]]:
    """Part the places of one last name into persons: names of one person hold each other's words."""
    clusters: list[tuple[set[Keys], list[tuple[Person, Keys]]]] = []
    for person, keys in group:
        home = next((c for c in clusters if any(keys <= k or k <= keys for k in c[0])), None)
        if home is None:
            clusters.append(({keys}, [(person, keys)]))
        else:
            home[0].add(keys)
            home[1].append((person, keys))
    return [members for _, members in clusters]


def _profile(scan: Scan, cluster: list[tuple[Person, Keys]]) -> Profile:
    best, keys = max(cluster, key=lambda item: (len(item[1]), -item[0].first))
    context: set[str] = set()
    for person, _ in cluster[:MOST_PLACES]:
        context |= keys_of(scan, person.title, person.first - 1)
        context |= _apposition(scan, person.last + 1)
    places = tuple(person.first for person, _ in cluster[:MOST_PLACES])
    begins = tuple(sorted(person.title for person, _ in cluster[:MOST_PLACES]))
    return Profile(best.first, best.last, keys, frozenset(context), places, best.first - best.title, begins)


def _apposition(scan: Scan, after: int) -> Keys:
    """Return the words of the phrase in apposition that follows a name behind a comma."""
    forms = scan.words.forms
    if after + 1 >= len(forms) or forms[after] != ",":
        return frozenset()
    end = after + 1
    while end < min(len(forms), after + 9) and not (
        scan.words.kinds[end] == MARK
        or scan.classes[end] in ("relative", "that")
        or end in scan.cue_at
        or scan.times[end] >= 0
    ):
        end += 1
    return keys_of(scan, after + 1, end - 1)
