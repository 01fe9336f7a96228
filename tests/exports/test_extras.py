"""Packages that only one format needs."""

import sys

import pytest

from qala.errors import QalaError
from qala.exports.extras import load_extra


def test_an_installed_module_is_returned():
    assert load_extra("json", "some").loads("1") == 1


def test_a_missing_package_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "stix2", None)
    with pytest.raises(QalaError, match=r"this needs stix2: pip install 'qala\[stix\]'"):
        load_extra("stix2", "stix")
