from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from qala.resolution.hijri import hijri_day, hijri_month, hijri_month_of, hijri_year_of


def test_known_days():
    assert hijri_day(1444, 9, 15) == date(2023, 4, 6)
    assert hijri_day(1439, 1, 5) == date(2017, 9, 25)


def test_outside_the_tables():
    assert hijri_day(1300, 1, 1) is None
    assert hijri_day(1444, 13, 1) is None
    assert hijri_day(1444, 9, 31) is None
    assert hijri_year_of(date(1800, 1, 1)) is None
    assert hijri_month_of(date(1800, 1, 1)) is None
    assert hijri_month(1500, 12) is None


def test_a_month():
    assert hijri_month(1440, 9) == (date(2019, 5, 6), date(2019, 6, 3))
    assert hijri_month(1444, 12)[0] == date(2023, 6, 19)


SHORT = {(1343, 9), (1345, 8), (1348, 12), (1349, 10), (1364, 8)}  # months to which the tables give 28 days


@given(st.integers(1343, 1499), st.integers(1, 12), st.integers(1, 29))
def test_there_and_back(year, month, day):
    found = hijri_day(year, month, day)
    if found is None:
        assert (year, month) in SHORT
        assert day == 29
        return
    assert hijri_year_of(found) == year
    assert hijri_month_of(found) == (year, month)
