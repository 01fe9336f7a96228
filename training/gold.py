"""Annotated articles: the shared gold, the event sets, and this repository's own annotations.

``annotations/`` holds ids, hashes and offsets only; the bodies stay in the shared data, which belongs to the
outlets. An article whose body is not there, or is another one, is left out.
"""

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qala.extraction.scan import Scan
from qala.extraction.times import TimeMention
from qala.model import Document, Layout
from qala.pipeline import scan_text
from qala.reading.dates import parse_published
from training.lexicon_examples import NAME as LEXICON
from training.lexicon_examples import lexicon_rows

SHARED = Path(__file__).resolve().parents[2] / "shared"
ANNOTATIONS = Path(__file__).resolve().parent / "annotations"
KEYS = (
    "id",
    "source",
    "cue",
    "content",
    "type",
    "act",
    "hedged",
    "channel",
    "channel_kind",
    "when",
    "when_date",
    "parent",
)
"""Of a statement in the gold's form, but for the speaker's name."""


@dataclass(slots=True)
class Article:
    """A document with its annotated statements, in the gold's form, and its token facts."""

    document: Document
    statements: list[dict[str, Any]]
    name: str  # the set it comes from
    scan: Scan
    layout: Layout
    times: list[TimeMention]


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file of JSON Lines, with gzip or without."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def load_shared(path: Path, name: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the rows of a shared gold file with the name of the set."""
    if path.is_file():
        for row in read_rows(path):
            yield row, name


def _load_own() -> Iterator[tuple[dict[str, Any], str]]:
    marks = {row["id"]: row for path in sorted(ANNOTATIONS.glob("*.jsonl")) for row in read_rows(path)}
    for path in sorted((SHARED / "data" / "news").glob("*.jsonl.gz")):
        for row in read_rows(path):
            found = restore(marks[row["id"]], row) if row["id"] in marks else None
            if found is not None:
                yield found, "own"


def restore(mark: dict[str, Any], row: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return an article in the gold's form from its offsets and its body; ``None`` where that is not the body."""
    if row is None:
        return None
    text = f"{row['title']}\n\n{row['text']}"
    if hashlib.sha256(text.encode()).hexdigest() != mark["sha256"]:
        return None
    statements = [
        {**dict.fromkeys(KEYS), "hedged": False, **statement, "speaker": _cut(statement["speaker"], text)}
        for statement in mark["statements"]
    ]
    return {**row, "text": text, "statements": statements}


def _cut(span: list[int] | str | None, text: str) -> str | None:
    """Return the name that a span holds; a name that stands nowhere in the text was kept as it is."""
    return span if isinstance(span, str) or span is None else text[span[0] : span[1]]


def make_article(row: dict[str, Any], name: str) -> Article:
    """Return one annotated row with its token facts."""
    published = parse_published(row["published"]) if row.get("published") else None
    document = Document(row["id"], row["text"], published, row.get("outlet"), row.get("url"), row.get("title"))
    scan, layout, times = scan_text(row["text"])
    return Article(document, row["statements"], name, scan, layout, times)


def load_articles(*, own: bool = True) -> list[Article]:
    """Return all annotated articles that can be had, each once, sorted by id; the seed is kept for testing."""
    gold = SHARED / "gold"
    rows = [*load_shared(gold / "dev.jsonl", "dev")]
    for path in sorted((gold / "events").glob("*.articles.jsonl")):
        rows += load_shared(path, "events")
    if own:
        rows += _load_own()
    once: dict[str, tuple[dict[str, Any], str]] = {}
    for row, name in rows:
        once.setdefault(row["id"], (row, name))
    for row in lexicon_rows():
        once[row["id"]] = (row, LEXICON)
    return [make_article(*once[key]) for key in sorted(once)]
