"""Named days of a Gregorian year: fixed ones, those of the Hijri calendar, and Easter."""

from __future__ import annotations

from datetime import date

from qala.resolution.hijri import hijri_day, hijri_year_of


def easter(year: int) -> date:
    """Return Easter Sunday of the Western churches (the anonymous Gregorian computus of 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def feast_day(name: str, year: int) -> date | None:
    """Return the day of ``name`` ("hijri-10-1", "gregorian-12-25", "easter") in the Gregorian ``year``.

    A Hijri day may fall twice in a year; the first is returned. ``None`` where the tables do not reach.
    """
    if name == "easter":
        return easter(year)
    kind, month, day = name.split("-")
    if kind == "gregorian":
        return date(year, int(month), int(day))
    first = hijri_year_of(date(year, 1, 1))
    for hijri_year in (first, first + 1) if first else ():
        found = hijri_day(hijri_year, int(month), int(day))
        if found and found.year == year:
            return found
    return None
