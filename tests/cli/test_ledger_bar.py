"""The bar of adding and verifying: how much there is, how much is done, and silence without a terminal."""

import io
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.adding.ingest import Summary
from qala.cli.ledger_bar import Bar, Plan, follow_rows, measure, open_bar, plan_inputs
from qala.ledger.ledger import Ledger
from qala.model import RefusedInput


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_plan_is_the_bytes_and_files_of_all_inputs(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"12345")
    (tmp_path / "b.jsonl").write_bytes(b"123")
    assert plan_inputs([str(tmp_path)]) == Plan(8, 2)
    (tmp_path / "c.warc.gz").write_bytes(b"12")
    assert plan_inputs([str(tmp_path)]).size > 10  # a packed file holds more than its bytes
    assert plan_inputs([str(tmp_path), "-"]).size is None
    assert plan_inputs(["missing"]) == Plan(0, 0)


def test_known_files_count_as_done():
    plan = Plan(1000, 4)
    assert measure(Summary(size=100), plan) == pytest.approx(0.1)
    assert measure(Summary(size=100, files=1, files_known=1), plan) == pytest.approx(0.5)
    assert measure(Summary(size=100, size_known=300), plan) == pytest.approx(0.4)
    assert measure(Summary(), Plan(None, 0)) == 0.0


@given(*(st.integers(0, 10**6) for _ in range(6)))
def test_never_more_than_everything_is_done(size, before, files, known, whole, count):
    summary = Summary(size=size, size_known=before, files=files, files_known=known)
    assert 0.0 <= measure(summary, Plan(whole, count)) <= 1.0


def test_rows_are_followed_to_the_end(monkeypatch, tmp_path):
    with Ledger.open(tmp_path / "news.db") as ledger:
        ledger.add_readings([RefusedInput(f"{number}", "no text", "no_text") for number in range(30)])
        bar = Bar(shown=True)
        told = []
        monkeypatch.setattr(bar, "tell", lambda words, done: told.append((words, done)))
        tell = follow_rows(bar, ledger)
        for rows in (10, 20, 5, 40):
            tell("refusals", rows)
    assert [round(done, 1) for _, done in told] == [0.3, 0.6, 0.6, 1.0]
    assert told[0][0].startswith("10 rows") and "/s" in told[0][0]


def test_nothing_is_drawn_without_a_terminal(capsys):
    with open_bar() as bar:
        bar.tell("words", 0.5)
    assert capsys.readouterr().err == ""


def test_a_terminal_gets_words_and_remaining_time(monkeypatch):
    monkeypatch.setattr("qala.cli.ledger_bar.SHOWN_AFTER", 0.0)
    monkeypatch.setattr(sys, "stderr", Terminal())
    bar = Bar(shown=True)
    bar.tell("12 articles [bold]", 0.25)
    bar.tell("13 articles [bold]", 0.5)
    bar.tell("14 rows")
    bar.close()
    bar.close()
    shown = sys.stderr.getvalue()
    assert "12 articles [bold]" in shown and "left" in shown and "14 rows" in shown
