"""What people decided about pairs of statements: same, different, unsure; it outranks the computation."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

from qala.corroboration.clusters import Pair, pair_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qala.records import Judgement, Record

_KINDS = frozenset(("same", "different", "unsure"))


class Judged(NamedTuple):
    """Pairs of record ids with the judgement that stands: ``together``, and ``apart`` (different or unsure)."""

    together: dict[Pair, Judgement]
    apart: dict[Pair, Judgement]


def read_judgements(records: Iterable[Record]) -> Judged:
    """Return the pairs that people judged; of two judgements on a pair the later one stands.

    A judgement that another one replaces is not looked at. "Unsure" keeps apart, as the texts then do not let a
    careful reader decide. The order of the records does not matter.
    """
    found = {judgement.id: judgement for record in records for judgement in record.judgements}
    replaced = {judgement.replaces for judgement in found.values()}
    standing: dict[Pair, Judgement] = {}
    for judgement in sorted(found.values(), key=lambda row: (row.made.isoformat(), row.id)):
        if judgement.kind not in _KINDS or judgement.id in replaced:
            continue
        for a, b in itertools.combinations(sorted(set(judgement.subjects)), 2):
            standing[pair_of(a, b)] = judgement
    return Judged(
        {pair: judgement for pair, judgement in standing.items() if judgement.kind == "same"},
        {pair: judgement for pair, judgement in standing.items() if judgement.kind != "same"},
    )
