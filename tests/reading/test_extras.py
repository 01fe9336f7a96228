"""Packages that only one format needs."""

import sys
import tomllib
from pathlib import Path

import pytest

from qala.reading.extras import MissingPackageError, load_extra, need_extra

EXTRAS = {"web": "lxml", "tables": "pyarrow", "ftm": "followthemoney", "stix": "stix2"}


def test_an_installed_module_is_returned() -> None:
    assert load_extra("some", "json").loads("1") == 1


@pytest.mark.parametrize(("extra", "package"), EXTRAS.items())
def test_a_missing_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch, extra: str, package: str) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingPackageError, match=rf"{package} is not installed; say: pip install 'qala\[{extra}\]'"):
        load_extra(extra, f"{package}.part")
    with pytest.raises(MissingPackageError, match=package):
        need_extra(extra, "json", package)


def test_the_extras_that_are_named_exist() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(EXTRAS) <= set(project["optional-dependencies"])
