"""The rules of the house that a linter does not know: floors, sizes, names, and where Arabic lives."""

import ast
import configparser
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "qala"
MODULES = sorted(PACKAGE.rglob("*.py"))
BANNED = {"utils", "helpers", "common", "core", "base", "misc", "manager", "handler", "handlers"}
LONGEST_FILE = 400  # lines
LONGEST_FUNCTION = 60  # lines


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_go_only_downwards():
    assert lint_imports(config_filename=str(ROOT / ".importlinter"), cache_dir=None) == 0


def test_every_room_has_a_floor():
    """Import-linter fails for these too; this says which room has no floor."""
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter", encoding="utf-8")
    floors = set(contract["importlinter:contract:floors"]["layers"].split())
    rooms = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
    rooms |= {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert rooms <= floors


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_holds_an_arabic_letter(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = [char for char in line if unicodedata.bidirectional(char) in ("AL", "R", "AN")]
        assert not found, f"{name(path)}:{number} holds {found[0]!r}; Arabic lives in src/qala/data/ar"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_files_and_functions_are_short(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, f"{name(path)}: {node.name}"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_names_say_what_is_inside(path):
    assert not BANNED & {path.stem, *path.relative_to(PACKAGE).parts}


def test_every_room_is_a_package_and_has_tests():
    for folder in {path.parent for path in MODULES} - {PACKAGE}:
        assert (folder / "__init__.py").exists(), name(folder)
        assert list((ROOT / "tests" / folder.relative_to(PACKAGE)).glob("test_*.py")), name(folder)


def test_data_files_are_nfc_and_utf_8():
    for path in sorted((PACKAGE / "data").rglob("*")):
        if path.suffix in (".yaml", ".tsv", ".txt"):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                assert unicodedata.is_normalized("NFC", line), f"{name(path)}:{number}"


def test_importing_qala_has_no_effect():
    """No output, no file opened outside the code, no terminal library loaded."""
    probe = (
        "import sys; opened = []\n"
        "sys.addaudithook(lambda event, found: opened.append(str(found[0])) if event == 'open' else None)\n"
        "import qala\n"
        "opened = [path for path in opened if '/data/' in path]\n"
        "heavy = ('rich', 'typer', 'sqlite3', 'socket')\n"
        "print(opened, [module for module in heavy if module in sys.modules])\n"
    )
    ran = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True, timeout=60)
    assert (ran.stdout, ran.stderr) == ("[] []\n", "")


def test_nothing_judges():
    """Qala says who said it, never whether it holds: no such word in what it prints."""
    for path in [*MODULES, PACKAGE / "exports" / "page.css"]:
        text = path.read_text(encoding="utf-8")
        strings = (
            [node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)]
            if path.suffix == ".py"
            else [text]
        )
        printed = [word for word in strings if isinstance(word, str) and "\n" not in word]
        assert not [word for word in printed if "verified" in word.lower() or "confirmed" in word.lower()], path
