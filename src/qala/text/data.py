"""The data files that reading text needs: debris and clitics, checked and folded when first asked for.

An entry that breaks the schema is a ``LexiconError`` that starts with ``file:line``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, cast, get_args

import yaml

from qala.errors import LexiconError
from qala.model import DebrisKind
from qala.text.normalize import fold
from qala.text.words import find_words

Phrase = tuple[str, ...]

NUMBER = "{n}"
"""The form under which a phrase of a data file asks for any number."""

_PLACES = ("opens", "closes", "holds", "is")
_AFTER = ("any", "mark", "strong", "late")
_DEBRIS_KEYS = {"lines", "agencies", "cities", "unfinished", "shortcodes", "domains", "letters"}
_LINE_KEYS = {"id", "kind", "where", "forms", "words", "then", "covers", "starred", "examples", "nonexamples"}
_COVERED = ("list", "caption")


class LineRule(NamedTuple):
    """A rule of debris.yaml that makes a line debris; the file's head says what each field means."""

    id: str
    kind: DebrisKind
    where: str
    then: str
    most: int
    covers: str  # "", or what the lines behind it are: _COVERED
    starred: bool
    examples: tuple[str, ...]
    nonexamples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DebrisRules:
    """debris.yaml, folded: rules by the first word of their phrase (by the last where it closes a line)."""

    rules: tuple[LineRule, ...]
    by_first: dict[str, list[tuple[Phrase, LineRule]]] = field(repr=False)
    by_last: dict[str, list[tuple[Phrase, LineRule]]] = field(repr=False)
    agencies: dict[str, list[Phrase]] = field(repr=False)
    cities: dict[str, list[Phrase]] = field(repr=False)
    unfinished: frozenset[str]
    shortcodes: frozenset[str]
    domains: frozenset[str]
    letters: frozenset[str]


@dataclass(frozen=True, slots=True)
class CliticRules:
    """clitics.yaml and clitics_words.tsv, folded; see the head of either file."""

    conjunctions: tuple[str, ...]
    prepositions: tuple[str, ...]
    article: str
    article_after_l: str
    future: str
    imperfect: tuple[str, ...]
    pronouns: tuple[str, ...]
    pronoun_ends: frozenset[str]  # the last letters of the pronouns
    bearers: frozenset[str]
    whole: frozenset[str] = field(repr=False)
    words: frozenset[str] = field(repr=False)
    takes_article: frozenset[str] = field(repr=False)
    restored: dict[str, tuple[str, ...]]  # the last letter of a stem before a pronoun: what it is alone


def parse_phrase(phrase: str) -> Phrase:
    """Return the folded tokens of a phrase as ``find_words`` makes them of a text, ``{n}`` kept as a slot."""
    tokens: list[str] = []
    for part in re.split(r"(\{n\})", phrase):
        tokens += [NUMBER] if part == NUMBER else find_words(part).forms
    return tuple(tokens)


def data_text(name: str) -> str:
    """Return the text of the packaged data file ``name``."""
    return (files("qala") / "data" / "ar" / name).read_text(encoding="utf-8")


@cache
def load_debris() -> DebrisRules:
    """Return the packaged debris.yaml."""
    return parse_debris(data_text("debris.yaml"), "debris.yaml")


def parse_debris(text: str, name: str) -> DebrisRules:
    """Return the rules in ``text``; raises ``LexiconError`` with ``name:line`` where it breaks the schema."""
    top = _mapping(_compose(text, name), name)
    _check_keys(top, _DEBRIS_KEYS, f"{name}:1", _DEBRIS_KEYS)
    rules: dict[str, LineRule] = {}
    by_first: dict[str, list[tuple[Phrase, LineRule]]] = defaultdict(list)
    by_last: dict[str, list[tuple[Phrase, LineRule]]] = defaultdict(list)
    for node in top["lines"].value:
        rule, phrases = _parse_rule(node, f"{name}:{node.start_mark.line + 1}")
        if rule.id in rules:
            raise LexiconError(f"{name}:{node.start_mark.line + 1}: the id {rule.id!r} stands twice")
        rules[rule.id] = rule
        for phrase in phrases:
            if rule.where == "closes":
                by_last[phrase[-1]].append((phrase, rule))
            else:
                by_first[phrase[0]].append((phrase, rule))
    for table in (by_first, by_last):
        for entries in table.values():
            entries.sort(key=lambda entry: -len(entry[0]))
    return DebrisRules(
        tuple(rules.values()),
        dict(by_first),
        dict(by_last),
        _index(_strings(top["agencies"], name)),
        _index(_strings(top["cities"], name)),
        frozenset(parse_phrase(word)[0] for word in _strings(top["unfinished"], name)),
        frozenset(_strings(top["shortcodes"], name)),
        frozenset(fold(word) for word in _strings(top["domains"], name)),
        frozenset(fold(word) for word in _strings(top["letters"], name)),
    )


