"""What somebody types into the search box, as parts: words, "phrases", -excluded, begin*, one | other.

Nothing of it is an operator but these; everything else that is no letter or digit only parts words. The engine
never sees the text: it is asked for words in normal form, which hold letters and digits alone.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from qala.errors import SearchError
from qala.ledger.search_form import find_search_words

MOST_WORDS = 32
"""Words of a query; more are refused."""

SHORTEST_BEGINNING = 2
"""Letters before a star."""

_QUOTES = re.compile('["\u00ab\u00bb\u201c\u201d\u201e\u201f\uff02]')
_PART = re.compile(r'(?P<minus>(?<!\S)-(?=[^\s-]))?(?:"(?P<quoted>[^"]*)"?|(?P<bar>\|)|(?P<bare>[^\s"|]+))')
_STARRED = re.compile(r"[^\W_]\*+$")


class Part(NamedTuple):
    """One part of a query: a word as it was written, or several that must follow one another.

    ``begins`` says that the last word is only the beginning of one; ``forms`` are the words in normal form.
    """

    words: tuple[str, ...]
    forms: tuple[str, ...]
    quoted: bool = False
    begins: bool = False


class Query(NamedTuple):
    """Groups of parts: of each of ``required`` one part must stand there, and none of ``excluded``."""

    required: tuple[tuple[Part, ...], ...]
    excluded: tuple[Part, ...]


def parse_query(text: str) -> Query:
    """Return the parts of ``text``; raises ``SearchError`` for too many words or too short a beginning."""
    required: list[list[Part]] = []
    excluded: list[Part] = []
    joins = False
    count = 0
    for match in _PART.finditer(_QUOTES.sub('"', text)):
        if match["bar"]:
            joins = bool(required)
            continue
        part = _read_part(match["quoted"], match["bare"])
        if part is None:
            continue
        count += len(part.forms)
        if count > MOST_WORDS:
            raise SearchError(f"the query has more than {MOST_WORDS} words")
        if match["minus"]:
            excluded.append(part)
        elif joins:
            required[-1].append(part)
        else:
            required.append([part])
        joins = False
    return Query(tuple(map(tuple, required)), tuple(excluded))


def _read_part(quoted: str | None, bare: str | None) -> Part | None:
    """Return a part, ``None`` where it holds no letter and no digit."""
    written = quoted if bare is None else bare
    found = find_search_words(written or "")
    if not found:
        return None
    begins = bare is not None and _STARRED.search(bare) is not None
    if begins and len(found[-1].form) < SHORTEST_BEGINNING:
        raise SearchError(f"at least {SHORTEST_BEGINNING} letters must stand before '*'")
    places = dict.fromkeys((word.start, word.end) for word in found)
    words = tuple((written or "")[start:end] for start, end in places)
    return Part(words, tuple(word.form for word in found), quoted is not None, begins)
