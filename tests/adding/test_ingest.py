"""The adding loop: killed, stopped, repeated, in any order and number of processes (FAULTS 5, 6, 7, 22)."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from qala.adding import ingest
from qala.adding.ingest import Summary, add_documents, add_paths
from qala.adding.prepare import Job, prepare_job
from qala.errors import LedgerFullError
from qala.ledger.codec import encode_statement
from qala.ledger.ledger import Ledger
from qala.ledger.rows import PreparedReading
from qala.ledger.writer import Added
from qala.model import Document, RefusedInput

NAMES = ["كمال", "سلمى", "نادر", "هدى", "سامي", "ريم", "فادي", "لينا"]


def text_of(number: int) -> str:
    name = NAMES[number % len(NAMES)]
    return f"قال الوزير {name} الراوي إن المصنع رقم {number} أغلق أبوابه، فيما نفى المدير أن يكون العمال قد سرحوا."


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """60 lines: ten of them twice, one that is no article."""
    lines = [json.dumps({"id": f"a{n % 50}", "text": text_of(n % 50)}, ensure_ascii=False) for n in range(60)]
    lines.insert(30, "{broken")
    path = tmp_path / "news" / "articles.jsonl"
    path.parent.mkdir()
    path.write_text("\n".join(lines), encoding="utf-8")
    (path.parent / "one.txt").write_text(text_of(99), encoding="utf-8")
    return path


def export(ledger: Ledger) -> list[object]:
    return [
        (record.id, record.document_id, record.parent, encode_statement(record.statement))
        for record in ledger.records()
    ]


def expected(tmp_path: Path, source: Path) -> tuple[list[object], str]:
    with Ledger.open(tmp_path / "whole.db") as ledger:
        add_paths(ledger, [source.parent])
        return export(ledger), ledger.set_root()


def test_files_are_added_once_and_everything_is_counted(tmp_path: Path, source: Path) -> None:
    told: list[int] = []
    with Ledger.open(tmp_path / "l.db") as ledger:
        summary = add_paths(ledger, [source.parent], progress=lambda so_far: told.append(so_far.inputs))
        assert summary.added == Added(
            documents=51, readings=51, statements=summary.added.statements, captures=61, refusals=1
        )
        assert summary.added.statements >= 51
        assert (summary.inputs, summary.files, summary.files_known) == (62, 2, 0)
        assert dict(summary.refused) == {"bad_json": 1}
        assert summary.size > 51 * len(text_of(1).encode())
        assert told[-1] == 62
        head = ledger.head()
        again = add_paths(ledger, [source.parent])
        assert (again.added, again.inputs, again.files_known) == (Added(), 0, 2)
        assert ledger.head() == head
        assert ledger.verify(head).intact


def test_a_file_that_changed_is_read_again_and_only_the_new_is_added(tmp_path: Path, source: Path) -> None:
    with Ledger.open(tmp_path / "l.db") as ledger:
        add_paths(ledger, [source])
        with source.open("a", encoding="utf-8") as file:
            file.write("\n" + json.dumps({"id": "new", "text": text_of(77)}))
        summary = add_paths(ledger, [source])
        assert (summary.added.documents, summary.added.refusals) == (1, 0)
        assert summary.known == 60
        assert (summary.inputs, summary.files) == (62, 1)


def test_processes_and_order_do_not_matter(tmp_path: Path, source: Path) -> None:
    want = expected(tmp_path, source)
    lines = source.read_text(encoding="utf-8").splitlines()
    source.write_text("\n".join(reversed(lines)), encoding="utf-8")
    with Ledger.open(tmp_path / "l.db") as ledger:
        summary = add_paths(ledger, [source.parent / "one.txt", source], jobs=2)
        assert summary.added.documents == 51
        assert export(ledger) == want[0]


def test_an_interruption_keeps_whole_batches_and_the_run_goes_on(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    want = expected(tmp_path, source)
    monkeypatch.setattr(ingest, "BATCH_ROWS", 20)
    path = tmp_path / "l.db"

    def stop(summary: Summary) -> None:
        if summary.inputs > 20:
            raise KeyboardInterrupt

    seen = 0
    with Ledger.open(path) as ledger:
        with pytest.raises(KeyboardInterrupt):
            add_paths(ledger, [source.parent], progress=stop)
        seen = ledger.stats().documents
        assert 5 < seen < 51
        assert ledger.verify().intact
        summary = add_paths(ledger, [source.parent])
        assert summary.inputs < 50  # what was read before is passed over
        assert summary.added.documents == 51 - seen
        assert (export(ledger), ledger.set_root()) == want


SCRIPT = """
import signal, sys
from qala.adding import ingest
from qala.ledger.ledger import Ledger
if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    ingest.BATCH_ROWS = 10
    with Ledger.open(sys.argv[1]) as ledger:
        ingest.add_paths(ledger, sys.argv[3:], jobs=int(sys.argv[2]), progress=lambda s: print(s.inputs, flush=True))
