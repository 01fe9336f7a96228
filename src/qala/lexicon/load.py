"""Data files to plain values, with the line of every entry, so that an error can say ``verbs.yaml:12``."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from qala.errors import LexiconError

LINE = "__line__"
"""The key under which each entry keeps the line it starts on."""


class Entry(dict[str, Any]):
    """A mapping of a data file that knows the line of each key, and of each item where a key holds a list."""

    lines: dict[str, int]
    item_lines: dict[str, tuple[int, ...]]

    def line_of(self, key: str, item: int | None = None) -> int:
        """Return the line of ``key``, or of its ``item``; the entry's own line where it has no such key."""
        items = self.item_lines.get(key, ())
        if item is not None and item < len(items):
            return items[item]
        return self.lines.get(key, int(self[LINE]))


class _LinedLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader whose mappings remember their lines and refuse a key given twice."""


def _mapping(loader: Any, node: yaml.MappingNode) -> Entry:
    value = Entry({LINE: node.start_mark.line + 1})
    value.lines, value.item_lines = {}, {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        line = key_node.start_mark.line + 1
        if key in value:
            raise LexiconError(f"{line}: the key {key!r} stands twice")
        value[key] = loader.construct_object(value_node, deep=True)
        value.lines[key] = line
        if isinstance(value_node, yaml.SequenceNode):
            value.item_lines[key] = tuple(item.start_mark.line + 1 for item in value_node.value)
    return value


_LinedLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def parse_yaml(text: str, name: str) -> Any:
    """Parse the YAML of a data file; raises :class:`LexiconError` with ``name:line``."""
    try:
        return yaml.load(text, Loader=_LinedLoader)
    except LexiconError as error:
        raise LexiconError(f"{name}:{error}") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise LexiconError(f"{name}:{line}: {error.problem}") from None
    except yaml.YAMLError as error:  # a character that YAML does not allow
        raise LexiconError(f"{name}:1: {str(error).splitlines()[0]}") from None


def data_text(name: str) -> str:
    """Return the text of the packaged data file ``name`` (such as ``verbs.yaml``)."""
    return (files("qala") / "data" / "ar" / name).read_text(encoding="utf-8")


def parse_entries(text: str, name: str) -> tuple[Entry, ...]:
    """Return the entries of a YAML list; raises :class:`LexiconError` with ``name:line``."""
    entries = parse_yaml(text, name)
    if not isinstance(entries, list) or not all(isinstance(entry, Entry) for entry in entries):
        raise LexiconError(f"{name}:1: a list of entries is expected, each beginning with '- id:'")
    return tuple(entries)


@cache
def load_entries(name: str) -> tuple[Entry, ...]:
    """Return the entries of a packaged YAML list, each with its line under :data:`LINE`."""
    return parse_entries(data_text(name), name)


_PART_KEYS = frozenset(("id", "gloss", "part", "forms", "examples", "nonexamples", LINE))


def load_parts(name: str, parts: tuple[str, ...]) -> Iterator[tuple[str, Entry]]:
    """Yield each entry of a packaged list of phrases with its ``part``, one of ``parts``.

    Raises :class:`LexiconError` with ``name:line`` for an unknown part or key.
    """
    for entry in load_entries(name):
        part = entry.get("part")
        if part not in parts or not entry.keys() <= _PART_KEYS:
            allowed = ", ".join((*parts, *sorted(_PART_KEYS - {LINE})))
            raise LexiconError(f"{name}:{entry[LINE]}: unknown part or key; allowed: {allowed}")
        yield part, entry
