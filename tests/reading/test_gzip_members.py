"""Gzip by members: caps, damage, the next member."""

import gzip
import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.reading.gzip_members import GzipDamageError, GzipStream, find_member
from qala.reading.limits import DEFAULT_LIMITS, Limits


def read_all(raw: bytes, limits: Limits = DEFAULT_LIMITS, *, whole: bool = True) -> bytes:
    stream = GzipStream(io.BytesIO(raw), limits, whole=whole)
    return b"".join(iter(lambda: stream.read(1000), b""))


@given(st.lists(st.binary(max_size=3000), min_size=1, max_size=5))
def test_members_one_after_another(parts: list[bytes]) -> None:
    raw = b"".join(gzip.compress(part) for part in parts)
    assert read_all(raw) == b"".join(parts)
    assert read_all(raw + bytes(100)) == b"".join(parts)  # padding
    assert read_all(raw, whole=False) == parts[0]


def test_a_bomb_stops_early() -> None:
    deflater = zlib.compressobj(9, zlib.DEFLATED, 31)
    raw = b"".join(deflater.compress(bytes(1 << 20)) for _ in range(60)) + deflater.flush()
    given = 0
    stream = GzipStream(io.BytesIO(raw), DEFAULT_LIMITS)
    with pytest.raises(GzipDamageError) as raised:
        while piece := stream.read(1 << 16):
            given += len(piece)
    assert raised.value.code == "bomb" and given < 16 << 20


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda raw: raw[:-10], "truncated"),
        (lambda raw: raw[:40] + b"\xff" * 10 + raw[50:], "damaged"),
        (lambda raw: raw + b"xyz", "damaged"),
    ],
)
def test_damage_is_said(change: object, code: str) -> None:
    raw = gzip.compress(bytes(range(256)) * 40)
    with pytest.raises(GzipDamageError) as raised:
        read_all(change(raw))  # type: ignore[operator]
    assert raised.value.code == code


def test_the_next_member_is_found_by_what_it_holds() -> None:
    parts = [gzip.compress(f"{kind} {number}".encode() * 50) for number, kind in enumerate(["WARC/", "x", "WARC/"])]
    noise = b"\x1f\x8b\x08\x00" * 5
    raw = parts[0] + noise + parts[1] + parts[2]
    file = io.BytesIO(raw)
    assert find_member(file, 0, b"WARC/") == 0
    assert find_member(file, 1, b"WARC/") == len(raw) - len(parts[2])
    assert find_member(file, len(raw) - 5, b"WARC/") is None


@pytest.mark.parametrize("shift", range((1 << 20) - 12, (1 << 20) + 3))
def test_a_member_on_the_border_of_two_pieces_is_found(shift: int) -> None:
    file = io.BytesIO(bytes(shift) + gzip.compress(b"WARC/1.0"))
    assert find_member(file, 0, b"WARC/") == shift
