"""The log that a process left behind: taken over whole, or left to others who use it (tests/faults cuts the power)."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from qala.errors import LedgerError, LedgerFullError
from qala.ledger import write_ahead
from qala.ledger.ledger import Ledger
from qala.ledger.write_ahead import rewrite_file
from qala.model import Reading

MakeReading = Callable[..., Reading]


@pytest.fixture
def left(tmp_path: Path, make_reading: MakeReading) -> tuple[Path, str]:
    """A ledger as a killed process leaves it, its commits only in the log; and its head."""
    path = tmp_path / "left" / "ledger.db"
    path.parent.mkdir()
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        for number in range(5):
            ledger.add_readings([make_reading({"content": f"شيء {number}"}, name=f"a{number}")])
        for end in ("", "-wal"):
            shutil.copy(tmp_path / f"ledger.db{end}", f"{path}{end}")
        return path, ledger.head()


def log_size(path: Path) -> int:
    log = path.with_name(path.name + "-wal")
    return log.stat().st_size if log.exists() else 0


def test_what_was_left_in_the_log_is_in_the_file(left: tuple[Path, str]) -> None:
    path, head = left
    assert log_size(path) > 0
    with Ledger.open(path) as ledger:
        assert log_size(path) == 0
        assert ledger.verify(head).intact
    shutil.copy(path, path.with_name("alone.db"))
    with Ledger.open(path.with_name("alone.db")) as ledger:
        assert ledger.head() == head


def test_a_reader_leaves_the_log_as_it_is(left: tuple[Path, str]) -> None:
    path, head = left
    before = path.with_name(path.name + "-wal").read_bytes()
    with Ledger.open(path, read_only=True) as ledger:
        assert ledger.verify(head).intact
        assert path.with_name(path.name + "-wal").read_bytes() == before


def test_the_log_of_a_process_that_writes_is_left_to_it(left: tuple[Path, str], make_reading: MakeReading) -> None:
    path, _ = left
    with Ledger.open(path) as first:
        first.add_readings([make_reading({"content": "شيء"}, name="b")])
        size = log_size(path)
        with first.store.writing(), Ledger.open(path) as second:  # at once, without waiting for the other
            assert log_size(path) == size > 0
            assert second.stats().documents == 6
        assert first.add_readings([make_reading({"content": "شيء"}, name="c")]).documents == 1
        assert first.verify().intact


def test_a_snapshot_that_others_hold_stays_as_it_is(left: tuple[Path, str], make_reading: MakeReading) -> None:
    path, _ = left
    with Ledger.open(path) as first, first.snapshot():
        head = first.head()
        with Ledger.open(path) as second:
            second.add_readings([make_reading({"content": "شيء"}, name="b")])
            with Ledger.open(path) as third:
                assert third.stats().documents == 6
        assert (first.head(), first.stats().documents) == (head, 5)


@pytest.mark.parametrize(
    ("number", "kind", "told"),
    [(errno.EIO, LedgerError, "the disk failed"), (errno.ENOSPC, LedgerFullError, "no space")],
)
def test_a_disk_that_fails_is_told_and_nothing_is_written(
    left: tuple[Path, str], monkeypatch: pytest.MonkeyPatch, number: int, kind: type[LedgerError], told: str
) -> None:
    path, head = left

    def fail(_: Path) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(write_ahead, "rewrite_file", fail)
        with pytest.raises(kind, match=rf"ledger\.db: {told}.*nothing was written"):
            Ledger.open(path)
    with Ledger.open(path) as ledger:
        assert ledger.verify(head).intact


@pytest.mark.parametrize("size", [0, 1, 1 << 20, (1 << 20) + 4097])
def test_rewriting_changes_no_byte(tmp_path: Path, size: int) -> None:
    path, content = tmp_path / "file", os.urandom(size)
    path.write_bytes(content)
    rewrite_file(path)
    assert path.read_bytes() == content
