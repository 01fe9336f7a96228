"""Who is the subject of a predicate: named before or after it, held by the word that governs it, or the speaker."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qala.corroboration.clause_moods import find_holder, is_close, is_governor, is_impersonal, is_question_word
from qala.corroboration.clauses import Argument, Chunk, clause_words
from qala.lexicon.cues import load_cues
from qala.lexicon.words import word_class
from qala.model import Span
from qala.text.words import WORD

if TYPE_CHECKING:
    from qala.corroboration.clause_moods import Governor
    from qala.corroboration.clause_rules import RuleMatch
    from qala.corroboration.clauses import ClauseText
    from qala.model import Act, Attribution

_W, _F, _L, _T = "\u0648", "\u0641", "\u0644", "\u062a"
_LAND = "\u0628\u0644\u0627\u062f"  # "his country"
_DIRECTED: frozenset[Act] = frozenset(("accuse", "demand", "warn", "condemn"))
_OWN: frozenset[Act] = frozenset(("assert", "deny", "promise", "threaten", "decline", "confirm"))
_WE, _I = "\u0646\u0627", "\u064a"  # last letters of pronouns, as of those below
_GENDERS = (("\u0647\u0627", "f"), ("\u0647", "m"))
_AGREE = frozenset(("past", "present", "participle"))
_ALEF = "\u0627"  # of adverbs
_BARE_THAT = 2  # letters of the particle without a pronoun
_REACH = 16  # tokens that are looked through before an actor


class Doer(NamedTuple):
    """Whose doing a verbal noun is with which a content begins: the speaker's ("denied supplying …"), or that of
    ``held``, whom he accuses of it or asks for it; neither where that is open. ``after_by`` also after the preposition
    of "accused of", "promised to"; ``denies`` also where the noun bears a pronoun ("denied his receiving …").
    ``gender`` is that of the verb of saying, "m" or "f", where it has one: "she said that he" speaks of another.
    """

    speaker: bool = True
    held: Chunk | None = None
    after_by: bool = False
    denies: bool = False
    gender: str = ""


SPEAKER = Doer()


def find_doer(text: ClauseText, attribution: Attribution) -> Doer:
    """Return whose doing a statement's content is, by its act and the words between cue and content."""
    act, gender = attribution.act, _gender(text, attribution)
    if act in _DIRECTED:
        return Doer(False, between(text, attribution), True, gender=gender)
    return Doer(act in _OWN, None, act in ("promise", "threaten"), act == "deny", gender)


def _gender(text: ClauseText, attribution: Attribution) -> str:
    """Return "m" or "f" where the cue begins with a verb or participle in the singular, else an empty string."""
    j = text.words.first_in(attribution.cue[0].start)
    if j >= len(text.words):
        return ""
    form = text.words.forms[j]
    for word in (form, form[1:] if form[:1] in (_W, _F) else ""):
        agrees = {found.form.agree for found in load_cues().match_word(word) if found.form.morph in _AGREE}
        if agrees:
            return agrees.pop() if len(agrees) == 1 and agrees <= {"m", "f"} else ""
    return ""


def between(text: ClauseText, attribution: Attribution) -> Chunk | None:
    """Return the last actor named between the cue and the content who is not the source, nor the place of one."""
    start, end = attribution.cue[0].end, attribution.content[0].start
    source = attribution.source
    places = text.words.within(Span(start, end))
    for j in reversed(places):
        mention = text.mentions[text.at[j]] if text.at[j] >= 0 else None
        if mention is None or mention.first != j or mention.span.end > end:
            continue
        own = source is not None and source.start < mention.span.end and mention.span.start < source.end
        joined = text.words.forms[j][: mention.cut].startswith(_W)  # "the one and the other said"
        before = text.words.forms[j - 1] if j > places[0] else ""
        aside = any(word_class(text.words.forms[k]) == "relative" for k in range(max(places[0], j - _REACH), j))
        if not (own or joined or aside or before in clause_words("place")):
            first = _head_noun(text, j, places[0], source)
            return Chunk("", first, mention.last, mention.cut if first == j else 0)
    return None


def _head_noun(text: ClauseText, j: int, first: int, source: Span | None) -> int:
    """Return the token of an indefinite noun right before an actor's name, which is its head ("the partners of A"),
    else ``j``.
    """
    k = j - 1
    if k < first or text.at[k] >= 0 or text.words.kinds[k] != WORD or k in text.timed or text.joined(j):
        return j
    span, form = text.words.span(k, k), text.words.forms[k]
    inside = source is not None and source.start <= span.start < source.end
    if inside or text.is_definite(k) or word_class(form) or form.endswith(_ALEF) or text.is_verb(k) or text.joined(k):
        return j
    return k


