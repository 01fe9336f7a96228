"""Forms that two entries, or an entry and a function word, write alike: each needs a note or a nonexample."""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from qala.lexicon.cues import entry_forms
from qala.lexicon.overlay import PlacedEntry
from qala.lexicon.schema import Problem
from qala.lexicon.words import load_classes
from qala.text.normalize import fold_phrase
from qala.text.words import find_words

Owners = dict[tuple[tuple[str, ...], str, tuple[str, ...]], dict[str, str]]


def find_form_problems(entries: list[PlacedEntry]) -> Iterator[Problem]:
    """Yield forms with two owners in one morphology, forms that are function words, notes on nobody."""
    by_id = {str(placed.entry["id"]): placed for placed in entries}
    for placed in entries:
        for other in placed.entry.get("shares") or ():
            if other not in by_id:
                place = f"{placed.file}:{placed.entry.line_of('shares')}"
                yield Problem(place, f"'shares' names '{other}', and there is no such id")
    for (one, other), shared in _shared_forms(_owners(entries)).items():
        if not _settled(by_id[one], by_id[other], shared):
            yield Problem(by_id[other].place, _clash(shared[0], other, by_id[one]))
    yield from _function_words(entries)


def _owners(entries: list[PlacedEntry]) -> Owners:
    """Return who owns a folded form: by form, morphology and, where another word must follow, that word."""
    owners: Owners = {}
    for placed in entries:
        needs: Iterable[tuple[str, ...]] = [fold_phrase(text) for text in placed.entry.get("needs") or ()] or [()]
        for text, form in entry_forms(placed):
            for need in needs:
                owners.setdefault((fold_phrase(text), form.morph, need), {}).setdefault(form.entry.id, text)
    return owners


class _Shared(NamedTuple):
    """A form with two owners: its first word, folded, and how the second owner writes it, in which part."""

    word: str
    text: str
    morph: str


def _shared_forms(owners: Owners) -> dict[tuple[str, str], list[_Shared]]:
    """Return the forms that each two entries share."""
    shared: dict[tuple[str, str], list[_Shared]] = {}
    for (form, morph, _need), texts in owners.items():
        for one, other in combinations(texts, 2):
            shared.setdefault((one, other), []).append(_Shared(form[0], texts[other], morph))
    return shared


def _settled(one: PlacedEntry, other: PlacedEntry, shared: list[_Shared]) -> bool:
    """Whether one names the other under ``shares``, or a nonexample of one of them holds a shared form."""
    if other.entry["id"] in (one.entry.get("shares") or ()) or one.entry["id"] in (other.entry.get("shares") or ()):
        return True
    texts = [text for placed in (one, other) for text in placed.entry.get("nonexamples") or ()]
    return any(_holds(text, form.word) for text in texts for form in shared)


def _holds(text: str, form: str) -> bool:
    """Whether ``text`` has ``form`` as a word, a joined letter or two before it allowed."""
    return any(word.endswith(form) and len(word) - len(form) <= 2 for word in find_words(text).forms)


def _clash(form: _Shared, owner: str, other: PlacedEntry) -> str:
    return (
        f"the form '{form.text}' ({form.morph}) of '{owner}' belongs to '{other.entry['id']}' too "
        f"({other.place}); leave it out under 'except:', name the other entry under 'shares:', or give a "
        "nonexample that holds it"
    )


def _function_words(entries: list[PlacedEntry]) -> Iterator[Problem]:
    """Yield single-word forms of verbs that are function words too and have no nonexample that shows it."""
    closed = {form for name, forms in load_classes().items() if name != "hedge" for form in forms}
    for placed in entries:
        if placed.name != "verbs.yaml" or placed.entry.get("needs"):
            continue
        for text, _ in entry_forms(placed):
            form = fold_phrase(text)
            if len(form) == 1 and form[0] in closed:
                if any(_holds(n, form[0]) for n in placed.entry.get("nonexamples") or ()):
                    continue
                yield Problem(
                    placed.place,
                    f"the form '{text}' of '{placed.entry['id']}' is a function word too; leave it out under "
                    "'except:' or give a nonexample that holds it",
                )
                break
