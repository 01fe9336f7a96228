"""Rules for verbs and nouns that frame a content (exchange.yaml, events.yaml, modality.yaml), checked and compiled.

An entry gives principal parts (inflected by ``inflection.yaml``) or ``forms``, and ``roles``: a marker and a role, such
as "subject giver", "object receiver" or a preposition and a role. ``needs`` are roles without which it does not count,
``things: goods`` says that its thing must be one that changes hands (goods.yaml),
``excludes`` words with which no object may begin (to "give" an order is no exchange), ``only`` words with one of which
it must.
An error names ``file:line``. The examples are run by the tests.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from qala.errors import LexiconError
from qala.lexicon.inflect import PARTS, inflect
from qala.lexicon.load import LINE, Entry, data_text, parse_entries
from qala.lexicon.phrase_trie import phrase_words
from qala.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_LISTS = ("forms", "roles", "needs", "excludes", "only", "examples", "nonexamples")
_TEXTS = ("id", "gloss", "kind", "mode", "things")
_KEYS = {*_LISTS, *_TEXTS, *PARTS}
MARKERS = ("subject", "object", "second", "demonym", "between")
"""Markers that are no preposition: the subject, the first and the second object, the people that an adjective names
("American aid"), and both sides of "between".
"""

_W, _F, _S, _L, _B, _K, _AL = "\u0648", "\u0641", "\u0633", "\u0644", "\u0628", "\u0643", "\u0627\u0644"
_N, _Y = "\u0646", "\u064a"
_VERB_PREFIXES = ("", _W, _F, _S, _W + _S, _F + _S, _L, _W + _L)
_NOUN_PREFIXES = (
    "",
    _W,
    _F,
    _L,
    _B,
    _K,
    _AL,
    _W + _L,
    _W + _B,
    _W + _AL,
    _B + _AL,
    _L + _L,
    _W + _L + _L,
    _W + _B + _AL,
)
_TAG = re.compile(r"</?([a-z_]+)>")


class Role(NamedTuple):
    """Where a role stands: its marker ("subject", "object", or a folded preposition) and its name."""

    marker: str
    name: str


@dataclass(frozen=True, slots=True)
class ClauseRule:
    """One entry: what it is, where its roles stand, and what it needs."""

    id: str
    gloss: str
    kind: str
    mode: str | None
    roles: tuple[Role, ...]
    needs: tuple[str, ...]
    excludes: frozenset[str]
    only: frozenset[str]
    goods: bool  # whether its thing must be one that changes hands (goods.yaml)
    place: str

    def takes(self, words: set[str]) -> bool:
        """Whether an object that begins with one of ``words`` fits: none is excluded, and one is named if some are."""
        return not words & self.excludes and (not self.only or bool(words & self.only))

    def roles_at(self, marker: str) -> str | None:
        """Return the role that ``marker`` gives, if any."""
        return next((role.name for role in self.roles if role.marker == marker), None)


class RuleForm(NamedTuple):
    """A written form of a rule: ``rest`` are the words after the first, folded."""

    rule: ClauseRule
    morph: str  # past, present, participle, noun, phrase
    agree: str
    pronoun: bool
    rest: tuple[str, ...]
    first_person: bool = False


class RuleMatch(NamedTuple):
    """A form found at a token: ``last`` token, and the folded letters before it."""

    form: RuleForm
    last: int
    prefix: str


@dataclass(frozen=True, slots=True)
class ClauseRules:
    """The rules of a file by the first word of their forms."""

    rules: tuple[ClauseRule, ...]
    by_word: dict[str, tuple[RuleForm, ...]]

    def match(self, forms: list[str], at: int) -> tuple[RuleMatch, ...]:
        """Return the forms that begin with the folded word at token ``at``, the longest first."""
        found: list[RuleMatch] = []
        word = forms[at]
        for prefix in _NOUN_PREFIXES if word[:1] in (_W, _F, _L, _B, _K, _AL[0], _S) else ("",):
            found += self._after(prefix, word, forms, at)
        if word[:1] in (_S, _W, _F):
            for prefix in (_S, _W + _S, _F + _S):
                found += self._after(prefix, word, forms, at)
        return tuple(sorted(found, key=lambda match: (-match.last, len(match.prefix))))

    def _after(self, prefix: str, word: str, forms: list[str], at: int) -> Iterator[RuleMatch]:
        if not word.startswith(prefix) or len(word) - len(prefix) < 2:
            return
        for form in self.by_word.get(word[len(prefix) :], ()):
            verbal = form.morph in ("past", "present")
            if prefix not in (_VERB_PREFIXES if verbal else _NOUN_PREFIXES):
                continue
            if _S in prefix and form.morph != "present":
                continue
            if _L in prefix and form.morph == "past":
                continue  # "for carrying", which is written like "carried"
            last = at + len(form.rest)
            if tuple(forms[at + 1 : last + 1]) == form.rest:
                yield RuleMatch(form, last, prefix)


@cache
def load_rules(name: str, kinds: tuple[str, ...], roles: tuple[str, ...], modes: tuple[str, ...] = ()) -> ClauseRules:
    """Return the packaged rules of ``name``; ``kinds``, ``roles`` and ``modes`` are the words that it may use."""
    return parse_rules(data_text(name), name, kinds, roles, modes)


def parse_rules(
    text: str, name: str, kinds: tuple[str, ...], roles: tuple[str, ...], modes: tuple[str, ...] = ()
) -> ClauseRules:
    """Return the rules in ``text``; raises :class:`LexiconError` with ``name:line`` where it breaks the schema."""
    rules: list[ClauseRule] = []
    by_word: dict[str, list[RuleForm]] = {}
    seen: dict[str, str] = {}
    for entry in parse_entries(text, name):
        rule = _parse_rule(entry, name, kinds, roles, modes)
        if rule.id in seen:
            raise LexiconError(f"{rule.place}: the id '{rule.id}' stands already at {seen[rule.id]}")
        seen[rule.id] = rule.place
        rules.append(rule)
        for word, form in _forms(entry, rule):
            forms = by_word.setdefault(word, [])
            if form not in forms:
                forms.append(form)
    return ClauseRules(tuple(rules), {word: tuple(forms) for word, forms in by_word.items()})


def _parse_rule(
    entry: Entry, name: str, kinds: tuple[str, ...], roles: tuple[str, ...], modes: tuple[str, ...]
) -> ClauseRule:
    place = f"{name}:{entry[LINE]}"
    for key in entry:
        if key != LINE and key not in _KEYS:
            raise LexiconError(f"{name}:{entry.line_of(key)}: unknown key '{key}'; allowed: {', '.join(sorted(_KEYS))}")
    for key in ("id", "gloss", "kind", "examples"):
        if not entry.get(key):
            raise LexiconError(f"{place}: the key '{key}' is missing")
    for key in _LISTS:
        items = entry.get(key, [])
        if not isinstance(items, list) or not all(isinstance(item, str) and item.strip() for item in items):
            raise LexiconError(f"{name}:{entry.line_of(key)}: '{key}' is a list of texts, one a line after '- '")
    if not any(part in entry for part in (*PARTS, "forms")):
        raise LexiconError(f"{place}: no form; at least one of: {', '.join((*PARTS, 'forms'))}")
    for key, value, allowed in (("kind", entry["kind"], kinds), ("mode", entry.get("mode"), modes)):
        if value is not None and value not in allowed:
            raise LexiconError(f"{name}:{entry.line_of(key)}: unknown {key} '{value}'; allowed: {', '.join(allowed)}")
    found = tuple(_parse_role(entry, i, name, roles) for i in range(len(entry.get("roles", []))))
    for i, need in enumerate(entry.get("needs", [])):
        if need not in {role.name for role in found}:
            raise LexiconError(f"{name}:{entry.line_of('needs', i)}: no role '{need}' in this entry")
    excludes, only = (
        frozenset(word for text in entry.get(key, ()) for word in phrase_words(text)) for key in ("excludes", "only")
    )
    if entry.get("things") not in (None, "goods"):
        raise LexiconError(f"{name}:{entry.line_of('things')}: unknown things '{entry['things']}'; allowed: goods")
    return ClauseRule(
        str(entry["id"]),
        str(entry["gloss"]),
        entry["kind"],
        entry.get("mode"),
        found,
        tuple(entry.get("needs", [])),
        excludes,
        only,
        entry.get("things") == "goods",
        place,
    )


def _parse_role(entry: Entry, i: int, name: str, roles: tuple[str, ...]) -> Role:
    place = f"{name}:{entry.line_of('roles', i)}"
    marker, _, role = entry["roles"][i].rpartition(" ")
    if not marker or role not in roles:
        raise LexiconError(f"{place}: a marker and a role are expected, the role one of: {', '.join(roles)}")
    return Role(marker if marker in MARKERS else fold(marker), role)


def _forms(entry: Entry, rule: ClauseRule) -> Iterator[tuple[str, RuleForm]]:
    for part in PARTS:
        for form in inflect(part, entry[part]) if part in entry else ():
            words = phrase_words(form.text)
            yield words[0], RuleForm(rule, form.morph, form.agree, form.pronoun, words[1:])
    if "present" in entry:
        words = phrase_words(entry["present"])
        if words[0].startswith(_Y):
            yield _N + words[0][1:], RuleForm(rule, "present", "p", False, words[1:], True)
    for text in entry.get("forms", ()):
        words = phrase_words(text)
        yield words[0], RuleForm(rule, "phrase", "n", False, words[1:])


def parse_marked(marked: str) -> tuple[str, dict[str, str]]:
    """Return an example without its tags, and the words that each tag marked."""
    found: dict[str, str] = {}
    text, last, start, opened = "", 0, 0, ""
    for tag in _TAG.finditer(marked):
        text += marked[last : tag.start()]
        last = tag.end()
        if not tag.group().startswith("</"):
            opened, start = tag.group(1), len(text)
        else:
            if tag.group(1) != opened:
                raise ValueError(f"the tag {tag.group()} does not fit in '{marked}'")
            found[opened], opened = text[start:], ""
    return text + marked[last:], found
