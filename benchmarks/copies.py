"""How well and how fast Qala finds copied passages: ``python -m benchmarks.copies gold|planted|growth|sample``.

* ``gold``: precision, recall and F1 over the pairs of the annotated event sets (``../shared/gold/events``).
* ``planted``: eight ways of taking a text over, done to real articles, among other real articles; recall by class.
* ``growth``: CPU seconds for 5,000 to 40,000 articles drawn at random from the same months, so that they lie denser
  as they grow; prints a table, writes ``out/copies-growth.svg`` and ``out/copies-growth.json``.
* ``sample``: pairs drawn from all that is found in the shared news, to be read by a person: half of them from the
  weakest tenth, three tenths from the next four tenths, the rest from the upper half; ``--seed`` draws others.
  ``out/copies-sample.txt`` (real articles: not for the repository).

One core; random choices are seeded.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import math
import random
import re
import resource
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qala.corroboration.copies import CopyIndex, find_copies
from qala.model import Document, Origin
from qala.text.quotes import find_quotations
from qala.text.words import MARK, find_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qala.corroboration.model import Copy

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
OUT = ROOT / "out"
SIZES = (5_000, 10_000, 20_000, 40_000)
STRATA = (("weakest", 0.0, 0.1, 0.5), ("middle", 0.1, 0.5, 0.3), ("strong", 0.5, 1.0, 0.2))  # from, to, share drawn
_SENTENCE = re.compile(r"(?<=[.!?\u061f\u00bb\"])\s+|\n+")  # a point inside a figure ends nothing
_SHOWN, _CHARACTERS = 3, 300  # of a pair in the sample
_LONG = 13  # words of a quotation that is worth reusing


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a JSON Lines file, packed or not."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.splitlines() if line]


def as_document(row: dict[str, Any]) -> Document:
    published = datetime.fromisoformat(row["published"]) if row.get("published") else None
    origin = Origin(author=row.get("author"))
    return Document(row["id"], row["text"], published, row["outlet"], row.get("url"), row.get("title"), origin)


def load_news() -> list[Document]:
    """Return all articles of the shared news, each id once."""
    found: dict[str, Document] = {}
    for path in sorted((SHARED / "data" / "news").glob("*.jsonl.gz")):
        for row in read_rows(path):
            found.setdefault(row["id"], as_document(row))
    return list(found.values())


# gold


def measure_gold() -> None:
    for path in sorted((SHARED / "gold" / "events").glob("*.articles.jsonl")):
        wanted = json.loads(path.with_name(path.name.replace(".articles.jsonl", ".corroboration.json")).read_text())
        gold = {frozenset((copy["a"], copy["b"])): copy["kind"] for copy in wanted["copies"]}
        found = {frozenset((copy.a, copy.b)): copy.kind for copy in find_copies(map(as_document, read_rows(path)))}
        both = gold.keys() & found.keys()
        f1 = 2 * len(both) / (len(gold) + len(found)) if gold or found else 1.0
        kinds = sum(gold[pair] == found[pair] for pair in both)
        print(f"{wanted['event']:10} gold {len(gold)}  found {len(found)}  both {len(both)}  F1 {f1:.3f}", end="  ")
        print(f"of the same kind {kinds} of {len(both)}")


# planted copies


def sentences(text: str) -> list[str]:
    """Return the sentences of a text with at least five words, without its first line (the headline)."""
    body = text.split("\n", 1)[-1]
    return [found.strip() for found in _SENTENCE.split(body) if len(found.split()) >= 5]


def quotations(text: str) -> list[str]:
    """Return the closed quotations of a text, each once, that have :data:`_LONG` words or more."""
    words = find_words(text)
    found = []
    for quotation in find_quotations(words):
        inside = words.within(quotation.span)
        if quotation.closed and sum(words.kinds[token] != MARK for token in inside) >= _LONG:
            found.append(quotation.span.of(text))
    return list(dict.fromkeys(found))


def edit(text: str, share: float, rng: random.Random, vocabulary: list[str]) -> str:
    """Return a text in which ``share`` of the words are replaced, left out, or followed by another, at random."""
    edited: list[str] = []
    for word in text.split(" "):
        if rng.random() >= share:
            edited.append(word)
            continue
        way = rng.choice(("replace", "leave out", "add"))
        if way != "leave out":
            edited += [rng.choice(vocabulary)] if way == "replace" else [word, rng.choice(vocabulary)]
    return " ".join(edited)


def middle(taken: list[str], other: list[str]) -> str:
    """Return sentences of another article with the taken ones amid them."""
    half = len(other) // 2
    return "\n".join((*other[:half], *taken, *other[half:]))


def plants() -> dict[str, Callable[[Document, list[str], random.Random, list[str]], str]]:
    """Return the eight ways; each takes the source, another article's sentences, a generator and a vocabulary."""
    return {
        "exact": lambda source, other, rng, vocabulary: source.text,
        "new lead": lambda source, other, rng, vocabulary: "\n".join((*other[:2], *sentences(source.text)[2:])),
        "cut 50 %": lambda source, other, rng, vocabulary: "\n".join(
            sentences(source.text)[: math.ceil(len(sentences(source.text)) / 2)]
        ),
        "cut to 3 sentences": lambda source, other, rng, vocabulary: "\n".join(sentences(source.text)[:3]),
        "5 % edited": lambda source, other, rng, vocabulary: edit(source.text, 0.05, rng, vocabulary),
        "15 % edited": lambda source, other, rng, vocabulary: edit(source.text, 0.15, rng, vocabulary),
        "2 quotes reused": lambda source, other, rng, vocabulary: middle(quotations(source.text)[:2], other),
        "half wire": lambda source, other, rng, vocabulary: middle(
            sentences(source.text)[: math.ceil(len(sentences(source.text)) / 2)], other
        ),
    }


