"""Running the command line in this process and in one of its own."""

import os
import signal
import subprocess
import sys
from typing import NamedTuple

import pytest

from qala.cli import main


class Ran(NamedTuple):
    """What a command line left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def qala(capfdbinary):
    """Run ``qala`` in this process; returns exit code and both streams, read as UTF-8."""
    before = signal.getsignal(signal.SIGTERM)

    def run(*arguments) -> Ran:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return Ran(int(ended.value.code or 0), out.decode("utf-8"), err.decode("utf-8"))

    yield run
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def qala_process():
    """Run ``python -m qala`` in a process of its own, with ``given`` on its standard input."""

    def run(*arguments, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "qala", *(str(argument) for argument in arguments)],
            input=given,
            capture_output=True,
            timeout=120,
            env={**os.environ, **environment},
        )

    return run


@pytest.fixture
def article(tmp_path):
    """A short article in a file of its own."""
    path = tmp_path / "article.txt"
    path.write_text("قالت كندا إن المحادثات ستبدأ غداً. ونفت بيرو شراء السفن.\n", encoding="utf-8")
    return path
