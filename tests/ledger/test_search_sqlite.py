"""The index as others meet it in the file: Datasette, and people with SQL."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from qala.ledger.ledger import Ledger


@pytest.fixture
def file(tmp_path, make_reading):
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        one = make_reading(
            {"source": "إيران", "content": "أن القمّة ممكنة"}, name="a", published=date(2024, 1, 1), title="قمة"
        )
        ledger.add_readings([one, make_reading({"content": "غير ذلك"}, name="b")])
    return path


def find(file, word: str) -> list[tuple[str, str]]:
    """Search as Datasette does in a table with full-text search."""
    query = (
        "SELECT content, article FROM search WHERE rowid IN"
        " (SELECT rowid FROM search_text WHERE search_text MATCH ?) ORDER BY rowid DESC"
    )
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        return connection.execute(query, (f'"{word}"',)).fetchall()


@pytest.mark.parametrize("word", ["إيران", "ايران", "القمة", "القمه", "ممكنه", "قمة"])
def test_the_view_is_searched_in_plain_and_in_folded_spelling(file, word):
    assert find(file, word) == [("أن القمّة ممكنة", "قمة")]


def test_the_index_is_whole(file):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("INSERT INTO search_text (search_text) VALUES ('integrity-check')")
        assert connection.execute("SELECT count(*) FROM search").fetchone() == (2,)
        assert connection.execute("SELECT count(*) FROM search_keys").fetchone() == (2,)


def test_datasette_finds_the_index(file):
    utils = pytest.importorskip("datasette.utils")
    with closing(sqlite3.connect(file)) as connection:
        assert utils.detect_fts(connection, "search") == "search_text"
