"""``python -m training.clusters``: count the word clusters of ``word_clusters.tsv`` over unannotated news.

Words are placed by what stands within two words of them: positive pointwise mutual information with the
commonest words, by position and smoothed (Levy, Goldberg and Dagan 2015), brought down to 100 dimensions by
a randomised singular value decomposition (Halko, Martinsson and Tropp 2011), then parted by k-means on the
sphere; the coarse clusters part the centres of the fine ones. Needs ``../shared``; no text of it is
kept, only which words are alike. The same machine gives the same file; another one's linear algebra may round
otherwise, and the rankers must be trained anew with any new file.
"""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from qala.text.words import WORD, find_words

ROOT = Path(__file__).resolve().parents[1]
NEWS = ROOT.parent / "shared" / "data" / "news"
TARGET = ROOT / "src" / "qala" / "data" / "ar" / "word_clusters.tsv"
HEADER = """\
# Words of Arabic news, folded, by what they stand beside; made by `python -m training.clusters`, not edited by hand.
# Columns: word, coarse cluster, fine cluster. The words of a cluster stand together, the commonest first.
"""
_AT_LEAST = 12  # times that a word is met
_CONTEXTS = 6000  # the commonest words, beside which all are counted
_POSITIONS = (-2, -1, 1, 2)
_DIMENSIONS, _SPARE = 100, 20
_FINE, _COARSE = 1600, 250
_ROUNDS = 40

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


def news_texts() -> Iterator[str]:
    """Yield each text of the news once."""
    seen: set[str] = set()
    for path in sorted(NEWS.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                text = f"{row['title']}\n\n{row['text']}"
                if text not in seen:
                    seen.add(text)
                    yield text


def count_words() -> tuple[list[str], Numbers, Numbers, set[str]]:
    """Return the vocabulary, how often each is met, all texts as numbers (-1: rare, a border), and what is a word."""
    counts: Counter[str] = Counter()
    texts: list[list[str]] = []
    words: set[str] = set()
    for text in news_texts():
        found = find_words(text)
        words.update(form for form, kind in zip(found.forms, found.kinds, strict=True) if kind == WORD)
        counts.update(found.forms)
        texts.append(found.forms)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    vocabulary = [form for form, count in ordered if count >= _AT_LEAST]
    number = {form: i for i, form in enumerate(vocabulary)}
    flat: list[int] = []
    for forms in texts:
        flat += [number.get(form, -1) for form in forms]
        flat += [-1] * max(_POSITIONS)
    return vocabulary, np.array([counts[form] for form in vocabulary]), np.array(flat, dtype=np.int64), words


def place_words(size: int, flat: Numbers) -> Floats:
    """Return one unit vector a word, ``size`` rows of 100 dimensions."""
    neighbours = []
    for offset in _POSITIONS:
        beside = np.roll(flat, -offset)
        known = (flat >= 0) & (beside >= 0) & (beside < _CONTEXTS)
        cells, counts = np.unique(flat[known] * _CONTEXTS + beside[known], return_counts=True)
        neighbours.append(
            csr_matrix((counts.astype(float), (cells // _CONTEXTS, cells % _CONTEXTS)), shape=(size, _CONTEXTS))
        )
    table = hstack(neighbours).tocoo()
    total = table.data.sum()
    rows = np.asarray(table.sum(axis=1)).ravel() + 1
    columns = (np.asarray(table.sum(axis=0)).ravel() + 1) ** 0.75
    columns *= total / columns.sum()
    information = np.maximum(np.log(table.data * total / (rows[table.row] * columns[table.col])), 0)
    positive = csr_matrix((information, (table.row, table.col)), shape=table.shape)
    positive.eliminate_zeros()
    start = np.random.default_rng(0).standard_normal((positive.shape[1], _DIMENSIONS + _SPARE))
    basis = positive @ (positive.T @ (positive @ start))
    for _ in range(2):
        basis = positive @ (positive.T @ np.linalg.qr(basis)[0])
    basis = np.linalg.qr(basis)[0]
    left, strength, _ = np.linalg.svd((positive.T @ basis).T, full_matrices=False)
    placed = (basis @ left)[:, :_DIMENSIONS] * np.sqrt(strength[:_DIMENSIONS])
    placed /= np.linalg.norm(placed, axis=1, keepdims=True) + 1e-9
    unit: Floats = placed.astype(np.float32)
    return unit


def part(placed: Floats, clusters: int, weight: Floats) -> Numbers:
    """Return the cluster of each row by k-means over cosines, rows weighed by ``weight``."""
    generator = np.random.default_rng(0)
    share = (weight / weight.sum()).astype(np.float64)
    centres = placed[generator.choice(len(placed), clusters, replace=False, p=share / share.sum())].copy()
    nearest = np.zeros(len(placed), dtype=np.int64)
    for _ in range(_ROUNDS):
        blocks = range(0, len(placed), 8192)
        nearest = np.concatenate([(placed[at : at + 8192] @ centres.T).argmax(axis=1) for at in blocks])
        centres, length = _centres(placed, nearest, clusters, weight)
        empty = length < 1e-6
        centres[empty] = placed[generator.choice(len(placed), int(empty.sum()))]
    return nearest


def _centres(placed: Floats, nearest: Numbers, clusters: int, weight: Floats) -> tuple[Floats, Floats]:
    """Return the unit centre of each cluster and how much weighs in it."""
    sums = np.zeros((clusters, placed.shape[1]), np.float32)
    np.add.at(sums, nearest, placed * weight[:, None])
    length = np.linalg.norm(sums, axis=1)
    centres: Floats = sums / np.maximum(length, 1e-9)[:, None]
    return centres, length


def main() -> None:
    """Write ``word_clusters.tsv``."""
    vocabulary, counts, flat, words = count_words()
    placed = place_words(len(vocabulary), flat)
    weight = np.sqrt(counts).astype(np.float32)
    fine = part(placed, _FINE, weight)
    centres, length = _centres(placed, fine, _FINE, weight)
    coarse = part(centres, _COARSE, length + np.float32(1e-6))[fine]
    rows = [(int(coarse[i]), int(fine[i]), i) for i, form in enumerate(vocabulary) if form in words]
    lines = [f"{vocabulary[i]}\t{c}\t{f}\n" for c, f, i in sorted(rows)]
    TARGET.write_text(HEADER + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
