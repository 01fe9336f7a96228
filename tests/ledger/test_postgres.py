"""The PostgreSQL back end behaves as the port says and as SQLite does, and survives its server's deaths.

The server is killed twice and eight times its connections are cut; ``QALA_FAULTS=many`` kills it eight times.
"""

import os
import threading
import time

import pytest

from qala.errors import LedgerBusyError, LedgerConnectionError, LedgerError, LedgerReadOnlyError, QalaError
from qala.ledger import postgres
from qala.ledger.ledger import Ledger
from qala.ledger.migrations import migrate
from qala.ledger.postgres import hide_password, open_postgres
from qala.ledger.schema import TABLES, quote


def count(store, table: str = "documents") -> int:
    return next(store.rows(f"SELECT count(*) FROM {table}"))[0]


def add(ledger: Ledger, make_reading, name: str):
    return ledger.add_readings([make_reading({"source": "متحدث", "content": f"أن {name} وصل"}, name=name)])


# The contract: once for each back end


def test_values_come_back_as_they_went(ledger):
    store = ledger.store
    text = "قال: «نعم» 😀 \\N \\. \t\n\r ' \" % ? \u202e"
    with store.writing():
        store.insert("blobs", [("b1", 3, b"\x00\xff\\"), ("b0", 0, b"")])
        store.insert("refusals", [(1, "i1", text, "", "c", None), (2, "i2", "p", "r", "c", text)])
    assert list(store.rows("SELECT sha256, size, content FROM blobs ORDER BY sha256")) == [
        ("b0", 0, b""),
        ("b1", 3, b"\x00\xff\\"),
    ]
    assert list(store.rows("SELECT place, reason, source FROM refusals ORDER BY number")) == [
        (text, "", None),
        ("p", "r", text),
    ]
    assert list(store.rows("SELECT number FROM refusals WHERE source = ?", (text,))) == [(2,)]
    assert list(store.rows("SELECT '%' AS sign WHERE 1 = ?", (1,))) == [("%",)]


def test_texts_are_ordered_by_code_point(ledger):
    names = ["b", "B", "a", "ب", "آ", "😀", "\uffff", "é", "-", ""]
    with ledger.store.writing():
        ledger.store.insert("refusals", [(at, name, "", "", "", None) for at, name in enumerate(names)])
    found = [row[0] for row in ledger.store.rows("SELECT id FROM refusals ORDER BY id")]
    assert found == sorted(names)
    assert [row[0] for row in ledger.store.rows("SELECT id FROM refusals WHERE id >= ? ORDER BY id", ("ب",))] == [
        name for name in sorted(names) if name >= "ب"
    ]


def test_a_failed_transaction_leaves_nothing(ledger):
    store = ledger.store
    with pytest.raises(RuntimeError, match="stop"), store.writing():
        store.insert("blobs", [("b1", 3, b"abc")])
        raise RuntimeError("stop")
    assert count(store, "blobs") == 0
    with store.writing():
        store.insert("blobs", [("b1", 3, b"abc")])
    with pytest.raises(LedgerError), store.writing():
        store.insert("blobs", [("b2", 3, b"abc"), ("b1", 3, b"abc")])
    assert count(store, "blobs") == 1


def test_rows_cannot_be_changed_or_deleted(ledger, make_reading):
    add(ledger, make_reading, "a")
    for table in TABLES:
        column = quote(table.columns[0].name)
        if not table.append_only or not count(ledger.store, table.name):
            continue
        for sql in (f"DELETE FROM {table.name}", f"UPDATE {table.name} SET {column} = {column}"):
            with pytest.raises(LedgerError, match="append-only"), ledger.store.writing():
                ledger.store.change(sql)


def test_keys_point_to_rows_that_are_there(ledger):
    with pytest.raises(LedgerError), ledger.store.writing():
        ledger.store.insert("readings", [(1, 77, 78, 0, "{}")])
    assert count(ledger.store, "readings") == 0


def test_a_snapshot_sees_one_state(ledger, ledger_place, make_reading):
    add(ledger, make_reading, "a")
    with Ledger.open(ledger_place) as other, ledger.store.reading(), ledger.store.reading():
        assert count(ledger.store) == 1
        add(other, make_reading, "b")
        assert count(ledger.store) == 1
        assert count(other.store) == 2
    assert count(ledger.store) == 2