def find_subject(
    text: ClauseText,
    match: RuleMatch,
    j: int,
    clause: tuple[int, int],
    after: Chunk | None,
    governor: Governor | None,
    first: int,
    doer: Doer,
) -> tuple[Argument | None, str]:
    """Return the subject of the predicate at token ``j``, or by which rule it is the speaker; neither where it stays
    open. ``clause`` is its first token and the word that opens it, ``after`` the phrase that may be its subject.
    """
    start, opener = clause
    verbal = match.form.morph in ("past", "present")
    if match.form.first_person:
        return None, "first person"
    if opener >= 0 and word_class(text.words.forms[opener]) == "relative" and (verbal or governor is not None):
        head = _head(text, opener, first)
        return (text.argument(head, "relative"), "") if head else (None, "")
    before = text.leading(start, j - 1) if start < j else None
    if before is not None and (is_governor(text, before.first) or not may_act(text, before)):
        before = None
    if before is not None:
        trimmed = text.trim(before)
        another = trimmed.last < before.last and not is_governor(text, trimmed.last + 1)
        # "A foiled an attempt that aimed at …": another verb stands between.
        before = None if verbal and another and not match.prefix.startswith(_W) else trimmed
    if before is not None and (verbal or match.form.morph == "phrase"):
        return text.argument(before, "before"), ""
    if after is not None and may_act(text, after):
        return text.argument(text.trim(after), "after"), ""
    apart = _before_comma(text, start, first) if verbal and start == j else None
    if apart is not None:
        return text.argument(apart, "before"), ""
    if match.form.pronoun and not verbal and not doer.denies:
        return None, ""
    if governor is not None:
        held = find_holder(text, governor, j, opener, verbal=verbal)
        if held is not None and may_act(text, held):
            return text.argument(text.trim(held), "governor:" + governor.match.form.rule.id), ""
        main = _main_subject(text, governor, first)
        if main is not None:
            return text.argument(main, "purpose"), ""
    if before is not None and governor is not None and governor.match.form.rule.roles:
        return text.argument(before, "before"), ""
    if opener >= 0 and word_class(text.words.forms[opener]) == "that":
        near = governor is not None and is_close(governor, j, verbal=verbal)
        acts = verbal or near or (match.prefix.startswith(_L) and _is_past(text, opener))
        if acts and doer.held is not None and not doer.speaker and _is_speaker(text, opener, match, governor, Doer()):
            return text.argument(doer.held, "addressed"), ""  # "accuses A that it …"
        own = acts and _is_speaker(text, opener, match, governor, doer)
        return None, "pronoun" if own else ""
    at_start = start <= first + 1 and opener < 0 and all(text.words.forms[k] in '"\u00ab(' for k in range(first, j))
    if not at_start or verbal or (match.prefix and not doer.after_by):
        return None, ""
    if doer.held is not None:
        return text.argument(doer.held, "addressed"), ""
    return None, "left out" if doer.speaker else ""


def _before_comma(text: ClauseText, start: int, first: int) -> Chunk | None:
    """Return the noun phrase that fills the clause before the comma at which a verb's clause begins ("that the
    leader of X, | will travel").
    """
    comma = start - 1
    if comma <= first or text.words.forms[comma] != ",":
        return None
    begin, opener = text.clause_start(comma - 1, first)
    held = text.leading(begin, comma - 1)
    if held is None or held.last != comma - 1 or opener < 0 or word_class(text.words.forms[opener]) != "that":
        return None
    return held if may_act(text, held) else None


def _main_subject(text: ClauseText, governor: Governor, first: int) -> Chunk | None:
    """Return the noun phrase with which a content begins, where the predicate is what its verb is for ("A travels to
    B to discuss providing …"): who travels is who would give.
    """
    if governor.match.form.rule.kind != "talk" or not text.words.forms[governor.first].startswith(_L):
        return None
    begin = next((k for k in range(first, governor.first) if word_class(text.words.forms[k]) != "that"), first)
    held = text.leading(begin, governor.first - 1)
    return text.trim(held) if held is not None and may_act(text, held) else None


def has_subject(text: ClauseText, match: RuleMatch, start: int, j: int) -> bool:
    """Whether some phrase before a verb is its subject, even if it names no actor ("people demand …")."""
    before = text.leading(start, j - 1) if start < j and match.form.morph in ("past", "present") else None
    return before is not None and not (is_governor(text, before.first) or is_question_word(text, before.first))


def may_act(text: ClauseText, chunk: Chunk, role: str = "") -> bool:
    """Whether a phrase can name somebody: a party, or "his country"; to whom a thing is given, any definite phrase."""
    form = text.words.forms[chunk.first]
    return text.is_party(chunk) or form.startswith(_LAND) or (role == "receiver" and text.is_definite(chunk.first))


def _is_speaker(text: ClauseText, opener: int, match: RuleMatch, governor: Governor | None, doer: Doer) -> bool:
    """Whether the pronoun of "that he", "that we" is the speaker: in a report it nearly always is.

    Not where it is nobody ("that it is possible to"), nor where its gender is not that of the verb of saying or of
    the predicate.
    """
    form = text.words.forms[opener].lstrip("\u0648\u0641\u0628\u0644")
    if len(form) <= _BARE_THAT:
        return False
    if form.endswith((_WE, _I)):
        return True
    gender = next((gender for ending, gender in _GENDERS if form.endswith(ending)), "")
    if not gender or (doer.gender and doer.gender != gender):
        return False
    if governor is not None and is_impersonal(governor):
        return False
    acts = governor.match.form if governor is not None else match.form
    return acts.agree == gender or acts.morph not in ("past", "present")


def _is_past(text: ClauseText, opener: int) -> bool:
    """Whether a verb in the past of "she" follows "that she": what she did it for is her doing, too."""
    words = text.words
    after = opener + 1
    return after < len(words) and words.forms[opener].endswith(_GENDERS[0][0]) and words.plains[after].endswith(_T)


def _head(text: ClauseText, opener: int, first: int) -> Chunk | None:
    """Return the actor right before a relative pronoun, if one is named there."""
    j = opener - 1
    while j > first and text.words.forms[j] in ',"\u00ab\u00bb':
        j -= 1
    if j >= first and text.at[j] >= 0:
        mention = text.mentions[text.at[j]]
        return Chunk("", max(mention.first, first), mention.last, mention.cut)
    return None
