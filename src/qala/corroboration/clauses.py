"""Who does what to whom inside a content: the arguments of a verb or verbal noun, by order and preposition.

No parser: noun phrases are the stretches between prepositions, marks and clause words; two bare ones after a verb
are parted where one actor ends and another begins, or where a definite phrase ends and an indefinite noun begins. What
that leaves open stays open. Every role says by which rule it was found. Linear in the content.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from qala.corroboration.exchange_goods import is_measure, load_word_lists
from qala.extraction.times import find_times
from qala.lexicon.cues import load_cues
from qala.lexicon.load import load_entries
from qala.lexicon.words import word_class
from qala.model import Span
from qala.text.clitics import split_clitics
from qala.text.data import load_clitics
from qala.text.normalize import fold
from qala.text.words import MARK, NUMBER, WORD

if TYPE_CHECKING:
    from qala.corroboration.clause_rules import ClauseRules, RuleMatch
    from qala.lexicon.actors import ActorBase, ActorMention
    from qala.text.words import Words

_SKIPPED = frozenset('"\u00ab\u00bb()[]')
_STOPS = frozenset(("that", "relative", "conjunction", "negation", "verbal"))
_LETTERS = frozenset("\u0628\u0644\u0643")  # prepositions that are written on to a word
_ARTICLE, _LL, _W, _S = "\u0627\u0644", "\u0644\u0644", "\u0648", "\u0633"
_OF = "\u0645\u0646"
_AN, _AN_LA = "\u0623\u0646", "\u0623\u0644\u0627"  # "that", "that not", of a wish
_LEADING = "\u0648\u0628"  # letters before it: "and", "by"
_IMPERFECT = frozenset("\u064a\u062a\u0646")
_BODIES: tuple[Literal["head", "title", "anonymous"], ...] = ("head", "title", "anonymous")
_NEAR = 3  # tokens of a phrase within which its actor is named
_LONG_AND = 3  # letters of a word that may begin with "and"
_LONGEST = 10  # tokens of one argument
_FARTHEST = 48  # tokens behind a predicate in which its arguments stand
_REACH = 16  # tokens that are looked through to the left
_SHORTEST_FUTURE = 5  # letters of a word that begins like a verb of the future


@cache
def _not_verbs() -> frozenset[str]:
    """Return the words of planned.yaml that only look like verbs of the future."""
    entries = load_entries("planned.yaml")
    return frozenset(fold(form) for entry in entries if entry["id"] == "not_verbs" for form in entry["forms"])


@cache
def load_clause_words() -> dict[str, frozenset[str]]:
    """Return the folded words of clause_words.yaml by the entry's id; raises ``LexiconError`` with ``file:line``."""
    return {key: frozenset(words) for key, words in load_word_lists("clause_words.yaml").items()}


def clause_words(id: str) -> frozenset[str]:
    """Return the folded words of one entry of clause_words.yaml."""
    return load_clause_words()[id]


@lru_cache(maxsize=1 << 14)
def _joins(form: str) -> bool:
    """Whether a word begins with "and": what follows a predicate so is none of its arguments."""
    return split_clitics(form).proclitics[:1] == (1,)


class Chunk(NamedTuple):
    """A noun phrase: the preposition before it, tokens ``first`` to ``last``, and the letters cut off the first."""

    preposition: str
    first: int
    last: int
    cut: int = 0


