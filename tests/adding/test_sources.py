"""From paths to inputs: how far files were read, with which options, and which files are the ledger's own."""

import gzip
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.adding import ingest
from qala.adding.ingest import Summary, add_paths
from qala.adding.sources import Item, mark_options, read_paths
from qala.ledger.ledger import Ledger
from qala.ledger.runs import describe_run
from qala.model import RefusedInput
from qala.reading.columns import ColumnMapping
from qala.reading.limits import Limits

ARABIC = "قالت الوزيرة سلمى الراوي إن المحصول رقم {} ارتفع هذا العام إلى ثلاثة ملايين طن، ونفى الاتحاد هذه الأرقام."
PERSIAN = "وزیر کشاورزی گفت که محصول گندم امسال به سه میلیون تن رسیده است و این بالاترین رقم در ده سال گذشته است."


class Stop(Exception):
    """Ends a run after its first batches, as a kill would."""


def make_record(body: bytes, kind: str = "conversion") -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body + b"\r\n\r\n"


def make_bodies() -> list[bytes]:
    """Arabic articles with Persian pages, pictures' names and a broken record between them."""
    bodies = []
    for number in range(24):
        bodies.append(ARABIC.format(number).encode())
        if number % 3 == 0:
            bodies.append(PERSIAN.encode() + str(number).encode())
        if number % 5 == 0:
            bodies.append(b"a picture")
    return bodies


def write_archive(path: Path, *, members: int) -> Path:
    """Write the records into an archive with so many of them in one gzip member; 0 for no gzip."""
    records = [make_record(body) for body in make_bodies()]
    records.insert(7, b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: none\r\n\r\nlost\r\n\r\n")
    if not members:
        path.write_bytes(b"".join(records))
        return path
    out = io.BytesIO()
    for start in range(0, len(records), members):
        out.write(gzip.compress(b"".join(records[start : start + members]), 9))
    path.write_bytes(out.getvalue())
    return path


def write_table(path: Path) -> Path:
    pyarrow = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    rows = [{"id": str(n), "text": "" if n % 4 == 0 else ARABIC.format(n)} for n in range(40)]
    pq.write_table(pyarrow.Table.from_pylist(rows), path)
    return path


def write_lines(path: Path) -> Path:
    rows = [{"id": str(n), "text": ARABIC.format(n)} for n in range(30)]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    lines.insert(3, "{broken")
    lines.insert(20, "")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def stop_after(inputs: int) -> object:
    def stop(summary: Summary) -> None:
        if summary.inputs >= inputs:
            raise Stop

    return stop


@pytest.mark.parametrize("kind", ["warc", "warc.gz", "warc.gz of many records a member", "parquet", "jsonl"])
def test_a_resumed_file_gives_the_same_rows_and_counts(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest, "BATCH_ROWS", 12)
    monkeypatch.setattr(ingest, "CHUNK_ITEMS", 2)
    if kind == "parquet":
        path = write_table(tmp_path / "a.parquet")
    elif kind == "jsonl":
        path = write_lines(tmp_path / "a.jsonl")
    else:
        members = 0 if kind == "warc" else 1 if kind == "warc.gz" else 9
        path = write_archive(tmp_path / ("a.warc.gz" if members else "a.warc"), members=members)
    with Ledger.open(tmp_path / "whole.db") as ledger:
        add_paths(ledger, [path])
        want, refusals, documents = ledger.set_root(), sorted(ledger.refusals()), ledger.stats().documents
    assert documents in (24, 30) and refusals
    with Ledger.open(tmp_path / "resumed.db") as ledger:
        stopped = 0
        for wanted in (3, 4, 5, 6):
            try:
                add_paths(ledger, [path], progress=stop_after(wanted))  # type: ignore[arg-type]
            except Stop:
                stopped += 1
        assert stopped >= 2 and ledger.stats().documents < documents
        summary = add_paths(ledger, [path])
        assert summary.inputs <= documents
        assert sorted(ledger.refusals()) == refusals
        assert ledger.set_root() == want


def test_what_is_known_counts_as_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest, "BATCH_ROWS", 12)
    monkeypatch.setattr(ingest, "CHUNK_ITEMS", 2)
    path = write_lines(tmp_path / "a.jsonl")
    with Ledger.open(tmp_path / "l.db") as ledger:
        with pytest.raises(Stop):
            add_paths(ledger, [path], progress=stop_after(10))  # type: ignore[arg-type]
        resumed = add_paths(ledger, [path])
        whole = path.stat().st_size
        assert 0 < resumed.size_known < whole
        # line ends, broken and empty lines are no article's bytes
        assert resumed.size + resumed.size_known == pytest.approx(whole, rel=0.1)
        assert add_paths(ledger, [path]).size_known == whole


