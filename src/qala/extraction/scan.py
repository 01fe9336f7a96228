"""What every later step asks of a token, worked out once for a document: clause, quotation, class, cue."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from qala.extraction.tallies import tally
from qala.lexicon.bonds import bonds_of, load_bonds
from qala.lexicon.clusters import UNKNOWN, cluster_of
from qala.lexicon.cues import CueForm, CueLexicon, CueMatch
from qala.lexicon.names import load_exact_names, load_name_parts
from qala.lexicon.words import word_class
from qala.model import Debris, Quotation
from qala.text.clitics import split_clitics
from qala.text.data import load_clitics
from qala.text.remembered import Remembered
from qala.text.words import MARK, NUMBER, WORD, Words


class Cue(NamedTuple):
    """A place where the lexicon sees a cue: tokens ``first`` to ``last``, and one of its readings."""

    first: int
    last: int
    form: CueForm
    prefix: int  # letters of the first word before the cue (a joined "and")
    proclitics: str


@dataclass(frozen=True, slots=True)
class Scan:
    """Token facts as parallel lists; sentence and paragraph borders as token indices, end excluded."""

    words: Words
    classes: list[str]
    shapes: list[str]
    tags: list[str]  # of actors, titles and carriers: see extraction/mentions.py
    sentence_start: list[int]
    sentence_end: list[int]
    paragraph_end: list[int]
    quote_open: list[int]  # index of the opening mark of the outermost quotation around the token, or -1
    quote_close: list[int]  # index of its closing mark (or of the last token, where unclosed), or -1
    times: list[int]  # number of the time expression that covers the token, or -1
    cues: tuple[Cue, ...]
    cue_at: dict[int, tuple[Cue, ...]]
    title_end: int  # index after the last token of the title line, 0 where there is none
    debris: list[bool]
    groups: list[str]  # "T" for a time, else closed class, mark, tag or shape; four "^" at the end: see _groups
    finite: frozenset[int]  # tokens that the lexicon can read as a finite verb of saying
    coarse: list[str]  # cluster of each word (lexicon/clusters.py), its mark or "#" for a number; four "^" at the end
    fine: list[str]  # the same, more finely parted
    bonds: list[int | None]  # of each word to the next (lexicon/bonds.py); None beside a mark, a number, a rare word
    tally: list[int]  # running counts of what stands before each token: see extraction/tallies.py


@lru_cache(maxsize=1 << 16)
def shape(form: str) -> str:
    """Return a coarse morphological shape of a folded word: article, proclitic, suffix pronoun …

    Two letters: how it begins (A article, B/L/K/W joined letter plus article, y/t present-like, b joined
    preposition, - other) and how it ends (h pronoun, e feminine, i relative adjective, n plural, a
    accusative, - other). "NN" is a part of a name, "bN", "lN", "wN" the same with a joined letter; R in front
    is a word that news seldom uses, often a foreign name.
    """
    if form in load_name_parts():
        return "NN"
    if form[0].isdigit():
        return "00"
    if form[0] < "\u0600":
        return "ZZ"
    head = "-"
    if form.startswith("\u0627\u0644") and len(form) > 3:
        head = "A"
    elif form.startswith("\u0644\u0644") and len(form) > 3:
        head = "L"
    elif form[1:3] == "\u0627\u0644" and form[0] in "\u0628\u0643\u0648\u0641" and len(form) > 4:
        head = {"\u0628": "B", "\u0643": "K"}.get(form[0], "W")
    elif form[0] == "\u0628" and len(form) > 3:
        head = "b"
    elif form[0] == "\u0644" and len(form) > 3:
        head = "l"
    elif form[0] == "\u0648" and len(form) > 3:
        head = "w"
    elif form[0] == "\u064a" and len(form) > 3:
        head = "y"
    elif form[0] == "\u062a" and len(form) > 3:
        head = "t"
    if head in "blw" and form[1:] in load_name_parts():
        return head + "N"
    tail = "-"
    if form.endswith(("\u0647\u0627", "\u0647\u0645", "\u0647\u0645\u0627")) and len(form) > 3:
        tail = "h"
    elif form.endswith("\u064a\u0647"):
        tail = "I"
    elif form.endswith("\u0647"):
        tail = "e"
    elif form.endswith("\u064a"):
        tail = "i"
    elif form.endswith(("\u064a\u0646", "\u0648\u0646", "\u0627\u062a", "\u0627\u0646")):
        tail = "n"
    elif form.endswith("\u0627"):
        tail = "a"
    elif form.endswith("\u062a"):
        tail = "t"
    if head == "-" and not is_common(form):
        head = "R"
    return head + tail


def is_common(form: str) -> bool:
    """Whether a folded word is one of the news's common words; what is not may be a foreign name."""
    rules = load_clitics()
    if form in rules.words or form in rules.whole:
        return True
    parts = split_clitics(form)
    begin = sum(parts.proclitics)
    return bool(parts.proclitics or parts.enclitics) and form[begin : begin + parts.stem] in rules.words


