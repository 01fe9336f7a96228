"""What people decide: judged by hand, listed, and brought back from annotators."""

import io
import json
import os
import zipfile
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.cli.ledger_judge import find_part
from qala.errors import LedgerError
from qala.exports.brat import write_brat
from qala.exports.label_studio import write_label_studio
from qala.ledger.ledger import Ledger
from qala.model import Document
from qala.pipeline import extract
from qala.records import Judgement

TEXT = """\
قال الوزير كمال الراوي إن المصنع أغلق أبوابه. ونفت بيرو شراء السفن.
وأضاف الراوي أن القرار نهائي. وأكدت كندا أن المصنع آمن.
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A ledger of two articles, to be copied."""
    path = tmp_path_factory.mktemp("judge") / "news.db"
    with Ledger.open(path) as ledger:
        ledger.add_readings([extract(Document("one", TEXT, date(2024, 3, 5), "example"))])
        ledger.add_readings([extract(Document("two", "قالت كندا إن بيرو وافقت على البيع.\n"))])
    return path


@pytest.fixture
def place(filled, tmp_path):
    path = tmp_path / "news.db"
    path.write_bytes(filled.read_bytes())
    return path


@pytest.fixture
def ask(qala, place, monkeypatch):
    """Run a command on the ledger, as an author."""
    monkeypatch.setenv("QALA_LEDGER", str(place))
    monkeypatch.setenv("QALA_AUTHOR", "منى")
    return qala


def records(place, *, rejected=False):
    with Ledger.open(place, read_only=True) as ledger:
        return [each for each in ledger.records(rejected=rejected) if each.document.id == "one"]


# judge


def test_a_rejected_statement_is_left_out(ask, place):
    first = records(place)[0]
    ran = ask("judge", first.id[:10], "reject", "--reason", "تعليق صورة", "--json")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    assert (told["kind"], told["subjects"], told["author"]) == ("reject", [first.id], "منى")
    assert first.id not in [each.id for each in records(place)]
    assert first.id not in ask("search", "", "--json").out
    assert "rejected by a person" in ask("show", first.id).out


def test_corrections_change_what_is_shown(ask, place):
    first, second = records(place)[:2]
    assert ask("judge", first.id, "act", "--value", "warn").code == 0
    assert ask("judge", second.id, "speaker", "--value", "البرازيل").code == 0
    found = {each.id: each.statement for each in records(place)}
    assert found[first.id].attribution.act == "warn"
    assert found[second.id].speaker.name == "البرازيل"
    assert ask("verify").code == 0


def test_spans_are_corrected_by_words_or_offsets(ask, place):
    first = records(place)[0]
    assert ask("judge", first.id, "span", "--content", "المصنع أغلق أبوابه").code == 0
    found = records(place)[0].statement.attribution
    assert [span.of(TEXT) for span in found.content] == ["المصنع أغلق أبوابه"]
    assert (found.cue, found.source) == (first.statement.attribution.cue, first.statement.attribution.source)
    assert ask("judge", first.id, "span", "--content", "25-31,32-36", "--source", "").code == 0
    found = records(place)[0].statement.attribution
    assert [list(span) for span in found.content] == [[25, 31], [32, 36]] and found.source is None


def test_two_statements_are_compared_and_actors_merged(ask, place):
    first, second = records(place)[:2]
    told = json.loads(ask("judge", first.id[:8], "same", "--with", second.id[:8], "--json").out)
    assert told["subjects"] == [first.id, second.id]
    assert ask("judge", "كمال الراوي", "merge", "--value", "canada-x").code == 0
    assert any(each.statement.speaker and each.statement.speaker.entity == "canada-x" for each in records(place))
    assert ask("judge", "كمال الراوي", "part").code == 0
    assert not any(each.statement.speaker and each.statement.speaker.entity == "canada-x" for each in records(place))


