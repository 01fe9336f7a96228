"""From bytes to text in the five encodings of Arabic news, declared or detected, losing no byte.

Order of belief: a byte order mark, the shape of UTF-16, strict UTF-8, then whichever reading looks
most like Arabic. A declaration is kept unless the bytes speak clearly against it. Malformed
sequences become U+FFFD as the Unicode standard recommends (maximal subparts, as Python's
``replace`` does), with the bytes under each kept.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import NamedTuple

from qala.errors import ReadError
from qala.text.offsets import OffsetMap, StoredEncoding

_MARKS: tuple[tuple[bytes, StoredEncoding], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ENCODINGS: tuple[StoredEncoding, ...] = ("utf-8", "utf-16-le", "utf-16-be", "cp1256", "iso8859-6")
_SAMPLE = 1 << 16  # bytes that a choice between encodings looks at

# A letter of an Arabic word beside another; and what only a wrong reading puts into a word: a
# replacement, a C1 control, a Latin letter with accent or a currency or section sign.
_LETTER = "\u0621-\u063a\u0641-\u064a"
_PAIR = re.compile(f"[{_LETTER}](?=[{_LETTER}])")
_ODD = (
    "\u0080-\u009f\u00a1-\u00a9\u00ac-\u00ba\u00bc-\u00ff\u0152\u0153\u0192\u02c6\u2020-\u2022\u2026\u2030\u20ac\ufffd"
)
_BROKEN = re.compile(f"[{_LETTER}](?=[{_ODD}])|[{_ODD}](?=[{_LETTER}])|[\u0080-\u009f\ufffd]")
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_PLACEHOLDER = re.compile("[\udc01-\udc04]")
_HANDLER = "qala.placeholder"


class Decoded(NamedTuple):
    """A text with the encoding it came in, what was noticed, and the map to its bytes."""

    text: str
    encoding: StoredEncoding
    flags: tuple[str, ...]
    offsets: OffsetMap


def decode_bytes(raw: bytes, declared: str | None = None) -> Decoded:
    """Decode ``raw``; the byte order mark is no part of the text, everything else stands as it is.

    ``declared`` is the name of an encoding as its user writes it; one that the bytes contradict is
    overruled with the flag ``encoding_overruled``. Raises ``ReadError`` for a name outside the five.
    Flags: ``encoding_errors``, ``encoding_overruled``, ``mojibake_suspected``.
    """
    wanted = _known(declared) if declared else ()
    encoding, start = _choose(raw, wanted)
    text, widths = _decode(raw[start:], encoding)
    flags = []
    if widths:
        flags.append("encoding_errors")
    if wanted and encoding not in wanted:
        flags.append("encoding_overruled")
    if is_mojibake(text):
        flags.append("mojibake_suspected")
    return Decoded(text, encoding, tuple(flags), OffsetMap(text, encoding, start, widths))


@cache
def _known(name: str) -> tuple[StoredEncoding, ...]:
    """Return the encodings that a declared name stands for; ``ReadError`` where Qala has none."""
    try:
        codec = codecs.lookup(name.strip()).name
    except (LookupError, ValueError):
        codec = ""
    if codec == "utf-16":
        return ("utf-16-le", "utf-16-be")
    if codec in ("utf-8-sig", "ascii"):
        return ("utf-8",)
    for encoding in _ENCODINGS:
        if codec == encoding:
            return (encoding,)
    allowed = "utf-8, utf-16, utf-16-le, utf-16-be, windows-1256, iso-8859-6"
    raise ReadError(f"unknown encoding {name!r}; allowed: {allowed}")


def _choose(raw: bytes, wanted: tuple[StoredEncoding, ...]) -> tuple[StoredEncoding, int]:
    """Return the encoding that the bytes are in and the length of their byte order mark."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return encoding, len(mark)
    detected = _detect(raw, wanted)
    if not wanted or detected in wanted:
        return detected, 0
    return (detected if _contradicts(raw, wanted[0], detected) else wanted[0]), 0


def _detect(raw: bytes, wanted: tuple[StoredEncoding, ...]) -> StoredEncoding:
    """Return the encoding that bytes without a byte order mark look like; ``wanted`` breaks ties."""
    sample = raw[:_SAMPLE]
    sixteen = _utf16_shape(sample)
    if sixteen:
        return sixteen
    errors = _utf8_errors(raw)
    if not errors or len(_UTF8_SEQUENCE.findall(sample)) > 2 * min(errors, _utf8_errors(sample)):
        return "utf-8"
    candidates: list[StoredEncoding] = ["cp1256", "iso8859-6", "utf-8"]
    if len(raw) % 2 == 0:
        candidates += ["utf-16-le", "utf-16-be"]
    candidates.sort(key=lambda encoding: encoding not in wanted)  # max() takes the first of equals
    return max(candidates, key=lambda encoding: _likeness(sample, encoding))


