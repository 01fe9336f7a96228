"""The compiled build is chosen, never given: what the hook compiles exists, and a plain wheel stays pure."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "qala"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
HOOK: dict[str, Any] = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["custom"]
SWITCHES = ("HATCH_BUILD_HOOK_ENABLE_CUSTOM", "HATCH_BUILD_HOOKS_ENABLE")


@pytest.fixture(autouse=True)
def no_switch(monkeypatch):
    for switch in SWITCHES:
        monkeypatch.delenv(switch, raising=False)


def hooks() -> dict[str, Any]:
    return WheelBuilder(str(ROOT)).get_build_hooks(os.devnull)


@pytest.mark.parametrize("glob", [*HOOK["compile"], *HOOK["interpret"]])
def test_every_glob_names_files(glob):
    assert list(PACKAGE.glob(glob))


@pytest.mark.parametrize("glob", HOOK["interpret"])
def test_what_is_left_out_would_have_been_compiled(glob):
    taken = {path for other in HOOK["compile"] for path in PACKAGE.glob(other)}
    assert taken & set(PACKAGE.glob(glob))


def test_a_plain_wheel_asks_no_hook():
    assert hooks() == {}
    assert WheelBuilder(str(ROOT)).config.dependencies == []


def test_the_switch_compiles_the_hot_rooms(monkeypatch):
    monkeypatch.setenv(SWITCHES[0], "true")
    modules = hooks()["custom"].modules()
    assert {"qala/pipeline.py", "qala/text/words.py", "qala/extraction/scan.py"} <= set(modules)
    assert not {"qala/model.py", "qala/lexicon/load.py", "qala/text/__init__.py"} & set(modules)
    assert all((PACKAGE.parent / module).is_file() for module in modules)


def test_mypyc_takes_every_construct(monkeypatch, tmp_path):
    """The modules are translated to C, which is not compiled: that takes minutes (``make compiled``)."""
    monkeypatch.setenv(SWITCHES[0], "true")
    hooks()["custom"].set_up(tmp_path)
    command = [sys.executable, "setup.py", "--version"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert (tmp_path / "build" / "__native_qala.c").stat().st_size > 1_000_000


def test_an_editable_install_stays_pure(monkeypatch):
    monkeypatch.setenv(SWITCHES[0], "true")
    given: dict[str, Any] = {"force_include": {}}
    hooks()["custom"].initialize("editable", given)
    assert given == {"force_include": {}}


def test_no_extension_module_lies_in_the_sources():
    assert not [path for path in PACKAGE.rglob("*") if path.suffix in (".so", ".pyd")]
