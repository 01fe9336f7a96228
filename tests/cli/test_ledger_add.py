"""``qala add`` as people type it: what is added, what is told, and with which exit code."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial

import pytest

from qala.ledger.ledger import Ledger
from qala.ledger.sqlite import open_sqlite

FIRST = "قالت كندا إن المحادثات ستبدأ غداً. ونفت بيرو شراء السفن.\n"
SECOND = "قال علي إن المطر قادم، وأكدت الوزارة أن الطريق مفتوح.\n"


@pytest.fixture
def place(tmp_path):
    return tmp_path / "ledgers" / "news.db"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Two articles in a folder, and a folder for ledgers; no ledger is named outside."""
    monkeypatch.delenv("QALA_LEDGER", raising=False)
    (tmp_path / "ledgers").mkdir()
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "first.txt").write_text(FIRST, encoding="utf-8")
    (articles / "second.txt").write_text(SECOND, encoding="utf-8")
    return articles


def test_articles_are_added_once(qala, folder, place):
    ran = qala("add", folder, "--ledger", place, "--json")
    assert (ran.code, ran.err) == (0, "")
    told = json.loads(ran.out)
    with Ledger.open(place) as ledger:
        stats = ledger.stats()
    assert (told["documents_new"], told["files_read"], told["refused"]) == (2, 2, 0)
    assert told["statements_new"] == stats.statements > 2
    again = json.loads(qala("add", folder, "--ledger", place, "--json").out)
    assert (again["documents_new"], again["statements_new"], again["files_known"]) == (0, 0, 2)


def test_the_summary_for_people_counts_everything(qala, folder, place):
    (folder / "empty.txt").write_bytes(b"")
    ran = qala("add", folder, folder / "missing.txt", "--ledger", place)
    assert ran.code == 3
    lines = dict(line.split(maxsplit=1) for line in ran.out.splitlines())
    assert lines["documents"] == "2 new, 0 known"
    assert lines["files"] == "3 read, 0 known and unchanged"
    assert lines["refused"].startswith("2, ") and "1 not_found" in lines["refused"] and "1 no_text" in lines["refused"]
    assert "missing.txt" in ran.err and "[not_found]" in ran.err and "[no_text]" in ran.err
    refused = [json.loads(line) for line in qala("refusals", "--ledger", place, "--json").out.splitlines()]
    assert {each["code"] for each in refused} == {"not_found", "no_text"}


def test_only_some_refusals_are_told_and_all_are_kept(qala, tmp_path, place):
    names = [tmp_path / f"missing{number}.txt" for number in range(15)]
    ran = qala("add", *names, "--ledger", place)
    assert ran.code == 3
    assert len(ran.err.splitlines()) == 11 and "15 refused in all" in ran.err
    assert len(qala("refusals", "--ledger", place, "--code", "not_found").out.splitlines()) == 15


def test_an_empty_folder_is_told(qala, tmp_path, place):
    (tmp_path / "nothing").mkdir()
    ran = qala("add", tmp_path / "nothing", "--ledger", place)
    assert ran.code == 3 and "no article found" in ran.err


def test_the_ledger_may_be_named_by_the_environment(qala, folder, place, monkeypatch):
    ran = qala("add", folder)
    assert ran.code == 2 and len(ran.err.splitlines()) == 1
    assert "--ledger" in ran.err and "QALA_LEDGER" in ran.err
    monkeypatch.setenv("QALA_LEDGER", str(place))
    assert qala("add", folder).code == 0 and place.exists()


def test_several_processes_add_the_same(qala, folder, tmp_path, place):
    for number in range(20):
        (folder / f"{number}.txt").write_text(f"قال علي إن العدد {number} كبير.", encoding="utf-8")
    other = tmp_path / "ledgers" / "other.db"
    assert qala("add", folder, "--ledger", place).code == 0
    assert qala("add", folder, "--ledger", other, "--jobs", "2").code == 0
    with Ledger.open(place) as one, Ledger.open(other) as two:
        assert one.set_root() == two.set_root()


def test_an_outlet_is_given_to_articles_without_one(qala, tmp_path, place):
    lines = tmp_path / "articles.jsonl"
    rows = [{"id": "a", "text": FIRST}, {"id": "b", "text": SECOND, "outlet": "صحيفة"}]
    lines.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    assert qala("add", lines, "--ledger", place, "--outlet", "وكالة").code == 0
    with Ledger.open(place) as ledger:
        assert {document.id: document.outlet for _, document in ledger.documents()} == {"a": "وكالة", "b": "صحيفة"}
    told = json.loads(qala("add", lines, "--ledger", place, "--outlet", "وكالة", "--json").out)
    assert (told["documents_new"], told["files_known"]) == (0, 1)


def test_files_are_looked_at_again_on_request(qala, folder, place):
    qala("add", folder, "--ledger", place)
    passed = json.loads(qala("add", folder, "--ledger", place, "--json").out)
    assert (passed["inputs"], passed["files_known"]) == (0, 2)
    read = json.loads(qala("add", folder, "--ledger", place, "--again", "--json").out)
    assert (read["inputs"], read["documents_new"], read["documents_known"], read["files_known"]) == (2, 0, 2, 0)


