"""Text of the input made fit to be shown: what would act on a terminal or a page becomes visible.

Control characters, escape sequences, line ends and bidirectional controls of a page could forge a
row of a table or turn a name around (FAULTS, rows 27, 29, 53 and 64). They are shown, never obeyed.
Joiners, non-joiners and vowel marks stay, for Arabic is written with them.
"""

import re

RLI, FSI, PDI = "\u2067", "\u2068", "\u2069"

# Controls, line and paragraph separators, embeddings, overrides, isolates, interlinear
# annotations, tags (invisible), and halves of surrogate pairs, which no encoding can hold.
ACTIVE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_LINE_ENDS = re.compile("[\n\r\u2028\u2029]+")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def name_control(char: str) -> str:
    """Return a visible stand-in for one control character: its picture, or its code point."""
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return f"\u27e6U+{code:04X}\u27e7"


def make_visible(text: str) -> str:
    """Return ``text`` on one line, with every character that would act shown instead.

    A run of line ends becomes one return sign; linear in the text.
    """
    if not ACTIVE.search(text):
        return text
    text = _LINE_ENDS.sub(" \u23ce ", text)
    return ACTIVE.sub(lambda match: name_control(match.group()), text)


def is_right_to_left(text: str) -> bool:
    """Tell whether ``text`` holds a character of a right-to-left script."""
    return _RIGHT_TO_LEFT.search(text) is not None


def isolate(text: str, *, right_to_left: bool | None = None) -> str:
    """Wrap ``text``, already visible, so that its direction does not spill over its neighbours.

    Arabic is opened right-to-left whatever its first letter; other text by its first strong letter.
    """
    if not text:
        return text
    arabic = is_right_to_left(text) if right_to_left is None else right_to_left
    return f"{RLI if arabic else FSI}{text}{PDI}"


def shorten(text: str, width: int) -> str:
    """Return ``text`` in at most ``width`` characters, its middle left out at word boundaries.

    Three fifths of the room go to the beginning. A text whose first word alone is too long is cut
    inside that word, for there is no boundary to cut at.
    """
    if len(text) <= width:
        return text
    words = text.split()
    head, used = _take(words, width * 3 // 5)
    tail, _ = _take(words[len(head) :][::-1], width - used - 2)
    if not head and not tail:
        return text[: max(width - 1, 1)] + "\u2026"
    return " ".join([*head, "\u2026", *tail[::-1]])


def _take(words: list[str], room: int) -> tuple[list[str], int]:
    """Return the leading ``words`` that fit into ``room`` characters, and the characters they take."""
    taken: list[str] = []
    used = 0
    for word in words:
        if used + len(word) + 1 > room:
            break
        taken.append(word)
        used += len(word) + 1
    return taken, used
