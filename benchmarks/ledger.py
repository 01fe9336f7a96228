"""What a ledger costs: bytes a statement, rows a second, megabytes a second of ``verify``, and what bounds them.

Run by ``make bench``, or ``python benchmarks/ledger.py --articles 2000``. Reads real articles of
``../shared/data/news`` where they are, else generated ones; reads them once, and then measures the store alone:
preparing rows, committing them in batches, reading them back, verifying, merging. Beside them, in the same
run, the floors: SHA-256 alone, zlib alone, the same rows into a bare table without keys. Speeds are by CPU
seconds. Writes ``out/bench-ledger.json``.
"""

import argparse
import gzip
import hashlib
import json
import sqlite3
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from qala.ledger.ledger import Ledger
from qala.ledger.merge import merge
from qala.ledger.rows import PreparedReading, prepare_reading
from qala.ledger.runs import describe_run
from qala.model import Document, Origin, Reading
from qala.pipeline import extract

ROOT = Path(__file__).resolve().parents[1]
NEWS = ROOT.parent / "shared" / "data" / "news"
OUT = ROOT / "out" / "bench-ledger.json"


def load_documents(count: int) -> list[Document]:
    """Return ``count`` articles, spread over the files that are there, or made of the demonstration's sentences."""
    documents = []
    for path in sorted(NEWS.glob("*.jsonl.gz")):
        with gzip.open(path, "rb") as file:
            lines = file.readlines()
        share = count // len(list(NEWS.glob("*.jsonl.gz")))
        for number in range(0, len(lines), max(len(lines) // max(share, 1), 1)):
            value = json.loads(lines[number])
            if value.get("text", "").strip():
                origin = Origin(path=f"{path.name}:{number}", raw=lines[number], method="json:text")
                id_ = str(value.get("id") or f"{path.name}:{number}")
                documents.append(Document(id_, value["text"], outlet=value.get("outlet"), origin=origin))
    if not documents:
        text = files("qala").joinpath("data", "demo", "article.txt").read_text(encoding="utf-8")
        for number in range(count):
            own = f"{text}\n\n{number}"
            documents.append(Document(str(number), own, origin=Origin(path=f"{number}.txt", raw=own.encode())))
    return documents[:count]


def timed(act: Callable[[], object]) -> float:
    """Return the CPU seconds that ``act`` takes."""
    begun = time.process_time()
    act()
    return time.process_time() - begun


def multiply(readings: list[Reading], times: int) -> list[Reading]:
    """Return the readings again and again as other documents, so that a store of some size can be measured."""
    found = []
    for copy in range(times):
        for reading in readings:
            document = replace(reading.document, id=f"{reading.document.id}#{copy}")
            found.append(replace(reading, document=document))
    return found


def fill_bare(path: Path, prepared: list[PreparedReading]) -> None:
    """Write the same statements into one table without keys, in one transaction: the engine's own floor."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"CREATE TABLE t ({', '.join(f'c{n}' for n in range(len(prepared[0].statements[0].row)))})")
        places = ", ".join("?" * len(prepared[0].statements[0].row))
        rows = (each.row for reading in prepared for each in reading.statements)
        connection.executemany(f"INSERT INTO t VALUES ({places})", rows)


def list_tables(path: Path) -> dict[str, int]:
    """Return the bytes of each table with its indexes, the largest first."""
    query = (
        "SELECT m.tbl_name, sum(d.pgsize) FROM dbstat AS d JOIN sqlite_schema AS m ON m.name = d.name"
        " GROUP BY 1 ORDER BY 2 DESC"
    )
    try:
        with sqlite3.connect(path) as connection:
            return dict(connection.execute(query).fetchall())
    except sqlite3.OperationalError:  # built without dbstat
        return {}


def measure(articles: int, times: int) -> dict[str, object]:
    """Return all figures."""
    readings = [extract(document) for document in load_documents(articles)]
    many = multiply([reading for reading in readings if reading.statements], times)
    prepared: list[PreparedReading] = []
    preparing = timed(lambda: prepared.extend(prepare_reading(reading) for reading in many))
    statements = sum(len(reading.statements) for reading in prepared)
    raw = b"".join(reading.document.origin.raw or b"" for reading in many)
    details = b"".join(str(each.row[-1]).encode() for reading in prepared for each in reading.statements)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "ledger.db")
        run = describe_run()
        with Ledger.open(path) as ledger:

            def fill() -> None:
                for at in range(0, len(prepared), 200):
                    ledger.append(prepared[at : at + 200], run=run)

            wall = time.perf_counter()
            adding = timed(fill)
            wall = time.perf_counter() - wall
            again = timed(fill)
            looking = timed(lambda: sum(1 for _ in ledger.records()))
            report = ledger.verify(structure=False)
            verifying = timed(lambda: ledger.verify(structure=False))
            checking = timed(lambda: list(ledger.store.check()))
            with Ledger.open(Path(folder, "other.db")) as other:
                merging = timed(lambda: merge(other, ledger, check=False))
        size = path.stat().st_size
        tables = list_tables(path)
        bare = timed(lambda: fill_bare(Path(folder, "bare.db"), prepared))
    return {
        "articles": len(many),
        "statements": statements,
        "file bytes": size,
        "bytes a statement, all in": round(size / statements),
        "bytes a statement, its table and indexes": round(tables.get("statements", 0) / statements),
        "bytes a statement, canonical JSON alone": round(len(details) / statements),
        "bytes by table": tables,
        "prepare, statements/s": round(statements / preparing),
        "append, statements/s": round(statements / adding),
        "append, statements/s wall": round(statements / wall),
        "append again (all known), articles/s": round(len(many) / again),
        "bare table, statements/s": round(statements / bare),
        "records, statements/s": round(statements / looking),
        "verify, MB/s": round(report.size / verifying / 1e6, 1),
        "verify, rows/s": round(report.rows / verifying),
        "engine's own check, MB of file/s": round(size / checking / 1e6, 1),
        "merge, statements/s": round(statements / merging),
        "floor: SHA-256, MB/s": round(len(details) / timed(lambda: hashlib.sha256(details).digest()) / 1e6),
        "floor: zlib, MB/s": round(len(raw) / timed(lambda: zlib.compress(raw, 6)) / 1e6, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--articles", type=int, default=300, help="articles that are read")
    parser.add_argument("--times", type=int, default=10, help="how often each is stored, as another document")
    given = parser.parse_args()
    found = measure(given.articles, given.times)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    for name, value in found.items():
        if not isinstance(value, dict):
            print(f"{name:45} {value:>14,}")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
