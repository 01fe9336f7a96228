"""Examples of the cue files: a sentence in which tags mark the cue, the source and the content.

``"<cue>…</cue> <source>…</source> … <content>…</content>"``: exactly one cue and one content, at most one
source, none inside another.
"""

import re
from typing import NamedTuple

from qala.model import Span

_TAG = re.compile(r"</?([^<>]*)>")
TAGS = ("cue", "source", "content")
"""The tags that an example may hold."""


class Example(NamedTuple):
    """An example without its tags, and the spans that they marked."""

    text: str
    cue: Span
    content: Span
    source: Span | None


def parse_example(marked: str) -> Example:
    """Return the sentence and its spans; raises ``ValueError`` that says what is wrong with the tags."""
    text, spans, opened = "", dict[str, Span](), ""
    last = start = 0
    for tag in _TAG.finditer(marked):
        text += marked[last : tag.start()]
        last = tag.end()
        name, closing = tag.group(1), tag.group().startswith("</")
        if name not in TAGS:
            raise ValueError(f"unknown tag <{name}>; allowed: {', '.join(TAGS)}")
        if closing != bool(opened) or (closing and name != opened):
            raise ValueError(f"the tag {tag.group()} does not fit: tags stand in pairs, none inside another")
        if not closing:
            if name in spans:
                raise ValueError(f"<{name}> stands twice; an example marks one")
            opened, start = name, len(text)
            continue
        if not text[start:].strip() or text[start:] != text[start:].strip():
            raise ValueError(f"<{name}> is empty or has spaces at its border")
        spans[name], opened = Span(start, len(text)), ""
    if opened:
        raise ValueError(f"<{opened}> is not closed")
    for name in ("cue", "content"):
        if name not in spans:
            raise ValueError(
                f"no <{name}>; an example marks the cue and the whole content, and the source if there is one"
            )
    return Example(text + marked[last:], spans["cue"], spans["content"], spans.get("source"))
