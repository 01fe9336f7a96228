"""The map between code points and bytes."""

import pytest

from qala.text.offsets import OffsetMap


def offsets(text: str, encoding: str) -> list[int]:
    """Count the slow way."""
    return [len(text[:position].encode(encoding)) for position in range(len(text) + 1)]


TEXT = ("قال a😀\u200dé\r\n" * 90) + "خاتمة"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("start", [0, 3])
def test_every_offset_of_a_long_text(encoding: str, start: int) -> None:
    made = OffsetMap(TEXT, encoding, start)  # type: ignore[arg-type]
    expected = [start + offset for offset in offsets(TEXT, encoding)]
    assert [made.byte_offset(position) for position in range(len(TEXT) + 1)] == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "cp1256", "iso8859-6"])
@pytest.mark.parametrize("text", ["", "plain ascii", "قال الوزير"])
def test_texts_of_one_width(encoding: str, text: str) -> None:
    made = OffsetMap(text, encoding)  # type: ignore[arg-type]
    assert [made.byte_offset(position) for position in range(len(text) + 1)] == offsets(text, encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-be", "cp1256"])
def test_the_way_back(encoding: str) -> None:
    text = TEXT if encoding != "cp1256" else "قال الوزير"
    made = OffsetMap(text, encoding, 2)  # type: ignore[arg-type]
    for position in range(len(text)):
        first, after = made.byte_offset(position), made.byte_offset(position + 1)
        assert {made.code_point(offset) for offset in range(first, after)} == {position}
    assert made.code_point(made.byte_offset(len(text))) == len(text)


def test_malformed_widths_count() -> None:
    raw = ("ق" * 300).encode() + b"\xe2\x80" + "\ufffd".encode() + b"\xff" + ("ل" * 300).encode()
    text = raw.decode("utf-8", "replace")
    made = OffsetMap(text, "utf-8", 0, bytes([2, 3, 1]))
    assert [made.byte_offset(300 + step) for step in range(4)] == [600, 602, 605, 606]
    assert made.byte_offset(len(text)) == len(raw)
    assert made.code_point(601) == 300


def test_positions_outside_are_an_error() -> None:
    made = OffsetMap("قال", "utf-8", 3)
    for position in (-1, 4):
        with pytest.raises(IndexError):
            made.byte_offset(position)
    for offset in (2, 10):
        with pytest.raises(IndexError):
            made.code_point(offset)
