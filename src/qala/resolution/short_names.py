"""Where an article names its persons by one word: the last name, or the given name of one whom no other shares."""

from collections.abc import Sequence

from qala.extraction.scan import Scan, is_common
from qala.lexicon.names import load_name_links, load_name_parts
from qala.resolution.names import is_native
from qala.resolution.persons import Person, is_open, is_part
from qala.resolution.spellings import Spellings

_SHORTEST = 3  # letters of a name that counts alone
_NOBODY = -1


def find_short_names(
    scan: Scan, persons: Sequence[Person], names: Sequence[tuple[int, int]], spelt: Spellings
) -> list[tuple[int, int]]:
    """Return the tokens that name a person by one word, in order, each with the person's number in ``names``.

    ``names`` are the tokens of each person's fullest name, ``persons`` the places that are known already.
    """
    owners = _owners(scan, names, spelt)
    if not owners:
        return []
    covered = {j for person in persons for j in range(person.first, person.last + 1)}
    return [
        (j, owners[form])
        for j, form in enumerate(scan.words.forms)
        if owners.get(form, _NOBODY) != _NOBODY and j not in covered and is_open(scan, j) and not scan.debris[j]
    ]


def without_tails(scan: Scan, persons: list[Person]) -> list[Person]:
    """Leave out what only looks like a name: a foreigner's last name with the word that happens to follow it.

    Or with the last name of another. Where the article names the foreigner in full, the word alone names him.
    """
    forms = scan.words.forms
    firsts: dict[str, set[str]] = {}
    for person in persons:
        if person.last > person.first:
            firsts.setdefault(forms[person.last], set()).add(forms[person.first])

    def has_tail(person: Person) -> bool:
        first, second = person.first, person.first + 1
        if second > person.last or not firsts.get(forms[first], set()) - {forms[first]} or is_native(forms[first]):
            return False
        return second == person.last and (forms[second] in firsts or not is_part(scan, second))

    return [person for person in persons if not has_tail(person)]


def _owners(scan: Scan, names: Sequence[tuple[int, int]], spelt: Spellings) -> dict[str, int]:
    """Return whom a word names; a last name before a given name, nobody where two bear it."""
    forms, links = scan.words.forms, load_name_links()
    lasts: dict[str, int] = {}
    firsts: dict[str, int] = {}
    for number, (first, last) in enumerate(names):
        if first == last:
            continue
        _claim(lasts, forms[last], number)
        if forms[last - 1] in links:
            _claim(lasts, forms[last - 1] + forms[last], number)  # "Abu Zaid" is also written together
        if forms[first] not in links:
            _claim(firsts, forms[first], number)
    owners = {form: number for form, number in firsts.items() if form not in lasts} | lasts
    owners |= {form: owners[first] for form, first in spelt.items() if form not in owners and first in owners}
    parts = load_name_parts()
    return {
        form: number
        for form, number in owners.items()
        if len(form) >= _SHORTEST and (form in parts or not is_common(form))
    }


def _claim(owners: dict[str, int], form: str, number: int) -> None:
    owners[form] = number if owners.get(form, number) == number else _NOBODY
