"""The Hijri calendar (Umm al-Qura) by the ``hijridate`` library; years 1343 to 1500 AH."""

from __future__ import annotations

from datetime import date, timedelta

from hijridate import Gregorian, Hijri

FIRST_YEAR, LAST_YEAR = 1343, 1500


def hijri_day(year: int, month: int, day: int) -> date | None:
    """Return the Gregorian date of a Hijri one; ``None`` outside the tables or where no such day is."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        found = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(found.year, found.month, found.day)


def hijri_month(year: int, month: int) -> tuple[date, date] | None:
    """Return the first and last day of a Hijri month."""
    first = hijri_day(year, month, 1)
    if first is None:
        return None
    after = hijri_day(year + month // 12, month % 12 + 1, 1)
    return (first, after - timedelta(days=1)) if after else None


def hijri_year_of(day: date) -> int | None:
    """Return the Hijri year in which ``day`` lies, or ``None`` where the tables do not reach."""
    try:
        return int(Gregorian(day.year, day.month, day.day).to_hijri().year)
    except (ValueError, OverflowError):
        return None


def hijri_month_of(day: date) -> tuple[int, int] | None:
    """Return the Hijri year and month in which ``day`` lies."""
    try:
        found = Gregorian(day.year, day.month, day.day).to_hijri()
    except (ValueError, OverflowError):
        return None
    return int(found.year), int(found.month)
