"""One run over many inputs: read, extract, render; what fails is told and the others go on."""

import os
import traceback
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import IO, BinaryIO, Literal, NamedTuple

from qala.cli.progress import Count, Progress, find_size
from qala.errors import QalaError
from qala.exports.html import Part, render_page, render_part
from qala.exports.jsonl import render_line
from qala.exports.markdown import render_section
from qala.model import Document, Reading, RefusedInput

Format = Literal["table", "jsonl", "html", "markdown"]

ALL_READ, UNEXPECTED, WITH_REFUSALS = 0, 1, 3
AHEAD = 16  # articles a worker may be ahead of the writing
TRACEBACK = "QALA_TRACEBACK"  # environment variable that asks for the whole story of an unexpected error


@dataclass(frozen=True, slots=True)
class Style:
    """How readings are to be written."""

    format: Format = "table"
    width: int = 120
    colour: bool = False
    why: bool = False
    with_text: bool = False


class Outcome(NamedTuple):
    """What became of one input: rendered, or refused with a line for people."""

    place: str
    rendered: bytes | Part | None = None
    statements: int = 0
    size: int = 0
    refusal: str = ""
    unexpected: bool = False


def render_reading(reading: Reading, number: int, style: Style) -> bytes | Part:
    """Return one article in the format asked for; ``number`` counts the articles from 1."""
    if style.format == "jsonl":
        return render_line(reading, with_text=style.with_text)
    if style.format == "html":
        return render_part(reading, number)
    if style.format == "markdown":
        return render_section(reading).encode("utf-8", "replace")
    from qala.exports.table import render_article  # loads rich, which the other formats do without

    text = render_article(reading, width=style.width, colour=style.colour, why=style.why)
    return text.encode("utf-8", "replace")


def process_input(item: Document | RefusedInput, number: int, style: Style) -> Outcome:
    """Extract and render one input; never raises, so that one article cannot end the run."""
    if isinstance(item, RefusedInput):
        return Outcome(item.place, refusal=f"{item.place}: {item.reason} [{item.code}]")
    place, size = item.origin.path or item.id, find_size(item)
    try:
        from qala.pipeline import extract

        reading = extract(item)
        return Outcome(place, render_reading(reading, number, style), len(reading.statements), size)
    except QalaError as error:
        return Outcome(place, size=size, refusal=f"{place}: {error}")
    except Exception as error:
        return Outcome(place, size=size, refusal=f"{place}: {tell_unexpected(error)}", unexpected=True)


def tell_unexpected(error: Exception) -> str:
    """Return one line about an error that nobody foresaw; the whole story where it is asked for."""
    if os.environ.get(TRACEBACK):
        return "".join(traceback.format_exception(error))
    message = " ".join(str(error).split())[:300]
    return f"unexpected {type(error).__name__}: {message} (set {TRACEBACK}=1 to see where)"


def process_inputs(items: Iterable[Document | RefusedInput], style: Style, jobs: int) -> Iterator[Outcome]:
    """Yield the outcomes in the order of the inputs, from ``jobs`` processes at once."""
    numbered = enumerate(items, 1)
    if jobs == 1:
        yield from (process_input(item, number, style) for number, item in numbered)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[Outcome]] = deque()
        for number, item in numbered:
            waiting.append(pool.submit(process_input, _strip(item), number, style))
            if len(waiting) >= jobs * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _strip(item: Document | RefusedInput) -> Document | RefusedInput:
    """Leave the raw bytes and the map to them behind: no export needs them, and maps cannot travel."""
    if isinstance(item, RefusedInput):
        return item
    return replace(item, origin=replace(item.origin, raw=None, byte_offset=None))


def write_outcomes(outcomes: Iterable[Outcome], out: IO[bytes] | BinaryIO, style: Style, progress: Progress) -> int:
    """Write what was rendered, tell what was refused, and return the exit code of the run."""
    parts: list[Part] = []
    count = Count()
    code = ALL_READ
    for outcome in outcomes:
        if outcome.refusal:
            progress.say(f"qala: {outcome.refusal}")
            code = UNEXPECTED if outcome.unexpected or code == UNEXPECTED else WITH_REFUSALS
        elif isinstance(outcome.rendered, Part):
            parts.append(outcome.rendered)
        elif outcome.rendered is not None:
            out.write(outcome.rendered)
            if style.format == "table":
                out.flush()
        refused = bool(outcome.refusal)
        count = Count(
            count.articles + (not refused),
            count.statements + outcome.statements,
            count.refused + refused,
            count.size + outcome.size,
        )
        progress.advance(count)
    if style.format == "html":
        out.write(render_page(parts).encode("utf-8", "replace"))
    if not count.articles and not count.refused:
        progress.say("qala: no article found in what was given")
        code = WITH_REFUSALS
    return code
