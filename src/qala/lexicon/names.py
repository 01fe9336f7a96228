"""Parts of persons' names: a list of facts, for telling a name from the title before it."""

from functools import cache

from qala.lexicon.load import data_text, load_entries
from qala.lexicon.words import load_classes
from qala.text.normalize import fold


@cache
def load_name_parts() -> frozenset[str]:
    """Return the folded forms of ``name_parts.tsv``."""
    rows = data_text("name_parts.tsv").splitlines()
    facts = (row for row in rows if row and not row.startswith(("#", "form\t")))
    return frozenset(fold(row.split("\t", 1)[0]) for row in facts)


@cache
def load_name_links() -> frozenset[str]:
    """Return the folded words that join parts of a name, such as "son of"."""
    return load_classes()["name_link"]


@cache
def load_exact_names() -> dict[str, str]:
    """Return names that fold to a function word, each with that word's own spelling."""
    return {str(entry["name"]): str(entry["word"]) for entry in load_entries("exact_names.yaml")}
