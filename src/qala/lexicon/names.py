"""Parts of persons' names: a list of facts, for telling a name from the title before it."""

from functools import cache

from qala.lexicon.load import data_text, load_entries
from qala.lexicon.words import load_classes, word_class
from qala.text.data import load_clitics
from qala.text.normalize import fold


@cache
def load_name_parts() -> frozenset[str]:
    """Return the folded forms that are parts of names: ``name_parts.tsv``, given names, and the base's persons.

    A form that is a function word, or a common word of the news that only a person of the base bears, is none.
    """
    parts, given = set(_forms("name_parts.tsv")), _forms("actors/given_names.tsv")
    common = load_clitics().words
    for row in _rows("actors/persons.tsv"):
        cells = row.split("\t")
        if len(cells) > 2 and cells[1] in ("name", "form"):
            parts |= {form for form in map(fold, cells[2].split()) if form not in common}
    return frozenset(form for form in parts | given if len(form) > 2 and not word_class(form))


def _rows(name: str) -> list[str]:
    return [row for row in data_text(name).splitlines() if row and not row.startswith("#")]


def _forms(name: str) -> frozenset[str]:
    """Return the folded first column of a list of names."""
    return frozenset(fold(row.split("\t", 1)[0]) for row in _rows(name) if not row.startswith("form\t"))


@cache
def load_weak_given_names() -> frozenset[str]:
    """Return the folded given names that are ordinary words as well."""
    return _forms("weak_given_names.tsv")


@cache
def load_name_links() -> frozenset[str]:
    """Return the folded words that join parts of a name, such as "son of"."""
    return load_classes()["name_link"]


@cache
def load_name_leads() -> frozenset[str]:
    """Return the links behind which nothing but a name can follow."""
    return load_classes()["name_lead"]


@cache
def load_name_joints() -> frozenset[str]:
    """Return the links with which no name of two parts and more begins."""
    return load_classes()["name_joint"]


@cache
def load_exact_names() -> dict[str, str]:
    """Return names that fold to a function word, each with that word's own spelling."""
    return {str(entry["name"]): str(entry["word"]) for entry in load_entries("exact_names.yaml")}
