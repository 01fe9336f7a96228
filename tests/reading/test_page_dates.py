"""Dates that pages show, in words and in fields. The examples of pages.yaml are tests."""

from datetime import UTC, date, datetime

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from qala.reading.page_dates import find_head_stamp, parse_moment, read_stamp, read_url_day
from qala.reading.page_words import load_page_words
from qala.text.data import data_text

EXAMPLES = yaml.safe_load(data_text("pages.yaml"))["examples"]


@pytest.mark.parametrize("example", EXAMPLES, ids=[str(number) for number in range(len(EXAMPLES))])
def test_the_examples_of_the_data_file(example: dict[str, str]) -> None:
    stamp = read_stamp(example["line"])
    assert (stamp.value.isoformat() if stamp else "-") == example["iso"]


def test_every_name_of_a_month_is_read() -> None:
    words = load_page_words()
    for name, month in words.months.items():
        stamp = read_stamp(f"الثلاثاء 5 {name} 2023")
        assert stamp and stamp.value == date(2023, month, 5), name
    for name in words.hijri:
        assert read_stamp(f"5 {name} 1445 هـ"), name


def test_a_label_is_told_from_words_of_the_article() -> None:
    labelled = read_stamp("تاريخ النشر: 5 سبتمبر 2023")
    assert labelled and labelled.labelled and labelled.rest == 0
    prose = read_stamp("وصل الوفد إلى العاصمة في 5 سبتمبر 2023 وغادرها في اليوم نفسه")
    assert prose and not prose.labelled and prose.rest > 6


@given(st.integers(1990, 2099), st.integers(1, 12), st.integers(1, 28), st.integers(0, 23), st.integers(0, 59))
def test_what_a_system_writes_is_read_back(year: int, month: int, day: int, hour: int, minute: int) -> None:
    moment = datetime(year, month, day, hour, minute, tzinfo=UTC)
    expected: date = moment.date() if (hour, minute) == (0, 0) else moment
    assert parse_moment(moment.isoformat()) == expected
    assert parse_moment(moment.strftime("%a, %d %b %Y %H:%M:%S +0000")) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2019-02-08T00:00:00+01:00", date(2019, 2, 8)),
        ("20180207", date(2018, 2, 7)),
        ("2018/02/07", date(2018, 2, 7)),
        ("1520000000", datetime(2018, 3, 2, 14, 13, 20, tzinfo=UTC)),
        ("1520000000000", datetime(2018, 3, 2, 14, 13, 20, tzinfo=UTC)),
        ("5 أيلول 2023", date(2023, 9, 5)),
        ("2018-13-40", None),
        ("yesterday", None),
        ("", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
    ],
)
def test_fields_and_their_slips(value: str, expected: date | None) -> None:
    assert parse_moment(value) == expected


@given(st.text(max_size=300))
def test_no_line_raises(line: str) -> None:
    read_stamp(line)
    parse_moment(line)
    read_url_day(line)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.example/2013/middle_east/8/3/x/index.html", date(2013, 8, 3)),
        ("http://a.example/2018/02/07/x", date(2018, 2, 7)),
        ("http://a.example/20180207-x", date(2018, 2, 7)),
        ("http://a.example/2018/02/x", None),
        ("http://a.example/news/177426", None),
    ],
)
def test_the_day_in_an_address(url: str, expected: date | None) -> None:
    assert read_url_day(url) == expected


def test_a_text_that_lost_its_tags_keeps_its_date_apart() -> None:
    stamp = "الأربعاء، 02 كانون الأول/ديسمبر 2009، آخر تحديث 14:00 (GMT+0400)"
    head = f"   موقع الأخبار - عنوان الخبر   \n     {stamp}    عنوان الخبر"
    assert find_head_stamp(head) == date(2009, 12, 2)
    assert find_head_stamp("قال الوزير في 5 سبتمبر 2023 إن الموسم جيد.") is None
