"""Processes to kill: the real command in a new interpreter, or forked from one that has Qala loaded already.

A new interpreter takes a second before it writes; most kills are of forked processes, which begin at once. As a program
this module is the parent of those: it reads one line of JSON for each, ``{"rows": n, "arguments": [...]}``, prints
its process id, and, when it has ended, its exit code (negative: the signal).
"""

import json
import os
import subprocess
import sys
from pathlib import Path

START = (
    "import sys; from qala.adding import ingest; ingest.BATCH_ROWS = int(sys.argv.pop(1)); from qala.cli import main\n"
    "if __name__ == '__main__': main()"
)


def start_interpreter(rows: int, *arguments: object) -> subprocess.Popen[bytes]:
    """Start ``qala`` with batches of so many rows in an interpreter of its own."""
    command = [sys.executable, "-c", START, str(rows), *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Forked:
    """One forked process, in the manner of ``subprocess.Popen``."""

    def __init__(self, parent: subprocess.Popen[str], pid: int) -> None:
        self._parent, self.pid = parent, pid

    def wait(self) -> int:
        """Return the exit code when it has ended."""
        assert self._parent.stdout
        return int(self._parent.stdout.readline())


class Forker:
    """The parent of forked processes; use as a context manager."""

    def __enter__(self) -> "Forker":
        self._parent = subprocess.Popen(
            [sys.executable, str(Path(__file__))], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(self, *_: object) -> None:
        assert self._parent.stdin and self._parent.stdout
        self._parent.stdin.close()
        self._parent.wait(30)
        self._parent.stdout.close()

    def start(self, rows: int, *arguments: object) -> Forked:
        """Fork, and run ``qala`` there with batches of so many rows."""
        assert self._parent.stdin and self._parent.stdout
        print(json.dumps({"rows": rows, "arguments": [*map(str, arguments)]}), file=self._parent.stdin, flush=True)
        return Forked(self._parent, int(self._parent.stdout.readline()))


def serve() -> None:
    """Fork one process for each line; nothing but numbers is printed."""
    from qala.adding import ingest
    from qala.cli import main
    from qala.ledger.runs import describe_run
    from qala.model import Document
    from qala.pipeline import extract

    describe_run()
    extract(Document("warm", "قال الوزير إن المصنع أغلق أبوابه."))  # so that the lexicon is there already
    for line in sys.stdin:
        task = json.loads(line)
        child = os.fork()
        if child == 0:
            nowhere = os.open(os.devnull, os.O_RDWR)
            for number in (0, 1, 2):
                os.dup2(nowhere, number)
            ingest.BATCH_ROWS = task["rows"]
            sys.argv = ["qala", *task["arguments"]]
            code = 1
            try:
                main()
            except SystemExit as end:
                code = int(end.code or 0)
            os._exit(code)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    serve()