def is_rare(scan: Scan, i: int) -> bool:
    """Whether neither the lists of common words nor the clusters know the word of a token."""
    return scan.fine[i] == UNKNOWN.fine and not is_common(scan.words.forms[i])


_STOPS = frozenset(".?!")
_LINE = "\n"


def _borders(words: Words, inside: list[int]) -> tuple[list[int], list[int], list[int]]:
    """Return sentence starts, sentence ends and paragraph ends; a stop inside a quotation ends nothing."""
    n = len(words)
    starts, ends, paragraph = [0] * n, [0] * n, [0] * n
    first = line = 0
    for i, form in enumerate(words.forms):
        if words.kinds[i] != MARK:
            continue
        if form == _LINE or (form in _STOPS and inside[i] < 0 and not _abbreviation(words, i)):
            starts[first : i + 1], ends[first : i + 1] = [first] * (i + 1 - first), [i] * (i + 1 - first)
            first = i + 1
        if form == _LINE:
            paragraph[line : i + 1] = [i] * (i + 1 - line)
            line = i + 1
    starts[first:n], ends[first:n] = [first] * (n - first), [n] * (n - first)
    paragraph[line:n] = [n] * (n - line)
    return starts, ends, paragraph


def _abbreviation(words: Words, i: int) -> bool:
    """Whether the stop at ``i`` is part of an abbreviation or a name such as a site's."""
    if words.forms[i] != "." or i == 0 or words.kinds[i - 1] == MARK:
        return False
    joined = i + 1 < len(words) and words.starts[i + 1] == words.ends[i] and words.kinds[i + 1] != MARK
    return len(words.forms[i - 1]) == 1 or (
        joined and words.ends[i - 1] == words.starts[i] and len(words.forms[i + 1]) < 4
    )


def _exact_names(words: Words) -> set[int]:
    """Return the tokens that are names and only folded alike with a function word.

    A text that writes the function word in its own spelling elsewhere does not write it so by mistake.
    """
    pairs = load_exact_names()
    suspects = {i: pairs[p] for i, p in enumerate(words.plains) if p in pairs}
    if not suspects:
        return set()
    written = set(words.plains)
    return {i for i, other in suspects.items() if other in written}


def _quotes(words: Words, quotations: tuple[Quotation, ...]) -> tuple[list[int], list[int]]:
    n = len(words)
    opens, closes = [-1] * n, [-1] * n
    for quotation in quotations:
        if quotation.depth:
            continue
        first, last = words.first_in(quotation.span.start), words.end_before(quotation.span.end) - 1
        for j in range(first, last + 1):
            opens[j], closes[j] = first, last
    return opens, closes


_Facts = tuple[str, str, str, str, int | None, bool, tuple[CueMatch, ...]]
"""What a token is wherever it stands: closed class, shape, coarse and fine cluster, number in the table of bonds,
whether a phrase of the lexicon may begin with it, and the cues that it is.
"""

_COLUMNS, _MOST_FACTS = 7, 1 << 17


@cache
def _known_facts(lexicon: CueLexicon) -> dict[int, Remembered[str, _Facts]]:
    """Return the facts of the tokens met so far by kind, tables of their own for each lexicon."""

    def of_word(form: str) -> _Facts:
        starts = lexicon.phrases.next
        opens = form in starts or (form[0] in _JOINED and form[1:] in starts)
        number = load_bonds().words.get(form)
        return (word_class(form), shape(form), *cluster_of(form), number, opens, lexicon.match_word(form))

    def of_number(form: str) -> _Facts:
        return ("number", shape(form), "#", "#", None, False, ())

    def of_mark(form: str) -> _Facts:
        return (form, form, form, form, None, False, ())

    makers = {WORD: of_word, NUMBER: of_number, MARK: of_mark}
    return {kind: Remembered(make, _MOST_FACTS) for kind, make in makers.items()}


def _facts(words: Words, lexicon: CueLexicon) -> list[_Facts]:
    """Return the facts of each token."""
    known = _known_facts(lexicon)
    return [known[kind][form] for form, kind in zip(words.forms, words.kinds, strict=True)]


