import pytest

from qala.extraction.atoms import find_atoms
from qala.extraction.calendar_dates import (
    day_number,
    parse_day_month,
    parse_month,
    parse_month_date,
    parse_numeric,
)
from qala.extraction.time_values import Date, Relative
from qala.text.words import find_words


def parsed(parse, text):
    atoms = find_atoms(find_words(text))
    found = parse(atoms, 0)
    return (found.value, found.end == atoms.size) if found else None


@pytest.mark.parametrize(
    ("text", "month", "calendar"),
    [
        ("يناير", 1, "gregorian"),
        ("كانون الثاني", 1, "gregorian"),
        ("كانون الثاني/يناير", 1, "gregorian"),
        ("يونيو /حزيران", 6, "gregorian"),
        ("أغسطس (آب)", 8, "gregorian"),
        ("آب/أغسطس", 8, "gregorian"),
        ("تشرين الأول", 10, "gregorian"),
        ("شهر غشت", 8, "gregorian"),
        ("شتنبر", 9, "gregorian"),
        ("يوليوز", 7, "gregorian"),
        ("جمادى الآخرة", 6, "hijri"),
        ("ذي الحجة", 12, "hijri"),
        ("ربيع الأول", 3, "hijri"),
    ],
)
def test_months_of_every_convention(text, month, calendar):
    atoms = find_atoms(find_words(text))
    found = parse_month(atoms, 0)
    assert (found.number, found.calendar, found.end) == (month, calendar, atoms.size)


def test_two_months_side_by_side_are_not_one():
    assert parse_month(find_atoms(find_words("مارس/أبريل")), 0).end == 1


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5 سبتمبر 2023", Date(2023, 9, 5)),
        ("5 سبتمبر, 2023", Date(2023, 9, 5)),
        ("الخامس من سبتمبر", Date(month=9, day=5)),
        ("الحادي والعشرين من مايو 2018", Date(2018, 5, 21)),
        ("واحد وعشرين مايو", Date(month=5, day=21)),
        ("غرة صفر 1440هـ", Date(1440, 2, 1, calendar="hijri")),
        ("10 محرم", Date(month=1, day=10, calendar="hijri")),
        ("20 من شهر فبراير الماضي", Date(month=2, day=20, direction=-1)),
        ("20 من الشهر الجاري", Date(day=20, within=Relative("month", 0))),
        ("1 فبراير العام الماضي", Date(month=2, day=1, within=Relative("year", -1))),
        ("5 سبتمبر ألفين وسبعة عشر", Date(2017, 9, 5)),
        ("8 ماي 1945", Date(1945, 5, 8)),
    ],
)
def test_day_and_month(text, value):
    assert parsed(parse_day_month, text) == (value, True)


def test_twin_dates_both_ways():
    greg, hijri = Date(2016, 9, 12), Date(1437, 12, 10, calendar="hijri")
    for text in ("10 ذو الحجة 1437 هـ - 12 سبتمبر 2016م", "12 سبتمبر 2016 الموافق 10 ذو الحجة 1437هـ"):
        value, whole = parsed(parse_day_month, text)
        assert whole
        assert (value.year, value.month, value.day, value.twin) == (greg.year, greg.month, greg.day, hijri)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5/9/2023", Date(2023, 9, 5)),
        ("2023-09-05", Date(2023, 9, 5)),
        ("2023/09/05", Date(2023, 9, 5)),
        ("12/25/2016", Date(2016, 12, 25)),
        ("13.06.2018", Date(2018, 6, 13)),
        ("15/9/1444هـ", Date(1444, 9, 15, calendar="hijri")),
        ("9/2015", Date(2015, 9)),
        ("2015/3", Date(2015, 3)),
    ],
)
def test_dates_in_digits(text, value):
    assert parsed(parse_numeric, text) == (value, True)


@pytest.mark.parametrize("text", ["3/4", "1-2", "192.168.1.2", "45/90/12", "2-1-3", "5/9/2023/7", "24/7"])
def test_digits_that_are_no_date(text):
    assert parsed(parse_numeric, text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("مارس 2018", Date(2018, 3)),
        ("مايو الماضي", Date(month=5, direction=-1)),
        ("سبتمبر 21، 2018", Date(2018, 9, 21)),
        ("يونيو العام المقبل", Date(month=6, within=Relative("year", 1))),
        ("رمضان 1444", Date(1444, 9, calendar="hijri")),
    ],
)
def test_months_with_what_dates_them(text, value):
    assert parsed(parse_month_date, text) == (value, True)


@pytest.mark.parametrize("text", ["مارس", "ماي", "آب", "رجب", "صفر", "شعبان", "نيسان"])
def test_names_that_alone_are_no_month(text):
    assert parsed(parse_month_date, text) is None


@pytest.mark.parametrize(("text", "day"), [("31", 31), ("32", None), ("الثلاثين", 30), ("2018", None), ("عشرة", 10)])
def test_days(text, day):
    found = day_number(find_atoms(find_words(text)), 0)
    assert (found[0] if found else None) == day
