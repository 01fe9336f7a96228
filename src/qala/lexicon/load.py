"""Data files to plain values, with the line of every entry, so that an error can say ``verbs.yaml:12``."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from qala.errors import LexiconError

LINE = "__line__"
"""The key under which each entry keeps the line it starts on."""


class _LinedLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader whose mappings remember their line and refuse a key given twice."""


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[str, Any]:
    value: dict[str, Any] = {LINE: node.start_mark.line + 1}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in value:
            raise LexiconError(f"{key_node.start_mark.line + 1}: the key {key!r} stands twice")
        value[key] = loader.construct_object(value_node, deep=True)
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


def data_text(name: str) -> str:
    """Return the text of the packaged data file ``name`` (such as ``verbs.yaml``)."""
    return (files("qala") / "data" / "ar" / name).read_text(encoding="utf-8")


@cache
def load_entries(name: str) -> tuple[dict[str, Any], ...]:
    """Return the entries of a packaged YAML list, each with its line under :data:`LINE`."""
    entries = parse_yaml(data_text(name), name)
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise LexiconError(f"{name}:1: a list of entries is expected")
    return tuple(entries)


def entry_lines(entries: tuple[dict[str, Any], ...], name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each entry with its place, ``name:line``."""
    for entry in entries:
        yield f"{name}:{entry[LINE]}", entry
