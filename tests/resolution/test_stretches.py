from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.extraction.time_values import Amount
from qala.resolution.stretches import (
    ResolvedTime,
    add_months,
    month_of,
    months_of,
    moved,
    nth_week,
    nth_weekday,
    one_day,
    week_of,
    year_of,
    years_of,
)

DAY = date(2023, 9, 5)


def test_iso_as_the_guidelines_write_it():
    assert one_day(DAY).iso == "2023-09-05"
    assert month_of(2023, 9).iso == "2023-09"
    assert year_of(2023).iso == "2023"
    assert week_of(DAY, -1).iso == "2023-08-28/2023-09-03"
    assert months_of(2016, 7, 9).iso == "2016-07/2016-09"
    assert months_of(2020, 12, 14).iso == "2020-12/2021-02"
    assert years_of(1980, 1989).iso == "1980/1989"
    assert ResolvedTime(DAY, DAY, "days").iso == "2023-09-05"


def test_a_month_has_its_last_day():
    assert month_of(2024, 2).end == date(2024, 2, 29)
    assert add_months(date(2023, 3, 31), -1) == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("amount", "sign", "expected"),
    [
        (Amount("day", 3), -1, date(2023, 9, 2)),
        (Amount("week", 2), 1, date(2023, 9, 19)),
        (Amount("year", 1.5), -1, date(2022, 3, 5)),
        (Amount("month", 1.5), -1, date(2023, 7, 21)),
        (Amount("hour", 2), -1, DAY),
        (Amount("hour", 12), -1, None),
        (Amount("day", None), -1, None),
        (Amount("day", 3, 5), -1, None),
        (Amount("year", 1, None, "more"), -1, None),
        (Amount("year", 1, None, "about"), -1, date(2022, 9, 5)),
    ],
)
def test_moved(amount, sign, expected):
    assert moved(DAY, amount, sign) == expected


def test_numbered_weekdays_and_weeks():
    july = month_of(2023, 7)
    assert nth_weekday(july, 1, 4).start == date(2023, 7, 7)
    assert nth_weekday(july, -1, 4).start == date(2023, 7, 28)
    assert nth_weekday(july, 5, 4) is None
    assert nth_week(month_of(2016, 10), 1).start == date(2016, 10, 3)
    assert nth_week(year_of(2015), -1).start == date(2015, 12, 28)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(-500, 500))
def test_months_there_and_back(day, months):
    there = add_months(day.replace(day=1), months)
    assert add_months(there, -months) == day.replace(day=1)