def test_files_are_read_anew_with_other_options(qala, folder, place):
    qala("add", folder, "--ledger", place)
    for option in (["--published", "2024-03-01"], ["--outlet", "وكالة"]):
        read = json.loads(qala("add", folder, "--ledger", place, *option, "--json").out)
        assert (read["documents_new"], read["files_known"]) == (2, 0)
        again = json.loads(qala("add", folder, "--ledger", place, *option, "--json").out)
        assert (again["inputs"], again["files_known"]) == (0, 2)


def test_the_ledgers_own_files_are_no_input(qala, folder):
    place = folder / "news.db"
    for _ in range(2):
        told = json.loads(qala("add", folder, "--ledger", place, "--json").out)
        assert (told["refused"], told["files_read"] + told["files_known"]) == (0, 2)


def test_refusals_are_not_doubled_whatever_the_options(qala, folder, place):
    (folder / "empty.txt").write_bytes(b"")
    for option in ([], ["--again"], ["--outlet", "A"], ["--jobs", "2", "--again"]):
        told = json.loads(qala("add", folder, "--ledger", place, *option, "--json").out)
        assert told["refused"] == 1
    assert len(qala("refusals", "--ledger", place).out.splitlines()) == 1


def test_tables_are_read_by_their_columns(qala, tmp_path, place):
    table = tmp_path / "table.csv"
    table.write_text(f'body,headline\n"{FIRST.strip()}",عنوان\n', encoding="utf-8")
    assert qala("add", table, "--ledger", place, "--columns", "text=body,title=headline").code == 0
    with Ledger.open(place) as ledger:
        assert [document.title for _, document in ledger.documents()] == ["عنوان"]


def test_standard_input_is_added(qala_process, place):
    ran = qala_process("add", "-", "--ledger", place, given=FIRST.encode())
    assert ran.returncode == 0, ran.stderr
    with Ledger.open(place) as ledger:
        assert [document.text for _, document in ledger.documents()] == [FIRST]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--published", "2024-13-40"], "--published"),
        (["--encoding", "klingon"], "klingon"),
        (["--columns", "nonsense"], "--columns"),
        (["--jobs", "0"], "--jobs"),
        (["--ledger", ""], "QALA_LEDGER"),
    ],
)
def test_wrong_usage_is_one_line_and_makes_no_ledger(qala, folder, place, arguments, reason):
    ran = qala("add", folder, "--ledger", place, *arguments)
    assert ran.code == 2 and ran.out == "" and not place.exists()
    assert len(ran.err.splitlines()) == 1 and reason in ran.err


def test_what_is_no_ledger_is_told(qala, folder, tmp_path):
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE t (x)")
    for place in (folder / "first.txt", foreign, tmp_path / "no" / "folder.db", tmp_path):
        ran = qala("add", folder, "--ledger", place)
        assert ran.code == 1 and len(ran.err.splitlines()) == 1
    assert (folder / "first.txt").read_text(encoding="utf-8") == FIRST


def test_a_second_writer_is_told(qala, folder, place, monkeypatch):
    qala("add", folder / "first.txt", "--ledger", place)
    monkeypatch.setitem(open_sqlite.__kwdefaults__, "busy_seconds", 0.2)
    with sqlite3.connect(place, isolation_level=None) as writer:
        writer.execute("BEGIN IMMEDIATE")
        ran = qala("add", folder / "second.txt", "--ledger", place)
        assert ran.code == 1 and "another process is writing" in ran.err
        assert len(ran.err.splitlines()) == 1
        assert qala("stats", "--ledger", place).code == 0  # readers do not wait
        writer.execute("ROLLBACK")
    assert qala("add", folder / "second.txt", "--ledger", place).code == 0


def test_names_of_files_do_not_act_on_the_terminal(qala, folder, place):
    name = "سر\u202eي\x1b[2J\n.txt"
    (folder / name).write_bytes(b"")
    ran = qala("add", folder, "--ledger", place)
    assert ran.code == 3 and "[no_text]" in ran.err
    shown = ran.err + qala("refusals", "--ledger", place).out
    assert "\x1b" not in shown and "\u202e" not in shown and len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_an_interrupted_run_is_told_and_goes_on(qala, folder, place, tmp_path, number, code):
    """The run waits on a pipe that nobody fills; what stands before it is read, and committed the next time."""
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    arguments = [sys.executable, "-m", "qala", "add", str(folder), str(pipe), "--ledger", str(place)]
    # What a shell puts in the background ignores an interrupt, and so would its children.
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(arguments, stderr=subprocess.PIPE, stdout=subprocess.PIPE, preexec_fn=heard)
    writer = None
    for _ in range(600):
        try:
            writer = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
            break
        except OSError:  # nobody reads yet
            time.sleep(0.05)
    assert writer is not None
    time.sleep(0.5)
    told = b""
    for _ in range(6):  # a signal between opening and reading is seen only after the reading: it is sent again
        process.send_signal(number)
        with suppress(subprocess.TimeoutExpired):
            told = process.communicate(timeout=5)[1]
            break
    os.close(writer)
    assert process.returncode == code
    assert "the same command goes on" in told.decode() and "Traceback" not in told.decode()
    assert qala("verify", "--ledger", place).code == 0
    assert qala("add", folder, "--ledger", place).code == 0
    with Ledger.open(place) as ledger:
        assert ledger.stats().documents == 2


def test_help_has_examples(qala):
    shown = qala("add", "--help").out
    assert "Examples:" in shown and "Exit codes:" in shown and "QALA_LEDGER" in shown
