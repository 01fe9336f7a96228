"""The actor base: who and what speaks in the news, found in a text by name, with every spelling.

The facts are in ``data/ar/actors``; ``docs/actors.md`` says how they are written. A form may belong to
several actors: all are returned, and resolution decides or abstains.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from qala.lexicon.actor_facts import Actor, FormKind, build_actors
from qala.lexicon.demonyms import Demonym, demonyms_of
from qala.lexicon.fact_files import FACTS, PHRASES, table_rows
from qala.lexicon.joined import split_particles
from qala.lexicon.mention_context import before_marks, carrier_before, introduces, is_enclosed, stands_alone
from qala.lexicon.mention_spans import cut_span, over_closing_quote
from qala.lexicon.names import load_name_parts
from qala.lexicon.phrase_trie import Found, Node, PhraseTrie, phrase_words
from qala.lexicon.source_words import SourceWords, load_source_words
from qala.lexicon.spelling import folded
from qala.lexicon.spelling_variants import spellings
from qala.model import Span
from qala.text.normalize import fold
from qala.text.remembered import Remembered
from qala.text.words import MARK, Words


class Entry(NamedTuple):
    """What a phrase stands for: an actor's id and how the form counts; without an id it is blocked."""

    actor: str
    how: FormKind


class ActorMention(NamedTuple):
    """A place where an actor is named.

    ``first`` and ``last`` are token indices, both included; ``span`` leaves out the particles that are
    joined to the first word (``cut`` letters of it; the article after "li" keeps what is written of it).
    ``ids`` are the actors that the form may mean, one in the clear case. ``carrier`` is the token of a
    class word before it ("agency"), ``-1`` where there is none. ``country`` is that of an institution's
    adjective.
    """

    first: int
    last: int
    span: Span
    ids: tuple[str, ...]
    how: FormKind
    cut: int = 0
    carrier: int = -1
    country: str | None = None


class DemonymAt(NamedTuple):
    """A demonym at a place of a text: tokens ``first`` to ``last`` and its readings (several states for
    Korean).
    """

    first: int
    last: int
    cut: int
    demonyms: tuple[Demonym, ...]


_Start = tuple[int, Node[Entry]]
_STRONG: frozenset[FormKind] = frozenset(("name", "form", "short", "institution"))
_SHORT: frozenset[FormKind] = frozenset(("short", "weak"))
_CARRIERS = frozenset(("agency", "outlet", "platform"))
_SHORT_NAME = 3  # letters of a name that are an ordinary word's, too, once its hamza is left out
_ALEF_WITH_HAMZA = frozenset("\u0623\u0625\u0622")
_BODIES = frozenset(("party", "organisation", "group", "outlet", "agency"))
_NAMING_TITLES = frozenset(("honorific", "academic", "cleric", "royal", "rank"))


