"""Claims, utterances and statements found among the views: by id, by words, by actor, by day, by dispute."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from qala.corroborating.views import NotFoundError
from qala.corroboration.clocks import said_on
from qala.corroboration.contents import read_contents
from qala.corroboration.dossier import Dossier, make_dossier
from qala.corroboration.history import ActorHistory, actor_history
from qala.corroboration.shared_wording import CopyTable
from qala.corroboration.signs import read_sign
from qala.lexicon.actors import load_actors
from qala.lexicon.stems import stem
from qala.resolution.names import compare_names
from qala.text.words import MARK, find_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from qala.corroborating.views import Views
    from qala.corroboration.model import Claim, Copy, Sign, Utterance
    from qala.records import Record

T = TypeVar("T")

_SAME_NAME = frozenset(("same", "variant", "part_of"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which claims are asked for. What is left out asks for nothing.

    ``words`` all stand, in any inflection, in what the statements of a claim say or in their speakers' names.
    ``about`` is an actor (id or name) whom contents speak of, ``speaker`` one who speaks. ``since`` and ``until``
    (both included) bound the day of an utterance: of saying where it is known, else of its first printing.
    """

    words: str = ""
    about: str | None = None
    speaker: str | None = None
    since: date | None = None
    until: date | None = None
    disputed: bool = False


class Summary(NamedTuple):
    """A claim in a list: how often it was said and by whom for each sign, where it was printed, from when to when."""

    claim: Claim
    utterances: dict[Sign, int]
    speakers: dict[Sign, tuple[str, ...]]  # the oftenest printed first; who is not named is not among them
    statements: int
    articles: int
    outlets: int
    first: str | None  # ISO days: of saying where known, else of printing
    last: str | None
    conflicts: tuple[str, ...]  # kinds


def list_claims(views: Views, wanted: Wanted = Wanted()) -> list[Summary]:
    """Return the claims that are asked for, those of most articles first."""
    found = []
    texts = _Texts()
    known = {utterance.id: utterance for utterance in views.utterances}
    for claim in views.claims:
        if wanted.disputed and not is_disputed(claim):
            continue
        told = [known[stance.utterance] for stance in claim.stances]
        rows = [views.records[member] for utterance in told for member in utterance.members]
        if _fits(wanted, told, rows, views, texts):
            found.append(summarise(claim, views, known))
    return sorted(found, key=lambda row: (-row.articles, -row.statements, row.claim.id))


def is_disputed(claim: Claim) -> bool:
    """Whether somebody affirms a claim and somebody denies it."""
    return {"+", "-"} <= {stance.sign for stance in claim.stances}


class _Texts:
    """The stems of what was read already, and the ids of the actors that it names; kept for one question."""

    def __init__(self) -> None:
        self._stems: dict[str, frozenset[str]] = {}
        self._actors: dict[str, frozenset[str]] = {}

    def stems(self, record: Record) -> frozenset[str]:
        if record.id not in self._stems:
            name = record.statement.speaker.name if record.statement.speaker else ""
            self._stems[record.id] = frozenset(stems_of(f"{content_of(record)} {name}"))
        return self._stems[record.id]

    def actors(self, record: Record) -> frozenset[str]:
        if record.id not in self._actors:
            found = load_actors().find(find_words(content_of(record)))
            self._actors[record.id] = frozenset(id for mention in found for id in mention.ids)
        return self._actors[record.id]


def content_of(record: Record) -> str:
    """Return the words that a statement attributes, as they stand in its article."""
    text = record.document.text
    return " \u2026 ".join(span.of(text).strip() for span in record.statement.attribution.content)


def stems_of(text: str) -> list[str]:
    """Return the stems of the words of a text."""
    words = find_words(text)
    found = (stem(plain) for plain, kind in zip(words.plains, words.kinds, strict=True) if kind != MARK)
    return [word for word in found if word]


def _fits(wanted: Wanted, told: list[Utterance], rows: list[Record], views: Views, texts: _Texts) -> bool:
    if wanted.since or wanted.until:
        days = [day for utterance in told if (day := day_of(utterance, views)) is not None]
        if not any(_within(day, wanted) for day in days):
            return False
    if wanted.speaker is not None and not any(is_speaker(wanted.speaker, row) for row in rows):
        return False
    asked = set(stems_of(wanted.words))
    if asked and not asked <= frozenset().union(*(texts.stems(row) for row in rows)):
        return False
    return wanted.about is None or _speaks_of(wanted.about, rows, texts)


def _speaks_of(about: str, rows: list[Record], texts: _Texts) -> bool:
    """Whether a content names the actor ``about``: one that his words may mean, else the words themselves."""
    ids = find_actors(about)
    if ids:
        return any(ids & texts.actors(row) for row in rows)
    asked = set(stems_of(about))
    return bool(asked) and any(asked <= texts.stems(row) for row in rows)


def find_actors(name: str) -> frozenset[str]:
    """Return the ids of the actor base that a name, or an id, may mean; a capital or palace brings its state."""
    base = load_actors()
    actor = base.get(name)
    if actor is not None:
        return frozenset((actor.id,))
    words = find_words(name)
    return frozenset(
        id
        for mention in base.find(words)
        if mention.first == 0 and mention.last == len(words) - 1
        for id in mention.ids
    )


def is_speaker(name: str, record: Record) -> bool:
    """Whether the speaker of a statement goes by this id or name, or by a longer form of it."""
    speaker = record.statement.speaker
    if speaker is None:
        return False
    if name in (speaker.entity, speaker.body, speaker.said_as):
        return True
    return compare_names(name, speaker.name).verdict in _SAME_NAME


