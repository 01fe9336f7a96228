"""Corroboration against annotated event sets: the shared ones, this repository's own, and those of given folders.

``python -m eval.corroboration [FOLDER ...]`` prints, for every set, the figures of ``score_events.py`` three times:
from the gold's statements with the shipped weights; with weights learnt from the other sets only, which is what an
unseen event may expect; from Qala's own statements (``--own``), each aligned with the gold statement whose content it
shares most of. What is not aligned keeps an id of its own and so counts against precision.
"""

from __future__ import annotations

import argparse
import importlib.util
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training.corroboration import claim_rows, fit, fit_claims, utterance_rows
from training.events import EVENTS, EventSet, load_all

from qala.corroboration.claims import find_claims
from qala.corroboration.gold_form import documents_of, write_gold_form
from qala.corroboration.model import Corroboration
from qala.corroboration.utterances import find_utterances, make_sides
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


def corroborate(
    records: Iterable[Record],
    weights: Mapping[str, float] | None = None,
    claim_weights: Mapping[str, float] | None = None,
) -> dict[str, Any]:
    """Return utterances and claims of the records in the gold's form; packaged weights where none are given."""
    sides = make_sides(records)
    listed = [side.vector.content.record for side in sides]
    utterances = find_utterances(listed, weights=weights, sides=sides)
    claims = find_claims(listed, utterances, weights=claim_weights, sides=sides)
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


def leave_one_out(events: list[EventSet]) -> dict[str, dict[str, Any]]:
    """Return the scores of every set with weights learnt from the other sets only, by the set's name."""
    scorer = load_event_scorer()
    pairs = {event.name: (utterance_rows(event), claim_rows(event)) for event in events}
    found = {}
    for event in events:
        others = [pairs[other.name] for other in events if other.name != event.name]
        weights = fit([rows for rows, _ in others]), fit_claims([rows for _, rows in others])
        found[event.name] = scorer.score(event.gold, corroborate(event.records, *weights))
    return found


def measure(events: list[EventSet], *, own: bool = False) -> dict[str, dict[str, Any]]:
    """Return the scores by the way of measuring and the set's name; ``own`` also from Qala's own statements."""
    scorer = load_event_scorer()
    found: dict[str, dict[str, Any]] = {
        "shipped weights": {event.name: scorer.score(event.gold, corroborate(event.records)) for event in events}
    }
    if len(events) > 1:
        found["weights of the other sets"] = leave_one_out(events)
    if own:
        found["own statements"] = {
            event.name: scorer.score(event.gold, corroborate(own_records(event))) for event in events
        }
    return found


def _value(found: Any) -> float:
    return float(found["f1"]) if isinstance(found, dict) else float(found)


def _cell(found: Any) -> str:
    extra = f" ({found['p']:.2f} {found['r']:.2f})" if isinstance(found, dict) else ""
    return f"{_value(found):.3f}{extra}"


def lines(found: dict[str, dict[str, Any]]) -> Iterable[str]:
    """Yield the table: a set a row, then the mean of all sets and the aims."""
    for way, sets in found.items():
        yield f"{way:26}" + "".join(f"{figure:>24}" for figure in FIGURES)
        for name, scores in sets.items():
            yield f"  {name:24}" + "".join(f"{_cell(scores[figure]):>24}" for figure in FIGURES)
        means = {figure: sum(_value(scores[figure]) for scores in sets.values()) / len(sets) for figure in FIGURES}
        yield f"  {'mean':24}" + "".join(f"{means[figure]:24.3f}" for figure in FIGURES)
    yield f"  {'aim':24}" + "".join(f"{AIMS[figure]:24.2f}" for figure in FIGURES)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m eval.corroboration", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="*", help="folders with more annotated sets in the gold's form")
    parser.add_argument("--own", action="store_true", help="also from Qala's own statements (slower)")
    options = parser.parse_args()
    if not EVENTS.is_dir():
        print("the annotated event sets are not here (../shared/gold/events); nothing measured")
        return
    print("\n".join(lines(measure(load_all(options.folders), own=options.own))))


if __name__ == "__main__":
    main()
