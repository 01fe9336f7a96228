"""From an older schema to this version's, one numbered step after the other, each in one transaction.

A new ledger takes all steps in one.

Step 1 makes the tables of ``schema.py`` as they were first released. Whoever changes a table adds a step that
brings the older ledgers to the new form, and a golden ledger of the form before to ``tests/ledger/golden``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qala.errors import LedgerError, LedgerReadOnlyError
from qala.ledger import search_sqlite
from qala.ledger.schema import render_tables
from qala.ledger.search_rebuild import fill_index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qala.ledger.port import Dialect, Store


class Migration(NamedTuple):
    """One step: the schema that it leads to, its statements for each back end, and what SQL alone cannot do."""

    number: int
    render: Callable[[Dialect], Iterable[str]]
    finish: Callable[[Store], object] = lambda store: None


def _turn_index(store: Store) -> None:
    """Turn SQLite's index, which had the oldest first: two to five minutes for a million statements, once."""
    if store.dialect == "sqlite" and list(store.rows(search_sqlite.OLDEST_FIRST)):
        for statement in search_sqlite.TURN:
            store.change(statement)
        fill_index(store)


MIGRATIONS = (Migration(1, render_tables), Migration(2, lambda dialect: (), _turn_index))


def migrate(store: Store, steps: tuple[Migration, ...] = MIGRATIONS) -> None:
    """Bring ``store`` to the newest of ``steps``; a step is applied whole or not at all.

    Raises ``LedgerError`` for a ledger of a newer Qala and ``LedgerReadOnlyError`` where an older one cannot be
    changed.
    """
    newest = steps[-1].number
    found = store.version()
    if found > newest:
        raise LedgerError(
            f"{store.place}: made by a newer Qala (schema {found}; this version knows {newest}): update Qala to open it"
        )
    if found < newest and not store.writable:
        raise LedgerReadOnlyError(
            f"{store.place}: of an older schema ({found}, now {newest}) and read-only:"
            " copy it to where it can be written"
        )
    missing = [step for step in steps if step.number > found]
    for together in [missing] if found == 0 else [[step] for step in missing]:
        with store.writing():
            for step in together:
                if store.version() < step.number:  # another process may have been faster
                    for statement in step.render(store.dialect):
                        store.change(statement)
                    step.finish(store)
                    store.set_version(step.number)
