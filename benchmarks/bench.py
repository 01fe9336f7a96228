"""How fast Qala reads: articles and megabytes a second on one core, memory at its peak.

Run by ``make bench``. Reads real articles of ``../shared/data/news`` where they are, generated ones
otherwise, and measures in the same run, on the same articles:

* the whole process: ``qala read --format jsonl`` from a file to a file, its start included;
* the library: ``qala.extract`` alone, articles already in memory;
* the floor: decoding the bytes and cutting them into words, which no reader can do without;
* spaCy's blank Arabic tokeniser, where spaCy is installed.

Speeds are by CPU seconds, which other work on the machine disturbs least; wall seconds stand beside
them. Prints a table and writes ``out/bench.json``.
"""

import argparse
import gc
import gzip
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.resources import files
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

from qala.model import Document
from qala.pipeline import extract
from qala.text.words import find_words

ROOT = Path(__file__).resolve().parents[1]
NEWS = ROOT.parent / "shared" / "data" / "news"
OUT = ROOT / "out" / "bench.json"

# The command line, and at its end the peak of its memory in KiB. Linux keeps that by memory map and
# so forgets the process that this one was forked from; getrusage does not.
PROBE = """
import atexit, pathlib, re
status = pathlib.Path("/proc/self/status")
if status.exists():
    atexit.register(lambda: print(re.search(r"VmHWM:\\s*(\\d+)", status.read_text())[1]))
from qala.cli import main
main()
"""


class Row(NamedTuple):
    """One measurement: its name, articles, bytes of UTF-8, seconds, and peak memory in MiB if known."""

    name: str
    articles: int
    size: int
    cpu: float
    wall: float
    peak: float | None = None


def load_articles(count: int) -> tuple[str, list[str]]:
    """Return where the articles are from and ``count`` lines of JSON, spread over the files."""
    found = sorted(NEWS.glob("*.jsonl.gz"))
    if not found:
        return "generated", list(islice(generate_articles(), count))
    lines: list[str] = []
    for number, path in enumerate(found):
        share = count * (number + 1) // len(found) - len(lines)
        with gzip.open(path, "rt", encoding="utf-8") as file:
            every = [line for line in file if json.loads(line).get("text", "").strip()]
        step = max(len(every) // max(share, 1), 1)
        lines += every[::step][:share]
    return ", ".join(path.name for path in found), lines


def generate_articles() -> Iterator[str]:
    """Yield articles made of the sentences of the one that ships, in ever new order."""
    text = files("qala").joinpath("data", "demo", "article.txt").read_text(encoding="utf-8")
    sentences = [line for line in text.splitlines() if line.strip()]
    for number in cycle(range(10_000)):
        turned = sentences[number % len(sentences) :] + sentences[: number % len(sentences)]
        body = "\n".join(turned[:: 1 + number % 2])
        yield (json.dumps({"id": str(number), "published": "2024-10-15", "text": body}, ensure_ascii=False) + "\n")


def measure(name: str, texts: list[str], act: Callable[[int], object]) -> Row:
    """Time ``act`` over all texts, in CPU seconds of this process, after a warm-up on twenty of them."""
    for number in range(min(20, len(texts))):
        act(number)
    gc.collect()
    begun, wall = time.process_time(), time.perf_counter()
    for number in range(len(texts)):
        act(number)
    spent, waited = time.process_time() - begun, time.perf_counter() - wall
    return Row(name, len(texts), sum(len(text.encode()) for text in texts), spent, waited)


def measure_process(lines: list[str], texts: list[str]) -> Row:
    """Time ``qala read`` from a file of lines to a file of lines, on one core, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "articles.jsonl"), Path(folder, "out.jsonl")
        source.write_text("".join(lines), encoding="utf-8")
        command = ["read", str(source), "--format", "jsonl", "--output", str(target)]
        before, wall = spend_of_children(), time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", PROBE, *command],
            check=False,
            capture_output=True,
            text=True,
            preexec_fn=keep_to_one_core,
        )
        spent, waited = spend_of_children() - before, time.perf_counter() - wall
        if done.returncode not in (0, 3):
            raise SystemExit(f"qala read ended with {done.returncode}: {done.stderr[-500:]}")
        with target.open("rb") as file:
            written = sum(1 for _ in file)
    peak = float(done.stdout.split()[-1]) / 1024 if done.stdout.strip() else None
    size = sum(len(text.encode()) for text in texts)
    return Row("qala read (whole process)", written, size, spent, waited, peak)


def spend_of_children() -> float:
    """Return the CPU seconds of all processes that this one has waited for."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def keep_to_one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def measure_peer(texts: list[str]) -> Row | str:
    """Time spaCy's blank Arabic pipeline, which cuts words and does nothing else."""
    try:
        import spacy
    except ImportError:
        return "spaCy blank('ar'): not installed"
    nlp = spacy.blank("ar")
    return measure("spaCy blank('ar'): words only", texts, lambda number: nlp(texts[number]))


def run(count: int) -> tuple[str, list[Row | str]]:
    """Measure everything over ``count`` articles."""
    place, lines = load_articles(count)
    records = [json.loads(line) for line in lines]
    texts = [record["text"] for record in records]
    raws = [text.encode() for text in texts]
    documents = [Document(str(record["id"]), record["text"]) for record in records]
    rows: list[Row | str] = [
        measure_process(lines, texts),
        measure("qala.extract (library)", texts, lambda number: extract(documents[number])),
        measure("floor: decode and cut into words", texts, lambda number: find_words(raws[number].decode())),
        measure_peer(texts),
    ]
    return place, rows


def show(place: str, rows: list[Row | str]) -> None:
    print(f"{place} on {platform.machine()}, Python {platform.python_version()}, one core")
    print(f"{'':34}{'articles':>9}{'articles/s':>12}{'MB/s':>7}{'CPU s':>8}{'wall s':>8}{'peak MiB':>10}")
    for row in rows:
        if isinstance(row, str):
            print(row)
            continue
        counts = f"{row.articles:9,}{row.articles / row.cpu:12,.0f}{row.size / row.cpu / 1e6:7.2f}"
        peak = f"{row.peak:.0f}" if row.peak else ""
        print(f"{row.name:34}{counts}{row.cpu:8.2f}{row.wall:8.2f}{peak:>10}")


def main() -> None:
    """Run the benchmark and write its figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2000, help="how many articles (default 2000)")
    place, rows = run(parser.parse_args().articles)
    show(place, rows)
    OUT.parent.mkdir(exist_ok=True)
    figures = [row._asdict() if isinstance(row, Row) else row for row in rows]
    OUT.write_text(json.dumps({"articles": place, "rows": figures}, indent=2, ensure_ascii=False), encoding="utf-8")
    print(f"written to {OUT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
