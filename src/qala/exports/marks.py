"""The marked text of a page: highlights that nest and overlap, over a text that stays as it is.

Arabic letters join their neighbours, and a highlight may begin inside a word (after a prefixed
conjunction). Marks are therefore inline elements that only colour: padding, borders, weight or
another font would part the letters everywhere. WebKit shapes every element by itself even so; for
it the parts of such a word carry their letters with joiners in an attribute, which the style sheet
shows in place of the text there and nowhere else. The text in the page stays that of the article.
(docs/decisions/0009 tells what was tried.)
"""

from bisect import insort
from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple

from qala.exports.labels import label
from qala.exports.visible import ACTIVE, is_right_to_left, name_control
from qala.model import Reading, Span

MOST_NESTED = 8  # marks shown over one character; the rest are left out there
LONGEST_WORD = 60  # characters that are searched for the beginning of a word


# Letters that never join the next one (Unicode's ArabicShaping.txt, joining types R and U).
_UNJOINED = frozenset(
    "\u0621\u0622\u0623\u0624\u0625\u0627\u0629\u062f\u0630\u0631\u0632\u0648\u0649\u0671\u0688\u0691\u0698\u06c0\u06d2"
)
_JOINER = "\u200d"


class Mark(NamedTuple):
    """A highlight: its span, what it marks, the statement's number, and its act for contents.

    Compares by place, outer before inner, so that sorting gives the nesting.
    """

    start: int
    outer: int  # minus the end
    rank: int
    kind: str
    number: int
    act: str = ""

    @property
    def end(self) -> int:
        """Where the highlight ends."""
        return -self.outer


_RANKS = {
    "debris": 0,
    "content": 1,
    "source": 2,
    "channel": 3,
    "when": 4,
    "cue": 5,
    "repeated": 6,
    "hedge": 7,
}


def find_marks(reading: Reading) -> list[Mark]:
    """Return every highlight of a reading, in the order of the text, outer before inner."""
    marks = [_mark("debris", span, 0, kind) for span, kind in reading.layout.debris]
    for number, statement in enumerate(reading.statements, 1):
        found = statement.attribution
        marks += [_mark("content", span, number, found.act) for span in found.content]
        marks += [_mark("cue", span, number) for span in found.cue]
        marks += [_mark("hedge", span, number) for span in found.hedges]
        singles = (
            ("source", found.source),
            ("channel", found.channel),
            ("when", found.when),
            ("repeated", found.repeated),
        )
        marks += [_mark(kind, span, number) for kind, span in singles if span is not None]
    return sorted(mark for mark in marks if mark.end > mark.start)


def _mark(kind: str, span: Span, number: int, act: str = "") -> Mark:
    return Mark(span.start, -span.end, _RANKS[kind], kind, number, act)


def place_anchors(reading: Reading) -> dict[int, list[int]]:
    """Return where each statement's number stands: offset of its cue's word → statement numbers.

    An anchor goes before a whole word, for inside a word it would part joined letters.
    """
    text = reading.document.text
    anchors: dict[int, list[int]] = {}
    for number, statement in enumerate(reading.statements, 1):
        found = statement.attribution
        offset = min(span.start for span in (*found.cue, *found.content)) if found.content else 0
        if found.cue:
            offset = found.cue[0].start
        anchors.setdefault(_find_word_start(text, offset), []).append(number)
    return anchors


def _find_word_start(text: str, offset: int, least: int = 0) -> int:
    """Return where the word around ``offset`` begins, not before ``least``; one without end has none."""
    start = offset
    while start > least and start < len(text) and _is_wordy(text[start - 1]) and _is_wordy(text[start]):
        start -= 1
        if offset - start > LONGEST_WORD:
            return offset
    return start


def _is_wordy(char: str) -> bool:
    return char.isalnum() or _is_vowel_mark(char) or char in "\u0640\u200c\u200d"