def plant(
    news: list[Document], each: int, rng: random.Random
) -> tuple[list[Document], dict[str, list[tuple[str, str]]]]:
    """Return the planted articles, and for each class the pairs of ids (source, planted)."""
    usable = [document for document in news if len(sentences(document.text)) >= 7]
    quoting = [document for document in usable if len(quotations(document.text)) >= 2]
    vocabulary = sorted({word for document in rng.sample(usable, 200) for word in document.text.split()})
    planted: list[Document] = []
    pairs: dict[str, list[tuple[str, str]]] = {}
    for name, make in plants().items():
        pairs[name] = []
        for source in rng.sample(quoting if "quotes" in name else usable, each):
            other = sentences(rng.choice(usable).text)
            text = make(source, other, rng, vocabulary)
            at = (source.published or datetime(2018, 1, 1, tzinfo=UTC)) + timedelta(hours=rng.randrange(1, 72))
            copy = Document(f"planted:{name}:{len(planted)}", text, at, rng.choice(("first", "second", "third")))
            planted.append(copy)
            pairs[name].append((source.id, copy.id))
    return planted, pairs


def measure_planted(each: int, among: int) -> None:
    rng = random.Random(5)
    news = rng.sample(load_news(), among)
    planted, pairs = plant(news, each, rng)
    found = {frozenset((copy.a, copy.b)) for copy in find_copies([*news, *planted])}
    print(f"{each} planted of each class among {among} articles")
    for name, wanted in pairs.items():
        missed = [copy for source, copy in wanted if frozenset((source, copy)) not in found]
        print(f"{name:20} recall {1 - len(missed) / len(wanted):.3f}  {' '.join(missed[:5])}")


# growth


def measure_growth(sizes: Iterable[int]) -> list[dict[str, float]]:
    news = load_news()
    random.Random(1).shuffle(news)
    rows = []
    for size in sizes:
        gc.collect()
        start = time.process_time()
        index = CopyIndex()
        index.extend(news[:size])
        read = time.process_time() - start
        copies = index.copies()
        cpu = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rows.append({"articles": size, "cpu": cpu, "read": read, "copies": len(copies), "peak_mib": peak})
        print(f"{size:6} articles  {cpu:7.1f} s ({read:.1f} reading)  {size / cpu:6.0f} articles/s", end="  ")
        print(f"{len(copies):6} copies  {peak:.0f} MiB at most so far", flush=True)
        if size == max(sizes):
            write_sample(copies, news)
        del index, copies
    OUT.mkdir(exist_ok=True)
    (OUT / "copies-growth.json").write_text(json.dumps(rows, indent=1))
    (OUT / "copies-growth.svg").write_text(draw(rows), encoding="utf-8")
    return rows