_JOINED = "\u0648\u0641"  # the conjunctions that may be joined to a phrase's first word


def find_cues(words: Words, lexicon: CueLexicon) -> tuple[Cue, ...]:
    """Return every cue that the lexicon sees, phrases first; several readings of a word stay apart."""
    facts = _facts(words, lexicon)
    return _find_cues(words, lexicon, [fact[5] for fact in facts], [fact[6] for fact in facts])


def _find_cues(
    words: Words, lexicon: CueLexicon, opens: Sequence[bool], cues: Sequence[tuple[CueMatch, ...]]
) -> tuple[Cue, ...]:
    found: list[Cue] = []
    for i, (opening, matches) in enumerate(zip(opens, cues, strict=True)):
        if not opening and not matches:
            continue
        phrase = lexicon.match_phrase(words.forms, i) if opening else None
        if phrase is not None:
            match, last, _ = phrase
            whole = _whole(words, lexicon, Cue(i, last, match.form, match.prefix, match.proclitics))
            found.extend(whole)
            if last > i and whole and match.form.entry.kind in ("verb", "as_said"):
                continue  # "unveiled" is not also "revealed", "as X relayed" not also "according to"
        for match in matches:
            found.extend(_whole(words, lexicon, Cue(i, i, match.form, match.prefix, match.proclitics)))
    return tuple(found)


def _whole(words: Words, lexicon: CueLexicon, cue: Cue) -> tuple[Cue, ...]:
    """Return the cue with the verb that belongs to it: "as" needs the "said" that follows it."""
    if cue.form.entry.kind != "as_said":
        return (cue,)
    follows = cue.last + 1
    verbs = lexicon.match_word(words.forms[follows]) if follows < len(words) else ()
    verb = next((v.form for v in verbs if v.form.morph in ("past", "present") and not v.prefix), None)
    if verb is None:
        return ()
    return (cue._replace(last=follows, form=cue.form._replace(agree=verb.agree)),)


def scan(
    words: Words,
    quotations: tuple[Quotation, ...],
    debris: tuple[Debris, ...],
    times: list[int],
    tags: list[str],
    lexicon: CueLexicon,
) -> Scan:
    """Work out the facts of every token; linear in the number of tokens."""
    opens, closes = _quotes(words, quotations)
    starts, ends, paragraph = _borders(words, opens)
    facts = _facts(words, lexicon)
    columns = zip(*facts, strict=True) if facts else ((),) * _COLUMNS
    groups, found_shapes, coarse, fine, numbers, phrases, matches = columns
    cues = _find_cues(words, lexicon, phrases, matches)
    cue_at: dict[int, tuple[Cue, ...]] = {}
    for cue in cues:
        cue_at[cue.first] = (*cue_at.get(cue.first, ()), cue)
    finite = frozenset(cue.first for cue in cues if cue.form.morph in ("past", "present"))
    classes, shapes = list(groups), list(found_shapes)
    for i in _exact_names(words):  # a name is no function word
        classes[i], shapes[i] = "", "NN"
    title = words.forms.index(_LINE) if _LINE in words.forms else 0
    blank = title and words.ends[title] - words.starts[title] > 1
    return Scan(
        words,
        classes,
        shapes,
        tags,
        starts,
        ends,
        paragraph,
        opens,
        closes,
        times,
        cues,
        cue_at,
        title if blank else 0,
        _marked(words, debris),
        _groups(times, classes, tags, shapes),
        finite,
        [*coarse, *_BEYOND],
        [*fine, *_BEYOND],
        [*bonds_of(numbers), *_UNBOUND],
        tally(words.kinds, classes, times, opens, finite),
    )


_BEYOND = ("^",) * 4
_UNBOUND = (None,) * 5


def _groups(times: list[int], classes: list[str], tags: list[str], shapes: list[str]) -> list[str]:
    """Return one name for each token, and four for what lies beyond the text.

    Those at the end of the list are reached by the indices behind the last token and by -4 to -1 alike, so
    that nobody who looks a few tokens around needs to ask where the text ends.
    """
    rows = zip(times, classes, tags, shapes, strict=True)
    found = ["T" if time >= 0 else group or tag or form for time, group, tag, form in rows]
    return [*found, *_BEYOND]


def _marked(words: Words, debris: tuple[Debris, ...]) -> list[bool]:
    skip = [False] * len(words)
    for piece in debris:
        for j in words.within(piece.span):
            skip[j] = True
    return skip
