"""Who is named in an article: its persons and its bodies, who is quoted, and how it spells their names."""

from bisect import bisect_left
from typing import NamedTuple

from qala.extraction.attribution import Draft
from qala.extraction.scan import Scan, is_rare
from qala.extraction.sources import SourceSpan
from qala.lexicon.actors import ActorBase
from qala.resolution.holders import holder_of
from qala.resolution.institutions import find_institutions
from qala.resolution.keys import BARE, Keys, keys_of
from qala.resolution.persons import Person, find_persons
from qala.resolution.phrases import Phrases, find_phrases
from qala.resolution.profiles import MOST_NAMES, Profile, profile_persons, profile_units
from qala.resolution.short_names import without_tails
from qala.resolution.spellings import NO_SPELLINGS, Spellings, find_spellings
from qala.text.words import WORD

_HEARD = 20  # sources before a statement that are looked at, and as many after it


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


def _spellings(scan: Scan, persons: list[Person], sources: list[SourceSpan]) -> Spellings:
    """Return how the article spells words of names otherwise than at first: in its names and in its sources."""
    forms, kinds = scan.words.forms, scan.words.kinds
    names = [
        BARE[forms[j]]
        for person in persons[:MOST_NAMES]
        for j in range(person.first, person.last + 1)
        if kinds[j] == WORD
    ]
    if not names:
        return NO_SPELLINGS
    others = {
        forms[j]: None
        for source in sources
        for j in range(source.first, source.last + 1)
        if kinds[j] == WORD and not scan.classes[j] and is_rare(scan, j)
    }
    return find_spellings(names, others)
