"""An exact map between the code points of a decoded text and the bytes it was decoded from.

Memory is one checkpoint of eight bytes for every 256 code points, and one byte for every U+FFFD
of a text with malformed sequences; a look-up encodes at most 256 code points. Encodings of one
width are plain arithmetic. Nothing is built before the first look-up.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from functools import cached_property
from typing import Literal

StoredEncoding = Literal["utf-8", "utf-16-le", "utf-16-be", "cp1256", "iso8859-6"]
"""The codecs whose bytes can be mapped, under the names that Python gives them."""

_STEP = 256
_REPLACEMENT = "\ufffd"
_WIDTH_OF_REPLACEMENT = {"utf-8": 3, "utf-16-le": 2, "utf-16-be": 2}


class OffsetMap:
    """The way from offsets in ``text`` (code points, 0 … len) to offsets in its bytes and back.

    ``start`` is the number of bytes before the text (the byte order mark). ``widths`` holds, where
    the bytes had malformed sequences, the number of bytes under each U+FFFD of the text in order;
    empty otherwise.
    """

    def __init__(self, text: str, encoding: StoredEncoding, start: int = 0, widths: bytes = b"") -> None:
        self._text = text
        self._encoding: str = encoding
        self._start = start
        self._widths = widths

    @cached_property
    def _unit(self) -> int:
        """Bytes a code point where all have the same width, else 0."""
        if self._encoding in ("cp1256", "iso8859-6"):
            return 1
        if self._widths:
            return 0
        if self._encoding == "utf-8":
            return 1 if self._text.isascii() else 0
        return 2 if not self._text or max(self._text) <= "\uffff" else 0

    def _bytes_in(self, chunk: str, bad: int) -> tuple[int, int]:
        """Return the bytes under ``chunk`` and the count of U+FFFD up to its end."""
        length = len(chunk.encode(self._encoding))
        if not self._widths:
            return length, bad
        count = chunk.count(_REPLACEMENT)
        length -= count * _WIDTH_OF_REPLACEMENT[self._encoding]
        return length + sum(self._widths[bad : bad + count]), bad + count

    @cached_property
    def _checkpoints(self) -> tuple[array[int], array[int]]:
        """For every 256th code point: its byte offset, and the count of U+FFFD before it."""
        offsets, bads = array("Q", [self._start]), array("Q", [0])
        offset, bad = self._start, 0
        for position in range(0, len(self._text), _STEP):
            length, bad = self._bytes_in(self._text[position : position + _STEP], bad)
            offset += length
            offsets.append(offset)
            bads.append(bad)
        return offsets, bads

    def byte_offset(self, position: int) -> int:
        """Return the offset of the byte at which code point ``position`` starts; ``IndexError`` outside."""
        if not 0 <= position <= len(self._text):
            raise IndexError(f"offset {position} is outside 0 … {len(self._text)}")
        if self._unit:
            return self._start + position * self._unit
        offsets, bads = self._checkpoints
        index = position // _STEP
        length, _ = self._bytes_in(self._text[index * _STEP : position], bads[index])
        return offsets[index] + length

    def code_point(self, offset: int) -> int:
        """Return the code point that the byte at ``offset`` belongs to; ``IndexError`` outside the text.

        The offset after the last byte gives the length of the text.
        """
        if not self._start <= offset <= self.byte_offset(len(self._text)):
            raise IndexError(f"byte {offset} is outside the text")
        if self._unit:
            return (offset - self._start) // self._unit
        low = min((bisect_right(self._checkpoints[0], offset) - 1) * _STEP, len(self._text))
        high = min(low + _STEP, len(self._text))
        return low + bisect_right(range(low + 1, high + 1), offset, key=self.byte_offset)
