"""What a section's heading asks about an exchange: "what could A give B?", "what does A want in return?".

An answer under such a heading often names one side alone ("Russia exports food"); the question names the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qala.corroboration.clause_roles import find_clauses
from qala.text.words import MARK

if TYPE_CHECKING:
    from qala.corroboration.clause_rules import ClauseRules
    from qala.corroboration.clauses import Argument, ClauseText
    from qala.model import Span

_ASKS = frozenset(("?",))
_WANTS = frozenset(("want", "ask", "receive"))


class Question(NamedTuple):
    """The sides that a heading names: who would give, who would receive or wants."""

    giver: Argument | None
    receiver: Argument | None


def read_question(text: ClauseText, heading: Span | None, rules: ClauseRules) -> Question | None:
    """Return the exchange that ``heading`` asks about; ``None`` where it is no question or asks about none."""
    if heading is None:
        return None
    tokens = text.words.within(heading)
    if not any(text.words.kinds[j] == MARK and text.words.forms[j] in _ASKS for j in tokens):
        return None
    for clause in find_clauses(text, heading, rules, asked=True):
        giver, receiver = (clause.roles.get(role) for role in ("giver", "receiver"))
        if (giver or receiver) is not None:
            return Question(giver, receiver)
    return None


def fill(question: Question | None, giver: Argument | None, receiver: Argument | None, kind: str) -> Question:
    """Return giver and receiver with the open side filled from the question, where it names somebody else.

    Where both are open, only who wants is taken: a statement under "what does A want?" speaks of A's wishes.
    """
    if question is None or (giver is not None and receiver is not None):
        return Question(giver, receiver)
    named = {key for held in (giver, receiver) if held is not None for key in held.ids}
    if giver is None and receiver is None:
        wanted = question.receiver if kind in _WANTS else None
        return Question(None, wanted and wanted._replace(rule="question"))
    other = question.receiver if giver is not None else question.giver
    if other is None or not named or named & set(other.ids):
        return Question(giver, receiver)
    other = other._replace(rule="question")
    return Question(giver or other, receiver or other)
