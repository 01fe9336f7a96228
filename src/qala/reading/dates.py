"""The day or moment of publication, as an option or a field gives it: ISO 8601 and nothing looser."""

from __future__ import annotations

import re
from datetime import date, datetime

from qala.errors import ReadError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)? ?(Z|[+-]\d{2}(:?\d{2})?)?", re.ASCII)


def parse_published(value: str) -> date | datetime:
    """Return the day (``2023-09-05``) or the moment (``2023-09-05T14:30:00+03:00``) that ``value`` names.

    A moment without zone stays without one: its day is the day as printed. Raises ``ReadError`` for
    anything else, also for a day that no calendar has.
    """
    text = value.strip()
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        if _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text.replace(" ", "T", 1).replace(" ", "").replace(",", "."))
    except ValueError as error:
        raise ReadError(f"no such date: {text!r} ({error})") from None
    raise ReadError(f"not a date: {text[:40]!r}; expected 2023-09-05 or 2023-09-05T14:30:00+03:00")
