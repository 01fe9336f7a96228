"""Word vectors for the contents of statements: what a word is near to in the news, whatever the event.

``python -m training.corroboration_vectors`` counts the shared news and writes
``src/qala/data/models/corroboration_vectors.json``. Stems are placed by what stands within five words of them, a
word further away counting less: positive pointwise mutual information with the commonest stems, smoothed (Levy,
Goldberg and Dagan 2015), brought down by a randomised singular value decomposition (Halko, Martinsson and Tropp
2011), the mean of all taken off (Mu and Viswanath 2018). Only vectors are kept, no sentence. The same machine gives the
same file; another one's linear algebra may round otherwise, and the models of pairs are trained anew with a new file.
"""

from __future__ import annotations

import base64
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import orjson
from scipy.sparse import csr_matrix

from qala.corroboration.word_vectors import MODEL
from qala.lexicon.stems import stem
from qala.text.words import WORD, find_words
from training.gold import SHARED, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

TARGET = Path(__file__).resolve().parents[1] / "src" / "qala" / "data" / "models" / f"{MODEL}.json"
EVERY = 2  # articles
AT_LEAST = 15  # times that a stem is met
CONTEXTS = 8000  # the commonest stems, beside which all are counted
REACH = 5  # words to either side
DIMENSIONS, SPARE = 64, 32
ROUNDS = 4  # of the decomposition
_SMOOTHING = 0.75


def read_stems(every: int = EVERY) -> Iterator[list[str]]:
    """Yield the stems of every n-th article of the shared news in order; an empty one for what is no word."""
    for path in sorted((SHARED / "data" / "news").glob("*.jsonl.gz")):
        for number, row in enumerate(read_rows(path)):
            if number % every == 0:
                words = find_words(row["text"])
                yield [
                    stem(written) if kind == WORD else ""
                    for written, kind in zip(words.plains, words.kinds, strict=True)
                ]


def count_neighbours(texts: list[list[str]], vocabulary: list[str]) -> csr_matrix:
    """Return how often each stem stands beside each of the commonest ``CONTEXTS``, divided by the distance."""
    places = {word: place for place, word in enumerate(vocabulary)}
    contexts = min(CONTEXTS, len(vocabulary))
    gap = [-1] * REACH
    ids = np.array([id for text in texts for id in (*(places.get(word, -1) for word in text), *gap)], dtype=np.int32)
    total = csr_matrix((len(vocabulary), contexts), dtype=np.float32)
    for distance in range(1, REACH + 1):
        for left, right in ((ids[:-distance], ids[distance:]), (ids[distance:], ids[:-distance])):
            kept = (left >= 0) & (right >= 0) & (right < contexts)
            share = np.full(int(kept.sum()), 1.0 / distance, dtype=np.float32)
            total = total + csr_matrix((share, (left[kept], right[kept])), shape=total.shape)
    return total


def weigh_neighbours(counts: csr_matrix) -> csr_matrix:
    """Return the positive pointwise mutual information of counts."""
    cells = counts.tocoo()
    rows = np.asarray(counts.sum(1)).ravel()
    columns = np.asarray(counts.sum(0)).ravel() ** _SMOOTHING
    values = np.log(cells.data * columns.sum() / (rows[cells.row] * columns[cells.col]))
    kept = values > 0
    return csr_matrix((values[kept].astype(np.float32), (cells.row[kept], cells.col[kept])), shape=counts.shape)


def reduce_dimensions(weights: csr_matrix, dimensions: int = DIMENSIONS) -> NDArray[np.float32]:
    """Return a vector of length 1 for each row, the mean of all taken off."""
    random = np.random.default_rng(1)
    basis = weights @ random.standard_normal((weights.shape[1], dimensions + SPARE)).astype(np.float32)
    for _ in range(ROUNDS):
        basis = np.linalg.qr(basis)[0]
        basis = weights @ np.linalg.qr(weights.T @ basis)[0]
    basis = np.linalg.qr(basis)[0]
    left, sizes, _ = np.linalg.svd((weights.T @ basis).T, full_matrices=False)
    found = _unit((basis @ left)[:, :dimensions] * np.sqrt(sizes[:dimensions]))
    return _unit(found - found.mean(0))


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    found: NDArray[np.float32] = (rows / np.maximum(lengths, 1e-9)).astype(np.float32)
    return found


def main() -> None:
    """Write the vectors, a byte for each number."""
    texts = list(read_stems())
    counts = Counter(word for text in texts for word in text if len(word) > 1)
    vocabulary = [
        word for word, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])) if count >= AT_LEAST
    ]
    found = reduce_dimensions(weigh_neighbours(count_neighbours(texts, vocabulary)))
    scaled = np.clip(np.rint(found * 127 / np.abs(found).max()), -127, 127).astype(np.int8)
    row = {
        "model": MODEL,
        "dimensions": DIMENSIONS,
        "words": " ".join(vocabulary),
        "values": base64.b64encode(scaled.tobytes()).decode("ascii"),
    }
    TARGET.write_bytes(orjson.dumps(row, option=orjson.OPT_INDENT_2) + b"\n")
    print(f"{len(vocabulary)} stems: {TARGET.name}, {TARGET.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
