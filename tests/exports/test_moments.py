"""Days and moments in other formats' forms."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from qala.exports.moments import format_day, format_utc, in_utc, is_exact, split_range

CAIRO = timezone(timedelta(hours=3))


@pytest.mark.parametrize(
    ("moment", "exact", "utc", "day"),
    [
        (date(2024, 1, 2), False, "2024-01-02T00:00:00Z", "2024-01-02"),
        (datetime(2024, 1, 2, 3, 4), False, "2024-01-02T03:04:00Z", "2024-01-02"),
        (datetime(2024, 1, 2, 1, 0, tzinfo=CAIRO), True, "2024-01-01T22:00:00Z", "2024-01-02"),
        (datetime(2024, 1, 2, 3, 4, 5, 600000, UTC), True, "2024-01-02T03:04:05.600000Z", "2024-01-02"),
    ],
)
def test_moments(moment, exact, utc, day):
    assert is_exact(moment) == exact
    assert format_utc(moment) == utc and format_day(moment) == day
    assert in_utc(moment).tzinfo is UTC


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("2024-01-02", ("2024-01-02", "2024-01-02")),
        ("2024-01", ("2024-01", "2024-01")),
        ("2019/2020", ("2019", "2020")),
        ("2024-01-02/2024-01-05", ("2024-01-02", "2024-01-05")),
        (None, None),
        ("", None),
        ("yesterday", None),
        ("2024-01-02/later", None),
    ],
)
def test_ranges(value, parts):
    assert split_range(value) == parts
