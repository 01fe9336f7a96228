"""Heads, as they are written down and read again."""

import pytest

from qala.errors import LedgerError
from qala.ledger.log import Head, parse_head


def test_a_head_comes_back_from_what_was_written() -> None:
    head = Head(12, bytes(range(32)))
    assert parse_head(f" {head}\n") == head


@pytest.mark.parametrize("written", ["", "12", "12-abc", "-5-" + "0" * 64, "1-" + "G" * 64, "x" * 10_000])
def test_anything_else_is_no_head(written: str) -> None:
    with pytest.raises(LedgerError, match="not a head"):
        parse_head(written)
