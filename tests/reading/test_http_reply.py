"""HTTP replies: fields, codings undone within caps."""

import gzip
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.reading.http_reply import Reply, ReplyError, decode_body, join_chunks, parse_reply
from qala.reading.limits import DEFAULT_LIMITS, Limits

BODY = "قالت الوزيرة إن المحصول ارتفع. ".encode() * 40


def reply(body: bytes, **fields: str) -> Reply:
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    return parse_reply(f"HTTP/1.1 200 OK\r\n{head}\r\n".encode() + body, DEFAULT_LIMITS)


def test_fields() -> None:
    found = reply(BODY, Content_Type='Text/HTML; charset="windows-1256"', content_type="x/y")
    assert (found.status, found.media_type, found.charset, found.body) == (200, "text/html", "windows-1256", BODY)


def deflate_raw(data: bytes) -> bytes:
    deflater = zlib.compressobj(wbits=-15)
    return deflater.compress(data) + deflater.flush()


CODINGS = {
    "gzip": gzip.compress(BODY),
    "x-gzip": gzip.compress(BODY),
    "deflate": zlib.compress(BODY),
    "Deflate": deflate_raw(BODY),
    "br": brotli.compress(BODY),
    "gzip, br": brotli.compress(gzip.compress(BODY)),
    "identity": BODY,
}


@pytest.mark.parametrize("coding", CODINGS)
def test_codings_are_undone(coding: str) -> None:
    assert decode_body(reply(CODINGS[coding], Content_Encoding=coding), DEFAULT_LIMITS) == BODY


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate"])
def test_what_was_undone_already_stands(coding: str) -> None:
    page = b"<html>" + BODY
    assert decode_body(reply(page, Content_Encoding=coding), DEFAULT_LIMITS) == page


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate"])
def test_bombs_stop_at_the_cap(coding: str) -> None:
    large = bytes(4_000_000)
    body = {"gzip": gzip.compress, "br": brotli.compress, "deflate": zlib.compress}[coding](large)
    with pytest.raises(ReplyError) as raised:
        decode_body(reply(body, Content_Encoding=coding), Limits(record_bytes=1 << 20))
    assert raised.value.code == "bomb"


@pytest.mark.parametrize(("coding", "code"), [("zstd", "unknown_coding"), ("gzip", "damaged"), ("br", "damaged")])
def test_what_cannot_be_undone_is_said(coding: str, code: str) -> None:
    with pytest.raises(ReplyError) as raised:
        decode_body(reply(b"\x1f\x8b\x08\x00broken", Content_Encoding=coding), DEFAULT_LIMITS)
    assert raised.value.code == code


@given(st.lists(st.binary(min_size=1, max_size=300), max_size=6))
def test_chunks_are_joined(parts: list[bytes]) -> None:
    raw = b"".join(b"%x;x=1\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
    if parts:
        assert join_chunks(raw) == b"".join(parts)
        assert decode_body(reply(raw, Transfer_Encoding="chunked"), DEFAULT_LIMITS) == b"".join(parts)
    assert join_chunks(BODY) == BODY


@pytest.mark.parametrize(
    "block", [b"", b"HTTP/1.1 200 OK", b"<html>\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000]
)
def test_what_is_no_reply(block: bytes) -> None:
    with pytest.raises(ReplyError) as raised:
        parse_reply(block, DEFAULT_LIMITS)
    assert raised.value.code == "bad_http"
