"""From rows of facts to actors: the schema of the actor base, its checks, and how an overlay merges by id."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

from qala.errors import LexiconError
from qala.lexicon.fact_files import Row
from qala.lexicon.phrase_trie import phrase_words

ActorKind = Literal[
    "state",
    "place",  # a capital or city that stands for a government
    "building",  # a palace that stands for an office
    "government",  # a ministry, an army, a court: with a country
    "organisation",
    "outlet",
    "agency",
    "platform",
    "group",
    "party",
    "company",
    "person",
    "office",  # what a person holds; not a person
]
KINDS: tuple[ActorKind, ...] = get_args(ActorKind)

FormKind = Literal["name", "form", "short", "weak", "guarded", "institution", "with-country", "masculine", "feminine"]
"""How a form counts.

``name`` and ``form`` identify alone. ``short`` is a short name. ``weak`` is a short name that is also an
ordinary word or a common name: it counts after the full name or a title. ``guarded`` is a name that is also
an ordinary word: it counts after a carrier word or in brackets. ``institution`` takes the country that
stands beside it, ``with-country`` counts only with one. ``masculine`` and ``feminine`` are forms of an
office.
"""
_FORMS: tuple[FormKind, ...] = (
    "name",
    "form",
    "short",
    "weak",
    "guarded",
    "institution",
    "with-country",
    "masculine",
    "feminine",
)
_SINGLE = ("kind", "country", "gender", "of", "name")
_DEMONYMS = ("demonym-m", "demonym-f", "demonym-p")
_LISTS = ("role", "nisba", "after", "given-name", *_DEMONYMS)
PROPERTIES: frozenset[str] = frozenset((*_FORMS, *_SINGLE, *_LISTS, "remove"))
"""The properties that a fact may have; ``remove`` takes a form away (for overlays)."""

_GENDERS: tuple[Literal["m", "f"], ...] = ("m", "f")
_ID = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_OF = re.compile(r"(?:[a-z]{2}:)?[a-z0-9]+(?:[-.][a-z0-9]+)*")


class Form(NamedTuple):
    """One spelling of an actor's name: the text as the data has it, how it counts, who says so and where."""

    text: str
    kind: FormKind
    source: str
    place: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that speaks, carries or holds an office in the news.

    ``country`` is an ISO 3166 code in small letters (xk for Kosovo). ``of`` is what a place or a building
    stands for, or the institution of an office; ``xx:institution`` is an institution of a state.
    """

    id: str
    kind: ActorKind
    name: str
    country: str | None = None
    gender: Literal["m", "f"] | None = None
    of: str | None = None
    roles: tuple[str, ...] = ()
    forms: tuple[Form, ...] = ()
    nisbas: tuple[str, ...] = ()
    demonyms: tuple[tuple[str, str], ...] = ()  # irregular ones: form, and m, f or p
    after: tuple[str, ...] = ()  # words after which the guarded forms count
    given_names: tuple[str, ...] = ()  # demonyms of the state that are persons' names as well


@dataclass(slots=True)
class _Draft:
    place: str
    single: dict[str, tuple[str, str]] = field(default_factory=dict)  # property: value, file
    lists: dict[str, list[str]] = field(default_factory=dict)
    forms: list[Form] = field(default_factory=list)


def build_actors(rows: Iterable[Row]) -> dict[str, Actor]:
    """Return the actors that the facts make, by id; a later file's facts are laid over an earlier's.

    Within one file a property with one value may stand once. Raises :class:`LexiconError` with ``file:line``.
    """
    drafts: dict[str, _Draft] = {}
    for row in rows:
        _take(drafts, row)
    actors = {key: _finish(key, draft) for key, draft in drafts.items()}
    for key, actor in actors.items():
        _check_references(actor, actors, drafts[key].place)
    return actors


def _take(drafts: dict[str, _Draft], row: Row) -> None:
    key, name, value, _source = row.cells
    if not _ID.fullmatch(key):
        raise LexiconError(f"{row.place}: the id '{key}' must be small Latin letters, digits and hyphens")
    if name not in PROPERTIES:
        raise LexiconError(f"{row.place}: unknown property '{name}'; allowed: {', '.join(sorted(PROPERTIES))}")
    draft = drafts.setdefault(key, _Draft(row.place))
    if name in _SINGLE:
        before = draft.single.get(name)
        if before and before[1] == row.file:
            raise LexiconError(f"{row.place}: '{key}' has the property '{name}' twice")
        draft.single[name] = (value, row.file)
    if name in _LISTS:
        values = draft.lists.setdefault(name, [])
        if value not in values:
            values.append(value)
    if name in _FORMS or name == "remove":
        _take_form(draft, row)


def _take_form(draft: _Draft, row: Row) -> None:
    _key, name, value, source = row.cells
    folded = phrase_words(value)
    if not folded:
        raise LexiconError(f"{row.place}: no word in '{value}'")
    if name == "remove":
        kept = [form for form in draft.forms if phrase_words(form.text) != folded]
        if len(kept) == len(draft.forms):
            raise LexiconError(f"{row.place}: there is no form '{value}' to remove")
        draft.forms = kept
        return
    kind = next(kind for kind in _FORMS if kind == name)
    if any(form.text == value and form.kind == kind and form.place.startswith(row.file + ":") for form in draft.forms):
        raise LexiconError(f"{row.place}: the form '{value}' stands twice")
    draft.forms.append(Form(value, kind, source, row.place))


def _finish(key: str, draft: _Draft) -> Actor:
    single = {name: value for name, (value, _) in draft.single.items()}
    kind = next((kind for kind in KINDS if kind == single.get("kind")), None)
    if kind is None:
        said = f"'{single['kind']}' is no kind" if "kind" in single else f"'{key}' has no kind"
        raise LexiconError(f"{draft.place}: {said}; allowed: {', '.join(KINDS)}")
    gender: Literal["m", "f"] | None = next((g for g in _GENDERS if g == single.get("gender")), None)
    if gender is None and "gender" in single:
        raise LexiconError(f"{draft.place}: the gender of '{key}' is m or f, not '{single['gender']}'")
    name = single.get("name") or (draft.forms[0].text if draft.forms else "")
    if not name:
        raise LexiconError(f"{draft.place}: '{key}' has no name")
    lists = draft.lists
    demonyms = tuple((form, key[-1]) for key in _DEMONYMS for form in lists.get(key, ()))
    return Actor(
        id=key,
        kind=kind,
        name=name,
        country=single.get("country"),
        gender=gender,
        of=single.get("of"),
        roles=tuple(lists.get("role", ())),
        forms=tuple(draft.forms),
        nisbas=tuple(lists.get("nisba", ())),
        demonyms=demonyms,
        after=tuple(lists.get("after", ())),
        given_names=tuple(lists.get("given-name", ())),
    )


def _check_references(actor: Actor, actors: dict[str, Actor], place: str) -> None:
    if actor.country and getattr(actors.get(actor.country), "kind", None) != "state":
        raise LexiconError(f"{place}: the country '{actor.country}' of '{actor.id}' is no state of the base")
    if actor.of is None:
        return
    state, _, rest = actor.of.rpartition(":")
    if not _OF.fullmatch(actor.of) or rest not in actors or (state and state not in actors):
        raise LexiconError(f"{place}: '{actor.id}' stands for '{actor.of}', which is not in the base")
