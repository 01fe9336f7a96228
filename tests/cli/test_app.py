"""The commands as people type them: what they print, where, and with which exit code."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from qala.cli.app import DEMO_PUBLISHED


def test_read_prints_a_table(qala, article):
    ran = qala("read", article)
    assert ran.code == 0 and ran.err == ""
    assert "assert" in ran.out and "المحادثات ستبدأ" in ran.out


def test_read_jsonl_holds_exact_spans(qala, article):
    ran = qala("read", article, "--format", "jsonl", "--text")
    (record,) = [json.loads(line) for line in ran.out.splitlines()]
    assert record["text"] == article.read_text(encoding="utf-8")
    cues = [record["text"][start:end] for row in record["statements"] for start, end in row["cue"]]
    assert "قالت" in cues


def test_published_reaches_the_document(qala, article):
    ran = qala("read", article, "--published", "2024-10-15", "-f", "jsonl")
    assert json.loads(ran.out)["published"] == "2024-10-15"


@pytest.mark.parametrize(
    ("name", "beginning"), [("html", "<!DOCTYPE html>"), ("markdown", '<div dir="rtl"'), ("jsonl", "{")]
)
def test_every_format_is_written(qala, article, name, beginning):
    ran = qala("read", article, "--format", name)
    assert ran.code == 0 and ran.out.startswith(beginning)


def test_output_goes_to_a_file_and_nothing_to_the_screen(qala, article, tmp_path):
    target = tmp_path / "out.jsonl"
    ran = qala("read", article, "-f", "jsonl", "-o", target)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert json.loads(target.read_text(encoding="utf-8"))["statements"]


def test_what_cannot_be_read_is_told_and_the_others_go_on(qala, article, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    ran = qala("read", tmp_path / "missing.txt", empty, article, "-f", "jsonl")
    assert ran.code == 3
    assert len(ran.out.splitlines()) == 1
    lines = ran.err.splitlines()
    assert len(lines) == 2
    assert "missing.txt: no such file" in lines[0] and "[not_found]" in lines[0]
    assert "empty.txt" in lines[1] and "[no_text]" in lines[1]


def test_a_bad_line_of_json_is_told_with_its_number(qala, tmp_path):
    lines = tmp_path / "articles.jsonl"
    good = json.dumps({"id": "a", "text": "قال علي إن المطر قادم."}, ensure_ascii=False)
    lines.write_text(f"{good}\n{{bad\n{good}\n", encoding="utf-8")
    ran = qala("read", lines, "-f", "jsonl")
    assert ran.code == 3 and len(ran.out.splitlines()) == 2
    assert "articles.jsonl:2:" in ran.err


def test_an_empty_folder_is_told(qala, tmp_path):
    ran = qala("read", tmp_path)
    assert ran.code == 3 and "no article found" in ran.err


def test_several_processes_give_the_same_lines_in_the_same_order(qala, tmp_path):
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(f"قال علي إن العدد {number} كبير.", encoding="utf-8")
    alone = qala("read", tmp_path, "-f", "jsonl")
    together = qala("read", tmp_path, "-f", "jsonl", "--jobs", "2")
    assert together.code == 0
    assert together.out == alone.out


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["read"], "PATH"),
        (["read", "x", "--format", "pdf"], "pdf"),
        (["read", "x", "--published", "2024-13-40"], "2024-13-40"),
        (["read", "x", "--published", "yesterday"], "yesterday"),
        (["read", "x", "--encoding", "klingon"], "klingon"),
        (["read", "x", "--jobs", "0"], "--jobs"),
        (["raed"], "raed"),
        (["lexicon", "nope"], "nope"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(qala, arguments, reason):
    ran = qala(*arguments)
    assert ran.code == 2 and ran.out == ""
    assert len(ran.err.splitlines()) == 1
    assert ran.err.startswith("qala: ") and reason in ran.err


def test_an_output_that_cannot_be_written_is_one_line(qala, article, tmp_path):
    ran = qala("read", article, "-o", tmp_path / "no" / "folder.txt")
    assert ran.code == 1
    assert len(ran.err.splitlines()) == 1 and "cannot write" in ran.err


def test_demo_reads_the_article_that_ships(qala):
    ran = qala("demo", "-f", "jsonl")
    record = json.loads(ran.out)
    assert ran.code == 0
    assert record["published"] == DEMO_PUBLISHED.isoformat() and DEMO_PUBLISHED.strftime("%A") == "Tuesday"
    assert len(record["statements"]) >= 12


def test_version_and_help(qala):
    assert qala("--version").out.startswith("qala ")
    for arguments in ([], ["--help"], ["read", "--help"], ["demo", "-h"], ["lexicon", "--help"]):
        shown = qala(*arguments)
        assert "Usage: qala" in shown.out + shown.err
    assert "Examples:" in qala("read", "--help").out
    assert "Exit codes:" in qala("read", "--help").out


def test_standard_input(qala_process, article):
    ran = qala_process("read", "-", "--format", "jsonl", given=article.read_bytes())
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["path"] == "-"


def test_a_poor_locale_changes_nothing(qala_process, article):
    poor = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for name in ("table", "jsonl", "html", "markdown"):
        ran = qala_process("read", article, "-f", name, **poor)
        assert ran.returncode == 0, ran.stderr
        assert ran.stdout == qala_process("read", article, "-f", name).stdout
    missing = qala_process("read", "غائب.txt", **poor)
    assert "غائب.txt" in missing.stderr.decode("utf-8") and missing.returncode == 3


def test_a_reader_that_goes_away_ends_the_run_quietly(tmp_path):
    for number in range(300):
        (tmp_path / f"{number}.txt").write_text("قال علي إن المطر قادم. " * 60, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "qala", "read", str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.stdout.read(10)
    process.stdout.close()
    errors = process.stderr.read()
    assert process.wait(60) == 141
    assert errors == b""


def test_a_terminated_run_leaves_no_half_file(tmp_path):
    """The run waits on a pipe that nobody fills; the file it writes must not appear."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    target = tmp_path / "made" / "out.jsonl"
    target.parent.mkdir()
    process = subprocess.Popen([sys.executable, "-m", "qala", "read", str(pipe), "-f", "jsonl", "-o", str(target)])
    try:
        deadline = time.monotonic() + 60
        while not list(target.parent.iterdir()) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert list(target.parent.iterdir())
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 143
    finally:
        process.kill()
        process.wait()
    assert list(target.parent.iterdir()) == []
