"""Persons named in a text: maximal runs of name parts, with the words that stand around them."""

from typing import NamedTuple

from qala.extraction.scan import Scan, is_common, is_rare
from qala.lexicon.clusters import UNKNOWN
from qala.lexicon.names import (
    load_name_joints,
    load_name_leads,
    load_name_links,
    load_name_parts,
    load_weak_given_names,
)
from qala.lexicon.spelling import folded
from qala.text.words import MARK, WORD


class Person(NamedTuple):
    """A place where a person is named: tokens ``first`` to ``last`` of the name alone, and the title before it."""

    first: int
    last: int
    title: int  # first token of the words that introduce the name, equal to ``first`` where there are none


_MASKED = "Atylb"  # how a name may begin that looks like a verb, a word with a preposition, one with an article
_OPENING = "NR"  # how the shape of a name's first word begins, unless the actor base or a list knows the name
_INFLECTED = "hneIa"  # how few names end and many other words do
_WHOLE = frozenset(("p1", "pe"))  # the end of a name that the actor base knows
_SHORTEST = 3  # letters of a last name
_TITLE_NEAR = 4  # tokens before a name within which a title introduces it
_LONGEST_NAME = 7
_LONGEST_TITLE = 12


def is_part(scan: Scan, i: int) -> bool:
    """Whether a word is known as a part of names."""
    return scan.shapes[i] == "NN" or (scan.tags[i][:1] == "p" and scan.shapes[i][0] not in "bBlLwWK")


def _may_be_part(scan: Scan, i: int) -> bool:
    """Whether an unknown word can be part of a name that other words prove."""
    return scan.shapes[i][0] == "R" and not scan.classes[i] and not scan.tags[i] and i not in scan.cue_at


def is_open(scan: Scan, i: int) -> bool:
    """Whether a word can be any noun: of no closed class, no time, no cue."""
    return scan.words.kinds[i] == WORD and not scan.classes[i] and scan.times[i] < 0 and i not in scan.cue_at


def _may_follow(scan: Scan, i: int) -> bool:
    """Whether a word can be the next part of a name: also one that no list of words knows, whatever it begins with."""
    if scan.shapes[i][0] == "R":
        return _may_be_part(scan, i)
    if scan.tags[i - 1] in _WHOLE or scan.tags[i - 1][:1] not in ("", "p") or scan.tags[i]:
        return False
    fits = scan.shapes[i][0] in _MASKED and scan.shapes[i][1] not in _INFLECTED
    return fits and is_open(scan, i) and is_rare(scan, i)


def _is_led(scan: Scan, i: int) -> bool:
    """Whether a word stands behind one such as "son of", so that it can be nothing but a name."""
    led = i > 0 and scan.words.forms[i - 1] in load_name_leads()
    return led and is_open(scan, i) and scan.shapes[i][1] != "h"


def _begins_name(scan: Scan, i: int) -> bool:
    """Whether a name begins at ``i``: with a known part, or with an unknown word behind a title.

    Behind a verb of saying two unknown words are a name, and so is a given name that is an ordinary word too.
    """
    if is_part(scan, i):
        return True
    before = i - 1
    if before >= 0 and scan.words.forms[before] == ",":
        before -= 1
    if before < 0:
        return False
    titled = scan.tags[before][:1] == "t"
    if titled and _may_be_part(scan, i):
        return True
    if not (titled or before in scan.finite) or i + 1 >= len(scan.shapes):
        return False
    if scan.words.forms[i] in load_weak_given_names():
        return is_part(scan, i + 1) or (is_open(scan, i + 1) and is_rare(scan, i + 1))
    return all(_may_be_part(scan, j) and scan.shapes[j][1] in "-iaIe" for j in (i, i + 1))


def _name_end(scan: Scan, first: int) -> int:
    """Return the last token of the name that begins at ``first``."""
    links, forms = load_name_links(), scan.words.forms
    last = first
    i = first + 1
    limit = min(len(forms), first + _LONGEST_NAME, scan.sentence_end[first])
    while i < limit:
        if scan.words.kinds[i] != WORD and forms[i] not in ("_", "-"):
            break
        if forms[i] == "-" and not (
            scan.words.ends[i - 1] == scan.words.starts[i] and scan.words.starts[i + 1 :][:1] == [scan.words.ends[i]]
        ):
            break
        if is_part(scan, i) or _is_led(scan, i) or (last == i - 1 and _may_follow(scan, i)):
            last = i
        elif forms[i] in links or forms[i] in "_-":
            pass
        elif last == i - 1 and _may_be_last(scan, first, i):
            last = i
            break
        else:
            break
        i += 1
    return last


def _may_be_last(scan: Scan, first: int, i: int) -> bool:
    """Whether a word may be the last name though no list knows it.

    Behind "N. son of N."; else before a border, if it is rare, stands before "that", or a title introduces the name.
    """
    if scan.tags[i] or len(scan.words.forms[i]) < _SHORTEST:
        return False
    if first == i - 1 and scan.times[i] >= 0:
        return _is_family_day(scan, first, i)
    if not is_open(scan, i):
        return False
    shape = scan.shapes[i]
    if shape in ("A-", "Ai") and any(scan.words.forms[j] in load_name_leads() for j in range(first, i)):
        return True
    said = i + 1 < len(scan.classes) and scan.classes[i + 1] in ("that", "relative")
    inflected = shape[1] in _INFLECTED and not (said and shape[0] == "A")
    if shape[0] not in "-A" or inflected or scan.tags[i - 1] in _WHOLE or not _ends_name(scan, i + 1):
        return False
    titled = shape[0] == "A" and any(scan.tags[j][:1] == "t" for j in range(max(0, first - _TITLE_NEAR), first))
    return said or titled or scan.fine[i] == UNKNOWN.fine or not is_common(scan.words.forms[i])


