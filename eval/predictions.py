"""The predictions that are scored: the cross-validation's, remade when anything that determines it is newer.

``python -m training --no-models`` writes them (``out/cross_validation.jsonl``, an article a line); each one
is read by rankers trained without its fold. The shipped models don't determine them, nor do the command line
and the other exports.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from training.gold import ANNOTATIONS, SHARED, Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from eval.gold_scorer import Statement

ROOT = Path(__file__).resolve().parents[1]
CROSS_VALIDATION = ROOT / "out" / "cross_validation.jsonl"
_ASIDE = ("cli", "exports", "server", "data/models", "data/demo")
_KINDS = frozenset((".py", ".yaml", ".tsv", ".txt"))


def determining_files(root: Path = ROOT, shared: Path = SHARED) -> Iterator[Path]:
    """Yield every file that the cross-validation depends on."""
    package = root / "src" / "qala"
    for path in package.rglob("*"):
        place = path.relative_to(package).as_posix()
        if path.suffix in _KINDS and not place.startswith(tuple(f"{room}/" for room in _ASIDE)):
            yield path
    yield package / "exports" / "jsonl.py"
    yield from (root / "training").glob("*.py")
    yield from (root / "training" / ANNOTATIONS.name).glob("*.jsonl")
    yield shared / "gold" / "dev.jsonl"
    yield from (shared / "gold" / "events").glob("*.articles.jsonl")
    yield from (shared / "data" / "news").glob("*.jsonl.gz")


def newer_files(predictions: Path, files: Iterable[Path]) -> list[Path]:
    """Return those of ``files`` that are newer than ``predictions``; all of them where there are none."""
    made = predictions.stat().st_mtime_ns if predictions.is_file() else -1
    return [path for path in files if path.is_file() and path.stat().st_mtime_ns > made]


def load_predictions(path: Path) -> dict[str, dict[str, Any]]:
    """Return the predicted rows by article id."""
    rows = (orjson.loads(line) for line in path.read_bytes().splitlines() if line.strip())
    return {row["id"]: row for row in rows}


def fitting(rows: dict[str, dict[str, Any]], articles: Iterable[Article]) -> dict[str, list[Statement]] | None:
    """Return the statements by article id; ``None`` where an article is missing or was another text."""
    out: dict[str, list[Statement]] = {}
    for article in articles:
        row = rows.get(article.document.id)
        text = article.document.text.encode("utf-8", "surrogatepass")
        if row is None or row["text_sha256"] != hashlib.sha256(text).hexdigest():
            return None
        out[article.document.id] = row["statements"]
    return out


def cross_validated(articles: list[Article], *, as_is: bool = False) -> dict[str, list[Statement]]:
    """Return the cross-validation's statements by article id, made anew where the last are out of date.

    ``as_is`` takes the last ones however old they are. Raises ``SystemExit`` where there are none that fit.
    """
    newer = newer_files(CROSS_VALIDATION, determining_files())
    if CROSS_VALIDATION.is_file() and (as_is or not newer):
        found = fitting(load_predictions(CROSS_VALIDATION), articles)
        if found is not None:
            note = f"; {len(newer)} files are newer, {_short(newer[0])} among them" if newer else ""
            print(f"predictions: the last cross-validation{note}")
            return found
    if as_is:
        raise SystemExit(f"{_short(CROSS_VALIDATION)} is missing or holds other articles; leave out --as-is")
    print(
        f"cross-validating anew (minutes): {_short(newer[0]) if newer else 'other articles'} is newer",
        flush=True,
    )
    began = time.time()
    ran = subprocess.run([sys.executable, "-m", "training", "--no-models"], cwd=ROOT, check=False)
    if ran.returncode:
        raise SystemExit("the cross-validation failed; nothing measured")
    # what is edited while it runs is newer than what it read
    os.utime(CROSS_VALIDATION, (began, began))
    found = fitting(load_predictions(CROSS_VALIDATION), articles)
    if found is None:
        raise SystemExit("the articles changed while they were read; run it again")
    return found


def _short(path: Path) -> str:
    return os.path.relpath(path, ROOT)
