"""Records of damaged archives: what is lost is a gap with offsets, what comes after it is read."""

import gzip
import io
import random
import re
import zlib

import pytest
from fastwarc.warc import ArchiveIterator

from qala.reading.limits import DEFAULT_LIMITS, Limits
from qala.reading.warc_records import Gap, WarcRecord, read_records

COUNT = 40


def record(number: int, *, length: str | None = None) -> bytes:
    body = random.Random(number).randbytes(300).hex().encode() + b" record %d" % number
    stated = str(len(body)) if length is None else length
    return f"WARC/1.0\r\nWARC-Type: resource\r\nX-Number: {number}\r\nContent-Length: {stated}\r\n\r\n".encode() + body


def parts(**lengths: str) -> list[bytes]:
    return [record(number, length=lengths.get(f"n{number}")) + b"\r\n\r\n" for number in range(COUNT)]


def plain(**lengths: str) -> bytes:
    return b"".join(parts(**lengths))


def zipped(**lengths: str) -> bytes:
    return b"".join(gzip.compress(part) for part in parts(**lengths))


def read(raw: bytes, limits: Limits = DEFAULT_LIMITS) -> tuple[list[WarcRecord], list[Gap]]:
    found = list(read_records(io.BytesIO(raw), limits))
    return [one for one in found if isinstance(one, WarcRecord)], [one for one in found if isinstance(one, Gap)]


def numbers(records: list[WarcRecord]) -> list[int]:
    return [int(one.fields["x-number"]) for one in records]


@pytest.mark.parametrize("raw", [plain(), zipped(), gzip.compress(plain())], ids=["plain", "members", "one member"])
def test_a_sound_archive_reads_as_another_reader_does(raw: bytes) -> None:
    records, gaps = read(raw)
    assert numbers(records) == list(range(COUNT)) and not gaps
    other = [(one.stream_pos, one.reader.read()) for one in ArchiveIterator(io.BytesIO(raw))]
    assert [one.block for one in records] == [block for _, block in other]
    if len(other) == len({offset for offset, _ in other}):  # not for one member, which has one offset for all
        assert [one.offset for one in records] == [offset for offset, _ in other]
    assert len({one.offset for one in records}) == COUNT


@pytest.mark.parametrize("seed", range(25))
def test_ten_flipped_bytes_lose_two_records_at_most(seed: int) -> None:
    raw = bytearray(zipped())
    at = random.Random(seed).randrange(100, len(raw) - 100)
    for offset in range(at, at + 10):
        raw[offset] ^= 0xFF
    records, gaps = read(bytes(raw))
    lost = set(range(COUNT)) - set(numbers(records))
    assert 0 < len(lost) <= 2 and len(gaps) >= 1
    assert gaps[0].offset <= at + 10 and (gaps[0].end is None or gaps[0].end > at)


LIES = ["99999999", "5", "0", "1200", "-5", "abc", "", "999999999999999999", "9" * 40]


@pytest.mark.parametrize("length", LIES)
@pytest.mark.parametrize("build", [plain, zipped])
def test_a_length_that_lies_costs_its_record_at_most(length: str, build: object) -> None:
    records, gaps = read(build(n7=length))  # type: ignore[operator]
    assert set(range(COUNT)) - set(numbers(records)) <= {7}
    if 7 in numbers(records):
        [lying] = [one for one in records if one.fields["x-number"] == "7"]
        assert lying.flags == ("length_mismatch",) and lying.block == record(7).partition(b"\r\n\r\n")[2]
    else:
        assert [gap.code for gap in gaps] == ["bad_length"]


def test_a_truncated_tail_is_named() -> None:
    for raw, begin in (
        (plain(), len(plain()) - len(parts()[-1])),
        (zipped(), len(b"".join(map(gzip.compress, parts()[:-1])))),
    ):
        records, [gap] = read(raw[:-100])
        assert numbers(records) == list(range(COUNT - 1))
        assert (gap.code, gap.offset, gap.end) == ("truncated", begin, None)


@pytest.mark.parametrize("header", [b"X: " + b"a" * 50_000_000, b"X: a\r\n" * 1_000_000], ids=["50 MB", "a million"])
def test_a_huge_header_is_a_gap(header: bytes) -> None:
    records, [gap] = read(b"WARC/1.0\r\n" + header + b"\r\n\r\n" + plain())
    assert numbers(records) == list(range(COUNT)) and gap.code == "header_too_long"


def bomb() -> bytes:
    deflater = zlib.compressobj(9, zlib.DEFLATED, 31)
    head = b"WARC/1.0\r\nWARC-Type: resource\r\nX-Number: 99\r\nContent-Length: 100000000\r\n\r\n"
    return deflater.compress(head) + b"".join(deflater.compress(bytes(1 << 20)) for _ in range(100)) + deflater.flush()


def test_a_bomb_costs_itself() -> None:
    records, [gap] = read(zipped() + bomb() + zipped())
    assert numbers(records) == [*range(COUNT), *range(COUNT)]
    assert gap.code == "bomb" and gap.end == len(zipped()) + len(bomb())


@pytest.mark.parametrize("build", [plain, zipped])
def test_a_record_over_the_limit_is_refused_and_the_next_is_read(build: object) -> None:
    raw = build()  # type: ignore[operator]
    large = re.sub(rb"record 7", b"record 7" + b"x y " * 5_000, plain())
    large = large.replace(b"X-Number: 7\r\nContent-Length: 609", b"X-Number: 7\r\nContent-Length: 20609")
    if build is zipped:
        large = b"".join(gzip.compress(part) for part in re.split(rb"(?=WARC/1\.0)", large)[1:])
    assert len(large) > len(raw) - 1
    records, [gap] = read(large, Limits(record_bytes=10_000))
    assert numbers(records) == [number for number in range(COUNT) if number != 7] and gap.code == "too_large"


def test_noise_between_records_is_a_gap() -> None:
    records, [gap] = read(plain() + b"noise " * 10_000 + b"\r\n" + plain())
    assert numbers(records) == [*range(COUNT), *range(COUNT)]
    assert (gap.offset, gap.end, gap.code) == (len(plain()), len(plain()) + 60_002, "not_warc")


def test_reading_can_begin_at_a_record() -> None:
    for raw in (plain(), zipped()):
        records, _ = read(raw)
        found = list(read_records(io.BytesIO(raw), DEFAULT_LIMITS, records[30].offset))
        assert [one.fields["x-number"] for one in found if isinstance(one, WarcRecord)] == [
            str(n) for n in range(30, COUNT)
        ]


def test_what_is_no_archive() -> None:
    assert read(b"")[0] == [] and [gap.code for gap in read(b"hello\n" * 100)[1]] == ["not_warc"]