"""


def start(tmp_path: Path, jobs: int, *paths: Path) -> subprocess.Popen[str]:
    script = tmp_path / "run.py"
    script.write_text(SCRIPT, encoding="utf-8")
    command: list[Any] = [sys.executable, script, tmp_path / "l.db", jobs, *paths]
    return subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def children_of(parent: int) -> list[int]:
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [pid for pid in map(int, found) if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGTERM, 143)])
def test_a_stopped_run_leaves_batches_no_processes_and_goes_on(
    tmp_path: Path, source: Path, sent: signal.Signals, code: int
) -> None:
    """A worker is killed, its work is done by another, then the run itself is killed or told to stop."""
    want = expected(tmp_path, source)
    running = start(tmp_path, 2, source.parent)
    assert running.stdout
    assert running.stdout.readline()  # the first batch is committed
    workers = children_of(running.pid)
    assert len(workers) == 2
    os.kill(workers[0], signal.SIGKILL)
    assert running.stdout.readline()
    workers = children_of(running.pid)
    running.send_signal(sent)
    assert running.wait(20) == code
    for _ in range(200):
        if all(_state(pid) == "Z" for pid in workers):
            break
        time.sleep(0.05)
    else:
        raise AssertionError("a worker outlived its parent")
    with Ledger.open(tmp_path / "l.db") as ledger:
        assert 0 < ledger.stats().documents < 51
        assert ledger.verify().intact
        add_paths(ledger, [source.parent])
        assert (export(ledger), ledger.set_root()) == want


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def test_a_full_disk_says_how_much_is_needed_and_the_run_goes_on(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    want = expected(tmp_path, source)
    monkeypatch.setattr(ingest, "BATCH_ROWS", 20)
    with Ledger.open(tmp_path / "l.db") as ledger:
        pages = next(ledger.store.rows("PRAGMA page_count"))[0]
        ledger.store.change(f"PRAGMA max_page_count={int(str(pages)) + 30}")
        with pytest.raises(LedgerFullError, match=r"no space left.* needs some [\d,]+ bytes"):
            add_paths(ledger, [source.parent])
        assert 0 < ledger.stats().documents < 51
        ledger.store.change("PRAGMA max_page_count=1000000")
        add_paths(ledger, [source.parent])
        assert (export(ledger), ledger.set_root()) == want


def test_documents_at_hand_are_added_and_what_cannot_be_kept_is_refused(tmp_path: Path) -> None:
    given = [
        Document("a", text_of(1)),
        RefusedInput("/x", "not there", "not_found"),
        Document("b\x00", text_of(2)),
        Document("c", text_of(3) + "\ud800"),
        Document("a", text_of(1)),
    ]
    with Ledger.open(tmp_path / "l.db") as ledger:
        summary = add_documents(ledger, given)
        assert (summary.inputs, summary.added.documents, summary.added.refusals) == (5, 1, 3)
        assert dict(summary.refused) == {"not_found": 1, "bad_text": 2}
        assert [item.code for item in ledger.refusals()] == ["not_found", "bad_text", "bad_text"]


# The alarm may ring in a callback of the garbage collector, where Python can only print it; it rings again.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_document_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qala.adding.prepare.SECONDS", 0.02)
    slow = prepare_job(Job(Document("a", " ".join(text_of(number) for number in range(3_000)))))
    assert isinstance(slow, RefusedInput)
    assert slow.code == "too_slow"
    monkeypatch.setattr("qala.adding.prepare.SECONDS", 30.0)
    assert isinstance(prepare_job(Job(Document("a", text_of(1)))), PreparedReading)
