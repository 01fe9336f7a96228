"""From a name to one actor of the base, or to none with the candidates and the reason; metonymy recorded as
such.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from qala.lexicon.actor_facts import Actor, ActorKind
from qala.lexicon.actors import ActorBase, ActorMention, Entry
from qala.lexicon.phrase_trie import phrase_words
from qala.model import SpeakerKind
from qala.resolution.names import NameComparison, compare_names, may_be_variants, sound_key
from qala.text.words import MARK, Words, find_words

_SPEAKS_AS: dict[ActorKind, SpeakerKind] = {
    "state": "government",
    "place": "government",
    "building": "government",
    "government": "government",
    "organisation": "organisation",
    "company": "organisation",
    "party": "organisation",
    "outlet": "outlet",
    "agency": "outlet",
    "platform": "outlet",
    "group": "group",
    "person": "person",
    "office": "person",
}


@lru_cache(maxsize=64)
def name_words(name: str) -> Words:
    """Return the words of a name or title; the last ones are kept, for several readers ask for each."""
    return find_words(name)


@lru_cache(maxsize=64)
def mentions_in(words: Words, base: ActorBase) -> tuple[ActorMention, ...]:
    """Return the actors named in a name or title; kept as its words are."""
    return tuple(base.find(words))


class EntityResolution(NamedTuple):
    """One actor, or none.

    ``id`` is ``None`` where there is no candidate or several; ``candidates`` lists what was weighed.
    ``said`` is the name as given; ``read_as`` is the id of what a place or building stands for ("Kremlin"
    read as ``ru:presidency``), by ``rule`` (``metonym:building`` …). ``reasons`` says how it was decided,
    or why not.
    """

    id: str | None
    candidates: tuple[str, ...]
    said: str
    kind: SpeakerKind | None = None
    country: str | None = None
    read_as: str | None = None
    rule: str | None = None
    reasons: tuple[str, ...] = ()


def speaker_kind(actor: Actor) -> SpeakerKind | None:
    """Return the kind of speaker that an actor is; a place that stands for nobody is none."""
    if actor.kind == "place" and actor.of is None:
        return None
    return _SPEAKS_AS[actor.kind]


def resolve_entity(
    name: str, base: ActorBase, *, country: str | None = None, title: str | None = None
) -> EntityResolution:
    """Resolve a name (without its title) to one actor of ``base``, or to none with the candidates.

    ``country`` is an ISO 3166 code known from the context; ``title`` the words before the name, whose
    gender and demonym are weighed. A name that the base does not hold is compared with its persons' names;
    only one variant is taken, never the better of two.
    """
    words = name_words(name)
    inner = [i for i, kind in enumerate(words.kinds) if kind != MARK]
    if not inner:
        return EntityResolution(None, (), name, reasons=("no name",))
    gender, states = _read_title(title, base)
    states |= {country} if country else set()
    ids, reasons = _candidates(words, inner[0], inner[-1], base, states)
    if not ids:
        ids, reasons = _variants(name, base)
    if not ids:
        return EntityResolution(None, (), name, reasons=("not in the base",))
    return _decide(name, ids, base, states, gender, reasons)


def _read_title(title: str | None, base: ActorBase) -> tuple[str | None, set[str]]:
    """Return the gender of a title's first word, and the states of its adjectives and names."""
    if not title:
        return None, set()
    words = name_words(title)
    gender: str | None = None
    for i in range(len(words)):
        found = base.words.at(words, i, "title")
        word = found and found.of("title")
        if word:
            gender = word.gender
            break
    states = {reading.state for here in base.find_demonyms(words) for reading in here.demonyms}
    for mention in mentions_in(words, base):
        states.update(filter(None, (country_of(base, key) for key in mention.ids)))
    return gender, states


def country_of(base: ActorBase, key: str) -> str | None:
    """Return the country of an actor's id, ``None`` where it has none or is unknown."""
    actor = base.get(key)
    return actor.country if actor else None


def _candidates(
    words: Words, first: int, last: int, base: ActorBase, states: set[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    for mention in mentions_in(words, base):
        if mention.first == first and mention.last >= last and mention.how == "institution":
            ids = mention.ids
            if len(states) == 1 and all(":" not in key for key in ids):
                ids = tuple(f"{next(iter(states))}:{key}" for key in ids)
            return ids, ("institution",)
    entries = base.lookup(words, first, last)
    strong = [entry for entry in entries if entry.how not in ("weak", "guarded", "with-country")]
    return _ids(strong or entries), tuple(dict.fromkeys(entry.how for entry in strong or entries))


def _ids(entries: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.actor for entry in entries))


@lru_cache(maxsize=8)
def _index(base: ActorBase) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the persons' names by the consonants of their last word, as pairs of name and id."""
    table: dict[str, list[tuple[str, str]]] = {}
    for actor in base.actors.values():
        if actor.kind != "person":
            continue
        for form in actor.forms:
            if form.kind in ("name", "form"):
                table.setdefault(sound_key(phrase_words(form.text)[-1]), []).append((form.text, actor.id))
    return {key: tuple(pairs) for key, pairs in table.items()}


@lru_cache(maxsize=1 << 14)
def _variants(name: str, base: ActorBase) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the persons of whose names ``name`` is a spelling variant; a short name is none."""
    last = phrase_words(name)[-1]
    found: dict[str, NameComparison] = {}
    for known, key in _index(base).get(sound_key(last), ()):
        if not may_be_variants(name, known):
            continue
        comparison = compare_names(name, known)
        if comparison.verdict in ("same", "variant"):
            found.setdefault(key, comparison)
    reasons = (reason for comparison in found.values() for reason in ("variant", *comparison.reasons))
    return tuple(found), tuple(dict.fromkeys(reasons))


def _decide(
    name: str,
    ids: tuple[str, ...],
    base: ActorBase,
    states: set[str],
    gender: str | None,
    reasons: tuple[str, ...],
) -> EntityResolution:
    """Return the one actor whom country and gender leave, or none; only a short name is refused by them
    alone.
    """
    actors = [actor for actor in map(base.get, ids) if actor is not None]
    fitting = [actor for actor in actors if not _conflicts(actor, states, gender)]
    certain = len(actors) == 1 and not {"short", "weak", "variant"} & set(reasons)
    if certain and not fitting:
        return _resolved(name, actors[0], ids, (*reasons, "country or gender of the title differ"))
    if len(fitting) == 1:
        weighed = (*reasons, "country or gender of the title") if len(actors) > 1 else reasons
        return _resolved(name, fitting[0], ids, weighed)
    why = "several candidates" if fitting else "country or gender of the title differ"
    return EntityResolution(None, ids, name, reasons=(*reasons, why))


def _conflicts(actor: Actor, states: set[str], gender: str | None) -> bool:
    if actor.kind == "person" and gender and actor.gender and actor.gender != gender:
        return True
    return bool(states and actor.country and actor.country not in states)


def _resolved(name: str, actor: Actor, ids: tuple[str, ...], reasons: tuple[str, ...]) -> EntityResolution:
    kind, read_as, rule = speaker_kind(actor), None, None
    if actor.kind in ("place", "building") and actor.of:
        read_as = actor.of if ":" in actor.of or len(actor.of) > 2 else f"{actor.of}:government"
        rule = f"metonym:{actor.kind}"
    elif actor.kind == "state":
        read_as, rule = f"{actor.id}:government", "metonym:state"
    return EntityResolution(actor.id, ids, name, kind, actor.country, read_as, rule, reasons)
