"""Annotated event sets: those of the shared gold, and this repository's own by ids, hashes and offsets.

``annotations/events/NAME.jsonl`` holds an article a line, as ``annotations/*.jsonl`` do (see ``training.gold``), and
``NAME.corroboration.json`` its utterances and claims in the gold's form, without glosses. Bodies stay in the shared
news. ``python -m training.events FOLDER ...`` writes those files from annotated sets in the gold's form.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from qala.corroboration.gold_form import read_article, read_statements
from training.gold import ANNOTATIONS, KEYS, SHARED, read_rows, restore

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qala.records import Record

EVENTS = SHARED / "gold" / "events"
OWN = ANNOTATIONS / "events"


class EventSet(NamedTuple):
    """The records of an event and its annotation in the gold's form."""

    name: str
    records: list[Record]
    gold: dict[str, Any]


def load_events(folder: Path = EVENTS) -> list[EventSet]:
    """Return the event sets of a folder in the gold's form, by name."""
    return [
        EventSet(path.name.split(".")[0], read_statements(path), _read_json(_corroboration_of(path)))
        for path in sorted(folder.glob("*.articles.jsonl"))
    ]


def _corroboration_of(path: Path) -> Path:
    return path.with_name(f"{path.name.split('.')[0]}.corroboration.json")


def _read_json(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def load_own(folder: Path = OWN, news: Path = SHARED / "data" / "news") -> list[EventSet]:
    """Return this repository's own sets, by name; a set of which a body is missing or another one is left out."""
    marks = {path: list(read_rows(path)) for path in sorted(folder.glob("*.jsonl"))}
    wanted = {row["id"] for rows in marks.values() for row in rows}
    bodies = {}
    if wanted:
        for path in sorted(news.glob("*.jsonl.gz")):
            bodies.update({row["id"]: row for row in read_rows(path) if row["id"] in wanted})
    found = []
    for path, rows in marks.items():
        articles = [restored for row in rows if (restored := restore(row, bodies.get(row["id"]))) is not None]
        if len(articles) == len(rows):
            records = [record for article in articles for record in read_article(article, path.name)]
            found.append(EventSet(path.stem, records, _read_json(_corroboration_of(path))))
    return found


def load_all(folders: Iterable[Path] = ()) -> list[EventSet]:
    """Return every set once, by name: the shared ones, this repository's own, those of ``folders``."""
    found: dict[str, EventSet] = {}
    for event in (*load_events(), *load_own(), *(event for folder in folders for event in load_events(folder))):
        found.setdefault(event.name, event)
    return list(found.values())


def mark_article(row: dict[str, Any]) -> dict[str, Any]:
    """Return an annotated article as id, hash and offsets; a speaker's name that is not in the text stays a name."""
    text = row["text"]
    statements = []
    for statement in row["statements"]:
        name = statement["speaker"]
        at = text.find(name) if name else -1
        kept = {key: statement[key] for key in KEYS if statement.get(key) not in (None, False)}
        statements.append({**kept, "speaker": [at, at + len(name)] if at >= 0 else name})
    return {"id": row["id"], "sha256": hashlib.sha256(text.encode()).hexdigest(), "statements": statements}


def write_own(folder: Path, target: Path = OWN) -> list[str]:
    """Write the sets of ``folder`` without their bodies and return their names."""
    target.mkdir(parents=True, exist_ok=True)
    names = []
    for path in sorted(folder.glob("*.articles.jsonl")):
        name = path.name.split(".")[0]
        lines = [orjson.dumps(mark_article(row)) for row in read_rows(path)]
        gold = _read_json(_corroboration_of(path))
        claims = [{"id": claim["id"], "members": claim["members"]} for claim in gold["claims"]]
        kept = {"utterances": gold["utterances"], "claims": claims, "copies": gold["copies"]}
        (target / f"{name}.jsonl").write_bytes(b"\n".join(lines) + b"\n")
        (target / f"{name}.corroboration.json").write_bytes(orjson.dumps(kept) + b"\n")
        names.append(name)
    return names


def same_utterance(gold: dict[str, Any]) -> set[frozenset[str]]:
    """Return the pairs of statements that one utterance holds."""
    groups = (sorted(set(found["members"])) for found in gold["utterances"])
    return {frozenset(pair) for group in groups for pair in itertools.combinations(group, 2)}


def same_claim(gold: dict[str, Any]) -> set[frozenset[str]]:
    """Return the pairs of statements that bear on one claim."""
    members = {found["id"]: found["members"] for found in gold["utterances"]}
    groups = ({name for stance in claim["members"] for name in members[stance["u"]]} for claim in gold["claims"])
    return {frozenset(pair) for group in groups for pair in itertools.combinations(sorted(group), 2)}


def main() -> None:
    """Write the sets of the given folders as offsets."""
    parser = argparse.ArgumentParser(prog="python -m training.events", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", help="folders with annotated sets in the gold's form")
    for folder in parser.parse_args().folders:
        print("\n".join(write_own(folder)))


if __name__ == "__main__":
    main()
