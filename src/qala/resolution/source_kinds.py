"""What kind of source a noun phrase is: person, government, organisation, outlet, document, group or
anonymous.
"""

from typing import NamedTuple

from qala.lexicon.actors import ActorBase, ActorMention
from qala.lexicon.names import load_name_parts
from qala.lexicon.source_words import SourceWordAt
from qala.lexicon.spelling import folded
from qala.model import SpeakerKind
from qala.resolution.entities import mentions_in, name_words, speaker_kind
from qala.text.words import MARK, WORD, Words

_CARRIER_KINDS: dict[str, SpeakerKind] = {
    "agency": "outlet",
    "outlet": "outlet",
    "platform": "outlet",
    "document": "document",
    "event": "document",
}
_LOCATING = frozenset(("state", "place", "building", "government"))  # an institute's country is not its researcher's
_HEAD_KINDS: dict[str, SpeakerKind] = {
    "head of government": "government",
    "head of organisation": "organisation",
    "head of group": "group",
}


_SHORTEST_PLURAL = 5  # letters without the article


class KindReading(NamedTuple):
    """What a source is, and why.

    ``reason`` names the evidence ("title:office", "carrier:agency", "anonymous:security source" …);
    ``type`` is the type of an anonymous source; ``office`` is the id of the office that the title names, if
    any; ``ids`` are the actors named. ``gender`` and ``number`` are those with which verbs and pronouns
    agree, where known.
    """

    kind: SpeakerKind | None
    reason: str
    country: str | None = None
    type: str | None = None
    office: str | None = None
    ids: tuple[str, ...] = ()
    gender: str | None = None
    number: str | None = None


class _Phrase(NamedTuple):
    """A source's noun phrase with everything found in it."""

    words: Words
    head: int
    mentions: tuple[ActorMention, ...]
    base: ActorBase


def kind_of(name: str | Words, base: ActorBase) -> KindReading:
    """Return what kind of source a noun phrase is (a name, a title with or without a name, a description).

    The phrase's first word decides, but a person's name in apposition makes a title's bearer a person;
    nothing is guessed for a phrase whose words say nothing (``kind`` is ``None``).
    """
    words = name if isinstance(name, Words) else name_words(name)
    head = next((i for i, kind in enumerate(words.kinds) if kind != MARK), -1)
    if head < 0:
        return KindReading(None, "no name")
    phrase = _Phrase(words, head, mentions_in(words, base), base)
    for read in (
        _read_person,
        _read_mention,
        _read_anonymous,
        _read_carrier,
        _read_title,
        _read_head,
        _read_people,
        _read_whole,
    ):
        reading = read(phrase)
        if reading:
            return reading
    if _has_name(phrase, head) or _has_title_behind(phrase):
        return KindReading("person", "name", _country(phrase))
    if _is_plural(words.forms[head]):
        return KindReading("group", "plural", _country(phrase), gender="m", number="p")
    return KindReading(None, "unknown", _country(phrase))


def _has_title_behind(phrase: _Phrase) -> bool:
    """Whether a title in the singular follows a comma: "Chris Cumming, the head of …"."""
    for i in range(phrase.head + 1, len(phrase.words) - 1):
        if phrase.words.forms[i] != ",":
            continue
        found = phrase.base.words.at(phrase.words, i + 1, "title")
        word = found and found.of("title")
        return bool(found and not found.cut and word and word.number == "s")
    return False


def _is_plural(form: str) -> bool:
    """Whether a word ends like a sound masculine plural, and begins like a participle or is a nisba."""
    endings, article = folded("endings", "mp")[:2], folded("particles", "article")[0]
    stem = form.removeprefix(article)
    if len(stem) < _SHORTEST_PLURAL or not stem.endswith(endings):
        return False
    return stem[0] == folded("endings", "participle")[0] or stem[:-2].endswith(folded("endings", "nisba")[0])


def _read_whole(phrase: _Phrase) -> KindReading | None:
    """A phrase that is nothing but a name which in running text would need a class word or a country."""
    last = max(i for i, kind in enumerate(phrase.words.kinds) if kind != MARK)
    actors = [phrase.base.get(entry.actor) for entry in phrase.base.lookup(phrase.words, phrase.head, last)]
    kinds = {speaker_kind(actor) for actor in actors if actor}
    if len(kinds) != 1:
        return None
    only = actors[0] if len(actors) == 1 else None
    ids = tuple(actor.id for actor in actors if actor)
    country, gender = (only.country, only.gender) if only else (None, None)
    return KindReading(kinds.pop(), "base", country, ids=ids, gender=gender, number="s")


def _head_word(phrase: _Phrase, *tables: str) -> SourceWordAt | None:
    for table in ("title", "anonymous", "carrier", "head"):
        if table in tables:
            found = phrase.base.words.at(phrase.words, phrase.head, table)
            if found:
                return found
    return None


def _country(phrase: _Phrase) -> str | None:
    """Return the country that an institution's adjective, a demonym or a place in the phrase gives, if only
    one.
    """
    for mention in phrase.mentions:
        if mention.country:
            return mention.country
    states = {reading.state for here in phrase.base.find_demonyms(phrase.words) for reading in here.demonyms}
    if not states:
        actors = (phrase.base.get(key) for mention in phrase.mentions for key in mention.ids)
        states = {actor.country for actor in actors if actor and actor.country and actor.kind in _LOCATING}
    return next(iter(states)) if len(states) == 1 else None


def _office(phrase: _Phrase) -> str | None:
    """Return the id of the longest office named at the head, with its country where one stands in the
    phrase.
    """
    found = phrase.base.office_at(phrase.words, phrase.head)
    if found is None:
        return None
    country = _country(phrase)
    return f"{country}:{found}" if country else found