def test_a_cursor_is_of_the_options_too(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f'a,b\n"{ARABIC.format(1)}","{ARABIC.format(2)}"\n', encoding="utf-8")
    with Ledger.open(tmp_path / "l.db") as ledger:
        for column, new in (("a", 1), ("b", 1), ("a", 0)):
            summary = add_paths(ledger, [path], columns=ColumnMapping(text=column))
            assert (summary.added.documents, summary.files_known) == (new, 1 - new)
        summary = add_paths(ledger, [path], columns=ColumnMapping(text="a"), outlet="جريدة")
        assert (summary.added.documents, summary.files) == (1, 1)
        assert {document.outlet for _, document in ledger.documents()} == {None, "جريدة"}


@given(
    st.dictionaries(
        st.sampled_from(["encoding", "outlet"]), st.text(max_size=5) | st.none() | st.just(Limits()), max_size=2
    )
)
def test_options_that_are_not_given_leave_no_mark(options: dict[str, object]) -> None:
    given_ones = {name: value for name, value in options.items() if value is not None}
    assert mark_options(options) == mark_options(given_ones)
    assert bool(mark_options(options)) == bool(given_ones)
    assert mark_options(dict(reversed(list(options.items())))) == mark_options(options)


def test_the_ledgers_own_files_in_a_folder_are_no_input(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(ARABIC.format(1), encoding="utf-8")
    (folder / "other.db").write_bytes(b"SQLite format 3\x00")
    (tmp_path / "link").symlink_to(folder)
    for place in (folder / "news.db", tmp_path / "link" / "ledger.txt"):  # the second by another way, and as a text
        with Ledger.open(place) as ledger:
            items = [each for each in read_paths(ledger, describe_run(), [folder], {}) if isinstance(each, Item)]
            refused = [each.item for each in items if isinstance(each.item, RefusedInput)]
            assert [Path(each.place).name for each in refused] == ["other.db"]
            add_paths(ledger, [folder])
            add_paths(ledger, [folder], again=True)
            assert ledger.stats().documents == 1 and ledger.stats().refusals == 1
        for own in folder.glob("news.db*"):
            own.unlink()


def test_a_ledger_that_is_named_is_an_input_like_any_other(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "l.db") as ledger:
        summary = add_paths(ledger, [tmp_path / "l.db"])
        assert summary.refused.total() == 1


def test_the_index_is_in_order_after_much_was_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest, "BATCH_ROWS", 12)
    monkeypatch.setattr(ingest, "CHUNK_ITEMS", 2)
    path = write_lines(tmp_path / "a.jsonl")
    pieces = []
    for after in (10_000, 10):
        monkeypatch.setattr("qala.ledger.search.TIDY_AFTER", after)
        with Ledger.open(tmp_path / f"{after}.db") as ledger:
            add_paths(ledger, [path])
            pieces.append(next(ledger.store.rows("SELECT count(DISTINCT segid) FROM search_text_idx"))[0])
    assert pieces[1] == 1 and int(str(pieces[0])) > 1
