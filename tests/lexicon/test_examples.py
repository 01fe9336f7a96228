"""The examples of the lexicon are tests: read with the whole lexicon loaded, as any article is.

A careful reader gets every one of them. Where the trained rankers do not, the entry says ``hard: true``, and
the example is expected to fail until they do.
"""

from functools import cache

import pytest

from qala.extraction.contents import find_ends
from qala.extraction.ranker import load_rankers
from qala.extraction.readings import find_readings
from qala.extraction.scan import Scan
from qala.extraction.sources import find_sources
from qala.lexicon.examples import parse_example
from qala.lexicon.overlay import PlacedEntry, merged_entries
from qala.model import Document, Span, Statement
from qala.pipeline import extract, scan_text

ENTRIES = merged_entries(None)
MOST_HARD = 0.10


def cases(key: str, *, with_hard: bool):
    for placed in ENTRIES:
        marks = [pytest.mark.xfail(strict=False)] if with_hard and placed.entry.get("hard") else []
        for i, text in enumerate(placed.entry.get(key) or ()):
            yield pytest.param(placed, text, id=f"{placed.entry['id']}-{i + 1}", marks=marks)


@cache
def statements(text: str) -> tuple[Statement, ...]:
    return extract(Document(id="example", text=text)).statements


@pytest.fixture(scope="module")
def trained():
    if not load_rankers().reading:
        pytest.skip("the rankers are not trained: `make train`")


def spans_of(scan: Scan, placed: PlacedEntry, cue: Span):
    """The cues that the lexicon sees at a marked cue, as the entry's."""
    words = scan.words
    return [
        c for c in scan.cues if words.starts[c.first] + c.prefix == cue.start and c.form.entry.id == placed.entry["id"]
    ]


@pytest.mark.parametrize(("placed", "marked"), list(cases("examples", with_hard=False)))
def test_an_example_is_among_the_candidates(placed, marked):
    example = parse_example(marked)
    scan, _, _ = scan_text(example.text)
    words = scan.words
    cues = spans_of(scan, placed, example.cue)
    assert cues, "the lexicon does not see the cue"
    readings = [
        r for cue in cues for r in find_readings(scan, cue) if 0 <= example.content.start - words.starts[r.start] <= 1
    ]
    assert readings, "no frame of the entry leads to the content"
    ending = [
        reading
        for reading in readings
        for end in ([reading.end] if reading.end >= 0 else find_ends(scan, reading))
        if words.ends[end] == example.content.end
    ]
    assert ending, "the content cannot end where it is marked"
    if example.source:
        sources = {
            Span(words.starts[s.first], words.ends[s.last]) for reading in ending for s in find_sources(scan, reading)
        }
        assert any(s.end == example.source.end and 0 <= example.source.start - s.start <= 1 for s in sources)


@pytest.mark.parametrize(("placed", "marked"), list(cases("examples", with_hard=True)))
@pytest.mark.usefixtures("trained")
def test_an_example_is_read(placed, marked):
    example = parse_example(marked)
    found = [s.attribution for s in statements(example.text)]
    at_cue = [a for a in found if any(c.start <= example.cue.start < c.end for c in a.cue)]
    assert at_cue, f"no statement at the cue; found {[[c.of(example.text) for c in a.cue] for a in found]}"
    attribution = at_cue[0]
    assert [c.of(example.text) for c in attribution.content] == [example.content.of(example.text)]
    written = attribution.source and attribution.source.of(example.text)
    assert written == (example.source and example.source.of(example.text))


@pytest.mark.parametrize(("placed", "text"), list(cases("nonexamples", with_hard=True)))
@pytest.mark.usefixtures("trained")
def test_a_nonexample_is_no_statement(placed, text):
    scan, _, _ = scan_text(text)
    fired = [scan.words.span(c.first, c.last) for c in scan.cues if c.form.entry.id == placed.entry["id"]]
    for statement in statements(text):
        for cue in statement.attribution.cue:
            assert not any(cue.start < span.end and span.start < cue.end for span in fired), cue.of(text)


def test_few_entries_are_hard():
    hard = [placed.entry["id"] for placed in ENTRIES if placed.entry.get("hard")]
    assert len(hard) <= MOST_HARD * len(ENTRIES), hard
