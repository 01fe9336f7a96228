import pytest

from qala.extraction.atoms import find_atoms
from qala.extraction.clock_times import parse_clock
from qala.extraction.time_values import Clock
from qala.text.words import find_words


def clock(text, i=0):
    found = parse_clock(find_atoms(find_words(text)), i)
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "hour", "minute", "sure"),
    [
        ("الساعة الخامسة مساء", 17, 0, True),
        ("الساعة 3 صباحا", 3, 0, True),
        ("الساعة 3", 3, 0, False),
        ("الساعة 15:30", 15, 30, True),
        ("الساعة 19,30", 19, 30, True),
        ("الساعة 23.00", 23, 0, True),
        ("3:18 صباحا", 3, 18, True),
        ("الثالثة فجرا", 3, 0, True),
        ("الساعة الثالثة والنصف عصرا", 15, 30, True),
        ("الساعة الثالثة وربع بعد الظهر", 15, 15, True),
        ("الساعة 12 إلا ربع قبل الظهر", 11, 45, True),
        ("الساعة الرابعة وثلاث وعشرون دقيقة فجرا", 4, 23, True),
        ("الساعة الخامسة إلا ثلث بعد العصر", 16, 40, True),
        ("الثامنة والنصف", 8, 30, False),
        ("12:30 ظهرا", 12, 30, True),
        ("الساعة 12 ليلا", 0, 0, True),
        ("15:15", 15, 15, True),
    ],
)
def test_times_of_day(text, hour, minute, sure):
    assert clock(text) == Clock(hour, minute, 0, None, sure)


def test_a_zone_belongs_to_it():
    text = "الساعة 17:34 بتوقيت غرينتش"
    atoms = find_atoms(find_words(text))
    assert parse_clock(atoms, 0).end == atoms.size


def test_seconds():
    assert clock("15:23:24") == Clock(15, 23, 24)


@pytest.mark.parametrize("text", ["2:1", "25:10", "السابعة", "7", "سادس ليلة", "ثلاثة وخمسة", "3:75", "الساعة"])
def test_no_times(text):
    assert clock(text) is None


def test_a_score_before_the_evening_is_no_hour():
    assert clock("صفر - 1 مساء الاثنين", 2) is None
