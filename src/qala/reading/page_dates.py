"""The date that a page shows beside its title, in the words of Arabic pages: "Tuesday 5 Aylul 2023, 14:30".

Libraries for page dates do not know the Arabic months (htmldate reads 5 Aylul 2023 as 1 January). Only whole dates
with a year are read; a date that is said to be that of an update is not the day of publication.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from typing import NamedTuple

from hijridate import Hijri

from qala.reading.page_words import fold_line, load_page_words

LONGEST = 300  # characters of a line that is looked at
_FIRST_YEAR, _LAST_YEAR = 1990, 2100  # before the one there were no pages
_HIJRI_YEARS = range(1400, 1501)
_ISO = re.compile(
    r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})"
    r"(?:[T ]{1,2}(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d{1,9})?)?\s*(Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?)?",
    re.IGNORECASE,
)
_URL_DAY = re.compile(r"/((?:19|20)\d\d)(?:/[a-z_]{1,40})?[-/_](\d{1,2})[-/_](\d{1,2})(?=[-/_]|$)")
_URL_SOLID = re.compile(r"/((?:19|20)\d\d)(\d\d)(\d\d)(?=[-/_]|$)")
_SEPARATOR = r"[\s,\u060c|/._\u2013\u2014-]*"
_APART = re.compile(r"[\r\n]+|[ \u00a0]{3,}")
_HEAD, _HEAD_PARTS = 1_200, 12  # characters and pieces of a plain text in which its own date is looked for
_WORD = re.compile(r"[^\W\d_]+")


class Stamp(NamedTuple):
    """A date read from a line: the day or moment, whether a label calls it that of publication, and words left."""

    value: date | datetime
    labelled: bool
    rest: int


class _Patterns(NamedTuple):
    """The patterns of dates over folded lines; none of them repeats inside a repetition."""

    day_first: re.Pattern[str]
    month_first: re.Pattern[str]
    year_first: re.Pattern[str]
    numbers: re.Pattern[str]
    hijri: re.Pattern[str]
    clock: re.Pattern[str]
    zone: re.Pattern[str]
    published: re.Pattern[str]
    updated: re.Pattern[str]
    words: re.Pattern[str]  # weekdays, labels and what else belongs to a stamp


@cache
def _patterns() -> _Patterns:
    """Compile the patterns, once and on first need."""
    words = load_page_words()

    def any_of(forms: object) -> str:
        listed = sorted((re.escape(str(form)) for form in forms), key=len, reverse=True)  # type: ignore[attr-defined]
        return "(?:" + "|".join(listed) + ")"

    month = rf"({any_of(words.months)})[a-z\u00e0-\u00ff]{{0,7}}\.?"
    second = rf"(?:\s?[/(-]\s?{any_of(words.months)}\)?)?"
    half = any_of({*words.forenoon, *words.afternoon, "am", "pm"})
    labels = {*words.published, *words.updated, *words.hour, *words.beside, *words.weekdays}
    labels |= words.forenoon | words.afternoon
    return _Patterns(
        day_first=re.compile(rf"(?<!\d)(\d{{1,2}})[\s,-]{{0,3}}{month}{second}[\s,\u060c-]{{0,3}}(\d{{4}})(?!\d)"),
        month_first=re.compile(rf"(?<!\w){month}{second}\s(\d{{1,2}})\s?[,\u060c]?\s(\d{{4}})(?!\d)"),
        year_first=re.compile(r"(?<!\d)(\d{4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?!\d)"),
        numbers=re.compile(r"(?<!\d)(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4}|\d{2})(?!\d)"),
        hijri=re.compile(
            rf"(?<!\d)(\d{{1,2}})[\s,-]{{0,3}}({any_of(words.hijri)})[\s,\u060c-]{{0,3}}(1[345]\d\d)(?!\d)"
        ),
        clock=re.compile(rf"(?<![\d:/.+-])(\d{{1,2}}):(\d{{2}})(?::\d{{2}})?(?!\d)\s?({half}(?!\w))?"),
        zone=re.compile(r"(?:gmt|utc)\s?([+-]\d{1,2})?:?(\d{2})?"),
        published=re.compile(rf"(?<!\w){any_of(words.published)}(?!\w)"),
        updated=re.compile(rf"(?<!\w){any_of(words.updated)}(?!\w)"),
        words=re.compile(rf"(?<!\w){any_of(labels | {'gmt', 'utc', 'am', 'pm', 'on'})}(?!\w)"),
    )


def read_stamp(line: str) -> Stamp | None:
    """Return the date of publication that a short line of a page gives, or ``None``.

    A clock time beside it makes it a moment (with a zone only where one is written), unless the time is that
    of an update. Of a Hijri and a Gregorian date the Gregorian is taken.
    """
    if len(line) > LONGEST or not any(character.isdigit() for character in line):
        return None
    folded = fold_line(line).replace("\u200f", "")
    patterns = _patterns()
    for reader in (_named_month, _numeric, _hijri):
        for start, end, day, short in reader(folded, patterns):
            if _is_update(folded, start, patterns):
                continue
            moment = _moment(folded, start, end, day, patterns)
            if short and not isinstance(moment, datetime):
                continue  # a year of two digits needs a clock time beside it
            return Stamp(moment, _is_labelled(folded, start, patterns), _count_rest(folded, start, end, patterns))
    return None


def _named_month(line: str, patterns: _Patterns) -> list[tuple[int, int, date, bool]]:
    """Return the dates with a month's name: start, end, day, and that the year is whole."""
    months = load_page_words().months
    found = [(m, int(m[3]), months[m[2]], int(m[1])) for m in patterns.day_first.finditer(line)]
    found += [(m, int(m[3]), months[m[1]], int(m[2])) for m in patterns.month_first.finditer(line)]
    return [
        (match.start(), match.end(), day, False)
        for match, *parts in sorted(found, key=lambda one: one[0].start())
        if (day := _day(*parts))
    ]