def test_streams_are_read_by_turns(ledger):
    store = ledger.store
    with store.writing():
        store.insert("refusals", [(at, f"i{at}", "", "", "", None) for at in range(6_000)])
    with store.reading():
        first = store.rows("SELECT number FROM refusals ORDER BY number")
        second = store.rows("SELECT number FROM refusals ORDER BY number DESC")
        assert [(next(first), next(second)) for _ in range(3)] == [((at,), (5_999 - at,)) for at in range(3)]
        second.close()
        assert sum(1 for _ in first) == 5_997
    with store.writing():  # a stream that was not read to its end stops nobody
        next(store.rows("SELECT number FROM refusals ORDER BY number"))
        store.insert("refusals", [(9_999, "last", "", "", "", None)])
    assert count(store, "refusals") == 6_001


def test_nothing_is_written_inside_a_snapshot(ledger, make_reading):
    with ledger.store.reading(), pytest.raises(LedgerError):
        add(ledger, make_reading, "a")
    add(ledger, make_reading, "a")
    assert count(ledger.store) == 1


def test_the_second_writer_is_told(ledger, ledger_place):
    with Ledger.open(ledger_place) as other:
        if other.store.dialect == "sqlite":
            other.store.change("PRAGMA busy_timeout=50")
        else:
            other.store._busy_seconds = 0.05
        busy = pytest.raises(LedgerBusyError, match="another process")
        with ledger.store.writing(), busy, other.store.writing():
            raise AssertionError("two writers")
        with other.store.writing():
            pass


