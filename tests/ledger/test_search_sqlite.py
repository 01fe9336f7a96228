"""The index as others meet it in the file: Datasette, and people with SQL."""

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.ledger.ledger import Ledger
from qala.ledger.search import Search
from qala.ledger.search_rebuild import rebuild_index
from qala.ledger.search_sqlite import LAST_ROW, find_keys, find_words, write_match
from qala.ledger.search_terms import Group, Terms

GOLDEN = Path(__file__).parent / "golden"


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
        " (SELECT rowid FROM search_text WHERE search_text MATCH ?) ORDER BY rowid"
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


def test_the_newest_has_the_smallest_id(tmp_path, make_reading):
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        for day in (3, 1, 2):
            ledger.add_readings([make_reading({"content": "خبر"}, name=f"a{day}", published=date(2024, 1, day))])
        ids = [int(row[0]) for row in ledger.store.rows("SELECT rowid FROM search_text ORDER BY rowid")]
        hits = ledger.search(Search("خبر")).hits
    assert [hit.record.document.published for hit in hits] == [date(2024, 1, day) for day in (3, 2, 1)]
    assert ids == [LAST_ROW - hit.key for hit in hits]


def test_an_index_of_the_first_schema_is_made_anew(tmp_path):
    """An older ledger that is brought up to date finds all statements, and what an index made from nothing finds."""
    texts = ("", "الشركة", "رويترز", "-قال")
    with Ledger.open(shutil.copy(GOLDEN / "schema1.db", tmp_path / "old.db")) as ledger:
        ledger.store.change("INSERT INTO search_text (search_text) VALUES ('integrity-check')")
        pages = [[hit.id for hit in ledger.search(Search(text)).hits] for text in texts]
        assert sorted(pages[0]) == sorted(record.id for record in ledger.records())
        assert all(pages)
        rebuild_index(ledger.store)
        assert pages == [[hit.id for hit in ledger.search(Search(text)).hits] for text in texts]


WORDS = ("نفط", "غاز", "بحر", "نهر", "جبل", "سهل", "ورد", "شجر")
CONTENTS = [" ".join(word for at, word in enumerate(WORDS) if number >> at & 1) or "غيره" for number in range(256)]


@pytest.fixture(scope="module")
def every(tmp_path_factory, make_reading):
    """A ledger with a statement for each set of ``WORDS``."""
    with Ledger.open(tmp_path_factory.mktemp("every") / "ledger.db") as ledger:
        ledger.add_readings([make_reading(*({"content": content} for content in CONTENTS))])
        yield ledger


GROUPS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True), max_size=9)


@given(required=GROUPS.filter(bool), excluded=GROUPS)
def test_a_nested_query_finds_what_a_flat_one_means(every, required, excluded):
    def group(words: list[str]) -> Group:
        return Group(tuple((word,) for word in words), (1.0,) * len(words))

    terms = Terms(tuple(map(group, required)), tuple(map(group, excluded)), (("act\u00b7assert",),), "content")
    meant = {
        place
        for place, content in enumerate(CONTENTS)
        if all(set(words) & set(content.split()) for words in required)
        and not any(set(words) & set(content.split()) for words in excluded)
    }
    keys = find_keys(every.store, terms, 0, LAST_ROW, 1_000)
    assert all(a > b for a, b in pairwise(keys))
    assert {(key & 0x3FFFFFFF) - 1 for key in keys} == meant


def test_many_parts_are_not_nested_too_deep_for_the_engine(every):
    every_word = Group(tuple((word,) for word in WORDS), (1.0,) * len(WORDS))
    terms = Terms((every_word,) * 32, (every_word,) * 32, (("act\u00b7assert",),) * 200)
    assert write_match(terms).count("none\u00b7") == 5
    assert find_keys(every.store, terms, 0, LAST_ROW, 10) == []
    assert len(find_keys(every.store, terms._replace(excluded=()), 0, LAST_ROW, 1_000)) == 255


def test_known_words_are_those_that_occur(every):
    assert find_words(every.store, [*WORDS, "غيره", "لاشيء", 'a"b', ""]) == {*WORDS, "غيره"}
    assert find_words(every.store, []) == set()


def test_words_that_were_looked_for_in_vain_are_found_when_they_have_come(tmp_path, make_reading):
    """By this connection or by another: what words stand for is kept only as long as the file stays as it is."""
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger, Ledger.open(path) as other:
        for number, writer in enumerate((ledger, other, ledger)):
            word = f"جديد{number}"
            assert not ledger.search(Search(word)).hits
            assert not ledger.search(Search(word)).hits
            writer.add_readings([make_reading({"content": word}, name=f"a{number}")])
            assert len(ledger.search(Search(word)).hits) == 1
        other.store.change("DELETE FROM search_words")
        assert not ledger.search(Search(word)).hits
        rebuild_index(other.store)
        assert len(ledger.search(Search(word)).hits) == 1
