"""Files by their first bytes, and gzip read as it is asked for."""

import gzip
import io

import pytest

from qala.reading.compressed import GzipDamageError, find_foreign, is_gzip, open_gzip
from qala.reading.limits import DEFAULT_LIMITS


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (b"PK\x03\x04x", "archive"),
        (bytes(257) + b"ustar", "archive"),
        (b"\xfd7zXZ\x00", "compressed"),
        (b"%PDF-1.4", "not_text"),
        ("قال الوزير".encode(), None),
        (b"", None),
    ],
)
def test_foreign_files(head: bytes, code: str | None) -> None:
    found = find_foreign(head)
    assert (found[1] if found else None) == code


def test_lines_of_several_members() -> None:
    raw = gzip.compress(b"one\ntw") + gzip.compress(b"o\nthree")
    assert is_gzip(raw)
    file = open_gzip(io.BytesIO(raw), DEFAULT_LIMITS)
    assert file.readlines() == [b"one\n", b"two\n", b"three"]


def test_what_comes_before_the_damage_is_read() -> None:
    raw = gzip.compress(b"one\n") + gzip.compress(b"two\n" * 100_000)[:-9]
    file = open_gzip(io.BytesIO(raw), DEFAULT_LIMITS)
    assert file.readline() == b"one\n"
    with pytest.raises(GzipDamageError, match="within a gzip member"):
        file.readlines()
