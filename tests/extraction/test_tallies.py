"""Running counts: what lies between two tokens is the difference of two numbers, the sum of its tokens."""

from hypothesis import given
from hypothesis import strategies as st

from qala.extraction.scan import Scan
from qala.extraction.tallies import Counts, counts, tally
from qala.pipeline import scan_text
from qala.text.words import MARK


def between(scan: Scan, first: int, end: int) -> Counts:
    return counts(scan.tally[end] - scan.tally[first])


def slow(scan: Scan, first: int, end: int) -> Counts:
    """Count token by token."""
    marks = [j for j in range(first, end) if scan.words.kinds[j] == MARK]
    words = [j for j in range(first, end) if scan.words.kinds[j] != MARK]
    of = {name: [j for j in words if scan.classes[j] == name] for name in ("preposition", "relative", "that")}
    verbs = [j for j in words if j in scan.finite]
    return Counts(
        sum(scan.words.forms[j] == "," for j in marks),
        sum(scan.quote_open[j] == j for j in marks),
        len(of["preposition"]),
        len(of["relative"]),
        len(of["that"]),
        sum(scan.times[j] >= 0 for j in words),
        len(verbs),
        len([j for j in verbs if not any(j in group for group in of.values())]),
    )


TEXT = 'قال الوزير أمس، في بيان نشرته الوزارة: "إن اللجنة التي شكلت تعمل"، وأضاف أن التقرير جاهز، وفق ما ذكر.'


def test_what_a_sentence_holds() -> None:
    scan, _, _ = scan_text(TEXT)
    found = between(scan, 0, len(scan.words))
    assert (found.commas, found.quotes, found.complementisers, found.relatives) == (3, 1, 2, 1)
    assert found.times == 1
    assert found.verbs >= 3


def test_every_stretch_is_counted_as_token_by_token() -> None:
    scan, _, _ = scan_text(TEXT)
    size = len(scan.words)
    for first in range(size):
        for end in range(first, size + 1):
            assert between(scan, first, end) == slow(scan, first, end)


def test_nothing_stands_in_an_empty_text() -> None:
    assert tally([], [], [], [], set()) == [0]
    assert counts(0) == Counts(0, 0, 0, 0, 0, 0, 0, 0)


PIECES = st.sampled_from([*TEXT.split(), "،", '"', "\n", "2024", "12", "("])


@given(st.lists(PIECES, max_size=60), st.data())
def test_any_text_is_counted_right(pieces: list[str], data: st.DataObject) -> None:
    scan, _, _ = scan_text(" ".join(pieces))
    size = len(scan.words)
    assert len(scan.tally) == size + 1
    first = data.draw(st.integers(0, size))
    end = data.draw(st.integers(first, size))
    assert between(scan, first, end) == slow(scan, first, end)


def test_many_tokens_do_not_run_over_into_the_next_count() -> None:
    scan, _, _ = scan_text("، " * 3000)
    assert between(scan, 0, len(scan.words)) == Counts(3000, 0, 0, 0, 0, 0, 0, 0)
