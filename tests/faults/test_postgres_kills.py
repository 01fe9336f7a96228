"""A real ``qala add`` to a PostgreSQL server that is killed, throws it out, or is cut off (FAULTS 20).

``tests/ledger/test_postgres.py`` disturbs the ledger's own calls; here it is the whole command that has to go on, and
what it leaves must be the same, byte for byte, as an SQLite file that nothing disturbed.
"""

import importlib.util
import io
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

import pytest

pytest.importorskip("psycopg")

import psycopg
from lab_network import MOMENTS, Wire
from lab_process import start_interpreter
from lab_size import pick
from lab_work import write_lines

from qala.adding import ingest
from qala.adding.ingest import add_paths
from qala.exports.write import write_stream
from qala.ledger.ledger import Ledger

INPUTS = pick(240, 1_200)
KILLS, THROWN, CUTS = pick(1, 8), pick(2, 8), pick(6, 24)
TABLES = ("documents", "captures", "readings", "statements", "refusals", "search_text")


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    """A server that waits for the disk, as in real use: that of tests/ledger/conftest.py."""
    path = Path(__file__).parents[1] / "ledger" / "conftest.py"
    spec = importlib.util.spec_from_file_location("postgres_for_faults", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with module.run_server(fsync=True) as running:
        yield running


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_lines(tmp_path_factory.mktemp("source") / "news.jsonl", 0, INPUTS, refused=True)


def look(place: str) -> tuple[dict[str, int], bytes, str]:
    out = io.BytesIO()
    with Ledger.open(place, create=False) as ledger:
        tables = TABLES if ledger.store.dialect == "postgresql" else (*TABLES[:-1], "search_keys")
        counts = {name: int(str(next(ledger.store.rows(f"SELECT count(*) FROM {name}"))[0])) for name in tables}
        counts["search_text"] = counts.pop("search_keys", counts.get("search_text", 0))
        write_stream(ledger.records(), out, "records")
        assert ledger.verify().intact
        return counts, out.getvalue(), ledger.set_root()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, source: Path) -> tuple[dict[str, int], bytes, str]:
    path = tmp_path_factory.mktemp("undisturbed") / "l.db"
    with Ledger.open(path) as ledger:
        add_paths(ledger, [source])
    return look(str(path))


def make_schema(server: Any, name: str) -> str:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    return server.url(name)


def read_log(url: str) -> tuple[int, str]:
    """Return the last entry and its hash, as a connection of others sees them."""
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            found = connection.execute("SELECT number, hash FROM log ORDER BY number DESC LIMIT 1").fetchone()
    except psycopg.Error:
        return 0, ""
    return found or (0, "")


def throw_out(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'victim'")


def test_the_command_goes_on_when_its_server_dies_and_when_it_is_thrown_out(
    server: Any, source: Path, undisturbed: tuple[dict[str, int], bytes, str]
) -> None:
    url = make_schema(server, "kills")

    def kill() -> None:
        server.kill()
        server.restart()

    turns: list[Callable[[], None]] = [kill] * KILLS + [lambda: throw_out(url)] * THROWN
    Random(8).shuffle(turns)
    running = start_interpreter(30, "add", source, "--ledger", url.replace("?", "?application_name=victim&"))
    disturbed, seen = 0, (0, "")
    while turns and running.poll() is None:
        now = read_log(url)
        if now[0] > seen[0]:
            turns.pop()()
            disturbed += 1
            after = read_log(url)
            assert after[0] >= now[0]  # what was there before the kill is there behind it
            seen = now
        time.sleep(0.01)
    assert running.wait(300) == 3
    print(f"\n{disturbed} of {KILLS + THROWN} while it worked: {KILLS} kills, {THROWN} endings of its connection")
    assert disturbed == KILLS + THROWN
    assert look(url) == undisturbed


def test_a_wire_cut_around_a_commit_costs_nothing_and_doubles_nothing(
    server: Any, source: Path, undisturbed: tuple[dict[str, int], bytes, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest, "BATCH_ROWS", 30)
    make_schema(server, "wire")
    chance = Random(20)
    with tempfile.TemporaryDirectory(prefix="qala-wire-") as folder:
        here = quote(folder, safe="")
        url = f"postgresql://postgres:secret@/postgres?host={here}&options={quote('-csearch_path=wire', safe='')}"
        with Wire(server.folder, Path(folder), chance) as wire, Ledger.open(url) as ledger:
            order = [moment for moment in MOMENTS for _ in range(CUTS // len(MOMENTS))]
            chance.shuffle(order)

            def cut_next(_: object) -> None:
                if order and not wire.wanted:
                    wire.wanted.append(order.pop())

            add_paths(ledger, [source], progress=cut_next)
            assert sorted(wire.done) == sorted(MOMENTS * (CUTS // len(MOMENTS)))
    assert threading.active_count() < 20
    assert look(server.url("wire")) == undisturbed