def _utf16_shape(sample: bytes) -> StoredEncoding | None:
    """Return the UTF-16 in which Arabic or Latin text has these bytes, by its high bytes; else ``None``."""
    if len(sample) < 2 or (len(sample) % 2 and len(sample) < 64):
        return None
    shares = [_share_of_high(sample[first::2]) for first in (0, 1)]
    if shares[1] >= 0.6 and shares[0] <= shares[1] / 4:
        return "utf-16-le"
    if shares[0] >= 0.6 and shares[1] <= shares[0] / 4:
        return "utf-16-be"
    return None


def _share_of_high(half: bytes) -> float:
    """Return the share of bytes that can be the high byte of a Latin or Arabic UTF-16 unit."""
    return (half.count(0) + half.count(6)) / max(len(half), 1)


def _utf8_errors(raw: bytes) -> int:
    """Return the number of malformed sequences in ``raw`` read as UTF-8."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace").count("\ufffd") - raw.count(b"\xef\xbf\xbd")
    return 0


def _likeness(sample: bytes, encoding: StoredEncoding) -> float:
    """Return how much ``sample`` read in ``encoding`` looks like Arabic: pairs of letters less oddities."""
    text = sample.decode(encoding, "replace")
    return len(_PAIR.findall(text)) - 3.0 * len(_BROKEN.findall(text))


def _contradicts(raw: bytes, declared: StoredEncoding, detected: StoredEncoding) -> bool:
    """Return whether the bytes speak so clearly for ``detected`` that the declaration must be a lie."""
    sample = raw[:_SAMPLE]
    sequences = len(_UTF8_SEQUENCE.findall(sample))
    if declared == "utf-8" and sequences and sequences >= _utf8_errors(sample):
        return False
    return _likeness(sample, detected) > max(_likeness(sample, declared), 0) + 2


def _decode(raw: bytes, encoding: StoredEncoding) -> tuple[str, bytes]:
    """Return the text of ``raw`` and, where it has malformed sequences, the bytes under each U+FFFD."""
    try:
        return raw.decode(encoding), b""
    except UnicodeDecodeError:
        text = raw.decode(encoding, _placeholders())
    # A strict decoder never gives a lone surrogate, so the placeholders cannot be mistaken.
    whole = 3 if encoding == "utf-8" else 2
    widths = bytes(
        whole if match == "\ufffd" else ord(match) - 0xDC00 for match in re.findall("[\udc01-\udc04\ufffd]", text)
    )
    return _PLACEHOLDER.sub("\ufffd", text), widths


@cache
def _placeholders() -> str:
    """Register, once and on first need, the error handler that notes how many bytes were malformed."""

    def note(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        return chr(0xDC00 + error.end - error.start), error.end

    codecs.register_error(_HANDLER, note)
    return _HANDLER


@cache
def _doubled(encoding: str) -> dict[int, int]:
    """Return the table from what a wrong reading makes of the bytes 80–FF back to them; all else is ``?``."""
    table: dict[int, int] = {}
    for byte in range(0x80, 0x100):
        character = bytes([byte]).decode(encoding, "ignore") or chr(byte)
        table[ord(character)] = byte
        table.setdefault(byte, byte)  # Latin-1, and what cp1252 leaves undefined
    return table


def is_mojibake(text: str) -> bool:
    """Return whether ``text`` looks like UTF-8 once read as cp1252, Latin-1 or cp1256 (and perhaps twice).

    Such a text, put back into bytes, is UTF-8 nearly throughout; a true text is not.
    """
    sample = text[:4096]
    if sample.isascii():
        return False
    return any(_is_doubled(sample, encoding) for encoding in ("cp1252", "cp1256"))


def _is_doubled(sample: str, encoding: str) -> bool:
    """Return whether most of the non-ASCII of ``sample`` forms UTF-8 once written back in ``encoding``."""
    # The bytes D8 and D9 lead every Arabic letter of UTF-8, C3 and C2 what was doubled before.
    leads = sum(sample.count(character) for character in bytes((0xD8, 0xD9, 0xC3, 0xC2)).decode(encoding))
    if leads < 3 or leads * 8 < len(sample):
        return False
    table = _doubled(encoding)
    back = bytes(ord(c) if c < "\x80" else table.get(ord(c), 0x3F) for c in sample)
    foreign = sum(c >= "\x80" for c in sample)
    covered = sum(map(len, _UTF8_SEQUENCE.findall(back)))
    return covered >= 0.6 * foreign