def test_a_later_answer_takes_the_earlier_back(ask, place):
    first = records(place)[0]
    accepted = json.loads(ask("judge", first.id, "accept", "--json").out)
    rejected = json.loads(ask("judge", first.id, "reject", "--json").out)
    assert rejected["replaces"] == accepted["id"]
    other = json.loads(
        ask("judge", first.id, "accept", "--author", "s.k.", "--replaces", rejected["id"][:9], "--json").out
    )
    assert other["replaces"] == rejected["id"]
    assert [json.loads(line)["id"] for line in ask("judgements", "--json").out.splitlines()] == [other["id"]]
    assert len(ask("judgements", "--all", "--json").out.splitlines()) == 3
    assert ask("judgements", "--author", "منى").out == ""
    shown = ask("judgements", "--all").out
    assert "takes back" in shown and first.id[:12] in shown and "s.k." in shown


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["maybe"], "there are accept"),
        (["act", "--value", "lie"], "no such act"),
        (["speaker"], "needs a name"),
        (["span"], "spans are given as"),
        (["span", "--content", "زرافة"], "does not hold these words"),
        (["span", "--content", "10-99999"], "is no stretch"),
        (["span", "--content", "9-9"], "is no stretch"),
        (["same"], "two statements"),
        (["accept", "--replaces", "abc"], "no judgement"),
        (["accept", "--author", " "], "author"),
    ],
)
def test_what_cannot_be_judged_is_one_line_and_keeps_nothing(ask, place, arguments, reason):
    ran = ask("judge", records(place)[0].id, *arguments)
    assert ran.code == 1 and reason in ran.err and len(ran.err.splitlines()) == 1
    assert ask("judgements", "--all").out == ""


def test_a_judgement_needs_a_statement_and_an_author(ask, place, monkeypatch):
    assert "no statement" in ask("judge", "ffff0000", "accept").err
    assert ask("judge", records(place)[0].id, "act", "--content", "1-2").code == 2
    monkeypatch.delenv("QALA_AUTHOR")
    ran = ask("judge", records(place)[0].id, "accept")
    assert ran.code == 2 and "--author" in ran.err


def test_a_judgement_without_a_statement_is_told(ask, place):
    with Ledger.open(place) as ledger:
        lost = Judgement("", "reject", ("f" * 32,), "منى", datetime(2024, 1, 1, tzinfo=UTC))
        assert ledger.add_judgements([lost]) == 1
    assert "finds no statement now" in ask("judgements").out
    (line,) = ask("judgements", "--unattached", "--json").out.splitlines()
    assert json.loads(line)["attached"] is False


