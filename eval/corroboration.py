"""Corroboration against the annotated event sets of ``../shared/gold/events``.

``python -m eval.corroboration`` prints, for every set, the figures of ``score_events.py`` three times: from the gold's
statements with the shipped weights; with weights learnt from the other sets only; from Qala's own statements, each
aligned with the gold statement whose content it shares most of. What is not aligned keeps an id of its own and so
counts against precision.
"""

from __future__ import annotations

import argparse
import importlib.util
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from training.corroboration import EVENTS, EventSet, fit, load_events, utterance_rows

from qala.corroboration.claims import find_claims
from qala.corroboration.gold_form import documents_of, write_gold_form
from qala.corroboration.model import Corroboration
from qala.corroboration.utterances import find_utterances
from qala.pipeline import extract
from qala.records import Record, list_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import ModuleType

_OVERLAP = 0.5  # intersection over union of two contents, in code points, from which they are one statement
FIGURES = ("utterances", "utterances_b3", "claims", "opposition")
AIMS = {"utterances": 0.70, "utterances_b3": 0.85, "claims": 0.55, "opposition": 0.50}


def load_event_scorer() -> ModuleType:
    """Return ``score_events.py`` of the shared gold as a module."""
    spec = importlib.util.spec_from_file_location("score_events", EVENTS.parent / "score_events.py")
    if spec is None or spec.loader is None:
        raise SystemExit("../shared/gold/score_events.py is not here")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def corroborate(records: Iterable[Record], weights: Mapping[str, float] | None = None) -> dict[str, Any]:
    """Return utterances and claims of the records in the gold's form."""
    listed = list(records)
    utterances = find_utterances(listed, weights=weights)
    claims = find_claims(listed, utterances)
    return write_gold_form(Corroboration((), utterances, claims))


def own_records(event: EventSet) -> list[Record]:
    """Return Qala's own statements of the articles of a set, with the ids of the gold statements they match."""
    gold: dict[str, list[Record]] = {}
    for record in event.records:
        gold.setdefault(record.document.id, []).append(record)
    found: list[Record] = []
    for document in documents_of(event.records):
        own = list(list_records(extract(document)))
        names = align(own, gold[document.id])
        found += [
            replace(record, id=names[record.id], parent=names.get(record.parent) if record.parent else None)
            for record in own
        ]
    return found


def align(own: list[Record], gold: list[Record]) -> dict[str, str]:
    """Return for every own record the id of the gold record that shares most of its content, else a new id.

    Greedy from the largest overlap, each gold record once, as the gold's scorer of statements does.
    """
    overlaps = sorted(
        ((share, a.id, b.id) for a in own for b in gold if (share := _share(a, b)) >= _OVERLAP), reverse=True
    )
    names: dict[str, str] = {}
    taken: set[str] = set()
    for _, mine, theirs in overlaps:
        if mine not in names and theirs not in taken:
            names[mine] = theirs
            taken.add(theirs)
    return {record.id: names.get(record.id, f"{record.document.id}:own-{record.statement.id}") for record in own}


def _share(a: Record, b: Record) -> float:
    first, second = ({at for span in record.statement.attribution.content for at in range(*span)} for record in (a, b))
    return len(first & second) / len(first | second) if first | second else 0.0


def measure(events: list[EventSet]) -> dict[str, dict[str, Any]]:
    """Return the scores by the way of measuring and the set's name."""
    scorer = load_event_scorer()
    pairs = {event.name: utterance_rows(event) for event in events}
    found: dict[str, dict[str, Any]] = {"shipped weights": {}, "weights of the other sets": {}, "own statements": {}}
    for event in events:
        others = [other.name for other in events if other.name != event.name]
        found["shipped weights"][event.name] = scorer.score(event.gold, corroborate(event.records))
        if others:
            weights = fit([pairs[name] for name in others])
            found["weights of the other sets"][event.name] = scorer.score(
                event.gold, corroborate(event.records, weights)
            )
        found["own statements"][event.name] = scorer.score(event.gold, corroborate(own_records(event)))
    return found


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return f"{value['f1']:.3f} (P {value['p']:.2f} R {value['r']:.2f})"
    return f"{value:.3f}"


def lines(found: dict[str, dict[str, Any]]) -> Iterable[str]:
    """Yield the table, a figure a row."""
    for way, sets in found.items():
        for name, scores in sets.items():
            yield f"{way}, {name}"
            for figure in FIGURES:
                yield f"  {figure:14} {_cell(scores[figure]):28} aim {AIMS[figure]:.2f}"


def main() -> None:
    """Print the table."""
    argparse.ArgumentParser(prog="python -m eval.corroboration", description=__doc__).parse_args()
    if not EVENTS.is_dir():
        print("the annotated event sets are not here (../shared/gold/events); nothing measured")
        return
    print("\n".join(lines(measure(load_events()))))


if __name__ == "__main__":
    main()
