"""Days and moments in the forms that other formats ask for, saying when one was not given.

A moment without a zone is the time on the page's own clock; it is never taken for UTC where a format
lets the day alone stand.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

_PARTIAL = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands where a format demands a moment and none is known; every exporter that writes it counts it."""


def split_range(value: str | None) -> tuple[str, str] | None:
    """Return the first and last part of ``START/END``, twice the same for a single date; ``None`` for none."""
    if not value:
        return None
    first, _, last = value.partition("/")
    return (first, last or first) if _PARTIAL.fullmatch(first) and _PARTIAL.fullmatch(last or first) else None


def is_exact(moment: date | None) -> bool:
    """Tell whether this is a moment with a zone, and so the same everywhere."""
    return isinstance(moment, datetime) and moment.tzinfo is not None


def in_utc(moment: date) -> datetime:
    """Return a moment in UTC; a day as its midnight, a time without zone as it stands."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return datetime.combine(moment, time(), UTC)


def format_utc(moment: date) -> str:
    """Return ``2023-09-05T11:30:00Z``, microseconds only where there are some."""
    return in_utc(moment).isoformat().replace("+00:00", "Z")


def format_day(moment: date) -> str:
    """Return the day as printed, ``2023-09-05``."""
    return (moment.date() if isinstance(moment, datetime) else moment).isoformat()
