"""Lines as ranges of tokens."""

from qala.model import Span
from qala.text.lines import Line, find_lines, mark_tokens
from qala.text.words import find_words


def test_lines_and_the_blank_ones_between() -> None:
    assert find_lines(find_words("عنوان\n\nفقرة أولى\nفقرة")) == [Line(0, 1, 0), Line(2, 4, 2), Line(5, 6, 1)]
    assert find_lines(find_words("عنوان\r\n\r\nفقرة")) == [Line(0, 1, 0), Line(3, 4, 2)]


def test_ends_and_nothing() -> None:
    assert find_lines(find_words("\n\nنص\n\n")) == [Line(1, 2, 2)]
    assert find_lines(find_words("")) == []
    assert find_lines(find_words(" \n ")) == []


def test_marked_tokens() -> None:
    words = find_words("واحد اثنان ثلاثة")
    assert bytes(mark_tokens(words, [Span(5, 10)])) == b"\0\1\0"
    assert bytes(mark_tokens(words, [Span(6, 6)])) == b"\0\0\0"
    assert bytes(mark_tokens(words, [Span(0, 16), Span(2, 3)])) == b"\1\1\1"
