"""Documents that fail the build when they lie: their Python runs, their commands run, their links lead on."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
ARTICLE = ROOT / "src" / "qala" / "data" / "demo" / "article.txt"


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def blocks(language: str) -> list[tuple[str, str]]:
    return [
        (name(path), body)
        for path in DOCUMENTS
        for found, body in FENCE.findall(path.read_text(encoding="utf-8"))
        if found == language
    ]


def commands() -> dict[str, list[str]]:
    """The ``qala …`` lines of each document's ``console`` blocks; what follows ``$`` is typed, the rest is shown."""
    found: dict[str, list[str]] = {}
    for path, body in blocks("console"):
        typed = [line[2:] for line in body.splitlines() if line.startswith("$ qala ")]
        found.setdefault(path, []).extend(typed)
    return found


def run(arguments: list[str], folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=folder, capture_output=True, encoding="utf-8", timeout=120
    )


@pytest.mark.parametrize(("path", "code"), blocks("python"))
def test_python_in_the_documents_runs(path, code, tmp_path):
    (tmp_path / "article.txt").write_bytes(ARTICLE.read_bytes())
    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=120)
    assert ran.returncode == 0, f"{path}: {ran.stderr}"


@pytest.mark.parametrize("path", sorted(commands()))
def test_commands_in_the_documents_run(path, tmp_path):
    """One after the other in one folder; ``ID`` stands for the id of the ledger's newest statement."""
    (tmp_path / "article.txt").write_bytes(ARTICLE.read_bytes())
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "one.txt").write_bytes(ARTICLE.read_bytes())
    for command in commands()[path]:
        arguments = shlex.split(command)
        if "ID" in arguments:
            found = run(
                ["qala", "search", "\u0642\u0627\u0644 | \u0625\u0646", "--ledger", "news.db", "--json"], tmp_path
            )
            arguments[arguments.index("ID")] = json.loads(found.stdout)["hits"][0]["record_id"]
        ran = run(arguments, tmp_path)
        assert ran.returncode == 0, f"{path}: {command}: {ran.stderr}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_links_lead_to_files(path):
    for link in LINK.findall(path.read_text(encoding="utf-8")):
        assert (path.parent / link).exists(), f"{name(path)}: {link}"


def test_make_targets_in_the_readme_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    text = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    for target in set(re.findall(r"(?:`|\$ )make ([a-z]+)\b", text)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_field_of_a_line_is_documented():
    """docs/formats.md has a row for every key that a line of JSON holds."""
    from qala.exports.jsonl import describe_reading
    from qala.model import Attribution, Document, Hop, Layout, Reading, Span, Speaker, Statement

    attribution = Attribution("s1", (Span(0, 1),), (Span(1, 2),), "indirect", "assert")
    statement = Statement(attribution, Speaker("x", Span(0, 1)), None, (Hop("page", "named", "x", None),))
    record = describe_reading(Reading(Document("x", "xy"), Layout((), (), (), (), ()), (statement,)), with_text=True)
    documented = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    keys = set(record) | set(record["statements"][0]) | set(record["statements"][0]["speaker_details"])
    keys |= set(record["statements"][0]["chain"][0])
    missing = {key for key in keys if f"`{key}`" not in documented}
    assert not missing


def test_figures_are_marked_for_what_they_are():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "<!-- figures -->" in readme and "<!-- /figures -->" in readme


def test_the_architecture_names_every_room():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    package = ROOT / "src" / "qala"
    rooms = {path.parent.name for path in package.glob("*/__init__.py")}
    rooms |= {path.stem for path in package.glob("*.py") if not path.stem.startswith("_")}
    assert not {room for room in rooms if f"`{room}`" not in text}


def test_decisions_are_numbered_without_gaps():
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))
