"""What stands around a name that is also an ordinary word: a class word, brackets, quotation marks."""

from functools import cache

from qala.lexicon.mention_spans import OPENING_QUOTES
from qala.lexicon.source_words import SourceWords
from qala.lexicon.spelling import folded
from qala.text.words import MARK, Words

_BRACKETS = frozenset("([")
_CLOSING = frozenset(")]")
_AFTER_BRACKET = frozenset((")", "]", ":", "-"))
_LONGEST_OPENING = 4  # letters of particles and article before a word
_MOST_MARKS = 3  # opening marks between a class word and the name


@cache
def _quoting() -> frozenset[str]:
    return frozenset(folded("marks", "before_quoted"))


def before_marks(words: Words, i: int) -> int:
    """Return the word before ``i`` and before the opening marks there, else ``-1``."""
    j = i - 1
    while j >= 0 and i - j <= _MOST_MARKS and (words.forms[j] in OPENING_QUOTES or words.forms[j] in _BRACKETS):
        j -= 1
    return -1 if j < 0 or words.kinds[j] == MARK else j


def carrier_before(words: Words, i: int, classes: SourceWords) -> int:
    """Return the token of the class word before ``i`` (agency, channel), over opening marks; else ``-1``."""
    j = before_marks(words, i)
    found = classes.at(words, j, "carrier") if j >= 0 else None
    word = found and found.of("carrier")
    return j if word and word.kind in ("agency", "outlet") else -1


def introduces(words: Words, i: int, classes: SourceWords) -> bool:
    """Whether a class word introduces the name: with the article it does so only over a quotation mark."""
    carrier = carrier_before(words, i, classes)
    if carrier < 0:
        return False
    article = folded("particles", "article")[0]
    return carrier < i - 1 or article not in words.forms[carrier][:_LONGEST_OPENING]


def stands_alone(words: Words, i: int, last: int) -> bool:
    """Whether tokens ``i`` to ``last`` are all that stands between brackets or quotation marks: a name as it is
    written, to which no particle is joined.
    """
    before = words.forms[i - 1] if i else ""
    after = words.forms[last + 1] if last + 1 < len(words.forms) else ""
    return (before in OPENING_QUOTES and after in OPENING_QUOTES) or (before in _BRACKETS and after in _CLOSING)


def is_enclosed(words: Words, i: int, last: int) -> bool:
    """Whether tokens ``i`` to ``last`` stand in brackets, or in quotation marks after "to" or "from"."""
    before = words.forms[i - 1] if i else ""
    after = words.forms[last + 1] if last + 1 < len(words.forms) else ""
    if before in _BRACKETS and after in _AFTER_BRACKET:
        return True
    return before in OPENING_QUOTES and after in OPENING_QUOTES and i > 1 and words.forms[i - 2] in _quoting()
