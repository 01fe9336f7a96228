"""The same commands on a real PostgreSQL server, by its URL."""

import importlib.util
import json
from pathlib import Path

import pytest

TEXT = "قال الوزير كمال الراوي إن المصنع أغلق أبوابه. ونفت بيرو شراء السفن.\n"


@pytest.fixture(scope="module")
def url():
    """The URL of an empty schema on a server of the tests of the ledger's own."""
    path = Path(__file__).resolve().parents[1] / "ledger" / "conftest.py"
    spec = importlib.util.spec_from_file_location("qala_ledger_servers", path)
    servers = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(servers)
    with servers.run_server() as server:
        yield servers.make_schema(server)


def test_the_commands_work_by_url(qala, url, tmp_path, monkeypatch):
    monkeypatch.setenv("QALA_LEDGER", url)
    monkeypatch.setenv("QALA_AUTHOR", "منى")
    missing = qala("search", "x")
    assert missing.code == 1 and "no ledger" in missing.err and "secret" not in missing.err
    article = tmp_path / "article.txt"
    article.write_text(TEXT, encoding="utf-8")
    assert json.loads(qala("add", article, "--json").out)["documents_new"] == 1
    assert json.loads(qala("add", article, "--json").out)["files_known"] == 1
    assert "[[المصنع]]" in qala("search", "مصنع").out
    hit = json.loads(qala("search", "--act", "deny", "--json").out)["hits"][0]
    assert "<<نفت>>" in qala("show", hit["record_id"][:10]).out
    assert "cue:" in qala("why", hit["record_id"]).out
    assert qala("judge", hit["record_id"], "reject").code == 0
    assert json.loads(qala("search", "--act", "deny", "--json").out)["hits"] == []
    target = tmp_path / "out.csv"
    assert qala("export", "-f", "csv", "-o", target).code == 0 and target.stat().st_size > 100
    ran = qala("verify")
    assert ran.code == 0 and "as its log says" in ran.out
    local = tmp_path / "local.db"
    assert json.loads(qala("merge", url, "--ledger", local, "--json").out)["documents"] == 1
    assert qala("stats", "--ledger", local).code == 0


def test_a_server_that_is_not_there_is_one_line_without_the_password(qala, monkeypatch):
    monkeypatch.setattr("qala.ledger.postgres.RECONNECT_SECONDS", 0.1)
    ran = qala("stats", "--ledger", "postgresql://user:secret@127.0.0.1:1/none?connect_timeout=2")
    assert ran.code == 1 and len(ran.err.splitlines()) == 1 and "secret" not in ran.err