def _numeric(line: str, patterns: _Patterns) -> list[tuple[int, int, date, bool]]:
    """Return the dates of numbers alone: year first, or day first as Arabic pages write them."""
    found = []
    for match in patterns.year_first.finditer(line):
        found.append((match.start(), match.end(), _day(int(match[1]), int(match[2]), int(match[3])), False))
    for match in patterns.numbers.finditer(line):
        day, month, year = int(match[1]), int(match[2]), int(match[3])
        short = year < 100
        year += 2000 if short else 0
        if year in _HIJRI_YEARS:
            value = _hijri_day(year, month, day)
        else:
            value = _day(year, month, day) or (None if short else _day(year, day, month))
        found.append((match.start(), match.end(), value, short))
    return [(start, end, day, short) for start, end, day, short in sorted(found, key=lambda f: f[0]) if day]


def _hijri(line: str, patterns: _Patterns) -> list[tuple[int, int, date, bool]]:
    """Return the Hijri dates by the calendar of Umm al-Qura, as Gregorian days."""
    found = []
    for match in patterns.hijri.finditer(line):
        day = _hijri_day(int(match[3]), load_page_words().hijri[match[2]], int(match[1]))
        if day:
            found.append((match.start(), match.end(), day, False))
    return found


def _hijri_day(year: int, month: int, day: int) -> date | None:
    """Return the Gregorian day of a day in the calendar of Umm al-Qura, ``None`` where that has no such day."""
    try:
        found = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(found.year, found.month, found.day)


def _day(year: int, month: int, day: int) -> date | None:
    """Return the day, ``None`` where no calendar or no page has it."""
    try:
        return date(year, month, day) if _FIRST_YEAR <= year <= _LAST_YEAR else None
    except ValueError:
        return None


def _last_end(pattern: re.Pattern[str], line: str, end: int) -> int:
    """Return where the last match of ``pattern`` before ``end`` ends, -1 where there is none."""
    return max((match.end() for match in pattern.finditer(line, 0, end)), default=-1)


def _is_update(line: str, start: int, patterns: _Patterns) -> bool:
    """Return whether the label next before ``start`` speaks of a later change."""
    return _last_end(patterns.updated, line, start) > _last_end(patterns.published, line, start)