def day_of(utterance: Utterance, views: Views) -> str | None:
    """Return the first day that is known of an utterance: of its saying, else of its first printing (ISO)."""
    said = said_on(utterance, views.records)
    if said is not None:
        return said.day
    return min(_printed(utterance, views), default=None)


def _printed(utterance: Utterance, views: Views) -> Iterator[str]:
    for member in utterance.members:
        published = views.records[member].document.published
        if published is not None:
            yield published.isoformat()[:10]


def _within(day: str, wanted: Wanted) -> bool:
    """Whether a day, month or year lies between the bounds, as far as it is known."""
    first = wanted.since.isoformat()[: len(day)] if wanted.since else ""
    last = wanted.until.isoformat()[: len(day)] if wanted.until else "~"
    return first <= day <= last


def summarise(claim: Claim, views: Views, utterances: Mapping[str, Utterance] | None = None) -> Summary:
    """Return a claim as it stands in a list; ``utterances`` are those of the views by id, where that is made."""
    known = utterances or {utterance.id: utterance for utterance in views.utterances}
    told = [(known[stance.utterance], stance.sign) for stance in claim.stances]
    return _count(claim, told, views)


def _count(claim: Claim, told: list[tuple[Utterance, Sign]], views: Views) -> Summary:
    utterances: defaultdict[Sign, int] = defaultdict(int)
    names: defaultdict[Sign, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for utterance, sign in told:
        utterances[sign] += 1
        if utterance.speaker:
            names[sign][utterance.speaker] += len(utterance.members)
    rows = [views.records[member] for utterance, _ in told for member in utterance.members]
    days = sorted(day for utterance, _ in told if (day := day_of(utterance, views)) is not None)
    return Summary(
        claim=claim,
        utterances=dict(utterances),
        speakers={sign: tuple(sorted(found, key=lambda name: (-found[name], name))) for sign, found in names.items()},
        statements=len({row.id for row in rows}),
        articles=len({row.document_id for row in rows}),
        outlets=len({row.document.outlet for row in rows if row.document.outlet}),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        conflicts=tuple(sorted({conflict.kind for conflict in claim.conflicts})),
    )


def find_claims_by(views: Views, id: str) -> list[Claim]:
    """Return the claim with this id or unique beginning of one, or the claims on which the utterance or statement
    with it bears. Raises :class:`NotFoundError` where there is none or several begin so.
    """
    claim = _one_of(id, {claim.id: claim for claim in views.claims}, "claims")
    if claim is not None:
        return [claim]
    told = {utterance.id for utterance in find_utterances_by(views, id)}
    found = [claim for claim in views.claims if any(stance.utterance in told for stance in claim.stances)]
    if not found:
        raise NotFoundError(f"{id!r} bears on no claim: nobody else says, denies or asks the same")
    return found


def find_utterances_by(views: Views, id: str) -> list[Utterance]:
    """Return the utterance with this id or unique beginning of one, or those that the statement with it reports.

    Raises :class:`NotFoundError` where there is none or several begin so.
    """
    utterance = _one_of(id, {utterance.id: utterance for utterance in views.utterances}, "utterances")
    if utterance is not None:
        return [utterance]
    record = _one_of(id, views.records, "statements")
    if record is None:
        raise NotFoundError(f"no claim, utterance or statement {id!r} in these views")
    return [found for found in views.utterances if record.id in found.members]


def _one_of(id: str, known: Mapping[str, T], what: str) -> T | None:
    """Return what has this id, or alone begins with it; raises where several do."""
    if id in known:
        return known[id]
    found = [key for key in known if id and key.startswith(id)]
    if len(found) > 1:
        raise NotFoundError(f"several {what} begin with {id!r}")
    return known[found[0]] if found else None


def signs_of(views: Views, utterance: Utterance) -> tuple[Sign, ...]:
    """Return the signs that an utterance takes to claims; where it bears on none, the sign of its own words."""
    found = {stance.sign for claim in views.claims for stance in claim.stances if stance.utterance == utterance.id}
    if not found:
        found = {read_sign(content).sign for content in read_contents([views.records[utterance.members[0]]])}
    return tuple(sorted(found))


def dossier_of(views: Views, claim: Claim) -> Dossier:
    """Return the dossier of a claim."""
    return make_dossier(claim, views.utterances, views.records, CopyTable(views.copies))


def history_of(views: Views, name: str) -> ActorHistory:
    """Return what an actor (an id, or a name) said over all views, and where his sign changed.

    Raises :class:`NotFoundError` where nobody of that name speaks.
    """
    found = actor_history(name, views.claims, views.utterances, views.records)
    if not found.turns:
        raise NotFoundError(f"nobody called {name!r} speaks here")
    return found


def list_copies(views: Views, among: Iterable[str] = ()) -> list[Copy]:
    """Return the copies, those with most words in common first; with ``among`` those of these documents (or
    beginnings of their ids) alone. Raises :class:`NotFoundError` for a document that is not there.
    """
    asked = {_document(views, id) for id in among}
    found = [copy for copy in views.copies if not asked or copy.a in asked or copy.b in asked]
    return sorted(found, key=lambda copy: (-sum(passage.words for passage in copy.passages), copy.a, copy.b))


def _document(views: Views, id: str) -> str:
    given = [key for key, document in views.documents.items() if document.id == id]
    if len(given) == 1:
        return given[0]
    found = _one_of(id, {key: key for key in views.documents}, "articles")
    if found is None:
        raise NotFoundError(f"no article {id!r} in these views")
    return found