def test_the_second_writer_waits_its_turn(ledger, ledger_place, make_reading):
    def write(name: str) -> None:
        with Ledger.open(ledger_place) as mine:
            for number in range(10):
                add(mine, make_reading, f"{name}{number}")

    threads = [threading.Thread(target=write, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(ledger.store) == 30
    numbers = [row[0] for row in ledger.store.rows("SELECT number FROM log ORDER BY number")]
    assert numbers == list(range(1, len(numbers) + 1))


def test_read_only(ledger, ledger_place, make_reading):
    add(ledger, make_reading, "a")
    with Ledger.open(ledger_place, read_only=True) as seen:
        assert count(seen.store) == 1
        assert not seen.store.writable
        with pytest.raises(LedgerReadOnlyError, match="read-only"):
            add(seen, make_reading, "b")


def test_what_is_not_there_is_not_made(new_place):
    with pytest.raises(LedgerError, match="there is no ledger"):
        Ledger.open(new_place(), create=False)


def test_opening_again_changes_nothing(ledger, ledger_place, make_reading):
    add(ledger, make_reading, "a")
    head, size = ledger.head(), ledger.store.size()
    with Ledger.open(ledger_place) as again:
        migrate(again.store)
        assert again.head() == head
        assert again.store.version() == ledger.store.version() > 0
        assert not list(again.store.check())
    assert size > 0


def test_both_back_ends_hold_the_same(tmp_path, postgres_place, make_reading):
    made = []
    for place in (str(tmp_path / "l.db"), postgres_place):
        with Ledger.open(place) as ledger:
            for name in ("c", "a\u0000b", "b"):
                reading = make_reading({"source": "متحدث", "content": "نعم"}, name="x", title=name.replace("\0", " "))
                ledger.add_readings([reading])
            made.append((ledger.set_root(), [record.id for record in ledger.records()], ledger.stats().statements))
    assert made[0] == made[1]


def test_nul_and_half_surrogates_are_treated_alike(ledger, make_reading):
    ledger.add_readings([make_reading({"source": "متحدث", "content": "نعم\x00لا"}, name="nul")])
    (record,) = ledger.records()
    assert record.statement.attribution.content[0].of(record.document.text) == "نعم\x00لا"
    for given in ({"content": "نصف \ud800"}, {"source": "\udfff", "content": "نعم"}):
        with pytest.raises(QalaError, match="surrogate"):
            ledger.add_readings([make_reading(given, name="half")])
    assert count(ledger.store) == 1


# PostgreSQL alone


def test_a_password_is_not_shown():
    assert hide_password("postgresql://u:secret@h:5432/d?options=x") == "postgresql://u@h:5432/d"
    assert "secret" not in hide_password("postgresql://u:secret@[h/d")


def test_messages_do_not_hold_the_password(postgres_place):
    with Ledger.open(postgres_place) as ledger:
        assert "secret" not in ledger.store.place
    with pytest.raises(LedgerConnectionError) as caught:
        open_postgres("postgresql://u:secret@/none?host=%2Fnowhere")
    assert "secret" not in str(caught.value)


def test_every_commit_waits_for_the_disk(postgres_place):
    store = open_postgres(postgres_place)
    assert list(store.rows("SELECT current_setting('synchronous_commit')")) == [("on",)]
    store.close()


def terminate_backends(store, others: str) -> None:
    """End the connections of ``others`` as an administrator would."""
    store.change("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ?", (others,))


class Ingest:
    """A writer that does a batch again when its connection is lost, as ``qala add`` does."""

    def __init__(self, place: str, make_reading, names: list[str]) -> None:
        self.place, self.make_reading, self.names = place, make_reading, names
        self.acknowledged: list[str] = []
        self.lost = 0
        self.failure: BaseException | None = None
        self.thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        try:
            with Ledger.open(self.place) as ledger:
                for name in self.names:
                    self._add(ledger, name)
        except BaseException as error:
            self.failure = error

    def _add(self, ledger: Ledger, name: str) -> None:
        while True:
            try:
                add(ledger, self.make_reading, name)
            except LedgerConnectionError:
                self.lost += 1
                continue
            self.acknowledged.append(name)
            return


def watch(ingest: Ingest, disturb, times: int) -> None:
    """Disturb the server ``times`` times while batches go on between."""
    ingest.thread.start()
    for _ in range(times):
        seen = len(ingest.acknowledged)
        while len(ingest.acknowledged) < seen + 3 and ingest.thread.is_alive():
            time.sleep(0.002)
        disturb()
    ingest.thread.join(timeout=60)
    assert ingest.failure is None
    assert not ingest.thread.is_alive()


def test_nothing_acknowledged_is_lost_when_the_server_dies(durable_server, make_reading):
    place = durable_server.url().replace("options=", "application_name=ingest&options=")
    names = [f"d{at}" for at in range(120)]
    ingest = Ingest(place, make_reading, names)

    def kill() -> None:
        durable_server.kill()
        assert set(ingest.acknowledged) <= set(names)
        durable_server.restart()

    def terminate() -> None:
        store = open_postgres(durable_server.url())
        terminate_backends(store, "ingest")
        store.close()

    kills = 8 if os.environ.get("QALA_FAULTS") == "many" else 2
    turns = [terminate] * 8
    for at in range(kills):
        turns.insert(4 * at + 1, kill)
    watch(ingest, lambda: turns.pop()(), len(turns))
    assert ingest.lost >= kills
    with Ledger.open(durable_server.url()) as ledger:
        found = sorted(row[0] for row in ledger.store.rows("SELECT given_id FROM documents"))
        assert found == sorted(names) == sorted(ingest.acknowledged)
        assert count(ledger.store, "statements") == count(ledger.store, "search_text") == len(names)


def test_readers_come_back(postgres_server, postgres_place, make_reading):
    place = postgres_place.replace("options=", "application_name=reader&options=")
    with Ledger.open(place) as ledger, Ledger.open(postgres_place) as other:
        add(ledger, make_reading, "a")
        terminate_backends(other.store, "reader")
        assert count(ledger.store) == 1
        terminate_backends(other.store, "reader")
        add(ledger, make_reading, "b")
        assert count(other.store) == 2


def test_a_server_that_stays_away_is_an_error(postgres_place, make_reading, monkeypatch, durable_server):
    monkeypatch.setattr(postgres, "RECONNECT_SECONDS", 0.2)
    with Ledger.open(durable_server.url()) as ledger:
        durable_server.stop()
        with pytest.raises(LedgerConnectionError, match="lost"):
            count(ledger.store)
        durable_server.start()
        assert count(ledger.store) == 0