class Argument(NamedTuple):
    """A role filled: tokens, span, the actors that it may name, and the rule that found it."""

    span: Span
    ids: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate with what was found of its roles.

    ``speaker_as`` is the role that the statement's speaker himself has ("we", "that it …", or left out), if any.
    """

    match: RuleMatch
    first: int
    span: Span
    roles: dict[str, Argument] = field(default_factory=dict)
    moods: tuple[tuple[str, Span], ...] = ()
    speaker_as: str | None = None
    speaker_by: str = ""
    sides: tuple[Argument, ...] = ()  # both behind "between", where the rule has them


class ClauseText:
    """The words of a document with its actors, made once and shared by all its statements."""

    def __init__(self, words: Words, base: ActorBase) -> None:
        """Find the actors and times of ``words``; linear."""
        self.words = words
        self.mentions: list[ActorMention] = base.find(words)
        self.base = base
        self.known = frozenset(words.forms)
        self.at = [-1] * len(words)
        for number, mention in enumerate(self.mentions):
            self.at[mention.first : mention.last + 1] = [number] * (mention.last + 1 - mention.first)
        self.timed = {j for time in find_times(words) for j in range(time.first, time.last + 1)}

    def named(self, first: int, last: int) -> tuple[str, ...]:
        """Return the ids of the first actor named in tokens ``first`` to ``last``; a person after a title's adjective
        ("the Korean leader Kim") goes before the people that the adjective names.
        """
        people: tuple[str, ...] = ()
        for j in range(first, last + 1):
            if self.at[j] >= 0:
                ids = self.mentions[self.at[j]].ids
                actor = self.base.get(ids[0])
                return ids if not people or (actor is not None and actor.kind == "person") else people
            demonym = None if people else self.base.demonym_at(self.words, j)
            if demonym is not None:
                people = tuple(dict.fromkeys(found.state for found in demonym.demonyms))
        return people

    def argument(self, chunk: Chunk, rule: str) -> Argument:
        """Return a chunk as an argument: quotation marks at its borders and joined particles are left out."""
        first, last = chunk.first, chunk.last
        while last > first and self.words.forms[last] in _SKIPPED:
            last -= 1
        while first < last and self.words.forms[first] in _SKIPPED:
            first += 1
        span = self.words.span(first, last)
        cut = chunk.cut if first == chunk.first else 0
        plain = self.words.plains[first]
        if cut and not plain[cut - 1 :].startswith(_LL):
            span = Span(self.words.after_letters(first, cut), span.end)
        return Argument(span, self.named(first, last), rule)

    def is_party(self, chunk: Chunk) -> bool:
        """Whether a phrase names somebody: an actor, a head of bodies or groups, or a definite noun with a demonym."""
        first = chunk.first
        if self.at[first] >= 0 or self.base.words.at(self.words, first, *_BODIES) is not None:
            return True
        if not self.is_definite(first, chunk.cut):
            return False
        people = self.base.demonym_at(self.words, first)
        if people is not None:
            return any(reading.number in ("p", "d") for reading in people.demonyms)
        return bool(self.named(first, min(chunk.last, first + _NEAR)))

    def _is_person(self, j: int) -> bool:
        """Whether the name of a person ends at token ``j``."""
        if self.at[j] < 0 or self.mentions[self.at[j]].last != j:
            return False
        actor = self.base.get(self.mentions[self.at[j]].ids[0])
        return actor is not None and actor.kind == "person"

    def is_definite(self, j: int, cut: int = 0) -> bool:
        """Whether token ``j`` has the article behind ``cut`` letters of particles; a hamza makes no article, nor does
        a measure ("thousand") that begins with its letters.
        """
        plain = self.words.plains[j]
        bare = plain[max(cut - 1, 0) :] if plain[max(cut - 1, 0) :].startswith(_LL) else plain[cut:]
        return bare.startswith((_ARTICLE, _LL)) and not (bare[0] == _ARTICLE[0] and is_measure(self.words, j, cut))

    def trim(self, chunk: Chunk) -> Chunk:
        """Return a phrase that names somebody up to where it ends: before "and" with no actor, and, once a definite
        word or a name has stood, before an indefinite one ("the body for sports | ordered").
        """
        definite = False
        for j in range(chunk.first, chunk.last + 1):
            form, named = self.words.forms[j], self.at[j] >= 0
            if j > chunk.first and not named:
                if self._is_person(j - 1) and form not in _SKIPPED and self.base.demonym_at(self.words, j) is None:
                    return chunk._replace(last=j - 1)  # "Erdogan | the going into …"
                if form.startswith(_W) and len(form) > _LONG_AND:
                    return chunk._replace(last=j - 1)
                if definite and not (self.is_definite(j) or form in _SKIPPED):
                    return chunk._replace(last=j - 1)
            definite = definite or named or self.is_definite(j, chunk.cut if j == chunk.first else 0)
        return chunk

    def trim_thing(self, chunk: Chunk) -> Chunk:
        """Return a phrase for a thing up to where it ends: once a definite word has stood, before an indefinite one."""
        definite = False
        for j in range(chunk.first, chunk.last + 1):
            form = self.words.forms[j]
            new = self.words.kinds[j] == WORD and self.at[j] < 0 and not form.startswith(_W)
            if definite and new and not self.is_definite(j):
                return chunk._replace(last=j - 1)
            definite = self.is_definite(j, chunk.cut if j == chunk.first else 0)
        return chunk

    def joined(self, j: int) -> int:
        """Return how many letters of token ``j`` are particles that end in a preposition, 0 where none is."""
        form, plain = self.words.forms[j], self.words.plains[j]
        if len(plain) != len(form):
            return 0
        number = self.at[j]
        if number >= 0 and self.mentions[number].first == j:
            cut = self.mentions[number].cut
            return cut if cut and (form[cut - 1] in _LETTERS or form[:cut].endswith(_LL)) else 0
        if number >= 0:
            return 0
        at = 0
        for length in (
            split_clitics(plain, self.known).proclitics if form[0] in "\u0628\u0644\u0643\u0648\u0641" else ()
        ):
            at += length
            if length == 1 and form[at - 1] in _LETTERS:
                return at
        return 0

    def is_verb(self, j: int) -> bool:
        """Whether token ``j`` is a verb as far as can be seen: one of saying, or with the particle of the future."""
        return self.at[j] < 0 and self.is_verb_form(self.words.forms[j])

    def is_future(self, form: str) -> bool:
        """Whether a folded word looks like a verb with the particle of the future."""
        if form[:1] != _S or form[1:2] not in _IMPERFECT or len(form) < _SHORTEST_FUTURE:
            return False
        clitics = load_clitics()
        return form not in clitics.words and form not in clitics.whole and form not in _not_verbs()

    def is_verb_form(self, form: str) -> bool:
        """Whether a folded word can be read as a verb of saying or of the future."""
        if self.is_future(form):
            return True
        return any(
            match.form.morph in ("past", "present") and match.form.entry.kind == "verb"
            for match in load_cues().match_word(form)
        )

    def chunks_after(self, first: int, last: int, rules: ClauseRules) -> list[Chunk]:
        """Return the noun phrases from token ``first`` on, up to where the clause ends."""
        found: list[Chunk] = []
        preposition, start, cut = "", -1, 0
        forms, kinds = self.words.forms, self.words.kinds
        j = first

        def close(end: int) -> None:
            if 0 <= start <= end:
                found.append(Chunk(preposition, start, min(end, start + _LONGEST - 1), cut))

        last = min(last, first + _FARTHEST)
        while j <= last:
            form = forms[j]
            if kinds[j] == MARK:
                if form not in _SKIPPED and not self.is_hyphen(j):
                    break
                j += 1
                continue
            if j in self.timed:  # "… on Saturday" belongs to no argument
                close(j - 1)
                preposition, start, cut = "", -1, 0
                j += 1
                continue
            kind = word_class(form) if self.at[j] < 0 else ""
            if form in clause_words("return") and self.at[j] < 0:
                kind = "preposition"
            verb = kind != "preposition" and self.is_verb(j)  # "between" is also a form of "made clear"
            if kind in _STOPS or verb or (j > first and self._is_predicate(j, rules)):
                break
            if kind == "preposition" and form == _OF and self._measures(start, j):
                pass  # "3000 tons of steel" is one phrase
            elif kind == "preposition":
                close(j - 1)
                preposition, start, cut = form, -1, 0
            elif letters := self.joined(j):
                close(j - 1)
                preposition, start, cut = forms[j][letters - 1], j, letters
                if forms[j][:letters].endswith(_LL):
                    preposition = _LL[0]
            elif j == first and self.at[j] < 0 and form[:1] == _W and _joins(form):
                break
            elif start < 0:
                start, cut = j, 0
            j += 1
        close(j - 1)
        return found

    def is_hyphen(self, j: int) -> bool:
        """Whether token ``j`` is a stroke inside a word ("F-16")."""
        words = self.words
        inside = 0 < j < len(words) - 1 and words.forms[j] == "-"
        return inside and words.ends[j - 1] == words.starts[j] and words.ends[j] == words.starts[j + 1]

    def _measures(self, start: int, j: int) -> bool:
        """Whether the phrase from ``start`` to before token ``j`` begins with a measure or ends in a figure with its
        unit: what stands after "of" belongs to it.
        """
        if start < 0:
            return False
        numbers = any(self.words.kinds[k] == NUMBER for k in range(max(start, j - 3), j))
        return numbers or (j - start <= _NEAR and is_measure(self.words, start))

    def _is_predicate(self, j: int, rules: ClauseRules) -> bool:
        """Whether a verb of the rules (not a noun) stands at token ``j``."""
        matches = rules.match(self.words.forms, j) if self.at[j] < 0 else ()
        return bool(matches) and all(found.form.morph == "present" for found in matches)

    def parts(self, chunk: Chunk) -> list[Chunk]:
        """Return a bare chunk parted into the noun phrases that follow one another, at most two."""
        for j in range(chunk.first, chunk.last):
            if self._ends_phrase(chunk.first, j) and self._begins_phrase(chunk.first, j, j + 1):
                return [chunk._replace(last=j), chunk._replace(first=j + 1, cut=0)]
        return [chunk]

    def _ends_phrase(self, first: int, j: int) -> bool:
        form = self.words.forms[j]
        if self.at[j] >= 0:
            return self.mentions[self.at[j]].last == j
        return self.is_definite(j) or (j > first and form in _SKIPPED)

    def _begins_phrase(self, first: int, before: int, j: int) -> bool:
        """Whether a new phrase begins at token ``j``: another actor after one, or an indefinite noun after a name.

        A person after a title is the one whom the title names, and no other.
        """
        form, number = self.words.forms[j], self.at[j]
        if number >= 0:
            mention = self.mentions[number]
            actor = self.base.get(mention.ids[0])
            is_person = actor is not None and actor.kind == "person"
            titled = is_person and self.base.words.at(self.words, first, "title") is not None
            return self.at[before] >= 0 and mention.first == j and not titled
        if self.is_definite(j) or form.startswith(_W) or self.words.kinds[j] == MARK:
            return False
        return self.base.demonym_at(self.words, j) is None

    def clause_start(self, j: int, first: int) -> tuple[int, int]:
        """Return the first token of the clause that holds token ``j`` and the word that opens it (-1 where none)."""
        start = j
        while start > first and j - start < _REACH:
            before = start - 1
            form = self.words.forms[before]
            if self.words.kinds[before] == MARK and form not in _SKIPPED and self.at[before] < 0:
                return start, -1
            if self.at[before] < 0 and word_class(form) in ("that", "relative", "conjunction"):
                return start, before
            start = before
        return start, -1

    def leading(self, start: int, end: int) -> Chunk | None:
        """Return the bare noun phrase with which tokens ``start`` to ``end`` begin, if there is one."""
        j = start
        while j <= end and self.words.forms[j] in _SKIPPED:
            j += 1
        first = j
        while j <= end and not self._ends_subject(j, first):
            j += 1
        if j == first or self.words.kinds[first] == NUMBER:
            return None
        cut = 0
        number = self.at[first]
        if number >= 0 and self.mentions[number].first == first:
            cut = self.mentions[number].cut
        return Chunk("", first, min(j - 1, first + _LONGEST - 1), cut)

    def _ends_subject(self, j: int, first: int) -> bool:
        form = self.words.forms[j]
        if self.at[j] >= 0:
            return self.joined(j) > 0
        if self.words.kinds[j] == MARK:
            return form not in _SKIPPED
        kind = word_class(form)
        return kind in _STOPS or kind in ("preposition", "hedge", "pronoun") or self.is_verb(j) or self.joined(j) > 0

    def opens_with_an(self, opener: int) -> bool:
        """Whether the word at ``opener`` is the particle that a verb of wanting or asking governs."""
        return opener >= 0 and self.words.plains[opener].lstrip(_LEADING) in (_AN, _AN_LA)
