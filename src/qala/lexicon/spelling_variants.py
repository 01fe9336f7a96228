"""Compound parts of names, written together or apart: Abd Allah and Abdallah, Abu Bakr, Nasr Allah."""

from functools import cache

from qala.lexicon.spelling import folded


@cache
def _parts() -> tuple[tuple[str, ...], tuple[str, ...], str]:
    return folded("compounds", "first"), folded("compounds", "second"), folded("particles", "article")[0]


def join_compounds(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return folded words with the parts of compound names written together."""
    first, second, _ = _parts()
    joined: list[str] = []
    opener = False
    for word in words:
        if joined and (opener or word in second):
            joined[-1] += word
            opener = False
        else:
            joined.append(word)
            opener = word in first
    return tuple(joined)


def spellings(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return a name as written, with its compounds together, and with "Abd" parted from what follows it."""
    first, _, article = _parts()
    opener = first[0]
    parted: list[str] = []
    for word in words:
        if word.startswith(opener + article) and len(word) > len(opener + article) + 1:
            parted += [opener, word[len(opener) :]]
        else:
            parted.append(word)
    return tuple(dict.fromkeys((words, join_compounds(words), tuple(parted))))
