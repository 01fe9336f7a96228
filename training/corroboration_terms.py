"""How often terms of contents stand in the news: the background by which a comparison weighs shared terms.

``python -m training.corroboration_terms`` counts sentences of the shared news (every twentieth article) and writes
``src/qala/data/models/corroboration_terms.json``: the number of sentences and, for each term of at least
``AT_LEAST`` of them, how many hold it. Only counts are kept, no sentence.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import orjson

from qala.corroboration.terms import read_sentences
from qala.model import Document
from training.gold import SHARED, read_rows

TARGET = Path(__file__).resolve().parents[1] / "src" / "qala" / "data" / "models" / "corroboration_terms.json"
EVERY = 20  # articles
AT_LEAST = 4  # sentences


def count_terms(every: int = EVERY) -> tuple[int, Counter[str]]:
    """Return the number of sentences read and how many hold each term."""
    sentences, counts = 0, Counter[str]()
    for path in sorted((SHARED / "data" / "news").glob("*.jsonl.gz")):
        for number, row in enumerate(read_rows(path)):
            if number % every:
                continue
            for terms in read_sentences(Document(row["id"], row["text"])):
                sentences += 1
                counts.update(terms.keys())
    return sentences, counts


def main() -> None:
    """Write the counts."""
    sentences, counts = count_terms()
    kept = {term: count for term, count in sorted(counts.items()) if count >= AT_LEAST}
    row = {"sentences": sentences, "terms": kept}
    TARGET.write_bytes(orjson.dumps(row, option=orjson.OPT_INDENT_2) + b"\n")
    print(f"{sentences} sentences, {len(kept)} terms: {TARGET.name}, {TARGET.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
