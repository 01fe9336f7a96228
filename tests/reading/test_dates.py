"""The day of publication as an option or field gives it."""

from datetime import date, datetime, timedelta, timezone

import pytest

from qala.errors import ReadError
from qala.reading.dates import parse_published


def test_a_day() -> None:
    assert parse_published(" 2023-09-05 ") == date(2023, 9, 5)
    assert type(parse_published("2023-09-05")) is date


@pytest.mark.parametrize(
    "text",
    [
        "2023-09-05T14:30:00+03:00",
        "2023-09-05 14:30+0300",
        "2023-09-05 14:30:00.000 +03",
        "2023-09-05T14:30+03:00",
    ],
)
def test_a_moment_with_zone(text: str) -> None:
    assert parse_published(text) == datetime(2023, 9, 5, 14, 30, tzinfo=timezone(timedelta(hours=3)))


def test_a_moment_without_zone_stays_without() -> None:
    assert parse_published("2023-09-05T14:30") == datetime(2023, 9, 5, 14, 30)
    moment = parse_published("2023-09-05T14:30Z")
    assert isinstance(moment, datetime) and moment.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "text",
    ["", "2023", "2023-09", "05/09/2023", "5 سبتمبر 2023", "٢٠٢٣-٠٩-٠٥", "20230905", "2023-W36-2", "now"],
)
def test_anything_looser_is_refused(text: str) -> None:
    with pytest.raises(ReadError, match="not a date"):
        parse_published(text)


@pytest.mark.parametrize("text", ["2023-02-30", "2023-13-01", "2023-09-05T25:00", "0000-01-01"])
def test_a_day_that_no_calendar_has(text: str) -> None:
    with pytest.raises(ReadError, match="no such date"):
        parse_published(text)
