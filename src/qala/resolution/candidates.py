"""Who could speak: the source itself, persons of the article, speakers before, other nouns of the sentence."""

from typing import NamedTuple

from qala.extraction.attribution import Draft
from qala.extraction.scan import Scan
from qala.extraction.sources import SourceSpan
from qala.lexicon.words import load_classes
from qala.resolution.persons import Person
from qala.text.clitics import split_clitics
from qala.text.words import MARK

Keys = frozenset[str]


class Candidate(NamedTuple):
    """One possible speaker: tokens of its fullest form, and where it comes from."""

    first: int
    last: int
    origin: str  # self, name, body, prior, person, near
    rank: int  # how many of the same origin are nearer
    keys: Keys
    context: Keys  # words that introduce it anywhere: title, office, affiliation
    lead: int = 0  # tokens of a title right before the fullest form
    margin: float = 0.0  # of a rival of the source: by how much it fell short
    cue: int = -1  # the cue of the statement in which a prior speaker was last heard


class Profile(NamedTuple):
    """A person of the article: the fullest form, all names' and titles' words, every place."""

    first: int
    last: int
    keys: Keys
    context: Keys
    places: tuple[int, ...]
    lead: int  # tokens of the title before the fullest form


_PRIORS, _PERSONS = 4, 5
# What keeps a page of a hundred thousand names linear; no article that was looked at reaches these.
_MOST_NAMES, _MOST_PROFILES, _MOST_PLACES = 2000, 80, 20


def strip_article(form: str) -> str:
    """Return a folded word without article and joined preposition, as names are compared."""
    if form.startswith("\u0627\u0644") and len(form) > 4:
        return form[2:]
    if form.startswith("\u0644\u0644") and len(form) > 4:
        return form[2:]
    return form


def keys_of(scan: Scan, first: int, last: int) -> Keys:
    """Return the words of a span under which names are compared."""
    kinds, forms = scan.words.kinds, scan.words.forms
    return frozenset(strip_article(forms[j]) for j in range(first, last + 1) if kinds[j] != MARK)


def profile_persons(scan: Scan, persons: list[Person]) -> list[Profile]:
    """Join the places of each person: a name that ends in the same word, and shares no contradiction, is one person."""
    by_last: dict[str, list[tuple[Person, Keys]]] = {}
    for person in persons[:_MOST_NAMES]:
        keys = keys_of(scan, person.first, person.last)
        by_last.setdefault(strip_article(scan.words.forms[person.last]), []).append((person, keys))
    profiles = [_profile(scan, cluster) for group in by_last.values() for cluster in _clusters(group)]
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
    for person, _ in cluster[:_MOST_PLACES]:
        context |= keys_of(scan, person.title, person.first - 1)
        context |= _apposition(scan, person.last + 1)
    places = tuple(person.first for person, _ in cluster[:_MOST_PLACES])
    return Profile(best.first, best.last, keys, frozenset(context), places, best.first - best.title)


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
    scan: Scan, draft: Draft, priors: list[Candidate], profiles: list[Profile], drafts: list[Draft]
) -> list[Candidate]:
    """Return the possible speakers of ``draft``; ``priors`` are the speakers chosen before it, in order."""
    out: list[Candidate] = []
    source = draft.source
    if source is not None:
        keys = keys_of(scan, source.first, source.last)
        out.append(Candidate(source.first, source.last, "self", 0, keys, frozenset()))
        inner = next((p for p in profiles if any(source.first <= place <= source.last for place in p.places)), None)
        if inner is not None and inner.keys != keys:
            out.append(Candidate(inner.first, inner.last, "name", 0, inner.keys, inner.context, inner.lead))
        issued = _issuer(scan, source)
        if issued is not None:
            out.append(Candidate(*issued, "body", 0, keys_of(scan, *issued), keys))
    seen: list[Keys] = []
    called: dict[Keys, Keys] = {}
    for prior in priors:
        called[prior.keys] = called.get(prior.keys, frozenset()) | prior.context
    for prior in reversed(priors):
        if not prior.keys or prior.keys in seen:
            continue
        out.append(prior._replace(origin="prior", rank=len(seen), context=called[prior.keys]))
        seen.append(prior.keys)
        if len(seen) == _PRIORS:
            break
    at = draft.reading.cue.first
    own = keys_of(scan, source.first, source.last) if source else frozenset()

    def nearness(profile: Profile) -> tuple[int, int]:
        shared = len(own & (profile.context | profile.keys))
        return -shared, min((at - x if x < at else 3 * (x - at)) for x in profile.places)

    for rank, profile in enumerate(sorted(profiles, key=nearness)[:_PERSONS]):
        out.append(Candidate(profile.first, profile.last, "person", rank, profile.keys, profile.context, profile.lead))
    for rank, (span, margin) in enumerate(draft.rivals):
        if any(
            d.reading.start <= span.first and span.last <= d.end and not d.reading.start <= at <= d.end for d in drafts
        ):
            continue  # words that somebody else says
        keys = keys_of(scan, span.first, span.last)
        out.append(Candidate(span.first, span.last, "near", rank, keys, frozenset(), margin=margin))
    return out