@cache
def load_clitics() -> CliticRules:
    """Return the packaged clitics.yaml with the words of clitics_words.tsv."""
    name = "clitics.yaml"
    top = _mapping(_compose(data_text(name), name), name)
    lists = ("conjunctions", "prepositions", "imperfect", "pronouns", "bearers", "whole", "restored")
    keys = {*lists, "article", "article_after_l", "future"}
    _check_keys(top, keys, f"{name}:1", keys)
    rows = [row.split("\t") for row in data_text("clitics_words.tsv").splitlines() if not row.startswith("#")]
    folded = {key: tuple(fold(word) for word in _strings(top[key], name)) for key in lists[:-1]}
    pairs = [pair.split() for pair in _strings(top["restored"], name)]
    return CliticRules(
        conjunctions=folded["conjunctions"],
        prepositions=folded["prepositions"],
        article=fold(top["article"].value),
        article_after_l=fold(top["article_after_l"].value),
        future=fold(top["future"].value),
        imperfect=folded["imperfect"],
        pronouns=folded["pronouns"],
        pronoun_ends=frozenset(pronoun[-1] for pronoun in folded["pronouns"]),
        bearers=frozenset(folded["bearers"]),
        whole=frozenset(folded["whole"]),
        words=frozenset(row[0] for row in rows),
        takes_article=frozenset(row[0] for row in rows if row[1:] == ["a"]),
        restored={fold(pair[0]): tuple(fold(letter) for letter in pair[1:]) for pair in pairs},
    )


def parse_lists(text: str, name: str, keys: tuple[str, ...], others: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Return the lists of words under ``keys`` of a YAML text, which has these and ``others`` and no more.

    Raises ``LexiconError`` with ``name:line``.
    """
    top = _mapping(_compose(text, name), name)
    _check_keys(top, {*keys, *others}, f"{name}:1", {*keys, *others})
    return {key: _strings(top[key], name) for key in keys}


def _compose(text: str, name: str) -> Any:
    """Return the node tree of a YAML text, which knows its lines."""
    try:
        return yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise LexiconError(f"{name}:{line}: {error.problem}") from None


def _mapping(node: Any, name: str) -> dict[str, Any]:
    """Return the children of a mapping node by key; a key that stands twice is refused."""
    if not isinstance(node, yaml.MappingNode):
        line = node.start_mark.line + 1 if node else 1
        raise LexiconError(f"{name}:{line}: a mapping is expected")
    children: dict[str, Any] = {}
    for key, value in node.value:
        if key.value in children:
            raise LexiconError(f"{name}:{key.start_mark.line + 1}: the key {key.value!r} stands twice")
        children[key.value] = value
    return children


def _check_keys(given: dict[str, Any], allowed: set[str], place: str, needed: set[str]) -> None:
    """Refuse a key that the schema does not have, and the lack of one that it needs."""
    for key in given:
        if key not in allowed:
            raise LexiconError(f"{place}: unknown key {key!r}; allowed: {', '.join(sorted(allowed))}")
    for key in sorted(needed - given.keys()):
        raise LexiconError(f"{place}: {key!r} is missing")


def _strings(node: Any, name: str) -> list[str]:
    """Return the strings of a sequence node."""
    if not isinstance(node, yaml.SequenceNode) or not all(isinstance(n, yaml.ScalarNode) for n in node.value):
        raise LexiconError(f"{name}:{node.start_mark.line + 1}: a list of words is expected")
    return [child.value for child in node.value]


def _parse_rule(node: Any, place: str) -> tuple[LineRule, list[Phrase]]:
    """Return a rule and its folded phrases."""
    children = _mapping(node, place.rsplit(":", 1)[0])
    _check_keys(children, _LINE_KEYS, place, _LINE_KEYS - {"then", "covers", "starred"})
    if not children["words"].value.isdecimal():
        raise LexiconError(f"{place}: 'words' is a number")
    where, then = children["where"].value, children["then"].value if "then" in children else "any"
    covers = children["covers"].value if "covers" in children else ""
    for value, allowed in (
        (children["kind"].value, get_args(DebrisKind)),
        (where, _PLACES),
        (then, _AFTER),
        (covers, ("", *_COVERED)),
    ):
        if value not in allowed:
            raise LexiconError(f"{place}: {value!r} is none of {', '.join(filter(None, allowed))}")
    rule = LineRule(
        children["id"].value,
        cast("DebrisKind", children["kind"].value),
        where,
        then,
        int(children["words"].value),
        covers,
        "starred" in children,
        tuple(_strings(children["examples"], place)),
        tuple(_strings(children["nonexamples"], place)),
    )
    return rule, [parse_phrase(form) for form in _strings(children["forms"], place)]


def _index(phrases: list[str]) -> dict[str, list[Phrase]]:
    """Return phrases by their first word, the longest first; dots inside them do not count."""
    index: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        tokens = tuple(token for token in parse_phrase(phrase) if token != ".")
        if tokens not in index[tokens[0]]:
            index[tokens[0]].append(tokens)
    for entries in index.values():
        entries.sort(key=len, reverse=True)
    return dict(index)
