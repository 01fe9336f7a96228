"""What both full-text indexes hold of a statement: words in normal form, facets to filter by, and a key to order by.

The key of a statement is ``minute of publication << 30 | statements.number``: its order is the order of
publication, unknown days last, and among equals the order of adding, so that "newest first" needs no sorting and
a page can begin behind any key. Facets are single words that no text can hold (``act·deny``): an
index intersects them with the words of a query, so that a rare speaker among a frequent word's statements is
found at once.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date, datetime
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import orjson

from qala.errors import LedgerError
from qala.ledger.search_form import list_forms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from qala.ledger.port import IndexedText, Row, Value

    Fetch = Callable[[str, Sequence[Value]], Iterable[Row]]
    Number = int | float | str | bytes | None

NUMBER_BITS = 30
NUMBER_MASK = (1 << NUMBER_BITS) - 1
DOT = "\u00b7"
"""Joins a facet's name and value; as it is neither letter nor digit, no word of a text holds it."""

GAP = "\ufffc"
"""Stands where a phrase must not run on: between two pieces of one field."""

FacetName = Literal["act", "who", "via", "in", "said"]
"""The act; the speaker's id or a word of his name; the same of a carrier; the outlet; a month (or many) said."""

MOST_WORDS = {"content": 12_000, "source": 1_000, "title": 500}
"""Words of each field that are indexed: PostgreSQL counts positions to 16,383 and no further."""

_MANY, _MOST_BYTES = 2_000, 600_000  # PostgreSQL keeps at most 1 MB of different words
_MOST_REPEATS = 255  # positions that PostgreSQL keeps of one word
_LONGEST_FACET = 200  # letters; a longer value is named by its hash
MOST_MONTHS = 24
"""Months that a date of saying may run over and still be a facet for each of them."""

_BATCH = 400
CHAIN_ENDS = frozenset({"speaker", "page"})
"""Hops that are no carriers."""


class IndexRow(NamedTuple):
    """One statement as it is indexed."""

    key: int
    content: list[str]
    source: list[str]
    title: list[str]
    facets: list[str]

    def words(self) -> set[str]:
        """Return the different words of all fields, without facets and gaps."""
        return {*self.content, *self.source, *self.title} - {GAP}


def make_key(published: str | None, number: int) -> int:
    """Return the key of a statement; ``published`` is ISO 8601 as the column keeps it, ``None`` where unknown."""
    if not 0 <= number <= NUMBER_MASK:
        raise LedgerError(f"statement {number}: a ledger holds at most {NUMBER_MASK} statements; begin another")
    return first_key(published) | number


def first_key(published: str | date | None) -> int:
    """Return the smallest key of statements published at a moment or on a day (from its first minute)."""
    if published is None:
        return 0
    try:
        moment = datetime.fromisoformat(published) if isinstance(published, str) else published
    except ValueError:
        return 0
    minute = (moment.toordinal() * 24) * 60
    if isinstance(moment, datetime):
        minute += moment.hour * 60 + moment.minute
    return minute << NUMBER_BITS


@lru_cache(maxsize=1 << 14)
def make_facet(name: FacetName, value: str) -> str:
    """Return the facet of a value: letters and digits in lower case, everything else as its code."""
    written = "".join(letter if letter.isalnum() else f"{DOT}{ord(letter):x}{DOT}" for letter in value.casefold())
    if len(written) > _LONGEST_FACET:
        written = hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{name}{DOT}{written}"


def list_months(first: str | None, last: str | None) -> list[str]:
    """Return the months from day ``first`` to day ``last`` as ``YYYYMM``; ``many`` where they are too many to list."""
    if not first or not last:
        return []
    begin, end = (int(day[:4]) * 12 + int(day[5:7]) - 1 for day in (first, last))
    if end - begin >= MOST_MONTHS:
        return ["many"]
    return [f"{month // 12:04d}{month % 12 + 1:02d}" for month in range(begin, end + 1)]


def list_index_rows(fetch: Fetch, texts: Sequence[IndexedText]) -> Iterator[IndexRow]:
    """Yield what the index holds of ``texts``, by key upwards.

    ``fetch`` runs a query in the transaction in which the rows of the statements were written.
    """
    keyed = []
    for at in range(0, len(texts), _BATCH):
        batch = texts[at : at + _BATCH]
        asked = ", ".join("?" * len(batch))
        found = fetch(
            "SELECT number, published, act, speaker, entity, outlet, said_from, said_to, cue, channel, details"
            f" FROM statements WHERE number IN ({asked})",
            [text.number for text in batch],
        )
        rows = {row[0]: row for row in found}
        keyed += [(make_key(_text(rows[text.number][1]), text.number), text, rows[text.number]) for text in batch]
    keyed.sort(key=lambda each: each[0])
    for key, text, row in keyed:
        source = [*text.source.split("\n"), str(row[8] or "")]
        yield IndexRow(
            key,
            _cap_words(list_forms(text.content), MOST_WORDS["content"]),
            _list_words(source, MOST_WORDS["source"]),
            _list_words([text.title], MOST_WORDS["title"]),
            list(dict.fromkeys(_list_facets(row))),
        )


def _list_words(pieces: list[str], most: int) -> list[str]:
    """Return the words of a field, cut to what both back ends can hold, with a gap between the pieces."""
    words: list[str] = []
    for piece in pieces:
        words += [GAP, *_list_again(piece)] if words else _list_again(piece)
    return _cap_words(words, most)


def _cap_words(words: list[str], most: int) -> list[str]:
    """Return at most ``most`` words, with a gap in place of a word that stands there too often."""
    del words[most:]
    if len(words) > _MANY:
        room = accumulate(len(word.encode()) for word in words)
        del words[sum(1 for taken in room if taken <= _MOST_BYTES) :]
    if len(words) > _MOST_REPEATS:
        seen: Counter[str] = Counter()
        for at, word in enumerate(words):
            seen[word] += 1
            if seen[word] > _MOST_REPEATS:
                words[at] = GAP
    return words


def _list_facets(row: Row) -> Iterator[str]:
    """Yield the facets of a statement's row, as :func:`list_index_rows` asks for it."""
    _, _, act, speaker, entity, outlet, said_from, said_to, _, channel, details = row
    yield make_facet("act", str(act))
    yield from name_facets("who", _text(speaker), _text(entity))
    if outlet:
        yield make_outlet_facet(str(outlet))
    yield from name_facets("via", _text(channel), None)
    chain: list[dict[str, Any]] = orjson.loads(str(details)).get("chain", []) if '"chain"' in str(details) else []
    for hop in chain:
        if hop["kind"] not in CHAIN_ENDS:
            yield from name_facets("via", hop.get("name"), hop.get("entity"))
    for month in list_months(_text(said_from), _text(said_to)):
        yield make_facet("said", month)


def name_facets(facet: FacetName, name: str | None, entity: str | None) -> Iterator[str]:
    """Yield the facets of somebody's id and of each word of his name."""
    if entity:
        yield make_facet(facet, entity)
    for form in _list_again(name or ""):
        yield make_facet(facet, form)


@lru_cache(maxsize=1 << 12)
def _list_again(text: str) -> tuple[str, ...]:
    """Return the words of a text that comes again and again: a name, a cue, the title of an article."""
    return tuple(list_forms(text))


def make_outlet_facet(outlet: str) -> str:
    """Return the facet of an outlet: its name in normal form, so that spellings of it meet."""
    return make_facet("in", " ".join(_list_again(outlet)) or outlet)


def _text(value: Number) -> str | None:
    return None if value is None else str(value)
