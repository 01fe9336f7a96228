"""File names that try to break lines, screens and encodings (FAULTS 53): read, kept apart, shown escaped."""

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from lab_work import text_of

from qala.ledger.ledger import Ledger

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")

NAMES = (
    b"line\nbreak.txt",
    b"return\r.txt",
    b"bell\x07 and \x1b[2J clear.txt",
    "right \u202e to left \u2066.txt".encode(),
    b"not \xff\xfe UTF-8.txt",
    b"--ledger=other.txt",
    b"-",
    "ن".encode() * 125 + b"a.txt",  # 255 bytes, the most that there may be
    b"  .txt",
)


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "qala", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def is_plain(text: str) -> bool:
    """Return whether a screen shows ``text`` as it is: no controls, no direction but by isolates that are closed."""
    unsafe = [letter for letter in text if unicodedata.category(letter) in ("Cc", "Cs") and letter != "\n"]
    turned = set(text) & set("\u202a\u202b\u202c\u202d\u202e")
    return not unsafe and not turned and sum(map(text.count, "\u2066\u2067\u2068")) == text.count("\u2069")


def test_files_of_any_name_are_read_once_and_shown_escaped(tmp_path: Path) -> None:
    folder, path = tmp_path / "news", tmp_path / "l.db"
    for place, name in enumerate(NAMES):
        for kind, content in (("good", text_of(place)), ("empty", "")):
            (folder / kind).mkdir(parents=True, exist_ok=True)
            Path(os.fsdecode(os.fsencode(folder / kind) + b"/" + name)).write_text(content, encoding="utf-8")
    first = run("add", folder, "--ledger", path)
    assert first.returncode == 3
    again = run("add", folder, "--ledger", path)
    listed = run("refusals", "--ledger", path)
    for ran in (first, again, listed):
        assert is_plain(ran.stdout + ran.stderr)
    with Ledger.open(path) as ledger:
        assert ledger.stats().documents == len(NAMES)
        assert len(list(ledger.refusals())) == len(NAMES)
        places = [str(row[0]) for row in ledger.store.rows("SELECT path FROM captures")]
        assert len(set(places)) == len(NAMES)
        assert all(is_plain(place) and "\n" not in place for place in places)
        files = next(ledger.store.rows("SELECT count(*), min(complete) FROM sources"))
        assert files == (2 * len(NAMES), 1)
        assert ledger.verify().intact
