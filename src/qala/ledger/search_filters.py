"""What a search may be narrowed to: who, what act, where, through whom, when said, when published, judged or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from qala.errors import SearchError
from qala.ledger.rows import find_days
from qala.ledger.search_form import list_forms
from qala.ledger.search_index import (
    CHAIN_ENDS,
    NUMBER_BITS,
    FacetName,
    first_key,
    list_months,
    make_facet,
    make_outlet_facet,
    name_facets,
)
from qala.ledger.search_words import list_spellings
from qala.model import ACTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qala.ledger.port import Value
    from qala.model import Act
    from qala.records import Record

_AFTER_ALL = 1 << 63
_FAR = ("0001-01-01", "9999-12-31")


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """All that is given must hold.

    ``speaker`` and ``carrier`` are the id of an actor or words of his name, in any spelling; ``outlet`` is the
    whole name. Days are included on both ends; a moment of publication counts to the minute. A
    statement whose day is unknown is not between any days. What was said over a stretch of days counts
    where the stretch touches the days asked for.
    """

    speaker: str | None = None
    act: Act | None = None
    outlet: str | None = None
    carrier: str | None = None
    said_from: date | None = None
    said_to: date | None = None
    published_from: date | None = None
    published_to: date | None = None
    judged: bool | None = None


def list_filter_facets(filters: SearchFilters, actors: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Return groups of facets, of each of which one must stand with a statement; ``SearchError`` for no known act.

    ``actors`` are those that people merged, by the one that stands for them: who asks for it means all.
    """
    groups: list[tuple[str, ...]] = []
    if filters.act is not None:
        if filters.act not in ACTS:
            raise SearchError(f"no such act: {filters.act!r} (there are {', '.join(ACTS)})")
        groups.append((make_facet("act", filters.act),))
    merged = [actor for actor, stands in actors.items() if stands == filters.speaker]
    groups += _list_name_groups("who", filters.speaker, merged)
    groups += _list_name_groups("via", filters.carrier)
    if filters.outlet is not None:
        groups.append((make_outlet_facet(filters.outlet),))
    if filters.said_from and filters.said_to:
        months = list_months(filters.said_from.isoformat(), filters.said_to.isoformat())
        if months and months != ["many"]:
            groups.append(tuple(make_facet("said", month) for month in (*months, "many")))
    return tuple(groups)


def _list_name_groups(facet: FacetName, name: str | None, also: Sequence[str] = ()) -> list[tuple[str, ...]]:
    """Return the groups for an id or a name: the id, or every word of the name in one of its spellings."""
    if name is None:
        return []
    whole = [make_facet(facet, id_) for id_ in (name, *also)]
    words = [word for word in name.split() if list_forms(word)]
    if not words:
        return [tuple(whole)]
    return [
        tuple(dict.fromkeys((*whole, *(make_facet(facet, spelling) for spelling in list_spellings(word)))))
        for written in words
        for word in _as_written(written)
    ]


def _as_written(written: str) -> list[str]:
    """Return a word, or the words in normal form where it holds several (``al-Masri``)."""
    forms = list_forms(written)
    return [written] if len(forms) == 1 else forms


def find_key_range(filters: SearchFilters) -> tuple[int, int]:
    """Return the keys (from, up to and without) of what was published in the days asked for."""
    low, high = 0, _AFTER_ALL - 1
    if filters.published_from is not None:
        low = first_key(_local(filters.published_from))
    if filters.published_to is not None:
        low = max(low, 1 << NUMBER_BITS)  # an unknown day is not before any day
        last = _local(filters.published_to)
        step = timedelta(minutes=1) if isinstance(last, datetime) else timedelta(days=1)
        high = first_key(last + step) if last < _last_of(last) else high
    return low, high


def _local(moment: date) -> date:
    """Return a moment as the column keeps it: by the clock that it was given in."""
    return moment.replace(tzinfo=None) if isinstance(moment, datetime) else moment


def _last_of(moment: date) -> date:
    return datetime(9999, 12, 31) if isinstance(moment, datetime) else date(9999, 12, 31)


def write_conditions(filters: SearchFilters) -> tuple[list[str], Sequence[Value]]:
    """Return conditions on ``statements`` in SQL that the index cannot answer alone, and their values."""
    conditions: list[str] = []
    values: list[Value] = []
    if filters.said_from is not None or filters.said_to is not None:
        first = filters.said_from.isoformat()[:10] if filters.said_from else _FAR[0]
        last = filters.said_to.isoformat()[:10] if filters.said_to else _FAR[1]
        conditions.append("statements.said_to >= ? AND statements.said_from <= ?")
        values += [first, last]
    if filters.judged is not None:
        negation = "" if filters.judged else "NOT "
        conditions.append(
            f"{negation}EXISTS (SELECT 1 FROM judgement_subjects WHERE judgement_subjects.subject = statements.id)"
        )
    return conditions, values


def meets_filters(record: Record, filters: SearchFilters) -> bool:
    """Return whether ``record``, as judgements leave it, is what was asked for, but for its day of publication."""
    found, speaker, document = record.statement.attribution, record.statement.speaker, record.document
    if filters.act is not None and found.act != filters.act:
        return False
    if filters.judged is not None and bool(record.judgements) != filters.judged:
        return False
    facets = set(name_facets("who", *((speaker.name, speaker.entity) if speaker else (None, None))))
    if document.outlet:
        facets.add(make_outlet_facet(document.outlet))
    if found.channel is not None:
        facets.update(name_facets("via", found.channel.of(document.text), None))
    for hop in record.statement.chain:
        if hop.kind not in CHAIN_ENDS:
            facets.update(name_facets("via", hop.name, hop.entity))
    groups = [*_list_name_groups("who", filters.speaker), *_list_name_groups("via", filters.carrier)]
    if filters.outlet is not None:
        groups.append((make_outlet_facet(filters.outlet),))
    return all(facets.intersection(group) for group in groups) and _was_said(record, filters)


def _was_said(record: Record, filters: SearchFilters) -> bool:
    """Return whether the days on which it was said touch those asked for."""
    if filters.said_from is None and filters.said_to is None:
        return True
    first, last = find_days(record.statement.when_date)
    if first is None or last is None:
        return False
    begin = filters.said_from.isoformat()[:10] if filters.said_from else _FAR[0]
    end = filters.said_to.isoformat()[:10] if filters.said_to else _FAR[1]
    return last >= begin and first <= end