class ActorBase:
    """All actors, looked up by id, by name and in a text. Immutable once built; make one with
    :func:`load_actors`.
    """

    def __init__(self, actors: dict[str, Actor], blocked: Iterable[str], words: SourceWords) -> None:
        """Compile the names of ``actors`` and the ``blocked`` phrases; ``words`` are the closed classes."""
        self.actors = actors
        self.words = words
        self._trie: PhraseTrie[Entry] = PhraseTrie()
        self._demonyms: PhraseTrie[Demonym] = PhraseTrie()
        self._offices: PhraseTrie[str] = PhraseTrie()
        self._given: set[str] = set()
        self._own: dict[str, set[str]] = {}  # every word of a person's names
        self._hamza: set[str] = set()  # short names that begin with alef and hamza, folded
        self._states = frozenset(key for key, actor in actors.items() if actor.kind == "state")
        self._after = {key: frozenset(map(fold, actor.after)) for key, actor in actors.items() if actor.after}
        self._article = folded("particles", "article")[0]
        self._like = folded("particles", "prepositions")[-1]
        self._name_parts = load_name_parts() | words.first_words("given")
        self._adjectives: dict[tuple[str, str], str] = {}
        for actor in actors.values():
            self._add(actor)
        for phrase in blocked:
            self._trie.add(phrase_words(phrase), Entry("", "form"))
        self._starts = Remembered(self._find_starts, 1 << 16)
        self._demonym_starts = Remembered(self._find_demonym_starts, 1 << 16)

    def _add(self, actor: Actor) -> None:
        is_pattern = any(form.kind in ("institution", "with-country") for form in actor.forms)
        for form in actor.forms:
            if is_pattern and form.kind == "name":
                continue  # said again as a form that takes a country
            if len(form.text) <= _SHORT_NAME and form.text[0] in _ALEF_WITH_HAMZA:
                self._hamza.add(fold(form.text))
            if actor.kind == "person":
                for phrase in spellings(phrase_words(form.text)):
                    self._own.setdefault(actor.id, set()).update(phrase)
                    self._trie.add(phrase, Entry(actor.id, form.kind))
            elif actor.kind == "office":
                self._offices.add(phrase_words(form.text), actor.id)
            else:
                self._trie.add(phrase_words(form.text), Entry(actor.id, form.kind))
        if not (actor.nisbas or actor.demonyms):
            return
        for written, demonym in demonyms_of(actor.id, actor.nisbas, actor.demonyms).items():
            self._demonyms.add(phrase_words(written), demonym)
            if demonym.definite and demonym.number == "s":
                self._adjectives.setdefault((actor.id, demonym.gender), written)
        self._given.update(map(fold, actor.given_names))

    def get(self, key: str) -> Actor | None:
        """Return the actor with this id, ``None`` where there is none; ``ru:ministry-foreign`` is made on
        demand.
        """
        if key in self.actors:
            return self.actors[key]
        state, _, institution = key.partition(":")
        home, pattern = self.actors.get(state), self.actors.get(institution)
        if home is None or pattern is None or home.kind != "state":
            return None
        adjective = self._adjectives.get((state, pattern.gender or "m"), home.name)
        return Actor(
            id=key,
            kind=pattern.kind,
            name=f"{pattern.name} {adjective}",
            country=state,
            gender=pattern.gender,
            of=pattern.of,
        )

    def lookup(self, words: Words, first: int, last: int) -> tuple[Entry, ...]:
        """Return what exactly the tokens ``first`` to ``last`` may stand for, forms of every kind,
        ambiguity kept.
        """
        for _cut, node in self._starts[words.forms[first]]:
            for found in self._trie.all_through(words, first, node):
                if found.last == last:
                    return tuple(entry for entry in found.values if entry.actor)
        return ()

    def demonym(self, form: str) -> tuple[Demonym, ...]:
        """Return the readings of one word as a demonym, as written (not cut); empty where it is none."""
        node = self._demonyms.root.next.get(fold(form))
        return tuple(node.ends) if node else ()

    def office_at(self, words: Words, i: int) -> str | None:
        """Return the id of the office whose name begins with token ``i``, the longest; ``None`` where there
        is none.
        """
        for split in split_particles(words.forms[i]):
            found = self._offices.walk(words, i, self._offices.root.next.get(split.rest))
            if found:
                return found.values[0]
        return None

    def find(self, words: Words) -> list[ActorMention]:
        """Return the actors named in a text, in order, not overlapping, longest form first. Linear in the
        text.
        """
        mentions: list[ActorMention] = []
        seen: set[str] = set()
        forms, kinds, starts = words.forms, words.kinds, self._starts
        done = -1
        for i, form in enumerate(forms):
            if i <= done or kinds[i] == MARK:
                continue
            options = starts[form]
            if options:
                done, mention = self._choose(words, i, options, seen)
                if mention is not None:
                    mentions.append(mention)
                    seen.update(mention.ids)
        return mentions

    def find_demonyms(self, words: Words) -> list[DemonymAt]:
        """Return the demonyms of a text in order; a name that is a demonym too counts only as a plain
        adjective.
        """
        found: list[DemonymAt] = []
        i = 0
        while i < len(words.forms):
            here = self.demonym_at(words, i)
            if here:
                found.append(here)
                i = here.last
            i += 1
        return found

    def demonym_at(self, words: Words, i: int) -> DemonymAt | None:
        """Return the demonym that begins with token ``i``, longest first, or ``None``."""
        for cut, node in self._demonym_starts[words.forms[i]]:
            found = self._demonyms.walk(words, i, node)
            if found and not self._is_given_name(words, i, found.last):
                return DemonymAt(i, found.last, cut, found.values)
        return None

    def _is_given_name(self, words: Words, first: int, last: int) -> bool:
        if first != last or words.forms[first] not in self._given:
            return False
        before = words.forms[first - 1] if first else ""
        if not before or before.startswith(self._article):
            return True
        title = self.words.at(words, first - 1, "title")
        return any(word.kind in _NAMING_TITLES for word in title.words) if title else False

    def _find_starts(self, form: str) -> tuple[_Start, ...]:
        root = self._trie.root.next
        return tuple((split.cut, root[split.rest]) for split in split_particles(form) if split.rest in root)

    def _find_demonym_starts(self, form: str) -> tuple[tuple[int, Node[Demonym]], ...]:
        root = self._demonyms.root.next
        return tuple((split.cut, root[split.rest]) for split in split_particles(form) if split.rest in root)

    def _choose(
        self, words: Words, i: int, options: tuple[_Start, ...], seen: set[str]
    ) -> tuple[int, ActorMention | None]:
        """Return the last token taken and the mention at ``i``, if any form counts here."""
        taken, best = i - 1, None
        follows = words.forms[i + 1] if i + 1 < len(words.forms) and words.kinds[i + 1] != MARK else None
        for cut, node in options:
            if not node.ends and follows is not None and follows not in node.next:
                continue  # most first words of a name go on otherwise
            for found in self._trie.all_through(words, i, node):
                if found.last <= taken:
                    break
                if any(not entry.actor for entry in found.values):
                    taken, best = found.last, None
                    break
                mention = self._mention(words, i, cut, found, seen)
                if mention is not None and mention.last > taken:
                    taken, best = mention.last, mention
                    break
        return taken, best

    def _mention(self, words: Words, i: int, cut: int, found: Found[Entry], seen: set[str]) -> ActorMention | None:
        if cut and self._is_other_word(words, i, cut):
            return None
        kept = [entry for entry in found.values if self._counts(words, i, cut, found.last, entry, seen)]
        kept = self._of_the_country(words, found.last, kept)
        if not kept:
            return None
        how = kept[0].how
        if how in ("institution", "with-country"):
            return self._institution(words, i, cut, found.last, kept)
        strong = (how, *_STRONG)
        ids = tuple(dict.fromkeys(entry.actor for entry in kept if entry.how in strong))
        if len(ids) > 1 and how in _SHORT:
            ids = tuple(key for key in ids if key in seen) or ids
        carries = self.actors[ids[0]].kind in _CARRIERS
        last = over_closing_quote(words, i, found.last)
        span = cut_span(words, i, last, cut)
        return ActorMention(i, last, span, ids, how, cut, carrier_before(words, i, self.words) if carries else -1)

    def _is_other_word(self, words: Words, i: int, cut: int) -> bool:
        """Whether the letters after a particle make a short name only without its hamza ("enough", and not
        "like EFE").
        """
        return words.forms[i][cut:] in self._hamza and words.plains[i][cut : cut + 1] not in _ALEF_WITH_HAMZA

    def _of_the_country(self, words: Words, last: int, kept: list[Entry]) -> list[Entry]:
        """Leave out the bodies of other countries than the adjective after the name says ("the German …")."""
        if not kept or last + 1 >= len(words.forms) or not words.forms[last + 1].startswith(self._article):
            return kept
        if all(self.actors[entry.actor].kind not in _BODIES for entry in kept):
            return kept
        here = self.demonym_at(words, last + 1)
        if here is None:
            return kept
        states = {reading.state for reading in here.demonyms}
        return [
            entry
            for entry in kept
            if (actor := self.actors[entry.actor]).country in states
            or actor.country is None
            or actor.kind not in _BODIES
        ]

    def _counts(self, words: Words, i: int, cut: int, last: int, entry: Entry, seen: set[str]) -> bool:
        if entry.how in _SHORT:
            return self._short_counts(words, i, cut, last, entry, seen)
        if cut and self.actors[entry.actor].kind in _CARRIERS and stands_alone(words, i, last):
            return False
        if entry.how == "guarded":
            if cut:
                return False  # what lets such a word count stands right before it, and takes no particle behind it
            after = self._after.get(entry.actor)
            if after is not None:
                j = before_marks(words, i)
                return j >= 0 and words.forms[j] in after
            return is_enclosed(words, i, last) or introduces(words, i, self.words)
        return True

    def _short_counts(self, words: Words, i: int, cut: int, last: int, entry: Entry, seen: set[str]) -> bool:
        """Whether a short name may be this person: not after "like", not beside another's first or last
        name.
        """
        if cut and words.forms[i][cut - 1] == self._like and words.forms[i][cut] != self._article[0]:
            return False
        other = not cut and self._names_another(words, i, last, entry.actor)
        other = other or (f":{words.forms[last]}" in seen and entry.actor not in seen)
        if other:
            seen.add(f":{words.forms[last]}")  # somebody else of this name is in the text
            return False
        if entry.how == "weak":
            return entry.actor in seen or self._after_title(words, i)
        return True

    def _names_another(self, words: Words, first: int, last: int, actor: str) -> bool:
        """Whether a person's name that is not the actor's stands right before or after the tokens."""
        if self.actors[actor].kind != "person":
            return False
        own = self._own[actor]
        for j in (first - 1, last + 1):
            near = words.forms[j] if 0 <= j < len(words.forms) else ""
            is_name = near in self._name_parts and near not in own
            if is_name and not self.words.at(words, j, "title") and not self.demonym_at(words, j):
                return True
        return False

    def _after_title(self, words: Words, i: int) -> bool:
        if i == 0:
            return False
        before = i - 1
        if self.words.at(words, before, "title"):
            return True
        demonym = self.demonym_at(words, before)
        return bool(demonym) and before > 0 and self.words.at(words, before - 1, "title") is not None

    def _institution(self, words: Words, i: int, cut: int, last: int, kept: list[Entry]) -> ActorMention | None:
        """Return an institution with the country beside it; without one only where the form counts alone."""
        end, states = self._country_after(words, last)
        if not states:
            kept = [entry for entry in kept if entry.how == "institution"]
            if not kept:
                return None
        ids = tuple(f"{state}:{entry.actor}" for state in states for entry in kept) if states else ()
        ids = tuple(dict.fromkeys(ids or (entry.actor for entry in kept)))
        country = states[0] if len(states) == 1 else None
        span = cut_span(words, i, end, cut)
        return ActorMention(i, end, span, ids, "institution", cut, -1, country)

    def _country_after(self, words: Words, last: int) -> tuple[int, tuple[str, ...]]:
        """Return the last token and the states of a demonym or a state's name right after token ``last``."""
        for j in range(last + 1, min(last + 3, len(words.forms))):
            if words.kinds[j] == MARK:
                break
            demonym = self.demonym_at(words, j)
            if demonym and not demonym.cut and any(reading.definite for reading in demonym.demonyms):
                return demonym.last, tuple(dict.fromkeys(reading.state for reading in demonym.demonyms))
            if j == last + 1:
                found = self._trie.longest(words, j)
                states = () if found is None else tuple(e.actor for e in found.values if self._is_state(e))
                if found and states:
                    return found.last, states
            if not words.forms[j].startswith(self._article):
                break
        return last, ()

    def _is_state(self, entry: Entry) -> bool:
        return entry.actor in self._states and entry.how in ("name", "form")


@cache
def load_actors(overlay: Path | None = None) -> ActorBase:
    """Return the packaged actor base, with the facts of a user's folder laid over it by id; cached by
    folder.

    Raises :class:`qala.errors.LexiconError`, whose text starts with ``file:line``, for data that break the
    schema.
    """
    actors = build_actors(table_rows(overlay, FACTS))
    blocked = (row.cells[0] for row in table_rows(overlay, PHRASES))
    return ActorBase(actors, blocked, load_source_words(overlay))
