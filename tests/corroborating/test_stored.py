"""Views kept in a file: what is read back is what was written, or it is made anew."""

import gzip

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qala.corroborating.stored import FORM, load_views, read_stored, write_stored
from qala.corroborating.views import corroborate
from qala.ledger.ledger import Ledger


@pytest.fixture(scope="module")
def views(articles):
    return corroborate(record for records in articles for record in records).corroboration


def test_what_is_written_is_read_back(views, tmp_path):
    path = tmp_path / "news.db.views"
    assert write_stored(path, "key", views)
    assert read_stored(path, "key") == views
    assert read_stored(path, "another key") is None
    assert [item.name for item in tmp_path.iterdir()] == ["news.db.views"]


def test_what_is_no_such_file_is_passed_over(views, tmp_path):
    path = tmp_path / "views"
    assert read_stored(path, "key") is None
    write_stored(path, "key", views)
    whole = path.read_bytes()
    for raw in (b"", b"text", whole[:-9], whole[: len(whole) // 2], gzip.compress(b"{}"), gzip.compress(b"[1, 2]")):
        path.write_bytes(raw)
        assert read_stored(path, "key") is None


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3),
    lambda part: st.lists(part, max_size=4) | st.dictionaries(st.text(max_size=3), part, max_size=3),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(_JSON, max_size=4))
def test_any_json_is_read_without_an_error(tmp_path, parts):
    path = tmp_path / "views"
    path.write_bytes(gzip.compress(orjson.dumps([FORM, "key", *parts])))
    read_stored(path, "key")


def test_a_place_that_cannot_be_written_is_no_error(views, tmp_path):
    assert write_stored(tmp_path / "no" / "folder", "key", views) is False


def test_a_ledger_that_grows_is_seen(readings, views, tmp_path):
    """Kept views are used while the ledger stays as it is, and never after."""
    kept = tmp_path / "news.db.views"
    with Ledger.open(tmp_path / "news.db") as ledger:
        ledger.add_readings(readings[:4])
        first = load_views(ledger, kept)
        before = kept.read_bytes()
        assert load_views(ledger, kept) == first and kept.read_bytes() == before
        ledger.add_readings(readings[4:])
        grown = load_views(ledger, kept)
        assert grown.corroboration == views and kept.read_bytes() != before
        pair = next(found.members[:2] for found in grown.utterances if len(found.members) > 1)
        ledger.judge("different", *pair, author="s.k.")
        assert not any(set(pair) <= set(found.members) for found in load_views(ledger, kept).utterances)


def test_ledgers_filled_in_another_order_give_the_same_views(readings, views, tmp_path):
    with Ledger.open(tmp_path / "other.db") as ledger:
        for reading in reversed(readings):
            ledger.add_readings([reading])
        assert load_views(ledger).corroboration == views
