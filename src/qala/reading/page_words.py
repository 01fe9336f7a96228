"""The words of saved pages: labels of dates, months and weekdays, notices; packaged data, folded once.

Months and weekdays come from ``calendar.yaml``, the rest from ``pages.yaml``, whose head says what each list is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from qala.errors import LexiconError
from qala.text.data import data_text, parse_lists
from qala.text.normalize import fold

_LISTS = ("published", "updated", "forenoon", "afternoon", "hour", "beside", "byline", "notices", "teasers")
_ARTICLE = fold("\u0627\u0644")
# In Latin letters, as pages made from foreign templates write them: English and French, the first three letters.
_LATIN_MONTHS = {
    **{name: number for number, name in enumerate(re.findall("...", "janfebmaraprmayjunjulaugsepoctnovdec"), 1)},
    **dict.fromkeys(("janv",), 1),
    **dict.fromkeys(("fev", "f\u00e9v"), 2),
    **dict.fromkeys(("avr",), 4),
    **dict.fromkeys(("mai",), 5),
    **dict.fromkeys(("juin",), 6),
    **dict.fromkeys(("juil",), 7),
    **dict.fromkeys(("aout", "ao\u00fb"), 8),
    **dict.fromkeys(("d\u00e9c",), 12),
}


@dataclass(frozen=True, slots=True)
class PageWords:
    """Folded words by use; ``months`` and ``hijri`` give 1 … 12."""

    published: tuple[str, ...]
    updated: tuple[str, ...]
    forenoon: frozenset[str]
    afternoon: frozenset[str]
    hour: tuple[str, ...]
    beside: tuple[str, ...]
    byline: tuple[str, ...]
    notices: tuple[str, ...]
    teasers: tuple[str, ...]
    months: dict[str, int]
    hijri: dict[str, int]
    weekdays: frozenset[str]


def fold_line(line: str) -> str:
    """Return ``line`` folded word by word, with one space between words."""
    return " ".join(fold(word) for word in line.split())


@cache
def load_page_words() -> PageWords:
    """Return the packaged words; raises ``LexiconError`` where a file breaks its schema."""
    return parse_page_words(data_text("pages.yaml"), data_text("calendar.yaml"))


def parse_page_words(pages: str, calendar: str) -> PageWords:
    """Return the words of the two files' texts; raises ``LexiconError`` where a list is missing or no list."""
    lists = {
        name: tuple(sorted(set(map(fold_line, forms)), key=lambda form: (-len(form), form)))
        for name, forms in parse_lists(pages, "pages.yaml", _LISTS, ("examples",)).items()
    }
    entries = _load(calendar, "calendar.yaml")
    weekdays = _forms(entries, "weekday")
    return PageWords(
        **{name: lists[name] for name in ("published", "updated", "hour", "beside", "byline", "notices", "teasers")},
        forenoon=frozenset(lists["forenoon"]),
        afternoon=frozenset(lists["afternoon"]),
        months={**_LATIN_MONTHS, **_forms(entries, "month")},
        hijri=_forms(entries, "hijri"),
        weekdays=frozenset(weekdays) | {_ARTICLE + day for day in weekdays},
    )


def _load(text: str, name: str) -> Any:
    """Return the value of a YAML text."""
    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise LexiconError(f"{name}:{line}: {error.problem}") from None


def _forms(entries: list[dict[str, Any]], kind: str) -> dict[str, int]:
    """Return the folded forms of the entries of ``kind`` with their values, the longest first."""
    found = {
        fold_line(form): int(entry["value"])
        for entry in entries
        if entry["kind"] == kind and isinstance(entry.get("value"), int)
        for form in entry["forms"]
    }
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))
