"""Bytes to text: five encodings, declared or detected, lies, malformed sequences, mojibake."""

import pytest

from qala.errors import ReadError
from qala.reading.charset import decode_bytes, is_mojibake

ARTICLE = (
    "أعلنت وزارة الزراعة، الثلاثاء، أن محصول هذا العام بلغ 12.5 ألف طن.\n"
    'وقال الوزير إن "الموسم كان جيدا رغم قلة الأمطار"، مضيفا أن الحكومة ستدعم المزارعين؟ نعم!\n'
)
BOMS = {"utf-8-sig": b"\xef\xbb\xbf", "utf-16": b"\xff\xfe"}
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256", "iso-8859-6"]
STORED = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "iso-8859-6": "iso8859-6"}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("declare", [False, True])
def test_each_encoding_is_read_declared_and_detected(encoding: str, declare: bool) -> None:
    raw = ARTICLE.encode(encoding)
    decoded = decode_bytes(raw, encoding if declare else None)
    assert decoded.text == ARTICLE
    assert decoded.encoding == STORED.get(encoding, encoding)
    assert decoded.flags == ()
    start = ARTICLE.index("الوزير")
    first, last = decoded.offsets.byte_offset(start), decoded.offsets.byte_offset(start + 6)
    assert raw[first:last].decode(decoded.encoding) == "الوزير"
    assert decoded.offsets.byte_offset(0) == len(BOMS.get(encoding, b""))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("declared", ["utf-8", "windows-1256", "iso-8859-6", "utf-16-le", "utf-16-be"])
def test_a_declaration_that_lies_is_overruled(encoding: str, declared: str) -> None:
    decoded = decode_bytes(ARTICLE.encode(encoding), declared)
    assert decoded.text == ARTICLE
    names = {"windows-1256": "cp1256", "iso-8859-6": "iso8859-6"}
    lies = decoded.encoding != names.get(declared, declared)
    assert decoded.flags == (("encoding_overruled",) if lies else ())


@pytest.mark.parametrize(
    "name", ["UTF8", " utf-8 ", "ASCII", "Windows-1256", "cp1256", "ISO_8859-6", "arabic", "utf-16"]
)
def test_names_of_encodings_as_people_write_them(name: str) -> None:
    assert decode_bytes(b"", name).text == ""


@pytest.mark.parametrize("name", ["latin-1", "klingon", "utf-7", "base64", "\0"])
def test_an_unknown_encoding_is_refused_with_those_allowed(name: str) -> None:
    with pytest.raises(ReadError, match=r"unknown encoding.*windows-1256"):
        decode_bytes(b"", name)


def test_short_texts_are_detected() -> None:
    for encoding in ENCODINGS:
        assert decode_bytes("قال الوزير".encode(encoding)).text == "قال الوزير", encoding


MALFORMED = [
    b"\x80",  # a continuation alone
    b"\xbf\xbf",
    b"\xc0\xaf",  # overlong slash
    b"\xc1\xbf",
    b"\xe0\x80\xaf",  # overlong of three
    b"\xf0\x80\x80\xaf",  # overlong of four
    b"\xed\xa0\x80",  # a surrogate
    b"\xed\xb0\x80",
    b"\xd9",  # a lead without its continuation
    b"\xe2\x80",  # cut after two of three
    b"\xf0\x9f\x98",  # cut after three of four
    b"\xf4\x90\x80\x80",  # above U+10FFFF
    b"\xf8\x88\x80\x80\x80",  # five bytes
    b"\xfe\xff",
]


@pytest.mark.parametrize("bad", MALFORMED, ids=lambda bad: bad.hex())
@pytest.mark.parametrize("declared", [None, "utf-8"])
def test_malformed_utf8_keeps_every_offset(bad: bytes, declared: str | None) -> None:
    before, after = ARTICLE[:70] + "\ufffd", ARTICLE[70:]
    raw = before.encode() + bad + after.encode()
    decoded = decode_bytes(raw, declared)
    assert decoded.text == raw.decode("utf-8", "replace")
    assert decoded.encoding == "utf-8"
    assert decoded.flags == ("encoding_errors",)
    tail = len(decoded.text) - len(after)
    for position in range(len(after)):
        offset = decoded.offsets.byte_offset(tail + position)
        assert raw[offset:].decode() == after[position:]
    assert decoded.offsets.byte_offset(len(decoded.text)) == len(raw)


def test_a_tail_cut_inside_a_letter() -> None:
    raw = ARTICLE.encode()[:40] + b"\xd9"
    decoded = decode_bytes(raw)
    assert decoded.text.endswith("\ufffd")
    assert decoded.offsets.byte_offset(len(decoded.text)) == len(raw)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_malformed_utf16_keeps_every_offset(encoding: str) -> None:
    lone = "\ud800".encode(encoding, "surrogatepass")
    raw = "قال الوزير ".encode(encoding) + lone + "إن الموسم جيد 😀 هذا العام".encode(encoding) + b"\x27"
    decoded = decode_bytes(raw, encoding)
    assert decoded.text == "قال الوزير \ufffdإن الموسم جيد 😀 هذا العام\ufffd"
    assert decoded.flags == ("encoding_errors",)
    start = decoded.text.index("هذا")
    assert raw[decoded.offsets.byte_offset(start) :].decode(encoding, "ignore") == "هذا العام"
    assert decoded.offsets.byte_offset(len(decoded.text)) == len(raw)


def test_iso_8859_6_with_bytes_it_does_not_have() -> None:
    raw = ARTICLE.encode("iso-8859-6") + b"\xff\xfe"
    decoded = decode_bytes(raw, "iso-8859-6")
    assert decoded.text == ARTICLE + "\ufffd\ufffd"
    assert decoded.flags == ("encoding_errors",)


def test_the_byte_order_mark_beats_the_declaration() -> None:
    decoded = decode_bytes(b"\xfe\xff" + "قال".encode("utf-16-be"), "utf-16-le")
    assert (decoded.text, decoded.flags) == ("قال", ("encoding_overruled",))


def test_nothing_of_the_text_is_changed() -> None:
    text = "\u202eقال\x00 \x85\r\n\u200dإن\ufeff " * 9
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert decode_bytes(text.encode(encoding)).text == text


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1", "cp1256"])
def test_mojibake_is_suspected_once_and_twice(wrong: str) -> None:
    once = ARTICLE.encode().decode(wrong, "ignore")
    twice = once.encode().decode(wrong, "ignore")
    assert is_mojibake(once)
    assert is_mojibake(twice)
    decoded = decode_bytes(once.encode())
    assert decoded.flags == ("mojibake_suspected",)
    assert decoded.text == once


def test_true_texts_are_no_mojibake() -> None:
    french = "Où est l'été ? Ça va très bien à la façade, « déjà » dit-il. " * 5
    assert not is_mojibake(french)
    assert not is_mojibake(ARTICLE)
    assert not is_mojibake("نفط، غاز، نفط؛ حظ، شرط، وسط» ربط؟ " * 5)
    assert not is_mojibake("")


def test_plain_latin_text_stays_what_it_is_declared() -> None:
    assert decode_bytes(b"hello", "cp1256").encoding == "cp1256"
    assert decode_bytes(b"hello").flags == ()
