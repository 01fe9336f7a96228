"""``python -m training.bonds``: count the word bonds of ``word_bonds.bin`` over unannotated news.

Needs ``../shared`` and the vocabulary of ``word_clusters.tsv``; no text is kept, only how often words meet. The
same articles give the same file.
"""

from pathlib import Path

import numpy as np

from qala.lexicon.bonds import STEPS, pack, vocabulary
from qala.text.words import WORD, find_words
from training.clusters import news_texts

TARGET = Path(__file__).resolve().parents[1] / "src" / "qala" / "data" / "models" / "word_bonds.bin"
_AT_LEAST = 5  # times that a pair is met
_LEAST, _MOST = -4, 12  # bits


def main() -> None:
    """Write ``word_bonds.bin``."""
    words = vocabulary()
    number = {word: i for i, word in enumerate(words)}
    flat: list[int] = []
    for text in news_texts():
        found = find_words(text)
        flat += [
            number.get(form, -1) if kind == WORD else -1 for form, kind in zip(found.forms, found.kinds, strict=True)
        ]
        flat.append(-1)
    running = np.array(flat, dtype=np.int64)
    counts = np.bincount(running[running >= 0], minlength=len(words))
    first, second = running[:-1], running[1:]
    beside = (first >= 0) & (second >= 0)
    keys, met = np.unique(first[beside] << 16 | second[beside], return_counts=True)
    often = met >= _AT_LEAST
    keys, met = keys[often], met[often]
    total = len(running)
    share = np.log2(np.maximum(counts, 1) / total)
    bits = np.log2(met / total) - share[keys >> 16] - share[keys & 0xFFFF]
    halves = np.clip(np.round(bits / 2) * 2, _LEAST, _MOST).astype(int)
    TARGET.write_bytes(pack(words, np.round(share * STEPS).astype(int).tolist(), keys.tolist(), halves.tolist()))
    print(f"{len(words):,} words, {len(keys):,} pairs, {total:,} running words ({np.log2(total):.1f} bits)")


if __name__ == "__main__":
    main()
