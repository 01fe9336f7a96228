"""The clauses of a content that the rules know, with their arguments, their moods, and who the speaker is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qala.corroboration.clause_moods import ON, Governor, find_moods
from qala.corroboration.clause_subjects import SPEAKER, Doer, find_subject, has_subject, may_act
from qala.corroboration.clauses import Argument, Chunk, Clause, clause_words
from qala.corroboration.exchange_goods import find_thing, goods_at
from qala.lexicon.words import word_class
from qala.text.normalize import fold
from qala.text.words import WORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qala.corroboration.clause_rules import ClauseRules, RuleMatch
    from qala.corroboration.clauses import ClauseText
    from qala.model import Span

PARTIES = frozenset(("giver", "receiver", "agent", "recipient"))
"""Roles that somebody fills: a phrase must name one."""

_S, _W, _ARTICLE, _L = "\u0633", "\u0648", "\u0627\u0644", "\u0644"
_BETWEEN = fold("\u0628\u064a\u0646")
_VERBS = ("past", "present")
_ENDING = "\u0627\u062a"  # of nouns in the plural
_LONG = 5  # letters of no preposition with a pronoun
_NEAR = 4  # tokens behind a noun among which the adjective of a people stands
_SENTENCE_ENDS = frozenset((".", "\n", "?", "!"))


class _Place(NamedTuple):
    """Where a predicate stands: its token, the content's first and last token, its clause's first token and opener."""

    j: int
    first: int
    last: int
    start: int
    opener: int


def find_clauses(
    text: ClauseText, content: Span, rules: ClauseRules, doer: Doer = SPEAKER, *, asked: bool = False
) -> Iterator[Clause]:
    """Yield the clauses of ``rules`` in ``content``, in order, not overlapping.

    A clause that lacks a role of its rule's ``needs`` is left out; where the content is a question (``asked``), a
    thing need not be named: it is what the question asks for.
    """
    places = text.words.within(content)
    if not places:
        return
    first, last = places[0], places[-1]
    before: Clause | None = None
    j = first
    while j <= last:
        clause = None
        if text.at[j] < 0:
            for match in rules.match(text.words.forms, j):
                if match.last <= last and _fits(text, match, j):
                    clause = _read(text, match, _place(text, j, first, last), rules, doer, before, asked)
                    if clause is not None:
                        break
        if clause is not None:
            yield clause
            j, before = clause.match.last, clause
        j += 1


def _place(text: ClauseText, j: int, first: int, last: int) -> _Place:
    return _Place(j, first, last, *text.clause_start(j, first))


def _fits(text: ClauseText, match: RuleMatch, j: int) -> bool:
    """Whether a form can stand here: a verb not behind a preposition, a noun not where only a verb can be."""
    before = text.words.forms[j - 1] if j else ""
    kind = word_class(before) if before else ""
    if match.form.morph in _VERBS:
        return kind != "preposition" or (before == ON and match.form.morph == "present")
    return kind not in ("verbal",) or match.form.morph == "phrase"


def _read(
    text: ClauseText,
    match: RuleMatch,
    place: _Place,
    rules: ClauseRules,
    doer: Doer,
    previous: Clause | None,
    asked: bool,
) -> Clause | None:
    moods, governor = find_moods(text, match, place.j, place.start, place.opener, place.first)
    if _S in match.prefix:
        moods = (*moods, ("will", text.words.span(place.j, place.j)))
    chunks = text.chunks_after(match.last + 1, place.last, rules)
    subject, objects = _bare(text, match, chunks)
    found = _by_preposition(text, match, chunks, subject, objects)
    if found is None:
        return None
    roles, subject, objects = found
    if objects and _is_for_pronoun(text, objects[0]) and text.is_party(objects[0]):
        subject, objects = objects[0], []  # "the holding of A | to them"
    role = match.form.rule.roles_at
    for marker, chunk in zip(("object", "second"), objects, strict=False):
        name = role(marker)
        if name and name not in roles and (name not in PARTIES or may_act(text, chunk, name)):
            roles[name] = text.argument(text.trim(chunk) if name in PARTIES else text.trim_thing(chunk), marker)
            if not _takes(text, chunk, match, name):
                return None
    _by_adjective(text, match, roles)
    speaker_by = ""
    actor = role("subject")
    if actor and actor not in roles:
        argument, speaker_by = _actor(text, match, place, (subject, objects), moods, governor, doer)
        if argument is None and not speaker_by and previous is not None:
            argument, speaker_by = _carried(text, match, place, previous, actor, governor)
        if argument is not None:
            roles = {name: held for name, held in roles.items() if held.span != argument.span}
            roles[actor] = argument
    open_ = {"thing"} if asked else set()
    if any(n not in roles and n not in open_ and not (n == actor and speaker_by) for n in match.form.rule.needs):
        return None
    span = text.words.span(place.j, match.last)
    sides = _sides(text, match, chunks)
    return Clause(match, place.j, span, roles, moods, actor if speaker_by else None, speaker_by, sides)


def _by_preposition(
    text: ClauseText, match: RuleMatch, chunks: list[Chunk], subject: Chunk | None, objects: list[Chunk]
) -> tuple[dict[str, Argument], Chunk | None, list[Chunk]] | None:
    """Return the roles that prepositions give, and what is left of subject and objects; ``None`` where the thing is
    none that the rule takes.
    """
    roles: dict[str, Argument] = {}
    refused: set[str] = set()
    role = match.form.rule.roles_at
    for chunk in chunks:
        name = _role_of(match, chunk.preposition, objects) if chunk.preposition else None
        if not name and chunk.preposition in clause_words("aside"):
            break  # what follows belongs to the aside
        if not name or name in roles or name in refused or _is_purpose(text, chunk):
            continue
        held, *rest = text.parts(chunk)
        if name in PARTIES:
            if not text.is_party(held):
                refused.add(name)  # the first phrase with its preposition decides
                if name == role("object") and len(objects) == 1 and text.is_party(objects[0]):
                    subject, objects = objects[0], []  # "the attack of A | on fighters", "the financing of A | for …"
                    if chunk.preposition == _L:
                        roles[name] = text.argument(held, "preposition")
                continue
            held = text.trim(held)
        elif name == "thing":
            if not _takes(text, held, match, name):
                return None
            held = text.trim_thing(held)
        roles[name] = text.argument(held, "preposition")
        if rest and not objects and chunk is chunks[0]:
            objects = rest  # "gave to the city | bread"
        elif rest and len(objects) == 1 and role("object") == "thing" and text.is_party(objects[0]):
            subject, objects = objects[0], rest  # "Russia's handing over to Syria | missiles"
        elif name == role("object") and len(objects) == 1 and text.is_party(objects[0]):
            subject, objects = objects[0], []  # "the backing of Russia | for Syria", "the visit of A | to B"
    return roles, subject, objects


def _role_of(match: RuleMatch, preposition: str, objects: list[Chunk]) -> str | None:
    """Return the role that a preposition gives. "For" also marks the object of a verbal noun whose subject follows."""
    rule = match.form.rule
    found = rule.roles_at(preposition)
    if found is None and preposition == _L and match.form.morph == "noun" and len(objects) == 1:
        return rule.roles_at("object")
    return found


def _is_defined(text: ClauseText, match: RuleMatch) -> bool:
    """Whether a predicate is a single noun with the article."""
    cut = len(match.prefix.removesuffix(_ARTICLE).removesuffix(_L + _L))
    return match.form.morph not in _VERBS and not match.form.rest and text.is_definite(match.last, cut)


def _is_for_pronoun(text: ClauseText, chunk: Chunk) -> bool:
    """Whether "to it", "to them" follows a phrase: then the pronoun is the object, and the phrase the subject."""
    after = chunk.last + 1
    if after >= len(text.words) or text.at[after] >= 0:
        return False
    form = text.words.forms[after]
    return form.startswith(_L) and form != _L and word_class(form) == "preposition" and len(form) < _LONG


def _is_purpose(text: ClauseText, chunk: Chunk) -> bool:
    """Whether a phrase with "for" is a doing with an object of its own: "for the destruction | of …"."""
    after = chunk.last + 1
    return (
        chunk.preposition == _L
        and chunk.first == chunk.last
        and text.at[chunk.first] < 0
        and after < len(text.words)
        and text.words.forms[after] == ON
    )


def _by_adjective(text: ClauseText, match: RuleMatch, roles: dict[str, Argument]) -> None:
    """Give the role of "demonym" to the people that an adjective behind a noun names ("American aid"); behind a noun
    with the article it is the one who acts ("the Russian shelling").
    """
    rule = match.form.rule
    defined = _is_defined(text, match)
    name = rule.roles_at("demonym") or (rule.roles_at("subject") if defined else None)
    if not name or name not in PARTIES or name in roles or match.form.morph in _VERBS:
        return
    for j in range(match.last + 1, min(match.last + 1 + _NEAR, len(text.words))):
        if text.words.kinds[j] != WORD or word_class(text.words.forms[j]) or text.joined(j):
            return
        people = text.base.demonym_at(text.words, j)
        if defined and not text.is_definite(j):
            return
        if people is not None and any(found.number not in ("p", "d") for found in people.demonyms):
            ids = tuple(dict.fromkeys(found.state for found in people.demonyms))
            roles[name] = Argument(text.words.span(j, j), ids, "adjective")
            return


def _actor(
    text: ClauseText,
    match: RuleMatch,
    place: _Place,
    bare: tuple[Chunk | None, list[Chunk]],
    moods: tuple[tuple[str, Span], ...],
    governor: Governor | None,
    doer: Doer,
) -> tuple[Argument | None, str]:
    """Return the subject among the phrases around a predicate, or by which rule it is the speaker."""
    subject, objects = bare
    if any(mood == "passive" for mood, _ in moods):
        return None, ""
    open_ = subject is not None and subject in objects  # one phrase, subject or object
    after = None if open_ else subject
    clause = (place.start, place.opener)
    found, speaker_by = find_subject(text, match, place.j, clause, after, governor, place.first, doer)
    # A phrase that holds a verb has its subject behind it.
    phrase = match.form.morph == "phrase" and speaker_by == "left out"
    may_be_after = open_ and found is None and (phrase or not speaker_by)
    if may_be_after and subject is not None and (phrase or not has_subject(text, match, place.start, place.j)):
        return text.argument(text.trim(subject), "after"), ""
    return found, speaker_by


def _carried(
    text: ClauseText, match: RuleMatch, place: _Place, previous: Clause, actor: str, governor: Governor | None
) -> tuple[Argument | None, str]:
    """Return the subject of the clause before, for one that is joined to it by "and" in the same sentence and has no
    subject of its own ("… sold tanks, and went as far as trying to get steel").
    """
    words = text.words
    after = range(previous.match.last + 1, place.j)
    if any(words.forms[k] in _SENTENCE_ENDS for k in after) or previous.match.form.rule.roles_at("subject") != actor:
        return None, ""
    begins = governor.first if governor is not None else place.j
    ends = max((words.first_in(held.span.end) for held in previous.roles.values()), default=0)
    between = range(max(ends, previous.match.last + 1), place.j + 1)
    joined = any(words.forms[k].startswith(_W) and k + _NEAR >= begins for k in between if words.kinds[k] == WORD)
    if (
        not joined
        or any(text.at[k] >= 0 for k in between)
        or any(word_class(words.forms[k]) == "that" for k in between)
    ):
        return None, ""
    if previous.speaker_as == actor:
        return None, previous.speaker_by
    held = previous.roles.get(actor)
    return (held._replace(rule="carried over"), "") if held is not None else (None, "")


def _sides(text: ClauseText, match: RuleMatch, chunks: list[Chunk]) -> tuple[Argument, ...]:
    """Return the actors behind "between", where the rule has them."""
    if match.form.rule.roles_at("between") is None:
        return ()
    chunk = next((chunk for chunk in chunks if chunk.preposition == _BETWEEN), None)
    if chunk is None:
        return ()
    found = dict.fromkeys(text.at[j] for j in range(chunk.first, chunk.last + 1) if text.at[j] >= 0)
    mentions = [text.mentions[number] for number in found]
    return tuple(text.argument(Chunk("", held.first, held.last, held.cut), "between") for held in mentions)


def _takes(text: ClauseText, chunk: Chunk, match: RuleMatch, role: str) -> bool:
    """Whether the rule takes an object that begins so, with or without article and case; a bare figure is none."""
    rule = match.form.rule
    form = text.words.forms[chunk.first][chunk.cut :].removeprefix(_ARTICLE)
    if all(text.words.kinds[k] != WORD for k in range(chunk.first, chunk.last + 1)):
        return False
    if rule.goods and role == "thing":
        head, kind = find_thing(text.words, chunk.first, chunk.last, chunk.cut)
        if not kind or text.at[head] >= 0:  # "the Base" is a party, a base is a thing
            return False
    return rule.takes({form, form.removesuffix(_ARTICLE[0])})


def _bare(text: ClauseText, match: RuleMatch, chunks: list[Chunk]) -> tuple[Chunk | None, list[Chunk]]:
    """Return the subject and the objects among the bare phrases right after the predicate.

    Two phrases are subject and object. One is the object of a verbal noun where the rule has one; of a verb it is
    the subject if an actor is named in it or the rule takes no object.
    """
    if not chunks or chunks[0].preposition:
        return None, []
    parts = text.parts(chunks[0])
    rule = match.form.rule
    takes_object = rule.roles_at("object") is not None
    if _is_defined(text, match):
        return None, []  # "the support | Iranian", "the fighting" take no object
    if match.form.pronoun:
        return (parts[0], parts[1:]) if match.form.morph in _VERBS else (None, parts)
    if len(parts) > 1:
        if rule.roles_at("second") and not text.named(parts[1].first, parts[1].last):
            return None, parts
        return (parts[0], parts[1:]) if takes_object else (parts[0], [])
    actor = text.is_party(parts[0])
    plural = match.form.morph not in _VERBS and text.words.forms[match.last].endswith(_ENDING) and not match.form.rest
    if not takes_object or (plural and actor and rule.roles_at("object") in PARTIES):
        return parts[0], []  # "the charges of A", "the raids of A": A's
    if match.form.morph in _VERBS and actor:
        thing = rule.goods and rule.roles_at("object") == "thing"
        if thing and not goods_at(text.words, parts[0].first, parts[0].last, parts[0].cut):
            return parts[0], []
        return parts[0], parts  # either; who stands before the verb decides
    return None, parts
