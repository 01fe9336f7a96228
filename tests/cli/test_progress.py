"""The bar: its total, and its silence without a terminal."""

import io
import sys
from pathlib import Path

from qala.cli.progress import Count, Progress, find_size, find_total, open_progress
from qala.model import Document, Origin


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_total_is_the_bytes_of_all_inputs(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"12345")
    (tmp_path / "b.jsonl").write_bytes(b"123")
    assert find_total([str(tmp_path)]) == 8
    assert find_total([str(tmp_path), str(tmp_path / "a.txt"), "missing"]) == 13
    assert find_total(["-"]) is None


def test_a_document_counts_with_its_bytes():
    assert find_size(Document("x", "قال", origin=Origin(raw=b"12345"))) == 5
    assert find_size(Document("x", "قال")) > 6


def test_nothing_is_drawn_without_a_terminal(capsys, tmp_path):
    with open_progress([str(tmp_path)], to_terminal=False) as progress:
        progress.advance(Count(1, 2, 0, 10))
        progress.say("line")
    assert capsys.readouterr().err == "line\n"


def test_a_terminal_gets_a_bar_and_the_lines_above_it(monkeypatch, tmp_path):
    monkeypatch.setattr("qala.cli.progress.SHOWN_AFTER", 0.0)
    monkeypatch.setattr(sys, "stderr", Terminal())
    Path(tmp_path / "a.txt").write_bytes(b"12345")
    progress = Progress([str(tmp_path)], shown=True)
    progress.advance(Count(1200, 3, 1, 4))
    progress.say("a [bold]line[/bold]")
    progress.advance(Count(1201, 3, 1, 5))
    progress.close()
    shown = sys.stderr.getvalue()
    assert "a [bold]line[/bold]" in shown
    assert "1,201 articles" in shown and "1 refused" in shown
