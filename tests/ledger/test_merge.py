"""Shards become one ledger, the same whichever way they are merged (FAULTS 22)."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qala.errors import LedgerError
from qala.ledger.codec import encode_statement
from qala.ledger.ledger import Ledger
from qala.ledger.merge import merge
from qala.ledger.rows import prepare_reading
from qala.ledger.runs import Run
from qala.ledger.writer import Added
from qala.model import Document, Origin, Reading, RefusedInput
from qala.pipeline import extract

MakeReading = Callable[..., Reading]
OLD, NEW = Run("0.1.0", "a", "b"), Run("0.2.0", "a", "b")
TEXTS = [
    "قال الوزير كمال الراوي إن المصنع أغلق أبوابه، فيما نفى المدير أن يكون العمال قد سرحوا.",
    "نفت سلمى الخالدي، المتحدثة باسم الشركة، أن تكون الشركة قد باعت أسهمها. وأضافت أن السوق هادئة.",
    "وبحسب وكالة رويترز، قال مهندس إن العمل اكتمل.",
    "نص\x00 بلا أقوال.",
    "أعلن رئيس البلدية أن الجسر سيفتح غدا. وقال إن العمل اكتمل.",
]


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return [
        extract(Document(f"a{n}", text, outlet="o", title="ع", origin=Origin(path=f"/{n}", raw=text.encode())))
        for n, text in enumerate(TEXTS)
    ]


def export(ledger: Ledger) -> list[object]:
    return [(r.id, r.document_id, r.parent, r.run, encode_statement(r.statement), r.document) for r in ledger.records()]


def test_two_shards_are_the_whole(ledger: Ledger, readings: list[Reading], tmp_path: Path) -> None:
    refused = [RefusedInput("/x", "y", "z"), RefusedInput("/y", "y", "z")]
    with Ledger.open(tmp_path / "whole.db") as whole, Ledger.open(tmp_path / "part.db") as part:
        whole.add_readings([*readings, *refused])
        ledger.add_readings([*readings[:3], refused[0]])
        part.add_readings([*reversed(readings[2:]), *refused])
        added = merge(ledger, part)
        assert (added.documents, added.refusals) == (2, 1)
        assert export(ledger) == export(whole)
        assert ledger.set_root() == whole.set_root()
        assert ledger.verify().intact
        assert merge(ledger, part) == merge(ledger, whole) == Added()
        assert ledger.document("a3").origin.raw == TEXTS[3].encode()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sets(st.integers(0, len(TEXTS) - 1)), min_size=2, max_size=3), st.randoms(use_true_random=False))
def test_any_shards_in_any_order_hold_the_same(
    readings: list[Reading], tmp_path_factory: pytest.TempPathFactory, shards: list[set[int]], chance: object
) -> None:
    folder = tmp_path_factory.mktemp("shards")
    paths = []
    for number, shard in enumerate(shards):
        paths.append(folder / f"{number}.db")
        with Ledger.open(paths[-1]) as ledger:
            for place in sorted(shard, key=lambda _: chance.random()):  # type: ignore[attr-defined]
                ledger.add_readings([readings[place]])
    found = []
    for order in (paths, list(reversed(paths))):
        with Ledger.open(folder / "into.db") as into:
            for path in order:
                with Ledger.open(path) as other:
                    merge(into, other)
            assert into.verify().intact
            found.append((export(into), into.set_root()))
        (folder / "into.db").unlink()
    assert found[0] == found[1]
    shutil.rmtree(folder)


def test_a_newer_reading_stays_current_when_an_older_shard_comes(
    ledger: Ledger, readings: list[Reading], tmp_path: Path
) -> None:
    with Ledger.open(tmp_path / "old.db") as old:
        old.append([prepare_reading(reading) for reading in readings], run=OLD)
        ledger.append([prepare_reading(replace(readings[0], statements=readings[0].statements[:1]))], run=NEW)
        merge(ledger, old)
    document = next(ledger.records(document=None)).document_id
    assert document
    runs = {record.document.id: record.run for record in ledger.records()}
    assert runs["a0"] == NEW.id
    assert runs["a1"] == OLD.id


def test_judgements_come_along(ledger: Ledger, readings: list[Reading], tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "other.db") as other:
        other.add_readings(readings[:1])
        record = next(other.records())
        first = other.judge("act", record.id, author="a", value="warn")
        second = other.judge("act", record.id, author="a", value="deny")
        ledger.add_readings(readings)
        merge(ledger, other)
        merge(ledger, other)
    assert ledger.judgements(replaced=True) == [first, second]
    assert ledger.judgements() == [second]
    assert ledger.record(record.id).statement.attribution.act == "deny"
    assert ledger.verify().intact


def test_a_ledger_that_is_not_intact_is_not_merged(ledger: Ledger, readings: list[Reading], tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "other.db") as other:
        other.add_readings(readings)
        other.store.change("DROP TRIGGER statements_no_update")
        other.store.change("UPDATE statements SET act = 'deny' WHERE number = 1")
        with pytest.raises(LedgerError, match=r"not intact \(statements"):
            merge(ledger, other)
    assert ledger.stats().documents == 0


def test_the_index_is_in_order_after_much_was_merged(
    readings: list[Reading], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger.open(tmp_path / "other.db") as other, Ledger.open(tmp_path / "one.db") as one:
        for reading in readings:
            other.add_readings([reading])
        monkeypatch.setattr("qala.ledger.merge._CHUNK", 1)
        merge(one, other)
        assert _count_pieces(one) > 1  # too few statements to be worth it
    monkeypatch.setattr("qala.ledger.search.TIDY_AFTER", 3)
    with Ledger.open(tmp_path / "other.db") as other, Ledger.open(tmp_path / "two.db") as two:
        merge(two, other)
        assert _count_pieces(two) == 1
        assert two.verify().intact


def _count_pieces(ledger: Ledger) -> int:
    return int(str(next(ledger.store.rows("SELECT count(DISTINCT segid) FROM search_text_idx"))[0]))