def _is_family_day(scan: Scan, first: int, i: int) -> bool:
    """Whether a time of one word behind one given name is the family's ("Al-Khamis" is Thursday): behind a title."""
    alone = scan.times[i] not in scan.times[i + 1 : i + 2] and scan.words.plains[i].startswith(
        folded("particles", "article")
    )
    titled = first > 0 and scan.shapes[first - 1][0] == "A" and scan.words.kinds[first - 1] == WORD
    return alone and scan.shapes[first] == "NN" and titled and scan.words.forms[i + 1 : i + 2] == [","]


def _ends_name(scan: Scan, i: int) -> bool:
    """Whether token ``i`` can only stand after a whole name: a mark, a complementiser, the end."""
    return (
        i >= len(scan.classes)
        or scan.words.kinds[i] == MARK
        or scan.classes[i] in ("that", "relative")
        or scan.times[i] >= 0
    )


def _title_start(scan: Scan, first: int) -> int:
    """Return the first token of the noun phrase that introduces a name, such as an office.

    The nearest nouns and adjectives; behind a known title also what a preposition joins to it ("spokeswoman of …").
    """
    i = first
    if i > 1 and scan.words.forms[i - 1] == "," and _introduces(scan, i - 2):
        i -= 1
    run = i  # the nouns right before the name, and the words that a known title reaches over
    titled = -1
    for before in range(i - 1, max(-1, i - 1 - _LONGEST_TITLE), -1):
        group = scan.classes[before]
        if scan.words.kinds[before] != WORD or scan.times[before] >= 0 or group in _TITLE_ENDS:
            break
        if (
            before in scan.cue_at
            and scan.cue_at[before][0].form.morph in ("past", "present")
            and scan.tags[before][:1] != "t"
        ):
            break
        if run == before + 1 and not group:
            run = before
        if scan.tags[before][:1] == "t":
            titled = before
    start = titled if titled >= 0 else run
    return start if start < i else first


_TITLE_ENDS = frozenset(("that", "relative", "conjunction", "verbal"))


def _introduces(scan: Scan, i: int) -> bool:
    """Whether token ``i`` may end a title that a comma parts from its bearer: "the minister of X, N. N."."""
    if scan.words.kinds[i] != WORD or scan.classes[i] or scan.times[i] >= 0 or i in scan.cue_at:
        return False
    return (
        (scan.tags[i][:1] in "tgsofmn" and bool(scan.tags[i])) or scan.shapes[i][0] in "AL" or scan.shapes[i][1] == "I"
    )


def _has_article(scan: Scan, i: int) -> bool:
    """Whether a word begins with the article and not, as "Alexander", only with its letters."""
    article = folded("particles", "article")[0]
    rest = scan.words.forms[i][len(article) :]
    if not scan.words.plains[i].startswith(article):
        return False
    return scan.tags[i][:1] == "t" or is_common(rest) or rest in load_name_parts()


def _without_articles(scan: Scan, first: int, last: int) -> int:
    """Return where a name begins behind words such as "the Saudi", "Prince"; ``last`` + 1 where nothing is left.

    No full name begins with the article.
    """
    i = first
    while i <= last and _has_article(scan, i):
        i += 1
    return i


def _is_titled(scan: Scan, title: int, name: int) -> bool:
    """Whether one word is a name for the title before it ("Prince N. said"), which is no body's ("N. University")."""
    if scan.tags[title][:1] != "t":
        return False
    before = title - 1
    return before < 0 or before in scan.finite or bool(scan.classes[before]) or scan.words.kinds[before] == MARK


def find_persons(scan: Scan) -> list[Person]:
    """Return the persons named with two parts or more, or by a name of the actor base, in the order of the text."""
    persons: list[Person] = []
    links, last = load_name_links(), -1
    weak = load_weak_given_names()
    full = links - load_name_joints()  # what a name of two parts and more may begin with
    for i, (shape, tag) in enumerate(zip(scan.shapes, scan.tags, strict=True)):
        opens = shape[0] in _OPENING or tag[:1] == "p" or scan.words.forms[i] in weak
        if not opens or i <= last or not _begins_name(scan, i) or scan.debris[i]:
            continue
        last = _name_end(scan, i)
        first = i
        if last > i and scan.tags[i : last + 1] != ["pb", *["pi"] * (last - i - 1), "pe"]:
            first = _without_articles(scan, i, last)
            if first > i and (first > last or not is_part(scan, first)):
                continue
            if first == last and not _is_titled(scan, i, first):
                continue
        while (
            first > 0 and scan.words.forms[first - 1] in (full if last > i else links) and not scan.classes[first - 1]
        ):
            first -= 1
        if last > first or scan.tags[first] == "p1" or first > i:
            persons.append(Person(first, last, _title_start(scan, first)))
    return persons
