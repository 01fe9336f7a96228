"""docs/ledger_cli.md: its commands run one after the other, and it names every command and option."""

import json
import re
import shlex
from importlib.resources import files
from pathlib import Path

from qala.cli import ledger_add, ledger_hand, ledger_judge, ledger_look

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "ledger_cli.md").read_text(encoding="utf-8")
ARTICLE = files("qala") / "data" / "demo" / "article.txt"


def test_the_commands_of_the_page_run(qala, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("QALA_LEDGER", raising=False)
    (tmp_path / "articles").mkdir()
    for name in ("article.txt", "articles/one.txt"):
        (tmp_path / name).write_bytes(ARTICLE.read_bytes())
    lines = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
    assert len(lines) > 20
    ids: dict[str, str] = {}
    for line in lines:
        arguments = [ids.get(word, word) for word in shlex.split(line)[1:]]
        ran = qala(*arguments)
        assert ran.code == 0, (line, ran.err)
        if not ids:
            hit = json.loads(qala("search", "--act", "deny", "--ledger", "news.db", "--json").out)["hits"][0]
            ids = {"STATEMENT": hit["record_id"][:10], "ARTICLE": hit["document_id"][:10]}


def test_the_page_names_every_command_and_exit_code():
    for room in (ledger_add, ledger_look, ledger_judge, ledger_hand):
        for command in room.COMMANDS:
            assert f"qala {command.__name__.replace('_', '-')}" in PAGE
    for code in (3, 4, 130, 141, 143):
        assert re.search(rf"^\| .*\b{code}\b", PAGE, re.MULTILINE)
