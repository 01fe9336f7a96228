"""Who could speak: the source itself, persons of the article, speakers before, other nouns of the sentence."""

from bisect import bisect_left
from typing import NamedTuple

from qala.extraction.attribution import Draft
from qala.extraction.scan import Scan
from qala.extraction.sources import SourceSpan
from qala.lexicon.words import load_classes
from qala.resolution.cast import Cast
from qala.resolution.echoes import Echo
from qala.resolution.holders import NOBODY, Holder
from qala.resolution.keys import BARE, Keys, keys_of
from qala.resolution.phrases import Phrases, phrases_like
from qala.resolution.profiles import MOST_PLACES, Profile
from qala.resolution.spellings import Spellings
from qala.text.clitics import split_clitics


class Candidate(NamedTuple):
    """One possible speaker: tokens of its fullest form, and where it comes from."""

    first: int
    last: int
    origin: str  # self, name, body, prior, person, unit, phrase, later, near
    rank: int  # how many of the same origin are nearer
    keys: Keys
    context: Keys  # words that introduce it anywhere: title, office, affiliation
    lead: int = 0  # tokens of a title right before the fullest form
    margin: float = 0.0  # of a rival of the source: by how much it fell short
    cue: int = -1  # the cue of the statement in which a prior speaker was last heard
    places: tuple[int, ...] = ()  # where else a person or a body is named
    begins: tuple[int, ...] = ()  # where the phrases of these places begin, with their titles
    known: Holder = NOBODY  # what the actor base knows of a person
    gender: str = ""  # m, f: of a person's given name or title, or of the verbs with which the article has it speak


_PRIORS, _PERSONS, _UNITS, _LATER = 4, 5, 3, 2
_INNER = 3  # persons named in one source
_FAR = 1200  # tokens before a document's name within which it was named first


def _issuer(scan: Scan, source: SourceSpan) -> tuple[int, int] | None:
    """Return whose document a source is ("a statement of the ministry", "a report issued by …"), where it says so."""
    if not scan.tags[source.first].startswith("cdoc"):
        return None
    for j in range(source.first + 1, source.last + 1):
        if scan.classes[j] == "preposition":
            return (
                (j + 1, source.last) if scan.words.forms[j] in load_classes()["issuing"] and j < source.last else None
            )
        if scan.shapes[j][0] in "lL":
            return (j, source.last) if split_clitics(scan.words.forms[j]).proclitics else None
    return None


def list_candidates(
    scan: Scan,
    draft: Draft,
    priors: list[Candidate],
    cast: Cast,
    drafts: list[Draft],
    echoes: list[Echo],
    documents: list[int],
) -> list[Candidate]:
    """Return the possible speakers of ``draft``; ``priors`` are the speakers chosen before it, in order.

    ``drafts`` are the statements up to this one, ``echoes`` those of the article that say the same, ``documents``
    the places where the document that is its source was named before (:func:`named_before`).
    """
    source = draft.source
    spelt = cast.spelt
    own = keys_of(scan, source.first, source.last, spelt) if source else frozenset()
    out = _of_source(scan, source, own, cast) if source else []
    out += _before(priors)
    out += _persons(draft, own, cast.persons, echoes)
    out += _units(scan, draft, own, cast.units, documents)
    out += _phrases(scan, draft, out, cast.phrases)
    out += _later(scan, own, echoes, spelt)
    at = draft.reading.cue.first
    for rank, (span, margin) in enumerate(draft.rivals):
        if any(
            d.reading.start <= span.first and span.last <= d.end and not d.reading.start <= at <= d.end for d in drafts
        ):
            continue  # words that somebody else says
        keys = keys_of(scan, span.first, span.last, spelt)
        begins = (span.first,)
        out.append(Candidate(span.first, span.last, "near", rank, keys, frozenset(), margin=margin, begins=begins))
    return out


def _of_source(scan: Scan, source: SourceSpan, own: Keys, cast: Cast) -> list[Candidate]:
    """Return the source itself, the person named in it and the body that it belongs to."""
    out = [Candidate(source.first, source.last, "self", 0, own, frozenset())]
    inner = _inner(source, cast.persons)
    out += [_of_profile(person, "name", rank) for rank, person in enumerate(inner) if person.keys != own]
    issued = _issuer(scan, source) or (None if inner else _owner(scan, source, cast.units))
    if issued is not None:
        out.append(Candidate(*issued, "body", 0, keys_of(scan, *issued), own))
    return out


def _inner(source: SourceSpan, persons: list[Profile]) -> list[Profile]:
    """Return the persons named in a source, in its order."""
    found = [
        (place, number)
        for number, person in enumerate(persons)
        if (place := first_within(person.places, source.first, source.last)) >= 0
    ]
    return [persons[number] for _, number in sorted(found)[:_INNER]]


def first_within(places: tuple[int, ...], first: int, last: int) -> int:
    """Return the first of ``places``, which are in order, from ``first`` to ``last``; -1 where there is none."""
    found = bisect_left(places, first)
    return places[found] if found < len(places) and places[found] <= last else -1


