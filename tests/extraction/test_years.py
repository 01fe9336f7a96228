import pytest

from qala.extraction.atoms import find_atoms
from qala.extraction.time_values import Date, Range, Relative
from qala.extraction.years import (
    parse_bare_year,
    parse_era,
    parse_relative,
    parse_worded_year,
    parse_year,
    parse_year_tail,
    year_number,
)
from qala.text.words import find_words


def at(text, i=0):
    return find_atoms(find_words(text)), i


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("عام 2022", Date(2022)),
        ("لعام 2022", Date(2022)),
        ("سنة ٢٠٢٢", Date(2022)),
        ("عام 1444هـ", Date(1444, calendar="hijri")),
        ("عام 2015م", Date(2015)),
        ("عام 2015-2016", Range(Date(2015), Date(2016))),
        ("عام 2015/16", Range(Date(2015), Date(2016))),
        ("عام ألفين وسبعة عشر", Date(2017)),
        ("العام الماضي", Relative("year", -1)),
        ("عام 3000 طن", None),
        ("عام جديد", None),
    ],
)
def test_years(text, value):
    found = parse_year(*at(text))
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("في 2015", 2015),
        ("(2015)", 2015),
        ("في 2015 طنا", None),
        ("في 2000 مدرسة", None),
        ("قتل 2015", None),
        ("في 2500", None),
    ],
)
def test_bare_years(text, year):
    found = parse_bare_year(*at(text, 1))
    assert (found.value.year if found else None) == year


def test_a_year_in_words_after_its_preposition():
    assert parse_worded_year(*at("منذ ألفين وثلاثة عشر", 1)).value == Date(2013)
    assert parse_worded_year(*at("قتل ألفين وثلاثة عشر", 1)) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("هذا الأسبوع", Relative("week", 0)),
        ("الشهر الجاري", Relative("month", 0)),
        ("السنة القادمة", Relative("year", 1)),
        ("العام قبل الماضي", Relative("year", -2)),
        ("العام الجاري 2018", Date(2018, within=Relative("year", 0))),
        ("هذا العقد", None),
        ("أسبوع الماضي", None),
        ("اليوم الماضي", None),
    ],
)
def test_relative(text, value):
    found = parse_relative(*at(text))
    assert (found.value if found else None) == value


def test_tails():
    assert parse_year_tail(*at("2017")).year == 2017
    assert parse_year_tail(*at("من عام 2017")).year == 2017
    assert parse_year_tail(*at("الماضي")).direction == -1
    assert parse_year_tail(*at("الماضي 2018")).year == 2018
    assert parse_year_tail(*at("من العام المقبل")).within == Relative("year", 1)
    assert parse_year_tail(*at("قال")) is None


def test_era_and_number():
    assert parse_era(*at("هجرية")) == ("hijri", 1)
    assert parse_era(*at("ميلادي")) == ("gregorian", 1)
    assert parse_era(*at("قال")) == ("", 0)
    assert year_number(*at("2500")) is None
    assert year_number(*at("ألف")) is None
