"""One run over many inputs: outcomes in order, refusals told, exit codes."""

import io
import json
import pickle
from datetime import date

import pytest

from qala.cli.progress import Progress
from qala.cli.run import Outcome, Style, process_input, process_inputs, render_reading, write_outcomes
from qala.exports.html import Part
from qala.model import Document, Layout, Origin, Reading, RefusedInput

EMPTY = Layout((), (), (), (), ())


def write(outcomes, style=Style("jsonl")) -> tuple[int, bytes]:
    out = io.BytesIO()
    return write_outcomes(outcomes, out, style, Progress([], shown=False)), out.getvalue()


def test_a_document_becomes_a_line():
    outcome = process_input(Document("x", "قال علي إن المطر قادم."), 1, Style("jsonl"))
    assert json.loads(outcome.rendered)["id"] == "x"
    assert outcome.statements == len(json.loads(outcome.rendered)["statements"])
    assert not outcome.refusal


def test_a_refused_input_keeps_place_reason_and_code():
    outcome = process_input(RefusedInput("a.txt", "too large", "too_large"), 1, Style())
    assert outcome.refusal == "a.txt: too large [too_large]"
    assert outcome.rendered is None


def test_an_unexpected_error_is_an_outcome_and_its_place_is_named(monkeypatch):
    broken = Document("x", None, origin=Origin("broken.txt", b""))  # no text at all
    outcome = process_input(broken, 1, Style())
    assert outcome.unexpected and outcome.refusal.startswith("broken.txt: unexpected ")
    assert len(outcome.refusal.splitlines()) == 1
    monkeypatch.setenv("QALA_TRACEBACK", "1")
    assert "Traceback" in process_input(broken, 1, Style()).refusal


def test_exit_codes():
    good, refused = Outcome("a", b"{}\n"), Outcome("b", refusal="b: no")
    broken = Outcome("c", refusal="c: unexpected", unexpected=True)
    assert write([good])[0] == 0
    assert write([good, refused])[0] == write([refused])[0] == 3
    assert write([broken, good, refused])[0] == write([refused, broken])[0] == 1
    assert write([])[0] == 3


def test_refusals_are_told_and_the_rest_is_written(capsys):
    code, written = write([Outcome("a", b"1\n"), Outcome("b", refusal="b: no"), Outcome("c", b"2\n")])
    assert (code, written) == (3, b"1\n2\n")
    assert capsys.readouterr().err == "qala: b: no\n"


def test_html_is_written_once_with_all_parts():
    readings = [Reading(Document(name, "نص"), EMPTY, ()) for name in "ab"]
    parts = [render_reading(reading, number, Style("html")) for number, reading in enumerate(readings, 1)]
    assert all(isinstance(part, Part) for part in parts)
    code, page = write([Outcome("x", part) for part in parts], Style("html"))
    assert code == 0 and page.count(b"<article") == 2 and page.count(b"<!DOCTYPE") == 1


@pytest.mark.parametrize("name", ["table", "jsonl", "markdown"])
def test_other_formats_are_bytes_of_utf_8(name):
    reading = Reading(Document("x", "قال \ud800", title="عنوان \ud800"), EMPTY, ())
    assert render_reading(reading, 1, Style(name)).decode("utf-8")


def test_processes_get_documents_without_their_raw_bytes():
    def position(offset: int) -> int:  # a map that cannot be pickled
        return offset

    origin = Origin("a.txt", b"x" * 10, "utf-8", ("flag",), position)
    documents = [Document(str(number), "نص", date(2024, 1, 1), origin=origin) for number in range(3)]
    outcomes = list(process_inputs(documents, Style("jsonl"), 2))
    assert [json.loads(outcome.rendered)["id"] for outcome in outcomes] == ["0", "1", "2"]
    assert json.loads(outcomes[0].rendered)["flags"] == ["flag"]
    assert pickle.loads(pickle.dumps(outcomes[0])) == outcomes[0]
