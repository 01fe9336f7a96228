"""How a clause is meant (modality.yaml): that it can or must be so, is wanted, denied, talked about, conditional."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qala.corroboration.clause_rules import load_rules
from qala.corroboration.clauses import clause_words
from qala.lexicon.words import word_class
from qala.text.normalize import fold
from qala.text.words import MARK

if TYPE_CHECKING:
    from qala.corroboration.clause_rules import ClauseRules, RuleMatch
    from qala.corroboration.clauses import Chunk, ClauseText
    from qala.model import Span

MOODS = (
    "can",
    "did",
    "may",
    "willing",
    "will",
    "must",
    "want",
    "ask",
    "talk",
    "offer",
    "refuse",
    "stop",
    "deny",
    "threat",
    "accused",
    "not",
    "will not",
    "condition",
    "passive",
    "question",
)
"""What modality.yaml may say of a clause."""

GOVERNS = frozenset(MOODS) - {"may", "not", "will not", "condition", "passive", "question"}
"""Moods whose word has somebody who would act."""
_JOINED = frozenset(("stop", "want", "refuse", "offer"))  # moods whose phrases may stand behind "to" and "by"
ON = fold("\u0639\u0644\u0649")
_W, _F = "\u0648", "\u0641"
_NOT_TO = "\u0623\u0644\u0627"  # "that not"
_OTHERS = frozenset(("ask", "accused"))  # words whose own subject is not the one who would act
_NEAR, _NEAR_NOT = 8, 2  # tokens between a noun and a word that says how it is meant
_CLOSE = 3  # tokens between a noun and a word that governs it
_BEFORE_AN = 12  # tokens before the particle that a verb of wanting or asking governs
_LONGEST_CONDITION = 24  # tokens
_SENTENCE_ENDS = frozenset((".", "\n", "?", "!"))
_QUOTES = frozenset('"\u00ab\u00bb()')


class Governor(NamedTuple):
    """A word that governs a predicate ("wants to …"), and its first token."""

    match: RuleMatch
    first: int


def load_moods() -> ClauseRules:
    """Return the rules of modality.yaml."""
    return load_rules("modality.yaml", MOODS, ("holder",))


def is_governor(text: ClauseText, j: int) -> bool:
    """Whether a word that governs a clause stands at token ``j``."""
    return text.at[j] < 0 and any(found.form.rule.kind in GOVERNS for found in load_moods().match(text.words.forms, j))


def is_question_word(text: ClauseText, j: int) -> bool:
    """Whether a word that asks stands at token ``j``."""
    return any(found.form.rule.kind == "question" for found in load_moods().match(text.words.forms, j))


def is_impersonal(governor: Governor) -> bool:
    """Whether a word governs without a subject of its own ("it can", "it must"): "that it" before it means nobody."""
    return governor.match.form.rule.kind in ("can", "must") and governor.match.form.rule.roles_at("subject") is None


def is_close(governor: Governor, j: int, *, verbal: bool) -> bool:
    """Whether a word that governs stands so near to the predicate at ``j`` that its own subject is the one who acts:
    "hopes for the success of the talks on disarming" is no disarming by who hopes.
    """
    return verbal or j - governor.match.last <= _CLOSE


def find_holder(text: ClauseText, governor: Governor, j: int, opener: int, *, verbal: bool = True) -> Chunk | None:
    """Return who would act after a verb that governs: by its prepositions, else its object, else its subject."""
    end = opener - 1 if opener > governor.first else j - 1
    rule = governor.match.form.rule
    if not rule.roles:
        return None
    chunks = text.chunks_after(governor.match.last + 1, end, load_moods()) if governor.match.last < end else []
    for role in rule.roles:
        if role.marker not in ("subject", "object"):
            held = next((chunk for chunk in chunks if chunk.preposition == role.marker), None)
            if held is not None:
                return held
    if chunks and not chunks[0].preposition:
        parts = text.parts(chunks[0])
        return parts[-1] if rule.roles_at("object") else parts[0]
    if rule.kind not in _OTHERS and is_close(governor, j, verbal=verbal):
        start, _ = text.clause_start(governor.first, max(governor.first - _BEFORE_AN, 0))
        return text.leading(start, governor.first - 1) if start < governor.first else None
    return None


def find_moods(
    text: ClauseText, predicate: RuleMatch, j: int, start: int, opener: int, first: int
) -> tuple[tuple[tuple[str, Span], ...], Governor | None]:
    """Return the moods of a predicate at token ``j`` and the nearest word that governs it.

    Of a noun they must stand near: "did not take part in stopping the attack" negates no attack.
    """
    verbal = predicate.form.morph in ("past", "present")
    moods: list[tuple[str, Span]] = []
    governor: Governor | None = None
    if opener >= 0 and text.words.plains[opener].endswith(_NOT_TO):
        moods.append(("not", text.words.span(opener, opener)))
    if j > first and not verbal and text.at[j - 1] < 0 and text.is_future(text.words.forms[j - 1]):
        moods.append(("will", text.words.span(j - 1, j - 1)))  # "will carry out | the attack"
    if j > first and predicate.form.morph == "present" and text.words.forms[j - 1] in clause_words("may"):
        moods.append(("may", text.words.span(j - 1, j - 1)))
    covered = -1
    for here in _places_before(text, j, start, opener, first):
        match = _mood_at(text, here) if here > covered else None
        if match is None or match.last >= j or _is_plain_on(text, match, here, opener):
            continue
        covered = match.last
        kind = match.form.rule.kind
        if not verbal and any(text.words.forms[k] in clause_words("means") for k in range(match.last + 1, j)):
            continue  # "tries to prolong it by means of | arming …"
        if not verbal and j - match.last > (_NEAR_NOT if kind in ("not", "will not") else _NEAR):
            continue
        if kind == "not" and here < opener and _governed(text, here + 1, opener) is None:
            continue  # "does not prove that …"
        moods.append((kind, text.words.span(here, match.last)))
        if not verbal and kind in GOVERNS and here > first and _negates(text, here - 1):
            moods.append(("not", text.words.span(here - 1, here - 1)))
        if kind in GOVERNS:
            governor = Governor(match, here)
    return tuple(moods), governor


def _places_before(text: ClauseText, j: int, start: int, opener: int, first: int) -> list[int]:
    """Return the tokens before a predicate in which its moods stand."""
    places = list(range(start, j))
    if opener >= 0 and text.opens_with_an(opener):
        outer, _ = text.clause_start(opener, max(first, opener - _BEFORE_AN))
        return [*range(outer, opener), *places]
    if opener >= 0 and word_class(text.words.forms[opener]) == "conjunction":
        whether = _mood_at(text, opener - 1) if opener > first else None  # "whether" is two words
        return [opener - 1, opener, *places] if whether and whether.last == opener else [opener, *places]
    return places


def _mood_at(text: ClauseText, here: int) -> RuleMatch | None:
    if text.at[here] >= 0:
        return None
    match = next(iter(load_moods().match(text.words.forms, here)), None)
    joined = match is not None and match.form.morph == "phrase" and match.prefix not in ("", _W, _F)
    if joined and match is not None and match.form.rule.kind not in _JOINED:
        return None  # "in what" is no "not"
    return match


def _governed(text: ClauseText, first: int, end: int) -> RuleMatch | None:
    """Return the first word of tokens ``first`` to before ``end`` that governs what follows."""
    found = (match for j in range(first, end) for match in load_moods().match(text.words.forms, j))
    return next((match for match in found if match.form.rule.kind in GOVERNS), None)


def _negates(text: ClauseText, j: int) -> bool:
    return any(found.form.rule.kind == "not" for found in load_moods().match(text.words.forms, j))


def _is_plain_on(text: ClauseText, match: RuleMatch, here: int, opener: int) -> bool:
    """Whether "on" is only a preposition: it says "must" where a noun phrase follows it, then a clause's particle."""
    return (
        text.words.forms[here].endswith(ON)
        and match.form.rule.id == "on_it"
        and not (opener > here + 1 and text.opens_with_an(opener))
    )


