"""Closed classes of words, such as prepositions and relative pronouns, by folded form."""

from functools import cache

from qala.lexicon.load import load_entries
from qala.text.normalize import fold


@cache
def load_classes() -> dict[str, frozenset[str]]:
    """Return the folded forms of each class of ``function_words.yaml`` by the class's id."""
    return {
        str(entry["id"]): frozenset(fold(form) for form in str(entry["words"]).split())
        for entry in load_entries("function_words.yaml")
    }


# Lists that cut across the classes
_NO_CLASS = frozenset(("hedge", "name_link", "name_lead", "name_joint", "repetition", "issuing", "answer"))


@cache
def _class_of() -> dict[str, str]:
    """Return the class of each folded form: the first that holds it."""
    classes = reversed(load_classes().items())
    return {form: name for name, forms in classes if name not in _NO_CLASS for form in forms}


def word_class(form: str) -> str:
    """Return the id of the first class that holds the folded ``form``, or an empty string."""
    return _class_of().get(form, "")