@given(st.text("اب ", min_size=1, max_size=40), st.data())
def test_words_are_found_where_they_stand_nearest(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    part = text[start : data.draw(st.integers(start + 1, len(text)))]
    near = data.draw(st.integers(0, len(text)))
    (found,) = find_part(text, part, near)
    places = [place for place in range(len(text)) if text.startswith(part, place)]
    assert found.of(text) == part and abs(found.start - near) == min(abs(place - near) for place in places)


def test_words_that_are_not_there_are_refused():
    with pytest.raises(LedgerError, match="does not hold"):
        find_part("ابت", "ث", 0)


# import-corrections


def write_tasks(place, change=lambda result: None):
    """Return a Label Studio export in which somebody submitted the first article after ``change``."""
    out = io.BytesIO()
    with Ledger.open(place, read_only=True) as ledger:
        write_label_studio(ledger.records(), out)
    tasks = json.loads(out.getvalue())
    task = next(each for each in tasks if each["data"]["text"] == TEXT)
    result = json.loads(json.dumps(task["predictions"][0]["result"]))
    change(result)
    task["annotations"] = [{"completed_by": {"id": 7, "email": "m@example.org"}, "result": result}]
    return json.dumps(tasks).encode()


def condemn(result):
    """Change the act of the first statement."""
    next(each for each in result if each["type"] == "choices")["value"]["choices"] = ["condemn"]


def import_file(ask, file, *arguments, format="label-studio"):
    ran = ask("import-corrections", file, "--format", format, "--json", *arguments)
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_corrections_come_back_once(ask, place, tmp_path):
    file = tmp_path / "corrected.json"
    file.write_bytes(write_tasks(place, condemn))
    before = records(place)
    told = import_file(ask, file)
    assert told == {"judgements": len(before), "new": len(before), "kinds": {"accept": len(before) - 1, "act": 1}}
    assert import_file(ask, file)["new"] == 0
    assert "condemn" in [each.statement.attribution.act for each in records(place)]
    assert import_file(ask, file, "--made", "2024-06-01")["new"] == len(before)
    assert ask("verify").code == 0


def test_the_moment_is_the_files_own(ask, place, tmp_path):
    file = tmp_path / "corrected.json"
    file.write_bytes(write_tasks(place))
    os.utime(file, (1_700_000_000, 1_700_000_000))
    import_file(ask, file, "--completed-by", "m@example.org")
    with Ledger.open(place, read_only=True) as ledger:
        assert {each.made for each in ledger.judgements()} == {datetime.fromtimestamp(1_700_000_000, UTC)}


def test_what_was_rejected_since_the_export_is_not_taken_for_new(ask, place, tmp_path):
    file = tmp_path / "corrected.json"
    file.write_bytes(write_tasks(place))
    first, second = records(place)[:2]
    ask("judge", first.id, "reject", "--author", "s.k.")
    told = import_file(ask, file)
    assert set(told["kinds"]) == {"accept"}
    # and what was rejected before the export is not rejected once more by the annotator
    ask("judge", second.id, "reject", "--author", "s.k.")
    later = tmp_path / "later.json"
    later.write_bytes(write_tasks(place))
    assert import_file(ask, later, "--made", "2024-06-01")["kinds"].keys() == {"accept"}
    with Ledger.open(place, read_only=True) as ledger:
        judged = [each for each in ledger.judgements() if second.id in each.subjects]
    assert {each.author for each in judged if each.kind == "reject"} == {"s.k."}


def test_brat_files_come_back(ask, place, tmp_path):
    out = io.BytesIO()
    with Ledger.open(place, read_only=True) as ledger:
        write_brat(ledger.records(), out)
        documents = {id_ for id_, document in ledger.documents() if document.text == TEXT}
    file = tmp_path / "corrected.zip"
    with zipfile.ZipFile(out) as given_, zipfile.ZipFile(file, "w") as changed:
        for name in given_.namelist():
            if name.removesuffix(".ann") in documents:
                changed.writestr(f"folder/{name}", given_.read(name).replace(b" deny\n", b" decline\n"))
    assert import_file(ask, file, format="brat")["kinds"] == {"act": 1}
    assert "decline" in [each.statement.attribution.act for each in records(place)]
    told = import_file(ask, file, "--accept-unchanged", format="brat")
    assert told["kinds"] == {"accept": len(records(place)) - 1, "act": 1}
    assert told["new"] == told["kinds"]["accept"]


@pytest.mark.parametrize(
    ("content", "format", "reason"),
    [
        (b"nonsense", "label-studio", "not JSON"),
        (b'[{"data": {"document_id": "ff", "text": "x"}, "annotations": [{"result": []}]}]', "label-studio", "task 1"),
        (b"[1]", "label-studio", "task 1"),
        (b"nonsense", "brat", "not a zip"),
        (None, "brat", "no such file"),
    ],
)
def test_another_file_is_refused(ask, place, tmp_path, content, format, reason):
    file = tmp_path / "given"
    if content is not None:
        file.write_bytes(content)
    ran = ask("import-corrections", file, "--format", format)
    assert ran.code == 1 and reason in ran.err and len(ran.err.splitlines()) == 1
    assert ask("judgements", "--all").out == ""


def test_an_unknown_tool_is_wrong_usage(ask, tmp_path):
    assert ask("import-corrections", tmp_path / "x", "--format", "word").code == 2


@pytest.mark.parametrize("command", ["judge", "judgements", "import-corrections"])
def test_help_has_examples(qala, command):
    assert "Examples:" in qala(command, "--help").out
