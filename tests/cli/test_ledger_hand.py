"""A ledger handed on, looked through for changes, and brought together with another."""

import csv
import io
import json
import sqlite3
import subprocess
import sys
from datetime import date

import pytest

from qala.exports.records_jsonl import read_records
from qala.exports.write import EXPORT_FORMATS
from qala.ledger.ledger import Ledger
from qala.model import Document, Origin
from qala.pipeline import extract

TEXT = """\
قال الوزير كمال الراوي إن "المصنع أغلق أبوابه". ونفت بيرو شراء السفن.
وأضاف الراوي أن القرار نهائي. وأكدت كندا أن المصنع آمن.
"""


def make_ledger(path, *names):
    with Ledger.open(path) as ledger:
        for name in names:
            raw = TEXT.replace("كندا", f"كندا {name}").encode()
            origin = Origin(f"{name}.txt", raw, "utf-8", media_type="text/plain", method="decoded")
            ledger.add_readings([extract(Document(name, raw.decode(), date(2024, 3, 5), "example", origin=origin))])
    return path


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A ledger of two articles, a statement of which somebody rejected."""
    path = make_ledger(tmp_path_factory.mktemp("hand") / "news.db", "one", "two")
    with Ledger.open(path) as ledger:
        ledger.judge("reject", next(ledger.records()).id, author="منى")
    return path


@pytest.fixture
def place(filled, tmp_path):
    path = tmp_path / "news.db"
    path.write_bytes(filled.read_bytes())
    return path


@pytest.fixture
def ask(qala, place, monkeypatch):
    monkeypatch.setenv("QALA_LEDGER", str(place))
    return qala


def count(place, *, rejected):
    with Ledger.open(place, read_only=True) as ledger:
        return len(list(ledger.records(rejected=rejected)))


# export


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_every_format_is_written_with_its_losses(ask, place, tmp_path, name):
    target = tmp_path / "out"
    ran = ask("export", "--format", name, "--output", target, "--json")
    assert (ran.code, ran.err) == (0, "")
    told = json.loads(ran.out)
    assert target.stat().st_size > 100
    assert told == json.loads((tmp_path / "out.loss.json").read_bytes())
    assert told["records"] == count(place, rejected=True) and told["left_out"]["rejected by a person"] == 1
    first = target.read_bytes()
    ask("export", "--format", name, "--output", target)
    assert target.read_bytes() == first


def test_what_is_lost_is_told_to_people(ask, tmp_path):
    ran = ask("export", "-f", "gqg", "-o", tmp_path / "out.json")
    assert "lost: " in ran.out and "speaker" in ran.out and "left out: " in ran.out


def test_an_export_can_go_to_the_screen(ask, place):
    ran = ask("export", "--format", "csv", "--lossless", "--output", "-")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert len(rows) == count(place, rejected=False)
    assert ran.code == 0 and "rejected by a person" in ran.err


def test_the_lossless_switch_is_csvs_own(ask, tmp_path):
    plain, safe = tmp_path / "plain.csv", tmp_path / "safe.csv"
    assert ask("export", "-f", "csv", "--lossless", "-o", plain).code == 0
    assert ask("export", "-f", "csv", "-o", safe).code == 0
    assert safe.read_bytes().startswith(b"\xef\xbb\xbf") and not plain.read_bytes().startswith(b"\xef\xbb\xbf")
    ran = ask("export", "-f", "stix", "--lossless", "-o", tmp_path / "out")
    assert ran.code == 1 and "lossless" in ran.err and not (tmp_path / "out").exists()


def test_rejected_statements_are_written_on_request(ask, place, tmp_path):
    target = tmp_path / "out.records.jsonl"
    assert json.loads(ask("export", "-f", "records", "--rejected", "-o", target, "--json").out)["lossless"]
    with Ledger.open(place, read_only=True) as ledger, target.open("rb") as file:
        written = list(read_records(file))
        assert written == list(ledger.records(rejected=True, raw=True))
        assert written[0].document.origin.raw
    ran = ask("export", "-f", "stix", "--rejected", "-o", target)
    assert ran.code == 2 and "--rejected" in ran.err


def test_one_article_can_be_exported(ask, place, tmp_path):
    target = tmp_path / "out.records.jsonl"
    assert ask("export", "-f", "records", "--document", "two", "-o", target).code == 0
    with target.open("rb") as file:
        assert {record.document.id for record in read_records(file)} == {"two"}
    assert ask("export", "-f", "records", "--document", "three", "-o", target).code == 1


def test_wrong_exports_are_one_line(ask, tmp_path):
    for arguments, code in (
        (["-f", "pdf", "-o", tmp_path / "x"], 2),
        (["-f", "csv"], 2),
        (["-f", "csv", "-o", tmp_path / "no" / "x.csv"], 1),
    ):
        ran = ask("export", *arguments)
        assert ran.code == code and len(ran.err.splitlines()) == 1


def test_a_reader_that_goes_away_ends_the_command_quietly(place, tmp_path):
    with Ledger.open(place) as ledger:
        text = "قال علي إن المطر قادم. " * 60
        ledger.add_readings([extract(Document(f"x{number}", text + str(number))) for number in range(12)])
    for command in (["export", "-f", "csv", "-o", "-"], ["search", "--limit", "1000"]):
        arguments = [sys.executable, "-m", "qala", *command, "--ledger", str(place)]
        process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.read(10)
        process.stdout.close()
        told = process.stderr.read()
        assert process.wait(60) == 141 and told == b""


# verify


def change(place, statement):
    """Change a ledger behind its back, as somebody with a shell could."""
    with sqlite3.connect(place) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")]
        for name in names:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute(statement)


def test_an_untouched_ledger_is_as_its_log_says(ask, place):
    ran = ask("verify")
    with Ledger.open(place, read_only=True) as ledger:
        head = ledger.head()
    assert ran.code == 0 and head in ran.out and "as its log says" in ran.out
    assert ask("verify", "--head", head).code == 0
    told = json.loads(ask("verify", "--json").out)
    assert (told["intact"], told["head"], told["findings"]) == (True, head, [])


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE documents SET title = 'x' WHERE number = 1", "documents"),
        ("UPDATE statements SET act = 'confirm' WHERE number = 2", "statements"),
        ("DELETE FROM judgement_subjects", "judgement"),
        ("UPDATE log SET entry = '{}' WHERE number = 2", "log"),
        ("UPDATE blobs SET content = x'00'", "blobs"),
    ],
)
def test_a_changed_row_is_named(ask, place, statement, table):
    change(place, statement)
    ran = ask("verify")
    assert ran.code == 4 and table in ran.out and "findings" in ran.out
    told = json.loads(ask("verify", "--json").out)
    assert not told["intact"] and any(each["table"].startswith(table) for each in told["findings"])


def test_an_older_copy_shows_by_the_head(ask, place, tmp_path):
    older = tmp_path / "older.db"
    older.write_bytes(place.read_bytes())
    with Ledger.open(place) as ledger:
        ledger.judge("accept", next(ledger.records()).id, author="منى")
        head = ledger.head()
    assert ask("verify", "--head", head).code == 0
    assert ask("verify", "--ledger", older).code == 0
    ran = ask("verify", "--ledger", older, "--head", head)
    assert ran.code == 4 and "older than the head" in ran.out


def test_what_is_no_head_is_told(ask):
    ran = ask("verify", "--head", "abc")
    assert ran.code == 1 and "not a head" in ran.err


# merge


def test_shards_become_one(qala, tmp_path):
    one, two = make_ledger(tmp_path / "1.db", "one"), make_ledger(tmp_path / "2.db", "two", "one")
    whole = make_ledger(tmp_path / "whole.db", "one", "two")
    with Ledger.open(two) as ledger:
        ledger.judge("accept", next(ledger.records()).id, author="منى")
    before = two.read_bytes()
    told = json.loads(qala("merge", two, "--ledger", one, "--json").out)
    assert (told["documents"], told["judgements"]) == (1, 1) and two.read_bytes() == before
    assert json.loads(qala("merge", two, "--ledger", one, "--json").out) == dict.fromkeys(told, 0)
    with Ledger.open(one) as merged, Ledger.open(whole) as read:
        assert {each.id for each in merged.records()} == {each.id for each in read.records()}
    assert qala("verify", "--ledger", one).code == 0


def test_a_changed_ledger_is_not_merged(ask, place, tmp_path):
    other = make_ledger(tmp_path / "other.db", "three")
    change(other, "UPDATE documents SET title = 'x'")
    ran = ask("merge", other)
    assert ran.code == 1 and "not intact" in ran.err and count(place, rejected=True) == 8


def test_a_ledger_is_not_merged_into_itself(ask, place):
    ran = ask("merge", place)
    assert ran.code == 1 and "itself" in ran.err


def test_a_ledger_that_is_not_there_is_not_merged(ask, tmp_path):
    ran = ask("merge", tmp_path / "none.db")
    assert ran.code == 1 and "no ledger" in ran.err


@pytest.mark.parametrize("command", ["export", "verify", "merge"])
def test_help_has_examples(qala, command):
    assert "Example" in qala(command, "--help").out


def test_help_names_every_format(qala):
    shown = " ".join(qala("export", "--help").out.split())
    assert all(f" {name}" in shown for name in EXPORT_FORMATS)