def _is_labelled(line: str, start: int, patterns: _Patterns) -> bool:
    """Return whether a label of publication stands before ``start``."""
    return _last_end(patterns.published, line, start) >= 0


def _moment(line: str, start: int, end: int, day: date, patterns: _Patterns) -> date | datetime:
    """Return ``day`` with the clock time of its line, where that is the time of publication."""
    words = load_page_words()
    for match in patterns.clock.finditer(line):
        if _last_end(patterns.updated, line, match.start()) > _last_end(patterns.published, line, match.start()):
            continue
        hour, minute = int(match[1]), int(match[2])
        half = match[3]
        if half and hour <= 12:
            hour = hour % 12 + (12 if half == "pm" or half in words.afternoon else 0)
        if (hour, minute) == (0, 0):
            return day  # what a system writes that knows no time
        if hour < 24 and minute < 60:
            return datetime.combine(day, time(hour, minute), _zone(line, patterns))
    solid = re.search(r"(?<!\d)([01]\d|2[0-3])([0-5]\d)\s\(?(?=gmt|utc)", line[:start] + " " + line[end:])
    if solid:
        return datetime.combine(day, time(int(solid[1]), int(solid[2])), _zone(line, patterns))
    return day


def _zone(line: str, patterns: _Patterns) -> timezone | None:
    """Return the zone that a line states in hours from Greenwich."""
    match = patterns.zone.search(line)
    if match is None:
        return None
    hours = int(match[1] or 0)
    if abs(hours) > 14:
        return None
    minutes = int(match[2] or 0) * (-1 if hours < 0 else 1)
    return timezone(timedelta(hours=hours, minutes=minutes if abs(minutes) < 60 else 0))


def _count_rest(line: str, start: int, end: int, patterns: _Patterns) -> int:
    """Return how many words of the line belong to no date, label or time."""
    rest = line[:start] + " " + line[end:]
    for pattern in (patterns.hijri, patterns.day_first, patterns.words):
        rest = pattern.sub(" ", rest)
    return len(_WORD.findall(rest))


def find_head_stamp(text: str) -> date | datetime | None:
    """Return the date that stands by itself in the head of a plain text, as in pages that lost their tags.

    By itself: in a line, or between runs of spaces, where nothing else stands but weekday, labels and clock.
    """
    for line in _APART.split(text[:_HEAD])[:_HEAD_PARTS]:
        stamp = read_stamp(line)
        if stamp and stamp.rest == 0:
            return stamp.value
    return None


def parse_moment(value: str) -> date | datetime | None:
    """Return the day or moment of a machine's field: ISO 8601 and its usual slips, RFC 822, or seconds since 1970.

    Midnight to the second is a day. ``None`` for what is none of these, or outside 1990 … 2100.
    """
    text = value.strip()[:80]
    try:
        match = _ISO.match(text)
        if match and _FIRST_YEAR <= int(match[1]) <= _LAST_YEAR:
            year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
            found = datetime(year, month, day, hour, minute, second, tzinfo=_offset(match[7]))
        elif text.isascii() and text.isdigit() and len(text) in (10, 13):
            found = datetime.fromtimestamp(int(text[:10]), UTC)
        else:
            from email.utils import parsedate_to_datetime  # loads sockets, which importing Qala must not

            found = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        stamp = read_stamp(text)
        return stamp.value if stamp else None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        return None
    return found.date() if (found.hour, found.minute, found.second) == (0, 0, 0) else found


def _offset(written: str | None) -> timezone | None:
    """Return the zone of an ISO moment."""
    if not written:
        return None
    if written[0] not in "+-":
        return UTC
    digits = written[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return timezone(timedelta(minutes=-minutes if written[0] == "-" else minutes))


def read_url_day(url: str) -> date | None:
    """Return the day in a page's address (``/2018/02/07/``), ``None`` where it has none."""
    match = _URL_DAY.search(url) or _URL_SOLID.search(url)
    return _day(int(match[1]), int(match[2]), int(match[3])) if match else None
