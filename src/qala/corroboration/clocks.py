"""The clocks of a statement kept apart: when it was said, and when a page printed it. Unknown stays unknown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qala.corroboration.model import Utterance
    from qala.records import Record

Clock = Literal["said", "published"]

_ENDLESS = "~"  # sorts behind every digit


@dataclass(frozen=True, slots=True)
class Moment:
    """A time on one clock, as ISO 8601 text: a moment, a day, a month, a year, or START/END."""

    clock: Clock
    text: str

    @property
    def day(self) -> str:
        """The first day, or what is known of it."""
        return self.text.partition("/")[0][:10]

    def before(self, other: Moment) -> bool | None:
        """Whether this lies wholly before ``other``; ``None`` where the clocks differ or the times overlap."""
        if self.clock != other.clock:
            return None
        if self._last < other._first:
            return True
        return False if other._last < self._first else None

    @property
    def _first(self) -> str:
        return self.text.partition("/")[0]

    @property
    def _last(self) -> str:
        start, _, end = self.text.partition("/")
        last = end or start
        return last if "T" in last else last + _ENDLESS  # a day ends after all moments of it


def said_on(utterance: Utterance, records: Mapping[str, Record]) -> Moment | None:
    """Return when an utterance was said: its own day, else the one day that its printings agree on."""
    if utterance.said is not None:
        return Moment("said", utterance.said.isoformat())
    days = {records[member].statement.when_date for member in utterance.members if member in records} - {None}
    if len(days) != 1:
        return None
    day = days.pop()
    return Moment("said", day) if day else None


def printed_on(record: Record) -> Moment | None:
    """Return when the page of ``record`` was published, a moment in UTC where the zone is known."""
    published = record.document.published
    if published is None:
        return None
    if isinstance(published, datetime):
        if published.tzinfo is not None:
            published = published.astimezone(UTC)
        return Moment("published", published.isoformat(timespec="seconds")[:19])
    return Moment("published", published.isoformat())


def first_printed(members: Iterable[str], records: Mapping[str, Record]) -> tuple[str, Moment] | None:
    """Return the printing that was published first, and when; ``None`` where no day of publication is known."""
    found = [
        (moment.text, member) for member in members if member in records and (moment := printed_on(records[member]))
    ]
    if not found:
        return None
    text, member = min(found)
    return member, Moment("published", text)


def day_of(value: date | datetime | None) -> str | None:
    """Return a day as ISO text."""
    return None if value is None else value.isoformat()[:10]