def render_lines(reading: Reading, prefix: str) -> Iterator[tuple[Span, str]]:
    """Yield each line of the text that is not empty, with its HTML; ``prefix`` starts the ids.

    Linear in the text and the marks, as long as few marks lie over one another.
    """
    text = reading.document.text
    marks, anchors = find_marks(reading), place_anchors(reading)
    cuts = sorted({0, len(text), *anchors, *(m.start for m in marks), *(m.end for m in marks)})
    following, upcoming = 0, 0
    active: list[Mark] = []
    for line in find_lines(text):
        out: list[str] = []
        opened: list[Mark] = []
        position = line.start
        while position < line.end:
            active = [mark for mark in active if mark.end > position]
            while following < len(marks) and marks[following].start <= position:
                if marks[following].end > position:
                    insort(active, marks[following])
                following += 1
            while upcoming < len(cuts) and cuts[upcoming] <= position:
                upcoming += 1
            end = min(line.end, cuts[upcoming] if upcoming < len(cuts) else line.end)
            shown = active[:MOST_NESTED]
            shared = _count_shared(opened, shown)
            out.append("</span>" * (len(opened) - shared))
            anchored = anchors.get(position)
            if anchored:
                out.append("</span>" * shared)
                out += [_render_anchor(number, prefix) for number in anchored]
                shared = 0
            out += [_open(mark) for mark in shown[shared:]]
            out.append(_render_piece(text, line, Span(position, end)))
            opened, position = shown, end
        out.append("</span>" * len(opened))
        yield line, "".join(out)


def find_lines(text: str) -> Iterator[Span]:
    """Yield the lines of ``text`` that hold more than white space, without their line ends."""
    start = 0
    for line in text.splitlines(keepends=True):
        if not line.isspace():
            yield Span(start, start + len(line.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")))
        start += len(line)


def _count_shared(opened: list[Mark], shown: list[Mark]) -> int:
    count = 0
    for one, other in zip(opened, shown, strict=False):
        if one is not other:
            break
        count += 1
    return count


def _open(mark: Mark) -> str:
    if mark.kind == "debris":
        return f'<span class="debris" title="{escape(label("debris", mark.act))}">'
    act = f" {mark.act}" if mark.act else ""
    return f'<span class="m {mark.kind}{act} s{mark.number}">'


def _render_anchor(number: int, prefix: str) -> str:
    return (
        f'<a class="ref" id="{prefix}-t{number}" href="#{prefix}-s{number}" data-n="{number}"'
        f' aria-label="s{number}"></a>'
    )


def _render_piece(text: str, line: Span, piece: Span) -> str:
    """Return a piece of a line without marks inside; parts of a joined word are set apart for WebKit."""
    before = piece.start > line.start and _parts_letters(text, piece.start)
    after = piece.end < line.end and _parts_letters(text, piece.end)
    if not before and not after:
        return show_text(piece.of(text))
    first = _find_word_end(text, piece) if before else piece.start
    last = _find_word_start(text, piece.end, piece.start) if after else piece.end
    if before and after and last <= first:
        return _render_part(piece.of(text), before=True, after=True)
    return (
        (_render_part(text[piece.start : first], before=True) if before else "")
        + show_text(text[first:last])
        + (_render_part(text[last : piece.end], after=True) if after else "")
    )


def _render_part(letters: str, *, before: bool = False, after: bool = False) -> str:
    joined = _JOINER * before + letters + _JOINER * after
    return f'<span class="z" data-z="{escape(joined)}">{escape(letters)}</span>'


def _parts_letters(text: str, offset: int) -> bool:
    """Tell whether an element's edge at ``offset`` parts two letters that are joined in writing."""
    before = offset - 1
    while before > 0 and offset - before < 8 and _is_vowel_mark(text[before]):
        before -= 1
    return _is_letter(text[before]) and text[before] not in _UNJOINED and _is_letter(text[offset])


def _find_word_end(text: str, piece: Span) -> int:
    """Return where the letters from the beginning of ``piece`` end, at most ``LONGEST_WORD`` on."""
    end = piece.start
    while end < min(piece.end, piece.start + LONGEST_WORD) and _is_wordy(text[end]):
        end += 1
    return end


def _is_vowel_mark(char: str) -> bool:
    return "\u064b" <= char <= "\u065f" or char == "\u0670"


def _is_letter(char: str) -> bool:
    return "\u0621" <= char <= "\u064a" or "\u066e" <= char <= "\u06d3"


def show_text(text: str) -> str:
    """Return ``text`` as HTML: escaped, its controls shown by name and isolated, never obeyed."""
    if not ACTIVE.search(text):
        return escape(text)
    return "".join(_show_parts(text))


def _show_parts(text: str) -> Iterable[str]:
    position = 0
    for match in ACTIVE.finditer(text):
        yield escape(text[position : match.start()])
        position = match.end()
        if match.group() not in "\t\n\r":
            yield f'<bdi class="ctl">{name_control(match.group())}</bdi>'
        else:
            yield " "
    yield escape(text[position:])


def isolate_html(text: str) -> str:
    """Return text of the input as HTML whose direction does not reach what stands around it."""
    direction = "rtl" if is_right_to_left(text) else "auto"
    return f'<bdi dir="{direction}">{show_text(text)}</bdi>'