def find_condition(text: ClauseText, first: int, last: int, predicate: tuple[int, int]) -> Span | None:
    """Return the condition on which a predicate (its first and last token) stands, in its sentence of tokens
    ``first`` to ``last``: from "if", "provided that", "unless" to the end of that clause. A predicate that stands
    inside the condition has none.
    """
    words, (at, end) = text.words, predicate
    start, stop = at, end
    while start > first and words.forms[start - 1] not in _SENTENCE_ENDS:
        start -= 1
    while stop < last and words.forms[stop + 1] not in _SENTENCE_ENDS:
        stop += 1
    covered = -1
    for j in range(start, stop + 1):
        match = _mood_at(text, j) if j > covered else None
        if match is None:
            continue
        covered = match.last
        if match.form.rule.kind != "condition" or match.prefix == _F or at <= j <= end:
            continue
        k = _condition_end(text, j, match.last, stop, at)
        if k > match.last and not j < at <= k:
            return words.span(j, k)
    return None


def _condition_end(text: ClauseText, j: int, opened: int, stop: int, at: int) -> int:
    """Return the last token of a condition that begins at token ``j``: before the next mark, or another clause."""
    words, k = text.words, opened
    while k < min(stop, j + _LONGEST_CONDITION):
        form = words.forms[k + 1]
        if words.kinds[k + 1] == MARK and form not in _QUOTES:
            break
        if k > opened and text.at[k + 1] < 0 and word_class(form) == "conjunction":
            break
        if j < at and k + 1 > opened + 1 and form[:1] == _F and text.is_verb_form(form[1:]):
            break  # "if …, | then …"
        k += 1
    return k
