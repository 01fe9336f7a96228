"""Ledgers for tests: in an SQLite file, and in a real PostgreSQL server that the tests start and stop.

The server is found by ``QALA_POSTGRES_BIN``, ``pg_config`` or in ``/usr/lib/postgresql/*/bin`` (Debian and Ubuntu:
``apt-get install postgresql``). It runs as user postgres where the tests run as root, listens on a socket of its
own and nowhere else, and goes with its files when the tests end.
"""

import contextlib
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from urllib.parse import quote

import pytest

from qala.ledger.ledger import Ledger
from qala.model import Attribution, Document, Hop, Layout, Origin, Reading, Span, Speaker, Statement

MISSING = "no PostgreSQL server is installed (apt-get install postgresql, or set QALA_POSTGRES_BIN)"


def find_server_programs() -> Path | None:
    """Return the folder of initdb and pg_ctl."""
    places = [os.environ.get("QALA_POSTGRES_BIN", "")]
    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        places.append(
            subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True).stdout.strip()
        )
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    places += [str(path) for path in reversed(versions)]
    if found := shutil.which("initdb"):
        places.append(str(Path(found).parent))
    return next((Path(place) for place in places if place and (Path(place) / "initdb").exists()), None)


class Server:
    """One PostgreSQL server in a folder of its own."""

    def __init__(self, folder: Path, *, fsync: bool) -> None:
        programs = find_server_programs()
        assert programs is not None
        self.programs, self.folder, self.fsync = programs, folder, fsync
        self.prefix: list[str] = []
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(folder, user.pw_uid, user.pw_gid)
            if shutil.which("setpriv"):
                groups = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
                self.prefix = ["setpriv", *groups]
            else:
                self.prefix = ["runuser", "-u", "postgres", "--"]
        self.data = folder / "data"
        self._run("initdb", "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self.prefix, str(self.programs / program), *arguments]
        # A server that goes on in the background must not hold our pipes: its output goes to a file.
        with (self.folder.parent / f"{self.folder.name}.out").open("ab") as out:
            ran = subprocess.run(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd="/", check=False)
        assert ran.returncode == 0, (command, Path(out.name).read_text()[-2000:])

    def start(self) -> None:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            "fsync": "on" if self.fsync else "off",
            "max_connections": "40",
            "shared_buffers": "32MB",
        }
        written = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", str(self.data), "-l", log, "-w", "-t", "60", "-o", written, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")

    def kill(self) -> None:
        """Kill the postmaster as a crash would: its children end by themselves, nothing is written any more."""
        pid = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        while Path(f"/proc/{pid}").exists() and Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z":
            time.sleep(0.01)

    def restart(self) -> None:
        """Start again after :meth:`kill`: the last children may still hold the shared memory for a moment."""
        for attempt in range(50):
            with contextlib.suppress(AssertionError):
                self.start()
                return
            time.sleep(0.1 * (1 + attempt // 10))
        raise AssertionError((self.folder / "log").read_text()[-2000:])

    def url(self, schema: str = "public", database: str = "postgres") -> str:
        host, options = quote(str(self.folder), safe=""), quote(f"-csearch_path={schema}", safe="")
        return f"postgresql://postgres:secret@/{database}?host={host}&options={options}"


@contextlib.contextmanager
def run_server(*, fsync: bool = False) -> Iterator[Server]:
    if find_server_programs() is None:
        pytest.skip(MISSING)
    pytest.importorskip("psycopg")
    folder = Path(tempfile.mkdtemp(prefix="qala-pg-"))
    try:
        server = Server(folder, fsync=fsync)
        server.start()
        try:
            yield server
        finally:
            with contextlib.suppress(AssertionError):
                server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        Path(f"{folder}.out").unlink(missing_ok=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A server that does not wait for the disk."""
    with run_server() as server:
        yield server


@pytest.fixture
def durable_server() -> Iterator[Server]:
    """A server of the test's own, to be killed: it waits for the disk as in real use."""
    with run_server(fsync=True) as server:
        yield server


_schemas = itertools.count(1)


def make_schema(server: Server) -> str:
    """Return the URL of an empty schema."""
    import psycopg

    name = f"t{next(_schemas)}"
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    return server.url(name)


@pytest.fixture
def postgres_place(postgres_server: Server) -> str:
    """The URL of an empty schema."""
    return make_schema(postgres_server)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def new_place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    """A function that returns where a new ledger may be made: contract tests run once for each back end."""
    if request.param == "sqlite":
        return lambda: str(tmp_path_factory.mktemp("ledger") / "ledger.db")
    server = request.getfixturevalue("postgres_server")
    return lambda: make_schema(server)


@pytest.fixture
def ledger_place(new_place: Callable[[], str]) -> str:
    """Where a new ledger may be made, in each back end."""
    return new_place()


@pytest.fixture
def ledger(ledger_place: str) -> Iterator[Ledger]:
    """An empty ledger in each back end."""
    with Ledger.open(ledger_place) as opened:
        yield opened


MakeReading = Callable[..., Reading]


@pytest.fixture(scope="session")
def make_reading() -> MakeReading:
    """A function that makes a reading of statements given as words, so that tests need not extract."""
    return build_reading


def build_reading(
    *statements: dict[str, object],
    name: str = "a1",
    published: date | datetime | None = None,
    outlet: str | None = None,
    title: str | None = None,
) -> Reading:
    """Return a reading whose text is its statements, one a line: source, cue, content.

    Keys of a statement: content (needed), source, entity, cue, act, when_date, carrier, carrier_entity.
    """
    text, found = "", []
    for number, given in enumerate(statements, 1):
        source, cue, content = (
            str(given.get(key, usual)) for key, usual in (("source", ""), ("cue", "قال"), ("content", ""))
        )
        start = len(text)
        text += f"{cue} {source} {content}.\n"
        cue_span = Span(start, start + len(cue))
        source_span = Span(cue_span.end + 1, cue_span.end + 1 + len(source))
        content_span = Span(source_span.end + 1, source_span.end + 1 + len(content))
        speaker = Speaker(source, source_span, entity=given.get("entity")) if source else None  # type: ignore[arg-type]
        chain = [Hop("speaker", "named", source, source_span)] if source else []
        if given.get("carrier"):
            chain.append(Hop("agency", "named", str(given["carrier"]), None, given.get("carrier_entity")))  # type: ignore[arg-type]
        attribution = Attribution(
            f"s{number}",
            (cue_span,),
            (content_span,),
            "indirect",
            given.get("act", "assert"),  # type: ignore[arg-type]
            source=source_span if source else None,
        )
        found.append(Statement(attribution, speaker, given.get("when_date"), tuple(chain)))  # type: ignore[arg-type]
    document = Document(name, text, published, outlet, None, title, Origin())
    return Reading(document, Layout((), (), (), (), ()), tuple(found))