def _owner(scan: Scan, source: SourceSpan, units: list[Profile]) -> tuple[int, int] | None:
    """Return the body named behind the head of a source ("the centre's report"), unless a title heads it."""
    if scan.tags[source.first][:1] == "t":
        return None
    places = [place for unit in units for place in unit.places if source.first < place <= source.last]
    return (min(places), source.last) if places else None


def _of_profile(profile: Profile, origin: str, rank: int) -> Candidate:
    first, last, keys, context, places, lead, begins, gender, known = profile
    return Candidate(
        first, last, origin, rank, keys, context, lead, places=places, begins=begins, known=known, gender=gender
    )


def _before(priors: list[Candidate]) -> list[Candidate]:
    """Return the speakers before, the last first, with all the words by which they were called."""
    out: list[Candidate] = []
    seen: set[Keys] = set()
    called: dict[Keys, Keys] = {}
    for prior in priors:
        called[prior.keys] = called.get(prior.keys, frozenset()) | prior.context
    for prior in reversed(priors):
        if not prior.keys or prior.keys in seen:
            continue
        out.append(prior._replace(origin="prior", rank=len(seen), context=called[prior.keys]))
        seen.add(prior.keys)
        if len(seen) == _PRIORS:
            break
    return out


def _persons(draft: Draft, own: Keys, persons: list[Profile], echoes: list[Echo]) -> list[Candidate]:
    """Return persons of the article: whose titles the source shares, who say the same elsewhere, who are near."""
    at = draft.reading.cue.first
    rows: list[tuple[int, float, int, int]] = []
    for number, person in enumerate(persons):
        shared = len(own & person.keys | own & person.context) if own else 0
        echo = max([e.share for e in echoes if e.names(person.places)], default=0.0) if echoes else 0.0
        rows.append((-shared, -echo, _gap(person.places, at), number))
    return [_of_profile(persons[row[-1]], "person", rank) for rank, row in enumerate(sorted(rows)[:_PERSONS])]


def _gap(places: tuple[int, ...], at: int) -> int:
    """Return how far the nearest of ``places``, which are in order, is from a cue; behind it counts three times."""
    found = bisect_left(places, at)
    before = [at - places[found - 1]] if found else []
    return min([*before, 3 * (places[found] - at)]) if found < len(places) else before[0]


def _units(scan: Scan, draft: Draft, own: Keys, units: list[Profile], documents: list[int]) -> list[Candidate]:
    """Return bodies of the article: that share words with the source, are near its document, or stand before."""
    at, source = draft.reading.cue.first, draft.source
    near = [at]
    if source is not None and scan.tags[source.first].startswith("cdoc"):
        near = documents or [at]
    elif source is not None:
        units = [unit for unit in units if own & unit.keys]

    rows: list[tuple[int, int, int]] = []
    for number, unit in enumerate(units):
        if near == [at]:
            gap = _gap(unit.places, at)
        else:
            gap = min([(abs(j - x) if x < at else 3 * abs(j - x)) for x in unit.places for j in near])
        rows.append((-len(own & unit.keys), gap, number))
    return [_of_profile(units[row[-1]], "unit", rank) for rank, row in enumerate(sorted(rows)[:_UNITS])]


def named_before(scan: Scan, draft: Draft) -> list[int]:
    """Return where the document that is the source of ``draft`` was named before; nothing for another source."""
    source = draft.source
    if source is None or not scan.tags[source.first].startswith("cdoc"):
        return []
    head, begin = BARE[scan.words.forms[source.first]], max(0, source.first - _FAR)
    places = range(begin, source.first)
    found = [j for j in places if scan.tags[j].startswith("cdoc") and BARE[scan.words.forms[j]] == head]
    return found[:MOST_PLACES]


def _phrases(scan: Scan, draft: Draft, others: list[Candidate], phrases: Phrases) -> list[Candidate]:
    """Return what else the article calls a source that names nobody: the first phrase of its head, and the longest."""
    source = draft.source
    if source is None or any(c.origin == "name" for c in others):
        return []
    forms = scan.words.forms
    seen = {tuple(forms[source.first : source.last + 1])}
    out: list[Candidate] = []
    for rank, (first, last) in enumerate(phrases_like(scan, phrases, source)):
        keys, written = keys_of(scan, first, last), tuple(forms[first : last + 1])
        if written not in seen:  # the same words in another case are the form that was named first
            seen.add(written)
            out.append(Candidate(first, last, "phrase", rank, keys, frozenset(), places=(first,), begins=(first,)))
    return out


def _later(scan: Scan, own: Keys, echoes: list[Echo], spelt: Spellings) -> list[Candidate]:
    """Return the sources of later statements that say the same: a headline's speaker is named in full below it."""
    out: list[Candidate] = []
    for echo in echoes:
        source = echo.draft.source
        if not echo.later or source is None:
            continue
        keys = keys_of(scan, source.first, source.last, spelt)
        if keys == own:
            continue
        out.append(Candidate(source.first, source.last, "later", len(out), keys, frozenset()))
        if len(out) == _LATER:
            break
    return out