def _read_person(phrase: _Phrase) -> KindReading | None:
    """A person of the base, alone or after a title."""
    for mention in phrase.mentions:
        actors = [phrase.base.get(key) for key in mention.ids]
        if not all(actor and actor.kind == "person" for actor in actors):
            continue
        title = phrase.base.words.at(phrase.words, phrase.head, "title")
        if mention.first != phrase.head and not (
            title and title.last < mention.first and _is_apposition(phrase, mention)
        ):
            continue
        gender = {actor.gender for actor in actors if actor}
        country = next((actor.country for actor in actors if actor and len(actors) == 1), None)
        return KindReading(
            "person",
            "base",
            country or _country(phrase),
            office=_office(phrase),
            ids=mention.ids,
            gender=gender.pop() if len(gender) == 1 else None,
            number="s",
        )
    return None


def _is_apposition(phrase: _Phrase, mention: ActorMention) -> bool:
    """Whether a person's mention can be the bearer of the title: not joined to a particle, not a
    preposition's object.
    """
    before = phrase.words.forms[mention.first - 1]
    plural = phrase.base.words.at(phrase.words, phrase.head, "title")
    word = plural and plural.of("title")
    return not mention.cut and before not in _prepositions() and not (word and word.number == "p")


def _prepositions() -> frozenset[str]:
    return frozenset(folded("marks", "prepositions"))


def _read_mention(phrase: _Phrase) -> KindReading | None:
    """An actor of the base at the head, or after the class word that introduces it."""
    for mention in phrase.mentions[:1]:
        if phrase.head not in (mention.first, mention.carrier):
            return None
        actor = phrase.base.get(mention.ids[0])
        if actor is None:
            return None
        country = mention.country or (actor.country if len(mention.ids) == 1 else None)
        stands = actor.kind in ("building", "state") or (actor.kind == "place" and actor.of)
        rule = "metonym" if stands else "place" if actor.kind == "place" else "base"
        country = country or _country(phrase)
        head = _head_word(phrase, "head")
        said = head and head.of("head")
        gender = said.gender if said else actor.gender  # "the forces" is feminine, "the army" is not
        return KindReading(speaker_kind(actor), rule, country, ids=mention.ids, gender=gender, number="s")
    return None


def _read_anonymous(phrase: _Phrase) -> KindReading | None:
    found = _head_word(phrase, "anonymous")
    word = found and found.of("anonymous")
    if not found or not word or _has_name(phrase, found.last + 1):
        return None
    country = _country(phrase)
    reason = f"anonymous:{word.kind}"
    return KindReading("anonymous", reason, country, word.kind, gender=word.gender, number=word.number)


def _read_carrier(phrase: _Phrase) -> KindReading | None:
    found = _head_word(phrase, "carrier")
    word = found and found.of("carrier")
    if not word:
        return None
    kind, reason = _CARRIER_KINDS[word.kind], f"carrier:{word.kind}"
    return KindReading(kind, reason, _country(phrase), gender=word.gender, number=word.number)


def _read_title(phrase: _Phrase) -> KindReading | None:
    found = _head_word(phrase, "title")
    word = found and found.of("title")
    if not found or not word or _is_body(phrase, found):
        return None
    kind: SpeakerKind = "group" if word.number == "p" else "person"
    reason, office = f"title:{word.kind}", _office(phrase)
    return KindReading(kind, reason, _country(phrase), office=office, gender=word.gender, number=word.number)


def _is_body(phrase: _Phrase, title: SourceWordAt) -> bool:
    """Whether a rank that is also a body ("lieutenant general", "team") is the body here: no name follows it."""
    body = phrase.base.words.at(phrase.words, phrase.head, "head")
    if body is None or body.last < title.last:
        return False
    after = title.last + 1
    if after >= len(phrase.words) or phrase.words.kinds[after] != WORD:
        return True
    given = phrase.base.words.at(phrase.words, after, "given") is not None
    named = given or phrase.words.forms[after] in load_name_parts()
    return not named or phrase.base.demonym_at(phrase.words, after) is not None


def _read_head(phrase: _Phrase) -> KindReading | None:
    found = _head_word(phrase, "head")
    word = found and found.of("head")
    if not word:
        return None
    return KindReading(_HEAD_KINDS[word.kind], word.kind, _country(phrase), gender=word.gender, number=word.number)


def _read_people(phrase: _Phrase) -> KindReading | None:
    """A people: a demonym in the plural ("the Palestinians"); in the singular it is one of them."""
    here = phrase.base.demonym_at(phrase.words, phrase.head)
    if here is None:
        return None
    first = here.demonyms[0]
    kind: SpeakerKind = "group" if first.number == "p" else "anonymous"
    country = first.state if len({reading.state for reading in here.demonyms}) == 1 else None
    return KindReading(kind, "demonym", country, gender=first.gender, number=first.number)


def _has_name(phrase: _Phrase, begin: int) -> bool:
    """Whether a person's name stands in the phrase from token ``begin``: two name parts, or one that ends
    it.
    """
    parts, forms, kinds = load_name_parts(), phrase.words.forms, phrase.words.kinds
    covered = {j for mention in phrase.mentions for j in range(mention.first, mention.last + 1)}
    run = 0
    for i in range(begin, len(forms)):
        known = kinds[i] == WORD and i not in covered
        known = known and (forms[i] in parts or phrase.base.words.at(phrase.words, i, "given") is not None)
        if known and not phrase.base.demonym_at(phrase.words, i):
            run += 1
            if run > 1:
                return True
        else:
            run = 0
    return run == 1 and len(forms) - begin <= 1 and begin == phrase.head
