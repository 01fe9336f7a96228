"""What holds for every data file: UTF-8, NFC, valid YAML, no Arabic in flow lists, whole rows of tables."""

import unicodedata
from collections import deque
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path

import yaml

from qala.errors import LexiconError
from qala.lexicon.fact_files import parse_table
from qala.lexicon.load import parse_yaml
from qala.lexicon.schema import Problem

_ARABIC = ("AL", "AN")  # bidirectional classes of Arabic letters and digits
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def as_problem(error: LexiconError) -> Problem:
    """Return an error of loading (``file:line: what is wrong``) as a problem."""
    place, _, message = str(error).partition(": ")
    return Problem(place, message)


def find_file_problems(item: Traversable | Path, file: str) -> Iterator[Problem]:
    """Yield what is wrong with a data file as a file; ``file`` is its name in the messages."""
    try:
        text = item.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        yield Problem(f"{file}:1", f"cannot be read as UTF-8 text ({error})")
        return
    for number, line in enumerate(text.splitlines(), 1):
        if not unicodedata.is_normalized("NFC", line):
            yield Problem(f"{file}:{number}", "the text is not in Unicode's NFC form")
    if file.endswith(".tsv"):
        yield from _row_problems(text, file)
        return
    try:
        parse_yaml(text, file)
    except LexiconError as error:
        yield as_problem(error)
        return
    if "[" in text:
        yield from _flow_problems(text, file)


def _row_problems(text: str, file: str) -> Iterator[Problem]:
    """Tables of actors have a form of their own; the other lists are checked where they are loaded."""
    if not file.startswith("actors/"):
        return
    try:
        deque(parse_table(text, file), maxlen=0)
    except LexiconError as error:
        yield as_problem(error)


def _flow_problems(text: str, file: str) -> Iterator[Problem]:
    """Arabic in ``[a, b]``: a bidirectional display swaps the items; so one a line is the rule."""
    stack = [yaml.compose(text, Loader=_LOADER)]
    while stack:
        node = stack.pop()
        if isinstance(node, yaml.MappingNode):
            stack.extend(value for _, value in node.value)
        elif isinstance(node, yaml.SequenceNode):
            stack.extend(node.value)
            if node.flow_style and any(_is_arabic(child) for child in node.value):
                yield Problem(
                    f"{file}:{node.start_mark.line + 1}",
                    "Arabic in a list [a, b]; write one item a line after '- '",
                )


def _is_arabic(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and any(unicodedata.bidirectional(c) in _ARABIC for c in node.value)
