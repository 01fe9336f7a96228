"""How names are spelt: particles, letters that stand for one foreign sound, parts of names; from
``spelling.yaml``.
"""

from functools import cache
from typing import Any

from qala.errors import LexiconError
from qala.lexicon.load import LINE, data_text, parse_yaml
from qala.text.normalize import fold

_FILE = "actors/spelling.yaml"
_KEYS = frozenset(("particles", "sounds", "silent", "links", "compounds", "kin", "marks", "endings"))


@cache
def load_spelling() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the sections of ``spelling.yaml``: of each, its lists by key, as written.

    Raises :class:`LexiconError` with ``file:line`` where a section is unknown or not a mapping of lists.
    """
    value = parse_yaml(data_text(_FILE), _FILE)
    if not isinstance(value, dict):
        raise LexiconError(f"{_FILE}:1: sections are expected")
    sections = {key: section for key, section in value.items() if key != LINE}
    for key, section in sections.items():
        if key not in _KEYS or not isinstance(section, dict):
            raise LexiconError(f"{_FILE}:{value[LINE]}: {key!r} is no section; allowed: {', '.join(sorted(_KEYS))}")
    return {key: _lists(section) for key, section in sections.items()}


def _lists(section: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    lists: dict[str, tuple[str, ...]] = {}
    for key, items in section.items():
        if key == LINE:
            continue
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise LexiconError(f"{_FILE}:{section[LINE]}: {key!r} must be a list, one item a line")
        lists[key] = tuple(items)
    return lists


@cache
def folded(section: str, key: str) -> tuple[str, ...]:
    """Return one list of ``spelling.yaml`` with every word folded."""
    return tuple(" ".join(fold(word) for word in item.split()) for item in load_spelling()[section][key])
