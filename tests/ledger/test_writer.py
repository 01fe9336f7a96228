"""The order in which a batch's rows are written: a statement never waits for its parent."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from qala.ledger.ledger import Ledger
from qala.ledger.rows import prepare_reading
from qala.ledger.schema import TABLE
from qala.ledger.writer import put_parents_first

WIDTH, PARENT = len(TABLE["statements"].names), TABLE["statements"].names.index("parent")


def make_rows(parents: list[int | None]) -> list[tuple[int | None, ...]]:
    return [
        (number, *(parent if at == PARENT else None for at in range(1, WIDTH))) for number, parent in enumerate(parents)
    ]


def goes_in_a_circle(parents: list[int | None], at: int | None) -> bool:
    seen = set()
    while at is not None and at < len(parents) and at not in seen:
        seen.add(at)
        at = parents[at]
    return at in seen


@given(st.lists(st.none() | st.integers(0, 14), max_size=12))
def test_parents_come_first_and_no_row_is_lost(parents):
    rows = make_rows(parents)
    ordered = put_parents_first(rows)
    assert sorted(ordered, key=lambda row: row[0]) == rows
    at = {row[0]: place for place, row in enumerate(ordered)}
    for number, parent in enumerate(parents):
        if parent in at and parent != number and not goes_in_a_circle(parents, number):
            assert at[parent] < at[number]


def test_rows_in_order_stay_in_order():
    rows = make_rows([None, 0, 1, None, 2])
    assert put_parents_first(rows) == rows


def test_a_parent_that_comes_late_costs_no_more_in_a_large_ledger(tmp_path, make_reading):
    """Counted in steps of SQLite's machine, which a look through the whole table would multiply."""
    reading = make_reading({"content": "first"}, {"content": "second"}, name="late")
    first, second = reading.statements
    first = replace(first, attribution=replace(first.attribution, parent=second.id))
    late = prepare_reading(replace(reading, statements=(first, second)))
    steps = []
    for count in (10, 2_000):
        with Ledger.open(tmp_path / f"{count}.db") as ledger:
            ledger.add_readings([make_reading(*({"content": f"word {at}"} for at in range(count)))])
            counted = []
            ledger.store.connection.set_progress_handler(lambda counted=counted: counted.append(1), 10)
            ledger.append([late])
            ledger.store.connection.set_progress_handler(None, 10)
            steps.append(len(counted))
            assert ledger.verify().intact
            (found,) = [record for record in ledger.records() if record.parent]
            assert found.parent == late.statements[1].id
    assert steps[1] < 2 * steps[0]
