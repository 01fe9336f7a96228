"""Little memory and huge articles (FAULTS 9): refused, and the run goes on."""

import json
import resource
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from lab_work import text_of

from qala.ledger.ledger import Ledger

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of address space are kept by Linux")

HUGE = 100_000_000  # bytes
LIMIT = 512 << 20  # bytes of address space, for everything that a process has
LINE = (text_of(1).replace("\n", " ") + " ").encode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A 100 MB article in one line as text, in a line of JSON among others, as a page, in a table; and small ones."""
    made = tmp_path_factory.mktemp("huge")
    body = LINE * (HUGE // len(LINE) + 1)
    (made / "a.txt").write_text(text_of(1), encoding="utf-8")
    (made / "b.txt").write_bytes(body)
    (made / "c.html").write_bytes(b"<html><body><article><p>" + body + b"</p></article></body></html>")
    with (made / "d.jsonl").open("wb") as file:
        file.write(json.dumps({"id": "d1", "text": text_of(2)}).encode() + b'\n{"id": "d2", "text": "')
        file.write(body + b'"}\n' + json.dumps({"id": "d3", "text": text_of(3)}).encode())
    with (made / "e.csv").open("wb") as file:
        file.write(
            b'id,text\ne1,"' + text_of(4).encode() + b'"\ne2,"' + body + b'"\ne3,"' + text_of(5).encode() + b'"\n'
        )
    (made / "z.txt").write_text(text_of(6), encoding="utf-8")
    return made


@pytest.mark.parametrize("jobs", [1, 2])
def test_huge_articles_are_refused_and_the_others_are_read(folder: Path, tmp_path: Path, jobs: int) -> None:
    path = tmp_path / "l.db"
    command = [sys.executable, "-m", "qala", "add", folder, "--ledger", path, "--jobs", jobs, "--json"]
    ran = subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (LIMIT, LIMIT)),
    )
    assert ran.returncode == 3, ran.stderr[-2_000:]
    told = json.loads(ran.stdout)
    with Ledger.open(path) as ledger:
        refused = Counter(Path(item.place.partition(":")[0].partition("#")[0]).name for item in ledger.refusals())
        codes = {item.code for item in ledger.refusals()}
        given = {row[0] for row in ledger.store.rows("SELECT given_id FROM documents")}
        assert ledger.verify().intact
    assert codes == {"too_large"}, told
    assert set(refused) == {"b.txt", "c.html", "d.jsonl", "e.csv"}
    assert {"d1", "d3", "e1"} <= given
    assert told["documents_new"] >= 5
