from datetime import date

import pytest

from qala.resolution.feasts import easter, feast_day


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2013, date(2013, 3, 31)),
        (2023, date(2023, 4, 9)),
        (2038, date(2038, 4, 25)),
        (1961, date(1961, 4, 2)),
    ],
)
def test_easter(year, day):
    assert easter(year) == day


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("gregorian-12-25", 2020, date(2020, 12, 25)),
        ("hijri-12-10", 2013, date(2013, 10, 15)),
        ("hijri-10-1", 2013, date(2013, 8, 8)),
        ("hijri-1-1", 2019, date(2019, 8, 31)),
        ("easter", 2013, date(2013, 3, 31)),
        ("hijri-1-1", 1700, None),
    ],
)
def test_feasts(name, year, day):
    assert feast_day(name, year) == day