def draw(rows: list[dict[str, float]]) -> str:
    """Return CPU seconds by articles as an SVG, with n log n through the first point for comparison."""
    most = rows[-1]["articles"]

    def guide(size: float) -> float:
        first = rows[0]
        return first["cpu"] * size * math.log(size) / (first["articles"] * math.log(first["articles"]))

    top = max(rows[-1]["cpu"], guide(most))

    def line(points: list[tuple[float, float]], style: str) -> str:
        path = " ".join(f"{60 + 500 * x / most:.1f},{320 - 280 * y / top:.1f}" for x, y in points)
        return f'<polyline points="{path}" fill="none" {style}/>'

    steps = [rows[0]["articles"] + (most - rows[0]["articles"]) * step / 20 for step in range(21)]
    labels = [
        f'<text x="{60 + 500 * row["articles"] / most:.0f}" y="340" text-anchor="middle">{row["articles"]:,.0f}</text>'
        for row in rows
    ]
    return "\n".join(
        (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 360" font-family="sans-serif" font-size="12">',
            '<rect width="600" height="360" fill="white"/>',
            line([(0.0, 0.0), (most, 0.0)], 'stroke="#888"'),
            line([(step, guide(step)) for step in steps], 'stroke="#888" stroke-dasharray="5 4"'),
            line([(row["articles"], row["cpu"]) for row in rows], 'stroke="#0a5" stroke-width="2.5"'),
            *labels,
            f'<text x="60" y="24">CPU seconds to find all copies ({rows[-1]["cpu"]:.0f} s at the right);'
            " dashed: n log n</text>",
            "</svg>\n",
        )
    )


# a sample to read


def strength(copy: Copy) -> float:
    """Return how strong the best passage of a copy is: equal words times similarity."""
    return max(passage.words * passage.similarity for passage in copy.passages)


def draw_strata(copies: list[Copy], size: int, seed: int) -> list[tuple[str, Copy]]:
    """Return copies drawn at random from three strata by strength, each with the name of its stratum."""
    ranked = sorted(copies, key=lambda copy: (strength(copy), copy.a, copy.b))
    rng = random.Random(seed)
    drawn: list[tuple[str, Copy]] = []
    for name, first, last, share in STRATA:
        stratum = ranked[int(len(ranked) * first) : int(len(ranked) * last)]
        drawn += [(name, copy) for copy in rng.sample(stratum, min(round(size * share), len(stratum)))]
    return drawn


def write_sample(copies: list[Copy], news: Iterable[Document], size: int = 100, seed: int = 12) -> None:
    """Write pairs of the three strata with their passages, for a person to judge."""
    texts = {document.id: document.text for document in news}
    lines = []
    for number, (name, copy) in enumerate(draw_strata(copies, size, seed), 1):
        lines.append(f"=== {number} {name} {copy.a} | {copy.b} | {copy.kind} {copy.agency} {copy.origin}")
        for passage in sorted(copy.passages, key=lambda passage: -passage.words)[:_SHOWN]:
            lines.append(f"--- {passage.words} words, {passage.similarity}")
            lines.append(passage.a.of(texts[copy.a]).replace("\n", " / ")[:_CHARACTERS])
            lines.append(passage.b.of(texts[copy.b]).replace("\n", " / ")[:_CHARACTERS])
    OUT.mkdir(exist_ok=True)
    (OUT / "copies-sample.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.copies", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("gold", "planted", "growth", "sample"))
    parser.add_argument("--each", type=int, default=100, help="planted copies of each class")
    parser.add_argument("--among", type=int, default=4_000, help="articles that they are planted among")
    parser.add_argument("--pairs", type=int, default=100, help="pairs of the sample")
    parser.add_argument("--seed", type=int, default=12, help="of the sample")
    options = parser.parse_args()
    if not (SHARED / "data" / "news").exists():
        print(f"{SHARED / 'data' / 'news'} is not here: nothing to measure")
    elif options.what == "gold":
        measure_gold()
    elif options.what == "planted":
        measure_planted(options.each, options.among)
    elif options.what == "growth":
        measure_growth(SIZES)
    else:
        news = load_news()
        write_sample(find_copies(news), news, options.pairs, options.seed)


if __name__ == "__main__":
    main()
